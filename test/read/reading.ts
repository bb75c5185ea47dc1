import type { Document } from "../../src/model/document.ts";
import { readDocument } from "../../src/read/read-document.ts";

/** Reads text under a name; fails the test if nothing could be read. */
export async function read(name: string, text: string): Promise<Document> {
  const result = await readDocument(new TextEncoder().encode(text), name);
  if (result.document === null) throw new Error(`${name}: ${result.problems.map((problem) => problem.code).join(", ")}`);
  return result.document;
}

/** "heading: Title", one for each block. */
export function outline(document: Document): readonly string[] {
  return document.blocks.map((block) => `${block.kind}: ${document.text.slice(block.span.start, block.span.end)}`);
}

/** Rows of cells, "*" after a header cell. */
export function grid(document: Document, index: number): readonly string[] {
  const table = document.tables[index];
  if (table === undefined) throw new Error(`no table ${index}`);
  return Array.from({ length: table.rowCount }, (_unused, row) =>
    table.cells
      .filter((cell) => cell.row === row)
      .map((cell) => `${cell.column}=${document.text.slice(cell.span.start, cell.span.end)}${cell.header ? "*" : ""}`)
      .join(" | "),
  );
}
