import type { Candidate, Definition, Term } from "./candidate.ts";
import type { DimensionTable, Kept } from "./dimension-table.ts";
import { NearestFew } from "./nearest-few.ts";
import { MOST_TERMS, OF_CONSTANTS, type StructureNode } from "./structure.ts";
import type { TypedValue } from "./typed-value.ts";

/** Products that are tried for one claim, and steps on the way to them. */
const MOST_PRODUCTS = 48;
const MOST_STEPS = 4000;

/** A search of more steps is worth asking which ways can end at all. */
const FEW_STEPS = 50;

/** What a factor costs beside its distance: short products are likelier, and fewest claims are worked out by dividing, or with a pure number. */
const COST_OF_FACTOR = 0.5;
const COST_OF_DIVISOR = 1;
const COST_OF_NUMBER = 2.5;

export const SIX: Definition = {
  id: "six-flop",
  title: "6 FLOP for each parameter and token",
  value: 6,
  unit: "flop/(parameter*token)",
  dimensions: { flop: 1, parameter: -1, token: -1 },
  key: "flop1 parameter-1 token-1",
  cancels: "flop",
  source: null,
};

/** A figure with how far it is from a claim: small is near. */
export interface Ranked {
  readonly value: TypedValue;
  readonly distance: number;
}

/** Figures in reach of a claim, by a dimension that they have; nearest first. */
export interface Reach {
  readonly holding: (name: string) => readonly Ranked[];
  /** Pure numbers that multiply or divide: PUE, utilization. */
  readonly numbers: readonly Ranked[];
  /** What the catalog knows of the product of the claim. */
  readonly definitions: readonly Definition[];
  readonly table: DimensionTable;
  /** Where the products of the claim's dimension begin. */
  readonly structure: StructureNode;
}

type Used = Candidate["definitions"][number];

/** A product before it is worked out. */
interface Found {
  readonly structure: StructureNode;
  readonly terms: readonly Term[];
  readonly definitions: readonly Used[];
}

/**
 * The products of figures in reach whose dimension is the claim's, those of the nearest figures first.
 *
 * Goes backwards from the claim: each factor cancels a power of the first dimension that is left, so that no product is met twice
 * in another order. Ways that are further already than all that are kept are not gone.
 */
export function productsFor(claim: TypedValue, reach: Reach): readonly Candidate[] {
  const found = new NearestFew<Found>(MOST_PRODUCTS);
  const { table, numbers } = reach;
  const { kind } = claim.quantity.mention;
  // A utilization is a rate by another rate of the same dimension; in any other product a dimension stands once.
  const isShare = kind === "mfu";
  // The factors on the way to where the search is.
  const terms: Term[] = [];
  const definitions: Used[] = [];
  let steps = 0;
  const emit = (structure: StructureNode, distance: number): void => {
    if (terms.length === 0 || (!isShare && structure.isCircular)) return;
    const used = definitions.length === 0 ? NOTHING : definitions.slice();
    found.add(distance, { structure, terms: terms.slice(), definitions: used });
    if (terms.length >= MOST_TERMS) return;
    for (const { value: number, distance: own } of numbers) {
      const far = distance + own + COST_OF_NUMBER;
      if (far >= found.bound) break;
      if (number.at === claim.at || number.quantity.mention.kind === kind || terms.some(({ value }) => value.at === number.at)) continue;
      if (terms.length === 1 && definitions.length === 0 && !scales(number, claim)) continue;
      for (const sign of SIGNS)
        found.add(far, { structure: structure.by(number.kept, sign, null), terms: [...terms, { value: number, sign }], definitions: used });
    }
  };
  const isSpent = (value: TypedValue): boolean => {
    for (const { value: other } of terms) if (other.at === value.at || (other.kept === value.kept && !isShare)) return true;
    for (const { definition } of definitions) if (definition.key === value.key) return true;
    return false;
  };
  const leastFor = leastCosts(reach);
  const search = (structure: StructureNode, distance: number): void => {
    const { rest } = structure;
    if (steps > FEW_STEPS && !isShare && !structure.canEnd) return;
    if (steps >= MOST_STEPS || distance + leastFor(rest, MOST_TERMS - terms.length) >= found.bound) return;
    steps += 1;
    if (rest.isEmpty) {
      emit(structure, distance);
      return;
    }
    if (terms.length < MOST_TERMS)
      for (const { value, distance: own } of reach.holding(rest.first)) {
        if (distance + own + COST_OF_FACTOR >= found.bound) break;
        if (value.at === claim.at || isSpent(value)) continue;
        const next = table.step(rest, value.kept);
        if (next === null) continue;
        terms.push({ value, sign: next.sign });
        const cost = next.sign > 0 ? COST_OF_FACTOR : COST_OF_DIVISOR;
        search(structure.by(value.kept, next.sign, null), distance + own + cost);
        terms.pop();
      }
    for (const definition of OF_CONSTANTS.has(rest.first) ? reach.definitions : NOTHING) {
      if (definition.cancels !== rest.first) continue;
      if (definitions.some((other) => other.definition.key === definition.key)) continue;
      if (!isShare && terms.some(({ value }) => value.key === definition.key)) continue;
      const kept = table.of(definition.key, definition.dimensions);
      const next = table.step(rest, kept);
      if (next === null) continue;
      definitions.push({ definition, sign: next.sign });
      search(structure.by(kept, next.sign, definition), distance);
      definitions.pop();
    }
  };
  if (!claim.kept.isEmpty) search(reach.structure, 0);
  else if (isShare) {
    const six = table.of(SIX.key, SIX.dimensions);
    definitions.push({ definition: SIX, sign: 1 });
    search(reach.structure.by(six, 1, SIX), 0);
    definitions.pop();
    // A utilization is a rate by a rate: the upper one begins.
    for (const { value, distance } of reach.holding("flop")) {
      if (!((value.dimensions["flop"] ?? 0) > 0) || value.at === claim.at) continue;
      terms.push({ value, sign: 1 });
      search(reach.structure.by(value.kept, 1, null), distance + COST_OF_FACTOR);
      terms.pop();
    }
  }
  return found.take().map((product) => productOf(claim, product));
}

