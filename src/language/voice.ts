import type { CueKind } from "../model/catalog.ts";
import type { Stage } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { Cue, CueIndex } from "./cues.ts";

/** What a stretch of text speaks of, where its words say so. */
export type Domain = "training" | "serving" | "data" | "people" | "storage" | "purchase" | "api" | "evaluation";

export const DOMAINS: ReadonlyMap<CueKind, Domain> = new Map<CueKind, Domain>([
  ["about-training", "training"],
  ["about-serving", "serving"],
  ["about-data", "data"],
  ["about-people", "people"],
  ["about-storage", "storage"],
  ["about-purchase", "purchase"],
  ["about-api", "api"],
  ["about-evaluation", "evaluation"],
]);

/** Everything that a clause or sentence may be about; empty where no word tells. */
export function domainsIn(cues: CueIndex, span: Span): ReadonlySet<Domain> {
  return new Set([...cues.kindsIn(span)].flatMap((kind) => DOMAINS.get(kind) ?? []));
}

const STAGES: ReadonlyMap<CueKind, Stage> = new Map<CueKind, Stage>([
  ["stage-pretrain", "pretrain"],
  ["stage-finetune", "finetune"],
  ["stage-rl", "rl"],
  ["stage-distill", "distill"],
  ["stage-search", "search"],
  ["stage-inference", "inference"],
  ["stage-profile", "profile"],
  ["stage-data", "data"],
  ["stage-all", "all"],
]);

/** Every stage of training that a stretch of text names. */
export function stagesIn(cues: CueIndex, span: Span): ReadonlySet<Stage> {
  return new Set([...cues.kindsIn(span)].flatMap((kind) => STAGES.get(kind) ?? []));
}

/** The stage of the first of some stretches, from the narrowest, that names one; of several, the only one named before a place. */
export function stageOf(cues: CueIndex, spans: readonly Span[], at = Number.POSITIVE_INFINITY): Stage | null {
  for (const span of spans) {
    const stages = stagesIn(cues, span);
    if (stages.size === 0) continue;
    const told = stages.size === 1 ? stages : stagesIn(cues, { start: span.start, end: Math.max(span.start, at) });
    return told.size === 1 ? ([...told][0] ?? null) : null;
  }
  return null;
}

/** How far behind a "not" a clause goes on being denied, in code units. */
const LONGEST_DENIAL = 80;

/**
 * What a clause denies: from the "not" to the end of its part.
 *
 * Shape: spans into the text; empty where nothing is denied.
 */
export function deniedIn(text: string, clause: Span, cues: CueIndex): readonly Span[] {
  const inside = cues.within(clause);
  const harmless = new Set(inside.flatMap(({ kind, span }) => (kind === "not-denied" ? [span.start] : [])));
  return inside
    .filter((cue) => cue.kind === "denied" && !harmless.has(cue.span.start))
    .map(({ span }) => {
      const end = Math.min(clause.end, span.end + LONGEST_DENIAL);
      const stop = text.slice(span.end, end).search(/[,;:.!?](?:\s|$)|[，。；]/u);
      return { start: span.start, end: stop < 0 ? end : span.end + stop };
    });
}

/** The name before "says" or behind "according to". Shape: one or two words with capitals. */
const NAME = /\p{Lu}[\p{L}\p{N}-]+(?: \p{Lu}[\p{L}\p{N}-]+)?/gu;

/** Who speaks in a sentence, where a name stands right before a word of saying: "Turner wrote"; not "The announced cost". */
export function speakerIn(text: string, sentence: Span, cues: CueIndex, isOrdinary: (word: string) => boolean): string | null {
  const saying = cues.first("saying", sentence);
  if (saying === null || isOwnSaying(cues, sentence, saying)) return null;
  const before = text.slice(sentence.start, saying.span.start);
  const last = [...before.matchAll(NAME)].at(-1);
  const isRight = last !== undefined && before.slice(last.index + last[0].length).trim() === "";
  return isRight && !isOrdinary(last[0].toLowerCase()) ? last[0] : null;
}

function isOwnSaying(cues: CueIndex, sentence: Span, saying: Cue): boolean {
  const own = cues.first("own", sentence);
  return own !== null && own.span.start < saying.span.start;
}
