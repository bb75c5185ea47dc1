import { UNSOURCED } from "../model/catalog.ts";
import type { Finding, Step } from "../model/finding.ts";
import type { Fact } from "../model/quantity.ts";

/** What rests on a fact that nobody can look up is at most noted, whichever check found it. */
export function atMostNoted(finding: Finding): Finding {
  const isOfBound = finding.verdict === "impossible" && finding.bound.source === UNSOURCED;
  const isOfFact = finding.steps.flatMap(factsOf).some(({ source }) => source === UNSOURCED);
  return isOfBound || isOfFact ? { ...finding, severity: "note" } : finding;
}

function factsOf(step: Step): readonly Fact[] {
  if (step.kind === "look-up") return [step.fact];
  return step.kind === "compute" ? step.facts : [];
}
