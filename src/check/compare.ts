import type { Outcome, Strength } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import { largest } from "../model/many.ts";
import { isUnitUntold, type Mention } from "../model/mention.ts";
import type { NonEmpty, Reading } from "../model/quantity.ts";
import { distanceBetween } from "./derive.ts";
import { type Estimate, figureOf } from "./estimate.ts";

/** A reading lighter than this does not rescue a claim; it can only explain why it is off. */
const LEAST_ADMISSIBLE_WEIGHT = 0.1;

/** With this weight the likeliest reading stands alone: another one that fails does not make the claim depend on it. */
const DECISIVE_WEIGHT = 0.85;

/** A test that lets a factor of 2 pass has tested nothing. */
const WEAK_POWER = 2;

/** Face values further apart than this agree only where the page itself says that they are rough. */
const MOST_BESIDE = 1.25;

/** One reading of the claim against one estimate. */
export interface Comparison {
  readonly reading: Reading;
  readonly estimate: Estimate;
  /** stated / recomputed at face value. */
  readonly ratio: number;
  readonly agrees: boolean;
  /** How strong the test was; null where it would have let a factor of 2 pass. */
  readonly strength: Strength | null;
  /** What the page itself states is let pass by leeway alone, though it is far off and nothing says that it is rough: odd, and no more. */
  readonly isOdd: boolean;
  /** The smallest factor that this comparison could have caught. */
  readonly power: number;
  readonly weight: number;
  readonly admissible: boolean;
}

/** All readings of one claim against one set of premises through one chain of equations. */
export interface Group {
  readonly comparisons: NonEmpty<Comparison>;
  readonly verdict: "consistent" | "depends" | "inconsistent";
  /** The comparison to show: the likeliest that fits, or the likeliest of all where none does. */
  readonly leading: Comparison;
  /** Lower is better evidence: stated before looked up, near before far, short before long. */
  readonly rank: number;
}

/** Judges a claim against every set of premises that gives an estimate of it; best evidence first. */
export function judge(claim: Mention, readings: readonly Reading[], estimates: readonly Estimate[]): readonly Group[] {
  const groups = new Map<string, Comparison[]>();
  for (const estimate of estimates) {
    for (const reading of readings) {
      if (reading.slot !== estimate.slot || !agreesOnChoices(reading, estimate) || !sameCurrency(reading, estimate)) continue;
      const key = `${estimate.equations.map((equation) => equation.id).join(">")} ${estimate.premises.map((premise) => premise.mention.id).join()} ${estimate.facts
        .filter((fact) => fact.nature !== "definition")
        .map((fact) => fact.id)
        .join()}`;
      const group = groups.get(key) ?? [];
      group.push(compare(claim, reading, estimate));
      groups.set(key, group);
    }
  }
  return [...groups.values()].flatMap((comparisons) => groupOf(claim, comparisons) ?? []).sort((left, right) => left.rank - right.rank);
}

/** The comparison as a row of the table of readings. */
export function outcomeOf(comparison: Comparison): Outcome {
  return {
    assumes: [...new Set([...comparison.estimate.assumes, ...comparison.reading.assumes.map((assumption) => assumption.choice)])],
    weight: comparison.weight,
    admissible: comparison.admissible,
    recomputed: figureOf(comparison.estimate.width, comparison.estimate.baseUnit),
    agrees: comparison.agrees,
  };
}

function compare(mention: Mention, reading: Reading, estimate: Estimate): Comparison {
  const claim = reading.width;
  const derived = estimate.width;
  const ratio = claim.face / derived.face;
  const leastWeight = Math.min(reading.weight, estimate.leastWeight);
  const isOpen =
    !Number.isFinite(claim.generous.high) ||
    !Number.isFinite(derived.generous.high) ||
    claim.generous.low <= 0 ||
    derived.generous.low <= 0;
  // A range of costs runs from the cheapest to the dearest price: all of it must be payable, not one end.
  const isPriceRange = mention.number.range !== null && estimate.facts.some((fact) => fact.nature === "dated");
  const fits = isPriceRange ? liesWithin : meetsWithin;
  const isWithinBands = fits(claim.generous, derived.generous, estimate.slack);
  const power = isOpen ? Infinity : powerOf(claim, derived, estimate.slack);
  return {
    reading,
    estimate,
    ratio,
    agrees: isWithinBands,
    strength: strengthOf({ reading, estimate, ratio, power, isOpen, isRough: isRough(mention, estimate) }),
    isOdd:
      isBeside(ratio, MOST_BESIDE) &&
      !isRough(mention, estimate) &&
      isOfPage(estimate) &&
      !meetsWithin(claim.strict, derived.strict, EXACTLY),
    power,
    weight: reading.weight * estimate.weight,
    admissible: leastWeight >= LEAST_ADMISSIBLE_WEIGHT && !reading.contradictsPrint && !estimate.contradictsPrint,
  };
}

