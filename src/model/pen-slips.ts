import type { PrintedNumber } from "./mention.ts";

/** Digits a number must have before one of them being wrong says anything; two can be seen to have changed places. */
const LEAST_DIGITS = 2;
const LEAST_DIGITS_OF_ONE = 3;
const MOST_DIGITS = 15;

/** How likely swapped neighbors are beside any other slip of the pen. */
const SWAP_WEIGHT = 6;

/**
 * How much of all slips of the pen lead from what was meant to the printed number, where what was meant is within `half` of `log`.
 *
 * Units: logarithms, of the same scale as `number.value`.
 * Source: the commonest typing errors (Damerau 1964).
 */
export function penShare(number: PrintedNumber, log: number, half: number): { readonly share: number; readonly meant: number } | null {
  let share = 0;
  let meant: number | null = null;
  for (const variant of meantBy(number)) {
    if (!variant.isTelling || Math.abs(variant.log - log) > half) continue;
    share += variant.share;
    meant ??= variant.value;
  }
  return meant === null ? null : { share, meant };
}

/** A number that may have been meant. */
export interface Meant {
  readonly value: number;
  readonly log: number;
  /** The part of all slips of the pen that lead from it to the printed one. */
  readonly share: number;
  /** Whether there are enough digits for the slip to say anything by itself. */
  readonly isTelling: boolean;
}

/** One number is held against many candidates. */
const KNOWN = new WeakMap<PrintedNumber, readonly Meant[]>();

/** Numbers from which one slip of the pen leads to the printed one: a digit changed, dropped or doubled, or two neighbors swapped. */
export function meantBy(number: PrintedNumber): readonly Meant[] {
  const known = KNOWN.get(number) ?? worked(number);
  KNOWN.set(number, known);
  return known;
}

/** Whole numbers below this are printed digit by digit: the nought of "40 nodes" is one that may be wrong, those of "2,000,000" are not. */
const LEAST_ROUNDED = 1000;

function worked({ value, lastPlace, range }: PrintedNumber): readonly Meant[] {
  if (range !== null || lastPlace <= 0) return [];
  const place = Number.isInteger(value) && value < LEAST_ROUNDED ? Math.min(1, lastPlace) : lastPlace;
  const digits = Math.round(value / place).toString();
  if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) return [];
  const variants = variantsOf(digits);
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  return variants.flatMap(({ text, weight }): readonly Meant[] => {
    const variant = Number((Number(text) * place).toPrecision(12));
    return variant > 0
      ? [
          {
            value: variant,
            log: Math.log(variant),
            share: weight / total,
            isTelling: digits.length >= LEAST_DIGITS_OF_ONE || weight === SWAP_WEIGHT,
          },
        ]
      : [];
  });
}

interface Variant {
  readonly text: string;
  readonly weight: number;
}

function variantsOf(digits: string): readonly Variant[] {
  const variants: Variant[] = [];
  const add = (text: string, weight: number): void => {
    if (text !== "" && !text.startsWith("0")) variants.push({ text, weight });
  };
  for (let at = 0; at < digits.length; at += 1) {
    const [head, here, tail] = [digits.slice(0, at), digits.charAt(at), digits.slice(at + 1)];
    for (const digit of "0123456789") if (digit !== here) add(head + digit + tail, 1);
    add(head + tail, 1);
    add(head + here + here + tail, 1);
    const next = tail.charAt(0);
    if (next !== "" && next !== here) add(head + next + here + tail.slice(1), SWAP_WEIGHT);
  }
  return variants;
}
