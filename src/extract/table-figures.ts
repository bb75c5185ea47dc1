/** The figures of a table: each cell by its own words, else by the header over it or the label of its row. */

import { type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import { tokensOf } from "../language/tokens.ts";
import { unitReader } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Table } from "../model/document.ts";
import type { HardwareName } from "../model/mention.ts";
import { cellAt, headersOf } from "../model/table-cells.ts";
import { type Figure, nameOf } from "./figure.ts";
import { figuresIn } from "./figures.ts";

export interface CellFigure {
  readonly figure: Figure;
  readonly row: number;
  readonly column: number;
  /** Where the text begins that the figure's positions count from. */
  readonly offset: number;
  /** Text of the cell, as it was read. */
  readonly text: string;
  /** A product that only the header or the row names. */
  readonly hardware: HardwareName | null;
}

/** What the document says of all its tables. */
export interface TableSource {
  readonly catalog: Catalog;
  /** The text of the whole document, folded. */
  readonly text: string;
  readonly languages: readonly string[];
  readonly isOfCarbon: boolean;
}

/** Figures of every body cell. */
export function tableFigures(source: TableSource, table: Table): readonly CellFigure[] {
  const { catalog, text, languages, isOfCarbon } = source;
  const content = (span: { readonly start: number; readonly end: number }): string => text.slice(span.start, span.end);
  const meaning = (words: string): LabelMeaning | null => {
    const reader = unitReader(catalog, tokensOf(catalog, words, languages));
    return labelMeaning(reader, 0, reader.tokens.length);
  };
  const columns = Array.from({ length: table.columnCount }, (_, column) => columnMeaning(table, content, column, meaning));
  const rows = Array.from({ length: table.rowCount }, (_, row) => rowMeaning(table, content, row, meaning));
  const isTransposed = listsQuantities(columns, rows);
  return table.cells.flatMap((cell) => {
    const words = content(cell.span);
    if (words.trim() === "") return [];
    const isLabel = isTransposed ? cell.column === 0 : cell.column === 0 && columns[0] === null;
    const isKeyed = table.columnCount === 2 && cell.column === 1;
    if (cell.header && !isKeyed) return headerFigures(source, words, cell);
    const label = isLabel ? null : ((isTransposed ? rows[cell.row] : columns[cell.column]) ?? null);
    const reader = unitReader(catalog, tokensOf(catalog, words, languages));
    const first = reader.tokens.findIndex((token) => token.kind === "number");
    const isPlain =
      label !== null &&
      first >= 0 &&
      reader.tokens.slice(0, first).every((token) => token.kind === "mark" || (token.kind === "word" && token.senses.length > 0));
    const figures = figuresIn(reader, { label: isPlain ? label : null, isOfCarbon: isOfCarbon || label?.kind.kind === "carbon" });
    return figures.map((figure) => ({
      figure,
      row: cell.row,
      column: cell.column,
      offset: cell.span.start,
      text: words,
      hardware: label?.product == null ? null : nameOf(label.product),
    }));
  });
}

/** A header may state a figure of its own: "days on 8 x A100". */
function headerFigures(
  { catalog, languages, isOfCarbon }: TableSource,
  words: string,
  cell: Table["cells"][number],
): readonly CellFigure[] {
  const reader = unitReader(catalog, tokensOf(catalog, words, languages));
  return figuresIn(reader, { label: null, isOfCarbon })
    .filter(
      (figure) =>
        figure.kind.kind === "accelerators" || figure.kind.kind === "nodes" || figure.kind.kind === "price" || figure.kind.kind === "power",
    )
    .map((figure) => ({ figure, row: cell.row, column: cell.column, offset: cell.span.start, text: words, hardware: null }));
}

type Content = (span: { readonly start: number; readonly end: number }) => string;
type Meaning = (words: string) => LabelMeaning | null;

/** The lowest header says most of a column; what stands over it helps where it says too little. */
function columnMeaning(table: Table, content: Content, column: number, meaning: Meaning): LabelMeaning | null {
  const headers = headersOf(table)
    .filter((cell) => cell.column <= column && column < cell.column + cell.columnSpan)
    .map((cell) => content(cell.span).trim())
    .filter((words) => words !== "");
  return meaning(headers.at(-1) ?? "") ?? (headers.length > 1 ? meaning(headers.join(" ")) : null);
}

function rowMeaning(table: Table, content: Content, row: number, meaning: Meaning): LabelMeaning | null {
  const [first, second] = [0, 1].map((column) => {
    const cell = cellAt(table, row, column);
    return cell === undefined ? "" : content(cell.span).trim();
  });
  return meaning(first ?? "") ?? (table.columnCount > 2 && cellAt(table, row, 1)?.header === true ? meaning(second ?? "") : null);
}

/** Whether rows are quantities and columns what has them. */
function listsQuantities(columns: readonly (LabelMeaning | null)[], rows: readonly (LabelMeaning | null)[]): boolean {
  const labelled = rows.filter((meaning) => meaning !== null).length;
  const headed = columns.filter((meaning, column) => meaning !== null && column > 0).length;
  return headed === 0 ? labelled > 0 : labelled >= 3 && labelled * 2 > rows.length - 1 && headed * 2 < columns.length - 1;
}
