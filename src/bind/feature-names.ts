/** Features by number, so that adding their weights up looks no name up. */
import type { DecisionWeights } from "../model/catalog.ts";

export type Feature = number;

/** Weights stand in hundredths of a natural logarithm. */
export const WEIGHT_SCALE = 100;

const NAMES: string[] = [];
const NUMBERS = new Map<string, Feature>();

/** The number of a feature, the same wherever it is asked for. */
export function feature(name: string): Feature {
  const known = NUMBERS.get(name);
  if (known !== undefined) return known;
  NUMBERS.set(name, NAMES.length);
  NAMES.push(name);
  return NAMES.length - 1;
}

export function nameOf(number: Feature): string {
  return NAMES[number] ?? "";
}

/** Features that differ in a word. */
export function features(nameWith: (word: string) => string): (word: string) => Feature {
  const known = new Map<string, Feature>();
  return (word) => {
    const found = known.get(word);
    if (found !== undefined) return found;
    const made = feature(nameWith(word));
    known.set(word, made);
    return made;
  };
}

/** Features that differ in two words. */
export function featuresOfTwo(nameWith: (first: string, second: string) => string): (first: string, second: string) => Feature {
  const known = new Map<string, (second: string) => Feature>();
  return (first, second) => {
    let found = known.get(first);
    if (found === undefined) {
      found = features((word) => nameWith(first, word));
      known.set(first, found);
    }
    return found(second);
  };
}

/** The weights of a decision by the numbers of its features. */
export function weightTable(weights: DecisionWeights): (number: Feature) => number {
  const known = TABLES.get(weights);
  if (known !== undefined) return known;
  const table: number[] = [];
  const weightOf = (number: Feature): number => {
    // Features may get their numbers after the table was made.
    while (table.length <= number) table.push(weights.weights[nameOf(table.length)] ?? 0);
    return table[number] ?? 0;
  };
  TABLES.set(weights, weightOf);
  return weightOf;
}

const TABLES = new WeakMap<DecisionWeights, (number: Feature) => number>();
