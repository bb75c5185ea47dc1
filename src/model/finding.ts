import type { MentionId } from "./mention.ts";
import type { Fact, Figure, NonEmpty } from "./quantity.ts";
import type { RunId } from "./run.ts";

/** "f1": made only by the checker. */
export type FindingId = string & { readonly brand: "FindingId" };

export const VERDICTS = ["consistent", "untested", "depends", "inconsistent", "impossible", "malformed", "unverifiable"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** From the gravest. */
export const SEVERITIES = ["error", "warning", "note"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure one must be of what is flagged, 0 to 1, by severity; what is less sure than a note goes to the review queue only. */
export const LEAST_CONFIDENCE: Readonly<Record<Severity, number>> = { error: 0.95, warning: 0.9, note: 0.5 };

/** How strong a passed test was: each could have caught a factor of 2; a bound only limits one side. */
export type Strength = "exact" | "strict" | "loose" | "bound";

/** A verdict on one claim: data only, the wording is the reporter's. */
export type Finding =
  | (About & Compared & { readonly verdict: "consistent"; readonly strength: Strength })
  /** Plausible, and no more: what there is to compare with is so wide that a factor of 2 would not have been caught. */
  | (About & Compared & { readonly verdict: "untested" })
  | (About & Compared & { readonly verdict: "depends" })
  | (About & Compared & { readonly verdict: "inconsistent" })
  | (About & { readonly verdict: "impossible"; readonly bound: Bound; readonly outcomes: readonly Outcome[] })
  | (About & { readonly verdict: "malformed"; readonly repair: Figure; readonly reason: string; readonly confirmed: boolean })
  | (About & { readonly verdict: "unverifiable"; readonly missing: NonEmpty<Missing> });

/** Whether nothing speaks against a claim: it agrees, or what is usual lets it pass. */
export function isPassed({ verdict }: Pick<Finding, "verdict">): boolean {
  return verdict === "consistent" || verdict === "untested";
}

/** What every finding has. */
export interface About {
  readonly id: FindingId;
  /** Equation id ("money/run-cost"), or the id of a check that is not an equation ("expression/value", "expression/units"). */
  readonly rule: string;
  readonly severity: Severity;
  /** 0 to 1: that the figures are what they were taken for, and of one run. */
  readonly confidence: number;
  /** The mention that is judged. */
  readonly claim: MentionId;
  /** The other mentions in its support, in reading order. */
  readonly premises: readonly MentionId[];
  readonly subject: string | null;
  readonly run: RunId | null;
  readonly stated: Figure;
  /** The whole working. A reporter prints no number that is not in a step. */
  readonly steps: readonly Step[];
  /** Who says so, if the document only reports it. */
  readonly speaker: string | null;
  /** The document itself states the recomputed value elsewhere: the mention that does. */
  readonly correctedBy: MentionId | null;
  /** Remarks of the checker, each a closed kind with its data. */
  readonly remarks: readonly Remark[];
}

/** What a comparison adds. */
export interface Compared {
  /** Under the likeliest admissible reading. */
  readonly recomputed: Figure;
  /** stated / recomputed, at face value. */
  readonly ratio: number;
  readonly cause: Cause | null;
  /** One for every combination of readings that was tried, likeliest first; a single one where nothing is ambiguous. */
  readonly outcomes: NonEmpty<Outcome>;
  /** A recomputation could have caught an error of this factor or more. */
  readonly power: number;
}

/** What one combination of readings gives. */
export interface Outcome {
  /** "512 counts chips"; empty if nothing was ambiguous. */
  readonly assumes: readonly string[];
  readonly weight: number;
  /** False for a reading that contradicts the printed noun or weighs less than 0.10. */
  readonly admissible: boolean;
  readonly recomputed: Figure;
  readonly agrees: boolean;
}

/** Why a disagreement looks as it does. */
export interface Cause {
  /** Id in `rules/diagnoses/`. */
  readonly diagnosis: string;
  /** How many times too large (or small, below 1) the stated figure is by this cause. */
  readonly factor: number;
  readonly certainty: "named" | "possible";
  /** From the rule, with its gaps filled: "a price per 4-chip device was charged per chip". */
  readonly words: string;
  /** The value the claim would have without the slip, if it is more than stated / factor. */
  readonly fits: Figure | null;
}

export interface Missing {
  /** Slot name: "accelerators". */
  readonly slot: string;
  /** The unit in which a value for the slot is taken. */
  readonly unit: string;
  /** `solved` in that unit, at face value. */
  readonly needed: number | null;
  /** The value that would make the claim true; only where a single premise is missing. */
  readonly solved: Figure | null;
  /** A round or usual value inside or near the solved interval ("256 cores, a v3-256 slice, gives $25,805"). */
  readonly fits: { readonly figure: Figure; readonly gives: Figure; readonly name: string } | null;
}

export interface Bound {
  readonly name: string;
  readonly limit: Figure;
  readonly source: string;
}

/** One line of the working. */
export type Step =
  | {
      readonly kind: "read";
      readonly mention: MentionId;
      readonly slot: string;
      readonly figure: Figure;
      readonly assumes: readonly string[];
    }
  | { readonly kind: "look-up"; readonly fact: Fact }
  | {
      readonly kind: "compute";
      readonly rule: string;
      /** Left to right: the first operator is "*". */
      readonly terms: NonEmpty<{ readonly operator: "*" | "/" | "+" | "-"; readonly figure: Figure }>;
      readonly result: Figure;
      readonly from: readonly MentionId[];
      readonly facts: readonly Fact[];
    }
  | { readonly kind: "compare"; readonly stated: Figure; readonly recomputed: Figure; readonly ratio: number; readonly claim: MentionId };

export type Remark =
  /** The face values differ by more than 15% though the bands admit it: what the roughest premise would have to be. */
  | { readonly kind: "loose-fit"; readonly premise: MentionId; readonly fits: Figure }
  /** The price or the intensity that the claim implies, beside what is listed or usual. */
  | { readonly kind: "implied-fact"; readonly implied: Figure; readonly listed: Fact }
  /** What a person made of it, added to a report that is asked for with reviews; `words` is a sentence. */
  | { readonly kind: "reviewed"; readonly words: string };

/** How much of a document could be checked. */
export interface Coverage {
  /** Claims seen: mentions that some equation speaks of and that are the document's own or attributed with premises. */
  readonly claims: number;
  /** Judged by a test that would have caught a factor of 2. */
  readonly checked: number;
  /** Plausible by what is usual, and no more. */
  readonly untested: number;
  readonly unverifiable: number;
}

/** What was read with doubt: for the review queue, not for the report. */
export interface Withheld {
  readonly finding: Finding;
  readonly because: "low-confidence" | "unclear-run";
}

/** What the checker made of a document. */
export interface Checked {
  readonly findings: readonly Finding[];
  readonly withheld: readonly Withheld[];
  readonly coverage: Coverage;
  /** Claims whose findings somebody accepted before, and which are told no more; absent where nothing was asked to be let pass. */
  readonly accepted?: readonly MentionId[];
}

/** The check under which a working is told that no equation names. */
export const UNNAMED = "binding/worked-out";

/** The claim and its premises, whichever of them is the claim: what tells two findings on the same figures. */
export function figuresOf({ claim, premises }: Pick<Finding, "claim" | "premises">): string {
  return [claim, ...premises].sort().join();
}

/** A finding no graver than a severity, and no surer than that asks for. */
export function atMost(finding: Finding, severity: Severity): Finding {
  if (SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(severity)) return finding;
  return { ...finding, severity, confidence: Math.min(finding.confidence, LEAST_CONFIDENCE[severity]) };
}
