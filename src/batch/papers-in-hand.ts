import type { ReadLimits } from "../store/read-limits.ts";
import type { ResultStore, StoredInput } from "../store/result-store.ts";
import type { PaperQueue, TakenPaper } from "./paper-queue.ts";

/** A paper that a worker has claimed, with what the store knows of its path. */
export interface PaperInHand {
  readonly taken: TakenPaper;
  readonly known: StoredInput | undefined;
}

/** Milliseconds of work that are claimed at once: of short papers several, of long ones one, so that no worker waits while another has many. */
const AHEAD = 500;
/** Papers that are claimed at once. */
const MOST_AHEAD = 32;
/** Milliseconds between two words that the worker lives: a third of the shortest time after which its papers go to another, so that two may be lost. */
const BEAT = 3000;
/** Milliseconds: what was not begun by then others get. */
const LONGEST_HOLD = 5000;

/**
 * The papers that one worker has claimed.
 *
 * Of short papers, asking the queue would take longer than checking: they are claimed, looked up and completed several at a time.
 * A worker that is killed before it says that papers are done leaves them to others, which find their results in the store.
 */
export class PapersInHand {
  readonly #queue: PaperQueue;
  readonly #store: ResultStore;
  #waiting: PaperInHand[] = [];
  readonly #begun = new Set<TakenPaper>();
  readonly #done = new Set<TakenPaper>();
  #refill: Promise<number> | null = null;
  #refilledAt = Date.now();
  #begunSince = 0;
  readonly #heart: NodeJS.Timeout;

  constructor({ queue, store }: { readonly queue: PaperQueue; readonly store: ResultStore }) {
    this.#queue = queue;
    this.#store = store;
    this.#heart = setInterval(() => void this.#beat().catch(() => undefined), BEAT);
  }

  /** The next paper, or null if none waits right now. */
  async take(): Promise<PaperInHand | null> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        this.#begun.add(next.taken);
        this.#begunSince += 1;
        return next;
      }
      // Those who come meanwhile share what is claimed.
      this.#refill ??= this.#refilled().finally(() => {
        this.#refill = null;
      });
      if ((await this.#refill) === 0) return null;
    }
  }

  /** The result of a paper is in the store; the queue is told before it is asked for more, or soon. */
  done(paper: TakenPaper): void {
    this.#done.add(paper);
  }

  /** Nobody works on a paper any more. */
  letGo(paper: TakenPaper): void {
    this.#begun.delete(paper);
  }

  /** Tells the queue what is done, and gives back what was not begun, as far as the server listens. */
  async close(): Promise<void> {
    clearInterval(this.#heart);
    await this.#refill?.catch(() => undefined);
    await Promise.allSettled([this.#tellDone(), this.#giveBack()]);
  }

  /** Claims papers; the result is how many. */
  async #refilled(): Promise<number> {
    const elapsed = Math.max(1, Date.now() - this.#refilledAt);
    const most = Math.min(MOST_AHEAD, Math.max(1, Math.floor((this.#begunSince * AHEAD) / elapsed)));
    await this.#tellDone();
    const taken = await this.#queue.take(most);
    this.#refilledAt = Date.now();
    this.#begunSince = 0;
    try {
      const known = await this.#known(taken);
      this.#waiting = taken.map((each) => ({ taken: each, known: known.get(each) }));
    } catch (error) {
      await this.#queue.giveBack(taken).catch(() => undefined);
      throw error;
    }
    return taken.length;
  }

  async #known(taken: readonly TakenPaper[]): Promise<ReadonlyMap<TakenPaper, StoredInput>> {
    const byLimits = new Map<string, { readonly limits: ReadLimits; readonly papers: TakenPaper[] }>();
    for (const each of taken) {
      const { limits } = each.paper;
      const key = `${limits.seconds} ${limits.megabytes}`;
      const group = byLimits.get(key) ?? { limits, papers: [] };
      group.papers.push(each);
      byLimits.set(key, group);
    }
    const known = new Map<TakenPaper, StoredInput>();
    for (const { limits, papers } of byLimits.values()) {
      const inputs = await this.#store.inputs(
        papers.map(({ paper }) => paper.path),
        limits,
      );
      for (const each of papers) {
        const input = inputs.get(each.paper.path);
        if (input !== undefined) known.set(each, input);
      }
    }
    return known;
  }

  async #beat(): Promise<void> {
    if (Date.now() - this.#refilledAt > LONGEST_HOLD) await this.#giveBack();
    await this.#tellDone();
    const papers = [...this.#begun, ...this.#waiting.map(({ taken }) => taken)];
    if (papers.length > 0) await this.#queue.touch(papers);
  }

  async #tellDone(): Promise<void> {
    const done = [...this.#done];
    if (done.length === 0) return;
    await this.#queue.complete(done);
    for (const each of done) this.#done.delete(each);
  }

  async #giveBack(): Promise<void> {
    const papers = this.#waiting.map(({ taken }) => taken);
    this.#waiting = [];
    if (papers.length > 0) await this.#queue.giveBack(papers);
  }
}
