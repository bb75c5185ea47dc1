/**
 * Terms: stretches of prose that may be names, by their shape alone. Whether one is a name is decided by what is said of it.
 */
import { nameKey } from "../model/fold-name.ts";
import type { Span } from "../model/span.ts";
import type { SpanIndex } from "../model/span-index.ts";
import { isSetApart, opensSetApart, type SetApart } from "./set-apart.ts";
import { PROPER, type WordClasses } from "./word-classes.ts";

/** A word with its place. */
export interface Token {
  readonly text: string;
  readonly span: Span;
}

/** A stretch that may be a name, among the tokens of its block. */
export interface Term {
  readonly span: Span;
  readonly text: string;
  /** Folded: equal keys are one name. */
  readonly key: string;
  /** Its first and last token. */
  readonly first: number;
  readonly last: number;
  /** Whether it only describes what comes next: "Wren-grade", "the Wren tokenizer". */
  readonly describes: boolean;
}

/** A stretch that is taken. */
export interface Placed {
  readonly span: Span;
}

/** What may not be part of a name, or only in a certain way. */
export interface Taken {
  /** Products: never part of a name. */
  readonly hardware: SpanIndex<Placed>;
  /** What is a product only where it is told so: "v3-8". */
  readonly doubtful: SpanIndex<Placed>;
  /** Figures: numbers in them are no versions. */
  readonly figures: SpanIndex<Placed>;
  /** What markup sets apart is one name or none. */
  readonly apart: SetApart;
}

/** Words of letters and digits with the marks that join them; writing without capitals only where a hyphen joins a Latin end to it. */
const TOKEN =
  /[\p{Lu}\p{Ll}\p{Lt}\p{N}][\p{Lu}\p{Ll}\p{Lt}\p{M}\p{N}]*(?:[-._+‑][\p{Lu}\p{Ll}\p{N}][\p{Lu}\p{Ll}\p{M}\p{N}]*|\/\p{N}+)*\+*|\p{Lo}[\p{Lo}\p{Lm}\p{M}]*(?:-[\p{Lu}\p{Ll}\p{N}][\p{Lu}\p{Ll}\p{N}.-]*)?/gu;

/** A number of parameters as a word: "65B", "1.1T", "350M"; not "v3". */
export const SIZE_WORD = /^\d+(?:\.\d+)?[BMT]$/i;

/** What may follow a name as its version: "2", "3.1", "v2", "IV". */
const VERSION = /^(?:v\d+(?:\.\d+)*|\d{1,2}(?:\.\d{1,2})?|[IVX]{1,4})$/;

const MOST_TOKENS = 4;

export function tokensOf(text: string, span: Span): readonly Token[] {
  return [...text.slice(span.start, span.end).matchAll(TOKEN)].map((match) => ({
    text: match[0],
    span: { start: span.start + match.index, end: span.start + match.index + match[0].length },
  }));
}

/** How a stretch of text uses capitals. */
export interface Capitals {
  /** All nouns have them: two in a row are a noun and what it is called, "Modell Wren". */
  readonly ofNouns: boolean;
  /** Words that have one within a sentence somewhere in the document, in small letters. */
  readonly within: ReadonlySet<string>;
  /** The document is in a writing that has them: a word in one that has none is from elsewhere. */
  readonly areUsed: boolean;
}

/** Whether a text is in a writing with capitals, whatever words of another stand in it. */
export function usesCapitals(text: string): boolean {
  return (text.match(CASELESS)?.length ?? 0) * LEAST_OTHERS <= text.length;
}

const CASELESS = /\p{Lo}/gu;

/** How many characters there are for each letter of a writing without, at least. */
const LEAST_OTHERS = 5;

/** The terms of a block, in reading order, not overlapping. */
export function termsOf(text: string, tokens: readonly Token[], taken: Taken, words: WordClasses, capitals: Capitals): readonly Term[] {
  const terms: Term[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    const isNumbered = isNumberedKind(text, tokens, index, taken, words);
    const opens = (at: number): boolean => mayOpen(text, tokens, at, taken, words, capitals);
    const lastApart = isNumbered ? -1 : lastSetApart(text, tokens, index, taken, words, opens);
    if (token === undefined || !(isNumbered || lastApart >= 0 || opens(index))) continue;
    let last = isNumbered ? index + 1 : Math.max(index, lastApart);
    while (
      !isNumbered &&
      lastApart < 0 &&
      last - index + 1 < MOST_TOKENS &&
      continues(text, tokens, index, last + 1, taken, words, capitals)
    )
      last += 1;
    const whole = { start: token.span.start, end: tokens[last]?.span.end ?? token.span.end };
    // "Large models" are models of a size, whatever the letter of the word.
    if (index === last && words.is(token.text, "variant") && isKindBehind(text, tokens, index, words)) continue;
    const described = attributeIn(text.slice(whole.start, whole.end), words);
    const span = { start: whole.start, end: whole.end - described.length };
    const printed = text.slice(span.start, span.end);
    const next = tokens[last + 1];
    const isBeside = next !== undefined && text.slice(whole.end, next.span.start) === " ";
    const describes = described !== "" || (isBeside && words.is(next.text, "attribute"));
    terms.push({ span, text: printed, key: nameKey(printed), first: index, last, describes });
    index = last;
  }
  return terms;
}

