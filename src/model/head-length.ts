/**
 * How many entries at the head of a list a test holds for, by halving.
 *
 * The test must hold for the head alone: of a sorted list, "begins before an offset". It is also the index of the first entry that
 * it does not hold for.
 */
export function headLength<T>(sorted: readonly T[], holds: (entry: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (entry !== undefined && holds(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}
