import { inDigits } from "../model/in-digits.ts";
import type { Interval } from "../model/interval.ts";
import type { MentionKind } from "../model/mention.ts";
import { penShare } from "../model/pen-slips.ts";
import type { Candidate } from "./candidate.ts";
import { isSharp } from "./print.ts";
import { isMetBy, MOST_WIDTH_OF_SLIP, reachOfSlip, type Slip } from "./slips.ts";
import { halfWidth } from "./typed-value.ts";

/** How much likelier the ratio of stated to recomputed is under an explanation than under a wrong binding. */
export interface Evidence {
  readonly agrees: number;
  readonly slip: { readonly slip: Slip; readonly weight: number } | null;
  readonly slips: number;
  readonly differs: number;
}

/** What becomes of claims that were worked out from their premises: measured on texts with known verdicts. */
const SHARES = { agrees: 0.7, slip: 0.12, pen: 0.045, differs: 0.11 };

/** What slips that are not known, or not open, are taken for beside those that are. */
const OTHER_SLIPS = 0.4;

/** A wrong binding gives any ratio; the scale of its logarithm. */
const WRONG_SCALE = 2.2;
const WRONG_FLOOR = 0.02;

/** True discrepancies of no known size: the scale of their logarithm. */
const DIFFERS_SCALE = 0.8;
const WIDE_DIFFERS_SCALE = 2.5;

/** Half the width below which rounding is not believed, for figures are copied from sources that were rounded otherwise. */
const LEAST_WIDTH = 0.002;

/** What lies less than this beyond rounding is no disagreement. */
const LEAST_GAP = 0.01;

/** The slips that a candidate leaves room for, and how often each of them is what happened; the latter is asked only where one is met. */
export interface SlipsFor {
  readonly open: (candidate: Candidate) => readonly (readonly Slip[])[];
  readonly weighed: (candidate: Candidate, open: readonly (readonly Slip[])[]) => readonly Slip[];
}

export function evidenceFor(candidate: Candidate, slipsFor: SlipsFor, slack: Interval, isKept: boolean): Evidence {
  const { claim } = candidate;
  const ratio = claim.log - candidate.log;
  const width = widthOf(candidate);
  const chance = doubled(claim.quantity.mention.kind, ratio, width);
  const wrong = laplace(ratio, WRONG_SCALE) + WRONG_FLOOR + chance;
  const agrees = (SHARES.agrees * agreement(candidate, ratio, width, slack, isKept)) / wrong;
  const isHedged = claim.quantity.mention.hedge !== null;
  const gap = gapOf(isHedged ? claim.generous : claim.strict, candidate.strict);
  if (gap < LEAST_GAP) return { agrees, slip: null, slips: 0, differs: (SHARES.differs * 0.02) / wrong };
  const { slip, slips } = slipsOf(candidate, slipsFor, ratio, width, wrong);
  return {
    agrees,
    slip,
    slips,
    differs: (SHARES.differs * (differing(ratio) + DOUBLED * chance) * (isOpenSum(candidate) && ratio > 0 ? LISTED : 1)) / wrong,
  };
}

/** What the slips give that the candidate leaves room for, and the one that gives most. */
function slipsOf(candidate: Candidate, slipsFor: SlipsFor, ratio: number, width: number, wrong: number): Pick<Evidence, "slip" | "slips"> {
  const open = slipsFor.open(candidate);
  if (open.length === 0) return NO_SLIP;
  const { claim } = candidate;
  let best: Evidence["slip"] = null;
  let sum = 0;
  const add = (slip: Slip, weight: number): void => {
    sum += weight;
    if (best === null || weight > best.weight) best = { slip, weight };
  };
  if (open.some((part) => part.some((slip) => isMetBy(slip, ratio, width)))) {
    const slips = slipsFor.weighed(candidate, open);
    const total = slips.reduce((all, { prior }) => all + prior, 0) + OTHER_SLIPS;
    for (const slip of slips) {
      if (!isMetBy(slip, ratio, width)) continue;
      const half = reachOfSlip(slip, width);
      const off = Math.abs(ratio - slip.log);
      const copied = within(off, Math.min(claim.claimHalf, MOST_WIDTH_OF_SLIP));
      const rounded = (1 - (0.5 * off) / half) / (2 * half);
      const density = SHARP_SLIPS * copied + (1 - SHARP_SLIPS) * rounded;
      add(slip, (SHARES.slip * (slip.prior / total) * density) / wrong);
    }
  }
  const pen = slipOfPen(candidate, width);
  if (pen !== null) add(pen.slip, (SHARES.pen * pen.density) / wrong);
  return { slip: best, slips: sum };
}

const NO_SLIP: Pick<Evidence, "slip" | "slips"> = { slip: null, slips: 0 };

/** What comes in powers of two is off by one of them by chance, too. */
const IN_POWERS: ReadonlySet<MentionKind> = new Set<MentionKind>(["accelerators", "nodes", "batch", "sequence-length"]);
const SHARE_OF_POWERS = 0.05;
const MOST_DOUBLINGS = 6;
/** True discrepancies of them, too, and more often: another length, a node for two. */
const DOUBLED = 3;

function doubled(kind: MentionKind, ratio: number, width: number): number {
  const doublings = Math.round(Math.abs(ratio) / Math.LN2);
  const half = Math.max(width, LEAST_WIDTH_OF_POWERS);
  const isPower = doublings > 0 && doublings <= MOST_DOUBLINGS && Math.abs(Math.abs(ratio) - doublings * Math.LN2) < half;
  return isPower && IN_POWERS.has(kind) ? SHARE_OF_POWERS / (2 * half) : 0;
}

