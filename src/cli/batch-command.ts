import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { runBatch } from "../batch/run-batch.ts";
import { problemWords } from "../report/problem-words.ts";
import { openResultStore } from "../store/result-store.ts";
import { storePlace } from "../store/store-place.ts";
import { toolVersion } from "../store/tool-version.ts";
import { batchPapers } from "./batch-papers.ts";
import { startBatchProgress } from "./batch-progress.ts";
import { batchSettings, type CheckingFlags } from "./batch-settings.ts";
import type { ExitCode } from "./exit-code.ts";
import { type KnownFlags, knownFindings } from "./known-findings.ts";
import { print } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner batch` as parsed. */
export interface BatchFlags extends CheckingFlags, KnownFlags {
  readonly out?: string;
  readonly store?: string;
  readonly jobs?: number;
  readonly across?: boolean;
  readonly enqueueOnly?: boolean;
  readonly retries?: number;
  readonly heartbeat?: number;
}

/** Checks every paper of a folder and writes a report; the same command goes on where the last one stopped. */
export async function batchCommand(inputs: readonly string[], flags: BatchFlags): Promise<ExitCode> {
  if (flags.enqueueOnly === true) return (await import("./enqueue-command.ts")).enqueueCommand(inputs, flags);
  if (flags.out === undefined && flags.store === undefined) {
    throw new UsageError("nowhere to put the results: pass --out FOLDER for a report, --store for the results alone, or both");
  }
  const place = storePlace(flags.store ?? join(flags.out ?? ".", "reckoner.sqlite"));
  const settings = await batchSettings(flags);
  const known = await knownFindings(flags);
  const { papers, problems } = await batchPapers(inputs);
  for (const problem of problems) process.stderr.write(`reckoner: ${problemWords(problem)}\n`);
  if (flags.out !== undefined) await makeFolder(flags.out);
  const store = await openResultStore(place);
  const progress = await startBatchProgress(papers.length);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const jobs = flags.jobs ?? availableParallelism();
    const outcome = await runBatch(store, { ...settings, files: papers, jobs }, progress.next, stop.signal);
    progress.done();
    if (stop.signal.aborted) {
      process.stderr.write(`reckoner: stopped after ${outcome.keys.size} of ${papers.length}; the same command goes on from here\n`);
      return 2;
    }
    const request = {
      ...{ keys: outcome.keys, tool: { name: "reckoner" as const, version: toolVersion(), rules: settings.rulesHash } },
      ...{ accepted: known.fingerprints, reviews: flags.reviews === undefined ? null : known.reviews },
      across: flags.across === true,
    };
    const { batchSummary, writeBatchReport } = await import("../batch/batch-report.ts");
    const summary = flags.out === undefined ? await batchSummary(store, request) : await writeBatchReport(store, request, flags.out);
    for (const line of known.lines(new Set(summary.passed))) process.stderr.write(`reckoner: ${line}\n`);
    await print(
      `${outcome.keys.size} ${outcome.keys.size === 1 ? "document" : "documents"}: ${outcome.checked} checked now, ${outcome.known} known; ` +
        `${summary.failed} could not be read, ${summary.flagged} flagged (${summary.errors} errors, ${summary.warnings} warnings)\n` +
        (flags.out === undefined
          ? `results are in ${place.shown}; no report was written, pass --out FOLDER for one\n`
          : `${join(flags.out, "index.html")}\n`),
    );
    if (summary.across.length > 0) await print(`\nAcross documents\n${summary.across.map((line) => `  ${line}\n`).join("")}`);
    if (summary.failed > 0 || problems.length > 0) return 2;
    const counted = { error: summary.errors, warning: summary.errors + summary.warnings, never: 0 }[settings.failLevel];
    return counted > 0 ? 1 : 0;
  } finally {
    progress.done();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await store.close();
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UsageError(`--out ${path}: the folder cannot be made (${String(error.code)}); name another one`);
  }
}
