import type { Span } from "../model/span.ts";
import type { CueIndex } from "./cues.ts";

/** Marks that part two statements: a semicolon, a dash between blanks. */
const MARK = /[;；]|\s[–—]\s|—/g;

/**
 * The statements a sentence is made of: cut at semicolons and dashes, at words that join ("while"), and at "and" where a verb stands on
 * both sides. A relative clause stays with what it belongs to.
 *
 * Shape: spans into `text`, in order, covering the sentence.
 */
export function clausesOf(text: string, sentence: Span, cues: CueIndex): readonly Span[] {
  const kept = KEPT.get(cues) ?? new Map<string, readonly Span[]>();
  KEPT.set(cues, kept);
  const key = `${sentence.start}-${sentence.end}`;
  const found = kept.get(key) ?? cut(text, sentence, cues);
  kept.set(key, found);
  return found;
}

/** Clauses of the sentences of a text, which are asked for every figure in them. */
const KEPT = new WeakMap<CueIndex, Map<string, readonly Span[]>>();

function cut(text: string, sentence: Span, cues: CueIndex): readonly Span[] {
  const inside = cues.within(sentence);
  const verbs = inside.filter((cue) => cue.kind === "verb").map((cue) => cue.span.start);
  const cuts = new Set<number>([sentence.start]);
  for (const match of text.slice(sentence.start, sentence.end).matchAll(MARK)) cuts.add(sentence.start + match.index + match[0].length);
  const joints = inside.filter(({ kind }) => kind === "joint" || kind === "and");
  let passed = 0;
  for (const [index, { kind, span }] of joints.entries()) {
    while ((verbs[passed] ?? Infinity) <= span.start) passed += 1;
    const next = joints[index + 1]?.span.start ?? sentence.end;
    // A verb stands before the word that joins, and another one behind it before the next such word.
    if (kind === "joint" || ((verbs[0] ?? Infinity) < span.start && (verbs[passed] ?? Infinity) < next)) cuts.add(span.start);
  }
  const starts = [...cuts].sort((left, right) => left - right);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? sentence.end })).filter((span) => span.end > span.start);
}
