import { headLength } from "../model/head-length.ts";
import { SUPERSEDED } from "../model/mention.ts";
import { type Candidate, OF_FIGURES_ALONE, type Parts, type Series, type Term } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import { gapOf } from "./evidence.ts";
import type { Relations } from "./relations.ts";
import type { Nearness, Place } from "./surroundings.ts";
import type { Linear, TypedValue } from "./typed-value.ts";

/** Parts of a sum that are tried before or after a claim in the text. */
const MOST_PARTS = 12;

/** Lines of a table that are added up. */
const MOST_LINES = 400;

/** A total, and what is added to it. */
const MOST_CARRIED = 4;

/** Figures of one dimension in a row or column of a table, in reading order. */
export interface Grid {
  readonly column: (table: number, column: number, key: string) => readonly TypedValue[];
  readonly row: (table: number, row: number, key: string) => readonly TypedValue[];
}

export function gridOf(values: readonly TypedValue[], places: readonly Place[]): Grid {
  const lines = new Map<string, TypedValue[]>();
  const push = (key: string, value: TypedValue): void => {
    const known = lines.get(key);
    if (known === undefined) lines.set(key, [value]);
    else known.push(value);
  };
  for (const value of values) {
    const grid = places[value.at]?.grid ?? null;
    if (grid === null) continue;
    push(`c${grid.table} ${grid.across} ${value.key}`, value);
    push(`r${grid.table} ${grid.line} ${value.key}`, value);
  }
  return {
    column: (table, column, key) => lines.get(`c${table} ${column} ${key}`) ?? NONE,
    row: (table, row, key) => lines.get(`r${table} ${row} ${key}`) ?? NONE,
  };
}

const NONE: readonly TypedValue[] = [];

/** What sums are looked for in. */
export interface Scope {
  readonly places: readonly Place[];
  readonly relations: Relations;
  readonly grid: Grid;
  readonly cues: readonly Cue[];
}

/**
 * Sums whose parts are of the claim's dimension: the cells above it, those of its row, the peers before or after it in the text.
 *
 * `peers` are the figures of the claim's dimension in reading order, the claim among them.
 */
export function sumsFor(claim: TypedValue, peers: readonly TypedValue[], scope: Scope): readonly Candidate[] {
  return scope.places[claim.at]?.grid == null ? sumsInText(claim, readAs(claim, around(claim, peers)), scope) : sumsInTable(claim, scope);
}

/** The values of no more figures on each side of a claim than its sums have parts, and one more, which tells where a series goes on. */
function around(claim: TypedValue, peers: readonly TypedValue[]): readonly TypedValue[] {
  const middle = headLength(peers, ({ at }) => at < claim.at);
  const endOf = (step: 1 | -1): number => {
    let index = step < 0 ? middle - 1 : middle;
    let last = claim.at;
    for (let figures = 0; figures <= MOST_PARTS + 1; index += step) {
      const at = peers[index]?.at;
      if (at === undefined) break;
      if (at !== last) figures += 1;
      last = at;
    }
    return index;
  };
  return peers.slice(endOf(-1) + 1, endOf(1));
}

/** One value of each figure: where it may be read in several units, that of the claim. */
function readAs(claim: TypedValue, values: readonly TypedValue[]): readonly TypedValue[] {
  const { unit } = claim.reading.printed;
  const kept: TypedValue[] = [];
  for (const value of values) {
    const last = kept.at(-1);
    if (last?.at !== value.at) kept.push(value);
    else if (last !== claim && (value === claim || (last.reading.printed.unit !== unit && value.reading.printed.unit === unit)))
      kept[kept.length - 1] = value;
  }
  return kept;
}

/** The last figures of a line before a place, each in one reading: no more than are added up. */
function lastOf(claim: TypedValue, line: readonly TypedValue[], end: number): readonly TypedValue[] {
  let begin = end;
  for (let figures = 0; begin > 0; begin -= 1) {
    if (line[begin - 1]?.at !== line[begin]?.at || begin === end) figures += 1;
    if (figures > MOST_LINES) break;
  }
  return readAs(claim, line.slice(begin, end));
}

/** The first figures of a line from a place on, likewise. */
function firstOf(claim: TypedValue, line: readonly TypedValue[], begin: number): readonly TypedValue[] {
  let end = begin;
  for (let figures = 0; end < line.length; end += 1) {
    if (line[end]?.at !== line[end - 1]?.at || end === begin) figures += 1;
    if (figures > MOST_LINES) break;
  }
  return readAs(claim, line.slice(begin, end));
}

