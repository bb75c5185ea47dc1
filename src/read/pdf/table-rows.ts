import { largest } from "../../model/many.ts";
import type { GridCell, TableGrid } from "./layout-block.ts";
import type { Piece, Rule } from "./page-content.ts";
import { type Area, composeSegment, type Segment } from "./segment.ts";

/** A line of print in a table, its words already in columns. */
export interface TableLine {
  readonly area: Area;
  readonly baseline: number;
  readonly size: number;
  /** From left to right; `first` and `last` are columns, both included. */
  readonly cells: readonly LineCell[];
}

export interface LineCell {
  readonly first: number;
  readonly last: number;
  readonly segment: Segment;
}

export interface GridFrame {
  readonly columnCount: number;
  /** Lines above this level are headings; null where no rule says so. */
  readonly headerEnd: number | null;
  /** All level rules of the table. */
  readonly rules: readonly Rule[];
}

/** A row being made of one or more lines. */
interface Row {
  readonly lines: readonly TableLine[];
  readonly header: boolean;
}

/** Joins the lines of a table to rows, and lists the cells. Null when it has too few rows or cells for a table. */
export function gridOf(lines: readonly TableLine[], frame: GridFrame): TableGrid | null {
  const headerCount = countHeaderLines(lines, frame);
  const body = takeCenteredLabels(lines.slice(headerCount));
  const rows = [...partHeadings(headerRows(lines.slice(0, headerCount)), body.lines), ...bodyRows(body.lines, frame)];
  if (rows.length < 2) return null;
  const placed = rows.flatMap((row, index) => cellsOf(row, index, frame.columnCount));
  const headed = spanEmptyHeadings(placed, rows.filter((row) => row.header).length);
  const cells = spanLabels(headed, rows, body.labels, frame.rules);
  const filled = cells.filter((cell) => cell.segments.length > 0).length;
  return filled < rows.length + 1 ? null : { rowCount: rows.length, columnCount: frame.columnCount, cells };
}

/** Without a rule, the lines before the first one of numbers are headings, if they stand close together or in different columns. */
function countHeaderLines(lines: readonly TableLine[], frame: GridFrame): number {
  const { headerEnd } = frame;
  if (headerEnd !== null) return lines.filter((line) => line.baseline < headerEnd).length;
  const firstNumbers = lines.findIndex(
    (line) => line.cells.filter((cell) => isValue(cell.segment.text)).length >= Math.max(1, 0.4 * line.cells.length),
  );
  if (firstNumbers <= 0) return firstNumbers === 0 ? 0 : 1;
  let count = 1;
  while (count < firstNumbers && count < MOST_HEADER_LINES && carriesOn(lines[count - 1], lines[count])) count += 1;
  return count === firstNumbers ? count : 1;
}

/** A heading line as near to the one above as lines of one text are, or beside it. */
function carriesOn(above: TableLine | undefined, line: TableLine | undefined): boolean {
  if (above === undefined || line === undefined) return false;
  if (line.baseline - above.baseline <= TIGHT_STEP * LINE_STEP_EM * line.size) return true;
  return line.cells.every((cell) => above.cells.every((other) => other.last < cell.first || other.first > cell.last));
}

const MOST_HEADER_LINES = 8;

/** "61.2", "$5.3M", "2.7 days", "—", "44%", "1.0×"; not "GPT-3", "Model 2 with labels". */
const VALUE =
  /^[\s~≈<>≤≥±+$€£¥(−–-]*(?:\d[\d.,:⁰¹²³⁴-⁹·×−–/±\s-]*[%‰×xkKMBT]?\)?(?:\s?[A-Za-z/²³%-]{1,12}\)?)?[†‡*§]?|[—–−-]|n\/?a|N\/?A)$/;

/** True for the content of a cell that is a number or stands for a missing one. */
export function isValue(text: string): boolean {
  return VALUE.test(text);
}

/** Heading lines are one row, unless a heading over several columns has headings of its own below it. */
function headerRows(lines: readonly TableLine[]): readonly Row[] {
  const rows: TableLine[][] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    if (last === undefined || opensLevel(last, line)) rows.push([line]);
    else last.push(line);
  }
  return rows.map((group) => ({ lines: group, header: true }));
}

