/** Checks what a sentence says of a change, "from 40 to 25 days, a 38% saving", by its two ends. */

import type { Cause, Finding, Step } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import { largest, smallest } from "../model/many.ts";
import type { MentionId, MentionKind, Statement } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { causeOfSlips, lineSlip } from "./line-slip.ts";
import { statementFinding } from "./statement-finding.ts";
import { exactly, readStep, stepsOfTwo } from "./working.ts";

type Told = Extract<Statement, { kind: "change" }>;

export function checkChanges(statements: readonly Statement[], quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  const byId = new Map(quantities.map((quantity) => [quantity.mention.id, quantity]));
  return statements.flatMap((statement) => (statement.kind === "change" ? (judge(statement, byId, runs) ?? []) : []));
}

/** What a change can be called, as a function of what it ends at over what it began with. */
type Way = (ratio: number) => number;

const LESS: Way = (ratio) => 1 - ratio;
const MORE: Way = (ratio) => ratio - 1;
const TIMES: Way = (ratio) => Math.max(ratio, 1 / ratio);
const PART: Way = (ratio) => Math.min(ratio, 1 / ratio);

/** A percentage of speed is told of the time and of the rate; "3 times faster" may be 3 or 4 times as fast. */
function waysOf({ unit, way }: Told, falls: boolean): readonly Way[] {
  if (way === "as") return unit === "times" ? [TIMES] : [PART, TIMES];
  if (way === "of") return [PART, TIMES];
  const plain = way === "less" ? LESS : way === "more" ? MORE : falls ? LESS : MORE;
  const inverse: Way = (ratio) => plain(1 / ratio);
  if (unit === "times") return [TIMES, (ratio) => TIMES(ratio) - 1];
  if (unit === "part") return way === null ? [plain, PART] : [plain];
  return way === "speed" ? [plain, inverse, (ratio) => -inverse(ratio), (ratio) => -plain(ratio)] : [plain];
}

/** How far a part in words ("a third") may be off. */
const ROUGHNESS = 0.1;

/** What is faster takes less time, or does more in it. */
const OF_SPEED: ReadonlySet<MentionKind> = new Set<MentionKind>([
  "wall-time",
  "step-time",
  "accelerator-hours",
  "throughput",
  "flop-rate",
  "mfu",
]);

function judge(told: Told, byId: ReadonlyMap<MentionId, Quantity>, runs: readonly Run[]): Finding | null {
  const [from, to] = [byId.get(told.from), byId.get(told.to)];
  if (from === undefined || to === undefined) return null;
  const [one, other] = [from.readings[0], to.readings[0]];
  if (one.baseUnit !== other.baseUnit || one.currency !== other.currency || !(one.width.face > 0) || !(other.width.face > 0)) return null;
  const ratio = other.width.face / one.width.face;
  const span = ratioOf(from, to);
  // What is said to fall and rises is of something else.
  if (Math.abs(ratio - 1) < SAME || (told.way === "less" && ratio > 1) || (told.way === "more" && ratio < 1)) return null;
  if (told.way === "speed" && !OF_SPEED.has(from.mention.kind)) return null;
  if (told.unit === "verb") return judgeVerb(told, from, to, runs);
  const claim = told.ratio === null ? undefined : byId.get(told.ratio);
  const scale = told.unit === "percent" ? 100 : 1;
  const options = waysOf(told, ratio < 1).map((way): Figure => {
    const ends = [way(span.low) * scale, way(span.high) * scale];
    return {
      value: way(ratio) * scale,
      low: smallest(ends),
      high: largest(ends),
      unit: told.unit === "percent" ? "percent" : "times",
    };
  });
  const stated = claim === undefined ? partFigure(told.number.value) : statedBy(claim);
  const fitting = options.find((option) => stated.low <= option.high && option.low <= stated.high);
  // What "times longer" may also mean is told only where it fits.
  const nearest = told.unit === "times" ? options : options.toSorted((left, right) => apart(left, stated) - apart(right, stated));
  const recomputed = fitting ?? nearest[0];
  if (recomputed === undefined) return null;
  if (claim === undefined) return told.unit === "part" ? judgeEnd({ told, from, to, runs, isRight: fitting !== undefined }) : null;
  return statementFinding(claim.mention, runs, "ratio/of-two", {
    stated,
    recomputed,
    agrees: fitting !== undefined,
    atMostWarning: true,
    steps: stepsOf(from, to, { value: ratio, ...span, unit: "times" }),
    premises: [from.mention.id, to.mention.id],
    ...(fitting === undefined && told.unit === "percent" ? causeIn(claim, from, to) : {}),
  });
}

const SAME = 1e-9;

function apart(option: Figure, stated: Figure): number {
  return Math.abs(Math.log(Math.max(option.value, SAME) / stated.value));
}

