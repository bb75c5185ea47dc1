import { Worker } from "node:worker_threads";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import type { PdfRequest } from "./pdf-thread.ts";

/** What reading one file may take. */
export interface PdfLimits {
  readonly seconds: number;
  readonly megabytes: number;
}

/** A thread that reads PDFs, one after the other, and is replaced when a file breaks it. */
export interface PdfReader {
  /** Errors: none; a file that hangs, fills the memory or breaks the engine gives "too-slow", "out-of-memory" or "damaged". */
  read(bytes: Uint8Array, source: string): Promise<ReadResult>;
  close(): Promise<void>;
}

/** Opens a reader of its own, for callers that read many files. */
export function openPdfReader(limits: PdfLimits): PdfReader {
  return new ThreadReader(limits);
}

/** Readers that wait for the next file. */
const idle: ThreadReader[] = [];

/** Starts a thread for the first PDF, so that it loads its engine while the caller does other work. */
export function startPdfReader(megabytes: number): void {
  if (idle.length === 0) idle.push(new ThreadReader({ seconds: Number.POSITIVE_INFINITY, megabytes }));
}

/**
 * Reads a PDF in a thread of its own, within limits of time and memory.
 *
 * Threads are kept for the next file; they do not keep the process from ending.
 */
export async function readPdfIsolated(bytes: Uint8Array, source: string, limits: PdfLimits): Promise<ReadResult> {
  const known = idle.findIndex((reader) => reader.limits.megabytes === limits.megabytes);
  const reader = known >= 0 ? idle.splice(known, 1)[0] : undefined;
  const used = reader ?? new ThreadReader(limits);
  const result = await used.read(bytes, source, limits.seconds);
  idle.push(used);
  return result;
}

/** In milliseconds: memory is looked at so often. */
const MEMORY_CHECK_INTERVAL = 50;
const BYTES_PER_MEGABYTE = 1024 * 1024;

class ThreadReader implements PdfReader {
  readonly limits: PdfLimits;
  #worker: Worker | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(limits: PdfLimits) {
    this.limits = limits;
    this.#thread();
  }

  read(bytes: Uint8Array, source: string, seconds = this.limits.seconds): Promise<ReadResult> {
    const result = this.#last.then(() => this.#readNext(bytes, source, seconds));
    this.#last = result;
    return result;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #thread(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(THREAD_FILE, { resourceLimits: { maxOldGenerationSizeMb: this.limits.megabytes } });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #readNext(bytes: Uint8Array, source: string, seconds: number): Promise<ReadResult> {
    const worker = this.#thread();
    const before = process.memoryUsage.rss();
    const mostBytes = before + this.limits.megabytes * BYTES_PER_MEGABYTE;
    return new Promise((resolve) => {
      const settle = (result: ReadResult): void => {
        clearTimeout(timer);
        clearInterval(watch);
        worker.off("message", settle).off("error", failed).off("exit", stopped);
        worker.unref();
        resolve(result);
      };
      const fail = (code: ProblemCode, detail: string | null): void => {
        this.#worker = null;
        void worker.terminate();
        settle({ document: null, problems: [{ code, source, page: null, detail }] });
      };
      const timer = setTimeout(() => fail("too-slow", `${seconds} s`), seconds * 1000);
      // The heap of a thread can be limited; what it inflates lies outside its heap and has to be watched.
      const watch = setInterval(() => {
        if (process.memoryUsage.rss() > mostBytes) fail("out-of-memory", `${this.limits.megabytes} MB`);
      }, MEMORY_CHECK_INTERVAL);
      const failed = (error: unknown): void => fail(isOutOfMemory(error) ? "out-of-memory" : "damaged", firstLine(error));
      const stopped = (): void => fail("damaged", "the engine stopped");
      worker.ref();
      worker.once("message", settle).once("error", failed).once("exit", stopped);
      const request: PdfRequest = { bytes, source };
      worker.postMessage(request);
    });
  }
}

/** A checkout holds TypeScript, the package JavaScript; the thread's file ends like this one. */
const THREAD_FILE = new URL(import.meta.url.endsWith(".ts") ? "./pdf-thread.ts" : "./pdf-thread.js", import.meta.url);

/** The names under which Node says that memory has run out. */
const OUT_OF_MEMORY = /out of memory|allocation failed|ERR_WORKER_OUT_OF_MEMORY/i;

function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return OUT_OF_MEMORY.test(`${code} ${error.message}`);
}

function firstLine(error: unknown): string | null {
  return error instanceof Error ? (error.message.split("\n", 1)[0] ?? null) : null;
}
