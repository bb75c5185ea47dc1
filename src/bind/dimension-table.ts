import { type Dimensions, isEmpty, keyOf, NO_DIMENSION, sizeOf, times } from "./dimensions.ts";

/** A dimension that is kept once, with what is asked of it again and again. */
export interface Kept {
  readonly id: number;
  readonly dimensions: Dimensions;
  readonly isEmpty: boolean;
  readonly size: number;
}

/** The dimensions met in one document, and their products, each worked out once. */
export interface DimensionTable {
  readonly none: Kept;
  readonly of: (key: string, dimensions: Dimensions) => Kept;
  readonly times: (left: Kept, right: Kept, sign: 1 | -1) => Kept;
}

export function dimensionTable(): DimensionTable {
  const byKey = new Map<string, Kept>();
  const products = new Map<number, Map<number, Kept>>();
  const of = (key: string, dimensions: Dimensions): Kept => {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const kept: Kept = { id: byKey.size, dimensions, isEmpty: isEmpty(dimensions), size: sizeOf(dimensions) };
    byKey.set(key, kept);
    return kept;
  };
  const multiplied = (left: Kept, right: Kept, sign: 1 | -1): Kept => {
    const row = products.get(left.id) ?? new Map<number, Kept>();
    products.set(left.id, row);
    const column = 2 * right.id + (sign > 0 ? 1 : 0);
    const known = row.get(column);
    if (known !== undefined) return known;
    const dimensions = times(left.dimensions, right.dimensions, sign);
    const kept = of(keyOf(dimensions), dimensions);
    row.set(column, kept);
    return kept;
  };
  return { none: of(keyOf(NO_DIMENSION), NO_DIMENSION), of, times: multiplied };
}
