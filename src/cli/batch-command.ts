import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { inputsName, noteInputs, unchangedReport } from "../batch/kept-report.ts";
import { isReportFile } from "../batch/report-files.ts";
import type { BatchSummary } from "../batch/report-tally.ts";
import { isAddress } from "../store/address.ts";
import { diskWords } from "../store/disk-words.ts";
import { fileStamp } from "../store/file-stamp.ts";
import { storePlace } from "../store/store-place.ts";
import { type BatchPapers, batchPapers, namedInputs, requirePapers } from "./batch-papers.ts";
import type { BatchRound } from "./batch-round.ts";
import { batchSettings, type CheckingFlags, requireUsable } from "./batch-settings.ts";
import { batchExitCode, tell } from "./batch-summary-words.ts";
import type { ExitCode } from "./exit-code.ts";
import { type KnownFlags, knownFindings } from "./known-findings.ts";
import { notice } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner batch` as parsed. */
export interface BatchFlags extends CheckingFlags, KnownFlags {
  readonly out?: string;
  readonly store?: string;
  readonly jobs?: number;
  readonly across?: boolean;
  readonly watch?: boolean;
  /** Changes nothing: a batch always goes on where the last one stopped. */
  readonly resume?: boolean;
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
  const out = flags.out ?? null;
  const isOurs = out === null ? () => false : isReportFile(out);
  const reviews = flags.reviews === undefined ? null : known.reviews;
  const across = flags.across === true;
  const where = { known, out, place: place.shown };
  /** Stands for all that the outcome depends on. */
  const nameOf = (stamps: ReadonlyMap<string, string>): string | null => {
    if (place.kind !== "file") return null;
    const { edition, options, limits } = settings;
    return inputsName({ edition, options, limits, accepted: known.fingerprints, reviews, across, stamps, store: place.path });
  };
  let found = await batchPapers(named, isOurs);
  if (flags.watch !== true) requirePapers(named, found);
  if (out !== null && flags.watch !== true) {
    // Where nothing has changed, no store is opened, and next to nothing is loaded.
    const summary = await unchanged(out, found, nameOf);
    if (summary !== null) {
      await tell(where, summary, { checked: 0, known: found.papers.length });
      return batchExitCode(settings, summary);
    }
  }
  await requireUsable(settings);
  if (out !== null) await makeFolder(out);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const watch = flags.watch === true ? await (await import("./input-watch.ts")).watchInputs(named, isOurs, stop.signal) : null;
  const [{ openResultStore }, { batchRound }] = await Promise.all([import("../store/result-store.ts"), import("./batch-round.ts")]);
  const store = await openResultStore(place);
  const plan = { ...where, store, settings, jobs: flags.jobs ?? availableParallelism(), reviews, across };
  let round: BatchRound;
  try {
    round = await batchRound(plan, found, stop.signal, null);
    while (watch !== null && !stop.signal.aborted) {
      notice("waiting for changes; Ctrl-C stops");
      await watch.changed();
      if (stop.signal.aborted) break;
      found = await batchPapers(named, isOurs);
      round = await batchRound(plan, found, stop.signal, round.text);
    }
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await watch?.close();
    await store.close();
  }
  const { code, made } = round;
  // Only now does the file of the store stay as it is.
  if (out !== null && made !== null && made.stamps !== null) await noteInputs(out, made.name, nameOf(made.stamps));
  return watch === null ? code : 0;
}

/** The numbers of the report that stands in the folder, if nothing has changed since. */
async function unchanged(
  out: string,
  { papers, problems }: BatchPapers,
  nameOf: (stamps: ReadonlyMap<string, string>) => string | null,
): Promise<BatchSummary | null> {
  // An address can be asked only by loading it.
  if (problems.length > 0 || papers.length === 0 || papers.some(isAddress)) return null;
  const name = nameOf(new Map(papers.map((path) => [path, fileStamp(path)])));
  return name === null ? null : unchangedReport(out, name);
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const reason = diskWords(error);
    if (reason === null) throw error;
    throw new UsageError(`--out ${path}: the folder cannot be made (${reason}); name another one`);
  }
}
