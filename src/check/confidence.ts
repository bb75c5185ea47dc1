import { type Finding, isPassed, LEAST_CONFIDENCE, SEVERITIES, type Severity } from "../model/finding.ts";
import { smallest } from "../model/many.ts";
import type { MentionId } from "../model/mention.ts";
import type { Linked, Run } from "../model/run.ts";

/** How surely figures that came together in this way are of one run. */
const TIES: Readonly<Record<Run["tie"], number>> = { row: 1, sentence: 1, paragraph: 0.95, section: 0.9, document: 0.8 };

/** How sure one is of the findings of a document, each with what it rests on: 0 to 1. */
export function confidenceIn(linked: Linked): (finding: Finding) => number {
  const mentions = new Map<MentionId, number>(linked.quantities.map(({ mention }) => [mention.id, mention.confidence]));
  const ties = new Map(linked.runs.map(({ id, tie }) => [id, TIES[tie]]));
  return (finding) => {
    const figures = [finding.claim, ...finding.premises].map((id) => mentions.get(id) ?? 1);
    const tie = finding.run === null || finding.premises.length === 0 ? 1 : (ties.get(finding.run) ?? 1);
    return confidenceOf(finding, smallest(figures, Math.min(1, tie)));
  };
}

/**
 * How sure one is of a finding, of which `evidence` is the weakest part.
 *
 * What is flagged stands between the thresholds of its severity, so that the one can be read from the other.
 */
export function confidenceOf(finding: Finding, evidence: number): number {
  if (isPassed(finding) || finding.verdict === "unverifiable") return rounded(evidence);
  const graver = SEVERITIES[SEVERITIES.indexOf(finding.severity) - 1];
  const most = graver === undefined ? 1 : LEAST_CONFIDENCE[graver] - STEP;
  return rounded(Math.max(LEAST_CONFIDENCE[finding.severity], Math.min(evidence, most)));
}

/** How much likelier what agrees was right than its weakest part had it, on texts with known verdicts: that figures meet speaks for how they were read. */
const ODDS_OF_AGREEMENT = 2.4;

/** How sure one is of figures that meet, of which `evidence` is the weakest part. */
export function sureOfAgreement(evidence: number): number {
  const odds = ODDS_OF_AGREEMENT * evidence;
  return rounded(odds / (odds + 1 - evidence));
}

/** The gravest that so much confidence allows; null for what is withheld. */
export function severityAllowed(confidence: number): Severity | null {
  return SEVERITIES.find((severity) => confidence >= LEAST_CONFIDENCE[severity]) ?? null;
}

/** More digits say nothing. */
const STEP = 0.001;

function rounded(confidence: number): number {
  return Number(confidence.toFixed(3));
}
