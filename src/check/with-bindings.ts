import type { Bound, BoundOdds } from "../model/bound.ts";
import type { Catalog } from "../model/catalog.ts";
import { type Finding, isPassed } from "../model/finding.ts";

/** A binding this sure outdoes a disagreement that an equation tells of a run. */
const SURE_AGREEMENT = 0.9;

/** Where figures belong together less likely than this, that they disagree is a note. */
const LEAST_DIFFERENCE = 0.03;

/** So many times likelier that it agrees with something than that it disagrees. */
const MOST_AGREEING = 3;

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
    if (isOpen(finding)) return other === undefined || (finding.verdict === "untested" && !isSure(other, known)) ? [finding] : [];
    if (finding.verdict === "consistent" || !(ids.has(finding.rule) || CONVERSIONS.has(finding.rule)) || restsOnFacts(finding))
      return [finding];
    if (other?.verdict === "consistent" && isSure(other, known) && !leavesOut(other, finding)) return [];
    const isDoubted =
      known?.isOwn === true && other === undefined && (known.differs < LEAST_DIFFERENCE || known.agrees > MOST_AGREEING * known.differs);
    return [
      isDoubted && finding.severity !== "note"
        ? { ...finding, severity: "note" as const, confidence: Math.min(finding.confidence, 0.6) }
        : finding,
    ];
  });
  const judged = new Set(kept.filter(({ verdict }) => verdict !== "unverifiable").map(({ claim }) => claim));
  const involved = new Set(kept.filter(({ verdict }) => verdict !== "unverifiable").map(setOf));
  return [...kept, ...findings.filter((finding) => !judged.has(finding.claim) && !involved.has(setOf(finding)))];
}

/** A disagreement of the same figures that nothing explains is no graver than the binding of them has it. */
export function asSureAsBound(finding: Finding, { findings }: Bound): Finding {
  if (finding.verdict !== "inconsistent" || finding.cause !== null || finding.severity !== "error") return finding;
  const other = findings.find((one) => one.verdict === "inconsistent" && setOf(one) === setOf(finding));
  if (other === undefined || other.severity === "error") return finding;
  return { ...finding, severity: other.severity, confidence: Math.min(finding.confidence, other.confidence) };
}

function isSure({ confidence }: Finding, known: BoundOdds | undefined): boolean {
  return confidence >= SURE_AGREEMENT && known?.isNear === true;
}

/** An agreement that is had by leaving out some of the figures does not outdo a disagreement that uses them all. */
function leavesOut(agreeing: Finding, differing: Finding): boolean {
  return agreeing.premises.length < differing.premises.length && agreeing.premises.every((premise) => differing.premises.includes(premise));
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
