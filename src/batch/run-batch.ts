/**
 * A list of papers comes in; each has a result in the store when it goes out.
 *
 * A paper whose content, rules, version and options are known is not checked again, so the same command goes on where it was stopped.
 */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import type { CheckOptions } from "../model/report.ts";
import type { WireDocument } from "../report/wire.ts";
import type { ReadLimits } from "../store/checked-input.ts";
import { loadInput } from "../store/input-file.ts";
import type { KnownInput, ResultStore } from "../store/result-store.ts";
import { type CheckPool, openCheckPool } from "./check-pool.ts";

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
  /** The key of each paper, in the order of the request; fewer if the batch was stopped. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Runs the batch until it is done or `signal` stops it; papers under way are finished and kept. */
export async function runBatch(
  store: ResultStore,
  request: BatchRequest,
  observe: BatchObserver,
  signal: AbortSignal,
): Promise<BatchOutcome> {
  const inputs = await store.knownInputs();
  const finished = new Set(await store.finishedKeys(request.limits));
  const edition = hashOf(request.edition, JSON.stringify(request.options));
  const keys = new Map<string, string>();
  let pool: CheckPool | null = null;
  let checked = 0;
  const waiting = request.files.values();
  const work = async (): Promise<void> => {
    // Workers share one iterator, so each paper is taken once.
    for (const path of waiting) {
      if (signal.aborted) return;
      const input = await inputOf(path, edition, inputs.get(path));
      keys.set(path, input.key);
      if (finished.has(input.key)) {
        if (inputs.get(path)?.stamp !== input.stamp || inputs.get(path)?.key !== input.key) await store.rememberInput(path, input);
        observe({ path, checked: false, document: null });
        continue;
      }
      pool ??= openCheckPool({ jobs: Math.min(request.jobs, request.files.length), megabytes: request.limits.megabytes });
      const document = await pool.check({ path, rules: request.rules, options: request.options, limits: request.limits });
      await store.save(path, input, document, request.limits);
      // A paper that could not be loaded may be there the next time.
      if (input.stamp !== UNREAD) finished.add(input.key);
      checked += 1;
      observe({ path, checked: true, document });
    }
  };
  try {
    await Promise.all(Array.from({ length: request.jobs }, work));
  } finally {
    await closePool(pool);
  }
  const ordered = new Map(request.files.flatMap((path) => pairOf(path, keys.get(path))));
  return { checked, known: ordered.size - checked, keys: ordered };
}

function pairOf(path: string, key: string | undefined): readonly (readonly [string, string])[] {
  return key === undefined ? [] : [[path, key]];
}

async function closePool(pool: CheckPool | null): Promise<void> {
  await pool?.close();
}

/** The stamp of what could not be loaded; it equals no other. */
const UNREAD = "";

/** Key and stamp of a file. Its bytes are read only if its size or times have changed, or rules, version or options have. */
async function inputOf(path: string, edition: string, known: KnownInput | undefined): Promise<KnownInput> {
  const stamp = await stampOf(path);
  if (known !== undefined && stamp !== UNREAD && known.stamp === stamp && known.key.startsWith(`${edition}-`)) return known;
  const input = await loadInput(path);
  // The ending of the name helps to tell the format, so it is a part of what is checked.
  if (input.kind === "bytes") return { stamp, key: `${edition}-${hashOf(input.sha256, extname(path).toLowerCase())}` };
  return { stamp: UNREAD, key: `${edition}-unread-${hashOf(path, "")}` };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return `${size}:${mtimeNs}:${ctimeNs}`;
  } catch (error) {
    // Whatever the reason is, loading the file meets it again and tells it.
    if (error instanceof Error && "code" in error) return UNREAD;
    throw error;
  }
}

/** Half a SHA-256 in hex. */
function hashOf(first: string, second: string): string {
  return createHash("sha256").update(`${first}\0${second}`).digest("hex").slice(0, 32);
}
