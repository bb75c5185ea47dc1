import { append } from "../../model/many.ts";
import { areaOf, rowsOf } from "./layout-block.ts";
import type { Rule } from "./page-content.ts";
import type { Area, Segment } from "./segment.ts";

/** A place where rules and rows of cells make a table. */
export interface TableRegion extends Area {
  readonly segments: readonly Segment[];
  /** The level rules inside, merged, from top to bottom. */
  readonly horizontals: readonly Rule[];
  readonly verticals: readonly Rule[];
}

/** Units: points. */
const SAME_LEVEL = 1;
const JOINT = 2.5;
const SAME_END = 4;
const SHORTEST_FRAME_RULE = 40;
/** A row this much wider than cells, with so many words, is a sentence. */
const SENTENCE_WIDTH = 0.8;
const SENTENCE_WORDS = 9;
/** Units: points. Rules nearer than this are one double rule. */
const DOUBLE_RULE = 6;
/** A page with more rules than this is a plot on a grid. */
const MOST_RULES = 600;

/** Finds the tables that are framed by level rules of the same length, as booktabs and grids are. */
export function ruledTables(
  segments: readonly Segment[],
  horizontals: readonly Rule[],
  verticals: readonly Rule[],
): readonly TableRegion[] {
  const text = segments.filter((segment) => segment.picture === 0);
  const merged = mergeRules(horizontals);
  if (merged.length > MOST_RULES) return [];
  const regions: TableRegion[] = [];
  for (const group of sameEnds(merged.filter((rule) => rule.right - rule.left >= SHORTEST_FRAME_RULE))) {
    for (const run of tabularRuns(group, text)) {
      const region = regionOf(run, text, merged, verticals);
      if (region !== null) regions.push(region);
    }
  }
  return withoutNested(regions);
}

/** Rules drawn in parts, as one for each column, become one. */
export function mergeRules(rules: readonly Rule[]): readonly Rule[] {
  const sorted = [...rules].sort((one, other) => one.top - other.top || one.left - other.left);
  const levels: Rule[][] = [];
  for (const rule of sorted) {
    const level = levels.at(-1);
    const top = level?.[0]?.top;
    if (level !== undefined && top !== undefined && rule.top - top <= SAME_LEVEL) level.push(rule);
    else levels.push([rule]);
  }
  return levels.flatMap((level) => {
    const joined: Rule[] = [];
    for (const rule of level.sort((one, other) => one.left - other.left)) {
      const last = joined.at(-1);
      if (last !== undefined && rule.left - last.right <= JOINT) joined[joined.length - 1] = areaOf([last, rule]);
      else joined.push(rule);
    }
    return joined;
  });
}

/** Rules that begin and end alike, each group from top to bottom. */
function sameEnds(rules: readonly Rule[]): readonly (readonly Rule[])[] {
  const groups: Rule[][] = [];
  for (const rule of rules) {
    const group = groups.find((candidate) => {
      const first = candidate[0];
      return first !== undefined && Math.abs(first.left - rule.left) <= SAME_END && Math.abs(first.right - rule.right) <= SAME_END;
    });
    if (group === undefined) groups.push([rule]);
    else group.push(rule);
  }
  return groups;
}

/** Stretches of a group of rules between which all text looks like rows of cells. */
function tabularRuns(group: readonly Rule[], text: readonly Segment[]): readonly (readonly Rule[])[] {
  const runs: Rule[][] = [];
  let run: Rule[] = [];
  for (const rule of group) {
    const last = run.at(-1);
    if (last !== undefined && !isTabular(between(last, rule, text), last, rule)) {
      if (run.length > 1) runs.push(run);
      run = [];
    }
    run.push(rule);
  }
  if (run.length > 1) runs.push(run);
  return runs;
}

function between(upper: Rule, lower: Rule, text: readonly Segment[]): readonly (readonly Segment[])[] {
  const top = upper.bottom;
  const bottom = lower.top;
  const inside = text.filter((segment) => {
    const middle = (segment.top + segment.bottom) / 2;
    const center = (segment.left + segment.right) / 2;
    return middle > top - 1 && middle < bottom + 1 && center > upper.left - SAME_END && center < upper.right + SAME_END;
  });
  return rowsOf(inside);
}

function isTabular(rows: readonly (readonly Segment[])[], upper: Rule, lower: Rule): boolean {
  if (rows.length === 0) return lower.top - upper.bottom <= DOUBLE_RULE;
  const width = upper.right - upper.left;
  let sentences = 0;
  let divided = 0;
  for (const row of rows) {
    const [first] = row;
    if (row.length > 1) divided += 1;
    else if (first !== undefined && first.right - first.left > SENTENCE_WIDTH * width && first.text.split(" ").length >= SENTENCE_WORDS)
      sentences += 1;
    if (first !== undefined && (first.left < upper.left - 3 * SAME_END || (row.at(-1)?.right ?? 0) > upper.right + 3 * SAME_END))
      return false;
  }
  if (sentences > 1 && sentences > 0.2 * rows.length) return false;
  if (rows.filter((row) => row.filter(isProse).length > 1).length > MOST_PROSE_ROWS) return false;
  // One or two undivided rows are a heading inside the table or cells of its first column.
  return divided > 0 ? divided >= 0.3 * rows.length : rows.length <= 3;
}

