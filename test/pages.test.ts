import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { type Document, pageOf, type Table, textOf } from "../src/model/document.ts";
import { readPdf } from "../src/read/pdf/read-pdf.ts";

/**
 * Pages that each show one trouble of PDF, and what must be read from them:
 *
 *     date: 2021-06-14
 *     paragraph p1: One line for each block, as it is read.
 *     table p1: Table 1: The caption.
 *       Model* | GPUs*[2 columns] | ...
 *
 * "*" marks a heading of a table, "-" an empty cell. `UPDATE=1` writes what was read; the change is to be looked at like code.
 * The pages are made by scripts/make-pages.ts.
 */
const FOLDER = resolve(import.meta.dirname, "../fixtures/pages");
const CASES = readdirSync(FOLDER);

test("each trouble has its page and its expectation", () => {
  expect(CASES.length).toBeGreaterThanOrEqual(22);
  expect(CASES.filter((name) => !existsSync(join(FOLDER, name, "page.pdf")))).toEqual([]);
});

test.each(CASES)("%s", async (name) => {
  const { document, problems } = await readPdf(readFileSync(join(FOLDER, name, "page.pdf")), "page.pdf");
  expect(problems).toEqual([]);
  if (document === null) throw new Error("nothing was read");
  const found = describeDocument(document);
  const path = join(FOLDER, name, "expected.txt");
  if (process.env["UPDATE"] === "1") writeFileSync(path, found);
  expect(found).toBe(readFileSync(path, "utf8"));
});

function describeDocument(document: Document): string {
  const facts = [
    ["title", document.title],
    ["date", document.date],
    ["arXiv", document.arxivId],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const blocks = document.blocks.map((block) => {
    const place = `p${pageOf(document, block.span)}`;
    const table = document.tables.find((candidate) => candidate.span.start === block.span.start);
    if (table !== undefined) return describeTable(document, table, place);
    const level = block.level === null ? "" : ` ${block.level}`;
    return `${block.kind}${level} ${place}: ${textOf(document, block.span).replaceAll("\n", " / ")}`;
  });
  return `${[...facts, ...blocks].join("\n")}\n`;
}

function describeTable(document: Document, table: Table, place: string): string {
  const rows = Array.from({ length: table.rowCount }, (_unused, row) =>
    table.cells
      .filter((cell) => cell.row === row)
      .map((cell) => {
        const text = textOf(document, cell.span);
        const spans = [
          ...(cell.columnSpan > 1 ? [`[${cell.columnSpan} columns]`] : []),
          ...(cell.rowSpan > 1 ? [`[${cell.rowSpan} rows]`] : []),
        ];
        return `${text === "" ? "-" : text}${cell.header ? "*" : ""}${spans.join("")}`;
      })
      .join(" | "),
  );
  const caption = table.caption === null ? "no caption" : textOf(document, table.caption);
  return [`table ${place}: ${caption}`, ...rows.map((row) => `  ${row}`)].join("\n");
}
