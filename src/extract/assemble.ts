/** A number and its unit as a figure of the kind that its dimension and the names around it make. */

import { dividedBefore } from "../language/counted.ts";
import { LEAST_FLAT_POWER } from "../language/digits.ts";
import { kindOfParts, kindOfUnit, type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import { eachOfBehind, manyBefore, ownerBefore } from "../language/owner.ts";
import { hasRole } from "../language/tokens.ts";
import { dimensionOfPhrase, type UnitPhrase, type UnitReader, unitOf } from "../language/unit-phrase.ts";
import type { KindDefinition } from "../model/lexicon.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { Figure } from "./figure.ts";
import { labelBefore, namesAround } from "./names-around.ts";
import { scopeOf } from "./scope.ts";

/** What the place says of its numbers, besides their own words. */
export interface FigureContext {
  /** The meaning of the header over a cell or of the key before a value. */
  readonly label: LabelMeaning | null;
  /** Masses are emissions here. */
  readonly isOfCarbon: boolean;
}

/** What is measured, and in what. */
export type Measured = Pick<UnitPhrase, "above" | "below" | "size" | "amount" | "next" | "end" | "product" | "isEach" | "isCarbon">;

/** A number and its unit as a figure of the kind that the dimension and the names around make; null where they make none. */
export function assemble(
  reader: UnitReader,
  at: number,
  printed: PrintedNumber,
  measured: Measured,
  context: FigureContext,
  rule: string,
  start?: number,
): Figure | null {
  const token = reader.tokens[at];
  if (token === undefined) return null;
  const part = partOfTime(reader, measured);
  if (part !== null) return { ...base(reader, at, printed, part.unit, rule, start ?? token.start), kind: part.kind, per: null };
  const plain = withOwner(reader, start === undefined ? at : at - 1, printed.value * measured.size, measured);
  const isCounted = context.label === null && COUNTED.has(plain.above[0]?.dimension ?? "");
  const number = isCounted ? grouped(printed) : plain.above[0]?.id === "flop" && plain.size === 1 ? raised(printed) : printed;
  const hours = hoursOfKey(reader, at, plain, context);
  if (hours !== null) return { ...base(reader, at, number, hours.unit, rule, start ?? token.start), kind: hours.kind, per: hours.per };
  const names = namesAround(reader, at, plain.next);
  const named = [...names, ...(context.label === null ? [] : [context.label.kind.kind])];
  const isCarbon = plain.isCarbon || context.isOfCarbon;
  const first = kindOfParts(reader, { ...plain, isCarbon }, named) ?? openKind(reader, plain);
  if (first === null) return null;
  const unit = withHours(reader, plain, first, names, context.label);
  const kind = unit === plain ? first : kindOfParts(reader, { ...unit, isCarbon }, named);
  if (kind === null) return null;
  const begin = start ?? Math.min(token.start, number.span.start);
  const scope = scopeOf(reader, at, unit, kind);
  const stepTime = scope === "step" && kind.kind === "wall-time" ? reader.algebra.kind("step-time") : null;
  if (stepTime !== null)
    return { ...base(reader, at, number, unit, rule, begin), from: start === undefined ? at : at - 1, kind: stepTime, per: null };
  return { ...base(reader, at, number, unit, rule, begin), from: start === undefined ? at : at - 1, kind, per: scope };
}

/** Seconds of a unit of time. */
const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 };

/** "12 hours a day": the part of the time for which something runs; null for any other figure. */
function partOfTime({ algebra }: UnitReader, unit: Measured): { readonly unit: Measured; readonly kind: KindDefinition } | null {
  const [above, ...more] = unit.above;
  const [below, ...others] = unit.below;
  const [times, kind] = [algebra.atom("times"), algebra.kind("ratio")];
  if (above?.dimension !== "time" || below?.dimension !== "time" || more.length > 0 || others.length > 0) return null;
  const part = (SECONDS[above.id] ?? 0) / (SECONDS[below.id] ?? 0);
  if (times === null || kind === null || !(part > 0 && part < 1)) return null;
  return { unit: { ...unit, above: [times], below: [], size: unit.size * part }, kind };
}

/** Hours that are called those of hardware, and hardware under a header of its hours: "GPU time was 48,384 hours", "1,000 A100". */
function withHours(
  reader: UnitReader,
  unit: Measured,
  kind: KindDefinition,
  names: readonly string[],
  label: LabelMeaning | null,
): Measured {
  const [only, ...more] = unit.above;
  if (only === undefined || more.length > 0 || unit.below.length > 0) return unit;
  const gpu = reader.algebra.atom("gpu");
  if (kind.kind === "wall-time" && gpu !== null && names[0] === "accelerator-hours") return { ...unit, above: [gpu, only] };
  const time = label?.above.find(({ dimension }) => dimension === "time");
  const isBare = kind.kind === "accelerators" && unit.product !== null && !isNounPrinted(reader, unit);
  if (isBare && label?.kind.kind === "accelerator-hours" && time !== undefined) return { ...unit, size: label.size, above: [only, time] };
  return unit;
}

/** Nothing that is rented by the piece costs more an hour. Units: any of the large currencies. */
const MOST_OF_ONE = 25;

