import { ChildProcess } from "node:child_process";
import module from "node:module";
import { availableParallelism } from "node:os";
import { setTimeout as startTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import { Tinypool } from "tinypool";
import type { WireDocument } from "../report/wire.ts";
import type { CheckTask } from "./check-worker.ts";
import { failedDocument } from "./failed-document.ts";
import { keepHeapSteady } from "./steady-heap.ts";

/** Processes that check papers side by side. */
export interface CheckPool {
  /** Errors: a paper that hangs, fills the memory or breaks its process gives a failed document; only processes that cannot start throw. */
  check(task: CheckTask): Promise<WireDocument>;
  close(): Promise<void>;
}

/** Processes cannot be started, so that no paper can be checked; none is to blame. */
export class PoolError extends Error {
  override readonly name = "PoolError";
}

/** The reader stops by itself before. */
const GRACE_SECONDS = 10;
/** A process that has not started by then never will; the slowest machine takes a few seconds. */
const START_SECONDS = 60;
/** Processes that have not ended by then are killed. */
const CLOSE_SECONDS = 5;
/** Milliseconds in which the end of a process is waited for, and between looks. */
const EXIT_WAIT = 1000;
const EXIT_LOOK = 20;
/** A process that is ended from outside gets its paper again this often. */
const MOST_ATTEMPTS = 2;

/** Times that all processes are replaced for one paper. */
const MOST_GENERATIONS = 5;

/** How large a pool is. */
export interface PoolSize {
  readonly jobs: number;
  /** Heap of one process. */
  readonly megabytes: number;
  /** Seconds beyond the limit of a paper after which its process is ended. */
  readonly graceSeconds?: number;
}

/** Starts the pool; this process hands papers on from now on. */
export function openCheckPool(size: PoolSize): CheckPool {
  keepHeapSteady();
  return new ProcessPool(size);
}

/** How a process of the pool ended. */
interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

type Answer =
  | { readonly kind: "document"; readonly document: WireDocument }
  | { readonly kind: "ended"; readonly exit: Exit | null }
  | { readonly kind: "no-process" };

class ProcessPool implements CheckPool {
  readonly #size: PoolSize;
  #processes: Processes;

  constructor(size: PoolSize) {
    this.#size = size;
    this.#processes = new Processes(size);
  }

  async check(task: CheckTask): Promise<WireDocument> {
    for (let attempt = 1, generations = 1; ; ) {
      const processes = this.#processes;
      const seconds = task.limits.seconds + (this.#size.graceSeconds ?? GRACE_SECONDS);
      const answer = await processes.ask(task, seconds);
      if (answer.kind === "document") return answer.document;
      if (answer.kind === "no-process") {
        // Whoever notices first replaces them; if the new ones cannot start either, that throws.
        if (this.#processes === processes) {
          this.#processes = new Processes(this.#size);
          void processes.close();
        }
        generations += 1;
        if (generations > MOST_GENERATIONS) throw new PoolError("the processes that check papers end as soon as they start");
      } else if (isFullHeap(answer.exit)) {
        return failedDocument(task.path, "out-of-memory", `${task.limits.megabytes} MB`);
      } else {
        attempt += 1;
        if (attempt > MOST_ATTEMPTS) return failedDocument(task.path, "process-ended", exitWords(answer.exit));
      }
    }
  }

  async close(): Promise<void> {
    await this.#processes.close();
  }
}

/** One generation of processes: it is given up as a whole when one of them cannot start. */
class Processes {
  readonly #pool: Tinypool;
  readonly #started: Promise<void>;
  /** Set off when a process without a paper ends, after which the pool starts no other. */
  readonly #broken = new AbortController();
  /** Those that run. */
  readonly #children = new Set<ChildProcess>();
  #lastExit: Exit | null = null;

  constructor({ jobs, megabytes }: PoolSize) {
    this.#pool = new Tinypool({
      runtime: "child_process",
      filename: WORKER_FILE,
      name: "checkPaper",
      minThreads: jobs,
      maxThreads: jobs,
      execArgv: [`--max-old-space-size=${Math.ceil(megabytes)}`, ...collectorFlags(jobs)],
      // What this process compiled before, and keeps between runs, the others need not compile again.
      env: { ...process.env, NODE_COMPILE_CACHE: module.getCompileCacheDir() ?? "" },
      // Bytes of inputs go over as they are.
      serialization: "advanced",
    });
    this.#pool.on("error", () => this.#broken.abort());
    this.#watchExits();
    this.#started = this.#start(megabytes);
    // Those who ask for a paper are told; nobody may have asked yet.
    this.#started.catch(() => undefined);
  }

  /** Has a task done. Errors: throws a PoolError if no process could start. */
  async ask(task: CheckTask, seconds: number): Promise<Answer> {
    await this.#started;
    if (this.#broken.signal.aborted) return { kind: "no-process" };
    this.#watchExits();
    // One for each paper, and let go with it: a signal of a time stays until its time has come, and a thousand papers a minute are many.
    const end = new AbortController();
    const give = (): void => end.abort();
    let isLate = false;
    const timer = startTimer(() => {
      isLate = true;
      end.abort();
    }, seconds * 1000);
    this.#broken.signal.addEventListener("abort", give);
    try {
      const document: WireDocument = await this.#pool.run(task, { signal: end.signal });
      return { kind: "document", document };
    } catch (error) {
      if (isLate) return { kind: "document", document: failedDocument(task.path, "too-slow", `${task.limits.seconds} s`) };
      const message = error instanceof Error ? error.message : String(error);
      if (ENDED.test(message)) return { kind: "ended", exit: await this.#takeExit() };
      if (this.#broken.signal.aborted) return { kind: "no-process" };
      return { kind: "document", document: failedDocument(task.path, "internal", message) };
    } finally {
      clearTimeout(timer);
      this.#broken.signal.removeEventListener("abort", give);
    }
  }

  async close(): Promise<void> {
    // The pool waits for the end of its processes, but one of them may have ended before, and none keeps this process alive.
    const enough = new AbortController();
    const late = setTimeout(CLOSE_SECONDS * 1000, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([this.#pool.destroy(), late]);
    enough.abort();
    for (const child of this.#children) child.kill("SIGKILL");
  }

  async #start(megabytes: number): Promise<void> {
    try {
      await this.#pool.run(null, { name: "begin", signal: AbortSignal.timeout(START_SECONDS * 1000) });
    } catch (error) {
      const exit = await this.#takeExit();
      const why = exit === null ? (error instanceof Error ? error.message : String(error)) : exitWords(exit);
      const remedy = isFullHeap(exit) ? `; ${megabytes} MB are too few to start, pass a larger --max-memory` : "";
      throw new PoolError(`the processes that check papers cannot start (${why})${remedy}`, { cause: error });
    }
  }

  /** The pool says that a process has ended, but not how. */
  #watchExits(): void {
    for (const thread of this.#pool.threads) {
      const child = "process" in thread ? thread.process : null;
      if (!(child instanceof ChildProcess) || this.#children.has(child)) continue;
      this.#children.add(child);
      // A process whose heap is full prints pages about itself; the paper gets a problem that says the same in a line.
      child.stderr?.unpipe(process.stderr).resume();
      child.once("exit", (code, signal) => {
        this.#lastExit = { code, signal };
        this.#children.delete(child);
      });
    }
  }

  /** How the process has ended that the pool complains of: its channel may break before its end is known. */
  async #takeExit(): Promise<Exit | null> {
    for (let waited = 0; this.#lastExit === null && waited < EXIT_WAIT; waited += EXIT_LOOK) await setTimeout(EXIT_LOOK);
    const exit = this.#lastExit;
    this.#lastExit = null;
    return exit;
  }
}

/** A checkout holds TypeScript, the package JavaScript. */
const WORKER_FILE = new URL(import.meta.url.endsWith(".ts") ? "./check-worker.ts" : "./check-worker.js", import.meta.url).href;

/** Where every core has a paper, helpers of the garbage collector only take turns with papers: without them, a tenth more are read. */
function collectorFlags(jobs: number): readonly string[] {
  return jobs > 1 && jobs >= availableParallelism() ? ["--single-threaded-gc"] : [];
}

/** What the pool says when a process has ended by itself or from outside. */
const ENDED = /worker exited unexpectedly|channel closed|EPIPE/i;

/** The engine ends its process when the heap is full: with an abort, or a trap while it starts; as signals, or as the codes that stand for them. */
const FULL_HEAP_ENDS: ReadonlySet<unknown> = new Set(["SIGABRT", "SIGTRAP", 134, 133]);

function isFullHeap(exit: Exit | null): boolean {
  return exit !== null && (FULL_HEAP_ENDS.has(exit.signal) || FULL_HEAP_ENDS.has(exit.code));
}

function exitWords(exit: Exit | null): string | null {
  if (exit === null) return null;
  return exit.signal ?? `exit code ${exit.code}`;
}
