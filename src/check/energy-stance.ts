import type { Finding } from "../model/finding.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Linked, Run } from "../model/run.ts";

/** Judges a claim again by all equations but one. */
type Recheck = (run: Run, quantity: Quantity, slot: string, without: string) => Finding | null;

/** Equations that take a stated energy for one that holds PUE, or for that of the machines alone. */
const WITH_PUE: ReadonlySet<string> = new Set(["energy/hours", "carbon/energy"]);
const WITHOUT_PUE: ReadonlySet<string> = new Set(["energy/machines", "carbon/machines"]);

/** A PUE nearer to one than this leaves no trace in rounded figures. */
const LEAST_PUE = 1.04;

/**
 * One energy holds PUE or does not: where it fits its hours under one reading and its emissions under the other, that is told.
 *
 * By itself either reading of an energy is let pass, for papers report both. The claim that is told is the one that fits only without
 * PUE where the other holds it.
 */
export function settleStances(linked: Linked, findings: readonly Finding[], recheck: Recheck): readonly Finding[] {
  return linked.runs.reduce<readonly Finding[]>((told, run) => {
    const pue = run.quantities.find(({ mention }) => mention.kind === "pue");
    if (pue === undefined || pue.readings[0].width.face < LEAST_PUE) return told;
    return run.quantities.reduce((open, energy) => settleOne(run, energy, open, recheck), told);
  }, findings);
}

function settleOne(run: Run, energy: Quantity, findings: readonly Finding[], recheck: Recheck): readonly Finding[] {
  if (energy.mention.kind !== "energy") return findings;
  const ofEnergy = findings.find((finding) => finding.claim === energy.mention.id && isStance(finding));
  const ofCarbon = findings.find((finding) => finding.premises.includes(energy.mention.id) && isStance(finding));
  const carbon = run.quantities.find(({ mention }) => mention.id === ofCarbon?.claim);
  if (ofEnergy === undefined || ofCarbon === undefined || carbon === undefined) return findings;
  const isClash = WITH_PUE.has(ofEnergy.rule) !== WITH_PUE.has(ofCarbon.rule);
  if (!isClash) return findings;
  const isLeftOut = WITHOUT_PUE.has(ofEnergy.rule);
  const again = isLeftOut ? recheck(run, energy, "energy", ofEnergy.rule) : recheck(run, carbon, "carbon", ofCarbon.rule);
  // Where the other reading is let pass too, rounding hides which it is.
  if (again === null || again.verdict !== "inconsistent") return findings;
  return findings.map((finding) => (finding === (isLeftOut ? ofEnergy : ofCarbon) ? again : finding));
}

/** A finding that agrees closely under one reading of an energy. */
function isStance(finding: Finding): boolean {
  const isClose = finding.verdict === "consistent" && (finding.strength === "exact" || finding.strength === "strict");
  return isClose && (WITH_PUE.has(finding.rule) || WITHOUT_PUE.has(finding.rule));
}
