import { largest, smallest } from "./many.ts";

/** Every value the printed digits allow: "2.5" is 2.45..2.55. Invariant: low <= high; either end may be infinite. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The interval that holds exactly one value. */
export function point(value: number): Interval {
  return { low: value, high: value };
}

/** What all of the intervals have in common; null where that is nothing. */
export function intersection(intervals: readonly Interval[]): Interval | null {
  const low = largest(intervals.map((interval) => interval.low));
  const high = smallest(intervals.map((interval) => interval.high));
  return low <= high ? { low, high } : null;
}

/** The smallest interval that holds both. */
export function hull(left: Interval, right: Interval): Interval {
  return { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) };
}

/**
 * Every product of a member of `left` and a member of `right`.
 *
 * Errors: none. Both must be non-negative; the normalizer guarantees it.
 * Source: interval product for non-negative bounds (Moore, Interval Analysis, 1966).
 */
export function multiply(left: Interval, right: Interval): Interval {
  return { low: left.low * right.low, high: times(left.high, right.high) };
}

export function add(left: Interval, right: Interval): Interval {
  return { low: left.low + right.low, high: left.high + right.high };
}

export function subtract(left: Interval, right: Interval): Interval {
  return { low: left.low - right.high, high: left.high - right.low };
}

/** The interval with both ends multiplied by a positive number. */
export function scale(interval: Interval, factor: number): Interval {
  return { low: interval.low * factor, high: interval.high * factor };
}

function times(left: number, right: number): number {
  return left === 0 || right === 0 ? 0 : left * right;
}
