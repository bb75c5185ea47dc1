/**
 * Whether the cause that is told of a disagreement is earned: whether the ratio speaks for it rather than for some other discrepancy.
 *
 * A slip leaves one ratio, as sharp as the figures are; something else leaves any ratio. Of many slips that were tried one comes near to
 * any ratio, so that each has only its share of all of them, and figures that are loose leave room for something else. That a claim is
 * wrong, and how gravely that is told, was settled before and stays as it is.
 */
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Cause, Compared, Finding } from "../model/finding.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { penShare } from "../model/pen-slips.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Linked } from "../model/run.ts";
import { factorsOf, usesIn } from "./digit-slips.ts";
import { quantitiesById } from "./quantities-by-id.ts";
import { blended, densityNear, densityOfAny, type Sharpness, sharpnessOf } from "./ratio-density.ts";
import { broughtUpBy, triedSlips, USUAL_REACH, type Way } from "./tried-slips.ts";

/** How much likelier a cause must be than something else to be told: of wrong figures with random ratios one in seventy reaches it. */
const LEAST_ODDS = 4;

/** What is wrong with figures that are: a known slip, a slip of the pen, or something else. Measured on texts with known verdicts. */
const SHARES = { slip: 0.44, pen: 0.16, other: 0.4 };

/** The decision whose weights say how often each slip is what happened, in hundredths. */
const SLIPS = "slips";

/** What a slip that was never met is taken for, what those are that nobody has told us of, and one that the figures bring up. */
const USUAL_WEIGHT = 5;
const UNKNOWN_WEIGHT = 40;
const BROUGHT_UP_WEIGHT = 30;

/** How much likelier it is that a unit was taken for another one where the figures had to be converted between them. */
const CONVERTED = 3;

/** How near, in logarithms, two factors are one. */
const ONE_FACTOR = 0.01;

/** The finding without its cause, where that is not earned. */
export function withEarnedCause(catalog: Catalog, linked: Linked, finding: Finding): Finding {
  if (finding.verdict !== "inconsistent" || finding.cause === null) return finding;
  return oddsOf(catalog, linked, finding, finding.cause) < LEAST_ODDS ? { ...finding, cause: null } : finding;
}

/** How much likelier the cause is than something else. */
function oddsOf(catalog: Catalog, linked: Linked, finding: Finding & Compared, cause: Cause): number {
  const known = quantitiesById(linked.quantities);
  const [claim, ...premises] = [finding.claim, ...finding.premises].flatMap((id) => known.get(id) ?? []);
  if (claim === undefined || !(finding.ratio > 0)) return 0;
  const ground: Ground = { catalog, linked, finding, claim, premises, sharpness: sharpnessOf(claim, premises) };
  const other = SHARES.other * densityOfAny(Math.log(finding.ratio));
  if (cause.diagnosis === "digit-slip") return (SHARES.pen * densityOfPen(ground)) / other;
  return (SHARES.slip * densityOfSlip(ground, cause)) / other;
}

interface Ground {
  readonly catalog: Catalog;
  readonly linked: Linked;
  readonly finding: Finding & Compared;
  readonly claim: Quantity;
  readonly premises: readonly Quantity[];
  readonly sharpness: Sharpness;
}

/** The density of the ratio under a slip, times its share of all slips that were tried. */
function densityOfSlip(ground: Ground, { diagnosis, factor }: Cause): number {
  const { catalog, linked, finding, claim, premises, sharpness } = ground;
  const tried = triedSlips(catalog, linked, [claim, ...premises]);
  const weightOf = weigher(ground);
  const ratio = Math.log(finding.ratio);
  const suspects = isSum(finding) ? suspectsIn(ground) : [];
  // What has no factor of its own explains the figure as it stands.
  const own: Way = { id: diagnosis, log: factor === 1 ? ratio : Math.log(factor), tolerance: USUAL_REACH, share: 0.5 };
  const ways = tried.filter(({ id }) => id === diagnosis);
  let density = 0;
  for (const way of ways.length > 0 ? ways : [own]) {
    const ofPart = suspects.reduce((sum, { off, scale }) => {
      const near = off.reduce((part, each) => part + densityNear(each - way.log, sharpness, { scale, tolerance: way.tolerance }), 0);
      return sum + near / suspects.length;
    }, 0);
    density += weightOf(way) * Math.max(ofPart, densityNear(ratio - way.log, sharpness, way));
  }
  return density / tried.reduce((sum, way) => sum + weightOf(way), UNKNOWN_WEIGHT);
}

function weigher({ catalog, finding, claim, premises }: Ground): (way: Way) => number {
  const { weights } = weightsOf(catalog, SLIPS);
  const figures = [claim, ...premises];
  const { forgotten, units } = broughtUpBy(finding, figures);
  const told = new Set<string>(figures.flatMap(({ mention }) => mention.qualifiers));
  const isIn = (logs: readonly number[], log: number): boolean => logs.some((each) => Math.abs(each - log) < ONE_FACTOR);
  return ({ id, log, share }) => {
    const weight = weights[id] ?? USUAL_WEIGHT;
    if (told.has(id) || isIn(forgotten, log)) return Math.max(weight, BROUGHT_UP_WEIGHT);
    return weight * share * (isIn(units, log) ? CONVERTED : 1);
  };
}

/** A figure that may be wrong. */
interface Suspect {
  readonly quantity: Quantity;
  /** By what it is off if it alone is wrong, as logarithms: one for each way in which it may be used. */
  readonly off: readonly number[];
  /** What the claim is of what the figure should be, by which doubt about the claim is doubt about the figure. */
  readonly scale: number;
}

/** By what each figure would be off if it alone were: the ratio in a product, the gap in a sum. */
function suspectsIn({ finding, claim, premises }: Ground): readonly Suspect[] {
  const own: Suspect = { quantity: claim, off: [Math.log(finding.ratio)], scale: 1 };
  if (!isSum(finding)) {
    const uses = usesIn(finding.steps);
    const offOf = (quantity: Quantity): readonly number[] =>
      factorsOf(finding, uses, quantity.mention.id).map((factor) => -Math.log(factor));
    return [own, ...premises.map((quantity) => ({ quantity, off: offOf(quantity), scale: 1 }))];
  }
  const { face } = claim.readings[0].width;
  const gap = face - face / finding.ratio;
  return [
    own,
    ...premises.map((quantity): Suspect => {
      const part = quantity.readings[0].width.face;
      const meant = part + gap;
      return meant > 0 ? { quantity, off: [Math.log(part / meant)], scale: face / meant } : { quantity, off: [], scale: 1 };
    }),
  ];
}

function isSum({ steps }: Finding): boolean {
  const last = steps.findLast((step) => step.kind === "compute");
  return last?.terms.some(({ operator }) => operator === "+") ?? false;
}

/** The density of the ratio where one slip of the pen was made in one of the figures. */
function densityOfPen(ground: Ground): number {
  const suspects = suspectsIn(ground);
  let sum = 0;
  for (const { quantity, off, scale } of suspects) {
    const { number } = quantity.mention;
    for (const each of off) {
      const meant = Math.log(number.value) - each;
      sum += blended(ground.sharpness, (half) => shareNear(number, meant, half * scale));
    }
  }
  return sum / suspects.length;
}

function shareNear(number: PrintedNumber, meant: number, half: number): number {
  return (penShare(number, meant, half)?.share ?? 0) / (2 * half);
}
