/** How a name stands in its sentence: as what the clause is about, as what something is compared with, as a word that describes another. */
import { largest } from "../model/many.ts";
import type { Span } from "../model/span.ts";
import type { Occurrence } from "./entity.ts";
import type { ModelScene } from "./model-scene.ts";

/** How far before a name the words that say so may stand, in letters and in words. */
const REACH = 60;
const NEAREST = 24;
const COMPARED_WITHIN = 4;
const MARKS = [",", ";", ":", "(", ")"];

/** The features of a name in a clause, for the figure at `figure`. */
export function standingOf(scene: ModelScene, name: Occurrence, clause: Span, figure: Span, isFirst: boolean): readonly string[] {
  const isBehind = figure.start > name.span.end;
  const kept = KEPT.get(name);
  const known = kept !== undefined && kept.scene === scene && kept.clause === clause ? kept : { scene, clause, ahead: null, behind: null };
  if (known !== kept) KEPT.set(name, known);
  const found = (isBehind ? known.behind : known.ahead) ?? standingFor(scene, name.span, clause, isBehind, isFirst);
  if (isBehind) known.behind = found;
  else known.ahead = found;
  return found;
}

interface Standing {
  readonly scene: ModelScene;
  readonly clause: Span;
  /** For figures that stand before the name, and for those behind it. */
  ahead: readonly string[] | null;
  behind: readonly string[] | null;
}

/** All figures of a clause ask for the same names. */
const KEPT = new WeakMap<Occurrence, Standing>();

function standingFor(
  { document, names, cues }: ModelScene,
  name: Span,
  clause: Span,
  isBehind: boolean,
  isFirst: boolean,
): readonly string[] {
  const is = (word: string | undefined, kind: string): boolean => word !== undefined && names.words.is(word, kind);
  const start = Math.max(clause.start, 0);
  const printed = document.text.slice(Math.max(start <= name.start ? start : 0, name.start - REACH), name.start);
  // "lab/Wren-7B": who published a model is part of its address.
  const before = printed.endsWith("/") ? printed.slice(0, printed.lastIndexOf(" ") + 1) : printed;
  const after = document.text.slice(name.end, name.end + NEAREST);
  const phrase = before.slice(largest(MARKS.map((mark) => before.lastIndexOf(mark))) + 1);
  const words = wordsOf(phrase);
  const near = is(words.at(-1), "article") || is(words.at(-1), "owner") ? words.at(-2) : words.at(-1);
  const features: string[] = [];
  const isFollowed = isBehind && isRelative(after, is);
  for (const kind of isFollowed ? [] : ["than", "with", "at", "of", "train", "release"])
    if (is(near, kind) && !(kind === "of" && isFirst)) features.push(`stands:${kind}`);
  const next = /^ (\p{L}+)/u.exec(after)?.[1];
  const isSubject = is(next, "consume") || is(next, "be");
  if (isSubject) features.push("stands:subject");
  if (isFollowed) features.push("stands:relative");
  else if (is(near, "of") && words.slice(-COMPARED_WITHIN).some((word) => is(word, "derived"))) features.push("stands:derived");
  else if (!isSubject && (isCompared(words.slice(-COMPARED_WITHIN), is) || isLevel(phrase, is))) features.push("stands:compared");
  if (!isFollowed && is(/^[- ](\p{L}+)/u.exec(after)?.[1], "attribute")) features.push("stands:attribute");
  if (name.start - clause.start < 5) features.push("stands:opens");
  if (before.lastIndexOf("(") > before.lastIndexOf(")")) features.push("stands:in-brackets");
  if (cues.has("own", clause) && features.includes("stands:train")) features.push("stands:made");
  if (["compared", "attribute", "derived", "than"].some((way) => features.includes(`stands:${way}`))) features.push(BESIDE_THE_POINT);
  return features;
}

/** Holds of a name that its sentence is not about. */
export const BESIDE_THE_POINT = "beside-the-point";

/** A word of comparing with no word of training behind it. */
function isCompared(words: readonly string[], is: (word: string | undefined, kind: string) => boolean): boolean {
  const at = words.findLastIndex((word) => is(word, "compare"));
  return at >= 0 && !words.slice(at + 1).some((word) => is(word, "train"));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** "99% of the performance level of Wren" measures something else by it; "80% of the training of Wren" is its own. */
function isLevel(phrase: string, is: (word: string | undefined, kind: string) => boolean): boolean {
  const sign = phrase.lastIndexOf("%");
  const [first, ...words] = sign < 0 ? [] : wordsOf(phrase.slice(sign + 1));
  return is(first, "of") && is(words.at(-1), "of") && words.some((word) => is(word, "attribute"));
}

/** "GPT-2, which was trained for": what comes next is said of the name. */
function isRelative(after: string, is: (word: string | undefined, kind: string) => boolean): boolean {
  return is(/^,? (\p{L}+)/u.exec(after)?.[1]?.toLowerCase(), "relative");
}
