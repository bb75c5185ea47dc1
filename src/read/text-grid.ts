import type { GridText } from "./header-rows.ts";

/** A line of plain text with its place in the source. */
export interface Line {
  readonly text: string;
  /** 1-based. */
  readonly number: number;
}

/** A row of a table that was set in plain text: its cells from the left, blank ones included. */
export interface GridRow {
  readonly line: Line;
  readonly cells: readonly GridText[];
}

/** A table that was found among lines. */
export interface TextGrid {
  /** Index of its first line. */
  readonly from: number;
  /** Index after its last line. */
  readonly to: number;
  readonly rows: readonly GridRow[];
  /** Rows at the top that head the others. */
  readonly headRows: number;
}

/** The rule above, below or between rows: "|---|:--:|", "+---+---+", "--- ---"; not "- item". */
const TABLE_RULE = /^\s*[|+]?[\s:=+|~-]{3,}$/;

/** True for a line that draws and says nothing. */
export function isRule(text: string): boolean {
  return TABLE_RULE.test(text) && /[-=~]{2}/.test(text);
}

/** How many rows stand above the first rule that has rows on both sides; 0 without such a rule. */
export function rowsAboveRule(lines: readonly string[]): number {
  let rows = 0;
  for (const line of lines) {
    if (!isRule(line)) rows += 1;
    else if (rows > 0) return rows;
  }
  return 0;
}

/** Runs of lines that pass a test, as [from, to). */
export function runsOf(count: number, fits: (index: number) => boolean): readonly (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  let from = -1;
  for (let index = 0; index <= count; index += 1) {
    const inside = index < count && fits(index);
    if (inside && from < 0) from = index;
    if (!inside && from >= 0) {
      runs.push([from, index]);
      from = -1;
    }
  }
  return runs;
}

/** A row with a blank cell wherever no cell stands. */
export function filledRow(cells: readonly GridText[], width: number): readonly GridText[] {
  const filled: GridText[] = [];
  let column = 0;
  for (const cell of cells) {
    for (; column < cell.column; column += 1) filled.push({ text: "", column, columnSpan: 1 });
    filled.push(cell);
    column = cell.column + cell.columnSpan;
  }
  for (; column < width; column += 1) filled.push({ text: "", column, columnSpan: 1 });
  return filled;
}
