/**
 * Which languages a document is written in, by the words of their lexicons and the letters of their scripts.
 *
 * A lexicon with a decimal mark takes part only in documents of its language, one with a script of its own wherever its script stands; all
 * others take part in every one.
 */

import type { Catalog } from "../model/catalog.ts";
import { keptForLastText } from "../model/last-text.ts";
import type { LexiconEntry, LexiconRole } from "../model/lexicon.ts";
import { largest } from "../model/many.ts";
import { gatedLanguages, isLetter, isWide } from "./lexicon-index.ts";

/** The languages of a document, the one with most different words first, and how it writes decimals. */
export interface Spoken {
  readonly languages: readonly string[];
  readonly hasDecimalCommas: boolean;
  /** Whether all nouns of its language have capitals, so that a capital tells no name. */
  readonly hasNounCapitals: boolean;
}

/** What tells the language is near the beginning, in code units. */
const READ_LENGTH = 20_000;

/** Fewer words, or fewer letters of a script, tell nothing. */
const LEAST_WORDS = 3;

/** A language with less than this share of the words of the first one is only quoted. */
const LEAST_SHARE = 0.6;

/** A language that shares a script must have this part of its letters to itself: kana beside Han. */
const LEAST_OWN_SHARE = 0.1;

/** How many times as many words a language must have as those of every text before its marks are read. */
const LEAST_LEAD = 2;

interface Evidence {
  /** The words, in small letters, that speak for each language; those of `common` for none of the gated ones. */
  readonly words: readonly { readonly language: string; readonly words: ReadonlySet<string> }[];
  readonly common: ReadonlySet<string>;
  readonly scripts: readonly { readonly language: string; readonly letters: RegExp; readonly own: RegExp | null }[];
  readonly gated: ReadonlySet<string>;
  readonly withCommas: ReadonlySet<string>;
  readonly withNounCapitals: ReadonlySet<string>;
}

const EVIDENCE = new WeakMap<Catalog, Evidence>();

/** The languages that the text of a document is written in, kept for all who ask. */
export const spokenIn: (catalog: Catalog, text: string) => Spoken = keptForLastText(findSpoken);

function findSpoken(catalog: Catalog, text: string): Spoken {
  const evidence = evidenceOf(catalog);
  const start = text.slice(0, READ_LENGTH);
  const counts = countsOf(evidence, start);
  const most = largest(counts.values(), 0);
  const languages = [...counts]
    .filter(([, count]) => count >= LEAST_WORDS && count >= LEAST_SHARE * most)
    .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .map(([language]) => language);
  const first = languages[0] ?? "";
  const common = largest(
    [...counts].map(([language, count]) => (evidence.gated.has(language) ? 0 : count)),
    0,
  );
  return {
    languages,
    hasDecimalCommas: evidence.withCommas.has(first) && (counts.get(first) ?? 0) > LEAST_LEAD * common,
    hasNounCapitals: evidence.withNounCapitals.has(first),
  };
}

/** Different words of each language, for one that comes again and again may be a name or a key; letters or words of scripts. */
function countsOf(evidence: Evidence, text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const words = new Set(wordsOf(text));
  for (const { language, words: own } of evidence.words) {
    const isGated = evidence.gated.has(language);
    let count = 0;
    for (const word of words) if (word.length >= 2 && own.has(word) && !(isGated && evidence.common.has(word))) count += 1;
    if (count > 0) counts.set(language, count);
  }
  for (const { language, letters, own } of evidence.scripts) {
    const count = sayingsOf(letters, text, words);
    const isOwn = own === null || sayingsOf(own, text, words) >= LEAST_OWN_SHARE * count;
    if (isOwn) counts.set(language, count);
  }
  return counts;
}

/** Letters of a script that is written without spaces, and different words of one with: one long word is a name. */
function sayingsOf(letters: RegExp, text: string, words: ReadonlySet<string>): number {
  const wide = (text.match(letters) ?? []).filter((letter) => isWide(letter.charCodeAt(0))).length;
  return wide + [...words].filter((word) => word.search(letters) === 0).length;
}

/** Words of letters, in small letters; scripts without spaces have none. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : 32;
    const isInside = isLetter(code) && !isWide(code);
    if (isInside && start < 0) start = at;
    if (isInside || start < 0) continue;
    words.push(text.slice(start, at).toLowerCase());
    start = -1;
  }
  return words;
}

/** Words of grammar tell the languages of every text, all words those of some. */
const GRAMMAR: ReadonlySet<LexiconRole> = new Set(["stops", "of", "articles", "definite", "and"]);

function evidenceOf(catalog: Catalog): Evidence {
  const known = EVIDENCE.get(catalog);
  if (known !== undefined) return known;
  const entries = catalog.lexicon;
  const withRole = (role: LexiconRole): readonly LexiconEntry[] => entries.filter((entry) => entry.role === role);
  const scripted = new Set(withRole("scripts").map(({ language }) => language));
  const gated = gatedLanguages(entries);
  const common = smallWords(entries.filter(({ language }) => !gated.has(language)));
  const speaking = entries.filter(({ language, role }) => !scripted.has(language) && (gated.has(language) || GRAMMAR.has(role)));
  const evidence: Evidence = {
    words: [...Map.groupBy(speaking, ({ language }) => language)].map(([language, own]) => ({ language, words: smallWords(own) })),
    common,
    scripts: scriptsOf(withRole("scripts")),
    gated,
    withCommas: new Set(withRole("decimals").flatMap(({ language, words: marks }) => (marks.includes(",") ? [language] : []))),
    withNounCapitals: new Set(withRole("capitals").flatMap(({ language, words: marks }) => (marks.includes("nouns") ? [language] : []))),
  };
  EVIDENCE.set(catalog, evidence);
  return evidence;
}

/** The words of some entries in small letters. */
function smallWords(entries: readonly LexiconEntry[]): ReadonlySet<string> {
  const all = entries.map(({ words }) => words.join("\n")).join("\n");
  return new Set(all.toLowerCase().split("\n"));
}

/** The letters of each language, and those that no other language of the catalog has. */
function scriptsOf(entries: readonly LexiconEntry[]): Evidence["scripts"] {
  return entries.map(({ language, words }) => {
    const own = words.filter((name) => !entries.some((other) => other.language !== language && other.words.includes(name)));
    return { language, letters: lettersOf(words), own: own.length === 0 || own.length === words.length ? null : lettersOf(own) };
  });
}

function lettersOf(scripts: readonly string[]): RegExp {
  return new RegExp(scripts.map((name) => `\\p{Script=${name}}`).join("|"), "gu");
}
