import type { Candidate } from "./candidate.ts";
import { gapOf, NEAR_ENOUGH, widthOf } from "./evidence.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import { NEARNESS } from "./surroundings.ts";

/** How often the same relation holds, and does not hold, for other figures that stand as the claim does. */
export interface Support {
  readonly holds: number;
  readonly fails: number;
  /** Another relation that the claim may stand in holds more often. */
  readonly isOutdone: boolean;
  /** It holds for several others that stand as the claim does, and fails for none. */
  readonly isKept: boolean;
}

/** What disagrees by more than this, in logarithms, does not hold. */
const LEAST_OFF = 0.03;

/** A test that is wider than this says little. */
const WIDEST = 0.2;

const MOST_FAILING = 8;

const NONE = { holds: 0, fails: 0 };

/** Candidates that are built alike, with the claims for which they hold, and the first of those for which they do not. */
export class Relation {
  // Most relations are those of one candidate, for which nothing holds.
  #holding: Set<number> | null = null;
  #failing: number[] | null = null;
  #parts: Map<number, Relation> | null = null;

  get holding(): ReadonlySet<number> {
    return this.#holding ?? NO_CLAIMS;
  }

  get failing(): readonly number[] {
    return this.#failing ?? NO_LIST;
  }

  noteHolding(claim: number): void {
    this.#holding ??= new Set();
    this.#holding.add(claim);
  }

  noteFailing(claim: number): void {
    this.#failing ??= [];
    if (this.#failing.length < MOST_FAILING && this.#failing.at(-1) !== claim) this.#failing.push(claim);
  }

  /** The relation with one more part. */
  with(part: number): Relation {
    this.#parts ??= new Map();
    let relation = this.#parts.get(part);
    if (relation === undefined) {
      relation = new Relation();
      this.#parts.set(part, relation);
    }
    return relation;
  }
}

const NO_CLAIMS: ReadonlySet<number> = new Set();
const NO_LIST: readonly number[] = [];

/** Notes for which claims a candidate holds and for which it does not. */
export function noteIn(relation: Relation, candidate: Candidate): void {
  if (widthOf(candidate) > WIDEST) return;
  const gap = gapOf(candidate.claim.strict, candidate.strict);
  const { at } = candidate.claim;
  if (gap <= NEAR_ENOUGH) relation.noteHolding(at);
  else if (gap > LEAST_OFF) relation.noteFailing(at);
}

/** What other claims say of the relations that a claim may stand in, once all are noted. */
export function supportsFor(relations: readonly (Relation | null)[], own: number): readonly Support[] {
  const supports = relations.map((relation) => supportFor(relation, own));
  const most = supports.reduce((highest, { holds }) => Math.max(highest, holds), 0);
  return supports.map(({ holds, fails }) => ({
    holds,
    fails,
    isOutdone: most >= LEAST_OFTEN && holds < most,
    isKept: holds >= LEAST_OFTEN && fails === 0,
  }));
}

/** What holds for so many others holds by no chance. */
const LEAST_OFTEN = 2;

function supportFor(relation: Relation | null, own: number): Pick<Support, "holds" | "fails"> {
  if (relation === null) return NONE;
  const { holding, failing } = relation;
  if (holding.size === 0 && failing.length === 0) return NONE;
  let fails = 0;
  // A claim that holds by the same relation from another premise does not fail.
  for (const at of failing) if (at !== own && !holding.has(at)) fails += 1;
  return { holds: holding.size - (holding.has(own) ? 1 : 0), fails };
}

/** The figures that claims of each dimension are worked out from to the digit by an equation: two claims seldom share all of theirs. */
export class Taken {
  readonly #byKey = new Map<number, Map<number, Set<number>>>();

