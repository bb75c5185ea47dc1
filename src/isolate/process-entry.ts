/**
 * A process that does one task with a document after the other.
 *
 * It has no limits of its own but the one of memory: who started it ends it.
 */
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { openCatalog } from "../store/rules-folder.ts";
import { type DocumentTask, doDocumentTask } from "./document-task.ts";
import type { ProcessMessage, ProcessSettings } from "./process-messages.ts";

const { rules, megabytes }: ProcessSettings = JSON.parse(process.argv[2] ?? "");

// The terminal sends its interrupt to every process; who started this one decides what is finished first.
process.on("SIGINT", () => undefined);
// One that was killed leaves no process behind.
process.on("disconnect", () => process.exit());

/**
 * Libraries reject promises that nobody awaits, and throw where nobody can catch it, on damaged files. When that happens is chance, so
 * that it may not decide what is told of the file; but what runs on afterwards is not relied upon for the next one.
 */
let isShaken = false;
process.on("unhandledRejection", () => {
  isShaken = true;
});
process.on("uncaughtException", () => {
  isShaken = true;
});

// The heap has a limit, but what is inflated lies outside, and a thread can look at it while this one is busy; it also sees that nobody
// is left who would end this process.
const watch = new Worker(
  `const { workerData } = require("node:worker_threads");
  const parent = process.ppid;
  setInterval(() => {
    if (process.memoryUsage.rss() > workerData) process.kill(process.pid, "SIGABRT");
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 50);`,
  { eval: true, workerData: megabytes * 1024 * 1024 },
);
watch.unref();

/** The exit code of a process whose rules cannot be opened. Source: sysexits.h, EX_CONFIG. */
const CANNOT_START = 78;

const opened = openCatalog({ overlay: rules });

process.on("message", async (task: DocumentTask) => {
  const { catalog } = await opened;
  let message: ProcessMessage;
  try {
    message = { kind: "done", value: await doDocumentTask(catalog, task), isShaken, rss: process.memoryUsage.rss() };
  } catch (error) {
    message = { kind: "failed", words: error instanceof Error ? error.message : String(error) };
  }
  send(message);
  const isMuchLeft = message.kind === "done" && message.rss > MOST_LEFT;
  // The first task has loaded what most need; its answer goes out before that is kept.
  setTimeout(() => {
    keepCompiledCode();
    if (isMuchLeft) collectGarbage();
  }, 10).unref();
});

try {
  await opened;
} catch {
  process.exit(CANNOT_START);
}
send({ kind: "ready" });

function send(message: ProcessMessage): void {
  process.send?.(message);
}

/** Bytes that a document may leave behind; the engine itself lets garbage of one stand until the next has filled the heap. */
const MOST_LEFT = 300e6;

let collect: (() => void) | null = null;

function collectGarbage(): void {
  if (collect === null) {
    // Only now that the compiled code is kept: an engine whose flags are others does not take it.
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc");
  }
  collect?.();
}

let isKept = false;

/** The next process starts with what was compiled for this one. This one is ended from outside, so it cannot wait for its end. */
function keepCompiledCode(): void {
  if (isKept) return;
  isKept = true;
  module.flushCompileCache();
}
