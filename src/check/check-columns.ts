import type { Document } from "../model/document.ts";
import type { Cause, Finding, Step } from "../model/finding.ts";
import { headLength } from "../model/head-length.ts";
import { inDigits } from "../model/in-digits.ts";
import { type Interval, intersection } from "../model/interval.ts";
import { largest, smallest } from "../model/many.ts";
import type { Fact, Figure, Quantity, Slot, Width } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { slippedFrom } from "./digit-slips.ts";
import { statementFinding } from "./statement-finding.ts";
import { type TableLine, tableLines } from "./table-lines.ts";
import { readStep } from "./working.ts";

/** A column as a constant times a product of others; the constant (a price, a PUE, a carbon intensity) need not be printed. */
interface Relation {
  readonly result: Slot;
  readonly factors: readonly Slot[];
  /** What the constant is, in a sentence. */
  readonly constant: string;
  /** Whether each product has a constant of its own: a price, a power. */
  readonly isOfProduct: boolean;
}

/** In the order tried: the first that the lines obey is shown. */
const RELATIONS: readonly Relation[] = [
  { result: "energy", factors: ["accelerator_hours", "power"], constant: "PUE", isOfProduct: false },
  { result: "energy", factors: ["wall_time", "power"], constant: "PUE", isOfProduct: false },
  { result: "energy", factors: ["accelerator_hours"], constant: "power of one accelerator", isOfProduct: true },
  { result: "carbon", factors: ["energy"], constant: "carbon intensity", isOfProduct: false },
  { result: "carbon", factors: ["accelerator_hours", "power"], constant: "carbon for each kWh of the chips", isOfProduct: false },
  { result: "carbon", factors: ["accelerator_hours"], constant: "carbon for each accelerator-hour", isOfProduct: true },
  { result: "cost", factors: ["accelerator_hours"], constant: "price", isOfProduct: true },
  { result: "cost", factors: ["accelerators", "wall_time"], constant: "price", isOfProduct: true },
  { result: "cost", factors: ["wall_time", "cost_rate"], constant: "share of the price that was paid", isOfProduct: false },
  { result: "cost", factors: ["accelerator_hours", "price"], constant: "share of the price that was paid", isOfProduct: false },
  { result: "accelerator_hours", factors: ["accelerators", "wall_time"], constant: "share of the time in use", isOfProduct: false },
];

/** Lines needed to know a constant, those whose sharing it is no chance, those needed before one that breaks it is told, and the most its lines may differ beyond rounding. */
const LEAST_LINES = 2;
const LEAST_LINES_TO_TEST = 3;
const LEAST_LINES_TO_DOUBT = 4;
const MOST_SPREAD = 1.02;

/** The lines must differ by this much in what they multiply, or a constant says nothing. */
const LEAST_VARIETY = 1.5;

/** A range ("$41–$140") has two ends, each with a constant of its own. */
type End = "whole" | "low" | "high";

interface Point {
  readonly result: Quantity;
  readonly factors: readonly Quantity[];
  readonly end: End;
  /** The result, or the end of it that is meant. */
  readonly width: Width;
  /** result / product of the factors: face value, what rounding admits, and what an honest author may have meant. */
  readonly face: number;
  readonly strict: Interval;
  readonly interval: Interval;
}

/** Points that share a constant: of one relation, one end and, where it matters, one product. */
interface Series {
  readonly relation: Relation;
  readonly points: readonly Point[];
  readonly constant: number;
}

/**
 * Checks that a column of a table is the same function of other columns in every line.
 *
 * Needs no catalog: the constant is whatever the lines share. A line that breaks what at least three others, and three in four, obey
 * is told; two lines that differ say nothing. A line that obeys it but for a slip of one digit, which two results agree on, is told too.
 */
export function checkColumns(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return tableLines(document, quantities).flatMap(({ lines }) => {
    const own = lines.filter((line) => !line.isTotal);
    const series = RELATIONS.flatMap((relation) => seriesOf(own, relation));
    const told = new Set<string>();
    const slips = digitSlips(series);
    return series.flatMap((one) => {
      const fresh = one.points.filter((point) => !told.has(point.result.mention.id));
      return fresh.flatMap((point): readonly Finding[] => {
        told.add(point.result.mention.id);
        const slip = slips.get(point.result.mention.id) ?? null;
        const finding = judge(point, one, series, slip, runs);
        return finding === null ? [] : [finding];
      });
    });
  });
}

