import { createHash } from "node:crypto";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import { tellingStoreErrors } from "../store/store-error.ts";
import type { StorePlace } from "../store/store-place.ts";

/** What a worker needs to know of a paper. */
const job = z.object({
  path: z.string(),
  /** Where the path was named; a shared one, if workers run on other machines. */
  folder: z.string(),
  options: z.object({ priceDate: z.string().nullable(), provider: z.string().nullable(), assume: z.record(z.string(), z.number()) }),
  limits: z.object({ seconds: z.number(), megabytes: z.number() }),
});

/** A paper that waits for a worker. */
export type QueuedPaper = z.infer<typeof job>;

/** A paper that this process has to check; nobody else gets it while the process is heard of. */
export interface TakenPaper {
  readonly id: string;
  /** Attempts before this one; it tells this claim from later ones. */
  readonly retryCount: number;
  readonly isLastAttempt: boolean;
  readonly paper: QueuedPaper;
}

/** How papers that are put in line are treated. */
export interface QueuePolicy {
  /** Attempts after the first one. */
  readonly retries: number;
  /** Seconds without a word of its worker after which another gets a paper. */
  readonly heartbeatSeconds: number;
}

/** Papers in line for the workers of one edition, on a PostgreSQL. */
export interface PaperQueue {
  /** Puts papers in line; one that is in line already, or in work, is not put there twice. The result is how many are new. */
  add(papers: readonly QueuedPaper[], policy: QueuePolicy): Promise<number>;
  /** The next papers, no more than asked for; none if none waits right now. Papers that this release cannot read are given up. */
  take(most: number): Promise<readonly TakenPaper[]>;
  /** Says that the process still has these papers. */
  touch(papers: readonly TakenPaper[]): Promise<void>;
  /** Their results are in the store. */
  complete(papers: readonly TakenPaper[]): Promise<void>;
  /** They were not begun: others get them at once, and no attempt is counted. */
  giveBack(papers: readonly TakenPaper[]): Promise<void>;
  /** To be tried again later, or, after the last attempt, given up. */
  fail(paper: TakenPaper, reason: string): Promise<void>;
  /** Papers that wait, are to be tried again, or are in work, with any worker. */
  unfinished(): Promise<number>;
  /** Papers that wait for workers of other editions, by the name of their queue. */
  waitingElsewhere(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** Tables of the queue stand in a schema of their own, beside that of the results. */
export const QUEUE_SCHEMA = "reckoner_queue";
/** What workers are called in the registry of processes. */
export const WORKER_NAME = "reckoner worker";
/** In seconds: how often a worker tells that it lives, and looks for papers of others that do not. */
const WATCH_SECONDS = 5;
/** Seconds before the first new attempt; each further one waits twice as long. */
const RETRY_SECONDS = 2;
const LONGEST_RETRY_SECONDS = 600;
/** Ninety days: a million papers wait longer than the two weeks that a queue usually keeps them. */
const RETENTION_SECONDS = 90 * 24 * 3600;
/** A paper may take two attempts of its process, each with its grace, and a fetch; the queue allows a day at most. */
const SLACK_SECONDS = 120;
const LONGEST_CLAIM_SECONDS = 23 * 3600;
/** Papers put in line by one statement. */
const PAPERS_AT_ONCE = 1000;

/** Name of the queue of an edition ("0.1.0 <hash of the rules>"): workers of another release or with other rules have another. */
export function queueName(edition: string): string {
  const [version = "", rules = ""] = edition.split(" ");
  return `papers/${version.replace(/[^\w.-]/g, "_")}/${rules.slice(0, 12)}`;
}

/** Name of the list of papers that were given up. */
export function deadLetterName(queue: string): string {
  return `${queue}/given-up`;
}

/**
 * Opens the queue of an edition. A worker also watches over the papers of others, and is listed among the workers.
 *
 * Errors: a server that cannot be used is a StoreError.
 */
export async function openPaperQueue(
  place: StorePlace & { readonly kind: "postgres" },
  edition: string,
  role: "worker" | "sender",
): Promise<PaperQueue> {
  const boss = new PgBoss({
    connectionString: place.url,
    schema: QUEUE_SCHEMA,
    application_name: "reckoner queue",
    max: 4,
    connectionTimeoutMillis: 10_000,
    schedule: false,
    supervise: role === "worker",
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
    registerInstance: role === "worker",
    instanceName: WORKER_NAME,
    instanceHeartbeatSeconds: WATCH_SECONDS,
  });
  // What goes wrong in the background goes wrong again in the foreground, where it is told.
  boss.on("error", () => undefined);
  return tellingStoreErrors(place.shown, async () => {
    try {
      await boss.start();
      const name = queueName(edition);
      await boss.createQueue(deadLetterName(name), { retentionSeconds: RETENTION_SECONDS });
      await boss.createQueue(name, { policy: "exclusive", deadLetter: deadLetterName(name), retentionSeconds: RETENTION_SECONDS });
      return new BossQueue(boss, name, place.shown);
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => undefined);
      throw error;
    }
  });
}

class BossQueue implements PaperQueue {
  readonly #boss: PgBoss;
  readonly #name: string;
  readonly #shown: string;