function opensLevel(row: readonly TableLine[], line: TableLine): boolean {
  const spanning = row.flatMap((each) => each.cells).filter((cell) => cell.last > cell.first);
  return spanning.some((cell) => line.cells.filter((below) => below.first >= cell.first && below.last <= cell.last).length >= 2);
}

/**
 * Parts a heading over several columns of the lowest level that is several headings set close together ("Steps Warm-up Steps").
 *
 * A heading over several columns has headings of its own below it; without any, each column has a word of it near its middle.
 */
function partHeadings(rows: readonly Row[], body: readonly TableLine[]): readonly Row[] {
  const lowest = rows.at(-1);
  if (lowest === undefined) return rows;
  const middles = columnMiddles(body);
  const lines = lowest.lines.map((line) => ({ ...line, cells: inFreeColumns(line.cells).flatMap((cell) => partHeading(cell, middles)) }));
  return [...rows.slice(0, -1), { ...lowest, lines }];
}

/** A heading that leans over the column of the one before it belongs to the columns after that. */
function inFreeColumns(cells: readonly LineCell[]): readonly LineCell[] {
  return cells.map((cell, index) => {
    const before = cells[index - 1];
    return before !== undefined && cell.first <= before.last && cell.last > before.last ? { ...cell, first: before.last + 1 } : cell;
  });
}

/** The middle of what stands in each column of the body. Units: points. */
function columnMiddles(body: readonly TableLine[]): ReadonlyMap<number, number> {
  const extents = new Map<number, { left: number; right: number }>();
  for (const cell of body.flatMap((line) => line.cells)) {
    if (cell.last > cell.first) continue;
    const known = extents.get(cell.first) ?? { left: Infinity, right: -Infinity };
    extents.set(cell.first, { left: Math.min(known.left, cell.segment.left), right: Math.max(known.right, cell.segment.right) });
  }
  return new Map([...extents].map(([column, { left, right }]) => [column, (left + right) / 2]));
}

/** The words of a heading dealt out to the columns it stands over, each to the nearest; whole where a column would get none. */
function partHeading(cell: LineCell, middles: ReadonlyMap<number, number>): readonly LineCell[] {
  if (cell.last === cell.first) return [cell];
  const columns = Array.from({ length: cell.last - cell.first + 1 }, (_, index) => cell.first + index);
  const words = cell.segment.pieces;
  if (words.length < columns.length || columns.some((column) => !middles.has(column))) return [cell];
  const ways = cutsOf(words.length, columns.length).map((cuts) => {
    const parts = columns.map((column, index) => ({ column, words: words.slice(cuts[index] ?? 0, cuts[index + 1] ?? words.length) }));
    const offsets = parts.map((part) => Math.abs(middleOf(part.words) - (middles.get(part.column) ?? 0)));
    return { parts, farthest: largest(offsets) };
  });
  const best = ways.sort((left, right) => left.farthest - right.farthest)[0];
  if (best === undefined || best.farthest > FARTHEST_HEADING_EM * cell.segment.size) return [cell];
  return best.parts.map((part) => ({ first: part.column, last: part.column, segment: composeSegment(part.words) }));
}

/** In em: the middle of a heading is at most so far from the middle of what stands under it. */
const FARTHEST_HEADING_EM = 1.5;

/** All ways to cut `length` words into `parts` stretches, as the places where each begins. */
function cutsOf(length: number, parts: number): readonly (readonly number[])[] {
  if (parts === 1) return [[0]];
  const ways: (readonly number[])[] = [];
  for (let last = parts - 1; last < length; last += 1) for (const head of cutsOf(last, parts - 1)) ways.push([...head, last]);
  return ways;
}

function middleOf(words: readonly Piece[]): number {
  return ((words[0]?.left ?? 0) + (words.at(-1)?.right ?? 0)) / 2;
}

/** In parts of the usual step of lines: lines nearer than this, or nearer than rows are elsewhere, belong together. */
const TIGHT_STEP = 1.25;

