import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isReportFile } from "../batch/report-files.ts";
import { openResultStore } from "../store/result-store.ts";
import { storePlace } from "../store/store-place.ts";
import { batchPapers, namedInputs } from "./batch-papers.ts";
import { batchRound } from "./batch-round.ts";
import { batchSettings, type CheckingFlags } from "./batch-settings.ts";
import type { ExitCode } from "./exit-code.ts";
import { type KnownFlags, knownFindings } from "./known-findings.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner batch` as parsed. */
export interface BatchFlags extends CheckingFlags, KnownFlags {
  readonly out?: string;
  readonly store?: string;
  readonly jobs?: number;
  readonly across?: boolean;
  readonly watch?: boolean;
  readonly enqueueOnly?: boolean;
  readonly retries?: number;
  readonly heartbeat?: number;
}

/** Checks every paper of a folder and writes a report; the same command goes on where the last one stopped. */
export async function batchCommand(inputs: readonly string[], flags: BatchFlags): Promise<ExitCode> {
  if (flags.watch === true && flags.enqueueOnly === true) throw new UsageError("--watch and --enqueue-only: pass one of them");
  if (flags.enqueueOnly === true) return (await import("./enqueue-command.ts")).enqueueCommand(inputs, flags);
  if (flags.out === undefined && flags.store === undefined) {
    throw new UsageError("nowhere to put the results: pass --out FOLDER for a report, --store for the results alone, or both");
  }
  const place = storePlace(flags.store ?? join(flags.out ?? ".", "reckoner.sqlite"));
  const settings = await batchSettings(flags);
  const known = await knownFindings(flags);
  const named = await namedInputs(inputs);
  const isOurs = flags.out === undefined ? () => false : isReportFile(flags.out);
  if (flags.out !== undefined) await makeFolder(flags.out);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const watch = flags.watch === true ? await (await import("./input-watch.ts")).watchInputs(named, isOurs, stop.signal) : null;
  const store = await openResultStore(place);
  const plan = {
    ...{ store, settings, known, jobs: flags.jobs ?? availableParallelism(), hasReviews: flags.reviews !== undefined },
    ...{ across: flags.across === true, out: flags.out ?? null, place: place.shown },
  };
  try {
    let round = await batchRound(plan, await batchPapers(named, isOurs), stop.signal, null);
    if (watch === null) return round.code;
    while (!stop.signal.aborted) {
      process.stderr.write("reckoner: waiting for changes; Ctrl-C stops\n");
      await watch.changed();
      if (!stop.signal.aborted) round = await batchRound(plan, await batchPapers(named, isOurs), stop.signal, round.text);
    }
    return 0;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await watch?.close();
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
