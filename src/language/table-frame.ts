import type { Cell, Table } from "../model/document.ts";
import { cellsOfRow } from "../model/table-cells.ts";
import type { CellContent } from "./cell-words.ts";

/** How a label comes to apply to a cell. */
export type LabelPlace =
  /** A header over it. */
  | "above"
  /** A label left of it, in its row or spanning it. */
  | "left"
  /** A label of the rows above, where its own row has none. */
  | "filled"
  /** A row that holds nothing but this label. */
  | "group";

/** A cell that says what another one is. */
export interface Label {
  readonly cell: Cell;
  readonly place: LabelPlace;
}

/** What the shape of a table says: which rows head others, and which labels apply to which row and column. */
export interface TableFrame {
  /** Rows that head those below. */
  readonly headRows: ReadonlySet<number>;
  /** Rows that only name the group of those below. */
  readonly groupRows: ReadonlySet<number>;
  /** Leading columns that hold labels. */
  readonly labelColumns: number;
  /** Headers over a column as they stand at a row, outermost first. */
  readonly above: (row: number, over: Pick<Cell, "column" | "columnSpan">) => readonly Label[];
  /** Labels of a row, outermost first: groups, then from the left; for a pair of key and value only its key. */
  readonly left: (row: number, column: number) => readonly Label[];
}

/** Reads off the frame of a table; `contentOf` tells what stands in a cell. */
export function tableFrame(table: Table, contentOf: (cell: Cell) => CellContent): TableFrame {
  const rows = Array.from({ length: table.rowCount }, (_unused, row) => cellsOfRow(table, row));
  const headRows = new Set(rows.flatMap((cells, row) => (isHeadRow(cells, row, contentOf) ? [row] : [])));
  const groupRows = new Set(
    rows.flatMap((cells, row) => (!headRows.has(row) && row + 1 < rows.length && isGroupRow(cells, contentOf) ? [row] : [])),
  );
  const bodies = rows.filter((_cells, row) => !headRows.has(row) && !groupRows.has(row));
  const figures = figureColumns(bodies, contentOf);
  const labelColumns = leadingLabels(table, figures);
  const isPaired = headRows.size === 0 && pairsUp(table, figures);
  return {
    headRows,
    groupRows,
    labelColumns,
    above: headersByColumn(table, rows, headRows, contentOf),
    left: labelsByRow(table, rows, { headRows, groupRows, labelColumns, isPaired, contentOf }),
  };
}

/** A row of headers: two or more, or one that spans columns behind the first. */
function isHeadRow(cells: readonly Cell[], row: number, contentOf: (cell: Cell) => CellContent): boolean {
  const filled = cells.filter((cell) => contentOf(cell) !== "blank");
  if (!cells.some((cell) => cell.header) || !filled.every((cell) => cell.header)) return false;
  if (filled.length === 0) return row === 0;
  return filled.length > 1 || filled.some((cell) => cell.column > 0) || (row === 0 && cells.every((cell) => cell.header));
}

/** One label alone in its row, at the left or over all columns. */
function isGroupRow(cells: readonly Cell[], contentOf: (cell: Cell) => CellContent): boolean {
  const [only, ...more] = cells.filter((cell) => contentOf(cell) !== "blank");
  return only !== undefined && more.length === 0 && only.column === 0 && only.rowSpan === 1 && contentOf(only) === "words";
}

/** Columns that hold more figures than words. */
function figureColumns(bodies: readonly (readonly Cell[])[], contentOf: (cell: Cell) => CellContent): ReadonlySet<number> {
  const balance = new Map<number, number>();
  for (const cell of bodies.flat()) {
    const content = contentOf(cell);
    const step = content === "figure" && !cell.header ? 1 : content === "words" ? -1 : 0;
    balance.set(cell.column, (balance.get(cell.column) ?? 0) + step);
  }
  return new Set([...balance].flatMap(([column, sum]) => (sum > 0 ? [column] : [])));
}

/** The first column is one of labels whatever it holds; others are while they hold words and figures still follow. */
function leadingLabels(table: Table, figures: ReadonlySet<number>): number {
  let count = 1;
  while (count < table.columnCount && !figures.has(count)) count += 1;
  return count === table.columnCount ? 1 : count;
}

/** Keys and values in turn: words in the even columns, figures in the odd ones. */
function pairsUp(table: Table, figures: ReadonlySet<number>): boolean {
  if (table.columnCount % 2 > 0 || table.columnCount < 4) return false;
  for (let column = 0; column < table.columnCount; column += 1) if (figures.has(column) !== column % 2 > 0) return false;
  return true;
}

