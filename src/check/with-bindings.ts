import type { Bound, BoundOdds } from "../model/bound.ts";
import type { Catalog } from "../model/catalog.ts";
import { type Finding, isPassed, LEAST_CONFIDENCE, type Severity } from "../model/finding.ts";

/** A binding this sure outdoes a disagreement that an equation tells of a run. */
const SURE_AGREEMENT = 0.5;

/** How likely it must be that figures belong together and disagree for it to be told that gravely: measured on texts with known verdicts. */
const LEAST_DIFFERENCE: Readonly<Record<Severity, number>> = { error: 0.7, warning: 0.25, note: 0 };

/** Two tellings side by side are one quantity by their words, and a part and its whole can be held against each other in many ways. */
const SURE_OF_A_RATIO = 0.9;
const OF_TWO = "ratio/of-two";

/** Figures in line are seen better by the table than by the binder. */
const LEAST_OF_A_TABLE = 0.2;

/** What only a dated fact contradicts by more than this, and by no known slip, is of something else. */
const MOST_BESIDE_FACTS = 5;

/** Two tellings of one quantity, if they are of one. */
const CONVERSIONS: ReadonlySet<string> = new Set([
  "time/conversion",
  "energy/conversion",
  "carbon/conversion",
  "sum/in-prose",
  "ratio/of-two",
]);

/**
 * The findings of equations over runs, with those of bindings where they say nothing.
 *
 * A claim that both judge is told once: what agrees by either agrees, unless a binding is too unsure to outdo a disagreement.
 */
export function withBindings({ equations }: Catalog, told: readonly Finding[], { findings, odds }: Bound): readonly Finding[] {
  const ids = new Set(equations.map(({ id }) => id));
  const bound = new Map(findings.map((finding) => [finding.claim, finding]));
  const kept = told.flatMap((finding) => {
    const other = bound.get(finding.claim);
    const known = odds.get(finding.claim);
    if (isOpen(finding))
      return other === undefined || (finding.verdict === "untested" && !isSure(other, known, finding.rule)) ? [finding] : [];
    if (finding.verdict === "consistent") return [finding];
    if (!(ids.has(finding.rule) || CONVERSIONS.has(finding.rule))) return [isTotal(finding) ? inTable(finding, known) : finding];
    const agreement = other?.verdict === "consistent" && isSure(other, known, finding.rule) && !leavesOut(other, finding);
    if (agreement) return [];
    // What uses more of the figures, and explains the disagreement, outdoes what leaves them out.
    if (other !== undefined && isExplained(other) && finding.verdict === "inconsistent" && leavesOut(finding, other)) return [];
    return [asGraveAs(asSureAs(finding, known), other)];
  });
  const judged = new Set(kept.filter(({ verdict }) => verdict !== "unverifiable").map(({ claim }) => claim));
  // That a share fits says nothing of how its figures were come by.
  const involved = new Set(
    kept.filter(({ verdict, rule }) => verdict !== "unverifiable" && !(verdict === "consistent" && rule === OF_TWO)).map(setOf),
  );
  return [...kept, ...findings.filter((finding) => !judged.has(finding.claim) && !involved.has(setOf(finding)))];
}

/** What the binder is surer of than the run that the figures came together in: the same figures, whose disagreement a known slip explains. */
function asGraveAs(finding: Finding, bound: Finding | undefined): Finding {
  if (finding.verdict !== "inconsistent" || bound?.verdict !== "inconsistent" || finding.cause === null || bound.cause === null)
    return finding;
  if (setOf(finding) !== setOf(bound) || RANKS.indexOf(bound.severity) >= RANKS.indexOf(finding.severity)) return finding;
  return { ...finding, severity: bound.severity, confidence: Math.max(finding.confidence, bound.confidence) };
}

