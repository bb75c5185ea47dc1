import type { Span } from "../model/span.ts";
import type { CueIndex } from "./cues.ts";

/** Marks that part two statements: a semicolon, a dash between blanks, a colon before a blank. */
const MARK = /[;；]|\s[–—]\s|—|:\s/g;

/**
 * The statements a sentence is made of: cut at semicolons and dashes, at words that join ("while"), and at "and" where a verb stands on
 * both sides. A relative clause stays with what it belongs to.
 *
 * Shape: spans into `text`, in order, covering the sentence.
 */
export function clausesOf(text: string, sentence: Span, cues: CueIndex): readonly Span[] {
  const inside = cues.within(sentence);
  const verbs = inside.filter((cue) => cue.kind === "verb").map((cue) => cue.span.start);
  const cuts = new Set<number>([sentence.start]);
  for (const match of text.slice(sentence.start, sentence.end).matchAll(MARK)) cuts.add(sentence.start + match.index + match[0].length);
  for (const [index, cue] of inside.entries()) {
    if (cue.kind !== "joint" && cue.kind !== "and") continue;
    if (cue.kind === "joint" || partsStatements(inside.slice(index + 1), verbs, cue.span.start, sentence.end)) cuts.add(cue.span.start);
  }
  const starts = [...cuts].sort((left, right) => left - right);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? sentence.end })).filter((span) => span.end > span.start);
}

/** Whether a verb stands before a word that joins, and another one behind it before the next such word. */
function partsStatements(
  after: readonly { readonly kind: string; readonly span: Span }[],
  verbs: readonly number[],
  at: number,
  end: number,
): boolean {
  const next = after.find((cue) => cue.kind === "joint" || cue.kind === "and")?.span.start ?? end;
  return verbs.some((verb) => verb < at) && verbs.some((verb) => verb > at && verb < next);
}
