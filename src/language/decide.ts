/**
 * The one way to decide: candidates with features, integer weights, and a margin below which nothing is chosen.
 *
 * A feature is a word that holds of a candidate or not; one that no weight is known for counts nothing. No answer depends on the order
 * in which candidates come.
 */
import type { DecisionWeights } from "../model/catalog.ts";

export interface Candidate<T> {
  readonly value: T;
  /** What two candidates share that are the same answer: two mentions of one model. */
  readonly key: string;
  readonly features: readonly string[];
}

/** A candidate with what it was given, for who asks why. */
export interface Scored<T> extends Candidate<T> {
  readonly score: number;
}

export interface Decision<T> {
  /** Null where no answer leads by the margin. */
  readonly chosen: Scored<T> | null;
  /** By how much the best answer leads the second; the score itself where there is no second. */
  readonly lead: number;
  /** Best first, of each answer its best candidate. */
  readonly ranked: readonly Scored<T>[];
}

/** The best answer if it leads by the margin. */
export function decide<T>(weights: DecisionWeights, candidates: readonly Candidate<T>[]): Decision<T> {
  const best = new Map<string, Scored<T>>();
  for (const candidate of candidates) {
    const scored = { ...candidate, score: scoreOf(weights, candidate.features) };
    const known = best.get(candidate.key);
    if (known === undefined || precedes(scored, known)) best.set(candidate.key, scored);
  }
  const ranked = [...best.values()].sort((left, right) => (precedes(left, right) ? -1 : 1));
  const [first, second] = ranked;
  if (first === undefined) return { chosen: null, lead: 0, ranked };
  const lead = second === undefined ? first.score : first.score - second.score;
  return { chosen: second === undefined || lead >= weights.margin ? first : null, lead, ranked };
}

/** The sum of the weights of some features; a feature that stands twice counts once. */
export function scoreOf(weights: DecisionWeights, features: readonly string[]): number {
  const table = tableOf(weights);
  const counted: string[] = [];
  let sum = 0;
  for (const feature of features) {
    const weight = table.get(feature);
    // Few features have a weight, and fewer stand twice.
    if (weight === undefined || counted.includes(feature)) continue;
    counted.push(feature);
    sum += weight;
  }
  return sum;
}

const TABLES = new WeakMap<DecisionWeights, ReadonlyMap<string, number>>();

/** Names of features are made as they are told, and a map finds such words sooner than an object. */
function tableOf(weights: DecisionWeights): ReadonlyMap<string, number> {
  let table = TABLES.get(weights);
  if (table === undefined) {
    table = new Map(Object.entries(weights.weights));
    TABLES.set(weights, table);
  }
  return table;
}

/** Higher scores first; of equal ones those whose key, then whose features come first in the alphabet. */
function precedes<T>(left: Scored<T>, right: Scored<T>): boolean {
  if (left.score !== right.score) return left.score > right.score;
  if (left.key !== right.key) return left.key < right.key;
  return left.features.join() < right.features.join();
}
