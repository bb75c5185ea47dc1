import type { Catalog, Diagnosis } from "../model/catalog.ts";
import type { Cause } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, NonEmpty, Quantity } from "../model/quantity.ts";
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
  /** The quantities that the equations on the way speak of. */
  readonly slots: ReadonlySet<string>;
  /** Catalog ids of the products in it. */
  readonly hardware: ReadonlySet<string>;
  /** Other figures of the run, whose values may have been left out or applied twice. */
  readonly beside: readonly Quantity[];
}

/** A slip that would leave the ratio. */
interface Candidate {
  readonly id: string;
  readonly factor: number;
  readonly words: string;
  readonly prior: number;
  /** Whether the ratio at face value is the factor, not only one that rounding admits. */
  readonly exact: boolean;
}

/**
 * Why a stated figure is off, where its ratio to the recomputed one is a known factor whose gate is open.
 *
 * The factors are those of `rules/diagnoses/`, offered only if one of their slots is among the premises, and those that the run
 * itself has: its PUE, its epochs, the devices of its nodes. One candidate is named, several are possible, the likeliest first.
 * With a `leastPrior` only likely slips count, and only where the ratio is exactly theirs.
 */
export function slipOf(catalog: Catalog, doubt: Doubt, leastPrior = 0): Cause | null {
  const known = catalog.diagnoses
    .filter((diagnosis) => isOpen(catalog, diagnosis, doubt))
    .flatMap((diagnosis) => fromRule(diagnosis, doubt));
  const candidates = [...known, ...fromRun(doubt), ...fromExperts(doubt)]
    .filter((slip) => slip.prior >= leastPrior && (leastPrior === 0 || slip.exact))
    .sort((left, right) => Number(right.exact) - Number(left.exact) || right.prior - left.prior);
  const best = candidates[0];
  if (best === undefined) return null;
  const width = doubt.reach.high / doubt.reach.low;
  const isFar = !best.exact && width > WIDEST_REACH && width <= WIDEST_REACH_OF_FAR && Math.max(best.factor, 1 / best.factor) >= LEAST_FAR;
  if (!best.exact && width > WIDEST_REACH && !isFar) return null;
  const rivals = candidates.filter((candidate) => candidate.exact === best.exact && candidate.id !== best.id);
  return {
    diagnosis: best.id,
    factor: best.factor,
    certainty: rivals.length === 0 && best.prior >= LEAST_PRIOR_OF_A_NAME && !isFar ? "named" : "possible",
    words: best.words,
    fits: null,
  };
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

function isOpen(catalog: Catalog, diagnosis: Diagnosis, doubt: Doubt): boolean {
  if (!diagnosis.gate.some((slot) => doubt.slots.has(slot))) return false;
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
  const { id, words, prior } = diagnosis;
  const tolerance = Math.max(diagnosis.tolerance, LEAST_TOLERANCE);
  return diagnosis.factors
    .flatMap((factor) => [factor, 1 / factor])
    .flatMap((factor) => candidate({ id, words, prior, factor }, doubt, tolerance));
}

const LEAST_TOLERANCE = 0.005;

function candidate(slip: Omit<Candidate, "exact">, doubt: Doubt, tolerance: number): readonly Candidate[] {
  const exact = Math.abs(doubt.ratio / slip.factor - 1) <= tolerance;
  const isWithin = doubt.reach.low <= slip.factor && slip.factor <= doubt.reach.high;
  return exact || isWithin ? [{ ...slip, exact }] : [];
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

/** How near a factor of the run must come. */
const OWN_TOLERANCE = 0.01;

function fromRun(doubt: Doubt): readonly Candidate[] {
  return doubt.beside.flatMap(({ mention, readings }) => {
    const value = readings[0].width.face;
    if (!(value > LEAST_FACTOR) || mention.number.range !== null) return [];
    return OWN_FACTORS.filter(
      (own) => own.kind === mention.kind && (own.kind !== "pue" || doubt.slots.has("pue") || doubt.slots.has("energy")),
    ).flatMap((own) =>
      [value, 1 / value].flatMap((factor) =>
        candidate({ id: own.id, words: own.words(mention.text), prior: own.prior, factor }, doubt, OWN_TOLERANCE),
      ),
    );
  });
}

/** A sparse model's parameters, all of them for those that a token passes through. */
function fromExperts(doubt: Doubt): readonly Candidate[] {
  if (!doubt.slots.has("parameters")) return [];
  const faceOf = (slot: string): number =>
    doubt.beside.find(({ readings }) => readings[0].slot === slot)?.readings[0].width.face ?? Number.NaN;
  const factor = faceOf("total_parameters") / faceOf("parameters");
  if (!(factor > LEAST_FACTOR)) return [];
  const words = "the total parameters were taken for the activated ones, or the other way";
  return [factor, 1 / factor].flatMap((each) =>
    candidate({ id: "total-for-activated", words, prior: TOTAL_PRIOR, factor: each }, doubt, OWN_TOLERANCE),
  );
}

const TOTAL_PRIOR = 0.8;

/** Figures as near to one as this leave no trace. */
const LEAST_FACTOR = 1.02;