function sumsInTable(claim: TypedValue, scope: Scope): readonly Candidate[] {
  const { places, grid, cues } = scope;
  const found: Candidate[] = [];
  const at = places[claim.at]?.grid ?? null;
  if (at === null) return found;
  const add = (series: Series, parts: readonly TypedValue[]): void => {
    // What is less than one of many parts is none of their sum.
    if (parts.length > MOST_PARTS && parts.some(({ log }) => log > claim.log + 1)) return;
    if (parts.length >= 2) found.push(sumOf(claim, parts, series, scope));
  };
  const line = (value: TypedValue): number => places[value.at]?.grid?.line ?? -1;
  const isTotal = (value: TypedValue): boolean => cues[value.at]?.isTotal ?? false;
  const column = grid.column(at.table, at.across, claim.key);
  const above = lastOf(
    claim,
    column,
    headLength(column, (value) => line(value) < at.line),
  );
  add("column", above);
  if (above.length === 0) {
    const begin = headLength(column, (value) => line(value) <= at.line);
    add("column", firstOf(claim, column, begin));
  }
  // What is above a total is in it: a grand total adds up either, a total of a group what stands since the one before.
  const last = above.findLastIndex(isTotal);
  if (last >= 0) {
    add("group", above.slice(last + 1));
    add(
      "leaves",
      above.filter((value) => !isTotal(value)),
    );
    add("totals", above.filter(isTotal));
    // What is added to a total, as the tax is, makes more of it.
    const carried = above.slice(last);
    if (carried.length <= MOST_CARRIED && (carried[0]?.log ?? 0) < claim.log) add("carried", carried);
  }
  const row = grid.row(at.table, at.line, claim.key);
  const own = headLength(row, (value) => value.at < claim.at);
  const before = lastOf(claim, row, own);
  const beside = [...before, ...firstOf(claim, row, own).filter((value) => value.at !== claim.at)];
  add("row", beside);
  if (before.length < beside.length) add("row", before);
  return found;
}

/** In one block or in blocks beside each other. */
function isNear(near: Nearness): boolean {
  return near === "sentence" || near === "block" || near === "list" || near === "adjacent";
}

/** Near, or in one line of a table. */
export function isChained(near: Nearness): boolean {
  return isNear(near) || near === "row" || near === "other-row";
}

/** Whether the figure before or behind is the same, told finer: the "four days" of "four days (100 h)". */
function isToldFiner(peers: readonly TypedValue[], at: number, { cues }: Scope): boolean {
  return [-1, 1].some((step) => {
    const [own, other] = [peers[at], peers[at + step]];
    const aside = step < 0 ? own : other;
    if (own === undefined || other === undefined || own.at + step !== other.at || cues[aside?.at ?? -1]?.isAside !== true) return false;
    return gapOf(own.generous, other.generous) <= 0 && (own.half > other.half || (own.half === other.half && step < 0));
  });
}

function sumsInText(claim: TypedValue, peers: readonly TypedValue[], scope: Scope): readonly Candidate[] {
  const found: Candidate[] = [];
  const { nearness } = scope.relations;
  const index = headLength(peers, (peer) => peer.at < claim.at);
  const lengths: number[] = [];
  for (const [series, step] of [
    ["before", -1],
    ["after", 1],
  ] as const) {
    const sum = new RunningSum(claim, scope);
    const chain: Term[] = [];
    let last = claim.at;
    for (let at = index + step; chain.length < MOST_PARTS; at += step) {
      const peer = peers[at];
      if (peer === undefined || !isChained(nearness(last, peer.at))) break;
      if (peer.quantity.mention.qualifiers.includes(SUPERSEDED) || isToldFiner(peers, at, scope)) continue;
      sum.add(peer);
      if (step < 0) chain.unshift({ value: peer, sign: 1 });
      else chain.push({ value: peer, sign: 1 });
      if (chain.length >= 2) {
        const isTotal = ({ value }: Term): boolean => scope.cues[value.at]?.isTotal ?? false;
        const total = !chain.some(isTotal) ? null : chain.findIndex(isTotal) === 0 ? "from" : "over";
        const cut = cutBefore(peer, peers[at + step], nearness);
        found.push(sum.candidate(series, chain.slice(), { cut, total: step < 0 ? total : null }));
      }
      const rest = step < 0 ? restOf(claim, chain) : null;
      if (rest !== null) found.push(rest);
      last = peer.at;
    }
    lengths.push(chain.length);
    // What is told as a total holds what stands before it.
    const totals = chain.map(({ value }) => value).filter(({ at }) => scope.cues[at]?.isTotal ?? false);
    if (totals.length >= 2 && totals.length < chain.length) found.push(sumOf(claim, totals, "totals", scope));
  }
  const near = nearPeers(claim, peers, index, nearness);
  if (lengths.every((length) => near.length > length) && near.length >= 2 && near.length <= MOST_PARTS)
    found.push(sumOf(claim, near, "all", scope));
  return found;
}

/** What a whole leaves that is told before several of its parts; two figures are a pair. */
function restOf(claim: TypedValue, [whole, ...parts]: readonly Term[]): Candidate | null {
  if (whole === undefined || parts.length < 2) return null;
  const left: [...Linear] = [...whole.value.linear];
  // The other end of each part goes with an end of what it is taken from.
  for (const { value } of parts)
    for (let end = 0; end < left.length; end += 1) left[end] = (left[end] ?? 0) - (value.linear[OTHER_END[end] ?? 0] ?? 0);
  const [log, low, high, lowest, highest] = left;
  if (!(lowest > 0)) return null;
  return {
    claim,
    shape: "difference",
    terms: [whole, ...parts.map(({ value }): Term => ({ value, sign: -1 }))],
    ...OF_FIGURES_ALONE,
    log: Math.log(log),
    strict: { low: Math.log(low), high: Math.log(high) },
    generous: { low: Math.log(lowest), high: Math.log(highest) },
  };
}

