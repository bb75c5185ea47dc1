/**
 * A list of papers comes in; each has a result in the store when it goes out.
 *
 * A paper whose content, rules, version and options are known is not checked again, so the same command goes on where it was stopped.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { CheckOptions } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import { isSureStamp } from "../store/file-stamp.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import { PATHS_AT_ONCE, type ResultStore, type StoredInput } from "../store/result-store.ts";
import { checkedPaper } from "./checked-paper.ts";
import { latePool } from "./late-pool.ts";
import { editionOf } from "./paper-input.ts";

/** What a batch is to do. */
export interface BatchRequest {
  readonly files: readonly string[];
  /** The user's own rules. */
  readonly rules: string | null;
  /** Stands for everything but the paper that a result depends on: rules, version. */
  readonly edition: string;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
  readonly jobs: number;
}

/** Called after each paper; `checked` is false for one that the store knew. */
export type BatchObserver = (paper: { readonly path: string; readonly checked: boolean; readonly document: WireDocument | null }) => void;

/** What a batch has done. */
export interface BatchOutcome {
  /** Papers that had to be checked. */
  readonly checked: number;
  /** Papers whose result was known. */
  readonly known: number;
  /** Papers checked now of which nothing could be read. */
  readonly failed: number;
  /** The key of each paper, in the order of the request; fewer if the batch was stopped. */
  readonly keys: ReadonlyMap<string, string>;
  /** Stands for the results of all papers: equal as long as each is the one that was found when this one was. */
  readonly results: string;
  /** The stamp of each file as it was checked; null if one of them does not stand for the bytes that it has. */
  readonly stamps: ReadonlyMap<string, string> | null;
}

/** Runs the batch until it is done or `signal` stops it; papers under way are finished and kept. */
export async function runBatch(
  store: ResultStore,
  request: BatchRequest,
  observe: BatchObserver,
  signal: AbortSignal,
): Promise<BatchOutcome> {
  const { files, rules, options, limits } = request;
  const edition = editionOf(request.edition, options);
  const keys = new Map<string, string>();
  const standing = new Map<string, StoredInput>();
  const pool = latePool({ jobs: Math.min(request.jobs, files.length), megabytes: limits.megabytes, rules });
  const check = { store, pool: pool.open, edition, options, limits };
  let [checked, failed] = [0, 0];
  const run = await store.beginRun(request.edition, files.length);
  const waiting = lookedUp(store, files, limits);
  let broken = false;
  const work = async (): Promise<void> => {
    // Workers share one iterator, so each paper is taken once.
    for (let next = await waiting.next(); next.done !== true && !signal.aborted && !broken; next = await waiting.next()) {
      const { path, known } = next.value;
      const { key, document, stored } = await checkedPaper(check, { path, location: path }, known);
      keys.set(path, key);
      if (stored !== null) standing.set(path, stored);
      if (document !== null) checked += 1;
      if (document?.status === "failed") failed += 1;
      observe({ path, checked: document !== null, document });
    }
  };
  try {
    // What breaks one worker (the disk is full, the server is gone) would break the others, too; the papers they have are kept if they can be.
    const ends = await Promise.allSettled(
      Array.from({ length: request.jobs }, () =>
        work().catch((error) => {
          broken = true;
          throw error;
        }),
      ),
    );
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  } finally {
    await pool.close();
  }
  const ordered = new Map(files.flatMap((path) => pairOf(path, keys.get(path))));
  const counts = { checked, known: ordered.size - checked, failed };
  if (!signal.aborted) await store.endRun(run, { papers: files.length, ...counts });
  return { ...counts, keys: ordered, ...(await kept(store, ordered, standing, limits)) };
}

/** Paths with what the store knows of them, asked for many at a time. */
async function* lookedUp(
  store: ResultStore,
  files: readonly string[],
  limits: ReadLimits,
): AsyncGenerator<{ readonly path: string; readonly known: StoredInput | undefined }> {
  for (let from = 0; from < files.length; from += PATHS_AT_ONCE) {
    const paths = files.slice(from, from + PATHS_AT_ONCE);
    const inputs = await store.inputs(paths, limits);
    // Where all is known, nothing else lets an interrupt through.
    await setImmediate();
    for (const path of paths) yield { path, known: inputs.get(path) };
  }
}

/** What the store has of the papers now; it is asked only for those that are not `standing` as they were. */
async function kept(
  store: ResultStore,
  keys: ReadonlyMap<string, string>,
  standing: ReadonlyMap<string, StoredInput>,
  limits: ReadLimits,
): Promise<Pick<BatchOutcome, "results" | "stamps">> {
  const asked = new Map<string, StoredInput | undefined>();
  const others = [...keys.keys()].filter((path) => !standing.has(path));
  for await (const { path, known } of lookedUp(store, others, limits)) asked.set(path, known);
  const results = createHash("sha256");
  const stamps = new Map<string, string>();
  for (const [path, key] of keys) {
    const known = standing.get(path) ?? asked.get(path);
    results.update(`${path}\0${key}\0${known?.checkedAt}\0`);
    // What another batch has looked at since need not be what this one has checked.
    if (known?.finished === true && known.key === key && isSureStamp(known.stamp)) stamps.set(path, known.stamp);
  }
  return { results: results.digest("hex"), stamps: stamps.size === keys.size ? stamps : null };
}

function pairOf(path: string, key: string | undefined): readonly (readonly [string, string])[] {
  return key === undefined ? [] : [[path, key]];
}
