import { Worker } from "node:worker_threads";
import type { ReadLimits } from "../store/checked-input.ts";
import type { DocumentAnswers, DocumentTask } from "./document-work.ts";
import type { ThreadSettings } from "./work-thread.ts";

/** A task was given up: it took too long, or too much memory, or broke its thread. */
export class WorkStopped extends Error {
  override readonly name = "WorkStopped";
  readonly code: "too-slow" | "out-of-memory" | "internal";

  constructor(code: WorkStopped["code"], detail: string) {
    super(detail);
    this.code = code;
  }
}

/** So many tasks wait already that another one is not taken. */
export class LineFull extends Error {
  override readonly name = "LineFull";
}

/** In milliseconds: memory is looked at so often. */
const MEMORY_CHECK_INTERVAL = 50;
const BYTES_PER_MEGABYTE = 1024 * 1024;

/**
 * A thread that does what takes long with documents, one task after the other, within limits of time and memory.
 *
 * The server answers meanwhile; a document that hangs costs its own task only, for the thread is replaced.
 */
export class WorkLine {
  readonly #settings: ThreadSettings;
  readonly #mostWaiting: number;
  #thread: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(settings: ThreadSettings, mostWaiting = Number.POSITIVE_INFINITY) {
    this.#settings = settings;
    this.#mostWaiting = mostWaiting;
  }

  /** Starts the thread, so that the first task need not wait for it. */
  warmUp(): void {
    this.#running();
  }

  /** Whether another task would not be taken. */
  get isFull(): boolean {
    return this.#waiting >= this.#mostWaiting;
  }

  /** Has a task done. Errors: a line that is full rejects with LineFull, a task that is given up with WorkStopped. */
  async ask<T extends DocumentTask>(task: T): Promise<DocumentAnswers[T["kind"]]> {
    if (this.isFull) throw new LineFull("too many documents are being checked at once; try again in a moment");
    this.#waiting += 1;
    const answer = this.#last.then(() => this.#do(task));
    this.#last = answer.catch(() => undefined);
    try {
      return (await answer) as DocumentAnswers[T["kind"]];
    } finally {
      this.#waiting -= 1;
    }
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = null;
  }

  #running(): Worker {
    if (this.#thread !== null) return this.#thread;
    const { megabytes } = this.#settings.limits;
    const thread = new Worker(THREAD_FILE, { workerData: this.#settings, resourceLimits: { maxOldGenerationSizeMb: megabytes } });
    thread.unref();
    // A thread that breaks while nobody asks is replaced by whoever asks next.
    thread.on("error", () => undefined);
    thread.on("exit", () => {
      if (this.#thread === thread) this.#thread = null;
    });
    this.#thread = thread;
    return thread;
  }

  #do(task: DocumentTask): Promise<unknown> {
    const thread = this.#running();
    const { seconds, megabytes }: ReadLimits = this.#settings.limits;
    const mostBytes = process.memoryUsage.rss() + megabytes * BYTES_PER_MEGABYTE;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        clearInterval(watch);
        thread.off("message", done).off("error", failed).off("exit", ended);
        thread.unref();
      };
      const done = (answer: unknown): void => {
        settle();
        resolve(answer);
      };
      const give = (stopped: WorkStopped): void => {
        settle();
        if (this.#thread === thread) this.#thread = null;
        void thread.terminate();
        reject(stopped);
      };
      // The reader of PDFs has the same limit and says more, so it goes first.
      const timer = setTimeout(() => give(new WorkStopped("too-slow", `${seconds} s`)), (seconds + GRACE_SECONDS) * 1000);
      // The heap of a thread can be limited; what it inflates lies outside its heap and has to be watched.
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() > mostBytes + GRACE_MEGABYTES * BYTES_PER_MEGABYTE)
          give(new WorkStopped("out-of-memory", `${megabytes} MB`));
      }, MEMORY_CHECK_INTERVAL);
      const failed = (error: unknown): void => {
        const isFull = error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
        give(isFull ? new WorkStopped("out-of-memory", `${megabytes} MB`) : new WorkStopped("internal", String(error)));
      };
      const ended = (): void => give(new WorkStopped("internal", "the thread ended"));
      thread.ref();
      thread.on("message", done).on("error", failed).on("exit", ended);
      thread.postMessage(task);
    });
  }
}

const GRACE_SECONDS = 5;
const GRACE_MEGABYTES = 256;

/** A checkout holds TypeScript, the package JavaScript; the thread's file ends like this one. */
const THREAD_FILE = new URL(import.meta.url.endsWith(".ts") ? "./work-thread.ts" : "./work-thread.js", import.meta.url);