/** "20%" is told to the percent: nobody means 15 to 25 by it without saying so. */
function statedBy({ mention, readings: [{ printed }] }: Quantity): Figure {
  const isWhole = printed.unit === "percent" && mention.hedge === null && mention.number.form === "integer";
  return isWhole ? { ...printed, low: printed.value - 1, high: printed.value + 1 } : printed;
}

function partFigure(value: number): Figure {
  return { value, low: value * (1 - ROUGHNESS), high: value * (1 + ROUGHNESS), unit: "times" };
}

/** What both ends were rounded to: the finer of the two, for they were told alike. Units: base units. */
function ratioOf(from: Quantity, to: Quantity): Interval {
  const place = ({ mention: { number }, readings: [{ width }] }: Quantity): number => {
    // The noughts of 900 and 1,000 are digits, too, where both are told.
    const finest = number.form === "integer" ? Math.min(number.lastPlace, Math.max(1, number.value * FINEST)) : number.lastPlace;
    return (finest * width.face) / number.value;
  };
  const common = Math.min(place(from), place(to)) / 2;
  const ends = ({ mention, readings: [{ width }] }: Quantity): Interval =>
    mention.hedge === null && mention.number.range === null ? { low: width.face - common, high: width.face + common } : width.generous;
  const [before, after] = [ends(from), ends(to)];
  return { low: after.low / before.high, high: after.high / before.low };
}

/** What a whole number is rounded to at most, as a share of it. */
const FINEST = 0.02;

function stepsOf(from: Quantity, to: Quantity, result: Figure): readonly Step[] {
  return stepsOfTwo({ rule: "ratio/of-two", first: to, operator: "/", second: from, result, told: [from, to] });
}

/** "halved from 60 hours to 30": the factor is in the verb, so that the figure which it leads to is told. */
function judgeVerb(told: Told, from: Quantity, to: Quantity, runs: readonly Run[]): Finding | null {
  const { value } = told.number;
  const ratio = to.readings[0].width.face / from.readings[0].width.face;
  // "halved the cost" of what doubled is of something else.
  if (value < 1 !== ratio < 1) return null;
  return judgeEnd({ told, from, to, runs, isRight: Math.abs(Math.log(ratio / value)) <= Math.log(1 + ROUGHNESS), factor: value });
}

interface End {
  readonly told: Told;
  readonly from: Quantity;
  readonly to: Quantity;
  readonly runs: readonly Run[];
  readonly isRight: boolean;
  readonly factor?: number;
}

function judgeEnd({ told, from, to, runs, isRight, factor }: End): Finding {
  const part = told.number.value;
  const way = factor ?? (told.way === "more" ? 1 + part : told.way === "as" || told.way === "of" ? part : 1 - part);
  const { printed, width } = to.readings[0];
  const [start] = [from.readings[0].width.face];
  const value = (start * way * printed.value) / width.face;
  const recomputed = exactly(Number(value.toPrecision(12)), printed.unit);
  const steps: readonly Step[] = [
    readStep(from),
    {
      kind: "compute",
      rule: "ratio/of-two",
      terms: [
        { operator: "*", figure: from.readings[0].printed },
        { operator: "*", figure: exactly(Number(way.toPrecision(4)), "1") },
      ],
      result: recomputed,
      from: [from.mention.id],
      facts: [],
    },
  ];
  return statementFinding(to.mention, runs, "ratio/of-two", {
    stated: printed,
    recomputed,
    agrees: isRight,
    atMostWarning: true,
    steps,
    premises: [from.mention.id],
  });
}

/** "cut by 58%" where 58% is what is left of it. */
const WHAT_IS_LEFT: Cause = {
  diagnosis: "rest-for-part",
  factor: 1,
  certainty: "named",
  words: "what is left was taken for what is gone, or the other way",
  fits: null,
};

/** What is left for what is gone, or one figure of the three that a wrong digit or unit would explain. */
function causeIn(ratio: Quantity, before: Quantity, after: Quantity): { readonly cause?: Cause } {
  const stated = ratio.readings[0].printed;
  const part = stated.value / 100;
  const [from, to] = [before.readings[0].width.face, after.readings[0].width.face];
  if (to < from && Math.abs((100 * to) / from - stated.value) <= stated.high - stated.value) return { cause: WHAT_IS_LEFT };
  const percent = Math.abs(1 - to / from) * 100;
  // Which way it was to go is not known where one of the ends is wrong.
  const ways = [1 - part, 1 + part];
  const doubt = (stated.high - stated.low) / 200 / smallest(ways.map(Math.abs));
  const cause = causeOfSlips([
    lineSlip(ratio, (percent / stated.value) * ratio.readings[0].width.face),
    ...ways.flatMap((way) => [lineSlip(before, to / way, doubt), lineSlip(after, from * way, doubt)]),
  ]);
  return cause === null ? {} : { cause };
}
