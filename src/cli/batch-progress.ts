import type { BatchObserver } from "../batch/run-batch.ts";

/** Tells a person at a terminal how far a batch has come. */
export interface BatchProgress {
  readonly next: BatchObserver;
  readonly done: () => void;
}

const FORMAT = "{bar} {value}/{total}  failed {failed}  flagged {flagged}  {rate}/s  {eta_formatted} left";

/** A line on standard error; none where that is no terminal. */
export async function startBatchProgress(total: number): Promise<BatchProgress> {
  if (process.stderr.isTTY !== true) return { next: () => undefined, done: () => undefined };
  const { Presets, SingleBar } = await import("cli-progress");
  const bar = new SingleBar({ format: FORMAT, stream: process.stderr, clearOnComplete: true, hideCursor: true }, Presets.shades_classic);
  const began = Date.now();
  let [count, failed, flagged] = [0, 0, 0];
  let isDone = false;
  bar.start(total, 0, { failed, flagged, rate: "0.0" });
  return {
    next: ({ document }) => {
      // Papers that are finished after an interrupt draw no line again.
      if (isDone) return;
      count += 1;
      if (document?.status === "failed") failed += 1;
      if (document?.findings.some((finding) => finding.severity !== "note")) flagged += 1;
      const rate = (count / Math.max(0.001, (Date.now() - began) / 1000)).toFixed(1);
      bar.update(count, { failed, flagged, rate });
    },
    done: () => {
      if (!isDone) bar.stop();
      isDone = true;
    },
  };
}