const LEAST_WIDTH_OF_POWERS = 0.01;

/** A total in running text that is more than what is listed may hold what is not listed. */
const LISTED = 0.25;

function isOpenSum({ shape, claim }: Candidate): boolean {
  return shape === "sum" && claim.quantity.mention.cell === null;
}

/** Most true discrepancies are small; some are of any size. */
function differing(ratio: number): number {
  return 0.75 * laplace(ratio, DIFFERS_SCALE) + 0.25 * laplace(ratio, WIDE_DIFFERS_SCALE);
}

/** Digits are only told apart where the other figures are sharp. */
const WIDEST_FOR_A_DIGIT = 0.03;

function slipOfPen({ claim, log }: Candidate, width: number): { readonly slip: Slip; readonly density: number } | null {
  if (width > WIDEST_FOR_A_DIGIT) return null;
  const { number } = claim.quantity.mention;
  const half = Math.max(width, LEAST_WIDTH);
  const meant = log - claim.log + Math.log(number.value);
  const found = penShare(number, meant, half);
  if (found === null) return null;
  const words = `a possible typo, "${claim.quantity.mention.text}" for ${inDigits(found.meant)}`;
  return { slip: { id: "digit-slip", log: claim.log - log, tolerance: half, prior: 1, words }, density: found.share / (2 * half) };
}

function laplace(x: number, scale: number): number {
  return Math.exp(-Math.abs(x) / scale) / (2 * scale);
}

/** Half the width that rounding of all figures together is likely to give the ratio. */
export function widthOf({ claim, strict, log, terms, shape }: Candidate): number {
  // Rounding errors of independent figures add up as squares do.
  let sum = claim.claimHalf * claim.claimHalf;
  if (shape === "product" || shape === "same") for (const { value } of terms) sum += value.half * value.half;
  else {
    const half = halfWidth(strict, log);
    sum += half * half;
  }
  return Math.max(LEAST_WIDTH, Math.sqrt(sum));
}

/** How far beyond rounding what was worked out may lie, and what was only told again, as logarithms. */
const BEYOND = 0.006;
const BEYOND_OF_COPY = 0.001;

/**
 * What becomes of the ratio where the claim agrees. Most claims are worked out from the very figures that are printed, so that only their
 * own rounding shows; others from figures that were rounded on the page, or that leave out what honest people leave out.
 * Source: 1,741 consistent claims of the passages.
 */
const AGREEMENTS = { exact: 0.2, copied: 0.45, rounded: 0.18, loose: 0.1, leaking: 0.07 };

/** Less is left open of what is told to three digits of figures without a hedge, and least where all that stands alike is worked out alike. */
const OF_SHARP = { loose: 0.03, leaking: 0.02 };
const OF_KEPT = { loose: 0.005, leaking: 0.005 };

/** The part of the slips that are made with the very figures that are printed. */
const SHARP_SLIPS = 0.7;

/** The density of the ratio where the claim agrees. */
function agreement(
  { claim, strict, generous, shape, terms }: Candidate,
  ratio: number,
  width: number,
  slack: Interval,
  isKept: boolean,
): number {
  const isOpen = isOpenEnded(claim.strict) || isOpenEnded(strict);
  const gap = gapOf(claim.strict, strict);
  if (isOpen) return gap <= 1e-9 ? laplace(ratio, 0.4) : Math.exp(-gap / 0.02) * 0.5;
  const beyond = shape === "same" ? BEYOND_OF_COPY : BEYOND;
  const rounded = gap <= 1e-9 ? 1 / (2 * width + 0.004) : Math.exp(-gap / beyond) / (2 * width + 0.004 + 2 * beyond);
  const isShown = shape !== "product";
  const [low, high] = [Math.log(slack.low) - width, Math.log(slack.high) + width];
  const leaking = !isShown && low <= ratio && ratio <= high ? 1 / (high - low + 0.02) : 0;
  const isNear = gapOf(claim.generous, generous) <= 1e-9;
  const loose = isNear ? laplace(ratio, Math.max(0.03, width)) : isShown ? 0 : laplace(ratio, 0.025) * 0.3;
  const off = Math.abs(ratio);
  const isExact = isSharp(claim) && terms.every(({ value }) => value.quantity.mention.hedge === null);
  const { loose: ofLoose, leaking: ofLeaking } = isKept ? OF_KEPT : isExact ? OF_SHARP : AGREEMENTS;
  return (
    AGREEMENTS.exact * within(off, 0) +
    AGREEMENTS.copied * within(off, claim.claimHalf) +
    AGREEMENTS.rounded * rounded +
    ofLoose * loose +
    ofLeaking * leaking
  );
}

/** Even out to `half`, and falling off at once beyond it. */
function within(off: number, half: number): number {
  const most = Math.max(half, LEAST_WIDTH);
  return (off <= most ? 1 : Math.exp(-(off - most) / BEYOND_OF_COPY)) / (2 * most + 2 * BEYOND_OF_COPY);
}

function isOpenEnded({ low, high }: Interval): boolean {
  return !Number.isFinite(low) || !Number.isFinite(high);
}

/** How near, in logarithms, what figures give must come to one that is told for it to be that one. */
export const NEAR_ENOUGH = 0.004;

/** What lies between two intervals; 0 where they meet. */
export function gapOf(left: Interval, right: Interval): number {
  return Math.max(0, left.low - right.high, right.low - left.high);
}
