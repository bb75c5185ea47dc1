import type { Catalog, Diagnosis } from "../model/catalog.ts";
import type { Cause } from "../model/finding.ts";
import type { Comparison, Group } from "./compare.ts";
import { figureOf } from "./estimate.ts";

/** An inadmissible reading explains a ratio only if it comes this near. */
const READING_TOLERANCE = 0.05;

/**
 * Why a stated figure is off, where its ratio to the recomputed one is a known factor whose gate is open.
 *
 * A reading that the print contradicts, but that would make the figures agree, is the first explanation; then the factors of
 * `rules/diagnoses/`, offered only if one of their slots is among the premises. One candidate is named, several are possible.
 */
export function diagnose(catalog: Catalog, group: Group): Cause | null {
  const leading = group.leading;
  const candidates = catalog.diagnoses
    .filter((diagnosis) => isOpen(catalog, diagnosis, leading))
    .flatMap((diagnosis) => {
      const factor = matchingFactor(diagnosis, leading.ratio);
      return factor === null ? [] : [{ diagnosis, factor }];
    })
    .sort((left, right) => right.diagnosis.prior - left.diagnosis.prior);
  const best = candidates[0];
  const other = group.comparisons.find((comparison) => !comparison.admissible && Math.abs(comparison.ratio - 1) < READING_TOLERANCE);
  if (best === undefined) return other === undefined ? null : fromReading(leading, other);
  return {
    diagnosis: best.diagnosis.id,
    factor: best.factor,
    certainty: candidates.length === 1 || other !== undefined ? "named" : "possible",
    words: best.diagnosis.words,
    fits: other === undefined ? null : figureOf(other.estimate.width, other.estimate.baseUnit),
  };
}

function fromReading(leading: Comparison, other: Comparison): Cause {
  const factor = other.estimate.width.face / leading.estimate.width.face;
  return {
    diagnosis: "reading",
    factor: Math.round(factor * 1000) / 1000,
    certainty: "named",
    words: `it fits only if the count is read as ${other.estimate.assumes.join(", ")}`,
    fits: figureOf(other.estimate.width, other.estimate.baseUnit),
  };
}

function isOpen(catalog: Catalog, diagnosis: Diagnosis, comparison: Comparison): boolean {
  const slots = new Set(comparison.estimate.equations.flatMap((equation) => [equation.result, ...equation.terms.map((term) => term.slot)]));
  if (!diagnosis.gate.some((slot) => slots.has(slot))) return false;
  if (diagnosis.hardware.length === 0) return true;
  const ids = comparison.estimate.premises.flatMap((premise) => premise.readings.flatMap((reading) => reading.hardware ?? []));
  return catalog.accelerators.some(
    (accelerator) =>
      ids.includes(accelerator.id) &&
      (diagnosis.hardware.includes(accelerator.id) ||
        diagnosis.hardware.includes(accelerator.family) ||
        diagnosis.hardware.includes(accelerator.kind)),
  );
}

function matchingFactor(diagnosis: Diagnosis, ratio: number): number | null {
  for (const factor of diagnosis.factors) {
    for (const candidate of [factor, 1 / factor]) {
      if (Math.abs(ratio / candidate - 1) <= Math.max(diagnosis.tolerance, 0.005)) return candidate;
    }
  }
  return null;
}
