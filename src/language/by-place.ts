import { headLength } from "../model/head-length.ts";
/** The last entry of a list in the order of the text that starts at or before an offset. */
export function lastStarting<T>(sorted: readonly T[], offset: number, start: (entry: T) => number): T | undefined {
  return sorted[headLength(sorted, (entry) => start(entry) <= offset) - 1];
}