function bodyRows(lines: readonly TableLine[], frame: GridFrame): readonly Row[] {
  const rows: TableLine[][] = [];
  lines.forEach((line, index) => {
    const row = rows.at(-1);
    const above = row?.at(-1);
    if (row !== undefined && above !== undefined && goesOn(row, above, line, lines[index + 1] ?? null, frame)) row.push(line);
    else rows.push([line]);
  });
  return rows.map((group) => ({ lines: group, header: false }));
}

/** True when a line carries on the row above it: words under words, no second number in a column, no new label. */
function goesOn(row: readonly TableLine[], above: TableLine, line: TableLine, next: TableLine | null, frame: GridFrame): boolean {
  const step = line.baseline - above.baseline;
  if (step > TIGHT_STEP * LINE_STEP_EM * line.size) return false;
  if (frame.rules.some((rule) => rule.top > above.baseline && rule.bottom < line.baseline)) return false;
  if (line.cells.some((cell) => cell.last > cell.first)) return false;
  const columns = new Set(row.flatMap((each) => each.cells.map((cell) => cell.first)));
  const labels = row.every((each) => each.cells.every((cell) => cell.first === 0));
  const first = line.cells.find((cell) => cell.first === 0);
  // A label alone on its line, with its numbers on the next line.
  if (labels && first === undefined && line.cells.length >= 0.5 * frame.columnCount && row.length === 1)
    return isLowerStep(above, line, next);
  if (line.cells.length > 0.5 * frame.columnCount || line.cells.some((cell) => isValue(cell.segment.text) && !isAside(cell, above)))
    return false;
  if (first !== undefined && !continuesText(row, first)) return false;
  return line.cells.every((cell) => columns.has(cell.first)) && columns.size > line.cells.length;
}

/** In em: the usual step of lines inside a cell. */
const LINE_STEP_EM = 1.2;

/** The step to the next row is clearly wider than this one. */
function isLowerStep(above: TableLine, line: TableLine, next: TableLine | null): boolean {
  return next === null || next.baseline - line.baseline > 1.15 * (line.baseline - above.baseline);
}

/** "(40 GB)" under "64 A100": a figure in brackets below words is part of their cell; below a number it is a row of its own. */
function isAside(cell: LineCell, above: TableLine): boolean {
  const over = above.cells.find((other) => other.first === cell.first);
  return over !== undefined && /^\(.*\)$/.test(cell.segment.text) && !isValue(over.segment.text);
}

