import type { Interval } from "../model/interval.ts";
import type { Quantity } from "../model/quantity.ts";

/** Half the widths, in logarithms, that rounding may give the ratio of a claim to what it works out to. */
export interface Sharpness {
  /** Where every digit of the claim is meant. */
  readonly digits: number;
  /** Where the claim was rounded as such figures are. */
  readonly claim: number;
  /** Where its premises were rounded, too. */
  readonly all: number;
}

/** How often a wrong figure is made with the very figures that are printed, to its last digit or rounded, and how often with those behind them. */
const MADE: Readonly<Record<keyof Sharpness, number>> = { digits: 0.4, claim: 0.4, all: 0.2 };

/** No ratio is known better: figures are copied from such as were rounded otherwise. */
const LEAST_HALF = 0.0003;

/** Whole numbers below this are printed digit by digit. */
const LEAST_ROUNDED = 1000;

export function sharpnessOf({ mention, readings: [{ width }] }: Quantity, premises: readonly Quantity[]): Sharpness {
  const { value, lastPlace } = mention.number;
  const isWhole = Number.isInteger(value) && value < LEAST_ROUNDED;
  const rounded = halfWidth(mention.hedge === null ? width.strict : width.generous, width.face);
  const claim = Math.max(LEAST_HALF, rounded, isWhole ? 0.5 / value : 0);
  const digits = Math.max(LEAST_HALF, Math.min((isWhole ? Math.min(1, lastPlace) : lastPlace) / 2 / value, claim));
  // Rounding errors of independent figures add up as squares do.
  const squares = premises.reduce(
    (sum, { readings: [premise] }) => sum + halfWidth(premise.width.strict, premise.width.face) ** 2,
    claim ** 2,
  );
  return { digits, claim, all: Math.sqrt(squares) };
}

/** The longer way from a value to an end of its interval, in logarithms; an open end tells nothing. */
function halfWidth({ low, high }: Interval, at: number): number {
  const [down, up] = [Math.log(at / low), Math.log(high / at)];
  return Math.max(Number.isFinite(down) ? down : 0, Number.isFinite(up) ? up : 0);
}

/** What is so under each width, as often as figures are made so. */
export function blended({ digits, claim, all }: Sharpness, under: (half: number) => number): number {
  return MADE.digits * under(digits) + MADE.claim * under(claim) + MADE.all * under(all);
}

/**
 * The density of a ratio this far from the one that a slip leaves.
 *
 * Units: logarithms; `tolerance` is what the slip leaves open beyond rounding, `scale` what a doubt about the claim is of the figure.
 */
export function densityNear(
  off: number,
  { digits, claim, all }: Sharpness,
  { tolerance, scale = 1 }: { readonly tolerance: number; readonly scale?: number },
): number {
  return blended({ digits: digits * scale, claim: claim * scale, all: all * scale + tolerance }, (half) => within(off, half));
}

/** How soon what lies beyond a width is out of the question. */
const EDGE = 0.001;

/** Even out to `half`, and falling off at once beyond it. */
function within(off: number, half: number): number {
  const edge = Math.min(EDGE, half / 2);
  const beyond = Math.max(0, Math.abs(off) - half);
  return Math.exp(-beyond / edge) / (2 * half + 2 * edge);
}

/** A discrepancy of no known size is of any; the scale of its logarithm. */
const ANY_SCALE = 2;

/** The density of a ratio where something else is wrong than a known slip. */
export function densityOfAny(ratio: number): number {
  return Math.exp(-Math.abs(ratio) / ANY_SCALE) / (2 * ANY_SCALE);
}
