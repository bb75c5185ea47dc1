import { startsWithFigure } from "./figure-start.ts";

/** One cell as the question of heads sees it. */
export interface GridText {
  readonly text: string;
  readonly column: number;
  readonly columnSpan: number;
}

/** A row of cells from the left; columns that no cell begins in are blank. */
export type GridTexts = readonly GridText[];

/** Heads deeper than this are bodies. */
const DEEPEST_HEAD = 3;

/**
 * How many rows at the top head the others.
 *
 * `ruled` is the number of rows above the first rule inside the table, 0 where there is none.
 * A head is words over columns of figures; a second row belongs to it where either has no first cell, or where it gives units in brackets.
 */
export function headRowCount(rows: readonly GridTexts[], ruled: number): number {
  const figures = figureColumns(rows.slice(Math.max(ruled, 1)));
  const isHead = (row: GridTexts): boolean => wordsOver(row, figures);
  let count = 0;
  while (count < Math.min(DEEPEST_HEAD, rows.length - 1)) {
    const row = rows[count] ?? [];
    if (!isHead(row)) break;
    const goesOn = count === 0 || rows.slice(0, count).every(firstIsBlank) || continuesHead(row);
    if (!goesOn) break;
    count += 1;
  }
  if (ruled === 1 && count === 0) return 1;
  if (ruled > 1 && ruled <= DEEPEST_HEAD && rows.slice(0, ruled).every(isHead)) return ruled;
  if (count === 0 && firstIsBlank(rows[0] ?? []) && (rows[0]?.filter((cell) => cell.text !== "").length ?? 0) > 1) return 1;
  return count;
}

/** True for a row right below a head that goes on with it: no first cell, or nothing but units in brackets. */
export function continuesHead(row: GridTexts): boolean {
  const filled = row.filter((cell) => cell.text !== "");
  return filled.length > 0 && (firstIsBlank(row) || filled.every((cell) => BRACKETED.test(cell.text)));
}

/** True for a row that names groups of columns: blank at first, and after a name that reaches over the blanks to its right. */
export function isOuterHead(row: GridTexts): boolean {
  const named = row.findIndex((cell) => cell.text !== "");
  return named > 0 && row.slice(named).some((cell) => cell.text === "");
}

/** Columns most of whose cells begin with a figure. */
export function figureColumns(rows: readonly GridTexts[]): ReadonlySet<number> {
  const tally = new Map<number, { filled: number; figures: number }>();
  for (const row of rows) {
    for (const cell of row) {
      if (cell.text === "") continue;
      const entry = tally.get(cell.column) ?? { filled: 0, figures: 0 };
      entry.filled += 1;
      if (startsWithFigure(cell.text)) entry.figures += 1;
      tally.set(cell.column, entry);
    }
  }
  return new Set([...tally].flatMap(([column, { filled, figures }]) => (figures * 2 >= filled && figures > 0 ? [column] : [])));
}

/** True for words, and no figures, over the columns of figures. */
export function wordsOver(row: GridTexts, figures: ReadonlySet<number>): boolean {
  const over = row.filter((cell) => cell.text !== "" && covers(cell, figures));
  return over.length > 0 && over.every((cell) => LETTER.test(cell.text) && !startsWithFigure(cell.text));
}

function covers(cell: GridText, columns: ReadonlySet<number>): boolean {
  for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) if (columns.has(column)) return true;
  return false;
}

function firstIsBlank(row: GridTexts): boolean {
  return !row.some((cell) => cell.column === 0 && cell.text !== "");
}

/** Words, or the signs that head a column alone: "%", "#", "€"; not "–". */
const LETTER = /[\p{L}%#$€£¥]/u;
/** A unit below a name: "(h)", "[kWh]". */
const BRACKETED = /^[([].*[)\]]$/;
