import type { Block, BlockKind, Cell, LineStart, Table } from "../model/document.ts";
import { append } from "../model/many.ts";
import type { Span } from "../model/span.ts";
import { areEntries } from "./entry-lines.ts";
import type { LineJoiner } from "./line-joiner.ts";

/**
 * A document being written, block by block, in reading order.
 *
 * It owns the rules that every text format shares: blocks are separated by a blank line, white space collapses, a line break of the
 * source stays one character, cells are joined by tabs and rows by line breaks, and `lines` says where each source line begins.
 */
export class DocumentDraft {
  readonly blocks: Block[] = [];
  readonly tables: Table[] = [];
  readonly lines: LineStart[] = [];
  /** What is set apart, with the white space before it. */
  readonly apart: Span[] = [];
  readonly #chunks: string[] = [];
  #length = 0;
  #open: OpenBlock | null = null;
  /** Where the open block or cell begins: white space there is not written. */
  #lead = 0;
  /** White space that is written only if something follows it. */
  #pending = "";
  #lastLine = 0;
  #inCell = false;
  readonly #joiner: LineJoiner | null;

  /** `joiner` undoes hyphenation where a line of the source ends in a hyphen; null for sources whose line ends mean nothing. */
  constructor(joiner: LineJoiner | null = null) {
    this.#joiner = joiner;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** True when the open block or cell has no text yet. */
  get isBlank(): boolean {
    return this.#lead === this.#length;
  }

  /** Begins a block; the one before is closed first. */
  open(kind: BlockKind, level: number | null): void {
    this.close();
    const before = { chunks: this.#chunks.length, length: this.#length };
    if (this.#length > 0) this.#emit("\n\n");
    this.#lead = this.#length;
    this.#open = { kind, level, start: this.#length, before };
  }

  /** Ends the open block; a block without text leaves no trace. */
  close(): Block | null {
    const open = this.#open;
    this.#open = null;
    this.#pending = "";
    if (open === null) return null;
    if (open.start === this.#length) {
      this.#retract(open);
      return null;
    }
    const block: Block = { kind: open.kind, span: { start: open.start, end: this.#length }, level: open.level };
    append(this.blocks, this.#entriesOf(block, open));
    return block;
  }

  /** A paragraph, or the lines of one as blocks where each is an entry of its own. */
  #entriesOf(block: Block, open: OpenBlock): readonly Block[] {
    if (this.#joiner === null || !ENTERED.has(block.kind)) return [block];
    const lines = this.#chunks.slice(open.before.chunks).join("").trimStart().split("\n");
    if (!areEntries(lines)) return [block];
    let start = block.span.start;
    return lines.map((line): Block => {
      const span = { start, end: start + line.length };
      start = span.end + 1;
      return { ...block, kind: block.kind === "paragraph" ? "list-item" : block.kind, span };
    });
  }

  /**
   * Adds running text to the open block, white space collapsed.
   *
   * `line` and `column` are those of its first character in the source, null if it has none of its own; the result is the line of its last.
   */
  write(text: string, line: number | null, column: number | null = null): number | null {
    const rows = clean(this.#joiner === null ? text : text.replace(SOFT_HYPHEN_AT_END, "-")).split("\n");
    let isCut = false;
    rows.forEach((row, index) => {
      const [own, next] = [isCut ? row.trimStart() : row, rows[index + 1]];
      const whole = next === undefined ? null : this.#withoutBreak(own.trimEnd(), next.trimStart());
      this.#writeRow(whole ?? own, line === null ? null : line + index, index === 0 ? column : null);
      isCut = whole !== null;
      if (next !== undefined && !isCut && !this.isBlank) this.#pending = this.#inCell ? " " : "\n";
    });
    return line === null ? null : line + rows.length - 1;
  }

  /** A row that ends in a hyphen, as it is written right before the next one; null where no word is cut. */
  #withoutBreak(row: string, next: string): string | null {
    if (this.#joiner === null || next === "" || !row.endsWith("-")) return null;
    const { drop, between } = this.#joiner(row, next);
    return between === "" ? row.slice(0, row.length - drop) : null;
  }

  /** Writes with `content` what markup sets apart from the text around. */
  setApart(content: () => void): void {
    const start = this.#length;
    content();
    if (this.#length > start) this.apart.push({ start, end: this.#length });
  }

  /** Forgets the space after what was written last: what stood there was no text. */
  dropSpace(): void {
    this.#pending = "";
  }

  /** Adds text as it stands: source code, where white space counts. */
  writeVerbatim(text: string, line: number | null): void {
    text.split("\n").forEach((row, index) => {
      if (index > 0) this.#emit("\n");
      this.#mark(line === null ? null : line + index);
      this.#emit(row);
    });
  }

  /** Begins a table; its cells follow with `cell`. */
  openTable(): TableDraft {
    this.open("table", null);
    return { cells: [] };
  }

  /** Writes one cell with `content`, and notes where it stands. */
  cell(table: TableDraft, place: Omit<Cell, "span">, content: () => void): void {
    const previous = table.cells.at(-1);
    if (previous !== undefined) this.#emit(previous.row === place.row ? "\t" : "\n");
    this.#lead = this.#length;
    this.#inCell = true;
    content();
    this.#inCell = false;
    this.#pending = "";
    table.cells.push({ ...place, span: { start: this.#lead, end: this.#length } });
  }

  /** Ends a table. One without any text leaves no trace. */
  closeTable(table: TableDraft, caption: Span | null): void {
    const open = this.#open;
    if (open !== null && table.cells.every((cell) => cell.span.start === cell.span.end)) {
      this.#retract(open);
      this.#open = null;
      return;
    }
    const block = this.close();
    if (block === null) return;
    this.tables.push({
      span: block.span,
      caption,
      notes: null,
      rowCount: table.cells.reduce((most, cell) => Math.max(most, cell.row + cell.rowSpan), 0),
      columnCount: table.cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0),
      cells: table.cells,
    });
  }

  /** All text written so far. */
  text(): string {
    return this.#chunks.join("");
  }

  /** Writes text without line breaks. */
  #writeRow(row: string, line: number | null, column: number | null): void {
    const single = SPACES.test(row) ? row.replace(GROUPING, NARROW_SPACE).replace(SPACE_RUNS, " ") : row;
    const body = single.trim();
    if (single.startsWith(" ") && !this.isBlank && this.#pending === "") this.#pending = " ";
    if (body === "") return;
    this.#emit(this.#pending);
    this.#mark(line, column === null ? null : column + row.length - row.trimStart().length);
    this.#emit(body);
    this.#pending = single.endsWith(" ") ? " " : "";
  }

  #mark(line: number | null, column: number | null = null): void {
    if (line === null) return;
    const last = this.lines.at(-1);
    const goesOn = last?.column === undefined ? null : last.column + this.#length - last.start;
    if (line === this.#lastLine && column === goesOn) return;
    this.#lastLine = line;
    this.lines.push({ start: this.#length, line, ...(column === null ? {} : { column }) });
  }

  #emit(text: string): void {
    if (text === "") return;
    this.#chunks.push(CONTROL.test(text) ? text.replace(CONTROLS, picture) : text);
    this.#length += text.length;
  }

  #retract(open: OpenBlock): void {
    this.#chunks.length = open.before.chunks;
    this.#length = open.before.length;
    this.#lead = this.#length;
  }
}

/** Blocks whose lines may be entries. */
const ENTERED: ReadonlySet<BlockKind> = new Set<BlockKind>(["paragraph", "list-item", "quote"]);

interface OpenBlock {
  readonly kind: BlockKind;
  readonly level: number | null;
  readonly start: number;
  /** What was written before its separator, to take it back. */
  readonly before: { readonly chunks: number; readonly length: number };
}

/** A table being written. */
export interface TableDraft {
  readonly cells: Cell[];
}

/** White space that is not one plain space: tabs, several spaces, spaces that do not break; thin spaces group digits and stay. */
const SPACES = /[\t\f\v\u00a0\u2028\u2029]| {2}/;
const SPACE_RUNS = /[ \t\f\v\u00a0\u2028\u2029]+/g;
/** A space that does not break and groups thousands: that of "2 400" and both of "1 022 362"; not that of "8 V100". */
const GROUPING = /(?<=(?<![\d.,])\d{1,3}(?:[\u00a0\u202f]\d{3})*)\u00a0(?=\d{3}(?!\d))/g;
const NARROW_SPACE = "\u202f";
/** Any of the marks below; most text has none and is not copied. */
const ODD_MARK = /[\u00ad\u200b\u2010\u2011\u2060\ufeff\ufb00-\ufb06]/;
/** Characters that no text has and that move a terminal: escape, bell, backspace; not tabs and line ends. */
const CONTROL = /[^\P{Cc}\t\n]/u;
const CONTROLS = new RegExp(CONTROL, "gu");

/** The sign that Unicode has for a control character, so that it is seen and does nothing. Source: Unicode, Control Pictures. */
function picture(control: string): string {
  const code = control.charCodeAt(0);
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
}

/** Marks without width: soft hyphen, zero-width space, word joiner, byte order mark; not the joiner inside emoji. */
const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
/** A soft hyphen is drawn where it cuts a word at the end of a line. */
const SOFT_HYPHEN_AT_END = /\u00ad(?=[ \t]*\n)/g;
/** Hyphens that differ from the one on the keyboard in nothing a reader sees: U+2010, and U+2011, which does not break; not dashes. */
const HYPHEN = /[\u2010\u2011]/g;
/** Typographic ligatures: "ﬁ", "ﬄ"; not "æ", which is a letter. */
const LIGATURE = /[\ufb00-\ufb06]/g;
const LIGATURES: Readonly<Record<string, string>> = { ﬀ: "ff", ﬁ: "fi", ﬂ: "fl", ﬃ: "ffi", ﬄ: "ffl", ﬅ: "st", ﬆ: "st" };

function clean(text: string): string {
  if (!ODD_MARK.test(text)) return text;
  return text
    .replace(INVISIBLE, "")
    .replace(HYPHEN, "-")
    .replace(LIGATURE, (mark) => LIGATURES[mark] ?? mark);
}
