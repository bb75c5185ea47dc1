import type { TableGrid } from "./layout-block.ts";
import type { TableRegion } from "./ruled-tables.ts";
import { filledCells, readGrid } from "./table-grid.ts";

/** A region with the grid that was read in it. */
export interface ReadTable {
  readonly region: TableRegion;
  readonly grid: TableGrid;
}

/** Cells longer than this on average are columns of text, not of a table. Units: code units. */
const LONGEST_CELL = 160;

/** The table in a region, or nothing where its text is no table. */
export function table(region: TableRegion): readonly ReadTable[] {
  const grid = readGrid(region);
  if (grid === null) return [];
  const filled = filledCells(grid);
  const letters = filled.reduce((sum, cell) => sum + cell.segments.reduce((inner, segment) => inner + segment.text.length, 0), 0);
  if (letters > LONGEST_CELL * filled.length) return [];
  return [{ region, grid }];
}
