import type { Cell, Table } from "./document.ts";
import { headLength } from "./head-length.ts";

interface TableIndex {
  readonly rows: ReadonlyMap<number, readonly Cell[]>;
  readonly headers: readonly Cell[];
  readonly headersOver: Covering;
  readonly cellsAcross: Covering;
}

/** A table is never changed, so its cells are put in order once. */
const INDEX = new WeakMap<Table, TableIndex>();

function indexOf(table: Table): TableIndex {
  const known = INDEX.get(table);
  if (known !== undefined) return known;
  const headers = table.cells.filter(({ header }) => header);
  const index = {
    rows: Map.groupBy(table.cells, ({ row }) => row),
    headers,
    headersOver: coveringOf(headers, ({ column, columnSpan }) => ({ first: column, count: columnSpan })),
    cellsAcross: coveringOf(table.cells, ({ row, rowSpan }) => ({ first: row, count: rowSpan })),
  };
  INDEX.set(table, index);
  return index;
}

/** The cells that begin in a row, from the left. */
export function cellsOfRow(table: Table, row: number): readonly Cell[] {
  return indexOf(table).rows.get(row) ?? NONE;
}

/** The cell that begins at a place; undefined where none does. */
export function cellAt(table: Table, row: number, column: number): Cell | undefined {
  const cells = cellsOfRow(table, row);
  const cell = cells[headLength(cells, (other) => other.column < column)];
  return cell?.column === column ? cell : undefined;
}

/** The cells that head others. */
export function headersOf(table: Table): readonly Cell[] {
  return indexOf(table).headers;
}

/** Those that stand over a column or in it, from the top. */
export function headersOver(table: Table, column: number): readonly Cell[] {
  return indexOf(table).headersOver(column);
}

/** The cells that begin in a row or reach into it from above. */
export function cellsAcross(table: Table, row: number): readonly Cell[] {
  return indexOf(table).cellsAcross(row);
}

/** The cells that cover a line, in their order. */
type Covering = (line: number) => readonly Cell[];

/** A cell that spans more lines is not listed with each of them: there may be as many lines as cells. */
const MOST_LISTED = 32;

function coveringOf(cells: readonly Cell[], extentOf: (cell: Cell) => { readonly first: number; readonly count: number }): Covering {
  const listed = new Map<number, Cell[]>();
  const wide: Cell[] = [];
  for (const cell of cells) {
    const { first, count } = extentOf(cell);
    if (count > MOST_LISTED) wide.push(cell);
    for (let line = first; line < first + count && count <= MOST_LISTED; line += 1) {
      const known = listed.get(line);
      if (known === undefined) listed.set(line, [cell]);
      else known.push(cell);
    }
  }
  return (line) => {
    const short = listed.get(line) ?? NONE;
    const long = wide.filter((cell) => extentOf(cell).first <= line && line < extentOf(cell).first + extentOf(cell).count);
    return long.length === 0 ? short : [...short, ...long].sort((left, right) => left.row - right.row || left.column - right.column);
  };
}

const NONE: readonly Cell[] = [];
