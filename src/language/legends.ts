/** What is said once of the numbers of many items: "days / GPU-hours / MWh" over "1.5 / 1,152 / 0.47", "gpus, days = 512, 23". */
import type { Span } from "../model/span.ts";
import { isDigit } from "./lexicon-index.ts";
import { type Entry, entryIn, LETTER, trimmed } from "./line-parts.ts";

/** Signs that set the numbers of one item apart, between spaces. */
const SIGNS: ReadonlySet<string> = new Set(["/", "×", "*", "=", "|", "+", "→"]);
/** Signs that a number may begin with. */
const LEADS: ReadonlySet<string> = new Set(["~", "≈", "$", "€", "£"]);
/** A number has a short unit at most. */
const MOST_LETTERS = 3;

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
  // Commas set words of any sentence apart, so that they count only between a key and its own value.
  for (const isByCommas of [false, true]) {
    const numbers = partedBy(text, value, isByCommas);
    if (numbers.parts.length < 2 || !numbers.parts.every((part) => isNumber(text, part))) continue;
    const places = isByCommas ? [] : legends;
    for (const legend of own === null ? places : [own.key, ...places]) {
      const keys = keysFor(text, partedBy(text, legend, isByCommas), numbers);
      if (keys !== null)
        return { head, entries: numbers.parts.map((part, at) => ({ key: keys[at] ?? legend, value: part, separator: "equals" })) };
    }
  }
  return null;
}

function partedBy(text: string, span: Span, isByCommas: boolean): Parted {
  const [parts, signs]: [Span[], string[]] = [[], []];
  let start = span.start;
  for (let at = span.start + 1; at + 1 < span.end; at += 1) {
    const sign = text[at] ?? "";
    const isSign = isByCommas ? sign === "," : SIGNS.has(sign) && text[at - 1] === " ";
    if (!isSign || text[at + 1] !== " ") continue;
    parts.push(trimmed(text, { start, end: at }));
    signs.push(sign);
    start = at + 1;
  }
  return { parts: [...parts, trimmed(text, { start, end: span.end })], signs };
}

function isNumber(text: string, { start, end }: Span): boolean {
  const first = LEADS.has(text[start] ?? "") ? start + 1 : start;
  const letters = [...text.slice(first, end)].filter((character) => LETTER.test(character));
  return first < end && isDigit(text.charCodeAt(first)) && letters.length <= MOST_LETTERS;
}

/** The parts of a legend that the same signs set apart in the same order; all are words. */
function keysFor(text: string, legend: Parted, { signs }: Parted): readonly Span[] | null {
  const isSame = legend.signs.length === signs.length && legend.signs.every((sign, at) => sign === signs[at]);
  return isSame && legend.parts.every(({ start, end }) => LETTER.test(text.slice(start, end))) ? legend.parts : null;
}
