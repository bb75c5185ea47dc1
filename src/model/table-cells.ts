import type { Cell, Table } from "./document.ts";

interface TableIndex {
  readonly rows: ReadonlyMap<number, readonly Cell[]>;
  readonly headers: readonly Cell[];
}

/** A table is never changed, so its cells are put in order once. */
const INDEX = new WeakMap<Table, TableIndex>();

function indexOf(table: Table): TableIndex {
  const known = INDEX.get(table);
  if (known !== undefined) return known;
  const index = { rows: Map.groupBy(table.cells, ({ row }) => row), headers: table.cells.filter(({ header }) => header) };
  INDEX.set(table, index);
  return index;
}

/** The cells that begin in a row, from the left. */
export function cellsOfRow(table: Table, row: number): readonly Cell[] {
  return indexOf(table).rows.get(row) ?? [];
}

/** The cell that begins at a place; undefined where none does. */
export function cellAt(table: Table, row: number, column: number): Cell | undefined {
  return cellsOfRow(table, row).find((cell) => cell.column === column);
}

/** The cells that head others. */
export function headersOf(table: Table): readonly Cell[] {
  return indexOf(table).headers;
}
