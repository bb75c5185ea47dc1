import type { Document } from "../model/document.ts";
import type { Cause, Finding, Step } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import { smallest } from "../model/many.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { causeOfSlips, lineSlip } from "./line-slip.ts";
import { gapOf, missingLine, type Total } from "./missing-line.ts";
import { statementFinding } from "./statement-finding.ts";
import { isTotalOfSome, type TableLine, tableLines } from "./table-lines.ts";
import { readStep } from "./working.ts";

/** What adds up over the lines of a table. A count of accelerators does not: the same ones may be used again. */
const ADDITIVE: ReadonlySet<MentionKind> = new Set(["accelerator-hours", "cost", "energy", "carbon", "wall-time"]);

/** Times add up only where stages follow one another; where they do not add up nothing is said. */
const MAY_OVERLAP: ReadonlySet<MentionKind> = new Set(["wall-time"]);

/** Lines up to which every subset is tried before a total is doubted. */
const MOST_SUBSET_LINES = 12;

/**
 * Checks every total of a table against the lines it sums.
 *
 * A total that is the sum of some of the lines is let pass where its words say so, or where the others are parts of those or next to
 * nothing; otherwise it leaves them out, and they are named. Where two columns lack the same line, the line is named with both its figures.
 */
export function checkTotals(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return tableLines(document, quantities).flatMap(({ table, lines }) => {
    const printed = lines.filter((line) => line.isTotal).flatMap((line) => totalsOf(lines, line));
    const totals = [...printed, ...toldTotals(document, quantities, lines, table)];
    const short = totals.filter((total) => gapOf(total) > 0 && !isSum(total));
    return totals.flatMap((total) => judge(total, short, runs) ?? []);
  });
}

/** The lines a total sums: those between it and the total before, or all of the others where it stands first. */
function totalsOf(lines: readonly TableLine[], total: TableLine): readonly Total[] {
  const before = lines.filter((line) => line.index < total.index);
  const previous = before.filter((line) => line.isTotal).at(-1)?.index ?? -1;
  const own = before.length > 0 ? before.filter((line) => line.index > previous) : lines.filter((line) => !line.isTotal);
  return total.quantities.flatMap((quantity) => {
    const { mention, readings } = quantity;
    if (!ADDITIVE.has(mention.kind) || mention.per !== null) return [];
    const parts = own.flatMap((line) => line.quantities.filter((other) => isSameColumn(other, quantity)));
    const isOneUnit = parts.every((part) => part.readings[0].baseUnit === readings[0].baseUnit);
    return parts.length >= 2 && isOneUnit && mention.number.range === null
      ? [{ total: quantity, parts, rates: ratesOf(own), isOfSome: isTotalOfSome(total.label) }]
      : [];
  });
}

/** Blocks above a table in which its totals are told. */
const MOST_BLOCKS_ABOVE = 4;

/** Matches "a cumulative of", "in total", "total emissions"; not "subtotal". */
const TOLD_AS_TOTAL = /\b(?:total|cumulative|overall|altogether|combined)\b/i;

/** Matches "per the table below", "in Table 2". */
const POINTS_TO_TABLE = /\btable\b/i;

/**
 * Totals that the text right above a table tells of it: "39.3M GPU hours in total, per the table below".
 *
 * Only where the text points to the table: what it tells of more than the table lists is no slip.
 */
function toldTotals(document: Document, quantities: readonly Quantity[], lines: readonly TableLine[], index: number): readonly Total[] {
  const table = document.tables[index];
  const at = table === undefined ? -1 : document.blocks.findIndex((block) => block.span.end > table.span.start);
  if (at < 0) return [];
  const opening = document.blocks.slice(0, at).findLastIndex((block) => block.kind === "heading" || block.kind === "table");
  const from = Math.max(opening + 1, at - MOST_BLOCKS_ABOVE);
  const above = document.text.slice(document.blocks[from]?.span.start ?? 0, document.blocks[at]?.span.start ?? 0);
  if (from >= at || !POINTS_TO_TABLE.test(above)) return [];
  const cells = lines.filter((line) => !line.isTotal).flatMap((line) => line.quantities);
  return quantities.flatMap((total): readonly Total[] => {
    const { mention } = total;
    const isAbove = mention.cell === null && mention.block >= from && mention.block < at;
    if (!isAbove || !ADDITIVE.has(mention.kind) || MAY_OVERLAP.has(mention.kind) || mention.role !== "own" || mention.hedge !== null)
      return [];
    const sentence = document.text.slice(mention.sentence.start, mention.sentence.end);
    if (!TOLD_AS_TOTAL.test(sentence) || mention.number.range !== null) return [];
    const ofKind = cells.filter((cell) => cell.mention.kind === mention.kind && cell.mention.per === null && cell.mention.value > 0);
    const columns = [...Map.groupBy(ofKind, (cell) => `${cell.mention.cell?.column}`).values()];
    const column = columns.length === 1 ? columns[0] : columns.find((each) => each.every((cell) => isNamedIn(cell, sentence)));
    const rates = ratesOf(lines);
    // "96k in all", where one column has 80k and another, of which only the sum is printed, 16k.
    const whole = [...ofKind, ...printedAsSums(lines, ofKind, mention.kind)];
    const isOfAll = whole.length > (column?.length ?? 0) && isSum({ total, parts: whole, rates, isOfSome: true });
    const all = isOfAll ? whole : column;
    const isOneUnit = all?.every((cell) => cell.readings[0].baseUnit === total.readings[0].baseUnit) ?? false;
    // A line by itself may repeat the figure of the text: that is no sum of others.
    const isTotalOfAll = !ofKind.some((cell) => cell.mention.value === mention.value && cell.mention.unit === mention.unit);
    return all !== undefined && isOneUnit && isTotalOfAll ? [{ total, parts: all, rates, isOfSome: true }] : [];
  });
}