/** Headers of the nearest rows of headers above, column by column; those of an outer row reach over the blanks to their right. */
function headersByColumn(
  table: Table,
  rows: readonly (readonly Cell[])[],
  headRows: ReadonlySet<number>,
  contentOf: (cell: Cell) => CellContent,
): TableFrame["above"] {
  const none: ReadonlyMap<number, readonly Label[]> = new Map();
  let columns = none;
  const columnsOfRow = rows.map((_cells, row) => {
    if (headRows.has(row) && !headRows.has(row - 1)) {
      let end = row + 1;
      while (headRows.has(end)) end += 1;
      columns = headersOfBlock(table, rows.slice(row, end), contentOf);
    }
    return columns;
  });
  return (row, { column: from, columnSpan }) => {
    const labels = new Set<Label>();
    for (let column = from; column < Math.min(from + columnSpan, table.columnCount); column += 1) {
      for (const label of (columnsOfRow[row] ?? none).get(column) ?? []) if (label.cell.row < row) labels.add(label);
    }
    return [...labels];
  };
}

function headersOfBlock(
  table: Table,
  block: readonly (readonly Cell[])[],
  contentOf: (cell: Cell) => CellContent,
): ReadonlyMap<number, readonly Label[]> {
  const columns = new Map<number, Label[]>();
  block.forEach((cells, depth) => {
    let open: Label | null = null;
    // Where spans are told, a blank is a blank.
    const isSpanned = cells.some((cell) => cell.columnSpan > 1);
    for (const cell of cells) {
      const isBlank = contentOf(cell) === "blank";
      if (!isBlank) open = { cell, place: "above" };
      const reaches = !isBlank || (depth + 1 < block.length && cell.column > 0 && !isSpanned);
      if (open === null || !reaches) continue;
      const end = Math.min(cell.column + cell.columnSpan, table.columnCount);
      for (let column = cell.column; column < end; column += 1) {
        const labels = columns.get(column) ?? [];
        labels.push(open);
        columns.set(column, labels);
      }
    }
  });
  return columns;
}

interface RowShape {
  readonly headRows: ReadonlySet<number>;
  readonly groupRows: ReadonlySet<number>;
  readonly labelColumns: number;
  readonly isPaired: boolean;
  readonly contentOf: (cell: Cell) => CellContent;
}

/** Labels row by row, with those that span it and those of the rows above where its own are blank. */
function labelsByRow(table: Table, rows: readonly (readonly Cell[])[], shape: RowShape): TableFrame["left"] {
  const { headRows, groupRows, labelColumns, isPaired, contentOf } = shape;
  const found: (readonly Label[])[] = [];
  let groups: readonly Label[] = [];
  let standing = new Map<number, Cell>();
  for (let row = 0; row < table.rowCount; row += 1) {
    const cells = rows[row] ?? [];
    if (headRows.has(row)) {
      [groups, standing] = [[], new Map()];
      found.push([]);
      continue;
    }
    if (groupRows.has(row)) {
      const own = cells.filter((cell) => contentOf(cell) !== "blank").map((cell): Label => ({ cell, place: "group" }));
      groups = groupRows.has(row - 1) ? [...groups, ...own] : own;
      standing = new Map();
      found.push([]);
      continue;
    }
    const labels = labelsOfRow(
      row,
      cells.filter((cell) => isLabel(cell, labelColumns)),
      standing,
      shape,
    );
    found.push([...groups, ...labels]);
  }
  return (row, column) => {
    if (isPaired) {
      const key = (rows[row] ?? []).find((candidate) => candidate.column === column - 1);
      return key === undefined || column % 2 === 0 ? [] : [{ cell: key, place: "left" }];
    }
    return (found[row] ?? []).filter(({ cell, place }) => place === "group" || cell.column < column);
  };
}

/** The labels of one row; `standing` holds the last label of each column, and is brought up to date. */
function labelsOfRow(row: number, own: readonly Cell[], standing: Map<number, Cell>, shape: RowShape): readonly Label[] {
  const { labelColumns, contentOf } = shape;
  const ownByColumn = new Map(own.map((cell) => [cell.column, cell]));
  const last = own.reduce((most, cell) => (contentOf(cell) === "blank" ? most : Math.max(most, cell.column)), -1);
  const labels: Label[] = [];
  for (const column of [...new Set([...standing.keys(), ...ownByColumn.keys()])].sort((left, right) => left - right)) {
    const cell = ownByColumn.get(column);
    const above = standing.get(column);
    const spans = above !== undefined && above.row + above.rowSpan > row;
    if (cell !== undefined && contentOf(cell) !== "blank") {
      labels.push({ cell, place: "left" });
      standing.set(column, cell);
      // What stood further in belonged to the label before.
      for (let inner = column + 1; inner < labelColumns; inner += 1) if (!ownByColumn.has(inner)) standing.delete(inner);
    } else if (above !== undefined && spans) labels.push({ cell: above, place: "left" });
    else if (above !== undefined && cell !== undefined && column < last) labels.push({ cell: above, place: "filled" });
    else if (column >= labelColumns) standing.delete(column);
  }
  return labels;
}

function isLabel(cell: Cell, labelColumns: number): boolean {
  return cell.header || cell.column < labelColumns;
}
