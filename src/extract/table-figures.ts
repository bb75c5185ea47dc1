/** The cells of a table, each read by its own words and by the header over it or the label of its row. */

import { type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import { hasRole, tokensOf } from "../language/tokens.ts";
import { type UnitReader, unitReader } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Cell, Table } from "../model/document.ts";
import type { HardwareName } from "../model/mention.ts";
import { cellAt, headersOf } from "../model/table-cells.ts";
import { type Figure, nameOf } from "./figure.ts";
import { figuresIn } from "./figures.ts";

export interface CellText {
  readonly cell: Cell;
  /** Folded. */
  readonly text: string;
  readonly reader: UnitReader;
  readonly figures: readonly Figure[];
  /** A product that only the header or the label names. */
  readonly hardware: HardwareName | null;
  /** The kinds that the header or label names. */
  readonly labels: readonly string[];
  /** It heads a column or names a row. */
  readonly isLabel: boolean;
}

/** What a header may state itself ("days on 8 x A100", "MFU at 312 TFLOP/s"). */
const IN_HEADERS: ReadonlySet<string> = new Set(["accelerators", "nodes", "price", "power", "flop-rate"]);

/** Every cell with its figures. Shape: `text` is that of the whole document, folded. */
export function cellTexts(catalog: Catalog, table: Table, text: string, isOfCarbon: boolean): readonly CellText[] {
  const content = (span: { readonly start: number; readonly end: number }): string => text.slice(span.start, span.end);
  const meaning = (words: string): LabelMeaning | null => {
    const reader = unitReader(catalog, tokensOf(catalog, words));
    return labelMeaning(reader, 0, reader.tokens.length);
  };
  const columns = Array.from({ length: table.columnCount }, (_, column) => columnMeaning(table, content, column, meaning));
  const rows = Array.from({ length: table.rowCount }, (_, row) => rowMeaning(table, content, row, meaning));
  const isTransposed = listsQuantities(columns, rows);
  return table.cells.flatMap((cell) => {
    const words = content(cell.span);
    if (words.trim() === "") return [];
    const reader = unitReader(catalog, tokensOf(catalog, words));
    const isKeyed = table.columnCount === 2 && cell.column === 1;
    if (cell.header && !isKeyed) {
      const figures = figuresIn(reader, { label: null, isOfCarbon }).filter(({ kind }) => IN_HEADERS.has(kind.kind));
      return [{ cell, text: words, reader, figures, hardware: null, labels: [], isLabel: true }];
    }
    const isLabel = cell.column === 0 && (isTransposed || columns[0] === null);
    const label = isLabel ? null : ((isTransposed ? rows[cell.row] : columns[cell.column]) ?? null);
    const given = label !== null && isPlain(reader) ? label : null;
    const figures = figuresIn(reader, { label: given, isOfCarbon: isOfCarbon || label?.kind.kind === "carbon" });
    return [{ cell, text: words, reader, figures, hardware: label?.product == null ? null : nameOf(label.product), labels: label === null ? [] : [label.kind.kind], isLabel }];
  });
}

/** Whether a cell begins with a number, but for signs and words of grammar before it. */
function isPlain({ tokens }: UnitReader): boolean {
  const first = tokens.findIndex((token) => token.kind === "number");
  return (
    first >= 0 &&
    tokens
      .slice(0, first)
      .every((token) => token.kind === "mark" || (token.kind === "word" && token.senses.length > 0 && !hasRole(token, "foreign")))
  );
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