/** What decides how much a comparison has tested. */
interface Test {
  readonly reading: Reading;
  readonly estimate: Estimate;
  readonly ratio: number;
  readonly power: number;
  readonly isOpen: boolean;
  readonly isRough: boolean;
}

/** Null where a factor of 2 would have passed: the bands are that wide, or what is merely usual is all there is. */
function strengthOf({ reading, estimate, ratio, power, isOpen, isRough }: Test): Strength | null {
  const isUsual = estimate.facts.some(({ nature }) => nature === "default");
  if (isUsual && power > WEAK_POWER) return null;
  if (Math.abs(ratio - 1) < 1e-6) return "exact";
  if (isOpen) return "bound";
  if (isBeside(ratio, isRough ? MOST_BESIDE_ROUGH : MOST_BESIDE)) return null;
  const { face } = estimate.width;
  if (reading.width.strict.low <= face && face <= reading.width.strict.high) return "strict";
  if (power > WEAK_POWER) return null;
  return meetsWithin(reading.width.strict, estimate.width.strict, EXACTLY) ? "strict" : "loose";
}

const EXACTLY: Interval = { low: 1, high: 1 };

/** What is told roughly may be off by this much, and no more. */
const MOST_BESIDE_ROUGH = 1.35;

function isBeside(ratio: number, most: number): boolean {
  return Math.max(ratio, 1 / ratio) > most;
}

/** Whether an estimate rests on stated figures and definitions alone. */
function isOfPage({ facts }: Estimate): boolean {
  return facts.every(({ nature }) => nature === "definition");
}

/** Whether the page says of one of the figures that it is rough: a hedge, a range, "several". */
function isRough(claim: Mention, { premises }: Estimate): boolean {
  return [claim, ...premises.map(({ mention }) => mention)].some(
    ({ hedge, number }) => hedge !== null || number.range !== null || number.form === "vague",
  );
}

/** How far the claim could be off, up or down, and still pass. */
function powerOf(claim: Reading["width"], derived: Estimate["width"], slack: Interval): number {
  const up = (derived.generous.high * slack.high * claim.face) / (claim.generous.low * derived.face);
  const down = (derived.face * claim.generous.high) / (derived.generous.low * slack.low * claim.face);
  return Math.max(up, down);
}

/** True if some value of `claim` is some value of `derived` times a factor of the band. */
function meetsWithin(claim: Interval, derived: Interval, slack: Interval): boolean {
  const noise = 1e-9;
  return claim.low <= derived.high * slack.high * (1 + noise) && claim.high * (1 + noise) >= derived.low * slack.low;
}

function liesWithin(claim: Interval, derived: Interval, slack: Interval): boolean {
  return claim.low >= derived.low * slack.low && claim.high <= derived.high * slack.high;
}

function groupOf(claim: Mention, comparisons: readonly Comparison[]): Group | null {
  const sorted = [...comparisons].sort((left, right) => Number(right.admissible) - Number(left.admissible) || right.weight - left.weight);
  const [likeliest, ...rest] = sorted;
  if (likeliest === undefined) return null;
  const admissible = sorted.filter((comparison) => comparison.admissible);
  const pool = admissible.length > 0 ? admissible : [likeliest];
  const total = pool.reduce((sum, comparison) => sum + comparison.weight, 0);
  const fitting = pool.filter((comparison) => comparison.agrees);
  const isDecisive = likeliest.agrees && likeliest.weight / total >= DECISIVE_WEIGHT;
  // What the page does not say is no reading of what it says: any unit that fits is the one that is meant.
  const isSettled = fitting.length === pool.length || isDecisive || isUnitUntold(claim);
  const verdict = fitting.length === 0 ? "inconsistent" : isSettled ? "consistent" : "depends";
  const leading = verdict === "consistent" ? (fitting[0] ?? likeliest) : likeliest;
  return { comparisons: [likeliest, ...rest], verdict, leading, rank: rankOf(claim, likeliest.estimate) };
}

function rankOf(claim: Mention, estimate: Estimate): number {
  const isLookedUp = estimate.facts.some((fact) => fact.nature !== "definition");
  const furthest = largest(
    estimate.premises.map((premise) => distanceBetween(claim, premise.mention)),
    0,
  );
  return (isLookedUp ? 1000 : 0) + Math.floor(furthest) * 100 + estimate.equations.length * 10 + estimate.premises.length + (furthest % 1);
}

function agreesOnChoices(reading: Reading, estimate: Estimate): boolean {
  return reading.assumes.every((assumption) => (estimate.choices.get(assumption.about) ?? assumption.choice) === assumption.choice);
}

function sameCurrency(reading: Reading, estimate: Estimate): boolean {
  return reading.currency === null || estimate.currency === null || reading.currency === estimate.currency;
}
