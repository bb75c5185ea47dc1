/** Whether an agreement has tested the claim: what would have agreed all the same, or meets it by chance, says nothing. */
import type { AskedClaim } from "./ask-claims.ts";
import type { Candidate } from "./candidate.ts";
import type { Likely } from "./doubt.ts";
import { gapOf, widthOf } from "./evidence.ts";
import { isSharp } from "./print.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import type { Nearness } from "./surroundings.ts";

/** What is this near, in logarithms, is met. */
const MET = 0.01;

/** A comparison that would let a factor of 2 pass has tested nothing. */
const LEAST_POWER = 2;

/** Whether the claim could be off by much without its being seen. */
export function testsNothing(candidate: Candidate): boolean {
  return powerOf(candidate) > LEAST_POWER || isBesideRest(candidate);
}

/** Whether figures are further apart than any that agree, but for those that a bound lets be. */
export function isFarOff({ claim, log, strict }: Candidate): boolean {
  const off = Math.abs(claim.log - log);
  return off > (gapOf(claim.strict, strict) > 0 ? MOST_OFF : Math.log(LEAST_POWER));
}

const MOST_OFF = Math.log(1.25);

/** The factor by which a claim could be off without it being seen. What meets the claim so nearly by no chance was worked out from the figures as printed. */
function powerOf(candidate: Candidate): number {
  const off = Math.abs(candidate.claim.log - candidate.log);
  return off < MET ? 1 : Math.exp(2 * widthOf(candidate));
}

/** What is left of a whole, told to the digit, is not met by being near it, however round the whole is. */
function isBesideRest({ shape, claim, log }: Candidate): boolean {
  return shape === "difference" && isSharp(claim) && Math.abs(claim.log - log) > MOST_BESIDE_REST;
}

const MOST_BESIDE_REST = 0.03;

/** Whether figures give the claim that would give it whatever they were, or some of them would not be missed. */
export function isIdle(candidate: Candidate): boolean {
  const { claim, terms, shape } = candidate;
  switch (shape) {
    case "product":
      // 100 % of something is that, and so is what one GPU has of it.
      return terms.some(({ value }) => value.quantity.mention.kind === "ratio" && value.log === 0) || isOnceItself(candidate);
    case "ratio":
    case "less":
    case "more":
      // A figure is all of what is as much.
      return candidate.log === 0;
    case "sum":
    case "difference": {
      // What is left of twice a figure is that figure, and what is less than the rounding of a figure is no part of it that was tested.
      const least = claim.log + Math.log(widthOf(candidate));
      return (
        terms.filter(({ value }) => value.log > least).length < 2 || terms.some(({ value, sign }) => sign < 0 && value.log === claim.log)
      );
    }
    default:
      return false;
  }
}

function isOnceItself({ claim, terms, counts, definitions }: Candidate): boolean {
  if (terms.length < 2 || counts.length > 0 || definitions.length > 0) return false;
  const others = terms.filter(({ value }) => value.log !== 0);
  return others.length <= 1 && others.every(({ value, sign }) => sign > 0 && value.key === claim.key);
}

/**
 * Whether an agreement may well be chance: what no equation works out is tied to its figures by where they stand alone, and among many
 * figures some quotient or difference meets any number. A ratio in a table tells of its own row.
 */
export function isByChance({ at, place }: AskedClaim, { candidate, prior }: Likely, { relations }: Ledger): boolean {
  const isRatioInTable = place.grid !== null && isComparison(candidate);
  const isLikely = prior > LIKELY && !isRatioInTable && candidate.shape !== "difference";
  if (isLikely || equationOf(candidate)?.isForward === true) return false;
  const near = candidate.terms.map(({ value }) => relations.nearness(at, value.at));
  return (isRatioInTable && !near.includes("row")) || near.some((one) => !TIED.has(one));
}

/**
 * Whether a disagreement may well be chance: figures are compared by what ties them, a sentence, a line or a table, and a percentage
 * that they do not give tells of something else.
 */
export function isOfAnotherPair({ at }: AskedClaim, { candidate, prior }: Likely, { relations }: Ledger): boolean {
  return (
    isComparison(candidate) && prior < LIKELIER && candidate.terms.some(({ value }) => !TIED_CLOSELY.has(relations.nearness(at, value.at)))
  );
}

const LIKELIER = 0.5;

const TIED_CLOSELY: ReadonlySet<Nearness> = new Set(["sentence", "row", "block", "list", "table", "other-row"]);

/** So likely before figures were compared, a way was not found by trying many. */
const LIKELY = 0.1;

/** Whether figures are compared, rather than one worked out of others. */
export function isComparison({ shape }: Candidate): boolean {
  return COMPARING.has(shape);
}

const COMPARING: ReadonlySet<Candidate["shape"]> = new Set(["ratio", "less", "more", "share"]);

const TIED: ReadonlySet<Nearness> = new Set(["sentence", "row", "block", "list", "table", "adjacent", "other-row"]);
