import { type Dimensions, isEmpty, keyOf, NO_DIMENSION, sizeOf, times } from "./dimensions.ts";

/** A dimension that is kept once, with what is asked of it again and again. */
export interface Kept {
  readonly id: number;
  readonly key: string;
  readonly dimensions: Dimensions;
  readonly isEmpty: boolean;
  readonly size: number;
  /** The base dimension that is cancelled first, with its power; empty where none is left. */
  readonly first: string;
  readonly power: number;
}

/** What is left of a dimension after a factor, which multiplies or divides. */
export interface Step {
  readonly sign: 1 | -1;
  readonly left: Kept;
}

/** The dimensions met in one document, and their products, each worked out once. */
export interface DimensionTable {
  readonly none: Kept;
  readonly of: (key: string, dimensions: Dimensions) => Kept;
  readonly times: (left: Kept, right: Kept, sign: 1 | -1) => Kept;
  /** By which sign a factor brings a dimension nearer to none; null where it does not. */
  readonly step: (rest: Kept, factor: Kept) => Step | null;
}

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

export function dimensionTable(): DimensionTable {
  const byKey = new Map<string, Kept>();
  const products: (Kept | undefined)[][] = [];
  const steps: (Step | null | undefined)[][] = [];
  const of = (key: string, dimensions: Dimensions): Kept => {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const first = firstOf(dimensions);
    const power = dimensions[first] ?? 0;
    const kept: Kept = { id: byKey.size, key, dimensions, isEmpty: isEmpty(dimensions), size: sizeOf(dimensions), first, power };
    byKey.set(key, kept);
    products.push([]);
    steps.push([]);
    return kept;
  };
  const multiplied = (left: Kept, right: Kept, sign: 1 | -1): Kept => {
    const column = 2 * right.id + (sign > 0 ? 1 : 0);
    const row = products[left.id];
    const known = row?.[column];
    if (known !== undefined) return known;
    const dimensions = times(left.dimensions, right.dimensions, sign);
    const kept = of(keyOf(dimensions), dimensions);
    if (row !== undefined) row[column] = kept;
    return kept;
  };
  const towards = (rest: Kept, factor: Kept): Step | null => {
    const sign = Math.sign(rest.power) === Math.sign(factor.dimensions[rest.first] ?? 0) ? 1 : -1;
    const left = multiplied(rest, factor, sign > 0 ? -1 : 1);
    return Math.abs(left.dimensions[rest.first] ?? 0) >= Math.abs(rest.power) || left.size > LARGEST_REST ? null : { sign, left };
  };
  const step = (rest: Kept, factor: Kept): Step | null => {
    const row = steps[rest.id];
    const known = row?.[factor.id];
    if (known !== undefined) return known;
    const found = towards(rest, factor);
    if (row !== undefined) row[factor.id] = found;
    return found;
  };
  return { none: of(keyOf(NO_DIMENSION), NO_DIMENSION), of, times: multiplied, step };
}

function firstOf(rest: Dimensions): string {
  for (const name of Object.keys(rest)) if (!KNOWN.has(name)) return name;
  for (const name of ORDER) if ((rest[name] ?? 0) !== 0) return name;
  return "";
}
