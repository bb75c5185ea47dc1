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

/** A relation of candidates that are built alike, by its number; `NO_RELATION` for what says nothing of others. */
export const NO_RELATION = -1;

/** What nothing stands in its place. */
const EMPTY = -1;

const FIRST_SIZE = 1 << 10;

/**
 * The relations of a document, with the claims for which each holds, and the first of those for which it does not.
 *
 * There are nearly as many as candidates, and all are kept until the last claim is asked: they are numbers in a few lists, since as
 * objects they would be most of what binding holds in memory.
 */
export class RelationTable {
  /** Of each relation the one that it has a part more than, and that part. */
  #wholes = new Int32Array(FIRST_SIZE);
  #parts = new Int32Array(FIRST_SIZE);
  #count = 0;
  /** Numbers of relations by a hash of both, at most half full. */
  #index = new Int32Array(2 * FIRST_SIZE).fill(EMPTY);
  readonly #holding = new Map<number, Set<number>>();
  /** Most relations fail for one claim, if at all. */
  #firstFailing = new Int32Array(FIRST_SIZE).fill(EMPTY);
  readonly #moreFailing = new Map<number, number[]>();

  /** The relation with one more part; of `NO_RELATION` those of one part. */
  with(relation: number, part: number): number {
    const mask = this.#index.length - 1;
    let slot = hashOf(relation, part) & mask;
    for (;;) {
      const known = this.#index[slot] ?? EMPTY;
      if (known === EMPTY) break;
      if (this.#wholes[known] === relation && this.#parts[known] === part) return known;
      slot = (slot + 1) & mask;
    }
    if (this.#count === this.#wholes.length) {
      this.#grow();
      return this.with(relation, part);
    }
    const added = this.#count;
    this.#count += 1;
    this.#wholes[added] = relation;
    this.#parts[added] = part;
    this.#index[slot] = added;
    return added;
  }

  #grow(): void {
    const size = 2 * this.#count;
    this.#wholes = longer(this.#wholes, size);
    this.#parts = longer(this.#parts, size);
    this.#firstFailing = longer(this.#firstFailing, size);
    const index = new Int32Array(2 * size).fill(EMPTY);
    for (let relation = 0; relation < this.#count; relation += 1) {
      let slot = hashOf(this.#wholes[relation] ?? 0, this.#parts[relation] ?? 0) & (index.length - 1);
      while (index[slot] !== EMPTY) slot = (slot + 1) & (index.length - 1);
      index[slot] = relation;
    }
    this.#index = index;
  }

  /** Notes for which claims a candidate holds and for which it does not. */
  note(relation: number, candidate: Candidate): void {
    if (relation === NO_RELATION || widthOf(candidate) > WIDEST) return;
    const gap = gapOf(candidate.claim.strict, candidate.strict);
    const { at } = candidate.claim;
    if (gap <= NEAR_ENOUGH) this.#noteHolding(relation, at);
    else if (gap > LEAST_OFF) this.#noteFailing(relation, at);
  }

  #noteHolding(relation: number, claim: number): void {
    const claims = this.#holding.get(relation);
    if (claims === undefined) this.#holding.set(relation, new Set([claim]));
    else claims.add(claim);
  }

  #noteFailing(relation: number, claim: number): void {
    const first = this.#firstFailing[relation] ?? EMPTY;
    if (first === EMPTY) {
      this.#firstFailing[relation] = claim;
      return;
    }
    const more = this.#moreFailing.get(relation);
    if ((more?.at(-1) ?? first) === claim) return;
    if (more === undefined) this.#moreFailing.set(relation, [claim]);
    else if (more.length + 1 < MOST_FAILING) more.push(claim);
  }

  /** What other claims than one say of a relation, once all are noted. */
  told(relation: number, own: number): Told {
    if (relation === NO_RELATION) return NOTHING;
    const holding = this.#holding.get(relation);
    const first = this.#firstFailing[relation] ?? EMPTY;
    if (holding === undefined && first === EMPTY) return NOTHING;
    // A claim that holds by the same relation from another premise does not fail.
    const isFailing = (at: number): boolean => at !== own && holding?.has(at) !== true;
    let fails = first !== EMPTY && isFailing(first) ? 1 : 0;
    for (const at of this.#moreFailing.get(relation) ?? NO_LIST) if (isFailing(at)) fails += 1;
    const holds = holding === undefined ? 0 : holding.size - (holding.has(own) ? 1 : 0);
    return holds === 0 && fails === 0 ? NOTHING : { holds, fails };
  }
}

