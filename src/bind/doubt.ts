/**
 * How sure it is that a claim is wrong, once all ways to work it out are weighed.
 *
 * Priors and evidence say how likely each way is, as if all else were even; how often what they say of a claim is right was measured on
 * claims with known verdicts, and is one more decision with weights of its own.
 */
import type { DecisionWeights } from "../model/catalog.ts";
import type { AskedClaim } from "./ask-claims.ts";
import type { Candidate } from "./candidate.ts";
import { WEIGHT_SCALE } from "./feature-names.ts";
import type { Features } from "./features.ts";
import type { Slip } from "./slips.ts";

/** The decision whose weights say how sure a doubt is. */
export const DOUBT = "doubt";

/** What weighing came to: the shares of what may be so, and the ways that most speak for agreement and against it. */
export interface Outcome {
  readonly agrees: number;
  readonly differs: number;
  /** The part of `differs` that asks for one and the same value: several weak reasons to differ are no strong one. */
  readonly differsByOne: number;
  readonly none: number;
  readonly agreeing: Likely | null;
  readonly differing: (Likely & { readonly slip: Slip | null }) | null;
  /** The prior of the likeliest way, before figures were compared. */
  readonly most: number;
  /** How many ways were weighed. */
  readonly count: number;
}

/** A way to work a claim out, and what speaks for it. */
export interface Likely {
  readonly candidate: Candidate;
  readonly prior: number;
  /** How much likelier what is stated is if it was meant so than if the figures do not belong together. */
  readonly evidence: number;
}

/** Below this a doubt is not worth weighing. */
const LEAST_DIFFERENCE = 0.01;

/** Features of a claim that may be wrong, with amounts; null where nothing speaks against it. */
export function doubtFeatures(claim: AskedClaim, outcome: Outcome): Features | null {
  const { agrees, differs, differsByOne, none, agreeing, differing, most, count } = outcome;
  if (differing === null || differs < LEAST_DIFFERENCE) return null;
  const { candidate, prior, slip, evidence } = differing;
  const off = candidate.claim.log - candidate.log;
  const told: readonly (readonly [string, number])[] = [
    ["always", 1],
    ["differs by one", logOdds(differsByOne)],
    ["differs", logOdds(differs)],
    ["agrees", logOdds(agrees)],
    ["none", logOdds(none)],
    ["prior of what differs", logOdds(prior)],
    ["prior of the likeliest", logOdds(most)],
    ["evidence", Math.log(Math.max(evidence, LEAST)) / SCALE],
    ["off", Math.min(Math.abs(off), MOST_OFF)],
    ["slip", Number(slip !== null)],
    ["terms", candidate.terms.length],
    ["ways", Math.log(count + 1)],
    ["told as total", Number(claim.cue.isTotal)],
    ["counts in what differs", candidate.counts.length],
    ["counts in what agrees", agreeing?.candidate.counts.length ?? 0],
  ];
  return new Map(told.filter(([, amount]) => amount !== 0));
}

const SCALE = 3;
const LEAST = 1e-4;
const MOST_OFF = 5;

function logOdds(share: number): number {
  return Math.log(Math.max(share, LEAST) / Math.max(1 - share, LEAST)) / SCALE;
}

/** The share of claims like this that were wrong. */
export function doubtOf(weights: DecisionWeights, features: Features | null): number {
  if (features === null) return 0;
  let score = 0;
  for (const [name, amount] of features) score += ((weights.weights[name] ?? 0) / WEIGHT_SCALE) * amount;
  return 1 / (1 + Math.exp(-score));
}
