/**
 * Makes fixtures/sample/sample-paper.pdf, the paper that the README's first command checks: `node scripts/make-sample.ts`.
 *
 * An invented paper of two pages, one planted slip: the bill of its largest model charges a price per device for each chip.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from "pdf-lib";

const OUT = resolve(import.meta.dirname, "../fixtures/sample");
const [WIDTH, HEIGHT, MARGIN] = [595, 842, 72];
const LEADING = 14;

const pages: readonly (readonly Piece[])[] = [
  [
    { kind: "title", text: "Lark: Training Bird-Song Language Models on a Budget" },
    { kind: "text", text: "Ada Merrow and Tom Arkwright, 14 June 2021" },
    { kind: "heading", text: "Abstract" },
    {
      kind: "text",
      text: "We present Lark, a family of language models of bird song. The largest, Lark-Large, was trained on 256 TPU v3 chips for 4 days. We report the hardware, time and cost of each model so that others can plan their own runs.",
    },
    { kind: "heading", text: "1 Training" },
    {
      kind: "text",
      text: "Lark-Small was trained on 8 V100 GPUs for 5 days, which is 960 GPU hours. At $2.50 per GPU hour this comes to $2,400. Lark-Base was trained on 64 V100 GPUs for 100 hours, 6,400 GPU hours in all, at a cost of $16,000.",
    },
    {
      kind: "text",
      text: "Lark-Large was trained on 256 TPU v3 chips for 4 days. A Cloud TPU v3 device has four chips and rents for $8 per hour. Training Lark-Large therefore cost $196,608.",
    },
    {
      kind: "text",
      text: "Every training step of Lark-Base took 0.9 seconds. We trained for 400,000 steps or 100 hours. Inference needs a single GPU.",
    },
  ],
  [
    { kind: "heading", text: "2 Energy and Carbon" },
    {
      kind: "text",
      text: "Table 1 lists what the runs on V100 GPUs used. We take 300 W for each GPU, a PUE of 1.1 and 0.4 kg of CO2 per kWh.",
    },
    {
      kind: "table",
      caption: "Table 1: Energy and carbon of training.",
      rows: [
        ["Model", "GPU hours", "Energy (kWh)", "CO2 (kg)"],
        ["Lark-Small", "960", "317", "127"],
        ["Lark-Base", "6,400", "2,112", "845"],
        ["Total", "7,360", "2,429", "972"],
      ],
    },
    { kind: "heading", text: "3 Related Work" },
    {
      kind: "text",
      text: "Larger models of song have been reported to train for several weeks on more than 1,000 GPUs; training ours on one GPU would take about nine months.",
    },
  ],
];

type Piece =
  | { readonly kind: "title" | "heading" | "text"; readonly text: string }
  | { readonly kind: "table"; readonly caption: string; readonly rows: readonly (readonly string[])[] };

interface Pen {
  readonly page: PDFPage;
  readonly plain: PDFFont;
  readonly bold: PDFFont;
  y: number;
}

function write(pen: Pen, piece: Piece): void {
  if (piece.kind === "table") {
    writeTable(pen, piece.caption, piece.rows);
    return;
  }
  const size = piece.kind === "title" ? 16 : piece.kind === "heading" ? 12 : 10;
  const font = piece.kind === "text" ? pen.plain : pen.bold;
  for (const line of wrapped(piece.text, font, size)) {
    pen.page.drawText(line, { x: MARGIN, y: pen.y, size, font });
    pen.y -= Math.max(LEADING, size * 1.3);
  }
  pen.y -= 6;
}

function writeTable(pen: Pen, caption: string, rows: readonly (readonly string[])[]): void {
  pen.y -= 6;
  const rule = (): void =>
    pen.page.drawLine({ start: { x: MARGIN, y: pen.y + 11 }, end: { x: MARGIN + 360, y: pen.y + 11 }, thickness: 0.6 });
  rule();
  for (const [index, row] of rows.entries()) {
    if (index === 1 || index === rows.length - 1) rule();
    const font = index === 0 ? pen.bold : pen.plain;
    for (const [column, cell] of row.entries()) pen.page.drawText(cell, { x: MARGIN + column * 95, y: pen.y, size: 10, font });
    pen.y -= LEADING + 2;
  }
  rule();
  pen.page.drawText(caption, { x: MARGIN, y: pen.y - 4, size: 9, font: pen.plain });
  pen.y -= 34;
}

function wrapped(text: string, font: PDFFont, size: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (font.widthOfTextAtSize(longer, size) <= WIDTH - 2 * MARGIN) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

const document = await PDFDocument.create();
document.setTitle("Lark: Training Bird-Song Language Models on a Budget");
document.setAuthor("Ada Merrow and Tom Arkwright");
const written = new Date("2021-06-14T00:00:00Z");
document.setCreationDate(written);
document.setModificationDate(written);
const [plain, bold] = [await document.embedFont(StandardFonts.Helvetica), await document.embedFont(StandardFonts.HelveticaBold)];
for (const [index, pieces] of pages.entries()) {
  const page = document.addPage([WIDTH, HEIGHT]);
  const pen: Pen = { page, plain, bold, y: HEIGHT - MARGIN };
  for (const piece of pieces) write(pen, piece);
  page.drawText(String(index + 1), { x: WIDTH / 2, y: 40, size: 9, font: plain });
}
mkdirSync(OUT, { recursive: true });
writeFileSync(resolve(OUT, "sample-paper.pdf"), await document.save());
console.log(`wrote ${OUT}/sample-paper.pdf`);
