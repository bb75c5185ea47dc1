/** The last entry of a list in the order of the text that starts at or before an offset. */
export function lastStarting<T>(sorted: readonly T[], offset: number, start: (entry: T) => number): T | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (entry !== undefined && start(entry) <= offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