function seriesOf(lines: readonly TableLine[], relation: Relation): readonly Series[] {
  const points = lines.flatMap((line) => pointsOf(line, relation));
  const groups = Map.groupBy(points, (point) => `${point.end} ${relation.isOfProduct ? productOf(point) : ""}`);
  return [...groups.values()].flatMap((group) => {
    const constant = constantOf(group);
    return constant === null ? [] : [{ relation, points: group, constant }];
  });
}

function productOf(point: Point): string {
  return [point.result, ...point.factors].flatMap((quantity) => quantity.readings[0].hardware ?? [])[0] ?? "";
}

function pointsOf(line: TableLine, relation: Relation): readonly Point[] {
  const find = (slot: Slot): Quantity | null => {
    const found = line.quantities.filter((quantity) => isOfSlot(quantity, slot) && quantity.readings[0].width.face > 0);
    return found.length === 1 ? (found[0] ?? null) : null;
  };
  const result = find(relation.result);
  const factors = relation.factors.map(find).filter((factor) => factor !== null);
  if (result === null || factors.length < relation.factors.length || factors.some((factor) => factor.mention.number.range !== null))
    return [];
  const widths = factors.map(widthOf);
  return endsOf(result).flatMap(({ end, width }) => {
    const over = (pick: (width: Width) => Interval): Interval => ({
      low: widths.reduce((value, factor) => value / pick(factor).high, pick(width).low),
      high: widths.reduce((value, factor) => value / pick(factor).low, pick(width).high),
    });
    const face = widths.reduce((value, factor) => value / factor.face, width.face);
    const interval = over((each) => each.generous);
    const isUsable = Number.isFinite(face) && face > 0 && Number.isFinite(interval.high);
    return isUsable ? [{ result, factors, end, width, face, strict: over((each) => each.strict), interval }] : [];
  });
}

/** Slots that stand in one column: hours too many for one machine are times all the same, and a power is of whatever the lines are of. */
const ALIKE: Readonly<Partial<Record<Slot, readonly Slot[]>>> = {
  wall_time: ["summed_time"],
  power: ["power_total", "power_per_node"],
};

function isOfSlot(quantity: Quantity, slot: Slot): boolean {
  const own = quantity.readings[0].slot;
  return own === slot || (ALIKE[slot]?.includes(own) ?? false);
}

/** Counts are compared as printed: what they count may be read in several ways, but is the same in all lines. */
function widthOf(quantity: Quantity): Width {
  const { slot, width } = quantity.readings[0];
  if (slot !== "accelerators") return width;
  const { value } = quantity.mention;
  return { face: value, strict: { low: value, high: value }, generous: { low: value, high: value } };
}

/** The two ends of a range, with the rounding of their last digit; of any other figure the whole. */
function endsOf(result: Quantity): readonly { readonly end: End; readonly width: Width }[] {
  const { width } = result.readings[0];
  const { range, lastPlace, value } = result.mention.number;
  if (range === null) return [{ end: "whole", width }];
  const factor = value === 0 ? 1 : width.face / value;
  return (["low", "high"] as const).map((end) => {
    const face = range[end] * factor;
    const margin = (placeOf(range[end], lastPlace) / 2) * factor;
    const around = { low: face - margin, high: face + margin };
    return { end, width: { face, strict: around, generous: { low: face - margin, high: face + 2 * margin } } };
  });
}

/** The last place of a whole number by its zeros: 34,500 may stand for 34,450 to 34,550. */
function placeOf(value: number, lastPlace: number): number {
  if (!Number.isInteger(value) || value === 0) return lastPlace;
  let place = 1;
  while (value % (place * 10) === 0) place *= 10;
  return place;
}

