/** Sums of products: what each stage, size or machine took, added up. */
import { headLength } from "../model/head-length.ts";
import type { Candidate, Term } from "./candidate.ts";
import type { Kept } from "./dimension-table.ts";
import { multiplied } from "./products.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import { isChained, partsOf } from "./sums.ts";
import type { TypedValue } from "./typed-value.ts";

const MOST_STAGES = 6;
const MOST_FACTORS = 3;
const MOST_FOUND = 40;

/** Figures on one side of a claim among which its stages are looked for; other readings of a figure stand among them. */
const MOST_LOOKED_AT = 24;

/**
 * Sums of products of one form, whose factors are told for each stage or once for all: 16 and 64 cards for 4 and 9 days, or 21 and 14
 * hours on 32 cards.
 *
 * `products` are those of the claim; of each form, but those that turn an equation round, the factors are looked for as often as there
 * are stages.
 */
export function stagesFor(ledger: Ledger, claim: TypedValue, products: readonly Candidate[]): readonly Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set<string>();
  const series = new Map<Kept, Map<string, Sides>>();
  const sidesOf = (value: TypedValue): Sides => {
    const { slot } = value.reading;
    let ofKey = series.get(value.kept);
    if (ofKey === undefined) {
      ofKey = new Map();
      series.set(value.kept, ofKey);
    }
    let sides = ofKey.get(slot);
    if (sides === undefined) {
      sides = seriesOf(ledger, claim, value);
      ofKey.set(slot, sides);
    }
    return sides;
  };
  for (const product of products) {
    if (product.terms.length > MOST_FACTORS || equationOf(product)?.isForward === false) continue;
    const told = product.terms.map(({ value }) => sidesOf(value));
    for (let side = 0; side < SIDES.length; side += 1) {
      for (const length of lengthsOf(told, side)) {
        // A factor that is told for each stage is no one's for all.
        const own = told.map((sides) => (sides[side]?.length ?? 0) === length);
        const key = `${product.terms.map(({ value, sign }, index) => (own[index] === true ? `${sign}${value.key}` : `${sign}@${value.at} ${value.log}`)).join()} ${length} ${side}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const stages = Array.from({ length }, (_, stage) =>
          product.terms.map(
            ({ value, sign }, index): Term => ({ value: own[index] === true ? (told[index]?.[side]?.[stage] ?? value) : value, sign }),
          ),
        );
        found.push(sumOfStages(ledger, product, stages));
        const rest = length === 2 ? restOfStages(ledger, product, stages) : null;
        if (rest !== null) found.push(rest);
        if (found.length >= MOST_FOUND) return found;
      }
    }
  }
  return found;
}

/** Where stages are told: before a claim, or behind it. */
const SIDES = ["before", "behind"] as const;

/** How many stages may be told on one side. */
function lengthsOf(told: readonly Sides[], side: number): readonly number[] {
  let lengths = NO_LENGTHS;
  for (const sides of told) {
    const length = sides[side]?.length ?? 0;
    if (length >= 2 && length <= MOST_STAGES && !lengths.includes(length)) lengths = [...lengths, length];
  }
  return lengths;
}

const NO_LENGTHS: readonly number[] = [];

/** The figures on each side. */
type Sides = readonly (readonly TypedValue[])[];

/** The figures like one that are told in line with a claim, on each side of it. */
function seriesOf({ byKey, grid, places, relations }: Ledger, claim: TypedValue, like: TypedValue): Sides {
  const isKin = (value: TypedValue): boolean =>
    value.at !== claim.at && value.reading.slot === like.reading.slot && value.weight === like.weight;
  const own = places[claim.at]?.grid ?? null;
  const all = own === null ? (byKey.get(like.key) ?? []) : grid.row(own.table, own.line, like.key);
  const middle = headLength(all, ({ at }) => at < claim.at);
  return SIDES.map((side) => {
    const step = side === "before" ? -1 : 1;
    const chain: TypedValue[] = [];
    let last = claim.at;
    // Of a long row no more is looked at than tells that these are no stages.
    for (let index = side === "before" ? middle - 1 : middle; chain.length <= MOST_STAGES; index += step) {
      const value = all[index];
      if (value === undefined) break;
      if (own === null && (Math.abs(index - middle) > MOST_LOOKED_AT || !isChained(relations.nearness(last, value.at)))) break;
      if (!isKin(value)) continue;
      chain.push(value);
      last = value.at;
    }
    return side === "before" ? chain.reverse() : chain;
  });
}

/** What is left of a product when another of its form is taken from it: the steps to go, each of so many seconds. */
function restOfStages(ledger: Ledger, product: Candidate, stages: readonly (readonly Term[])[]): Candidate | null {
  const sum = sumOfStages(ledger, product, stages);
  const [larger, smaller] = [...(sum.summands ?? [])].sort((left, right) => right.log - left.log);
  if (larger === undefined || smaller === undefined || larger.log - smaller.log < LEAST_APART) return null;
  const less = (above: number, below: number): number => Math.log(Math.max(Math.exp(above) - Math.exp(below), Number.MIN_VALUE));
  return {
    ...sum,
    summands: [larger, smaller],
    isRest: true,
    log: less(larger.log, smaller.log),
    strict: { low: less(larger.strict.low, smaller.strict.high), high: less(larger.strict.high, smaller.strict.low) },
    generous: { low: less(larger.generous.low, smaller.generous.high), high: less(larger.generous.high, smaller.generous.low) },
  };
}

/** Nearer ones leave nothing that is told. Units: logarithms. */
const LEAST_APART = 0.01;

function sumOfStages(ledger: Ledger, product: Candidate, stages: readonly (readonly Term[])[]): Candidate {
  const summands = stages.map((terms): Candidate => ({ ...product, terms, ...multiplied(terms, product.definitions) }));
  const total = (of: (summand: Candidate) => number): number => Math.log(summands.reduce((sum, summand) => sum + Math.exp(of(summand)), 0));
  const terms = [...new Map(stages.flat().map((term) => [term.value.at, term])).values()];
  const varied = terms.filter(({ value }) => !stages.every((stage) => stage.some((term) => term.value === value)));
  return {
    claim: product.claim,
    shape: "stages",
    terms,
    definitions: product.definitions,
    counts: product.counts,
    structure: product.structure,
    series: product.series,
    summands,
    parts: partsOf(
      product.claim,
      varied.map(({ value }) => value),
      ledger,
    ),
    log: total(({ log }) => log),
    strict: { low: total(({ strict }) => strict.low), high: total(({ strict }) => strict.high) },
    generous: { low: total(({ generous }) => generous.low), high: total(({ generous }) => generous.high) },
  };
}
