/** What the words around a figure say of it that its kind does not: energy with PUE, electricity that was paid, parameters that are activated. */

import { type CueIndex, findCues } from "../language/cues.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import { type MentionKind, SUPERSEDED } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { Draft } from "./draft.ts";

type Side = "before" | "own" | "behind" | "header";

interface Qualifier {
  readonly cue: CueKind;
  readonly kinds: readonly MentionKind[];
  readonly sides: readonly Side[];
  /** Behind the figure it counts only as the next word. */
  readonly isRightBehind?: true;
  /** Before the figure it counts only as the last word, and behind a mark where it could be a verb: "(was 22)". */
  readonly isRightBefore?: "always" | "behind a mark";
  /** What it is told as, where that is not its own name. */
  readonly tells?: string;
}

const ALL: readonly Side[] = ["before", "own", "behind", "header"];

/** What is told once more when it has changed. */
const SUPERSEDED_KINDS: readonly MentionKind[] = [
  "accelerators",
  "nodes",
  "wall-time",
  "accelerator-hours",
  "step-time",
  "steps",
  "epochs",
  "batch",
  "tokens",
  "samples",
  "throughput",
  "power",
  "energy",
  "carbon",
  "cost",
  "price",
];

/** Which words count for which figures, and where they stand. The words are in `rules/cues/`. */
const QUALIFIERS: readonly Qualifier[] = [
  { cue: "is-with-pue", kinds: ["energy", "carbon"], sides: ALL },
  { cue: "is-included", kinds: ["pue"], sides: ["behind"], isRightBehind: true },
  { cue: "is-electricity", kinds: ["cost"], sides: ALL },
  { cue: "is-activated", kinds: ["parameters"], sides: ALL },
  { cue: "is-seen", kinds: ["samples"], sides: ALL },
  { cue: "is-corpus", kinds: ["tokens"], sides: ALL },
  { cue: "is-less", kinds: ["ratio"], sides: ["own", "behind"], isRightBehind: true },
  { cue: "is-whole", kinds: ["power"], sides: ALL },
  { cue: "is-hardware", kinds: ["mfu"], sides: ALL },
  { cue: "is-gross", kinds: ["carbon", "carbon-intensity"], sides: ["header"] },
  { cue: "is-net", kinds: ["carbon", "carbon-intensity"], sides: ["header"] },
  { cue: "is-market-based", kinds: ["carbon", "carbon-intensity"], sides: ["header"] },
  { cue: "is-location-based", kinds: ["carbon", "carbon-intensity"], sides: ["header"] },
  { cue: "is-design", kinds: ["power"], sides: ALL },
  { cue: "is-measured", kinds: ["power"], sides: ALL },
  { cue: "is-peak", kinds: ["flop-rate"], sides: ALL },
  { cue: "is-sparse", kinds: ["flop-rate"], sides: ALL },
  { cue: "is-superseded", kinds: SUPERSEDED_KINDS, sides: ["before"], isRightBefore: "always", tells: SUPERSEDED },
  { cue: "was-once", kinds: SUPERSEDED_KINDS, sides: ["before"], isRightBefore: "behind a mark", tells: SUPERSEDED },
];

/** Where a figure stands: in a text, between other figures, under a header. */
export interface Surroundings {
  readonly text: string;
  readonly span: Span;
  /** Where the figure before it ends, and the one behind it begins. */
  readonly from: number;
  readonly to: number;
  /** The words over a cell and beside it. */
  readonly header: string;
}

/** How far words reach, in letters. */
const REACH = 48;

/** What parts a figure from the words before it, and from those behind it. */
const PARTS_BEFORE = /[,;.)]\s|\sand\s/g;
const PARTS_BEHIND = /[,;.)]/;