/**
 * The last word of what is set apart from a word on, of plain words that are together a name or none: "the “evening primrose” run";
 * none, -1, where a part of it may be a name by itself: "**Wren training**".
 */
function lastSetApart(
  text: string,
  tokens: readonly Token[],
  index: number,
  taken: Taken,
  words: WordClasses,
  opens: (at: number) => boolean,
): number {
  const first = tokens[index];
  if (first === undefined || first.text.length < 2 || !opensSetApart(text, first.span.start, taken.apart)) return -1;
  if (beginsWithDigit(first.text) || isTaken(first.span, taken)) return -1;
  for (let last = index; last < Math.min(tokens.length, index + MOST_TOKENS); last += 1) {
    const token = tokens[last];
    if (token === undefined || (last > index && !JOINING.includes(text.slice(tokens[last - 1]?.span.end, token.span.start)))) return -1;
    const span = { start: first.span.start, end: token.span.end };
    if (!isSetApart(text, span, taken.apart)) continue;
    if (isCaseless(first.text) && span.end - span.start > LONGEST_QUOTED) return -1;
    const inside = tokens.slice(index, last + 1);
    if (isTaken(span, taken) || taken.figures.touches(span) || inside.every(({ text: word }) => words.is(word, "article"))) return -1;
    const isAlike = [beginsWithCapital, isSmallWord].some((shape) => inside.every(({ text: word }) => shape(word)));
    return isAlike || !inside.some((_, at) => opens(index + at)) ? last : -1;
  }
  return -1;
}

/** What may stand between the words of one name. */
const JOINING = [" ", "'", "’"];

function isKindBehind(text: string, tokens: readonly Token[], index: number, words: WordClasses): boolean {
  const [token, next] = [tokens[index], tokens[index + 1]];
  return token !== undefined && next !== undefined && text.slice(token.span.end, next.span.start) === " " && words.is(next.text, "kind");
}

/** "Variant A", "run 3": a thing of a kind that is told by a letter or a number. */
function isNumberedKind(text: string, tokens: readonly Token[], index: number, taken: Taken, words: WordClasses): boolean {
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (token === undefined || next === undefined || !ORDINAL.test(next.text) || !words.is(token.text, "kind")) return false;
  return text.slice(token.span.end, next.span.start) === " " && !taken.figures.touches(next.span) && !isTaken(token.span, taken);
}

/** What tells things of one kind apart: "A", "12". */
export const ORDINAL = /^(?:\p{Lu}|\d{1,2})$/u;

/** The end of a joined word that makes a name describe something else: "-grade" of "Wren-grade". */
function attributeIn(printed: string, words: WordClasses): string {
  const end = printed.slice(printed.lastIndexOf("-"));
  return end.length < printed.length && end === end.toLowerCase() && words.is(end.slice(1), "attribute") ? end : "";
}

function mayOpen(
  text: string,
  tokens: readonly Token[],
  index: number,
  taken: Taken,
  words: WordClasses,
  { within, areUsed }: Capitals,
): boolean {
  const token = tokens[index];
  if (token === undefined || token.text.length < 2 || isTaken(token.span, taken)) return false;
  if (isCaseless(token.text)) {
    const isShort = token.text.length <= LONGEST_QUOTED;
    return token.text.includes("-") || (isShort && areUsed && isAmidOthers(tokens, index));
  }
  if (beginsWithDigit(token.text)) return false;
  const next = tokens[index + 1];
  // "Sprachmodell Wren": what it is goes before the name, also where nouns have capitals.
  if (
    next !== undefined &&
    words.is(token.text, "kind") &&
    isCapital(next.text) &&
    !isPlainWord(next.text, words) &&
    text.slice(token.span.end, next.span.start) === " "
  )
    return false;
  if (isCapital(token.text))
    return !isPlainWord(token.text, words) || !opensSentence(text, token.span.start) || within.has(token.text.toLowerCase());
  if (/[\p{N}_-]/u.test(token.text)) return !isCompound(token.text, words);
  if (isCalled(text, tokens, index, words)) return true;
  return token.text.length >= SHORTEST && !words.isListed(token.text) && words.endingOf(token.text) === null;
}

/** "called biscuit": whatever word it is; not "called for". */
function isCalled(text: string, tokens: readonly Token[], index: number, words: WordClasses): boolean {
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (before === undefined || token === undefined || !words.is(before.text, "called")) return false;
  return text.slice(before.span.end, token.span.start) === " " && words.of(token.text).every((kind) => SAYING_LITTLE.has(kind));
}

/** A shorter word in small letters is no name by itself. */
const SHORTEST = 4;

