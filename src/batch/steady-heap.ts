import { setFlagsFromString } from "node:v8";

/**
 * Keeps the part of the heap for new objects as small as it is now.
 *
 * A process that hands papers on holds little at a time, but the engine takes ever more room for what it throws away: at 8,000 papers,
 * 250 MB around 18 MB that are alive. Called before the first one, the size stays what it was after the first hundred papers, at no loss of speed.
 */
export function keepHeapSteady(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