/** The constant that the lines share: the value most of their intervals hold; null where too few do or where they hardly differ. */
function constantOf(points: readonly Point[]): number | null {
  if (points.length < LEAST_LINES) return null;
  const results = points.map((point) => point.width.face);
  if (largest(results) / smallest(results) < LEAST_VARIETY) return null;
  const count = countHolding(points);
  const [best] = points
    .map((point) => ({
      face: point.face,
      count: count(point.face),
      precision: point.interval.high / point.interval.low,
    }))
    // Of the values that hold in as many lines, the one from the line printed with most digits.
    .sort((left, right) => right.count - left.count || left.precision - right.precision);
  if (best === undefined) return null;
  return best.count >= LEAST_LINES && best.count >= 0.75 * points.length ? best.face : null;
}

/** For how many points a constant holds: of those that begin below it, the ones that do not end below it. */
function countHolding(points: readonly Point[]): (constant: number) => number {
  const ascending = (ends: readonly number[]): readonly number[] => ends.toSorted((left, right) => left - right);
  const lows = ascending(points.map(({ interval }) => interval.low / MOST_SPREAD));
  const highs = ascending(points.map(({ interval }) => interval.high * MOST_SPREAD));
  return (constant) => headLength(lows, (low) => low <= constant) - headLength(highs, (high) => high < constant);
}

function holds(point: Point, constant: number): boolean {
  return point.interval.low / MOST_SPREAD <= constant && constant <= point.interval.high * MOST_SPREAD;
}

/** A factor printed with one wrong digit: what it should be, by the results of its line. */
interface Slip {
  readonly of: Quantity;
  readonly meant: number;
}

/** Results that must ask for the same other number before a digit is called wrong. */
const LEAST_WITNESSES = 2;

/** Factors that two results of their line, by the constants of the other lines, put at one other number a slip away; by result. */
function digitSlips(series: readonly Series[]): ReadonlyMap<string, Slip> {
  const asked = new Map<Quantity, { readonly result: Quantity; readonly end: End; readonly implied: Interval }[]>();
  for (const { points } of series) {
    for (const point of points) {
      const constant = constantWithout(point, points);
      if (constant === null) continue;
      for (const factor of point.factors) {
        const rest = point.factors.filter((other) => other !== factor).reduce((product, other) => product * widthOf(other).face, 1);
        const implied = {
          low: point.width.generous.low / constant.high / rest,
          high: point.width.generous.high / constant.low / rest,
        };
        asked.set(factor, [...(asked.get(factor) ?? []), { result: point.result, end: point.end, implied }]);
      }
    }
  }
  const slips = new Map<string, Slip>();
  for (const [factor, witnesses] of asked) {
    // The same result under two relations is one witness.
    if (new Set(witnesses.map(({ result, end }) => `${result.mention.id} ${end}`)).size < LEAST_WITNESSES) continue;
    const fitting = intersection(witnesses.map((witness) => witness.implied));
    if (fitting === null) continue;
    const scale = widthOf(factor).face / factor.mention.number.value;
    const rounding = factor.mention.number.lastPlace / 2;
    const meant = slippedFrom(factor.mention.number, { low: fitting.low / scale - rounding, high: fitting.high / scale + rounding });
    if (meant !== null) for (const { result } of witnesses) slips.set(result.mention.id, { of: factor, meant });
  }
  return slips;
}

/** Significant digits of a price or PUE that somebody has chosen. */
const ROUND_DIGITS = 3;

/** What the other points say of the constant: a round number that all of them hold at face value, else all that their rounding admits. */
function constantWithout(point: Point, points: readonly Point[]): Interval | null {
  const { exact: ofExact, strict: ofStrict } = edgesOf(points);
  if (points.every((other) => other === point)) return null;
  const exact = within(ofExact, point);
  const middle = exact === null ? 0 : (exact.low + exact.high) / 2;
  const round = [1, 2, ROUND_DIGITS].map((digits) => Number(middle.toPrecision(digits)));
  const chosen = exact === null ? undefined : round.find((value) => exact.low <= value && value <= exact.high);
  return chosen === undefined ? within(ofStrict, point) : { low: chosen, high: chosen };
}

