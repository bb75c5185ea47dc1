import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from "pdf-lib";

/** How a line is set. */
export interface Setting {
  /** In points. */
  readonly size?: number;
  readonly face?: "plain" | "bold" | "italic";
  /** Which point of the line stands at x. */
  readonly align?: "left" | "center" | "right";
}

/** A part of a line in one size. */
interface Part {
  readonly text: string;
  readonly script: "none" | "super" | "sub";
}

/** Height of a superscript above the baseline, depth of a subscript below it, and the size of both, in parts of the size of the line. */
const [RAISE, DROP, SCRIPT_SIZE] = [0.36, 0.16, 0.7];

const EPOCH = new Date("2021-06-14T00:00:00Z");

/**
 * A document that is drawn line by line, for pages whose trouble is known.
 *
 * Positions are in points from the top left corner of a page, `y` at the baseline.
 * In a line "^{2}" is raised and small, "_{2}" lowered and small.
 */
export class Sheet {
  readonly document: PDFDocument;
  readonly #fonts: Readonly<Record<"plain" | "bold" | "italic", PDFFont>>;
  #page: PDFPage;

  private constructor(document: PDFDocument, fonts: Readonly<Record<"plain" | "bold" | "italic", PDFFont>>, page: PDFPage) {
    this.document = document;
    this.#fonts = fonts;
    this.#page = page;
  }

  /** A sheet with one page of US letter size. */
  static async open(size: readonly [number, number] = [612, 792]): Promise<Sheet> {
    const document = await PDFDocument.create();
    // Made twice, the file is the same.
    document.setCreationDate(EPOCH);
    document.setModificationDate(EPOCH);
    document.setProducer("make-pages");
    const fonts = {
      plain: await document.embedFont(StandardFonts.TimesRoman),
      bold: await document.embedFont(StandardFonts.TimesRomanBold),
      italic: await document.embedFont(StandardFonts.TimesRomanItalic),
    };
    return new Sheet(document, fonts, document.addPage([size[0], size[1]]));
  }

  get page(): PDFPage {
    return this.#page;
  }

  turnPage(size: readonly [number, number] = [612, 792]): void {
    this.#page = this.document.addPage([size[0], size[1]]);
  }

  /** Draws one line. */
  line(x: number, y: number, markup: string, setting: Setting = {}): void {
    const { size = 10, face = "plain", align = "left" } = setting;
    const width = this.width(markup, setting);
    let at = x - (align === "right" ? width : align === "center" ? width / 2 : 0);
    for (const part of partsOf(markup)) {
      const small = part.script === "none" ? size : size * SCRIPT_SIZE;
      const shift = part.script === "super" ? size * RAISE : part.script === "sub" ? -size * DROP : 0;
      const font = this.#fonts[face];
      this.#page.drawText(part.text, { x: at, y: this.#page.getHeight() - y + shift, size: small, font });
      at += font.widthOfTextAtSize(part.text, small);
    }
  }

  /** Draws lines as they are, one under the other; the result is the baseline of the line that would come next. */
  lines(x: number, y: number, lines: readonly string[], setting: Setting & { readonly leading?: number } = {}): number {
    const leading = setting.leading ?? (setting.size ?? 10) * 1.2;
    for (const [index, line] of lines.entries()) this.line(x, y + index * leading, line, setting);
    return y + lines.length * leading;
  }

  /** Breaks text at spaces into lines no wider than `width`. */
  wrap(markup: string, width: number, setting: Setting = {}): readonly string[] {
    const lines: string[] = [];
    let line = "";
    for (const word of markup.split(" ")) {
      const longer = line === "" ? word : `${line} ${word}`;
      if (this.width(longer, setting) <= width) line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    return [...lines, line];
  }

  /** A paragraph; the result is the baseline of the line that would come next. */
  paragraph(x: number, y: number, width: number, markup: string, setting: Setting & { readonly leading?: number } = {}): number {
    return this.lines(x, y, this.wrap(markup, width, setting), setting);
  }

  /** A horizontal rule. */
  rule(x: number, y: number, width: number, thickness = 0.5): void {
    const height = this.#page.getHeight() - y;
    this.#page.drawLine({ start: { x, y: height }, end: { x: x + width, y: height }, thickness });
  }

  /** A vertical rule downwards. */
  upright(x: number, y: number, length: number, thickness = 0.5): void {
    const height = this.#page.getHeight() - y;
    this.#page.drawLine({ start: { x, y: height }, end: { x, y: height - length }, thickness });
  }

  width(markup: string, { size = 10, face = "plain" }: Setting = {}): number {
    return partsOf(markup).reduce(
      (sum, part) => sum + this.#fonts[face].widthOfTextAtSize(part.text, part.script === "none" ? size : size * SCRIPT_SIZE),
      0,
    );
  }

  async save(): Promise<Uint8Array> {
    return this.document.save({ useObjectStreams: false });
  }
}

/** "10^{18}" is "10" and a raised "18". */
const SCRIPT = /([\^_])\{([^}]*)\}/;

function partsOf(markup: string): readonly Part[] {
  const pieces = markup.split(SCRIPT);
  const parts: Part[] = [];
  for (let index = 0; index < pieces.length; index += 3) {
    const text = pieces[index] ?? "";
    if (text !== "") parts.push({ text, script: "none" });
    const script = pieces[index + 2];
    if (script !== undefined) parts.push({ text: script, script: pieces[index + 1] === "^" ? "super" : "sub" });
  }
  return parts;
}