const NO_LIST: readonly number[] = [];

/** Source: the finalizer of MurmurHash3 (Austin Appleby, public domain). */
function hashOf(relation: number, part: number): number {
  let mixed = Math.imul(relation, 0x9e3779b1) ^ part;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function longer(list: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const result = new Int32Array(size).fill(EMPTY, list.length);
  result.set(list);
  return result;
}

type Told = Pick<Support, "holds" | "fails">;

const NOTHING: Told = { holds: 0, fails: 0 };

/** What nothing is told of, where no other relation holds often and where one does. */
const UNTOLD: Support = { ...NOTHING, isOutdone: false, isKept: false };
const OUTDONE: Support = { ...NOTHING, isOutdone: true, isKept: false };

/** What other claims say of the relations that a claim may stand in, once all are noted. */
export function supportsFor(table: RelationTable, relations: Int32Array, own: number): readonly Support[] {
  const told: Told[] = [];
  let most = 0;
  for (const relation of relations) {
    const one = table.told(relation, own);
    told.push(one);
    most = Math.max(most, one.holds);
  }
  const isAnyOften = most >= LEAST_OFTEN;
  return told.map((one) => {
    if (one === NOTHING) return isAnyOften ? OUTDONE : UNTOLD;
    const { holds, fails } = one;
    return { holds, fails, isOutdone: isAnyOften && holds < most, isKept: holds >= LEAST_OFTEN && fails === 0 };
  });
}

/** What holds for so many others holds by no chance. */
const LEAST_OFTEN = 2;

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

/** Finds what candidates that are built alike share, for the lines of a table and the items of a list were worked out alike. */
export function relationsIn({ places, relations: { rank } }: Ledger, table: RelationTable): (candidate: Candidate) => number {
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
  let last: { readonly claim: Candidate["claim"]; readonly shape: Candidate["shape"]; readonly relation: number } | null = null;
  const headOf = ({ claim, shape }: Candidate): number => {
    if (last?.claim === claim && last.shape === shape) return last.relation;
    const grid = places[claim.at]?.grid ?? null;
    const head = table.with(NO_RELATION, numberOf(shape));
    const at = grid === null ? table.with(head, -1 - (kinds[claim.at] ?? 0)) : table.with(table.with(head, grid.table), grid.across);
    last = { claim, shape, relation: table.with(at, claim.kept.id) };
    return last.relation;
  };
  return (candidate) => {
    const { claim, terms: told, shape, series, definitions, counts } = candidate;
    const place = places[claim.at];
    // What is counted in each row is counted alike; numbers of the text may count anything.
    if (place === undefined || counts.some(({ row }) => row === null) || (shape === "sum" && place.grid === null)) return NO_RELATION;
    const { grid } = place;
    if (shape === "sum") {
      const ofTable = table.with(table.with(NO_RELATION, numberOf(shape)), grid?.table ?? 0);
      const row = table.with(ofTable, place.mention.cell?.row ?? 0);
      return table.with(table.with(row, numberOf(series ?? shape)), told.length);
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
    sortFew(terms);
    let relation = counts.length === 0 ? headOf(candidate) : table.with(headOf(candidate), BY_COUNTS - counts.length);
    for (const term of terms) relation = table.with(relation, term);
    for (const { definition, sign } of definitions) relation = table.with(relation, -1 - 2 * numberOf(definition.id) - (sign > 0 ? 1 : 0));
    return relation;
  };
}

/** Sorts a handful of numbers in their place, for which the sort of the language takes room of its own. */
function sortFew(numbers: number[]): void {
  for (let end = 1; end < numbers.length; end += 1) {
    const number = numbers[end] ?? 0;
    let place = end;
    for (; place > 0 && (numbers[place - 1] ?? 0) > number; place -= 1) numbers[place] = numbers[place - 1] ?? 0;
    numbers[place] = number;
  }
}
