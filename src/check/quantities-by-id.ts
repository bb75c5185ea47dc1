import type { Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";

const KNOWN = new WeakMap<readonly Quantity[], ReadonlyMap<string, Quantity>>();

/** Quantities by the id of their mention, put in order once for each list. */
export function quantitiesById(quantities: readonly Quantity[]): ReadonlyMap<string, Quantity> {
  let known = KNOWN.get(quantities);
  if (known === undefined) {
    known = new Map(quantities.map((quantity) => [quantity.mention.id, quantity]));
    KNOWN.set(quantities, known);
  }
  return known;
}

const RUNS = new WeakMap<readonly Run[], ReadonlyMap<string, Run>>();

/** The first run that holds a mention, by its id. */
export function runsByMention(runs: readonly Run[]): ReadonlyMap<string, Run> {
  let known = RUNS.get(runs);
  if (known === undefined) {
    const first = new Map<string, Run>();
    for (const run of runs) for (const { mention } of run.quantities) if (!first.has(mention.id)) first.set(mention.id, run);
    known = first;
    RUNS.set(runs, known);
  }
  return known;
}

const NEAR = new WeakMap<readonly Quantity[], ReadonlyMap<string, readonly Quantity[]>>();

/** In natural logarithms; values nearer than this stand in one place or in two that touch. */
const PLACE = 0.01;

/** Quantities of a kind whose printed value is at most a hundredth from another, and some more, in reading order. */
export function quantitiesNear(quantities: readonly Quantity[], kind: string, value: number): readonly Quantity[] {
  let known = NEAR.get(quantities);
  if (known === undefined) {
    known = Map.groupBy(quantities, ({ mention, readings: [{ printed }] }) => placeOf(mention.kind, printed.value, 0));
    NEAR.set(quantities, known);
  }
  const places = [-1, 0, 1].map((step) => placeOf(kind, value, step));
  const near = places.flatMap((place) => known.get(place) ?? []);
  return near.sort((left, right) => left.mention.span.start - right.mention.span.start);
}

function placeOf(kind: string, value: number, step: number): string {
  return `${kind} ${value > 0 ? Math.floor(Math.log(value) / PLACE) + step : "none"}`;
}
