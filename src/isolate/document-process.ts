import { type ChildProcess, fork } from "node:child_process";
import module from "node:module";
import { fileURLToPath } from "node:url";
import type { DocumentTask } from "./document-task.ts";
import type { ProcessMessage, ProcessSettings } from "./process-messages.ts";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What came of a task. */
export type ProcessAnswer = ProcessMessage | { readonly kind: "late" } | { readonly kind: "ended"; readonly exit: Exit };

/** How a process is started. */
export interface StartSettings {
  /** The user's own rules. */
  readonly rules: string | null;
  /** Heap that one document may fill. */
  readonly megabytes: number;
  readonly flags: readonly string[];
}

/** A process that has not started by then never will; the slowest machine takes a few seconds. */
const START_SECONDS = 60;
/** Code, rules and what is not on the heap. */
const MEGABYTES_BESIDE_HEAP = 256;

/** One process for documents, from its start to its end. It does not keep this one from ending while it has nothing to do. */
export class DocumentProcess {
  readonly #child: ChildProcess;
  readonly #started: Promise<boolean>;
  #exit: Exit | null = null;
  /** Told of every message, and of the end. */
  #listener: (event: ProcessMessage | Exit) => void = () => undefined;
  /** Whether it has had a task. */
  isUsed = false;

  constructor({ rules, megabytes, flags }: StartSettings) {
    const settings: ProcessSettings = { rules, megabytes: Math.ceil(megabytes) + MEGABYTES_BESIDE_HEAP };
    this.#child = fork(ENTRY, [JSON.stringify(settings)], {
      execArgv: [`--max-old-space-size=${Math.ceil(megabytes)}`, ...flags],
      // What this process compiled before, and keeps between runs, the others need not compile again.
      env: { ...process.env, NODE_COMPILE_CACHE: module.getCompileCacheDir() ?? "" },
      // Bytes and maps go over as they are.
      serialization: "advanced",
      // A process whose heap is full prints pages about itself; whoever asked gets a line that says the same.
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    this.#child.on("message", (message: ProcessMessage) => this.#listener(message));
    const ended = (exit: Exit): void => {
      if (this.#exit !== null) return;
      this.#exit = exit;
      this.#listener(exit);
    };
    this.#child.on("exit", (code, signal) => ended({ code, signal }));
    this.#child.on("error", (error) => {
      // One that was never started has no end; one whose channel is broken is ending, and how it ends says why.
      if (this.#child.pid === undefined) ended({ code: null, signal: "code" in error ? String(error.code) : error.message });
      else setTimeout(() => this.#child.kill("SIGKILL"), LONGEST_END).unref();
    });
    this.#started = this.#start();
  }

  /** How it ended; null while it runs. */
  get exit(): Exit | null {
    return this.#exit;
  }

  /** Whether it has started. */
  get started(): Promise<boolean> {
    return this.#started;
  }

  /** Has a task done; one at a time. A process that is late or has ended is of no further use. */
  ask(task: DocumentTask, seconds: number): Promise<ProcessAnswer> {
    this.isUsed = true;
    return this.#next(() => this.#child.send(task), seconds);
  }

  /** Ends it, whatever it is doing. */
  end(): void {
    this.#child.kill("SIGKILL");
    this.#release();
  }

  async #start(): Promise<boolean> {
    const answer = await this.#next(() => undefined, START_SECONDS);
    return answer.kind === "ready";
  }

  /** What the process says next; it is ended where it says nothing in time. */
  #next(begin: () => void, seconds: number): Promise<ProcessAnswer> {
    return new Promise((resolve) => {
      const settle = (answer: ProcessAnswer): void => {
        clearTimeout(timer);
        this.#listener = () => undefined;
        this.#release();
        resolve(answer);
      };
      const timer = setTimeout(
        () => {
          this.#child.kill("SIGKILL");
          settle({ kind: "late" });
        },
        Math.min(seconds * 1000, LONGEST_TIMER),
      );
      this.#child.ref();
      this.#child.channel?.ref();
      this.#listener = (event) => settle("kind" in event ? event : { kind: "ended", exit: event });
      if (this.#exit !== null) settle({ kind: "ended", exit: this.#exit });
      else begin();
    });
  }

  #release(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }
}

/** Milliseconds in which a process ends that writes about its heap. */
const LONGEST_END = 2000;

/** A timer of more milliseconds goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A checkout holds TypeScript, the package JavaScript; the entry ends like this file. */
const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "./process-entry.ts" : "./process-entry.js", import.meta.url));

/** The engine ends its process when the heap is full: with an abort, or a trap while it starts; as signals, or as the codes that stand for them. */
const FULL_HEAP_ENDS: ReadonlySet<unknown> = new Set(["SIGABRT", "SIGTRAP", 134, 133]);

export function isFullHeap({ code, signal }: Exit): boolean {
  return FULL_HEAP_ENDS.has(signal) || FULL_HEAP_ENDS.has(code);
}

export function exitWords({ code, signal }: Exit): string {
  return signal ?? `exit code ${code}`;
}
