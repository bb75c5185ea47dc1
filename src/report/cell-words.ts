import { type Cell, type Document, type Table, textOf } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";

/** What a figure of a table is called by its row and column: "GPU hours of Lark-S"; null outside tables, and where neither is named. */
export function cellName(document: Document, { cell }: Mention): string | null {
  const table = cell === null ? undefined : document.tables[cell.table];
  if (cell === null || table === undefined) return null;
  const words = (candidate: Cell): string => textOf(document, candidate.span).replace(/\s+/g, " ").trim();
  const column = columnHeads(table, cell).map(words).findLast(isName);
  const row = rowHeads(table, cell).map(words).find(isName);
  if (column === undefined || row === undefined) return column ?? row ?? null;
  return `${column} of ${row}`;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

function columnHeads({ cells }: Table, { row, column }: Place): readonly Cell[] {
  const above = cells.filter((cell) => cell.row < row && cell.column <= column && column < cell.column + cell.columnSpan);
  const heads = above.filter(({ header }) => header);
  return heads.length > 0 ? heads : above.filter((cell) => cell.row === 0);
}

/** The cells to the left: the label of a row is the first that is a name. */
function rowHeads({ cells }: Table, { row, column }: Place): readonly Cell[] {
  return cells.filter((cell) => cell.column < column && cell.row <= row && row < cell.row + cell.rowSpan);
}

/** "GPU hours", "Lark-S"; not "41,440" and not an empty corner. */
function isName(words: string): boolean {
  return words.length <= MOST_NAME && /\p{L}{2}/u.test(words);
}

/** A longer cell is a sentence. */
const MOST_NAME = 80;
