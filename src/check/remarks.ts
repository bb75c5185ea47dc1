import { atMost, type Finding, LEAST_CONFIDENCE, type Remark } from "../model/finding.ts";
import { isReplaced, isRetracted } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Linked } from "../model/run.ts";
import type { Group } from "./compare.ts";
import type { Estimate } from "./estimate.ts";
import { quantitiesById, quantitiesNear } from "./quantities-by-id.ts";

/** Face values that differ by less than this need no remark. Source: JUDGEMENT of loose notes. */
const LEAST_LOOSE = 1.15;

/** How near a figure must be to what was worked out to be the same one, told elsewhere. */
const SAME = 0.005;

/** What is worth saying of a verdict beside it: the premise that would fit better, or what a fact that was looked up would have to be. */
export function remarksOn(group: Group): readonly Remark[] {
  return [...looseFit(group), ...impliedFact(group)];
}

/**
 * Names the figure by which the document itself tells what a claim works out to: an article that quotes a cost and corrects it.
 *
 * What it tells in its own voice beside that figure, off by no known slip, is mostly another one, worked out from something else.
 */
export function withCorrection(linked: Linked, finding: Finding): Finding {
  if (finding.verdict !== "inconsistent" || finding.rule === "pair/same") return finding;
  const { recomputed, claim, premises } = finding;
  const own = quantitiesById(linked.quantities).get(claim)?.mention;
  if (own === undefined) return finding;
  const same = quantitiesNear(linked.quantities, own.kind, recomputed.value).find(
    ({ mention, readings: [{ printed }] }) =>
      mention.id !== claim &&
      !premises.includes(mention.id) &&
      mention.per === null &&
      printed.unit === recomputed.unit &&
      Math.abs(printed.value / recomputed.value - 1) < SAME,
  );
  if (same === undefined) return finding;
  const [subject, other] = [claim, same.mention.id].map((id) => linked.attachments.get(id)?.subject ?? null);
  const isNamed = finding.cause?.certainty === "named";
  // What somebody is quoted with, and another works out otherwise by a known factor, is what the document disputes.
  if (isNamed && own.speaker !== null && own.speaker !== same.mention.speaker)
    return {
      ...finding,
      severity: "error",
      confidence: Math.max(finding.confidence, LEAST_CONFIDENCE.error),
      correctedBy: same.mention.id,
    };
  const isAnother = own.role === "own" && !isNamed && (other === null || other === subject);
  return { ...(isAnother ? atMost(finding, "note") : finding), correctedBy: same.mention.id };
}

/** "4,800 GPU-hours and not 8,400": what stands beside the right figure in its sentence, and is explained by nothing, is what the sentence sets apart from it. */
export function isSetApart(linked: Linked, finding: Finding): boolean {
  if (finding.verdict !== "inconsistent" || finding.correctedBy === null || finding.cause?.certainty === "named") return false;
  const byId = quantitiesById(linked.quantities);
  const [own, right] = [byId.get(finding.claim)?.mention, byId.get(finding.correctedBy)?.mention];
  return own?.cell === null && own.sentence.start === right?.sentence.start;
}

/** Whether a figure agrees with what a sentence takes back: it was worked out from it, and may be stale. */
export function restsOnRetracted(linked: Linked, { verdict, claim, premises }: Finding): boolean {
  if (verdict !== "consistent") return false;
  const byId = quantitiesById(linked.quantities);
  const mentions = linked.quantities.map(({ mention }) => mention);
  const isTakenBack = (id: (typeof premises)[number]): boolean => {
    const mention = byId.get(id)?.mention;
    return mention !== undefined && isReplaced(mention, mentions);
  };
  return !isTakenBack(claim) && premises.some(isTakenBack);
}

/** What a sentence takes back accuses nobody: "an earlier version said 12 days", "the $22,080 came from the same mistake". */
export function withRetraction(linked: Linked, finding: Finding): Finding {
  if (finding.verdict !== "inconsistent") return finding;
  const byId = quantitiesById(linked.quantities);
  const isTakenBack = [finding.claim, ...finding.premises].some((id) => {
    const mention = byId.get(id)?.mention;
    return mention !== undefined && isRetracted(mention);
  });
  return isTakenBack ? atMost(finding, "note") : finding;
}

/** What fits only since the bands are wide is told with the value that the roughest premise would need. */
function looseFit({ verdict, leading: { estimate, ratio, strength } }: Group): readonly Remark[] {
  if (verdict !== "consistent" || strength !== "loose" || Math.max(ratio, 1 / ratio) <= LEAST_LOOSE) return [];
  const roughest = [...estimate.premises].sort((left, right) => roughness(right) - roughness(left))[0];
  const read = estimate.steps.find((step) => step.kind === "read" && step.mention === roughest?.mention.id);
  if (roughest === undefined || read?.kind !== "read" || roughness(roughest) <= 1) return [];
  const power = powerOf(read.slot, estimate);
  if (power === null) return [];
  return [{ kind: "loose-fit", premise: roughest.mention.id, fits: scaled(read.figure, ratio ** (1 / power)) }];
}

/** Of the one fact that was looked up, where the claim grows with it: what it would have to be for the claim to be as stated. */
function impliedFact({ verdict, leading: { estimate, reading, ratio, strength } }: Group): readonly Remark[] {
  const isUntested = verdict === "consistent" && strength === null;
  if (verdict !== "inconsistent" && !isUntested) return [];
  const listed = estimate.facts.filter(({ nature }) => nature === "dated" || (isUntested && nature === "default"));
  const [only, ...others] = listed;
  const stated = new Set(estimate.premises.flatMap(({ readings }) => readings.map(({ slot }) => slot)));
  const results = new Set(estimate.equations.map(({ result }) => result));
  const open = estimate.equations.flatMap(({ terms }) => terms.filter(({ slot }) => !stated.has(slot) && !results.has(slot)));
  if (only === undefined || others.length > 0 || open.length !== 1 || open[0]?.power !== 1) return [];
  const implied = scaled(only.figure, ratio);
  const { value, low, high, isRange } = reading.printed;
  // A range implies one.
  const ends = isRange === true ? { low: (implied.value * low) / value, high: (implied.value * high) / value, isRange } : {};
  return [{ kind: "implied-fact", implied: { ...implied, ...ends }, listed: only }];
}

/** By which power of a premise the estimate grows, through products that lead straight from it; null where it is not that simple. */
function powerOf(slot: string, { equations, slot: goal }: Estimate): number | null {
  let [power, at] = [1, slot];
  for (const equation of equations) {
    const term = equation.terms.find((candidate) => candidate.slot === at);
    if (term === undefined) continue;
    if (equation.form !== "product") return null;
    [power, at] = [power * term.power, equation.result];
  }
  return at === goal ? power : null;
}

function roughness({ readings: [{ width }] }: Quantity): number {
  return width.generous.high / width.generous.low;
}

function scaled(figure: Figure, factor: number): Figure {
  return { value: figure.value * factor, low: figure.low * factor, high: figure.high * factor, unit: figure.unit };
}