/** What it costs at least to cancel a dimension with so many factors, or fewer; infinity where that cannot be done. */
function leastCosts({ holding, definitions, table }: Reach): (rest: Kept, factors: number) => number {
  const known: (number | undefined)[] = [];
  const leastFor = (rest: Kept, factors: number): number => {
    if (rest.isEmpty) return 0;
    const at = rest.id * (MOST_TERMS + 1) + factors;
    let least = known[at];
    if (least !== undefined) return least;
    least = Number.POSITIVE_INFINITY;
    let last: Kept | null = null;
    for (const { value, distance } of factors > 0 ? holding(rest.first) : NOTHING) {
      if (distance + COST_OF_FACTOR >= least) break;
      // Of figures of one dimension the nearest costs least.
      if (value.kept === last) continue;
      last = value.kept;
      const next = table.step(rest, value.kept);
      if (next === null) continue;
      least = Math.min(least, distance + (next.sign > 0 ? COST_OF_FACTOR : COST_OF_DIVISOR) + leastFor(next.left, factors - 1));
    }
    for (const { key, dimensions, cancels } of OF_CONSTANTS.has(rest.first) ? definitions : NOTHING) {
      if (cancels !== rest.first) continue;
      const next = table.step(rest, table.of(key, dimensions));
      if (next !== null) least = Math.min(least, leastFor(next.left, factors));
    }
    known[at] = least;
    return least;
  };
  return leastFor;
}

/** What a pure number turns one figure of a kind into another of it: energy by the PUE, a rate by its utilization, anything by a ratio. */
function scales(number: TypedValue, claim: TypedValue): boolean {
  const { kind } = claim.quantity.mention;
  switch (number.quantity.mention.kind) {
    case "pue":
      return kind === "energy" || kind === "power";
    case "mfu":
      return kind === "flop-rate" || kind === "flop";
    default:
      return true;
  }
}

const SIGNS = [1, -1] as const;

const NOTHING: readonly never[] = [];

function productOf(claim: TypedValue, { structure, terms, definitions }: Found): Candidate {
  const { log, strict, generous } = multiplied(terms, definitions);
  return {
    claim,
    shape: terms.length === 1 && definitions.length === 0 ? "same" : "product",
    terms,
    definitions,
    counts: NOTHING,
    structure,
    series: null,
    summands: null,
    parts: null,
    log,
    strict,
    generous,
  };
}

/** What factors and definitions come to. */
export function multiplied(terms: readonly Term[], used: readonly Used[]): Pick<Candidate, "log" | "strict" | "generous"> {
  let log = 0;
  for (const { definition, sign } of used) log += sign * Math.log(definition.value);
  let [strictLow, strictHigh, low, high] = [log, log, log, log];
  for (const { value, sign } of terms) {
    log += sign * value.log;
    strictLow += sign > 0 ? value.strict.low : -value.strict.high;
    strictHigh += sign > 0 ? value.strict.high : -value.strict.low;
    low += sign > 0 ? value.generous.low : -value.generous.high;
    high += sign > 0 ? value.generous.high : -value.generous.low;
  }
  return { log, strict: { low: strictLow, high: strictHigh }, generous: { low, high } };
}
