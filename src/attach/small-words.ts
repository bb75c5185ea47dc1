/** What tells a name in small letters from a noun: "took", "of" and "for" stand right beside it, and no article or other word before it. */
import { beginsWithDigit, isSmallWord, opensSentence, type Term, type Token } from "./terms.ts";
import type { WordClasses } from "./word-classes.ts";

/** How features begin that tell between what a word of small letters stands. */
export const STANDS = "small&stands:";

/** Of the ways in which a word stands at its places the one that tells most for a name, and whether it has an article anywhere. */
export function bestStanding(counted: readonly string[]): readonly string[] {
  const ways = counted
    .filter((feature) => feature.startsWith(STANDS))
    .map((feature) => feature.slice(STANDS.length))
    .sort();
  const best = BARE.find((way) => ways.includes(way)) ?? ways[0];
  if (best === undefined) return [];
  return [`${STANDS}${best}`, ...(ways.some((way) => way.startsWith("article")) ? ["small&with-article"] : [])];
}

/** A noun in the singular that stands like this is a name, surest first. */
const BARE = ["led-open", "open-open", "open-followed", "led-followed"];

/** Classes of words that a name may follow with nothing between. */
const LEADING = ["of", "at", "with", "than", "within", "called", "kind", "train", "release", "consume", "compare", "and"] as const;

/** What a word right before says, by its class: "2022-05-19 wren" has a number there. */
const LEFT: readonly (readonly [string, (word: string, words: WordClasses) => boolean])[] = [
  ["number", beginsWithDigit],
  ["led", (word, words) => LEADING.some((kind) => words.is(word, kind))],
  ["article", (word, words) => words.is(word, "article") || words.is(word, "owner")],
];

/** Classes of words that may follow a name, and that do not make it a word that only describes what comes next. */
const FOLLOWING = [
  ...["be", "have", "consume", "train", "of", "at", "with", "than", "within", "and", "say", "article", "owner", "compare", "relative"],
  ...["pronoun", "who", "number"],
] as const;

/** How a word of small letters stands between its neighbors. */
export function smallFeatures(
  text: string,
  tokens: readonly Token[],
  { first, last, span, text: word }: Term,
  words: WordClasses,
): readonly string[] {
  if (!isSmallWord(word)) return [];
  const [before, after] = [tokens[first - 1], tokens[last + 1]];
  const isBeside = before !== undefined && text.slice(before.span.end, span.start).trim() === "" && !opensSentence(text, span.start);
  const goesOn = after !== undefined && text.slice(span.end, after.span.start).trim() === "" && !opensSentence(text, after.span.start);
  const isOne = (token: Token, kinds: readonly string[]): boolean => kinds.some((kind) => words.is(token.text, kind));
  const left = !isBeside ? "open" : (LEFT.find(([, tells]) => tells(before.text, words))?.[0] ?? "word");
  const right = !goesOn ? "open" : isOne(after, FOLLOWING) ? "followed" : isOne(after, ["kind", "stage", "label"]) ? "kind" : "word";
  return [`${STANDS}${left}-${right}`];
}
