import { DocumentPool, type PoolSize, stoppedReport, TaskStopped } from "../isolate/document-pool.ts";
import type { CheckOptions } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import { keepHeapSteady } from "./steady-heap.ts";

/** A paper that a pool is given. */
export interface CheckTask {
  /** As it is named in the report. */
  readonly path: string;
  /** As it can be opened here. */
  readonly location: string;
  /** What the path holds, where it is no file of this machine. */
  readonly content: { readonly bytes: Uint8Array; readonly sha256: string } | null;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
}

/** Processes that check papers side by side. */
export interface CheckPool {
  /** Errors: a paper that hangs, fills the memory or breaks its process gives a failed document; only processes that cannot start throw. */
  check(task: CheckTask): Promise<WireDocument>;
  close(): void;
}

/** Starts the pool; this process hands papers on from now on. Only the contract comes back: of ten thousand papers, no more is looked at. */
export function openCheckPool(size: PoolSize): CheckPool {
  keepHeapSteady();
  const pool = new DocumentPool(size);
  pool.warmUp();
  return {
    check: async ({ path, location, content, options, limits }) => {
      const held = content === null ? ({ kind: "file", location } as const) : ({ kind: "bytes", ...content } as const);
      try {
        return await pool.ask({ kind: "wire", input: { source: path, content: held }, options }, limits);
      } catch (error) {
        if (error instanceof TaskStopped) return toWireDocument(stoppedReport(path, error));
        throw error;
      }
    },
    close: () => pool.close(),
  };
}
