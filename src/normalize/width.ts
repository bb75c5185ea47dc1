import { hull, type Interval, scale } from "../model/interval.ts";
import type { Hedge, Mention, MentionKind, PrintedNumber } from "../model/mention.ts";
import type { Width } from "../model/quantity.ts";

/** Kinds that people choose and therefore print exactly; the rest is measured and rounded. */
const CONFIGURED: ReadonlySet<MentionKind> = new Set([
  "accelerators",
  "nodes",
  "steps",
  "batch",
  "sequence-length",
  "epochs",
  "price",
  "power",
]);

/** The calendar's shortest and longest month, as shares of the mean one (30.4375 days). */
const MONTH_SHARE: Interval = { low: 28 / 30.4375, high: 31 / 30.4375 };

const TIME_UNITS: ReadonlySet<string> = new Set(["second", "minute", "hour", "day", "week", "month", "year"]);

/**
 * What a printed number may stand for.
 *
 * Units: those of `mention.value`.
 * Shape: `face` lies in `strict`, `strict` in `generous`, except that a bound ("over 15 trillion") has both open on one side.
 * Errors: none.
 * Source: rounding intervals as in statcheck (Nuijten et al., 2016), widened for truncation and hedges.
 */
export function widthOf(mention: Mention): Width {
  const unitFactor = mention.number.value === 0 ? 1 : mention.value / mention.number.value;
  const printed = printedWidth(mention);
  const hedged = hedgeWidth(printed, mention.hedge, mention.number);
  return {
    face: mention.value,
    strict: scale(hedged.strict, unitFactor),
    generous: scale(hedged.generous, unitFactor),
  };
}

function printedWidth(mention: Mention): Width {
  const number = mention.number;
  const value = number.value;
  const isTime = TIME_UNITS.has(mention.unit);
  const isOpen = isTime || mention.kind === "ratio";
  const place = Math.min(lastPlace(mention), isOpen ? Infinity : Math.abs(value) * COARSEST);
  if (number.range !== null) {
    const strict = { low: number.range.low, high: number.range.high };
    const margin = number.form === "vague" ? 0 : place / 2;
    return { face: value, strict, generous: { low: Math.max(0, strict.low - margin), high: strict.high + margin } };
  }
  if (number.form === "word") return wordWidth(mention);
  if (CONFIGURED.has(mention.kind) && isExact(number)) return { face: value, strict: around(value, 0), generous: around(value, 0) };
  const strict = around(value, place / 2);
  let generous = hull(strict, { low: value, high: value + place });
  if (number.form === "composite") generous = around(value, place);
  if (isTime && isHalf(value, number)) generous = hull(generous, around(value, 0.25));
  if (isTime) generous = hull(generous, { low: value, high: value * 1.03 });
  if (isOneDigit(number) && number.form !== "composite" && !isTime && !CONFIGURED.has(mention.kind))
    generous = hull(generous, around(value, place));
  if (mention.kind === "ratio" && isOneDigit(number)) generous = hull(generous, { low: value * 0.85, high: value * 1.2 });
  if (mention.unit === "month") generous = { low: generous.low * MONTH_SHARE.low, high: generous.high * MONTH_SHARE.high };
  return { face: value, strict, generous };
}

/** "two weeks", "a day": people say round numbers of time in words. Counts in words are exact. */
function wordWidth(mention: Mention): Width {
  const value = mention.number.value;
  if (!TIME_UNITS.has(mention.unit)) return { face: value, strict: around(value, 0), generous: around(value, 0) };
  const generous = value <= 1 ? { low: value * 0.7, high: value * 1.5 } : around(value, 0.5);
  const month = mention.unit === "month" ? MONTH_SHARE : { low: 1, high: 1 };
  return {
    face: value,
    strict: around(value, Math.min(0.25, value / 4)),
    generous: { low: generous.low * month.low, high: generous.high * month.high },
  };
}

/**
 * The unit of the last place that rounding is measured in.
 *
 * Whole durations are rounded to one unit, however many zeros they end in: nobody means 5 to 15 days by "10 days". What people choose
 * they round by little: "1,000 GPUs" may be 1,024 and "500K steps" 500,736, but never half as many again.
 */
function lastPlace(mention: Mention): number {
  const { lastPlace: place, value } = mention.number;
  if (TIME_UNITS.has(mention.unit) && mention.number.form === "integer") return Math.min(place, Math.max(1, value * 0.05));
  return CONFIGURED.has(mention.kind) ? Math.min(place, value * 2 * MOST_CHOSEN_ROUNDING) : place;
}

/**
 * Nobody rounds by more than half of this: "100B" may be 110, and is no 150. Times are rounded to whole units, and a share of one digit may be one of something else.
 *
 * Source: 110 claims of one digit in the passages.
 */
const COARSEST = 0.3;

/** 1,024, 3,072 and 24,576 are told as 1,000, 3,000 and 24,000: 2.4%; twice that is admitted. */
const MOST_CHOSEN_ROUNDING = 0.05;

/** Printed without rounding: "512", "1,000,000"'s last place aside, a price in whole dollars. */
function isExact(number: PrintedNumber): boolean {
  const isPowerOfTwo = Number.isInteger(Math.log2(number.value));
  return isPowerOfTwo || number.lastPlace <= 1 || number.value < 1000;
}

/** "2.5 days": people round durations to halves. */
function isHalf(value: number, number: PrintedNumber): boolean {
  return number.form === "decimal" && Math.abs((value % 1) - 0.5) < 1e-9;
}

/** "$500", "0.1M", "4x": a single significant digit claims little, but "1,000" is still no 400. */
function isOneDigit(number: PrintedNumber): boolean {
  return Math.abs(number.value / number.lastPlace) < 9.5;
}

function hedgeWidth(width: Width, hedge: Hedge | null, number: PrintedNumber): Width {
  const { face, generous } = width;
  const rounding = Math.min(0.5, number.lastPlace / 2 / Math.max(Math.abs(face), Number.MIN_VALUE));
  switch (hedge) {
    case null:
      return width;
    case "about":
      return { ...width, generous: hull(generous, { low: face * 0.9, high: face * 1.1 }) };
    case "nearly":
      return { ...width, generous: hull(generous, { low: face * 0.85, high: face * 1.01 }) };
    case "estimated":
      return { ...width, generous: hull(generous, { low: face * 0.75, high: face * 1.25 }) };
    case "order-of-magnitude":
      return { ...width, generous: { low: face / 3.2, high: face * 3.2 } };
    case "slightly-over":
      return {
        ...width,
        strict: { low: face * (1 - rounding), high: face * 1.15 },
        generous: hull(generous, { low: face, high: face * 1.15 }),
      };
    case "over": {
      const open = { low: face * (1 - rounding), high: Infinity };
      return { face, strict: open, generous: open };
    }
    case "up-to":
    case "under": {
      const open = { low: 0, high: face * (1 + rounding) };
      return { face, strict: open, generous: open };
    }
    default:
      return assertNever(hedge);
  }
}

function around(value: number, margin: number): Interval {
  return { low: value - margin, high: value + margin };
}

function assertNever(value: never): never {
  throw new Error(`unexpected ${String(value)}`);
}
