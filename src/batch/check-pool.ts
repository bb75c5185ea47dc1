import { Tinypool } from "tinypool";
import type { ProblemCode } from "../model/problem.ts";
import type { WireDocument } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import type { CheckTask } from "./check-worker.ts";

/** Processes that check papers side by side. */
export interface CheckPool {
  /** Errors: none; a paper that hangs, fills the memory or breaks its process gives a failed document. */
  check(task: CheckTask): Promise<WireDocument>;
  close(): Promise<void>;
}

/** The reader stops by itself before. */
const GRACE_SECONDS = 10;

/** How large a pool is. */
export interface PoolSize {
  readonly jobs: number;
  /** Heap of one process. */
  readonly megabytes: number;
  /** Seconds beyond the limit of a paper after which its process is ended. */
  readonly graceSeconds?: number;
}

/** Starts the pool. */
export function openCheckPool({ jobs, megabytes, graceSeconds = GRACE_SECONDS }: PoolSize): CheckPool {
  const pool = new Tinypool({
    runtime: "child_process",
    filename: WORKER_FILE,
    name: "checkPaper",
    minThreads: jobs,
    maxThreads: jobs,
    execArgv: [`--max-old-space-size=${Math.ceil(megabytes)}`],
  });
  // A process that ends before it has a paper harms none: the pool starts another, and a paper that finds no process runs out of time.
  pool.on("error", () => undefined);
  return {
    check: async (task) => {
      const signal = AbortSignal.timeout((task.limits.seconds + graceSeconds) * 1000);
      try {
        const document: WireDocument = await pool.run(task, { signal });
        return document;
      } catch (error) {
        if (signal.aborted) return failed(task.path, "too-slow", `${task.limits.seconds} s`);
        const message = error instanceof Error ? error.message : String(error);
        return failed(task.path, ENDED.test(message) ? "out-of-memory" : "internal", ENDED.test(message) ? null : message);
      }
    },
    close: () => pool.destroy(),
  };
}

/** A checkout holds TypeScript, the package JavaScript. */
const WORKER_FILE = new URL(import.meta.url.endsWith(".ts") ? "./check-worker.ts" : "./check-worker.js", import.meta.url).href;

/** What the pool says when a process has ended by itself, which the engine does when its heap is full. */
const ENDED = /worker exited unexpectedly|terminating worker/i;

function failed(source: string, code: ProblemCode, detail: string | null): WireDocument {
  return toWireDocument({ source, sha256: null, status: "failed", problems: [{ code, source, page: null, detail }], result: null });
}
