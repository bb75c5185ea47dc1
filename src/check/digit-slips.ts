import type { Cause, Compared, Finding } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";

/** Digits a number must have before one of them being wrong says anything: any number of two digits is near any other. */
const LEAST_DIGITS = 3;

/** Digits that a number in the machine holds exactly. */
const MOST_DIGITS = 15;

/** How wide the fitting interval may be, high over low, for a slip of one digit to be more than chance. */
const WIDEST_FIT = 1.02;

/**
 * The number that was meant, where one slip of the pen parts it from the printed one and it alone lies in `fitting`: a digit changed,
 * dropped or doubled, or two neighbors swapped.
 *
 * Units: `fitting` in those of `number.value`.
 * Shape: null where no slip leads into the interval, several do, or the interval holds the printed number itself.
 * Source: the commonest typing errors (Damerau 1964).
 */
export function slippedFrom(number: PrintedNumber, fitting: Interval): number | null {
  const { value, lastPlace } = number;
  if (number.range !== null || lastPlace <= 0 || !(fitting.low > 0) || fitting.high / fitting.low > WIDEST_FIT) return null;
  if (fitting.low <= value && value <= fitting.high) return null;
  const digits = Math.round(value / lastPlace).toString();
  if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) return null;
  const found = new Set<number>();
  for (const variant of variantsOf(digits)) {
    const meant = Number(variant) * lastPlace;
    if (fitting.low <= meant && meant <= fitting.high) found.add(Number(meant.toPrecision(12)));
  }
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** All strings one slip away that do not begin with a zero. */
function variantsOf(digits: string): readonly string[] {
  const variants: string[] = [];
  for (let at = 0; at < digits.length; at += 1) {
    const [head, here, tail] = [digits.slice(0, at), digits.charAt(at), digits.slice(at + 1)];
    for (const digit of "0123456789") if (digit !== here) variants.push(head + digit + tail);
    variants.push(head + tail, head + here + here + tail);
    const next = tail.charAt(0);
    if (next !== "" && next !== here) variants.push(head + next + here + tail.slice(1));
  }
  return variants.filter((variant) => variant !== "" && !variant.startsWith("0"));
}

/** How near the other figures must put the number that was meant, beyond its rounding. */
const NEARNESS = 0.003;

/**
 * The one figure among the claim and its premises that a slip of the pen would explain.
 *
 * Shape: named if it is the only one; possible if there are others. Null where no figure is one slip away from what the others ask for.
 */
export function slipOfPen(finding: Finding & Compared, quantities: readonly Quantity[]): Cause | null {
  const suspects = [finding.claim, ...finding.premises].flatMap((id) => quantities.find(({ mention }) => mention.id === id) ?? []);
  const slips = suspects.flatMap(({ mention }) => {
    const { number, text } = mention;
    // The claim is too large by the ratio; a premise that it is multiplied with too small, one that it is divided by too large.
    const factors = mention.id === finding.claim ? [1 / finding.ratio] : [finding.ratio, 1 / finding.ratio];
    const meant = factors.flatMap((factor) => slippedFrom(number, around(number.value * factor, number.lastPlace / 2)) ?? []);
    return meant.slice(0, 1).map((value) => ({ text, value, factor: number.value / value }));
  });
  const [first] = slips;
  if (first === undefined) return null;
  const words = slips.map((slip) => `"${slip.text}" for ${slip.value.toLocaleString("en-US", { maximumFractionDigits: 12 })}`);
  return {
    diagnosis: "digit-slip",
    factor: finding.ratio,
    certainty: slips.length === 1 ? "named" : "possible",
    words: `a slip of the pen, ${words.join(", or ")}`,
    fits: null,
  };
}

function around(value: number, rounding: number): Interval {
  return { low: value * (1 - NEARNESS) - rounding, high: value * (1 + NEARNESS) + rounding };
}
