/**
 * Bytes come in, reports go out: the one place where documents of others are read, checked and worked on.
 *
 * A short text is done here, under a watch; everything else in processes with limits of time and memory (`document-pool.ts`), whose end,
 * at any moment, costs their own document alone. Which of both it is changes no result.
 */
import { stat } from "node:fs/promises";
import type { Catalog } from "../model/catalog.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { documentReader } from "../read/read-document.ts";
import { isAddress } from "../store/address.ts";
import { checkRead } from "../store/checked-input.ts";
import { loadInput } from "../store/input-file.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import { openCatalog } from "../store/rules-folder.ts";
import { DocumentPool, type PoolSize, stoppedReport, TaskStopped } from "./document-pool.ts";
import { type DocumentAnswers, type DocumentTask, documentsOf, doResultTask, type TaskInput } from "./document-task.ts";
import { watchedCall } from "./watched-call.ts";

/** Texts up to this size are done in this process. Units: bytes, and characters of what was read before. */
const LARGEST_HERE = 16_384;
/** A hundred times what such a text takes; what is not done by then is done in a process with the limits of the caller. */
const MILLISECONDS_HERE = 1000;

/** Reads, checks and works on documents within limits. */
export class DocumentDesk {
  readonly #rules: string | null;
  readonly #limits: ReadLimits;
  readonly #pool: DocumentPool;
  /** What was stopped in the middle may have left something half done, so nothing more is done here after it. */
  #isHereSafe = true;
  /** Opened when a short text needs it. */
  #opened: ReturnType<typeof openCatalog> | null = null;

  /** `limits` are those of every task that names no others. */
  constructor(size: PoolSize, limits: ReadLimits) {
    this.#rules = size.rules;
    this.#limits = limits;
    this.#pool = new DocumentPool(size);
  }

  /** Starts the processes, for documents that will need them. */
  warmUp(): void {
    this.#pool.warmUp();
  }

  get isFull(): boolean {
    return this.#pool.isFull;
  }

  close(): void {
    this.#pool.close();
  }

  /** Ends the processes as soon as they have nothing to do. */
  retire(): void {
    this.#pool.retire();
  }

  /** Checks what a name on the command line stands for: a path, an address, or "-". Errors: as `check`. */
  async checkNamed(source: string, options: CheckOptions): Promise<DocumentReport> {
    if (source !== "-" && !isAddress(source) && !(await isSmallFile(source)))
      return this.check({ source, content: { kind: "file", location: source } }, options);
    const input = await loadInput(source);
    if (input.kind === "bytes") return this.check({ source, content: input }, options);
    return { source, sha256: null, status: "failed", problems: input.result.problems, result: null };
  }

  /** Checks one document. Errors: one that hangs, fills the memory or breaks its process has a failed report; only a pool that is full or cannot start throws. */
  async check(input: TaskInput, options: CheckOptions, limits = this.#limits): Promise<DocumentReport> {
    try {
      return await this.ask({ kind: "check", input, options }, limits);
    } catch (error) {
      if (error instanceof TaskStopped) return stoppedReport(input.source, error);
      throw error;
    }
  }

  /** Has a task done. Errors: as the pool. */
  async ask<T extends DocumentTask>(task: T, limits = this.#limits): Promise<DocumentAnswers[T["kind"]]> {
    const here = this.#isHereSafe ? await this.#callHere(task) : null;
    if (here !== null) {
      const outcome = watchedCall(here, Math.min(MILLISECONDS_HERE, limits.seconds * 1000));
      if (outcome.kind === "done") return outcome.value as DocumentAnswers[T["kind"]];
      if (outcome.kind === "stopped") this.#isHereSafe = false;
    }
    return this.#pool.ask(task, limits);
  }

  /** What does a small task at once; null for one that is not small, or needs steps. */
  async #callHere(task: DocumentTask): Promise<(() => unknown) | null> {
    if (task.kind === "annotate" || task.kind === "wire") return null;
    if (task.kind !== "check") {
      if (documentsOf(task).some(({ text }) => text.length > LARGEST_HERE)) return null;
      const catalog = await this.#catalog();
      return () => doResultTask(catalog, task);
    }
    const { source, content } = task.input;
    if (content.kind !== "bytes" || content.bytes.length > LARGEST_HERE) return null;
    const reader = await documentReader(content.bytes, source);
    if (reader.kind !== "at-once") return null;
    const catalog = await this.#catalog();
    return () => checkRead(catalog, { source, ...content }, reader.read(), task.options);
  }

  async #catalog(): Promise<Catalog> {
    this.#opened ??= openCatalog({ overlay: this.#rules });
    return (await this.#opened).catalog;
  }
}

async function isSmallFile(path: string): Promise<boolean> {
  try {
    const about = await stat(path);
    return about.isFile() && about.size <= LARGEST_HERE;
  } catch {
    // Loading it says why.
    return true;
  }
}
