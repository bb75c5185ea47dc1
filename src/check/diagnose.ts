import type { Catalog, Diagnosis } from "../model/catalog.ts";
import type { Cause } from "../model/finding.ts";
import { headLength } from "../model/head-length.ts";
import type { Interval } from "../model/interval.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { isToldIn } from "../model/told-units.ts";
import type { Comparison } from "./compare.ts";
import { figureOf } from "./estimate.ts";

/** An inadmissible reading explains a ratio only if it comes this near. */
const READING_TOLERANCE = 0.05;

/** A ratio known no better than this, high over low, names no factor. */
const WIDEST_REACH = 1.35;

/** A large factor has few rivals, and is told from them by less. */
const WIDEST_REACH_OF_FAR = 2;
const LEAST_FAR = 5;

/** An unlikely slip is never more than possible. */
const LEAST_PRIOR_OF_A_NAME = 0.2;

/** A disagreement, and what is known of the figures in it. */
export interface Doubt {
  /** stated / recomputed at face value. */
  readonly ratio: number;
  /** The same with all that rounding and the leaks of the equation admit. */
  readonly reach: Interval;
  /** The same with what the printed digits admit, and no more. */
  readonly rounding: Interval;
  /** The quantities that the equations on the way speak of. */
  readonly slots: ReadonlySet<string>;
  /** The units that they are told in. */
  readonly units: ReadonlySet<string>;
  /** Catalog ids of the products in it. */
  readonly hardware: ReadonlySet<string>;
  /** The run, whose other figures may have been left out or applied twice; null where they count for nothing. */
  readonly run: Run | null;
}

/** A slip that would leave the ratio. */
interface Candidate {
  readonly id: string;
  readonly factor: number;
  readonly words: string;
  readonly prior: number;
  /** Whether its factor is a fact of the product. */
  readonly isOfProduct?: boolean;
  /** Whether the ratio is the factor but for the rounding of the digits, not only one that the leaks of the equation admit. */
  readonly exact: boolean;
  /** How far the ratio at face value is from the factor. Units: logarithm. */
  readonly distance: number;
}

/**
 * Why a stated figure is off, where its ratio to the recomputed one is a known factor whose gate is open.
 *
 * The factors are those of `rules/diagnoses/`, offered only if one of their slots is among the premises, and those that the run
 * itself has: its PUE, its epochs, the devices of its nodes. One candidate is named, several are possible, the likeliest first.
 * With a `leastPrior` only likely slips count, and only where the ratio is exactly theirs or no other factor is anywhere near.
 */
export function slipOf(catalog: Catalog, doubt: Doubt, leastPrior = 0): Cause | null {
  const known = catalog.diagnoses
    .filter((diagnosis) => isOpen(catalog, diagnosis, doubt))
    .flatMap((diagnosis) => fromRule(diagnosis, doubt));
  const candidates = [...known, ...fromRun(doubt), ...fromExperts(doubt)]
    .filter((slip) => slip.prior >= leastPrior && (leastPrior === 0 || slip.exact || isFarAlone(slip)))
    .sort(
      (left, right) =>
        Number(right.exact) - Number(left.exact) ||
        Number(isAtFace(right)) - Number(isAtFace(left)) ||
        right.prior - left.prior ||
        left.distance - right.distance,
    );
  const best = candidates[0];
  if (best === undefined) return null;
  const width = doubt.reach.high / doubt.reach.low;
  const isFar = !best.exact && width > WIDEST_REACH && width <= WIDEST_REACH_OF_FAR && Math.max(best.factor, 1 / best.factor) >= LEAST_FAR;
  if (!best.exact && width > WIDEST_REACH && !isFar) return nearestOf(candidates);
  // What has the factor of the product by chance is no rival of it.
  const rivals = candidates.filter(
    (candidate) =>
      candidate.exact === best.exact &&
      isAtFace(candidate) === isAtFace(best) &&
      candidate.id !== best.id &&
      (best.isOfProduct !== true || candidate.isOfProduct === true),
  );
  return {
    diagnosis: best.id,
    factor: best.factor,
    certainty: rivals.length === 0 && best.prior >= LEAST_PRIOR_OF_A_NAME && !isFar ? "named" : "possible",
    words: best.words,
    fits: null,
  };
}

/** How near the face values come to a factor that leaves no room for others. Units: logarithm. */
const AT_FACE = 0.01;

function isAtFace({ distance }: Candidate): boolean {
  return distance <= AT_FACE;
}

