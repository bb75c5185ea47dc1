import type { DocumentStyle } from "./document-style.ts";
import { mostFrequent, quantile } from "./document-style.ts";
import type { Segment } from "./segment.ts";

/** The empty strip between two columns of text. Units: points. */
export interface Gutter {
  readonly left: number;
  readonly right: number;
}

/** Shorter segments say nothing about columns. */
const PROSE_LETTERS = 15;
/** So many lines on each side make columns. */
const FEWEST_LINES = 5;
/** Units: points. Left edges of one column differ by less. */
const ALIGNED = 2;
/** How far lines of a column may be indented, in em. */
const INDENT_EM = 3;
/** A column of text is at least so wide, in em, and a gutter so narrow. */
const NARROWEST_COLUMN_EM = 9;
const NARROWEST_GUTTER_EM = 0.6;
/** Columns of text are justified, or at least full: this part of the lines ends at the same place, or goes most of the way. */
const JUSTIFIED_PART = 0.35;
const FULL_WIDTH = 0.75;
const FULL_PART = 0.6;
/** The part of a page's lines that may run across, before the columns count as cells of a table. */
const CROSSING_PART = 0.6;

/** The gutters between the columns of text of a page, from left to right; none where the text is in one column. */
export function pageGutters(segments: readonly Segment[], style: DocumentStyle): readonly Gutter[] {
  const prose = segments.filter((segment) => segment.picture === 0 && segment.text.length >= PROSE_LETTERS && isBodySized(segment, style));
  return split(prose, style, 0);
}

/** Gutters that most of the pages with columns have in common. */
export function commonGutters(pages: readonly (readonly Gutter[])[]): readonly Gutter[] {
  const withColumns = pages.filter((gutters) => gutters.length > 0);
  const count = mostFrequent(
    withColumns.reduce((counts, gutters) => counts.set(gutters.length, (counts.get(gutters.length) ?? 0) + 1), new Map()),
  );
  const alike = withColumns.filter((gutters) => gutters.length === count);
  if (count === null || alike.length === 0) return [];
  const common: Gutter[] = [];
  for (let index = 0; index < count; index += 1) {
    const left = quantile(
      alike.map((gutters) => gutters[index]?.left ?? 0),
      0.5,
    );
    const right = quantile(
      alike.map((gutters) => gutters[index]?.right ?? 0),
      0.5,
    );
    if (left !== null && right !== null && right > left) common.push({ left, right });
  }
  return common;
}

function isBodySized(segment: Segment, style: DocumentStyle): boolean {
  return segment.size > 0.72 * style.bodySize && segment.size < 1.3 * style.bodySize;
}

const DEEPEST_SPLIT = 2;

function split(prose: readonly Segment[], style: DocumentStyle, depth: number): readonly Gutter[] {
  if (prose.length < 2 * FEWEST_LINES || depth > DEEPEST_SPLIT) return [];
  const best = bestGutter(prose, style);
  if (best === null) return [];
  const middle = (best.left + best.right) / 2;
  const before = prose.filter((segment) => segment.right < middle);
  const after = prose.filter((segment) => segment.left > middle);
  return [...split(before, style, depth + 1), best, ...split(after, style, depth + 1)];
}

function bestGutter(prose: readonly Segment[], style: DocumentStyle): Gutter | null {
  const pageLeft = quantile(
    prose.map((segment) => segment.left),
    0.05,
  );
  if (pageLeft === null) return null;
  const counts = new Map<number, number>();
  for (const segment of prose) counts.set(Math.round(segment.left), (counts.get(Math.round(segment.left)) ?? 0) + 1);
  let best: Gutter | null = null;
  let most = 0;
  for (const [edge] of counts) {
    if (edge < pageLeft + NARROWEST_COLUMN_EM * style.bodySize) continue;
    const near = (counts.get(edge - 1) ?? 0) + (counts.get(edge) ?? 0) + (counts.get(edge + 1) ?? 0);
    if (near < FEWEST_LINES) continue;
    const candidate = gutterBefore(edge, prose, style);
    if (candidate !== null && candidate.support > most) {
      most = candidate.support;
      best = candidate.gutter;
    }
  }
  return best;
}

function gutterBefore(
  edge: number,
  prose: readonly Segment[],
  style: DocumentStyle,
): { readonly gutter: Gutter; readonly support: number } | null {
  const before: Segment[] = [];
  const after: Segment[] = [];
  let crossing = 0;
  for (const segment of prose) {
    if (segment.left >= edge - ALIGNED) {
      if (segment.left <= edge + INDENT_EM * style.bodySize) after.push(segment);
    } else if (segment.right <= edge - NARROWEST_GUTTER_EM * style.bodySize) before.push(segment);
    else if (segment.right > edge + style.bodySize) crossing += 1;
  }
  const support = Math.min(before.length, after.length);
  if (support < FEWEST_LINES || crossing > CROSSING_PART * prose.length) return null;
  const beforeEnd = columnEnd(before, style);
  const afterEnd = columnEnd(after, style);
  if (beforeEnd === null || afterEnd === null) return null;
  return { gutter: { left: Math.min(beforeEnd, edge - NARROWEST_GUTTER_EM * style.bodySize), right: edge }, support };
}

/** Where the lines of a column end; null if they do not look like a column of text. */
function columnEnd(lines: readonly Segment[], style: DocumentStyle): number | null {
  const left = quantile(
    lines.map((line) => line.left),
    0.1,
  );
  const ends = new Map<number, number>();
  for (const line of lines) ends.set(Math.round(line.right / 2), (ends.get(Math.round(line.right / 2)) ?? 0) + 1);
  const end = mostFrequent(ends);
  if (left === null || end === null) return null;
  const right = end * 2;
  if (right - left < NARROWEST_COLUMN_EM * style.bodySize) return null;
  const flush = lines.filter((line) => Math.abs(line.right - right) <= 2 * ALIGNED).length;
  const far = quantile(
    lines.map((line) => line.right),
    0.95,
  );
  if (far === null) return null;
  const full = lines.filter((line) => line.right - line.left > FULL_WIDTH * (far - left)).length;
  if (flush < JUSTIFIED_PART * lines.length && full < FULL_PART * lines.length) return null;
  return far;
}