/** The two highest beginnings and the two lowest ends of intervals: what all but one of them share is between those that are not its own. */
interface Edges {
  readonly lows: readonly Edge[];
  readonly highs: readonly Edge[];
}

interface Edge {
  readonly of: Point;
  readonly value: number;
}

const EDGES = new WeakMap<readonly Point[], { readonly exact: Edges; readonly strict: Edges }>();

/** Those at face value, and with rounding; found once for all points. */
function edgesOf(points: readonly Point[]): { readonly exact: Edges; readonly strict: Edges } {
  let known = EDGES.get(points);
  if (known === undefined) {
    known = {
      exact: edgesIn(points, ({ width, face }) => ({
        low: (face * width.strict.low) / width.face,
        high: (face * width.strict.high) / width.face,
      })),
      strict: edgesIn(points, ({ strict }) => strict),
    };
    EDGES.set(points, known);
  }
  return known;
}

function edgesIn(points: readonly Point[], intervalOf: (point: Point) => Interval): Edges {
  const two = (endOf: (interval: Interval) => number, isBefore: (value: number, other: number) => boolean): readonly Edge[] => {
    const best: Edge[] = [];
    for (const of of points) {
      const value = endOf(intervalOf(of));
      if (best[0] === undefined || isBefore(value, best[0].value)) best.unshift({ of, value });
      else if (best[1] === undefined || isBefore(value, best[1].value)) best.splice(1, 0, { of, value });
      best.length = Math.min(best.length, 2);
    }
    return best;
  };
  return {
    lows: two(
      ({ low }) => low,
      (value, other) => value > other,
    ),
    highs: two(
      ({ high }) => high,
      (value, other) => value < other,
    ),
  };
}

/** What all intervals but one have in common; null where that is nothing. */
function within({ lows, highs }: Edges, without: Point): Interval | null {
  const endOf = (edges: readonly Edge[], none: number): number => edges.find(({ of }) => of !== without)?.value ?? none;
  const [low, high] = [endOf(lows, Number.NEGATIVE_INFINITY), endOf(highs, Number.POSITIVE_INFINITY)];
  return low <= high ? { low, high } : null;
}

function judge(point: Point, own: Series, all: readonly Series[], slip: Slip | null, runs: readonly Run[]): Finding | null {
  const { result, factors } = point;
  const lines = own.points.length;
  const ends = point.end === "whole" ? [{ point, series: own }] : bothEnds(point, own, all);
  const isSlip = slip !== null && factors.includes(slip.of);
  const isKept = ends.every((end) => holds(end.point, end.series.constant));
  // With few lines it is not known which of them is off.
  if (!isKept && !isSlip && lines < LEAST_LINES_TO_DOUBT) return null;
  const reading = result.readings[0];
  const worked = ends.map((end) => workedOut(end.point, isSlip ? ofOthers(end.point, end.series) : end.series, isKept));
  const [first, ...rest] = worked;
  if (first === undefined) return null;
  const last = rest.at(-1) ?? first;
  const recomputed: Figure = {
    value: (first.figure.value + last.figure.value) / 2,
    low: first === last ? first.figure.low : first.figure.value,
    high: first === last ? first.figure.high : last.figure.value,
    unit: reading.printed.unit,
    ...(first === last ? {} : { isRange: true }),
  };
  const steps: readonly Step[] = [
    ...factors.map(readStep),
    ...worked.flatMap((each): readonly Step[] => [
      { kind: "look-up", fact: each.shared },
      {
        kind: "compute",
        rule: "table/column",
        terms: [{ operator: "*", figure: each.shared.figure }, ...each.terms],
        result: each.figure,
        from: factors.map((quantity) => quantity.mention.id),
        facts: [each.shared],
      },
    ]),
  ];
  const cause = isSlip ? slipCause(slip) : isKept ? null : resultSlip(point, own);
  return statementFinding(result.mention, runs, "table/column", {
    stated: reading.printed,
    recomputed,
    agrees: isKept && !isSlip,
    steps,
    premises: factors.map((quantity) => quantity.mention.id),
    atMostWarning: true,
    untested: lines < LEAST_LINES_TO_TEST,
    ...(cause === null ? {} : { cause }),
  });
}

