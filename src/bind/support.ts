import type { Candidate, Series, Shape } from "./candidate.ts";
import { gapOf, widthOf } from "./evidence.ts";
import type { Ledger } from "./reach.ts";
import { NEARNESS, type Nearness } from "./surroundings.ts";

/** How often the same relation holds, and does not hold, for other figures that stand as the claim does. */
export interface Support {
  readonly holds: number;
  readonly fails: number;
}

/** What disagrees by more than this, in logarithms, does not hold. */
const LEAST_OFF = 0.03;

/** A test that is wider than this says little. */
const WIDEST = 0.2;

const MOST_FAILING = 8;

const NONE: Support = { holds: 0, fails: 0 };

/** Looks every relation up among the candidates of all claims: the lines of a table, and the items of a list, were worked out alike. */
export function supportOf(all: readonly (readonly Candidate[])[], ledger: Ledger): (candidate: Candidate) => Support {
  const relationOf = relationsIn(ledger);
  for (const candidates of all) {
    for (const candidate of candidates) {
      if (widthOf(candidate) > WIDEST) continue;
      const relation = relationOf(candidate);
      if (relation === null) continue;
      const gap = gapOf(candidate.claim.strict, candidate.strict);
      const { at } = candidate.claim;
      if (gap <= 0.004) relation.holding.add(at);
      else if (gap > LEAST_OFF && relation.failing.length < MOST_FAILING && relation.failing.at(-1) !== at) relation.failing.push(at);
    }
  }
  return (candidate) => {
    const relation = relationOf(candidate);
    if (relation === null) return NONE;
    const { holding, failing } = relation;
    const own = candidate.claim.at;
    let fails = 0;
    // A claim that holds by the same relation from another premise does not fail.
    for (const at of failing) if (at !== own && !holding.has(at)) fails += 1;
    return { holds: holding.size - (holding.has(own) ? 1 : 0), fails };
  };
}

/** Candidates that are built alike, with the claims for which they hold, and the first of those for which they do not. */
class Relation {
  readonly holding = new Set<number>();
  readonly failing: number[] = [];
  readonly #parts = new Map<number, Relation>();

  /** The relation with one more part. */
  with(part: number): Relation {
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    const relation = new Relation();
    this.#parts.set(part, relation);
    return relation;
  }
}

const SHAPES: readonly Shape[] = ["product", "same", "sum", "difference", "ratio", "less", "more", "share"];
const SERIES: readonly Series[] = ["column", "group", "leaves", "totals", "row", "before", "after", "all"];

/** Marks off where a term stands: along the line of the claim, anywhere else of a table, in the text. */
const PLACES = 3;

/** Finds what candidates that are built alike share; null for those that say nothing of others. */
function relationsIn({ places, relations }: Ledger): (candidate: Candidate) => Relation | null {
  const root = new Relation();
  const words = new Map<string, number>();
  const numberOf = (word: string): number => {
    const known = words.get(word);
    if (known !== undefined) return known;
    words.set(word, words.size);
    return words.size - 1;
  };
  const ranks = new Map<Nearness, number>(NEARNESS.map((near, rank) => [near, rank]));
  const terms: number[] = [];
  return ({ claim, terms: told, shape, series, definitions, counts }) => {
    const place = places[claim.at];
    if (place === undefined || counts.length > 0 || (shape === "sum" && place.grid === null)) return null;
    const { grid } = place;
    const head = root.with(SHAPES.indexOf(shape));
    if (shape === "sum")
      return head
        .with(grid?.table ?? 0)
        .with(place.mention.cell?.row ?? 0)
        .with(series === null ? 0 : SERIES.indexOf(series))
        .with(told.length);
    terms.length = 0;
    for (const { value, sign } of told) {
      const other = places[value.at]?.grid ?? null;
      const isOfLine = grid !== null && other !== null && other.table === grid.table && other.line === grid.line;
      const where = isOfLine
        ? PLACES * other.across
        : grid !== null
          ? PLACES * value.at + 1
          : PLACES * (numberOf(value.quantity.mention.kind) * NEARNESS.length + (ranks.get(relations.nearness(claim.at, value.at)) ?? 0)) +
            2;
      terms.push(2 * (grid === null ? where * MOST_KEYS + value.kept.id : where) + (sign > 0 ? 1 : 0));
    }
    terms.sort((left, right) => left - right);
    let relation = grid === null ? head.with(-1 - numberOf(place.mention.kind)) : head.with(grid.table).with(grid.across);
    relation = relation.with(claim.kept.id);
    for (const term of terms) relation = relation.with(term);
    for (const { definition, sign } of definitions) relation = relation.with(-1 - 2 * numberOf(definition.id) - (sign > 0 ? 1 : 0));
    return relation;
  };
}

/** More dimensions than a document has figures of. */
const MOST_KEYS = 1 << 12;