/** Sums of columns that have no other figures. */
function printedAsSums(lines: readonly TableLine[], parts: readonly Quantity[], kind: MentionKind): readonly Quantity[] {
  const columns = new Set(parts.map(({ mention }) => mention.cell?.column));
  const sums = lines.filter((line) => line.isTotal).flatMap((line) => line.quantities);
  return sums.filter(
    ({ mention }) => mention.kind === kind && mention.per === null && mention.value > 0 && !columns.has(mention.cell?.column),
  );
}

function ratesOf(lines: readonly TableLine[]): readonly Quantity[] {
  return lines.flatMap((line) => line.quantities.filter(({ mention }) => mention.kind === "power" || mention.kind === "price"));
}

/** Whether the words that set a column apart stand in the sentence: "location-based". */
function isNamedIn({ mention }: Quantity, sentence: string): boolean {
  return mention.qualifiers.length > 0 && mention.qualifiers.every((word) => sentence.toLowerCase().includes(word));
}

function isSameColumn(left: Quantity, right: Quantity): boolean {
  const [one, other] = [left.mention.cell, right.mention.cell];
  if (one === null || other === null || left.mention.kind !== right.mention.kind) return false;
  return one.column === other.column || one.row === other.row;
}

function judge(whole: Total, short: readonly Total[], runs: readonly Run[]): Finding | null {
  const { mention } = whole.total;
  // Of nothing, no unit can be told by its size, and no line is missing.
  if (whole.total.readings[0].printed.value === 0) return null;
  const lines = linesOfSum(whole);
  const left = lines === null ? [] : whole.parts.filter((part) => !lines.includes(part));
  const agrees = lines !== null && mayLeaveOut(whole, lines, left);
  const total = agrees ? { ...whole, parts: lines } : whole;
  if (!agrees && MAY_OVERLAP.has(mention.kind)) return null;
  const terms = total.parts.map((part) => ({ operator: "+" as const, figure: inUnitOf(total, part) }));
  const [first, ...rest] = terms;
  if (first === undefined) return null;
  const value = terms.reduce((sum, term) => sum + term.figure.value, 0);
  if (value === 0) return null;
  const { printed } = total.total.readings[0];
  const low = terms.reduce((sum, term) => sum + term.figure.low, 0);
  const high = terms.reduce((sum, term) => sum + term.figure.high, 0);
  const recomputed: Figure = { value, low, high, unit: printed.unit };
  const head = { operator: "*" as const, figure: first.figure };
  const steps: readonly Step[] = [
    ...total.parts.map(readStep),
    {
      kind: "compute",
      rule: "table/total",
      terms: [head, ...rest] as NonEmpty<typeof head | (typeof rest)[number]>,
      result: recomputed,
      from: total.parts.map((part) => part.mention.id),
      facts: [],
    },
  ];
  const missing = agrees ? null : (leftOutOf(total, left, value) ?? missingLine(total, short, value));
  const cause = agrees || left.length > 0 || missing?.certainty === "named" ? missing : (wrongLine(total) ?? missing);
  return statementFinding(mention, runs, "table/total", {
    stated: printed,
    recomputed,
    agrees,
    steps,
    premises: total.parts.map((part) => part.mention.id),
    // A gap that no other column shares may be a line left out on purpose.
    atMostWarning: cause === null || cause.certainty !== "named",
    ...(cause === null ? {} : { cause }),
  });
}

/** What lines come to beside a total to be next to nothing. */
const NEXT_TO_NOTHING = 0.01;

