import { type Cell, type Document, type Table, textOf } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import { cellsAcross, cellsOfRow, headersOver } from "../model/table-cells.ts";

/** What a figure of a table is called by its row and column: "GPU hours of Lark-S"; null outside tables, and where neither is named. */
export function cellName(document: Document, { cell }: Mention): string | null {
  const table = cell === null ? undefined : document.tables[cell.table];
  if (cell === null || table === undefined) return null;
  const head = columnHeads(table, cell).findLast((candidate) => isName(wordsOf(document, candidate)));
  const column = head === undefined ? null : wordsOf(document, head);
  // The label of a row is the first cell to the left that is a name.
  const label = namesAcross(document, table, cell.row).find((candidate) => candidate.column < cell.column);
  const row = label === undefined ? null : wordsOf(document, label);
  return column === null || row === null ? (column ?? row) : `${column} of ${row}`;
}

/** The words of a cell; the last line of a head is often all in brackets: "(tCO2eq)". */
function wordsOf(document: Document, cell: Cell): string {
  const words = textOf(document, cell.span).replace(/\s+/g, " ").trim();
  return words.startsWith("(") && words.endsWith(")") ? words.slice(1, -1) : words;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function columnHeads(table: Table, { row, column }: Place): readonly Cell[] {
  const headers = headersOver(table, column);
  const above = headers.slice(
    0,
    headLength(headers, (cell) => cell.row < row),
  );
  if (above.length > 0 || row === 0) return above;
  return cellsOfRow(table, 0).filter((cell) => cell.column <= column && column < cell.column + cell.columnSpan);
}

const NAMES = new WeakMap<Table, Map<number, readonly Cell[]>>();

/** The cells of a row that are names: found once for all figures of the row. */
function namesAcross(document: Document, table: Table, row: number): readonly Cell[] {
  const known = NAMES.get(table) ?? new Map<number, readonly Cell[]>();
  NAMES.set(table, known);
  const names = known.get(row) ?? cellsAcross(table, row).filter((cell) => isName(wordsOf(document, cell)));
  known.set(row, names);
  return names;
}

/** "GPU hours", "Lark-S"; not "41,440" and not an empty corner. */
function isName(words: string): boolean {
  return words.length <= MOST_NAME && /\p{L}{2}/u.test(words);
}

/** A longer cell is a sentence. */
const MOST_NAME = 80;
