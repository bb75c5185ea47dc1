import { Client } from "pg";
import { PgBoss } from "pg-boss";
import { tellingStoreErrors } from "../store/store-error.ts";
import type { StorePlace } from "../store/store-place.ts";
import { deadLetterName, QUEUE_SCHEMA, WORKER_NAME } from "./paper-queue.ts";

/** The papers in line for the workers of one edition. */
export interface QueueStatus {
  readonly name: string;
  readonly waiting: number;
  /** Failed once or more, and waiting for another attempt. */
  readonly retrying: number;
  readonly active: number;
  /** Kept for a week. */
  readonly completed: number;
  readonly givenUp: readonly GivenUpPaper[];
}

/** A paper that no attempt could finish. */
export interface GivenUpPaper {
  readonly path: string;
  readonly reason: string;
  readonly attempts: number;
}

/** A process that takes papers, or did. */
export interface WorkerStatus {
  readonly host: string;
  readonly pid: number;
  /** "lost": it ended without a word, or cannot be heard of. */
  readonly state: "alive" | "lost";
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly lastHeard: string;
}

/** What the queue says of itself. */
export interface QueuesStatus {
  readonly queues: readonly QueueStatus[];
  readonly workers: readonly WorkerStatus[];
}

/** Given-up papers that are named for each queue; there may be thousands for one reason. */
const MOST_NAMED = 1000;

/** Reads the queues of a server; none where no paper was ever put in line. Errors: a server that cannot be used is a StoreError. */
export async function queuesStatus(place: StorePlace & { readonly kind: "postgres" }): Promise<QueuesStatus> {
  const boss = new PgBoss({
    ...{ connectionString: place.url, schema: QUEUE_SCHEMA, application_name: "reckoner status", max: 2, connectionTimeoutMillis: 10_000 },
    ...{ schedule: false, supervise: false, migrate: false, registerInstance: false },
  });
  boss.on("error", () => undefined);
  return tellingStoreErrors(place.shown, async () => {
    try {
      if (!(await hasQueue(place.url))) return { queues: [], workers: [] };
      await boss.start();
      const { rows } = await boss
        .getDb()
        .executeSql(`select name, state, count(*) as papers from ${QUEUE_SCHEMA}.job group by name, state`);
      const counts = new Map(rows.map(({ name, state, papers }) => [`${name} ${state}`, Number(papers)]));
      const names = (await boss.getQueues())
        .map(({ name }) => name)
        .filter((name) => name.startsWith("papers/") && !name.endsWith("/given-up"));
      const queues: QueueStatus[] = [];
      for (const name of names.sort()) {
        const of = (state: string): number => counts.get(`${name} ${state}`) ?? 0;
        const lost = await boss.findJobs<{ readonly path?: unknown }>(deadLetterName(name), { limit: MOST_NAMED });
        const givenUp = lost.map(({ data, sourceOutput, sourceRetryCount }) => ({
          path: String(data.path),
          reason: reasonOf(sourceOutput),
          attempts: (sourceRetryCount ?? 0) + 1,
        }));
        queues.push({ name, waiting: of("created"), retrying: of("retry"), active: of("active"), completed: of("completed"), givenUp });
      }
      const instances = (await boss.getInstances()).filter(({ name, stoppedOn }) => name === WORKER_NAME && stoppedOn === null);
      const workers = instances.map(({ host, pid, live, startedOn, heartbeatOn }) => ({
        ...{ host, pid, state: live ? ("alive" as const) : ("lost" as const) },
        ...{ started: startedOn.toISOString(), lastHeard: heartbeatOn.toISOString() },
      }));
      return { queues, workers };
    } finally {
      await boss.stop({ graceful: false }).catch(() => undefined);
    }
  });
}

/** Whether a paper was ever put in line; to look must not make the tables. */
async function hasQueue(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query("select to_regclass($1) is not null as there", [`${QUEUE_SCHEMA}.version`]);
    return rows[0]?.there === true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What the last attempt left: ours is a sentence, that of the queue a value. */
function reasonOf(output: object | null): string {
  const value: unknown = output !== null && "value" in output ? output.value : output;
  if (typeof value !== "object" || value === null || !("message" in value)) return "no reason given";
  return value.message === "job heartbeat timeout" ? "its worker was not heard of any more" : String(value.message);
}