/** Whether a total may be the sum of some lines: of those that it names, without what is in one of them already, without trifles. */
function mayLeaveOut(total: Total, lines: readonly Quantity[], left: readonly Quantity[]): boolean {
  if (left.length === 0 || total.isOfSome) return true;
  const sum = (of: readonly Quantity[]): number => of.reduce((all, part) => all + part.readings[0].width.face, 0);
  if (sum(left) < NEXT_TO_NOTHING * sum(lines)) return true;
  // What comes to the same as lines right before or right behind it tells them again.
  const isSame = (one: readonly Quantity[], other: readonly Quantity[]): boolean =>
    other.length > 0 && Math.abs(sum(one) / sum(other) - 1) <= MOST_APART_OF_SOME;
  const series = seriesOf(total.parts, (part) => left.includes(part));
  return series.every((of, index) => {
    const [first] = of;
    if (first === undefined || !left.includes(first)) return true;
    const [before, behind] = [series[index - 1] ?? [], series[index + 1] ?? []];
    return before.some((_, from) => isSame(of, before.slice(from))) || behind.some((_, to) => isSame(of, behind.slice(0, to + 1)));
  });
}

/** Cut wherever it begins or ceases to hold. */
function seriesOf(parts: readonly Quantity[], holds: (part: Quantity) => boolean): readonly (readonly Quantity[])[] {
  const series: Quantity[][] = [];
  let last: boolean | null = null;
  for (const part of parts) {
    if (holds(part) !== last) series.push([]);
    series.at(-1)?.push(part);
    last = holds(part);
  }
  return series;
}

/** That the total is the sum of the other lines. */
function leftOutOf({ total }: Total, left: readonly Quantity[], sum: number): Cause | null {
  if (left.length === 0) return null;
  const words = left.map(({ mention }) => `"${mention.text}"`).join(" and ");
  return {
    diagnosis: "missing-row",
    factor: total.readings[0].printed.value / sum,
    certainty: "possible",
    words: `${words} ${left.length === 1 ? "was" : "were"} left out of the sum`,
    fits: null,
  };
}

/** The part in the unit the total is printed in. */
function inUnitOf(total: Total, part: Quantity): Figure {
  const own = total.total.readings[0];
  const { width } = part.readings[0];
  const factor = own.width.face / own.printed.value;
  return { value: width.face / factor, low: width.generous.low / factor, high: width.generous.high / factor, unit: own.printed.unit };
}

/** Whether the total is the sum of all its lines, or of some. */
function isSum(total: Total): boolean {
  return linesOfSum(total) !== null;
}

/** How far a sum of some lines may be from the total: among many sums one comes near to it by chance. */
const MOST_APART_OF_SOME = 0.005;

/** The lines that the total is the sum of: all of them, or the most that add up to it; null where none do. */
function linesOfSum(total: Total): readonly Quantity[] | null {
  const { total: claim, parts } = total;
  const place = smallest([claim, ...parts].map(placeOf));
  const stated = roundedTo(claim, place);
  const noise = 1e-9;
  const isOf = (chosen: readonly Quantity[]): boolean => {
    const widths = chosen.map((part) => roundedTo(part, place));
    const [low, high] = [widths.reduce((sum, width) => sum + width.low, 0), widths.reduce((sum, width) => sum + width.high, 0)];
    return stated.low <= high * (1 + noise) && low <= stated.high * (1 + noise);
  };
  if (isOf(parts)) return parts;
  if (parts.length > MOST_SUBSET_LINES || parts.length < 3) return null;
  const face = claim.readings[0].width.face;
  let best: readonly Quantity[] | null = null;
  for (let chosen = 1; chosen < 2 ** parts.length; chosen += 1) {
    const some = parts.filter((_, index) => (chosen & (1 << index)) !== 0);
    const sum = some.reduce((all, part) => all + part.readings[0].width.face, 0);
    const isNear = Math.abs(sum / face - 1) <= MOST_APART_OF_SOME;
    if (isNear && some.length >= Math.max(2, (best?.length ?? 0) + 1) && isOf(some)) best = some;
  }
  return best;
}

/** The unit of the last digit, in the base unit. */
function placeOf({ mention: { number }, readings }: Quantity): number {
  return number.value === 0 ? Infinity : (number.lastPlace * readings[0].width.face) / number.value;
}

/** A column is rounded to the last digit that any of its figures shows: beside 8,930, the 2,400 is no 2,350. */
function roundedTo(quantity: Quantity, place: number): Interval {
  const { face, generous } = quantity.readings[0].width;
  // Decimals show their own precision: "13.6" beside "0.25" is no 13.60.
  const own = quantity.mention.number.form === "decimal" ? Math.max(place, placeOf(quantity)) : place;
  return { low: Math.max(generous.low, face - own), high: Math.min(generous.high, face + own) };
}

/** The one figure, of a line or the total itself, that a wrong digit or unit would explain. */
function wrongLine(total: Total): Cause | null {
  const gap = gapOf(total);
  return causeOfSlips([
    lineSlip(total.total, total.total.readings[0].width.face - gap),
    ...total.parts.map((part) => lineSlip(part, part.readings[0].width.face + gap)),
  ]);
}
