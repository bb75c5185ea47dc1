import type { Hedge } from "../model/mention.ts";

/** Hedges that stand right before a figure, longest first. */
const HEDGES: readonly (readonly [RegExp, Hedge])[] = [
  [/(?:slightly|just|a little) (?:over|more than)\s*\(?$/i, "slightly-over"],
  [/(?:on the order of|order of magnitude of)\s*\(?$/i, "order-of-magnitude"],
  [
    /(?:(?<!\b(?:add|sum|amount|total|work)(?:s|med|ed|ing|l?ed)?\s)up to|at most|no(?:t)? more than|no(?:t)? longer than|maximum of|≤)\s*\(?$/i,
    "up-to",
  ],
  [/(?:over|more than|longer than|at least|exceeding|exceeds?|upwards of|>|≥)\s*\(?$/i, "over"],
  [/(?:less than|fewer than|under|within|below|<|不到|不足|低于|少于)\s*\(?$/i, "under"],
  [/(?:超过|多于|高于|逾)\s*\(?$/, "over"],
  [/(?:不超过|至多|最多)\s*\(?$/, "up-to"],
  [/(?:nearly|almost|just under|close to)\s*\(?(?:an?\s)?$/i, "nearly"],
  [/(?:about|approximately|approx\.?|around|roughly|circa|ca\.|some|~|约|大约|an estimated(?: cost of)?)\s*\(?(?:of\s)?$/i, "about"],
  [/(?:estimated(?: at| to be)?|estimate)\s*\(?$/i, "estimated"],
];

/** The hedge printed before a figure, with where it begins; null for none. Shape: `end` is where the figure begins in `text`. */
export function hedgeBefore(text: string, end: number): { readonly hedge: Hedge; readonly start: number } | null {
  const before = text.slice(Math.max(0, end - 32), end);
  for (const [pattern, hedge] of HEDGES) {
    const match = pattern.exec(before);
    if (match === null || /\w$/.test(before.slice(0, match.index))) continue;
    if (
      /^over\b/i.test(match[0]) &&
      DURING.test(text.slice(Math.max(0, end - (before.length - match.index) - 40), end - (before.length - match.index)))
    )
      return null;
    return { hedge, start: end - (before.length - match.index) };
  }
  return null;
}

/** The hedge printed right behind a number: "100M+ GPU hours", "$1M+"; null for none. A plus before digits is part of a sum or a power. */
export function hedgeAfter(text: string, end: number): Hedge | null {
  return /^\s?\+(?![\d+])/.test(text.slice(end, end + 3)) ? "over" : null;
}

/** Before an "over" that tells in the course of what, not more than what. Matches "trained ", "schedule ", "GPUs ", "from 0 to 1e-6 "; not "took ". */
const DURING =
  /\b(?:train(?:ed|ing)(?:\s(?!took|tak|last|need|requir|cost|us|ran|run|for|is|was|ha[sd]|spent|exceed)[\w.-]+){0,3}|averag\w*|decay\w*|schedules?|warm\w*|warm[\s-]?up|increas\w*|spread|distributed|summed|accumulat\w*|perplexity|loss|costs?(?= over)|training cost|rates?|linearly|GPUs?|TPUs?|chips|devices?|runs?|to [\d.e-]+)\s$/i;

/** Matches "FP8", "amp_fp8", "float8"; not "fp80". */
const EIGHT_BIT = /(?<![a-z\d])(?:amp_)?(?:fp8|float8)(?![a-z\d])/i;

/** "fp8", where a sentence or a line of a table says that its figures are of a training in eight bits. */
export function formatsOf(words: string): readonly string[] {
  return EIGHT_BIT.test(words) ? ["fp8"] : [];
}

/** Qualifiers of prices and counts: "preemptible", "spot", "on-demand", "activated". */
export function qualifiersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\b(?:preemptible|spot|on-demand|on demand|reserved)\b/gi)].map((match) =>
    match[0].toLowerCase().replace(" ", "-"),
  );
}