const OTHER_END: readonly number[] = [0, 2, 1, 4, 3];

/** Whether a series goes on where a sum of it ends. */
function cutBefore(last: TypedValue, next: TypedValue | undefined, nearness: Relations["nearness"]): Parts["cut"] {
  if (next === undefined || next.quantity.mention.unit !== last.quantity.mention.unit) return null;
  const near = nearness(last.at, next.at);
  return near === "sentence" || near === "list" ? near : null;
}

/** The peers that stand near a claim, which are those of its block and the blocks around it; of too many only some. */
function nearPeers(claim: TypedValue, peers: readonly TypedValue[], index: number, nearness: Relations["nearness"]): readonly TypedValue[] {
  const near: TypedValue[] = [];
  for (const step of [-1, 1]) {
    for (let at = step < 0 ? index - 1 : index; near.length <= MOST_PARTS; at += step) {
      const peer = peers[at];
      if (peer === undefined || !isNear(nearness(claim.at, peer.at))) break;
      if (peer.at === claim.at) continue;
      if (step < 0) near.unshift(peer);
      else near.push(peer);
    }
  }
  return near;
}

/** The sum of some figures. */
export function sumOf(
  claim: TypedValue,
  parts: readonly TypedValue[],
  series: Series,
  scope: Pick<Scope, "places" | "relations">,
): Candidate {
  const sum = new RunningSum(claim, scope);
  for (const part of parts) sum.add(part);
  return sum.candidate(
    series,
    parts.map((value): Term => ({ value, sign: 1 })),
  );
}

/** What the parts of a sum have in common. */
export function partsOf(claim: TypedValue, values: readonly TypedValue[], scope: Pick<Scope, "places" | "relations">): Parts {
  const sum = new RunningSum(claim, scope);
  for (const value of values) sum.add(value);
  return sum.parts();
}

const NOTHING: readonly never[] = [];
const WHOLE = { cut: null, total: null };

/** A sum that grows part by part, with what its parts have in common. */
class RunningSum {
  readonly #claim: TypedValue;
  readonly #scope: Pick<Scope, "places" | "relations">;
  readonly #subjects = new Set<string>();
  readonly #blocks = new Set<number>();
  #count = 0;
  #hasOwnSubject = false;
  #hasUnits = false;
  #isInSentence = true;
  #hasOtherRole = false;
  #most = -Infinity;

  constructor(claim: TypedValue, scope: Pick<Scope, "places" | "relations">) {
    this.#claim = claim;
    this.#scope = scope;
  }

  add(part: TypedValue): void {
    const { places, relations } = this.#scope;
    const [own, place] = [places[this.#claim.at], places[part.at]];
    if (own === undefined || place === undefined) return;
    this.#count += 1;
    this.#subjects.add(place.subject);
    this.#blocks.add(place.mention.block);
    this.#hasOwnSubject ||= place.subject === own.subject && own.subject !== "";
    this.#hasUnits ||= place.mention.unit !== own.mention.unit;
    this.#isInSentence &&= relations.nearness(part.at, this.#claim.at) === "sentence";
    this.#hasOtherRole ||= place.role !== own.role;
    this.#most = Math.max(this.#most, part.log);
  }

  parts(series: Pick<Parts, "cut" | "total"> = WHOLE): Parts {
    return {
      ...series,
      count: this.#count,
      subjects: this.#subjects.size,
      hasOwnSubject: this.#hasOwnSubject,
      hasUnits: this.#hasUnits,
      isInSentence: this.#isInSentence,
      hasOwnBlocks: this.#blocks.size === this.#count,
      hasOtherRole: this.#hasOtherRole,
      most: this.#most,
    };
  }

  /** What it comes to so far. */
  candidate(series: Series, terms: readonly Term[], ends: Pick<Parts, "cut" | "total"> = WHOLE): Candidate {
    // In reading order, so that the same figures give the same sum to the last digit.
    const sums: [...Linear] = [0, 0, 0, 0, 0];
    for (const { value } of terms) for (let end = 0; end < sums.length; end += 1) sums[end] = (sums[end] ?? 0) + (value.linear[end] ?? 0);
    const [log, low, high, lowest, highest] = sums;
    return {
      claim: this.#claim,
      shape: "sum",
      terms,
      definitions: NOTHING,
      counts: NOTHING,
      structure: null,
      series,
      summands: null,
      parts: this.parts(ends),
      log: Math.log(log),
      strict: { low: Math.log(low), high: Math.log(high) },
      generous: { low: Math.log(lowest), high: Math.log(highest) },
    };
  }
}