/** The series with the constant that the other lines have. */
function ofOthers(point: Point, series: Series): Series {
  const constant = constantWithout(point, series.points);
  return constant === null ? series : { ...series, constant: (constant.low + constant.high) / 2 };
}

/** One end of the result as the constant of its series has it. */
interface Working {
  readonly shared: Fact;
  readonly terms: readonly { readonly operator: "*"; readonly figure: Figure }[];
  readonly figure: Figure;
}

function workedOut(point: Point, { relation, constant, points }: Series, isKept: boolean): Working {
  const { printed, baseUnit, width } = point.result.readings[0];
  const scale = printed.value === 0 ? 1 : width.face / printed.value;
  const value = point.factors.reduce((product, factor) => product * widthOf(factor).face, constant) / scale;
  const spread = point.interval.high / point.face;
  const which = point.end === "whole" ? "" : ` (${point.end} end)`;
  const unit = `${baseUnit}/${point.factors.map((factor) => factor.readings[0].baseUnit).join("-")}`;
  const shared: Fact = {
    id: `column ${relation.result}${which}`,
    title: `the ${relation.constant}${which} that ${isKept ? points.length : points.length - 1} lines of the table share`,
    figure: { value: constant, low: constant, high: constant, unit },
    source: "worked out from the table",
    nature: "shared",
  };
  return {
    shared,
    terms: point.factors.map((factor) => ({ operator: "*", figure: figureOf(factor) })),
    figure: { value, low: value / spread, high: value * spread, unit: printed.unit },
  };
}

/** The point of each end of the result, with its series; only the one at hand where the other end shares no constant. */
function bothEnds(point: Point, own: Series, all: readonly Series[]): readonly { readonly point: Point; readonly series: Series }[] {
  const found = all
    .filter((series) => series.relation === own.relation)
    .flatMap((series) => (sharedIn(series).byResult.get(point.result) ?? []).map((other) => ({ point: other, series })));
  return found.length > 0 ? found : [{ point, series: own }];
}

/** What is asked of a series for each of its points. */
interface Shared {
  readonly byResult: ReadonlyMap<Quantity, readonly Point[]>;
  /** Those that its constant holds for. */
  readonly kept: readonly Point[];
}

const SHARED = new WeakMap<Series, Shared>();

function sharedIn(series: Series): Shared {
  let known = SHARED.get(series);
  if (known === undefined) {
    known = {
      byResult: Map.groupBy(series.points, ({ result }) => result),
      kept: series.points.filter((point) => holds(point, series.constant)),
    };
    SHARED.set(series, known);
  }
  return known;
}

function slipCause(slip: Slip): Cause {
  const { number, text } = slip.of.mention;
  return {
    diagnosis: "digit-slip",
    factor: number.value / slip.meant,
    certainty: "named",
    words: `a digit of "${text}" is wrong: ${inDigits(slip.meant)} makes the line agree with the others`,
    fits: null,
  };
}

/** The result itself, where one wrong digit parts it from what the other lines ask for. */
function resultSlip(point: Point, own: Series): Cause | null {
  if (point.end !== "whole") return null;
  const { number, text } = point.result.mention;
  const constant = constantWithout(point, sharedIn(own).kept);
  if (constant === null) return null;
  const product = point.factors.reduce((value, factor) => value * widthOf(factor).face, 1) / (point.width.face / number.value);
  const rounding = number.lastPlace / 2;
  const meant = slippedFrom(number, { low: constant.low * product - rounding, high: constant.high * product + rounding });
  if (meant === null) return null;
  const factor = number.value / meant;
  return {
    diagnosis: "digit-slip",
    factor,
    certainty: "named",
    words: `a digit of "${text}" is wrong: ${inDigits(meant)} agrees with the other lines`,
    fits: null,
  };
}

function figureOf(quantity: Quantity): Figure {
  const { baseUnit, printed, slot } = quantity.readings[0];
  const width = widthOf(quantity);
  return { value: width.face, low: width.generous.low, high: width.generous.high, unit: slot === "accelerators" ? printed.unit : baseUnit };
}
