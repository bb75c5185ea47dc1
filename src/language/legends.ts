/** What is said once of the numbers of many items: "days / GPU-hours / MWh" over "1.5 / 1,152 / 0.47", "gpus, days = 512, 23". */
import type { Span } from "../model/span.ts";
import { type Entry, entryIn, LETTER, trimmed } from "./line-parts.ts";

/** Between spaces a sign that sets numbers of one item apart. */
const SIGN = /\s+([/×*=|+→])\s+/gu;
/** Commas set words of any sentence apart, so that they count only between a key and its own value. */
const COMMA = /(,)\s+/gu;
/** A number with a sign of money or a short unit at most. */
const NUMBER = /^[~≈$€£]?\s?\d[\d.,_]*(?:e[+-]?\d+)?\s?\p{L}{0,3}%?$/iu;

interface Parted {
  readonly parts: readonly Span[];
  readonly signs: readonly string[];
}

/** The numbers of an item, each with the part of a legend that tells what it is, and what stands before them; null where none fits. */
export function legendEntries(
  text: string,
  item: Span,
  legends: readonly Span[],
): { readonly head: Span; readonly entries: readonly Entry[] } | null {
  const own = entryIn(text, item, false);
  const value = own?.value ?? item;
  const head = { start: item.start, end: value.start };
  for (const sign of [SIGN, COMMA]) {
    const numbers = partedBy(text, value, sign);
    if (numbers.parts.length < 2 || !numbers.parts.every(({ start, end }) => NUMBER.test(text.slice(start, end)))) continue;
    const places = sign === COMMA ? [] : legends;
    for (const legend of own === null ? places : [own.key, ...places]) {
      const keys = keysFor(text, partedBy(text, legend, sign), numbers);
      if (keys !== null)
        return { head, entries: numbers.parts.map((part, at) => ({ key: keys[at] ?? legend, value: part, separator: "equals" })) };
    }
  }
  return null;
}

function partedBy(text: string, span: Span, sign: RegExp): Parted {
  const [parts, signs]: [Span[], string[]] = [[], []];
  let start = span.start;
  for (const found of text.slice(span.start, span.end).matchAll(sign)) {
    parts.push(trimmed(text, { start, end: span.start + found.index }));
    signs.push(found[1] ?? "");
    start = span.start + found.index + found[0].length;
  }
  return { parts: [...parts, trimmed(text, { start, end: span.end })], signs };
}

/** The parts of a legend that the same signs set apart in the same order; all are words. */
function keysFor(text: string, legend: Parted, { signs }: Parted): readonly Span[] | null {
  const isSame = legend.signs.length === signs.length && legend.signs.every((sign, at) => sign === signs[at]);
  return isSame && legend.parts.every(({ start, end }) => LETTER.test(text.slice(start, end))) ? legend.parts : null;
}
