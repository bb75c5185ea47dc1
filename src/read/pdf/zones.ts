import type { Gutter } from "./gutters.ts";
import type { Area } from "./segment.ts";

/** Things that stand together between two columns' edges, in the order in which columns are read. */
export interface ColumnFlow<T extends Area> {
  readonly left: number;
  readonly right: number;
  /** From top to bottom. */
  readonly items: readonly T[];
}

/** Units: points. How far something must reach over a gutter on both sides to span it. */
const SPAN = 4;

/** Things beside each other are near each other in order from the top; so many places are looked at each way. */
const NEIGHBORS = 30;

/**
 * Puts things into columns, in reading order: what spans the gutters ends the columns above it, and new ones begin below.
 *
 * Shape: every item comes back exactly once.
 */
export function columnFlows<T extends Area>(
  items: readonly T[],
  gutters: readonly Gutter[],
  page: { readonly left: number; readonly right: number },
): readonly ColumnFlow<T>[] {
  const sorted = [...items].sort((one, other) => one.top - other.top || one.left - other.left);
  if (gutters.length === 0) return sorted.length === 0 ? [] : [{ ...page, items: sorted }];
  const edges = [page.left, ...gutters.flatMap((gutter) => [gutter.left, gutter.right]), page.right];
  const flows: ColumnFlow<T>[] = [];
  let columns: T[][] = gutters.map(() => []);
  columns.push([]);
  let spanning: T[] = [];
  const endSpanning = (): void => {
    if (spanning.length > 0) flows.push({ ...page, items: spanning });
    spanning = [];
  };
  const endColumns = (): void => {
    columns.forEach((column, index) => {
      if (column.length > 0) flows.push({ left: edges[2 * index] ?? page.left, right: edges[2 * index + 1] ?? page.right, items: column });
    });
    columns = [...gutters.map(() => []), []];
  };
  for (const [index, item] of sorted.entries()) {
    const near = sorted.slice(Math.max(0, index - NEIGHBORS), index + NEIGHBORS);
    const column = columnOf(item, gutters, near);
    if (column === null || isLastLine(item, spanning.at(-1), near)) {
      endColumns();
      spanning.push(item);
    } else {
      endSpanning();
      columns[column]?.push(item);
    }
  }
  endSpanning();
  endColumns();
  return flows;
}

/** In heights of a line: the next line of a text is no further down. */
const NEXT_LINE = 0.75;

/** The short last line of a text that spans the columns: it follows at once, and stands alone on its level. */
function isLastLine<T extends Area>(item: T, above: T | undefined, near: readonly T[]): boolean {
  if (above === undefined) return false;
  const height = item.bottom - item.top;
  if (Math.abs(above.bottom - above.top - height) > 0.05 * height || item.top - above.bottom > NEXT_LINE * height) return false;
  const centered = Math.abs((item.left + item.right) / 2 - (above.left + above.right) / 2) < height;
  if (Math.abs(item.left - above.left) > 0.3 * height && !centered) return false;
  return !near.some(
    (other) => other !== item && other !== above && other.top < item.bottom - 0.2 * height && other.bottom > item.top + 0.2 * height,
  );
}

/** The column of an item, null if it spans several. */
function columnOf<T extends Area>(item: T, gutters: readonly Gutter[], near: readonly T[]): number | null {
  let column = 0;
  for (const [index, gutter] of gutters.entries()) {
    const middle = (gutter.left + gutter.right) / 2;
    if (item.left >= middle) {
      column = index + 1;
      continue;
    }
    if (item.right <= gutter.right + SPAN || item.left >= gutter.left - SPAN) {
      const center = (item.left + item.right) / 2;
      if (item.right <= gutter.right + SPAN && item.left < gutter.left - SPAN) continue;
      if (center > middle) column = index + 1;
      continue;
    }
    if (!overflows(item, gutter, near)) return null;
  }
  return column;
}

/** A line too long for its column, beside which the next column goes on. */
function overflows<T extends Area>(item: T, gutter: Gutter, near: readonly T[]): boolean {
  const height = item.bottom - item.top;
  return near.some(
    (other) =>
      other !== item &&
      other.left >= gutter.left &&
      other.left > item.left &&
      other.top < item.bottom - 0.3 * height &&
      other.bottom > item.top + 0.3 * height &&
      other.left > item.right - height,
  );
}
