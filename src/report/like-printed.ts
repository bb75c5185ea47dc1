import type { Mention } from "../model/mention.ts";
import type { Figure } from "../model/quantity.ts";
import { figureWords, numberWords } from "./figure-words.ts";

/** A worked-out figure in the form of the one it is compared with: "30.3M GPU hours" beside "30.84M GPU hours", "$60.6 million" beside "$60 million". */
export function likePrinted(figure: Figure, mention: Mention | null): string {
  const plain = figureWords(figure);
  const found = mention === null ? null : NUMERAL.exec(mention.text.replace(/\s+/g, " ").trim());
  if (mention === null || found === null || figure.isRange === true || figure.unit !== mention.unit) return plain;
  const { before = "", numeral = "", after = "" } = found.groups ?? {};
  // "43 million" of a sum whose currency stands elsewhere is no sum of money.
  if (isMoney(figure.unit) && !/\p{Sc}|\p{Lu}{3}/u.test(before + after)) return plain;
  const size = mention.number.value / Number(numeral.replaceAll(",", ""));
  const scale = SCALES.find((candidate) => Math.abs(size / candidate - 1) < 1e-6);
  const value = figure.value / (scale ?? 1);
  if (scale === undefined || value < 1 || value >= MOST_IN_SCALE) return plain;
  return `${before}${numberWords(Number(value.toPrecision(DIGITS)))}${after}`;
}

function isMoney(unit: string): boolean {
  return /^[A-Z]{3}$/.test(unit);
}

/** "$", "30.84", "M GPU hours"; "EUR ", "43", " million"; a hedge in front is no part of the figure. */
const NUMERAL = /(?<before>(?:\p{Lu}{0,3}\p{Sc}|\p{Lu}{3})?\s?)(?<numeral>\d[\d,]*(?:\.\d+)?)(?<after>\s?\p{L}.*)$/u;

/** What words and letters behind a number multiply it by. */
const SCALES: readonly number[] = [1e3, 1e6, 1e9, 1e12];
const MOST_IN_SCALE = 10_000;
const DIGITS = 3;
