import type { BlockKind } from "../../model/document.ts";
import type { Area, Segment } from "./segment.ts";

/** A line of print within a column. */
export interface Line extends Area {
  /** 1-based. */
  readonly page: number;
  /** From left to right. */
  readonly segments: readonly Segment[];
  readonly text: string;
  readonly baseline: number;
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly monospaced: boolean;
}

/** Lines that are read as one, and what they are. */
export interface LayoutBlock {
  readonly kind: BlockKind;
  readonly level: number | null;
  /** 1-based, of its first line. */
  readonly page: number;
  readonly area: Area;
  /** Left and right edge of the column it stands in. */
  readonly column: { readonly left: number; readonly right: number };
  /** In reading order; empty for tables. */
  readonly lines: readonly Line[];
  readonly grid: TableGrid | null;
}

/** A table as rows and columns. */
export interface TableGrid {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Row-major; every place of the grid that is not covered by a span is listed. */
  readonly cells: readonly GridCell[];
}

export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly header: boolean;
  /** From top to bottom; none if the cell is empty. */
  readonly segments: readonly Segment[];
}

/** The smallest area that holds all. */
export function areaOf(areas: readonly Area[]): Area {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const area of areas) {
    left = Math.min(left, area.left);
    top = Math.min(top, area.top);
    right = Math.max(right, area.right);
    bottom = Math.max(bottom, area.bottom);
  }
  return { left, right, top, bottom };
}

/** True when the two areas share a stretch of x. */
export function sharesColumn(one: Area, other: Area): boolean {
  return one.left < other.right && other.left < one.right;
}

/** True when the center of `inner` lies in `outer`, widened by `slack` points. */
export function holdsCenter(outer: Area, inner: Area, slack: number): boolean {
  const x = (inner.left + inner.right) / 2;
  const y = (inner.top + inner.bottom) / 2;
  return x >= outer.left - slack && x <= outer.right + slack && y >= outer.top - slack && y <= outer.bottom + slack;
}

/** A part of a line's size by which baselines on it may differ. */
const ROW_DRIFT_EM = 0.35;

/** Segments in rows, from top to bottom; each row from left to right. */
export function rowsOf(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const sorted = [...segments].sort((one, other) => one.baseline - other.baseline);
  const rows: Segment[][] = [];
  let row: Segment[] = [];
  let baseline = 0;
  for (const segment of sorted) {
    if (row.length > 0 && segment.baseline - baseline > ROW_DRIFT_EM * Math.min(segment.size, row[0]?.size ?? segment.size)) {
      rows.push(row);
      row = [];
    }
    if (row.length === 0) baseline = segment.baseline;
    row.push(segment);
  }
  if (row.length > 0) rows.push(row);
  for (const each of rows) each.sort((one, other) => one.left - other.left);
  return rows;
}

/** A line of the segments of one row. */
export function lineOf(segments: readonly Segment[], page: number): Line {
  let letters = 0;
  let bold = 0;
  let italic = 0;
  let monospaced = 0;
  let main = segments[0];
  for (const segment of segments) {
    const count = segment.text.length;
    letters += count;
    if (segment.bold) bold += count;
    if (segment.italic) italic += count;
    if (segment.monospaced) monospaced += count;
    if (main === undefined || count > main.text.length) main = segment;
  }
  return {
    ...areaOf(segments),
    page,
    segments,
    text: segments.map((segment) => segment.text).join(" "),
    baseline: main?.baseline ?? 0,
    size: main?.size ?? 0,
    bold: bold > letters * 0.7,
    italic: italic > letters * 0.7,
    monospaced: monospaced > letters * 0.7,
  };
}
