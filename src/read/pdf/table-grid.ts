import { areaOf, type GridCell, rowsOf, type TableGrid } from "./layout-block.ts";
import type { Rule } from "./page-content.ts";
import type { TableRegion } from "./ruled-tables.ts";
import { type Area, composeSegment, type Segment } from "./segment.ts";
import {
  type Chunk,
  type ColumnRange,
  chunksOf,
  columnsUnder,
  findSeparators,
  type Separator,
  splitAtSeparators,
} from "./table-columns.ts";
import { gridOf, type TableLine } from "./table-rows.ts";

/**
 * Reads the rows and columns of a region from the places of its words and rules.
 *
 * Columns part where nearly all rows leave a strip free; rows are lines, joined where a cell goes on.
 * Null when what is there is no table: too few rows or columns, or words in places that no grid explains.
 */
export function readGrid(region: TableRegion): TableGrid | null {
  const rows = rowsOf(region.segments);
  const sizes = region.segments.map((segment) => segment.size).sort((one, other) => one - other);
  const size = sizes[sizes.length >> 1] ?? 10;
  const across = region.horizontals.filter((rule) => rule.right - rule.left >= 0.85 * (region.right - region.left));
  const headerEnd = headerRule(rows, across);
  const chunked = rows.map((row) => chunksOf(row));
  const body = headerEnd === null ? chunked : chunked.filter((_, index) => (rows[index]?.[0]?.baseline ?? 0) > headerEnd);
  const table = { area: region, verticals: region.verticals, size };
  const bodySeparators = findSeparators(body, table);
  const separators = body.length >= 2 && bodySeparators.length > 0 ? bodySeparators : findSeparators(chunked, table);
  if (separators.length === 0) return null;
  const partial = region.horizontals.filter((rule) => rule.right - rule.left < 0.85 * (region.right - region.left));
  const lines = chunked.map((row, index) => {
    const segments = rows[index] ?? [];
    const mayHead = headerEnd === null ? index < MOST_HEADING_LINES : (segments[0]?.baseline ?? 0) < headerEnd;
    const line = tableLine(row, segments, separators, mayHead ? partial : []);
    return mayHead ? line : withSectionAcross(line, separators.length);
  });
  return gridOf(lines, { columnCount: separators.length + 1, headerEnd, rules: [...across, ...partial] });
}

/** Words alone on a line of the body that reach over several columns are a heading for the rows below, across the table. */
function withSectionAcross(line: TableLine, lastColumn: number): TableLine {
  const [only] = line.cells;
  if (only === undefined || line.cells.length > 1 || only.first === only.last) return line;
  return { ...line, cells: [{ ...only, first: 0, last: lastColumn }] };
}

/** Without a rule below the headings, so many lines may be headings. */
const MOST_HEADING_LINES = 2;

/** The level below which the body begins: the first rule across the table that has a row above it. */
function headerRule(rows: readonly (readonly Segment[])[], across: readonly Rule[]): number | null {
  const first = rows[0]?.[0];
  const last = rows.at(-1)?.[0];
  if (first === undefined || last === undefined) return null;
  const rule = across.find((candidate) => candidate.top > first.baseline - 1);
  return rule === undefined || rule.top > last.baseline ? null : rule.top;
}

function tableLine(
  row: readonly Chunk[],
  segments: readonly Segment[],
  separators: readonly Separator[],
  partial: readonly Rule[],
): TableLine {
  const area: Area = areaOf(segments);
  const cells = new Map<string, { range: ColumnRange; chunks: Chunk[] }>();
  for (const chunk of splitAtSeparators(row, separators)) {
    const range = spannedColumns(chunk, area, separators, partial);
    const key = `${range.first}-${range.last}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, { range, chunks: [chunk] });
    else cell.chunks.push(chunk);
  }
  return {
    area,
    baseline: segments[0]?.baseline ?? 0,
    size: segments[0]?.size ?? 0,
    cells: [...cells.values()].map((cell) => ({
      first: cell.range.first,
      last: cell.range.last,
      segment: composeSegment(cell.chunks.flatMap((chunk) => chunk.pieces)),
    })),
  };
}

/** A rule under a heading says over which columns it goes; without one its own width does. */
function spannedColumns(chunk: Chunk, line: Area, separators: readonly Separator[], partial: readonly Rule[]): ColumnRange {
  const own = columnsUnder(chunk, separators);
  const height = line.bottom - line.top;
  const center = (chunk.left + chunk.right) / 2;
  const under = partial.find(
    (rule) => rule.top > line.bottom - 0.5 * height && rule.top < line.bottom + 0.8 * height && rule.left <= center && rule.right >= center,
  );
  if (under === undefined) return own;
  const ruled = columnsUnder({ left: under.left + 2, right: under.right - 2 }, separators);
  return { first: Math.min(own.first, ruled.first), last: Math.max(own.last, ruled.last) };
}

/** All cells of a grid in one list, for code that asks what a table holds. */
export function filledCells(grid: TableGrid): readonly GridCell[] {
  return grid.cells.filter((cell) => cell.segments.length > 0);
}