/** Factors this far from one have no rivals that an estimate could mean. */
const LEAST_ALONE = 100;

function isFarAlone({ factor }: Candidate): boolean {
  return Math.max(factor, 1 / factor) >= LEAST_ALONE;
}

/** What a ratio may be off from a factor, where the equation leaks so much that several could be meant. Units: logarithm. */
const NEAREST = 0.06;

/** Of factors that the leaks admit, the one that the face values come very near: never more than possible. */
function nearestOf(candidates: readonly Candidate[]): Cause | null {
  const [nearest] = candidates.filter(({ distance }) => distance <= NEAREST).toSorted((left, right) => left.distance - right.distance);
  if (nearest === undefined) return null;
  return { diagnosis: nearest.id, factor: nearest.factor, certainty: "possible", words: nearest.words, fits: null };
}

/** The reading that the print contradicts, but under which the figures agree: the first explanation of all. */
export function readingOf(comparisons: NonEmpty<Comparison>, leading: Comparison): Cause | null {
  const other = comparisons.find((comparison) => !comparison.admissible && Math.abs(comparison.ratio - 1) < READING_TOLERANCE);
  if (other === undefined) return null;
  const factor = other.estimate.width.face / leading.estimate.width.face;
  return {
    diagnosis: "reading",
    factor: Math.round(factor * 1000) / 1000,
    certainty: "named",
    words: `it fits only if the count is read as ${other.estimate.assumes.join(", ")}`,
    fits: fitOf(other),
  };
}

function fitOf(comparison: Comparison): Figure {
  return figureOf(comparison.estimate.width, comparison.estimate.baseUnit);
}

/** Whether the quantities, units and products of a disagreement leave room for a slip. */
export function isOpen(catalog: Catalog, diagnosis: Diagnosis, doubt: Pick<Doubt, "slots" | "units" | "hardware">): boolean {
  // A time for a trillion tokens is a time.
  if (!diagnosis.gate.some((gate) => [...doubt.slots].some((slot) => slot === gate || slot.startsWith(`${gate}_per_`)))) return false;
  if (!isToldIn(diagnosis.units, doubt.units)) return false;
  if (diagnosis.hardware.length === 0) return true;
  return catalog.accelerators.some(
    (accelerator) =>
      doubt.hardware.has(accelerator.id) &&
      (diagnosis.hardware.includes(accelerator.id) ||
        diagnosis.hardware.includes(accelerator.family) ||
        diagnosis.hardware.includes(accelerator.kind)),
  );
}

function fromRule(diagnosis: Diagnosis, doubt: Doubt): readonly Candidate[] {
  const { id, words, prior, hardware } = diagnosis;
  const tolerance = Math.max(diagnosis.tolerance, LEAST_TOLERANCE);
  return diagnosis.factors
    .flatMap((factor) => [factor, 1 / factor])
    .flatMap((factor) => candidate({ id, words, prior, factor, isOfProduct: hardware.length > 0 }, doubt, tolerance));
}

const LEAST_TOLERANCE = 0.005;

/** Digits that say less than this, high over low, tell no factor from another. */
const WIDEST_ROUNDING = 1.35;

function candidate(slip: Omit<Candidate, "exact" | "distance">, doubt: Doubt, tolerance: number): readonly Candidate[] {
  const { ratio, rounding, reach } = doubt;
  const isRounded = rounding.high / rounding.low <= WIDEST_ROUNDING && rounding.low <= slip.factor && slip.factor <= rounding.high;
  const exact = isRounded || Math.abs(ratio / slip.factor - 1) <= tolerance;
  const isWithin = reach.low <= slip.factor && slip.factor <= reach.high;
  return exact || isWithin ? [{ ...slip, exact, distance: Math.abs(Math.log(ratio / slip.factor)) }] : [];
}

/** What a figure of the run may have been taken for: each kind, in words, and how likely that is. */
const OWN_FACTORS: readonly {
  readonly kind: MentionKind;
  readonly id: string;
  readonly words: (text: string) => string;
  readonly prior: number;
}[] = [
  { kind: "pue", id: "pue-left-out", words: (text) => `the PUE of ${text} was left out, or applied twice`, prior: 0.9 },
  {
    kind: "epochs",
    id: "epoch-for-run",
    words: (text) => `the figure of one epoch was taken for that of ${text}, or the other way`,
    prior: 0.5,
  },
  {
    kind: "nodes",
    id: "node-for-run",
    words: (text) => `the figure of one node was taken for that of ${text}, or the other way`,
    prior: 0.4,
  },
  {
    kind: "accelerators",
    id: "one-for-all",
    words: (text) => `the figure of one accelerator was taken for that of ${text}, or the other way`,
    prior: 0.45,
  },
];

