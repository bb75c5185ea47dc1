import { availableParallelism } from "node:os";
import type { ProblemCode } from "../model/problem.ts";
import type { DocumentReport } from "../model/report.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import { DocumentProcess, exitWords, isFullHeap, type ProcessAnswer } from "./document-process.ts";
import type { DocumentAnswers, DocumentTask } from "./document-task.ts";

/** A task was given up: it took too long, or too much memory, or broke its process. */
export class TaskStopped extends Error {
  override readonly name = "TaskStopped";
  readonly code: Extract<ProblemCode, "too-slow" | "out-of-memory" | "process-ended" | "internal">;

  constructor(code: TaskStopped["code"], detail: string) {
    super(detail);
    this.code = code;
  }
}

/** So many tasks wait already that another one is not taken. */
export class LineFull extends Error {
  override readonly name = "LineFull";
}

/** Processes cannot be started, so that nothing can be checked; no document is to blame. */
export class PoolError extends Error {
  override readonly name = "PoolError";
}

/** How large a pool is. */
export interface PoolSize {
  /** Documents at a time. */
  readonly jobs: number;
  /** Heap that one document may fill. */
  readonly megabytes: number;
  /** The user's own rules. */
  readonly rules: string | null;
  /** Tasks beyond this many under way or waiting are refused. */
  readonly mostTasks?: number;
}

/** A process that is ended from outside is replaced, and its task done again, this often. */
const MOST_ATTEMPTS = 2;
/** Times that a process is started for one task. */
const MOST_STARTS = 5;
/** Part of the memory that a process may hold from earlier documents. */
const MOST_KEPT = 0.6;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/**
 * Processes that do what takes long with documents, within limits of time and memory, one task after the other.
 *
 * What happens to a process costs its task alone. A document that fails in a process that had others before is tried again in a fresh
 * one, so that what is told of it does not depend on what came before.
 */
export class DocumentPool {
  readonly #size: PoolSize;
  readonly #idle: DocumentProcess[] = [];
  readonly #running = new Set<DocumentProcess>();
  /** Those who wait for a process, first come, first served. */
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #tasks = 0;
  #isClosed = false;
  #isRetired = false;

  constructor(size: PoolSize) {
    this.#size = size;
  }

  /** Starts the processes, so that the first tasks need not wait for them. */
  warmUp(): void {
    while (this.#running.size < this.#size.jobs) this.#idle.push(this.#start());
  }

  /** Whether another task would not be taken. */
  get isFull(): boolean {
    return this.#tasks >= (this.#size.mostTasks ?? Number.POSITIVE_INFINITY);
  }

  /**
   * Has a task done. `limits.megabytes` is what is told; what holds is the size of the pool.
   *
   * Errors: a pool that is full rejects with LineFull, a task that is given up with TaskStopped, processes that cannot start with PoolError.
   */
  async ask<T extends DocumentTask>(task: T, limits: ReadLimits): Promise<DocumentAnswers[T["kind"]]> {
    if (this.isFull) throw new LineFull("too many documents are being checked at once; try again in a moment");
    this.#tasks += 1;
    try {
      await this.#turn();
      try {
        return (await this.#done(task, limits)) as DocumentAnswers[T["kind"]];
      } finally {
        // Whoever waits takes this place over.
        const next = this.#waiting.shift();
        if (next === undefined) this.#busy -= 1;
        else next();
      }
    } finally {
      this.#tasks -= 1;
    }
  }

  /** Ends all processes; what they are doing is given up. */
  close(): void {
    this.#isClosed = true;
    for (const process of this.#running) process.end();
    this.#running.clear();
    this.#idle.length = 0;
  }

  /** Ends the processes as soon as they have nothing to do. */
  retire(): void {
    this.#isRetired = true;
    for (const process of this.#idle.splice(0)) this.#drop(process);
  }

  async #turn(): Promise<void> {
    if (this.#busy < this.#size.jobs) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async #done(task: DocumentTask, { seconds, megabytes }: ReadLimits): Promise<unknown> {
    for (let attempt = 1; ; ) {
      const process = await this.#process();
      const isFresh = !process.isUsed;
      const answer = await process.ask(task, seconds);
      if (answer.kind === "done") {
        this.#keep(process, answer);
        return answer.value;
      }
      this.#drop(process);
      if (this.#isClosed) throw new TaskStopped("process-ended", "the check was given up");
      if (answer.kind === "late" || answer.kind === "ready") throw new TaskStopped("too-slow", `${seconds} s`);
      if (answer.kind === "ended" && !isFullHeap(answer.exit)) {
        attempt += 1;
        if (attempt > MOST_ATTEMPTS) throw new TaskStopped("process-ended", exitWords(answer.exit));
      } else if (isFresh) {
        throw answer.kind === "ended" ? new TaskStopped("out-of-memory", `${megabytes} MB`) : new TaskStopped("internal", answer.words);
      }
    }
  }

  /** One that waits, or a new one. Errors: one that cannot start throws a PoolError. */
  async #process(): Promise<DocumentProcess> {
    for (let start = 1; ; start += 1) {
      if (this.#isClosed) throw new TaskStopped("process-ended", "the check was given up");
      const process = this.#idle.pop() ?? this.#start();
      if ((await process.started) && process.exit === null) return process;
      this.#drop(process);
      const { megabytes } = this.#size;
      const { exit } = process;
      // One that was ended from outside is replaced; where the heap is too small, no other will start.
      if (exit !== null && !isFullHeap(exit) && start < MOST_STARTS) continue;
      const why = exit === null ? "they do not answer" : exitWords(exit);
      const remedy = exit !== null && isFullHeap(exit) ? `; ${megabytes} MB are too few to start, pass a larger --max-memory` : "";
      throw new PoolError(`the processes that check papers cannot start (${why})${remedy}`);
    }
  }

  #start(): DocumentProcess {
    const { rules, megabytes, jobs } = this.#size;
    const process = new DocumentProcess({ rules, megabytes, flags: collectorFlags(jobs) });
    this.#running.add(process);
    return process;
  }

  /** One that was shaken, or holds much, has had its last task. */
  #keep(process: DocumentProcess, { isShaken, rss }: Extract<ProcessAnswer, { readonly kind: "done" }>): void {
    const isHeavy = rss > MOST_KEPT * this.#size.megabytes * BYTES_PER_MEGABYTE;
    if (isShaken || isHeavy || this.#isClosed || this.#isRetired) this.#drop(process);
    else this.#idle.push(process);
  }

  #drop(process: DocumentProcess): void {
    process.end();
    this.#running.delete(process);
  }
}

/** The report on a document whose check was given up. */
export function stoppedReport(source: string, { code, message }: TaskStopped): DocumentReport {
  return { source, sha256: null, status: "failed", problems: [{ code, source, page: null, detail: message }], result: null };
}

/** Where every core has a document, helpers of the garbage collector only take turns with documents: without them, a tenth more are read. */
function collectorFlags(jobs: number): readonly string[] {
  return jobs > 1 && jobs >= availableParallelism() ? ["--single-threaded-gc"] : [];
}
