import type { Catalog, CueKind, CueWords } from "../model/catalog.ts";
import { headLength } from "../model/head-length.ts";
import { keptForLastText } from "../model/last-text.ts";
import type { Span } from "../model/span.ts";
import { isDigit } from "./lexicon-index.ts";

/** A word or phrase of the text with what it is a sign of. */
export interface Cue {
  readonly kind: CueKind;
  readonly span: Span;
}

/** The cues of a text, asked by place. */
export interface CueIndex {
  /** In reading order: those that begin in a span. */
  readonly within: (span: Span) => readonly Cue[];
  /** The nearest cue of a kind that begins in a span; null for none. */
  readonly first: (kind: CueKind, span: Span) => Cue | null;
  readonly has: (kind: CueKind, span: Span) => boolean;
  /** All kinds that begin in a span; kept, since clauses and captions are asked for every figure in them. */
  readonly kindsIn: (span: Span) => ReadonlySet<CueKind>;
}

/** A phrase to look for: its words folded, as printed where case matters. */
interface Phrase {
  readonly kind: CueKind;
  readonly words: readonly string[];
  /** The phrase as printed, where it has capitals; else null. */
  readonly exact: readonly string[] | null;
  readonly isOpen: boolean;
}

interface Finder {
  /** The phrases that may begin with a word in small letters; those of a whole word come before the open ones. */
  readonly beginning: (word: string) => readonly Phrase[];
  /** Phrases of scripts that print no blanks. */
  readonly unspaced: readonly { readonly kind: CueKind; readonly text: string }[];
}

const FINDERS = new WeakMap<readonly CueWords[], Finder>();

/** A word of letters and digits, with what an apostrophe joins to it. */
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

const FIRST_WORD = new RegExp(WORD.source, "u");

/** Writing without blanks between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** First letters of a word by which phrases are found. */
const STEM = 3;

/** All cues of the text of a document, found in one pass and kept for all who ask. */
export const cuesIn: (catalog: Catalog, text: string) => CueIndex = keptForLastText(findCues);

/** The cues of a stretch of text by itself, which nothing is kept of. */
export function findCues({ cues }: Catalog, text: string): CueIndex {
  const finder = FINDERS.get(cues) ?? finderOf(cues);
  FINDERS.set(cues, finder);
  const found = [...spacedCues(finder, text), ...unspacedCues(finder, text)].sort(
    (left, right) => left.span.start - right.span.start || left.span.end - right.span.end,
  );
  return indexOf(found);
}

function indexOf(cues: readonly Cue[]): CueIndex {
  const byKind = new Map<CueKind, Cue[]>();
  for (const cue of cues) {
    const known = byKind.get(cue.kind);
    if (known === undefined) byKind.set(cue.kind, [cue]);
    else known.push(cue);
  }
  const within = (span: Span): readonly Cue[] => {
    const from = firstFrom(cues, span.start);
    return cues.slice(from, firstFrom(cues, span.end));
  };
  const first = (kind: CueKind, span: Span): Cue | null => {
    const alike = byKind.get(kind) ?? [];
    const cue = alike[firstFrom(alike, span.start)];
    return cue !== undefined && cue.span.start < span.end ? cue : null;
  };
  const kept = new Map<string, ReadonlySet<CueKind>>();
  const kindsIn = (span: Span): ReadonlySet<CueKind> => {
    const key = `${span.start}-${span.end}`;
    const found = kept.get(key) ?? new Set(within(span).map(({ kind }) => kind));
    kept.set(key, found);
    return found;
  };
  return { within, first, kindsIn, has: (kind, span) => first(kind, span) !== null };
}

/** Place of the first cue that begins at `start` or later. */
function firstFrom(cues: readonly Cue[], start: number): number {
  return headLength(cues, (cue) => cue.span.start < start);
}

/** A phrase as the rules have it. */
interface Printed {
  readonly kind: CueKind;
  readonly text: string;
}

function finderOf(rows: readonly CueWords[]): Finder {
  const printed = rows.flatMap(({ cue, words }) => words.map((text): Printed => ({ kind: cue, text })));
  const unspaced = printed.filter(({ text }) => UNSPACED.test(text));
  const spaced = Map.groupBy(
    printed.filter(({ text }) => !UNSPACED.test(text)),
    ({ text }) => stemOf(FIRST_WORD.exec(text)?.[0].replace("’", "'").toLowerCase() ?? ""),
  );
  // A text has few beginnings of all that there are, and most of its words come again.
  const byStem = new Map<string, readonly Phrase[]>();
  const byWord = new Map<string, readonly Phrase[]>();
  const withStem = (stem: string): readonly Phrase[] => {
    let phrases = byStem.get(stem);
    if (phrases === undefined) {
      const all = (spaced.get(stem) ?? []).map(phraseOf);
      phrases = [...all.filter((phrase) => !isStem(phrase)), ...all.filter(isStem)];
      byStem.set(stem, phrases);
    }
    return phrases;
  };
  const beginning = (word: string): readonly Phrase[] => {
    let phrases = byWord.get(word);
    if (phrases === undefined) {
      phrases = withStem(stemOf(word)).filter(
        (phrase) => word === phrase.words[0] || (isStem(phrase) && word.startsWith(phrase.words[0] ?? "")),
      );
      if (byWord.size >= MOST_KEPT) byWord.clear();
      byWord.set(word, phrases);
    }
    return phrases;
  };
  return { beginning, unspaced };
}