/** Two columns of running text between two rules are no table, however the lines are level. */
const MOST_PROSE_ROWS = 2;
const PROSE_WORDS = 6;

function isProse(segment: Segment): boolean {
  return segment.text.split(" ").length >= PROSE_WORDS;
}

/** A table has at least so many rows with several cells. */
const FEWEST_DIVIDED_ROWS = 2;

function regionOf(run: readonly Rule[], text: readonly Segment[], merged: readonly Rule[], verticals: readonly Rule[]): TableRegion | null {
  const frame = areaOf(run);
  const inside = text.filter((segment) => {
    const middle = (segment.top + segment.bottom) / 2;
    const center = (segment.left + segment.right) / 2;
    return middle > frame.top && middle < frame.bottom && center > frame.left - SAME_END && center < frame.right + SAME_END;
  });
  const all = [...rowsAround(frame, inside, text), ...inside];
  const divided = rowsOf(all).filter((row) => row.length > 1).length;
  if (divided < FEWEST_DIVIDED_ROWS && !(divided === 1 && run.length >= 3)) return null;
  const area = areaOf([frame, ...all]);
  const within = (rule: Rule): boolean =>
    rule.top >= area.top - 3 &&
    rule.bottom <= area.bottom + 3 &&
    rule.left >= area.left - 3 * SAME_END &&
    rule.right <= area.right + 3 * SAME_END;
  return { ...area, segments: all, horizontals: merged.filter(within), verticals: verticals.filter(within) };
}

/** In em of the rows: rows of cells outside the outermost rules follow at the usual distance. */
const ROW_STEP_EM = 1.9;

/** Rows above the first and below the last rule that stand in the columns of the rows inside: tables with rules in the middle only. */
function rowsAround(frame: Area, inside: readonly Segment[], text: readonly Segment[]): readonly Segment[] {
  const gaps = columnGaps(inside);
  if (gaps.length === 0) return [];
  const found: Segment[] = [];
  const columns = text.filter((segment) => segment.left >= frame.left - 3 * SAME_END && segment.right <= frame.right + 3 * SAME_END);
  const above = rowsOf(columns.filter((segment) => segment.bottom <= frame.top + 2 && !inside.includes(segment))).toReversed();
  const below = rowsOf(columns.filter((segment) => segment.top >= frame.bottom - 2 && !inside.includes(segment)));
  for (const [rows, edge] of [
    [above, frame.top],
    [below, frame.bottom],
  ] as const) {
    let last = edge;
    for (const row of rows) {
      const area = areaOf(row);
      const size = row[0]?.size ?? 0;
      const step = rows === above ? last - area.bottom : area.top - last;
      if (step > (ROW_STEP_EM - 1) * size || row.length < 2 || row.length < gaps.length * 0.6 || !fitsGaps(row, gaps)) break;
      append(found, row);
      last = rows === above ? area.top : area.bottom;
    }
  }
  return found;
}

/** Strips that no segment of at least two rows crosses. */
function columnGaps(segments: readonly Segment[]): readonly { readonly left: number; readonly right: number }[] {
  const rows = rowsOf(segments).filter((row) => row.length > 1);
  if (rows.length < 2) return [];
  const sorted = rows.flat().sort((one, other) => one.left - other.left);
  const gaps: { left: number; right: number }[] = [];
  let right = sorted[0]?.right ?? 0;
  for (const segment of sorted) {
    if (segment.left > right) gaps.push({ left: right, right: segment.left });
    right = Math.max(right, segment.right);
  }
  return gaps;
}

function fitsGaps(row: readonly Segment[], gaps: readonly { readonly left: number; readonly right: number }[]): boolean {
  const crossed = gaps.filter((gap) => row.some((segment) => segment.left < gap.left - 1 && segment.right > gap.right + 1)).length;
  return crossed <= 0.34 * gaps.length;
}

/** A frame inside a larger one is part of it. */
function withoutNested(regions: readonly TableRegion[]): readonly TableRegion[] {
  const bySize = [...regions].sort((one, other) => size(other) - size(one));
  const kept: TableRegion[] = [];
  for (const region of bySize) {
    const nested = kept.some((other) => overlap(region, other) > 0.3 * size(region));
    if (!nested) kept.push(region);
  }
  return kept;
}

function size(area: Area): number {
  return (area.right - area.left) * (area.bottom - area.top);
}

function overlap(one: Area, other: Area): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height : 0;
}