/** Money for an hour with what is rented for it, where the sentence names that before: "an H100 rents for $2 an hour". */
function withOwner(reader: UnitReader, at: number, value: number, unit: Measured): Measured {
  const [time, ...more] = unit.below;
  // "$1.30 for an A100", where an hour is meant.
  const hour = reader.algebra.atom("hour");
  const isOfOne = unit.above[0]?.dimension === "money" && more.length === 0 && time?.dimension === "accelerator" && value <= MOST_OF_ONE;
  if (isOfOne && hour !== null) return { ...unit, below: [...unit.below, hour] };
  const [first, ...others] = unit.above;
  if (time?.dimension !== "time" || more.length > 0 || others.length > 0 || unit.product !== null) return unit;
  if (first?.dimension !== "money" && !(unit.isEach && first !== undefined && DONE_BY_EACH.has(first.dimension))) return unit;
  const owner = eachOfBehind(reader, unit.next) ?? (unit.isEach ? manyBefore(reader, at) : ownerBefore(reader, at));
  const isTooDear = first?.dimension === "money" && owner?.atom.dimension === "accelerator" && value > MOST_OF_ONE;
  if (owner === null || isTooDear) return unit;
  return { ...unit, below: [owner.atom, time], product: owner.product };
}

/** What each device does in a second. */
const DONE_BY_EACH: ReadonlySet<string> = new Set(["token", "sample", "flop"]);

const OF_HARDWARE: ReadonlySet<string> = new Set(["accelerator", "node", "pod"]);

/** A figure with what was said before it that it is for one of, where a kind has that dimension. */
export function assembleDivided(
  reader: UnitReader,
  at: number,
  number: PrintedNumber,
  unit: Measured,
  context: FigureContext,
  rule: string,
  start?: number,
): Figure | null {
  const divided = dividedBefore(reader, start === undefined ? at : at - 1);
  const below = [...(divided?.below ?? []), ...unit.below];
  // Money for tokens is no figure of training; "each TPU v3 core costs" tells twice what it is for.
  const isOfHardware = divided?.below.every(({ dimension }) => OF_HARDWARE.has(dimension)) ?? true;
  if (!isOfHardware && kindOfParts(reader, { ...unit, below }, []) === null && unit.above[0]?.dimension === "money") return null;
  if (divided === null || kindOfUnit(reader, { ...unit, below }, []) === null)
    return assemble(reader, at, number, unit, context, rule, start);
  return assemble(reader, at, number, { ...unit, below, product: unit.product ?? divided.product }, context, rule, divided.start);
}

/** What a percentage or a multiple may be that nothing names: the words around decide. */
function openKind(reader: UnitReader, unit: Measured): KindDefinition | null {
  return unit.below.length === 0 ? (reader.algebra.kindsOf(dimensionOfPhrase(unit)).at(-1) ?? null) : null;
}

/** What nobody counts to a thousandth. */
const COUNTED: ReadonlySet<string> = new Set(["accelerator", "node", "token", "sample", "step", "parameter"]);

/** "58.000 GPU-hours": three noughts behind a point group thousands, as much of Europe writes them. */
function grouped(number: PrintedNumber): PrintedNumber {
  const isGrouped = number.form === "decimal" && number.lastPlace === 0.001 && Number.isInteger(number.value) && number.value > 0;
  return isGrouped ? { ...number, value: number.value * 1000, lastPlace: 1000, form: "integer" } : number;
}

/** "1022 FLOPs": an exponent that came down to the line. */
function raised(number: PrintedNumber): PrintedNumber {
  const power = number.value - FLAT_TEN;
  if (number.form !== "integer" || power < LEAST_FLAT_POWER || power > MOST_FLAT_POWER) return number;
  const value = 10 ** power;
  return { ...number, value, lastPlace: value, form: "scientific", repair: { value, reason: "lost-superscript" } };
}

/** "10" with two digits of its power behind it. */
const FLAT_TEN = 1000;
const MOST_FLAT_POWER = 30;

interface Hours {
  readonly unit: Measured;
  readonly kind: KindDefinition;
  readonly per: string | null;
}

/** "GPU hours: 73.2 hours", whose key says what they are hours of; "30 GPU-hours/week", which no week cancels. */
function hoursOfKey(reader: UnitReader, at: number, unit: Measured, context: FigureContext): Hours | null {
  const kind = reader.algebra.kind("accelerator-hours");
  const [first, second] = unit.above;
  const isTime = unit.below.length === 0 && second === undefined && first?.dimension === "time";
  if (kind === null || first === undefined) return null;
  if (isTime) {
    const key = labelBefore(reader, at);
    const label = key === null ? context.label : labelMeaning(reader, key.from, key.to);
    const isMeant = label?.kind.kind === "accelerator-hours" && label.above.some(({ id }) => id === first.id) && label.below.length === 0;
    return isMeant ? { unit: { ...unit, above: label.above, product: label.product }, kind, per: null } : null;
  }
  const period = unit.below.length === 1 && unit.below[0]?.dimension === "time" ? unit.below[0] : null;
  const isQuota = period !== null && first.dimension === "accelerator" && second?.dimension === "time";
  return isQuota ? { unit: { ...unit, below: [] }, kind, per: period.id } : null;
}

function base(
  reader: UnitReader,
  at: number,
  number: PrintedNumber,
  unit: Measured,
  rule: string,
  begin: number,
): Omit<Figure, "kind" | "per"> {
  return {
    start: begin,
    end: Math.max(unit.end, number.span.end),
    from: at,
    next: unit.next,
    number,
    size: unit.size,
    above: unit.above,
    below: unit.below,
    ...(unit.amount === undefined ? {} : { amount: unit.amount }),
    product: unit.product,
    isEach: unit.isEach,
    confidence: 0.95,
    rule,
    qualifiers: [
      ...(unit.product !== null && isNounPrinted(reader, unit) ? ["noun"] : []),
      ...(unit.above[0]?.dimension === "share" && hasRole(reader.tokens[unit.next], "of") ? ["share"] : []),
    ],
  };
}

/** "H100 GPUs" prints what is counted, "H100s" does not. */
function isNounPrinted(reader: UnitReader, unit: Measured): boolean {
  const last = reader.tokens[unit.next - 1];
  return last !== undefined && unitOf(reader, last)?.above[0]?.dimension === "accelerator";
}
