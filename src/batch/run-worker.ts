/**
 * Papers come from a queue that many machines share; each has a result in the store before it leaves the queue.
 *
 * A worker that is killed says nothing more, and its papers go to another. A result may so be worked out twice; it is kept once, for it is the same.
 */
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { WireDocument } from "../report/wire.ts";
import { isAddress } from "../store/address.ts";
import { PASSING_PROBLEMS, type ResultStore } from "../store/result-store.ts";
import { StoreError } from "../store/store-error.ts";
import { checkedPaper } from "./checked-paper.ts";
import { latePool } from "./late-pool.ts";
import { editionOf } from "./paper-input.ts";
import type { PaperQueue } from "./paper-queue.ts";
import { type PaperInHand, PapersInHand } from "./papers-in-hand.ts";

/** What a worker is to do. */
export interface WorkerRequest {
  readonly jobs: number;
  /** Heap of one process. */
  readonly megabytes: number;
  /** The user's own rules. */
  readonly rules: string | null;
  /** Of rules and version; the queue holds papers of this edition only. */
  readonly edition: string;
  /** When to stop by itself: never; when no paper waits; when every paper is done, those of other workers, too. */
  readonly until: "stopped" | "none-waits" | "all-done";
}

/** Called after each attempt at a paper. */
export type WorkerObserver = (paper: {
  readonly path: string;
  /** Null if the result was known, or the attempt failed. */
  readonly document: WireDocument | null;
  readonly outcome: "checked" | "known" | "to-be-tried-again" | "given-up";
}) => void;

/** Milliseconds between looks at an empty queue; each is a cheap query. */
const IDLE_WAIT = 1000;
/** A server may be restarted under a worker; it is tried again after 1, 2, 4 ... seconds, this often. */
const MOST_STORE_FAILURES = 6;

/** Checks papers until `signal` or the request says that it is enough; papers under way are finished and kept. */
export async function runWorker(
  services: { readonly store: ResultStore; readonly queue: PaperQueue },
  request: WorkerRequest,
  observe: WorkerObserver,
  signal: AbortSignal,
): Promise<void> {
  const pool = latePool(request);
  const hand = new PapersInHand(services);
  const enough = new AbortController();
  const end = AbortSignal.any([signal, enough.signal]);
  const work = async (): Promise<void> => {
    for (let failures = 0; !end.aborted; ) {
      try {
        const next = await hand.take();
        if (next !== null) await worked({ ...services, hand, request, pool: pool.open, observe }, next);
        else if (await isEnough(services.queue, request.until)) enough.abort();
        else await idle(IDLE_WAIT, end);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!(error instanceof StoreError) || failures === MOST_STORE_FAILURES) {
          enough.abort();
          throw error;
        }
        await idle(2 ** (failures - 1) * 1000, end);
      }
    }
  };
  try {
    const ends = await Promise.allSettled(Array.from({ length: request.jobs }, work));
    for (const each of ends) if (each.status === "rejected") throw each.reason;
  } finally {
    await hand.close();
    await pool.close();
  }
}

interface Work {
  readonly store: ResultStore;
  readonly queue: PaperQueue;
  readonly hand: PapersInHand;
  readonly request: WorkerRequest;
  readonly pool: ReturnType<typeof latePool>["open"];
  readonly observe: WorkerObserver;
}

async function worked(work: Work, { taken, known }: PaperInHand): Promise<void> {
  const { store, queue, hand, request, observe } = work;
  const { path, folder, options, limits } = taken.paper;
  try {
    const check = { store, pool: work.pool, edition: editionOf(request.edition, options), options, limits };
    const location = isAddress(path) ? path : resolve(folder, path);
    const { document } = await checkedPaper(check, { path, location }, known);
    const passing = document?.problems.find(({ code }) => PASSING_PROBLEMS.has(code));
    if (passing === undefined) {
      hand.done(taken);
      observe({ path, document, outcome: document === null ? "known" : "checked" });
    } else {
      await queue.fail(taken, passing.message);
      observe({ path, document, outcome: taken.isLastAttempt ? "given-up" : "to-be-tried-again" });
    }
  } catch (error) {
    // The paper is let go at once where the server still listens; else it is given to another when this worker is not heard of.
    await queue.fail(taken, error instanceof Error ? error.message : String(error)).catch(() => undefined);
    throw error;
  } finally {
    hand.letGo(taken);
  }
}

async function isEnough(queue: PaperQueue, until: WorkerRequest["until"]): Promise<boolean> {
  if (until === "none-waits") return true;
  return until === "all-done" && (await queue.unfinished()) === 0;
}

/** Waits; less if it is to end. */
async function idle(milliseconds: number, signal: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}
