import type { Quantity, Slot } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { distanceBetween } from "./derive.ts";

/** Figures further apart than one block may be of different things. */
export const MOST_DISTANCE = 2;

/** Pairs of own figures of two slots that stand together; none where the run has several of one. */
export function pairsOf(run: Run, left: Slot, right: Slot): readonly (readonly [Quantity, Quantity])[] {
  const of = (slot: Slot): readonly Quantity[] =>
    run.quantities.filter(
      ({ mention, readings }) =>
        readings[0].slot === slot && !run.lent.has(mention.id) && mention.role !== "hypothetical" && mention.confidence >= SURE_CELL,
    );
  const [ones, others] = [of(left), of(right)];
  const [one, other] = [ones[0], others[0]];
  if (one === undefined || other === undefined || ones.length > 1 || others.length > 1) return [];
  return distanceBetween(one.mention, other.mention) < MOST_DISTANCE ? [[one, other]] : [];
}

const SURE_CELL = 0.9;
