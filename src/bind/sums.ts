import type { Candidate, Series, Shape, Term } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import { nearnessOf, type Place } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** Parts of a sum that are tried before or after a claim in the text. */
const MOST_PARTS = 12;

/** Lines of a table that are added up. */
const MOST_LINES = 400;

/** Figures in a row or column of a table. */
export interface Grid {
  readonly column: (table: number, column: number) => readonly TypedValue[];
  readonly row: (table: number, row: number) => readonly TypedValue[];
}

/**
 * Sums whose parts are of the claim's dimension: the cells above it, those of its row, the peers before or after it in the text.
 *
 * `peers` are the figures of the claim's dimension in reading order, the claim among them.
 */
export function sumsFor(
  claim: TypedValue,
  peers: readonly TypedValue[],
  places: readonly Place[],
  grid: Grid,
  cues: readonly Cue[],
): readonly Candidate[] {
  const found: Candidate[] = [];
  const add = (series: Series, parts: readonly TypedValue[]): void => {
    // What is less than one of many parts is none of their sum.
    if (parts.length > MOST_PARTS && parts.some(({ log }) => log > claim.log + 1)) return;
    if (parts.length >= 2) found.push(sumOf(claim, parts, series));
  };
  const at = places[claim.at]?.grid ?? null;
  if (at !== null) {
    const line = (value: TypedValue): number => places[value.at]?.grid?.line ?? -1;
    const isTotal = (value: TypedValue): boolean => cues[value.at]?.isTotal ?? false;
    const column = grid.column(at.table, at.across).filter((value) => value.key === claim.key);
    const above = column.filter((value) => line(value) < at.line).slice(-MOST_LINES);
    add("column", above);
    if (above.length === 0) add("column", column.filter((value) => line(value) > at.line).slice(0, MOST_LINES));
    // What is above a total is in it: a grand total adds up either, a total of a group what stands since the one before.
    const last = above.findLastIndex(isTotal);
    if (last >= 0) {
      add("group", above.slice(last + 1));
      add(
        "leaves",
        above.filter((value) => !isTotal(value)),
      );
      add("totals", above.filter(isTotal));
    }
    const beside = grid.row(at.table, at.line).filter((value) => value.key === claim.key && value.at !== claim.at);
    add("row", beside);
    const before = beside.filter((value) => value.at < claim.at);
    if (before.length < beside.length) add("row", before);
    return found;
  }
  const own = places[claim.at];
  if (own === undefined) return found;
  const index = peers.findIndex((peer) => peer.at === claim.at);
  const isNear = (value: TypedValue): boolean => {
    const place = places[value.at];
    return place !== undefined && ["sentence", "block", "adjacent"].includes(nearnessOf(own, place));
  };
  const chains: Record<"before" | "after", TypedValue[]> = { before: [], after: [] };
  for (const [series, step] of [
    ["before", -1],
    ["after", 1],
  ] as const) {
    let last = own;
    for (let at = index + step; chains[series].length < MOST_PARTS; at += step) {
      const peer = peers[at];
      const place = peer === undefined ? undefined : places[peer.at];
      if (peer === undefined || place === undefined) break;
      if (!["sentence", "block", "adjacent", "row", "other-row"].includes(nearnessOf(last, place))) break;
      if (step < 0) chains[series].unshift(peer);
      else chains[series].push(peer);
      add(series, [...chains[series]]);
      last = place;
    }
  }
  const near = peers.filter((peer) => peer.at !== claim.at && isNear(peer));
  if (near.length > chains.before.length && near.length > chains.after.length && near.length <= MOST_PARTS) add("all", near);
  return found;
}

export function sumOf(claim: TypedValue, parts: readonly TypedValue[], series: Series): Candidate {
  const sums = [0, 0, 0, 0, 0];
  for (const { log, strict, generous } of parts)
    for (const [index, each] of [log, strict.low, strict.high, generous.low, generous.high].entries())
      sums[index] = (sums[index] ?? 0) + Math.exp(each);
  const [log = 0, low = 0, high = 0, lowest = 0, highest = 0] = sums.map((sum) => Math.log(sum));
  return {
    claim,
    shape: "sum",
    terms: parts.map((value): Term => ({ value, sign: 1 })),
    definitions: [],
    counts: [],
    series,
    log,
    strict: { low, high },
    generous: { low: lowest, high: highest },
  };
}

/** What lies between two figures of one dimension, as a difference, a quotient or a change. */
export function pairsFor(claim: TypedValue, peers: readonly TypedValue[]): readonly Candidate[] {
  const found: Candidate[] = [];
  const { kind, unit } = claim.quantity.mention;
  const isRatio = kind === "ratio" && claim.key === "";
  for (const [index, first] of peers.entries()) {
    for (const second of peers.slice(index + 1)) {
      if (first.at === second.at || first.key !== second.key) continue;
      const [larger, smaller] = first.log >= second.log ? [first, second] : [second, first];
      if (!isRatio) {
        if (first.key === claim.key && larger.log > smaller.log) found.push(pairOf(claim, "difference", larger, smaller));
        continue;
      }
      found.push(pairOf(claim, "ratio", first, second), pairOf(claim, "ratio", second, first));
      if (unit !== "percent" || larger.log === smaller.log) continue;
      found.push(pairOf(claim, "less", smaller, larger), pairOf(claim, "more", larger, smaller));
    }
  }
  return found;
}

/** What a pair gives at a quotient or difference of the two. */
function pairOf(claim: TypedValue, shape: Shape, above: TypedValue, below: TypedValue): Candidate {
  const at = (left: number, right: number): number => {
    switch (shape) {
      case "less":
        return Math.log(Math.max(1 - Math.exp(left - right), TINY));
      case "more":
        return Math.log(Math.max(Math.exp(left - right) - 1, TINY));
      case "difference":
        return Math.log(Math.max(Math.exp(left) - Math.exp(right), TINY));
      default:
        return left - right;
    }
  };
  const span = (of: (value: TypedValue) => { readonly low: number; readonly high: number }) => {
    const [a, b] = [of(above), of(below)];
    const ends = [at(a.low, b.high), at(a.high, b.low)];
    return { low: Math.min(...ends), high: Math.max(...ends) };
  };
  return {
    claim,
    shape,
    terms: [
      { value: above, sign: 1 },
      { value: below, sign: -1 },
    ],
    definitions: [],
    counts: [],
    series: null,
    log: at(above.log, below.log),
    strict: span((value) => value.strict),
    generous: span((value) => value.generous),
  };
}

const TINY = 1e-9;
