import { setFlagsFromString } from "node:v8";

/**
 * Keeps the part of the heap for new objects as small as it is at the start.
 *
 * A process that hands papers on holds little at a time, but the engine takes ever more room for what it throws away: at 8,000 papers,
 * 250 MB around 18 MB that are alive. With this, the size stays what it was after the first hundred papers, at no loss of speed.
 */
export function keepHeapSteady(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}

/**
 * Lets that part grow, here and in threads, until `work` is done.
 *
 * Where much of what is made stays, as the rows of a report do, the engine else moves it over and over: that takes a fifth of the time.
 */
export async function lettingHeapGrow<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString("--semi-space-growth-factor=2");
  try {
    return await work();
  } finally {
    keepHeapSteady();
  }
}