  note(candidate: Candidate): void {
    if (candidate.shape !== "product" || candidate.terms.length < 2 || widthOf(candidate) > WIDEST) return;
    if (gapOf(candidate.claim.strict, candidate.strict) > NEAR_ENOUGH || equationOf(candidate)?.isForward !== true) return;
    const { kept, at } = candidate.claim;
    const ofKey = this.#byKey.get(kept.id) ?? new Map<number, Set<number>>();
    this.#byKey.set(kept.id, ofKey);
    for (const { value } of candidate.terms) ofKey.set(value.at, (ofKey.get(value.at) ?? new Set()).add(at));
  }

  /** Those that others than this claim are worked out from. */
  by({ kept, at }: Candidate["claim"]): Pick<ReadonlySet<number>, "has"> {
    const ofKey = this.#byKey.get(kept.id);
    return {
      has: (figure) => {
        const claims = ofKey?.get(figure);
        return claims !== undefined && claims.size > (claims.has(at) ? 1 : 0);
      },
    };
  }
}

/** Marks off where a term stands: along the line of the claim, anywhere else of a table, in the text. */
const PLACES = 3;

/** Marks off relations by counts of their row from those without. */
const BY_COUNTS = -1e6;

/** More dimensions than a document has figures of. */
const MOST_KEYS = 1 << 12;

/** Finds what candidates that are built alike share, for the lines of a table and the items of a list were worked out alike; null for those that say nothing of others. */
export function relationsIn({ places, relations: { rank } }: Ledger): (candidate: Candidate) => Relation | null {
  const root = new Relation();
  const words = new Map<string, number>();
  const numberOf = (word: string): number => {
    const known = words.get(word);
    if (known !== undefined) return known;
    words.set(word, words.size);
    return words.size - 1;
  };
  const kinds = places.map(({ mention }) => numberOf(mention.kind));
  const terms: number[] = [];
  // Candidates come claim by claim.
  let last: { readonly claim: Candidate["claim"]; readonly shape: Candidate["shape"]; readonly relation: Relation } | null = null;
  const headOf = ({ claim, shape }: Candidate): Relation => {
    if (last?.claim === claim && last.shape === shape) return last.relation;
    const grid = places[claim.at]?.grid ?? null;
    const head = root.with(numberOf(shape));
    const at = grid === null ? head.with(-1 - (kinds[claim.at] ?? 0)) : head.with(grid.table).with(grid.across);
    last = { claim, shape, relation: at.with(claim.kept.id) };
    return last.relation;
  };
  return (candidate) => {
    const { claim, terms: told, shape, series, definitions, counts } = candidate;
    const place = places[claim.at];
    // What is counted in each row is counted alike; numbers of the text may count anything.
    if (place === undefined || counts.some(({ row }) => row === null) || (shape === "sum" && place.grid === null)) return null;
    const { grid } = place;
    if (shape === "sum") {
      const row = root
        .with(numberOf(shape))
        .with(grid?.table ?? 0)
        .with(place.mention.cell?.row ?? 0);
      return row.with(numberOf(series ?? shape)).with(told.length);
    }
    terms.length = 0;
    for (const { value, sign } of told) {
      const positive = sign > 0 ? 1 : 0;
      if (grid === null) {
        const where = PLACES * ((kinds[value.at] ?? 0) * NEARNESS.length + rank(claim.at, value.at)) + 2;
        terms.push(2 * (where * MOST_KEYS + value.kept.id) + positive);
        continue;
      }
      const other = places[value.at]?.grid ?? null;
      const isOfLine = other !== null && other.table === grid.table && other.line === grid.line;
      terms.push(2 * (isOfLine ? PLACES * other.across : PLACES * value.at + 1) + positive);
    }
    if (terms.length > 1) terms.sort((left, right) => left - right);
    let relation = counts.length === 0 ? headOf(candidate) : headOf(candidate).with(BY_COUNTS - counts.length);
    for (const term of terms) relation = relation.with(term);
    for (const { definition, sign } of definitions) relation = relation.with(-1 - 2 * numberOf(definition.id) - (sign > 0 ? 1 : 0));
    return relation;
  };
}
