import type { Cause, Compared, Finding } from "../model/finding.ts";
import { inDigits } from "../model/in-digits.ts";
import type { Interval } from "../model/interval.ts";
import type { MentionId, PrintedNumber } from "../model/mention.ts";
import { meantBy } from "../model/pen-slips.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import { quantitiesById } from "./quantities-by-id.ts";

/** Digits a number must have before two of them can have changed places. */
const LEAST_DIGITS = 2;

/** Digits that a number in the machine holds exactly. */
const MOST_DIGITS = 15;

/** How wide the fitting interval may be, high over low, for a slip of one digit to be more than chance. */
const WIDEST_FIT = 1.02;

/** How much nearer to the middle of the interval the number that was meant must be than any other. */
const LEAST_LEAD = 3;

/**
 * The number that was meant, where one slip of the pen parts it from the printed one and it lies in `fitting`: a digit changed,
 * dropped or doubled, or two neighbors swapped.
 *
 * Units: `fitting` in those of `number.value`.
 * Shape: null where no slip leads into the interval, several do and none stands out, or the interval holds the printed number itself.
 * Source: the commonest typing errors (Damerau 1964).
 */
export function slippedFrom(number: PrintedNumber, fitting: Interval): number | null {
  const { value, lastPlace } = number;
  if (number.range !== null || lastPlace <= 0 || !(fitting.low > 0) || fitting.high / fitting.low > WIDEST_FIT) return null;
  if (fitting.low <= value && value <= fitting.high) return null;
  const middle = (fitting.low + fitting.high) / 2;
  const found = [...new Set(meantBy(number).map(({ value: meant }) => meant))]
    .filter((meant) => fitting.low <= meant && meant <= fitting.high)
    .sort((left, right) => Math.abs(left - middle) - Math.abs(right - middle));
  const [nearest, next] = found;
  if (nearest === undefined) return null;
  const stands = next === undefined || Math.abs(next - middle) > LEAST_LEAD * Math.abs(nearest - middle);
  return stands ? nearest : null;
}

/** How near the other figures must put the number that was meant, beyond its rounding. */
const NEARNESS = 0.003;

/**
 * The one figure among the claim and its premises that a slip of the pen would explain.
 *
 * Shape: named if it is the only one; possible if there are others. Null where no figure is one slip away from what the others ask for.
 */
export function slipOfPen(finding: Finding & Compared, quantities: readonly Quantity[]): Cause | null {
  const known = quantitiesById(quantities);
  const suspects = [finding.claim, ...finding.premises].flatMap((id) => known.get(id) ?? []);
  const uses = usesIn(finding.steps);
  const slips = suspects.flatMap(({ mention }) => {
    const { number, text } = mention;
    const meant = factorsOf(finding, uses, mention.id).flatMap(
      (factor) => slippedFrom(number, around(number, number.value * factor)) ?? [],
    );
    return meant.slice(0, 1).map((value) => ({ text, value, factor: number.value / value }));
  });
  const [first] = slips;
  if (first === undefined) return null;
  const words = slips.map((slip) => `"${slip.text}" for ${inDigits(slip.value)}`);
  return {
    diagnosis: "digit-slip",
    factor: finding.ratio,
    certainty: slips.length === 1 ? "named" : "possible",
    words: `a possible typo, ${words.join(", or ")}`,
    fits: null,
  };
}

/**
 * By what a figure must be multiplied for the finding to agree: the claim is too large by the ratio, a premise that is multiplied with
 * too small, one that is divided by too large.
 *
 * Shape: both where the steps do not say how the premise is used.
 */
export function factorsOf({ claim, ratio }: Finding & Compared, { figures, operators }: Uses, mention: MentionId): readonly number[] {
  if (mention === claim) return [1 / ratio];
  const used = new Set(figures.get(mention)?.flatMap((figure) => [...(operators.get(textOf(figure)) ?? [])]));
  if (used.size === 1 && used.has("*")) return [ratio];
  return used.size === 1 && used.has("/") ? [1 / ratio] : [ratio, 1 / ratio];
}

/** How the steps of a finding use figures: those of each mention, and the operators in front of each figure. */
interface Uses {
  readonly figures: ReadonlyMap<MentionId, readonly Figure[]>;
  readonly operators: ReadonlyMap<string, ReadonlySet<string>>;
}

export function usesIn(steps: Finding["steps"]): Uses {
  const figures = new Map<MentionId, Figure[]>();
  const operators = new Map<string, Set<string>>();
  const note = (mention: MentionId | undefined, figure: Figure): void => {
    if (mention !== undefined) figures.set(mention, [...(figures.get(mention) ?? []), figure]);
  };
  for (const step of steps) {
    if (step.kind === "read") note(step.mention, step.figure);
    if (step.kind !== "compute") continue;
    if (step.from.length === 1) note(step.from[0], step.result);
    else if (step.from.length > 1)
      for (const { figure, operator } of step.terms)
        operators.set(textOf(figure), (operators.get(textOf(figure)) ?? new Set()).add(operator));
  }
  return { figures, operators };
}

function textOf({ value, unit }: Figure): string {
  return `${value} ${unit}`;
}

/** The neighborhood of what the other figures ask for; never so wide that it would hold the printed number. */
export function around({ value, lastPlace }: PrintedNumber, asked: number): Interval {
  const margin = Math.min(Math.abs(asked - value) * LEAST_PART, asked * NEARNESS + Math.min(lastPlace / 2, asked * MOST_ROUNDING));
  return { low: asked - margin, high: asked + margin };
}

/** Rounding of a short number says too little of it. */
const MOST_ROUNDING = 0.005;

/** The part of the distance to the printed number that may be left to rounding. */
const LEAST_PART = 0.2;

/** How near swapped digits must come where the equation leaks. */
const SWAP_NEARNESS = 0.06;

/** Two neighboring digits that changed places, where the other figures are known less well: few numbers have one that fits. */
export function swappedDigits(finding: Finding & Compared, quantities: readonly Quantity[]): Cause | null {
  const known = quantitiesById(quantities);
  const suspects = [finding.claim, ...finding.premises].flatMap((id) => known.get(id) ?? []);
  const swaps = suspects.flatMap(({ mention }) => {
    const { value, lastPlace, range } = mention.number;
    const digits = lastPlace > 0 ? Math.round(value / lastPlace).toString() : "";
    if (range !== null || digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) return [];
    const factors = mention.id === finding.claim ? [1 / finding.ratio] : [finding.ratio, 1 / finding.ratio];
    const meant = swapsOf(digits)
      .map((swap) => Number((Number(swap) * lastPlace).toPrecision(12)))
      .find((swap) => factors.some((factor) => Math.abs(swap / (value * factor) - 1) < SWAP_NEARNESS));
    return meant === undefined ? [] : [`"${mention.text}" for ${inDigits(meant)}`];
  });
  if (swaps.length === 0 || Math.abs(finding.ratio - 1) < 2 * SWAP_NEARNESS) return null;
  return {
    diagnosis: "digit-slip",
    factor: finding.ratio,
    certainty: "possible",
    words: `a possible typo, ${swaps.join(", or ")}`,
    fits: null,
  };
}

function swapsOf(digits: string): readonly string[] {
  return [...digits].flatMap((here, at) => {
    const next = digits.charAt(at + 1);
    if (next === "" || next === here || (at === 0 && next === "0")) return [];
    return [digits.slice(0, at) + next + here + digits.slice(at + 2)];
  });
}