/** "… with" before "labels", "Megatron-" before "LM": a label that was broken; not a second label. */
function continuesText(row: readonly TableLine[], cell: LineCell): boolean {
  const label = row.flatMap((line) => line.cells.filter((each) => each.first === 0)).at(-1);
  if (label === undefined) return false;
  return /[-,(/&]$|\b(?:with|and|of|for|on|in|the)$/.test(label.segment.text) || /^[a-z(]/.test(cell.segment.text);
}

function cellsOf(row: Row, index: number, columnCount: number): readonly GridCell[] {
  const byFirst = new Map<number, { last: number; segments: Segment[] }>();
  for (const line of row.lines) {
    for (const cell of line.cells) {
      const known = byFirst.get(cell.first);
      if (known === undefined) byFirst.set(cell.first, { last: cell.last, segments: [cell.segment] });
      else {
        known.last = Math.max(known.last, cell.last);
        known.segments.push(cell.segment);
      }
    }
  }
  const cells: GridCell[] = [];
  for (let column = 0; column < columnCount; ) {
    const found = byFirst.get(column);
    let last = found?.last ?? column;
    // Where two cells claim a column, the one that begins in it keeps it.
    for (let claimed = column + 1; claimed <= last; claimed += 1) if (byFirst.has(claimed)) last = claimed - 1;
    cells.push({ row: index, column, rowSpan: 1, columnSpan: last - column + 1, header: row.header, segments: found?.segments ?? [] });
    column = last + 1;
  }
  return cells;
}

/** In a heading of several rows, a column with a heading in one row only has it for all rows. */
function spanEmptyHeadings(cells: readonly GridCell[], headerCount: number): readonly GridCell[] {
  if (headerCount < 2) return cells;
  const kept = new Map<GridCell, GridCell | null>();
  const columns = new Set(cells.map((cell) => cell.column));
  for (const column of columns) {
    const heads = cells.filter((cell) => cell.row < headerCount && cell.column === column);
    const covered = cells.some((cell) => cell.row < headerCount && cell.column < column && cell.column + cell.columnSpan > column);
    const filled = heads.filter((cell) => cell.segments.length > 0);
    const [only] = filled;
    if (covered || heads.length !== headerCount || filled.length !== 1 || only === undefined || only.columnSpan > 1) continue;
    heads.forEach((cell) => {
      kept.set(cell, cell.row === 0 ? { ...only, row: 0, rowSpan: headerCount } : null);
    });
  }
  return cells.flatMap((cell) => {
    const change = kept.get(cell);
    return change === undefined ? [cell] : change === null ? [] : [change];
  });
}

/** A label that stands alone between two lines, and is for all rows around it. */
interface CenteredLabel {
  readonly segment: Segment;
  readonly baseline: number;
}

/** In parts of the usual step of lines: a label set between two lines is nearer to both. */
const BETWEEN = 0.75;

function takeCenteredLabels(lines: readonly TableLine[]): {
  readonly lines: readonly TableLine[];
  readonly labels: readonly CenteredLabel[];
} {
  const steps = lines.slice(1).map((line, index) => line.baseline - (lines[index]?.baseline ?? 0));
  const usual = [...steps].sort((one, other) => one - other)[Math.floor(steps.length * 0.7)] ?? 0;
  const labels: CenteredLabel[] = [];
  const kept = lines.filter((line, index) => {
    const [cell] = line.cells;
    const before = steps[index - 1];
    const after = steps[index];
    if (cell === undefined || line.cells.length > 1 || cell.last > 0 || before === undefined || after === undefined) return true;
    if (before > BETWEEN * usual || after > BETWEEN * usual) return true;
    labels.push({ segment: cell.segment, baseline: line.baseline });
    return false;
  });
  return { lines: kept, labels };
}

/** Gives a centered label to the rows around it that have none of their own, up to the next rule. */
function spanLabels(
  cells: readonly GridCell[],
  rows: readonly Row[],
  labels: readonly CenteredLabel[],
  rules: readonly Rule[],
): readonly GridCell[] {
  const changed = new Map<GridCell, GridCell | null>();
  const unlabeled = (row: number): GridCell | null =>
    cells.find((cell) => cell.row === row && cell.column === 0 && cell.columnSpan === 1 && cell.segments.length === 0 && !cell.header) ??
    null;
  const baseline = (row: number): number => rows[row]?.lines[0]?.baseline ?? 0;
  const parted = (upper: number, lower: number): boolean =>
    rules.some((rule) => rule.top > baseline(upper) && rule.bottom < baseline(lower));
  for (const label of labels) {
    let first = rows.findLastIndex((row) => (row.lines[0]?.baseline ?? 0) < label.baseline);
    let last = first + 1;
    while (unlabeled(first - 1) !== null && !parted(first - 1, first)) first -= 1;
    while (unlabeled(last + 1) !== null && !parted(last, last + 1)) last += 1;
    const free = cells.filter((cell) => cell.row >= first && cell.row <= last && cell === unlabeled(cell.row));
    const [head] = free;
    if (head === undefined) {
      // All rows have labels, so this one is more of the nearest.
      const nearest = cells.find((cell) => cell.row === Math.max(0, first) && cell.column === 0);
      if (nearest !== undefined) changed.set(nearest, { ...nearest, segments: [...nearest.segments, label.segment] });
      continue;
    }
    for (const cell of free) changed.set(cell, cell === head ? { ...cell, rowSpan: free.length, segments: [label.segment] } : null);
  }
  return cells.flatMap((cell) => {
    const change = changed.get(cell);
    return change === undefined ? [cell] : change === null ? [] : [change];
  });
}
