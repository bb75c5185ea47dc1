/** What lies between two figures of one dimension: a difference, a quotient, a change. */
import type { Interval } from "../model/interval.ts";
import { largest, smallest } from "../model/many.ts";
import type { Candidate, Shape, Term } from "./candidate.ts";
import type { TypedValue } from "./typed-value.ts";

/** Shapes of two figures. */
export type PairShape = Extract<Shape, "difference" | "ratio" | "less" | "more">;

/** What two figures come to, whichever claim it is held against. */
type Outcome = Pick<Candidate, "terms" | "log" | "strict" | "generous">;

/** Pairs that are kept: the claims around one have mostly the same, those far from it none. */
const MOST_KNOWN = 50_000;

/** The pairs of a document, worked out once for all claims that stand near each other. */
export class Pairs {
  readonly #known: Readonly<Record<PairShape, Map<TypedValue, Map<TypedValue, Outcome>>>> = {
    difference: new Map(),
    ratio: new Map(),
    less: new Map(),
    more: new Map(),
  };
  #count = 0;

  /** What a pair gives as a quotient, difference or change of the two. */
  of(shape: PairShape, above: TypedValue, below: TypedValue): Outcome {
    const ofShape = this.#known[shape];
    let ofAbove = ofShape.get(above);
    if (ofAbove === undefined) {
      ofAbove = new Map();
      ofShape.set(above, ofAbove);
    }
    let outcome = ofAbove.get(below);
    if (outcome === undefined) {
      outcome = outcomeOf(shape, above, below);
      ofAbove.set(below, outcome);
      this.#count += 1;
      if (this.#count > MOST_KNOWN) this.#forget();
    }
    return outcome;
  }

  #forget(): void {
    for (const ofShape of Object.values(this.#known)) ofShape.clear();
    this.#count = 0;
  }
}

/** The pairs of some figures that a claim may tell; `isAsked` says of which shape. */
export function pairsFor(
  claim: TypedValue,
  peers: readonly TypedValue[],
  pairs: Pairs,
  isAsked: (shape: PairShape) => boolean,
): readonly Candidate[] {
  const found: Candidate[] = [];
  const { kind, unit, cell } = claim.quantity.mention;
  const isPue = kind === "pue";
  const isRatio = (kind === "ratio" || isPue) && claim.key === "";
  const isChange = unit === "percent";
  const isSaid = unit === "times" && cell === null;
  const [asRatio, asLess, asMore] = [isAsked("ratio"), isChange && isAsked("less"), isChange && isAsked("more")];
  const add = (shape: PairShape, above: TypedValue, below: TypedValue): void => {
    const { terms, log, strict, generous } = pairs.of(shape, above, below);
    found.push({
      claim,
      shape,
      terms,
      definitions: NONE,
      counts: NONE,
      structure: null,
      series: null,
      summands: null,
      parts: null,
      log,
      strict,
      generous,
    });
  };
  for (let index = 0; index < peers.length; index += 1) {
    const first = peers[index];
    for (let next = index + 1; next < peers.length; next += 1) {
      const second = peers[next];
      if (first === undefined || second === undefined || first.at === second.at || first.kept !== second.kept) continue;
      const [larger, smaller] = first.log >= second.log ? [first, second] : [second, first];
      if (isPue) {
        if (larger.log > smaller.log) add("ratio", larger, smaller);
        continue;
      }
      if (!isRatio) {
        if (first.kept === claim.kept && larger.log > smaller.log) add("difference", larger, smaller);
        continue;
      }
      if (asRatio) {
        // In words nobody tells "ten times" of a tenth, nor "a tenth" of what is more.
        if (!isSaid || claim.log > 0 || larger.log === smaller.log) add("ratio", larger, smaller);
        if (!isSaid || claim.log < 0) add("ratio", smaller, larger);
      }
      if (larger.log === smaller.log) continue;
      if (asLess) add("less", smaller, larger);
      if (asMore) add("more", larger, smaller);
    }
  }
  return found;
}

const NONE: readonly never[] = [];

function outcomeOf(shape: PairShape, above: TypedValue, below: TypedValue): Outcome {
  const terms: readonly Term[] = [
    { value: above, sign: 1 },
    { value: below, sign: -1 },
  ];
  return { terms, ...comparedAs(shape, above, below) };
}

type Value = Pick<Candidate, "log" | "strict" | "generous">;

/** What two values come to. */
export function comparedAs(shape: PairShape, above: Value, below: Value): Value {
  const span = (one: Interval, other: Interval): Interval => {
    const ends = [at(shape, one.low, other.high), at(shape, one.high, other.low)];
    return { low: smallest(ends), high: largest(ends) };
  };
  return {
    log: at(shape, above.log, below.log),
    strict: span(above.strict, below.strict),
    generous: span(above.generous, below.generous),
  };
}

function at(shape: PairShape, above: number, below: number): number {
  switch (shape) {
    case "less":
      return Math.log(Math.max(1 - Math.exp(above - below), TINY));
    case "more":
      return Math.log(Math.max(Math.exp(above - below) - 1, TINY));
    case "difference":
      return Math.log(Math.max(Math.exp(above) - Math.exp(below), TINY));
    case "ratio":
      return above - below;
  }
}

const TINY = 1e-9;