/** A disagreement of the same figures that nothing explains is no graver than the binding of them has it. */
export function asSureAsBound(finding: Finding, { findings }: Bound): Finding {
  if (finding.verdict !== "inconsistent" || finding.cause !== null || finding.severity !== "error") return finding;
  const other = findings.find((one) => one.verdict === "inconsistent" && setOf(one) === setOf(finding));
  if (other === undefined || other.severity === "error") return finding;
  return { ...finding, severity: other.severity, confidence: Math.min(finding.confidence, other.confidence) };
}

function isExplained(bound: Finding): boolean {
  return bound.verdict === "inconsistent" && bound.cause !== null && bound.severity !== "note";
}

function isSure({ confidence }: Finding, known: BoundOdds | undefined, rule: string): boolean {
  return confidence >= (rule === OF_TWO ? SURE_OF_A_RATIO : SURE_AGREEMENT) && known?.isNear === true;
}

/** An agreement that is had by leaving out some of the figures does not outdo a disagreement that uses them all. */
function leavesOut(agreeing: Finding, differing: Finding): boolean {
  return agreeing.premises.length < differing.premises.length && agreeing.premises.every((premise) => differing.premises.includes(premise));
}

/** What an equation tells, no more gravely than the binder is sure of it. */
function asSureAs(finding: Finding, known: BoundOdds | undefined): Finding {
  if (restsOnFacts(finding)) {
    const isFar =
      finding.verdict === "inconsistent" && finding.cause === null && Math.abs(Math.log(finding.ratio)) > Math.log(MOST_BESIDE_FACTS);
    return isFar || (known !== undefined && known.agrees > 0.5) ? atMost(finding, "note") : finding;
  }
  if (known === undefined) return finding;
  if (known.agrees > (finding.rule === OF_TWO ? SURE_OF_A_RATIO : known.differs)) return atMost(finding, "note");
  return CONVERSIONS.has(finding.rule) ? finding : atMost(finding, gravest(finding, known));
}

/** What a known slip explains to the digit needs less. */
const LEAST_OF_A_SLIP = 0.4;

function gravest(finding: Finding, { differs }: BoundOdds): Severity {
  const isNamed = finding.verdict === "inconsistent" && finding.cause?.certainty === "named" && finding.cause.diagnosis !== "decimal-point";
  if (isNamed && differs >= LEAST_OF_A_SLIP) return "error";
  if (finding.severity === "error" && differs < LEAST_DIFFERENCE.error) return differs >= LEAST_IN_DOUBT ? "warning" : "note";
  return RANKS.find((severity) => differs >= LEAST_DIFFERENCE[severity]) ?? "note";
}

/** What would be an error, were the figures surer to belong together, is a warning from here on. */
const LEAST_IN_DOUBT = 0.5;

function isTotal({ rule }: Finding): boolean {
  return rule === "table/total";
}

function inTable(finding: Finding, known: BoundOdds | undefined): Finding {
  // A line that closes the sums of several columns at once is no chance.
  if (finding.verdict === "inconsistent" && finding.cause?.certainty === "named") return finding;
  return known !== undefined && known.differs < LEAST_OF_A_TABLE ? atMost(finding, "note") : finding;
}

const RANKS: readonly Severity[] = ["error", "warning", "note"];

function atMost(finding: Finding, severity: Severity): Finding {
  if (RANKS.indexOf(finding.severity) >= RANKS.indexOf(severity)) return finding;
  return { ...finding, severity, confidence: Math.min(finding.confidence, LEAST_CONFIDENCE[severity]) };
}

/** What was looked up is in no binding. */
function restsOnFacts({ steps }: Finding): boolean {
  return steps.some((step) => step.kind === "look-up" && step.fact.nature !== "definition");
}

function isOpen(finding: Finding): boolean {
  return finding.verdict === "unverifiable" || (isPassed(finding) && finding.verdict !== "consistent");
}

function setOf({ claim, premises }: Finding): string {
  return [claim, ...premises].sort().join();
}
