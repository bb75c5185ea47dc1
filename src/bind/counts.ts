import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Candidate, Count } from "./candidate.ts";
import type { Place } from "./surroundings.ts";

/** Whole numbers in digits: "12", "1,536"; not "2.5", "v3", "80GB", "10%". */
const DIGITS = /(?<![\w.,$€£#\u2013-])(?:\d{1,3}(?:,\d{3})+|\d{1,5})(?![\w%]|[.,]\d)/g;

const WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  dozen: 12,
  twenty: 20,
  thirty: 30,
  twice: 2,
  both: 2,
};
const WORD = new RegExp(`\\b(?:${Object.keys(WORDS).join("|")})\\b`, "gi");

const RUNS =
  /^\s?[x×*·]\s?\d|^\W*(?:\w+[\s-]+){0,2}?(?:runs?|seeds?|repeats?|repetitions?|folds?|trials?|times|configurations?|configs?|settings?|experiments?|models?|tasks?|games?|variants?|members?|jobs?|stages?|datasets?|languages?|sizes|restarts?|replicas?|copies)\b/i;

/** Numbers without a known unit, in reading order. `places` are the figures that were read, in reading order. */
export function countsOf(document: Document, places: readonly Place[]): readonly Count[] {
  const { text } = document;
  const found: Count[] = [];
  for (const match of text.matchAll(DIGITS)) push(Number(match[0].replaceAll(",", "")), match.index, match[0].length);
  for (const match of text.matchAll(WORD)) push(WORDS[match[0].toLowerCase()] ?? 0, match.index, match[0].length);
  return found.sort((left, right) => left.span.start - right.span.start).filter(({ span }) => !isRead(span.start));

  function push(value: number, start: number, length: number): void {
    if (value < 2) return;
    found.push({ value, span: { start, end: start + length }, isOfRuns: RUNS.test(text.slice(start + length, start + length + 40)) });
  }

  function isRead(at: number): boolean {
    const low = headLength(places, (place) => place.mention.span.start <= at);
    // Mentions may lie in one another: a few before are looked at.
    return places.slice(Math.max(0, low - 3), low).some(({ mention }) => at < mention.span.end);
  }
}

/** Characters around a claim in which its counts stand. */
const REACH = 350;
const MOST_COUNTS = 5;

/** The numbers near a claim by which its premises may be multiplied. */
export function countsNear(counts: readonly Count[], { mention }: Place): readonly Count[] {
  if (mention.cell !== null) return [];
  const low = headLength(counts, (count) => count.span.start < mention.span.start - REACH);
  const near: Count[] = [];
  for (let index = low; index < counts.length && near.length < 4 * MOST_COUNTS; index += 1) {
    const count = counts[index];
    if (count === undefined || count.span.start > mention.span.end + REACH) break;
    // Any other number says too little: it may be a page, a year or a rank.
    if (count.isOfRuns) near.push(count);
  }
  const distance = ({ span }: Count): number =>
    Math.abs(span.start - mention.span.start) + (span.start > mention.span.start ? REACH / 2 : 0);
  return near.sort((left, right) => distance(left) - distance(right)).slice(0, MOST_COUNTS);
}

/** A product by one or two numbers of the text. */
export function withCounts(candidate: Candidate, counts: readonly Count[]): readonly Candidate[] {
  const by = (chosen: readonly Count[]): Candidate => {
    const log = chosen.reduce((sum, { value }) => sum + Math.log(value), 0);
    const moved = ({ low, high }: Candidate["strict"]): Candidate["strict"] => ({ low: low + log, high: high + log });
    return {
      ...candidate,
      shape: "product",
      counts: chosen,
      log: candidate.log + log,
      strict: moved(candidate.strict),
      generous: moved(candidate.generous),
    };
  };
  const single = counts.map((count) => by([count]));
  const double = counts.flatMap((first, index) => counts.slice(index + 1).map((second) => by([first, second])));
  return [...single, ...double];
}
