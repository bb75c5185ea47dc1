import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FileHashes } from "./aside-files.ts";
import type { ExportPlace, ExportTask } from "./export-worker.ts";

/** Held back before it goes over to the thread; in UTF-16 code units. */
const HELD = 1 << 20;
/** Pieces that may wait: so far may the thread lag behind, at the cost of memory, before it is waited for. */
const MOST_WAITING = 16;

/**
 * A thread that makes the files of a report which other programs read, while this one makes those for people.
 *
 * Errors: those of the disk and of the thread, of what was asked or of what is asked next.
 */
export class ExportThread {
  readonly #worker: Worker;
  readonly #ended: Promise<FileHashes>;
  #held: string[] = [];
  #size = 0;
  #waiting = 0;

  constructor(place: ExportPlace) {
    this.#worker = new Worker(THREAD_FILE, { workerData: place, resourceLimits: { maxYoungGenerationSizeMb: 64 } });
    this.#ended = new Promise((resolve, reject) => {
      this.#worker.once("error", reject).on("message", (files: FileHashes | null) => {
        if (files !== null) resolve(files);
        else this.#waiting -= 1;
      });
    });
    // Whoever asks next is told.
    this.#ended.catch(() => undefined);
  }

  /** The next document, as JSON that is no empty object. */
  async add(json: string): Promise<void> {
    this.#held.push(json);
    this.#size += json.length;
    if (this.#size < HELD) return;
    this.#send();
    while (this.#waiting > MOST_WAITING) await Promise.race([this.#ended, once(this.#worker, "message")]);
  }

  /** There are no more documents; the thread ends its files while this one does other work. */
  finish(): void {
    this.#send();
    this.#post(null);
  }

  /** The files, once they are whole. */
  get files(): Promise<FileHashes> {
    return this.#ended;
  }

  /** Ends the thread, whatever it does. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(): void {
    this.#post(this.#held);
    this.#waiting += 1;
    this.#held = [];
    this.#size = 0;
  }

  #post(task: ExportTask): void {
    this.#worker.postMessage(task);
  }
}

/** A checkout holds TypeScript, the package JavaScript. */
const THREAD_FILE = new URL(import.meta.url.endsWith(".ts") ? "./export-worker.ts" : "./export-worker.js", import.meta.url);