/** Words whose phrases are kept: a process that reads many documents forgets those of the ones before. */
const MOST_KEPT = 50_000;

function stemOf(word: string): string {
  return word.slice(0, STEM);
}

/** Only one word, which may go on. */
function isStem({ words, isOpen }: Phrase): boolean {
  return isOpen && words.length === 1;
}

function phraseOf({ kind, text }: Printed): Phrase {
  const parts = partsOf(text);
  return {
    kind,
    words: parts.map((part) => part.toLowerCase()),
    exact: text === text.toLowerCase() ? null : parts,
    isOpen: text.endsWith("*"),
  };
}

function partsOf(printed: string): readonly string[] {
  return [...printed.matchAll(WORD)].map((match) => match[0].replace("’", "'"));
}

function spacedCues({ beginning }: Finder, text: string): readonly Cue[] {
  const words = Array.from(text.matchAll(WORD), (match) => ({ text: match[0].replace("’", "'"), start: match.index }));
  const folded = words.map((word) => word.text.toLowerCase());
  const found: Cue[] = [];
  for (const [at, word] of words.entries()) {
    const head = folded[at] ?? "";
    for (const phrase of beginning(head)) {
      if (!stands(phrase, words, folded, at) || endsName(text, words[at - 1], word)) continue;
      if (phrase.exact === null && isAcronym(words, at)) continue;
      if (phrase.words.length > 1 && !isUnbroken(text, words.slice(at, at + phrase.words.length))) continue;
      const last = words[at + phrase.words.length - 1] ?? word;
      found.push({ kind: phrase.kind, span: { start: word.start, end: last.start + last.text.length } });
    }
  }
  return found;
}

/** The end of a name that is written in one: "Basalt-30B-Chat", "Curlew_Instruct"; not "post-training" or "GPU-hours". */
function endsName(
  text: string,
  before: { readonly text: string; readonly start: number } | undefined,
  word: { readonly text: string; readonly start: number },
): boolean {
  if (before === undefined) return false;
  const end = before.start + before.text.length;
  if (end + 1 !== word.start || !HYPHENS.has(text.charAt(end)) || text.charAt(end) === ".") return false;
  return (
    [...before.text].some((sign) => isDigit(sign.charCodeAt(0))) ||
    (isCapital(word.text.charAt(0)) && isCapital(before.text.charAt(0)) && !isCapital(before.text.charAt(1)))
  );
}

/** Two capitals among other words: the "US" of "US$2 million" speaks of nobody. */
function isAcronym(words: readonly { readonly text: string }[], at: number): boolean {
  const isShouted = (word: string): boolean => word.length > 1 && [...word].every(isCapital);
  const word = words[at]?.text ?? "";
  return (
    word.length === 2 && isShouted(word) && ![words[at - 1], words[at + 1]].some((other) => other !== undefined && isShouted(other.text))
  );
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

function stands(phrase: Phrase, words: readonly { readonly text: string }[], folded: readonly string[], at: number): boolean {
  const wanted = phrase.exact ?? phrase.words;
  return wanted.every((want, index) => {
    const got = phrase.exact === null ? folded[at + index] : words[at + index]?.text;
    if (got === undefined) return false;
    return phrase.isOpen && index === wanted.length - 1 ? got.startsWith(want) : got === want;
  });
}

/** Whether white space and hyphens are all that stands between some words: "a post: Training ..." says nothing of post-training. */
function isUnbroken(text: string, words: readonly { readonly text: string; readonly start: number }[]): boolean {
  return words.every(({ text: word, start }, index) => {
    const next = words[index + 1];
    return next === undefined || [...text.slice(start + word.length, next.start)].every((sign) => sign.trim() === "" || HYPHENS.has(sign));
  });
}

const HYPHENS: ReadonlySet<string> = new Set(["-", "‐", "‑", "_", "–", "'", "."]);

function unspacedCues({ unspaced }: Finder, text: string): readonly Cue[] {
  if (!UNSPACED.test(text)) return [];
  const found: Cue[] = [];
  for (const { kind, text: wanted } of unspaced)
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
      found.push({ kind, span: { start: at, end: at + wanted.length } });
  return found;
}
