import type { Candidate, Definition, Term } from "./candidate.ts";
import type { DimensionTable, Kept } from "./dimension-table.ts";
import type { Dimensions } from "./dimensions.ts";
import type { TypedValue } from "./typed-value.ts";

/** Figures in one product. */
const MOST_TERMS = 5;

/** Products that are tried for one claim, and steps on the way to them. */
const MOST_PRODUCTS = 200;
const MOST_STEPS = 4000;

/** A product that needs more factors than this to get at its dimension is given up. */
const LARGEST_REST = 5;

/** Base dimensions in the order in which they are cancelled: those of few figures first. */
const ORDER: readonly string[] = [
  "flop",
  "mass",
  "power",
  "token",
  "parameter",
  "sample",
  "step",
  "epoch",
  "run",
  "core",
  "gcd",
  "node",
  "accelerator",
  "time",
];

const KNOWN: ReadonlySet<string> = new Set(ORDER);

export const SIX: Definition = {
  id: "six-flop",
  title: "6 FLOP for each parameter and token",
  value: 6,
  unit: "flop/(parameter*token)",
  dimensions: { flop: 1, parameter: -1, token: -1 },
  key: "flop1 parameter-1 token-1",
  source: null,
};

/** Figures in reach of a claim, by a dimension that they have; nearest first. */
export interface Reach {
  readonly holding: (name: string) => readonly TypedValue[];
  /** Pure numbers that multiply or divide: PUE, utilization. */
  readonly numbers: readonly TypedValue[];
  /** What the catalog knows of the product of the claim. */
  readonly definitions: readonly Definition[];
  readonly table: DimensionTable;
}

interface Used {
  readonly terms: readonly Term[];
  readonly definitions: Candidate["definitions"];
}

/**
 * Every product of figures in reach whose dimension is the claim's.
 *
 * Goes backwards from the claim: each factor cancels a power of the first dimension that is left, so that no product is met twice
 * in another order.
 */
export function productsFor(claim: TypedValue, reach: Reach): readonly Candidate[] {
  const found: Candidate[] = [];
  // A utilization is a rate by another rate of the same dimension; in any other product a dimension stands once.
  const isShare = claim.quantity.mention.kind === "mfu";
  const { table } = reach;
  const keptOf = ({ key, dimensions }: Pick<TypedValue, "key" | "dimensions">): Kept => table.of(key, dimensions);
  let steps = 0;
  const emit = (used: Used): void => {
    if (used.terms.length === 0 || (!isShare && goesInCircles(used.terms, table))) return;
    found.push(productOf(claim, used));
    if (used.terms.length >= MOST_TERMS) return;
    for (const number of reach.numbers) {
      if (
        number.at === claim.at ||
        number.quantity.mention.kind === claim.quantity.mention.kind ||
        used.terms.some(({ value }) => value.at === number.at)
      )
        continue;
      if (used.terms.length === 1 && used.definitions.length === 0 && !scales(number, claim)) continue;
      for (const sign of SIGNS) found.push(productOf(claim, { ...used, terms: [...used.terms, { value: number, sign }] }));
    }
  };
  const search = (rest: Kept, used: Used): void => {
    steps += 1;
    if (steps > MOST_STEPS || found.length >= MOST_PRODUCTS) return;
    if (rest.isEmpty) {
      emit(used);
      return;
    }
    const name = firstOf(rest.dimensions);
    const wanted = rest.dimensions[name] ?? 0;
    const leftBy = (value: Pick<TypedValue, "key" | "dimensions">): { readonly sign: 1 | -1; readonly left: Kept } | null => {
      const sign = Math.sign(wanted) === Math.sign(value.dimensions[name] ?? 0) ? 1 : -1;
      const left = table.times(rest, keptOf(value), sign > 0 ? -1 : 1);
      return Math.abs(left.dimensions[name] ?? 0) >= Math.abs(wanted) || left.size > LARGEST_REST ? null : { sign, left };
    };
    if (used.terms.length < MOST_TERMS)
      for (const value of reach.holding(name)) {
        if (value.at === claim.at || used.terms.some((term) => term.value.at === value.at || (term.value.key === value.key && !isShare)))
          continue;
        if (used.definitions.some(({ definition }) => definition.key === value.key)) continue;
        const next = leftBy(value);
        if (next !== null) search(next.left, { ...used, terms: [...used.terms, { value, sign: next.sign }] });
      }
    for (const definition of name === "flop" ? reach.definitions : []) {
      if (used.definitions.some((other) => other.definition.key === definition.key)) continue;
      if (!isShare && used.terms.some(({ value }) => value.key === definition.key)) continue;
      const next = leftBy(definition);
      if (next !== null) search(next.left, { ...used, definitions: [...used.definitions, { definition, sign: next.sign }] });
    }
  };
  const none: Used = { terms: [], definitions: [] };
  const own = keptOf(claim);
  if (!own.isEmpty) search(own, none);
  else if (claim.quantity.mention.kind === "mfu") {
    search(table.times(table.none, keptOf(SIX), -1), { ...none, definitions: [{ definition: SIX, sign: 1 }] });
    // A utilization is a rate by a rate: the upper one begins.
    for (const value of reach.holding("flop")) {
      if ((value.dimensions["flop"] ?? 0) > 0 && value.at !== claim.at)
        search(table.times(table.none, keptOf(value), -1), { ...none, terms: [{ value, sign: 1 }] });
    }
  }
  return found.slice(0, MOST_PRODUCTS);
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

/** Whether some of the factors cancel each other: nodes times accelerators of each by all accelerators says nothing. */
function goesInCircles(terms: readonly Term[], table: DimensionTable): boolean {
  if (terms.length < 3) return false;
  const whole = (1 << terms.length) - 1;
  for (let chosen = 1; chosen < whole; chosen += 1) {
    let rest = table.none;
    for (const [index, { value, sign }] of terms.entries())
      if ((chosen & (1 << index)) !== 0) rest = table.times(rest, table.of(value.key, value.dimensions), sign);
    if (rest.isEmpty) return true;
  }
  return false;
}

const SIGNS = [1, -1] as const;

function firstOf(rest: Dimensions): string {
  for (const name of Object.keys(rest)) if (!KNOWN.has(name)) return name;
  for (const name of ORDER) if ((rest[name] ?? 0) !== 0) return name;
  return "";
}

function productOf(claim: TypedValue, { terms, definitions }: Used): Candidate {
  let log = definitions.reduce((sum, { definition, sign }) => sum + sign * Math.log(definition.value), 0);
  let [strictLow, strictHigh, low, high] = [log, log, log, log];
  for (const { value, sign } of terms) {
    log += sign * value.log;
    strictLow += sign > 0 ? value.strict.low : -value.strict.high;
    strictHigh += sign > 0 ? value.strict.high : -value.strict.low;
    low += sign > 0 ? value.generous.low : -value.generous.high;
    high += sign > 0 ? value.generous.high : -value.generous.low;
  }
  return {
    claim,
    shape: terms.length === 1 && definitions.length === 0 ? "same" : "product",
    terms,
    definitions,
    counts: [],
    series: null,
    log,
    strict: { low: strictLow, high: strictHigh },
    generous: { low, high },
  };
}
