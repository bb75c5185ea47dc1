import type { Cause, Finding, FindingId, Outcome, Step } from "../model/finding.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { Figure, NonEmpty } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { runsByMention } from "./quantities-by-id.ts";

/** What a check of one written statement found. */
export interface StatementResult {
  readonly stated: Figure;
  readonly recomputed: Figure;
  readonly agrees: boolean;
  /** Whether the face values are the same, which is what it is where nothing is said; an estimate is not exact, however near. */
  readonly exact?: boolean;
  /** The working up to the recomputed figure; the comparison is added. */
  readonly steps: readonly Step[];
  readonly premises: readonly MentionId[];
  readonly cause?: Cause;
  /** Whether nothing would have been told if it did not agree, so that agreement says nothing. */
  readonly untested?: boolean;
  /** A statement that rests on where two figures stand, not on what one line shows, is never more than a warning. */
  readonly atMostWarning?: boolean;
  /** A statement that rests on a model of what is usual is never more than a note. */
  readonly atMostNote?: boolean;
}

/** Floating-point noise between two face values that are the same. */
const SAME = 1e-6;

/** The finding on a statement that the prose makes by itself; no equation of the catalog is needed. */
export function statementFinding(mention: Mention, runs: readonly Run[], rule: string, result: StatementResult): Finding {
  const run = runsByMention(runs).get(mention.id) ?? null;
  const { stated, recomputed } = result;
  const ratio = stated.value / recomputed.value;
  const outcomes: NonEmpty<Outcome> = [{ assumes: [], weight: 1, admissible: true, recomputed, agrees: result.agrees }];
  const isSure = mention.confidence >= 0.9 && mention.role !== "hypothetical" && result.atMostWarning !== true;
  const about = {
    id: "" as FindingId,
    rule,
    claim: mention.id,
    premises: result.premises,
    subject: run?.subject ?? null,
    run: run?.id ?? null,
    stated,
    steps: [...result.steps, { kind: "compare" as const, stated, recomputed, ratio, claim: mention.id }],
    speaker: mention.speaker,
    correctedBy: null,
    confidence: 1,
    remarks: [],
    recomputed,
    ratio,
    cause: result.cause ?? null,
    outcomes,
    power: result.untested === true ? Infinity : 1.01,
  };
  const isExact = result.exact ?? Math.abs(ratio - 1) < SAME;
  if (result.agrees && result.untested === true) return { ...about, severity: "note", verdict: "untested", cause: null };
  if (result.agrees) return { ...about, severity: "note", verdict: "consistent", strength: isExact ? "exact" : "strict" };
  return { ...about, severity: result.atMostNote === true ? "note" : isSure ? "error" : "warning", verdict: "inconsistent" };
}
