import type { Interval } from "../model/interval.ts";
import type { Slot } from "../model/quantity.ts";
import type { Estimate } from "./estimate.ts";

/** Nobody trains for three years: a missing time that long is no answer. */
const MOST_WALL_HOURS = 26_280;

/**
 * What a missing value can be at all, in the base unit of its slot: beyond it a value that "would make the claim true" is no answer.
 *
 * Source: the ends of what the catalog holds (prices, power limits, PUE, grids), and of what has been trained so far.
 */
const POSSIBLE: Readonly<Partial<Record<Slot, Interval>>> = {
  // Of what is no whole one there is none.
  accelerators: { low: 0.9, high: 2e6 },
  nodes: { low: 0.9, high: 2e5 },
  wall_time: { low: 1 / 60, high: MOST_WALL_HOURS },
  price: { low: 0.02, high: 60 },
  price_per_node: { low: 0.02, high: 1000 },
  energy_price: { low: 0.005, high: 1 },
  power: { low: 0.01, high: 5 },
  pue: { low: 1, high: 3 },
  carbon_intensity: { low: 0.001, high: 1.5 },
  mfu: { low: 0.01, high: 1 },
  hfu: { low: 0.01, high: 1 },
};

/** Whether a value that was worked out for what is missing may be told as one that would make a claim true. */
export function isBelievable({ slot, facts, width, steps }: Estimate): boolean {
  if (facts.some((fact) => fact.nature === "default" && !fact.id.startsWith("assumed"))) return false;
  const possible = POSSIBLE[slot];
  if (possible !== undefined && (width.face < possible.low || width.face > possible.high)) return false;
  const times = steps.flatMap((step) => (step.kind === "compute" && step.result.unit === "hour" ? [step.result.value] : []));
  return times.every((hours) => hours <= MOST_WALL_HOURS);
}
