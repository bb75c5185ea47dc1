import type { PrintedNumber } from "../model/mention.ts";

/** Digits a number must have before one of them being wrong says anything. */
const LEAST_DIGITS = 3;
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
  const { value, lastPlace, range } = number;
  if (range !== null || lastPlace <= 0) return null;
  const place = Number.isInteger(value) && value < 1000 ? Math.min(1, lastPlace) : lastPlace;
  const digits = Math.round(value / place).toString();
  if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) return null;
  let [share, total] = [0, 0];
  let meant: number | null = null;
  for (const { text, weight } of variantsOf(digits)) {
    const variant = Number((Number(text) * place).toPrecision(12));
    total += weight;
    if (variant <= 0 || Math.abs(Math.log(variant) - log) > half) continue;
    share += weight;
    meant ??= variant;
  }
  return meant === null ? null : { share: share / total, meant };
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