  constructor(boss: PgBoss, name: string, shown: string) {
    this.#boss = boss;
    this.#name = name;
    this.#shown = shown;
  }

  async add(papers: readonly QueuedPaper[], policy: QueuePolicy): Promise<number> {
    let added = 0;
    for (let from = 0; from < papers.length; from += PAPERS_AT_ONCE) {
      const some = papers.slice(from, from + PAPERS_AT_ONCE);
      const jobs = some.map((data) => ({
        data,
        singletonKey: keyOf(data),
        retryLimit: policy.retries,
        retryDelay: RETRY_SECONDS,
        retryBackoff: true,
        retryDelayMax: LONGEST_RETRY_SECONDS,
        heartbeatSeconds: policy.heartbeatSeconds,
        expireInSeconds: Math.min(LONGEST_CLAIM_SECONDS, Math.ceil(2 * data.limits.seconds) + SLACK_SECONDS),
      }));
      await this.#told(async () => {
        const ids = await this.#boss.insert(this.#name, jobs, { returnId: true });
        added += ids?.length ?? 0;
        // What was given up before is in line again, and no longer on that list.
        await this.#boss
          .getDb()
          .executeSql(`delete from ${QUEUE_SCHEMA}.job where name = $1 and data ->> 'path' = any($2)`, [
            deadLetterName(this.#name),
            some.map(({ path }) => path),
          ]);
      });
    }
    return added;
  }

  async take(most: number): Promise<readonly TakenPaper[]> {
    const jobs = await this.#told(() => this.#boss.fetch(this.#name, { includeMetadata: true, batchSize: most }));
    const taken: TakenPaper[] = [];
    for (const { id, data, retryCount, retryLimit } of jobs) {
      const paper = job.safeParse(data);
      if (paper.success) taken.push({ id, retryCount, isLastAttempt: retryCount >= retryLimit, paper: paper.data });
      else await this.#told(() => this.#boss.fail(this.#name, { id, retryCount }, { message: "this is no paper" }));
    }
    return jobs.length > 0 && taken.length === 0 ? this.take(most) : taken;
  }

  async touch(papers: readonly TakenPaper[]): Promise<void> {
    await this.#told(() => this.#boss.touch(this.#name, papers.map(claimOf)));
  }

  async complete(papers: readonly TakenPaper[]): Promise<void> {
    await this.#told(() => this.#boss.complete(this.#name, papers.map(claimOf)));
  }

  async giveBack(papers: readonly TakenPaper[]): Promise<void> {
    await this.#told(() =>
      this.#boss
        .getDb()
        .executeSql(
          `update ${QUEUE_SCHEMA}.job set state = 'created', started_on = null, heartbeat_on = null from unnest($2::uuid[], $3::int[]) as claim (id, retry_count) where job.name = $1 and job.state = 'active' and job.id = claim.id and job.retry_count = claim.retry_count`,
          [this.#name, papers.map(({ id }) => id), papers.map(({ retryCount }) => retryCount)],
        ),
    );
  }

  async fail({ id, retryCount }: TakenPaper, reason: string): Promise<void> {
    await this.#told(() => this.#boss.fail(this.#name, { id, retryCount }, { message: reason }));
  }

  async unfinished(): Promise<number> {
    const { rows } = await this.#told(() =>
      this.#boss
        .getDb()
        .executeSql(`select count(*) as papers from ${QUEUE_SCHEMA}.job where name = $1 and state < 'completed'`, [this.#name]),
    );
    return Number(rows[0]?.papers ?? 0);
  }

  async waitingElsewhere(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.#told(() =>
      this.#boss
        .getDb()
        .executeSql(
          `select name, count(*) as papers from ${QUEUE_SCHEMA}.job where name like 'papers/%' and name not like '%/given-up' and name <> $1 and state < 'active' group by name`,
          [this.#name],
        ),
    );
    return new Map(rows.map(({ name, papers }) => [String(name), Number(papers)]));
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: true });
  }

  #told<T>(work: () => Promise<T>): Promise<T> {
    return tellingStoreErrors(this.#shown, work);
  }
}

/** What tells this claim of a paper from later ones. */
function claimOf({ id, retryCount }: TakenPaper): { readonly id: string; readonly retryCount: number } {
  return { id, retryCount };
}

/** A paper under the same options is the same work, whoever asks for it. */
function keyOf({ path, folder, options }: QueuedPaper): string {
  return createHash("sha256")
    .update(JSON.stringify([path, folder, options]))
    .digest("hex");
}