/** Classes of words that may be part of a name of several: "Old Mill". */
const SAYING_LITTLE: ReadonlySet<string> = new Set(["common", "ordinary"]);

/** Whether a word is in a writing without capitals. */
export function isCaseless(word: string): boolean {
  const letter = word.charAt(0);
  return letter.toLowerCase() === letter.toUpperCase() && !beginsWithDigit(word) && nameKey(letter) !== "";
}

/** Whether a word in a writing without capitals stands between words of another: several are a quotation. */
function isAmidOthers(tokens: readonly Token[], index: number): boolean {
  return ![tokens[index - 1], tokens[index + 1]].some((token) => token !== undefined && isCaseless(token.text));
}

/** More letters in quotes are said, and name nothing. */
const LONGEST_QUOTED = 8;

/** A word with a capital in it: "Wren", "wavHeron". */
function isCapital(word: string): boolean {
  return /^\p{Lu}|\p{Ll}\p{Lu}/u.test(word);
}

/** A word that says something by itself, and only begins a sentence or a heading. */
function isPlainWord(word: string, words: WordClasses): boolean {
  return isUsual(word, words) || word.split("-").every((part) => isUsual(part, words) || (part.length < 2 && !beginsWithDigit(part)));
}

/** A word with a class of its own, or one of the most usual words of a language. */
function isUsual(word: string, words: WordClasses): boolean {
  return words.of(word).some((kind) => kind !== "common" && !PROPER.has(kind));
}

/** Joined words that are no name: "fine-tuning", "wall-clock", "top-5"; a less usual one with a size or a variant may be: "lark-7b". */
function isCompound(word: string, words: WordClasses): boolean {
  const parts = word.split(/[-_]/);
  if (parts.length > 1 && words.is(parts.at(-1) ?? "", "variant") && !words.is(parts[0] ?? "", "variant")) return false;
  return parts.every((part) => isUsual(part, words) || part.length < 2 || (/^[\d.]+\p{L}?$/u.test(part) && !SIZE_WORD.test(part)));
}

function continues(
  text: string,
  tokens: readonly Token[],
  first: number,
  index: number,
  taken: Taken,
  words: WordClasses,
  { ofNouns }: Capitals,
): boolean {
  const [head, before, token] = [tokens[first], tokens[index - 1], tokens[index]];
  if (head === undefined || before === undefined || token === undefined) return false;
  if (text.slice(before.span.end, token.span.start) !== " " || isTaken(token.span, taken)) return false;
  if (SIZE_WORD.test(token.text)) return isCapital(head.text) || /\d|-/.test(head.text);
  if (!isCapital(head.text)) return false;
  if (VERSION.test(token.text))
    return token.text.startsWith("v") || (!taken.figures.touches(token.span) && !isCount(text, tokens, index, words));
  if (words.is(token.text, "variant")) return true;
  if (ofNouns || !beginsWithCapital(token.text)) return false;
  return !words.isListed(token.text) || words.of(token.text).every((kind) => SAYING_LITTLE.has(kind) || PROPER.has(kind));
}

/** Words that have a capital within a sentence of a block: no sentence gives it to them. */
export function capitalsWithin(text: string, tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ text: word, span }) =>
    beginsWithCapital(word) && !opensSentence(text, span.start) ? [word.toLowerCase()] : [],
  );
}

/** A number before several things in small letters counts them: "Wren 12 layers"; a version goes before marks, capitals and verbs. */
function isCount(text: string, tokens: readonly Token[], index: number, words: WordClasses): boolean {
  const [token, next] = [tokens[index], tokens[index + 1]];
  if (token === undefined || /^[%°$€£]/.test(text.slice(token.span.end))) return true;
  if (next === undefined || !/^[ -]$/.test(text.slice(token.span.end, next.span.start)) || !/^\p{Ll}/u.test(next.text)) return false;
  return (
    !goesOnFromName(next.text, words) &&
    (next.text.endsWith("s") || ["unit", "number", "quantity"].some((kind) => words.is(next.text, kind)))
  );
}

/** A word that says something of the name right before it. */
export function goesOnFromName(word: string, words: WordClasses): boolean {
  return ["be", "consume", "of", "at", "with", "than", "kind"].some((kind) => words.is(word, kind));
}

/** A word of small letters alone: "wren"; not "wren-7b". */
export function isSmallWord(text: string): boolean {
  return [...text].every((letter) => letter === letter.toLowerCase() && letter !== letter.toUpperCase());
}

export function beginsWithCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

export function beginsWithDigit(word: string): boolean {
  return /^\p{N}/u.test(word);
}

function isTaken(span: Span, taken: Taken): boolean {
  return taken.hardware.touches(span);
}

/** Whether nothing but marks and the number of a point ("3/") stands between a place and the end of the sentence before. */
export function opensSentence(text: string, start: number): boolean {
  return /(?:^|[.!?:;。]["'”’)\]]*\s+|\n|\t)["'“‘([*#>-]*(?:\d{1,2}[/).] )?$/.test(text.slice(Math.max(0, start - 8), start));
}