/** The slip by which a figure of this kind is left out or multiplied with twice; null where there is none. */
export function ownSlipOf(kind: MentionKind): string | null {
  return OWN_FACTORS.find((own) => own.kind === kind)?.id ?? null;
}

/** How near a factor of the run must come. */
const OWN_TOLERANCE = 0.01;

/** A factor that a figure of the run opens, or its inverse. */
interface OwnSlip {
  readonly slip: Omit<Candidate, "exact" | "distance">;
  /** What has to be among the slots, where anything has. */
  readonly gate: readonly string[];
  /** Its place in the order of the figures. */
  readonly order: number;
}

/** What the figures of a run open, and the first of each slot. */
interface Beside {
  /** By factor, the smallest first. */
  readonly slips: readonly OwnSlip[];
  readonly bySlot: ReadonlyMap<string, Quantity>;
}

const BESIDE = new WeakMap<Run, Beside>();

/** Made once for all claims of the run: there may be as many figures as claims. Of figures that open the same, the first speaks. */
function besideIn(run: Run): Beside {
  let beside = BESIDE.get(run);
  if (beside === undefined) {
    const slips = new Map<string, OwnSlip>();
    const bySlot = new Map<string, Quantity>();
    for (const quantity of run.quantities) {
      const { mention, readings } = quantity;
      if (mention.per !== null) continue;
      if (!bySlot.has(readings[0].slot)) bySlot.set(readings[0].slot, quantity);
      const value = readings[0].width.face;
      const own = OWN_FACTORS.find(({ kind }) => kind === mention.kind);
      if (own === undefined || !(value > LEAST_FACTOR) || mention.number.range !== null) continue;
      const gate = own.kind === "pue" ? PUE_SLOTS : [];
      for (const factor of [value, 1 / value]) {
        const key = `${own.id} ${factor}`;
        if (slips.has(key)) continue;
        slips.set(key, { slip: { id: own.id, words: own.words(mention.text), prior: own.prior, factor }, gate, order: slips.size });
      }
    }
    beside = { slips: [...slips.values()].sort((left, right) => left.slip.factor - right.slip.factor), bySlot };
    BESIDE.set(run, beside);
  }
  return beside;
}

const PUE_SLOTS: readonly string[] = ["pue", "energy"];

function fromRun(doubt: Doubt): readonly Candidate[] {
  if (doubt.run === null) return [];
  const { slips } = besideIn(doubt.run);
  const { ratio, rounding, reach } = doubt;
  // No candidate lies outside.
  const least = Math.min(rounding.low, reach.low, ratio * (1 - 2 * OWN_TOLERANCE));
  const most = Math.max(rounding.high, reach.high, ratio * (1 + 2 * OWN_TOLERANCE));
  const near: OwnSlip[] = [];
  for (let at = headLength(slips, ({ slip }) => slip.factor < least); at < slips.length; at += 1) {
    const own = slips[at];
    if (own === undefined || own.slip.factor > most) break;
    if (own.gate.length === 0 || own.gate.some((slot) => doubt.slots.has(slot))) near.push(own);
  }
  return near.sort((left, right) => left.order - right.order).flatMap(({ slip }) => candidate(slip, doubt, OWN_TOLERANCE));
}

/** A sparse model's parameters, all of them for those that a token passes through. */
function fromExperts(doubt: Doubt): readonly Candidate[] {
  if (doubt.run === null || !doubt.slots.has("parameters")) return [];
  const { bySlot } = besideIn(doubt.run);
  const faceOf = (slot: string): number => bySlot.get(slot)?.readings[0].width.face ?? Number.NaN;
  const factor = faceOf("total_parameters") / faceOf("parameters");
  if (!(factor > LEAST_FACTOR)) return [];
  const words = "the total parameters were taken for the activated ones, or the other way";
  return [factor, 1 / factor].flatMap((each) =>
    candidate({ id: "total-for-activated", words, prior: TOTAL_PRIOR, factor: each }, doubt, OWN_TOLERANCE),
  );
}

const TOTAL_PRIOR = 0.8;

/** Figures as near to one as this leave no trace. */
export const LEAST_FACTOR = 1.02;