/** The qualifiers of a figure of a kind, in the order of the table. */
export function qualifiersAround(catalog: Catalog, kind: MentionKind, around: Surroundings): readonly string[] {
  const rows = QUALIFIERS.filter(({ kinds }) => kinds.includes(kind));
  if (rows.length === 0) return [];
  const { text, span, from, to, header } = around;
  const before = text.slice(Math.max(from, span.start - REACH), span.start);
  const behind = text.slice(span.end, Math.min(to, span.end + REACH));
  const stretches: Readonly<Record<Side, string>> = {
    header,
    before: before.slice(partBefore(catalog, before)),
    own: text.slice(span.start, span.end),
    behind: behind.split(PARTS_BEHIND)[0] ?? "",
  };
  const found: Partial<Record<Side, CueIndex>> = {};
  const told = rows
    .filter(({ cue, sides, isRightBehind, isRightBefore }) =>
      sides.some((side) => {
        const stretch = stretches[side];
        found[side] ??= findCues(catalog, stretch);
        if (isRightBefore !== undefined) return isLastWord(found[side], stretch, cue, isRightBefore === "behind a mark");
        const end = side === "behind" && isRightBehind === true ? 2 : stretch.length;
        return found[side].has(cue, { start: 0, end });
      }),
    )
    .map(({ cue, tells }) => tells ?? cue.slice("is-".length));
  return [...new Set(told)];
}

/** Letters between the last word before a figure and its number: a sign of money, "the". */
const MOST_TO_FIGURE = 6;

function isLastWord(cues: CueIndex, stretch: string, kind: CueKind, isBehindMark: boolean): boolean {
  const cue = cues.within({ start: 0, end: stretch.length }).findLast((found) => found.kind === kind);
  if (cue === undefined || stretch.length - cue.span.end > MOST_TO_FIGURE) return false;
  return !isBehindMark || MARKED.test(stretch.slice(0, cue.span.start));
}

/** Ends in a mark that something is added behind. */
const MARKED = /[(,;]\s*$/;

/** Where the part of a sentence begins that ends in a figure; ", or" tells what stands before it once more. */
function partBefore(catalog: Catalog, before: string): number {
  const starts = Array.from(before.matchAll(PARTS_BEFORE), ({ index }) => index + 1);
  const own = starts.findLast((start) => !alternativesIn(catalog).some((word) => before.startsWith(` ${word} `, start)));
  return own ?? 0;
}

const ALTERNATIVES = new WeakMap<Catalog, readonly string[]>();

/** The words by which what was told is told once more: "or". */
function alternativesIn(catalog: Catalog): readonly string[] {
  let words = ALTERNATIVES.get(catalog);
  if (words === undefined) {
    words = catalog.lexicon.filter(({ role, value }) => role === "results" && value === "or").flatMap((entry) => entry.words);
    ALTERNATIVES.set(catalog, words);
  }
  return words;
}

/** A figure with what the words around say of it. */
export function withQualifiers(catalog: Catalog, draft: Draft, around: Surroundings): Draft {
  const found = qualifiersAround(catalog, draft.kind, around);
  const isAmount = draft.kind === "power" && draft.per === null && isOfAmount(catalog, around);
  return {
    ...draft,
    number: isAmount ? { ...draft.number, repair: { value: draft.number.value, reason: "power-for-energy" } } : draft.number,
    qualifiers: [...new Set([...(draft.qualifiers ?? []), ...found])],
  };
}

/** "Training consumed 37,500 kW in total": a rate where an amount is meant. */
function isOfAmount(catalog: Catalog, { text, span, from, to }: Surroundings): boolean {
  const before = text.slice(Math.max(from, span.start - REACH), span.start);
  const behind = text.slice(span.end, Math.min(to, span.end + REACH));
  return findCues(catalog, before).has("is-amount", { start: 0, end: before.length }) && isWholeBehind(catalog, behind);
}

function isWholeBehind(catalog: Catalog, behind: string): boolean {
  const stretch = behind.split(PARTS_BEHIND)[0] ?? "";
  return findCues(catalog, stretch).has("is-whole", { start: 0, end: stretch.length });
}
