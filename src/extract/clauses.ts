import { createRequire } from "node:module";
import type { Span } from "../model/span.ts";

/** A word of a sentence with what kind of word it is, as compromise tags it. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Punctuation after it. */
  readonly post: string;
  readonly tags: ReadonlySet<string>;
}

type Tagger = (text: string) => { json(options: object): readonly { readonly terms: readonly Term[] }[] };

interface Term {
  readonly text: string;
  readonly post: string;
  readonly tags: readonly string[];
  readonly offset: { readonly start: number; readonly length: number };
}

/** The tagger takes a fifth of a second to load; most excerpts hold no sentence that needs it. */
let tagger: Tagger | null = null;

function tag(sentence: string): readonly Word[] {
  tagger ??= createRequire(import.meta.url)("compromise/two") as Tagger;
  const sentences = tagger(sentence).json({ offset: true, terms: { tags: true, offset: true } });
  return sentences
    .flatMap((part) => part.terms)
    .map(({ text, post, tags, offset }) => {
      return { text: text.toLowerCase(), start: offset.start, end: offset.start + offset.length, post, tags: new Set(tags) };
    });
}

/** Words that join two statements, each with a subject and a verb of its own. */
const COORDINATORS: ReadonlySet<string> = new Set(["but", "while", "whereas", "and", "so", "because", "although", "though", "instead"]);

/** Without one of these a sentence makes one statement. */
const JOINED = /;|\b(?:but|while|whereas|and|so|because|although|though|instead)\b/i;

/**
 * The statements a sentence is made of: cut at semicolons, and at "but", "while", "and" where both sides have a verb of their own.
 *
 * Shape: spans into `sentence`, in order, covering it. Relative clauses stay with what they belong to.
 */
export function clausesOf(sentence: string): readonly Span[] {
  if (!JOINED.test(sentence)) return [{ start: 0, end: sentence.length }];
  const words = tag(sentence);
  const cuts: number[] = [0];
  for (const [index, word] of words.entries()) {
    const isCut = /[;]/.test(words[index - 1]?.post ?? "") || (COORDINATORS.has(word.text) && hasStatement(words, index));
    if (isCut && word.start > (cuts.at(-1) ?? 0)) cuts.push(word.start);
  }
  return cuts.map((start, index) => ({ start, end: cuts[index + 1] ?? sentence.length }));
}

/** Whether a finite verb stands on both sides of a joining word, the second before the next one. */
function hasStatement(words: readonly Word[], at: number): boolean {
  const after = words.slice(at + 1);
  const end = after.findIndex((word) => COORDINATORS.has(word.text));
  const next = end < 0 ? after : after.slice(0, end);
  const hasSubject = next.slice(0, 6).some((word) => word.tags.has("Noun") || word.tags.has("Pronoun"));
  return words.slice(0, at).some(isFiniteVerb) && hasSubject && next.some(isFiniteVerb);
}

function isFiniteVerb(word: Word): boolean {
  return word.tags.has("Verb") && !word.tags.has("Gerund") && !word.tags.has("Infinitive");
}

/** Matches "did not", "doesn't", "never", "without 64 GPUs"; not "not only", "not more than" or "no longer than". */
const NEGATION = /\b(?:not(?! (?:only|more|less|just|exceed|includ|count|yet clear))|n't|never|cannot|without(?= \d))\b|n't\b/i;

/**
 * What a sentence denies: from the "not" to the end of its statement.
 *
 * Shape: spans into `sentence`; empty where nothing is denied.
 */
export function deniedIn(sentence: string): readonly Span[] {
  if (!NEGATION.test(sentence)) return [];
  const words = tag(sentence);
  return words.flatMap((word, index): readonly Span[] => {
    const isNegative = word.tags.has("Negative") || /n't$|^(?:without|never|cannot)$/.test(word.text);
    if (!isNegative || !NEGATION.test(sentence.slice(word.start, word.end + 12))) return [];
    return [{ start: word.start, end: endOfDenial(words, index, sentence.length) }];
  });
}

function endOfDenial(words: readonly Word[], from: number, length: number): number {
  let hasVerb = false;
  for (const word of words.slice(from + 1)) {
    if (hasVerb && (COORDINATORS.has(word.text) || isFiniteVerb(word) || word.tags.has("Pronoun"))) return word.start;
    if (word.tags.has("Verb") && !word.tags.has("Auxiliary")) hasVerb = true;
    if (/[,;:.!?]/.test(word.post)) return word.end;
  }
  return length;
}
