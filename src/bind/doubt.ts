/**
 * How sure it is that a claim is wrong, once all ways to work it out are weighed.
 *
 * Priors and evidence say how likely each way is, as if all else were even; how often what they say of a claim is right was measured on
 * claims with known verdicts, and is one more decision with weights of its own.
 */
import type { DecisionWeights } from "../model/catalog.ts";
import type { AskedClaim } from "./ask-claims.ts";
import type { Candidate, Term } from "./candidate.ts";
import { WEIGHT_SCALE } from "./feature-names.ts";
import type { Features } from "./features.ts";
import type { Slip } from "./slips.ts";
import type { Support } from "./support.ts";

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
  readonly likeliest: LikeliestValue;
  /** How many ways were weighed. */
  readonly count: number;
}

/** What several ways come to is likelier than what each of them is. */
export interface LikeliestValue {
  /** The prior of all ways that come to it. */
  readonly prior: number;
  /** Whether what is stated is more likely it than not. */
  readonly isMet: boolean;
  /** Whether what differs is it. */
  readonly differs: boolean;
  /** The prior of all ways that come to what differs. */
  readonly priorOfDiffering: number;
}

/** A way to work a claim out, and what speaks for it. */
export interface Likely {
  /** Its place among the ways of the claim. */
  readonly index: number;
  readonly candidate: Candidate;
  readonly prior: number;
  /** How much likelier what is stated is if it was meant so than if the figures do not belong together. */
  readonly evidence: number;
}

/** Below this a doubt is not worth weighing. */
const LEAST_DIFFERENCE = 0.01;

/** Features of a claim that may be wrong, with amounts; null where nothing speaks against it. */
export function doubtFeatures(claim: AskedClaim, outcome: Outcome): Features | null {
  const { agrees, differs, differsByOne, none, agreeing, differing, most, likeliest, count } = outcome;
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
    ["prior of the likeliest value", logOdds(likeliest.prior)],
    ["prior of the value that differs", logOdds(likeliest.priorOfDiffering)],
    ["likeliest value is met", Number(likeliest.isMet)],
    ["likeliest value differs", Number(likeliest.differs)],
    ["evidence", scaled(evidence)],
    ["off", Math.max(-MOST_OFF, Math.min(off, MOST_OFF))],
    [`off by ${sizeOf(Math.abs(off))}`, 1],
    ["slip", Number(slip !== null)],
    [`slip ${slip?.id}`, Number(slip !== null)],
    ["terms", Math.min(candidate.terms.length, MOST_TERMS)],
    ["ways", Math.log(count + 1)],
    ["told as total", Number(claim.cue.isTotal)],
    ["counts in what differs", candidate.counts.length],
    ["in a table", Number(claim.place.mention.cell !== null)],
    ["hedged", Number(claim.place.mention.hedge !== null)],
    ["figures", Math.log(Math.min(claim.figures, MOST_FIGURES))],
    ...elsewhere("what differs", claim.supportOf(differing.index)),
    ...(agreeing === null || agreeing.evidence < LEAST_FITTING ? [] : besideAgreement(claim, agreeing, differing)),
  ];
  return new Map(told.filter(([, amount]) => amount !== 0));
}

/** A way that fits the claim this much better than chance is an explanation of its own. */
const LEAST_FITTING = 20;

/** What there is about a way that agrees: how likely it was, and how it stands to the one that does not. */
function besideAgreement(claim: AskedClaim, agreeing: Likely, differing: Likely): readonly (readonly [string, number])[] {
  const left = agreeing.candidate;
  const right = differing.candidate;
  const lacking = right.terms.filter((term) => !left.terms.some((other) => isAlike(term, other)));
  const isPart = left.terms.every((term) => right.terms.some((other) => isAlike(term, other)));
  const moreCounts = right.counts.length - left.counts.length;
  const kindsOf = ({ terms }: Candidate): string =>
    terms
      .map(({ value }) => value.quantity.mention.kind)
      .sort()
      .join();
  return [
    ["agreement fits", 1],
    ["prior of what agrees", logOdds(agreeing.prior)],
    ["likelier than what agrees", Math.log(differing.prior / agreeing.prior) / SCALE],
    ["counts in what agrees", left.counts.length],
    ...elsewhere("what agrees", claim.supportOf(agreeing.index)),
    ...(isPart ? lacking.map(({ value }) => [`agrees without ${value.quantity.mention.kind}`, 1] as const) : []),
    ["agrees with less", Number(isPart && (lacking.length > 0 || moreCounts > 0))],
    ["agrees without counts", Number(isPart && moreCounts > 0)],
    ["agrees without what all is told of", Number(claim.leavesOut(left) && !claim.leavesOut(right))],
    ["agrees with others of these kinds", Number(!isPart && kindsOf(left) === kindsOf(right))],
  ];
}

function isAlike(left: Term, right: Term): boolean {
  return left.value.at === right.value.at && left.sign === right.sign;
}

/** How the same relation does for others that stand as the claim does. */
function elsewhere(what: string, { holds, fails, isKept, isOutdone }: Support): readonly (readonly [string, number])[] {
  return [
    [`${what} holds elsewhere`, Math.min(holds, MOST_OFTEN)],
    [`${what} fails elsewhere`, Math.min(fails, MOST_OFTEN)],
    [`${what} never fails`, Number(isKept)],
    [`${what} is outdone`, Number(isOutdone)],
  ];
}

/** Among more figures than this what agrees or differs by chance gets no more. */
const MOST_FIGURES = 40;

const MOST_OFTEN = 3;

/** A long sum is no surer for each of its parts. */
const MOST_TERMS = 5;

/** How far off, in words; the bounds are logarithms. */
function sizeOf(off: number): string {
  const [, size] = SIZES.find(([most]) => off < most) ?? [0, "a lot"];
  return size;
}

const SIZES: readonly (readonly [number, string])[] = [
  [0.02, "a trifle"],
  [0.15, "little"],
  [0.4, "some"],
  [0.8, "a factor"],
];

const SCALE = 3;
const LEAST = 1e-4;
const MOST_OFF = 5;

function scaled(evidence: number): number {
  return Math.log(Math.max(evidence, LEAST)) / SCALE;
}

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
