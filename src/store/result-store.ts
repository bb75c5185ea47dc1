import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { Kysely } from "kysely";
import { currentDocument } from "../report/older-wire.ts";
import type { WireDocument } from "../report/wire.ts";
import type { ReadLimits } from "./read-limits.ts";
import { tellingStoreErrors } from "./store-error.ts";
import { migrateStore } from "./store-migration.ts";
import type { StorePlace } from "./store-place.ts";
import { findingRows, mentionRows, problemRows, storable } from "./store-rows.ts";
import type { BatchRunTable, StoreTables } from "./store-tables.ts";

/** What a path held when it was last looked at, and the result it has. */
export interface KnownInput {
  readonly stamp: string;
  readonly key: string;
}

/** A paper as the store knows it. */
export interface StoredInput extends KnownInput {
  /** Whether its result is there, and would be no other under the limits asked for. */
  readonly finished: boolean;
  /** When its result was found; null if there is none, or an old release kept it. */
  readonly checkedAt: string | null;
}

/** What one call of the batch did. */
export interface BatchCounts {
  readonly papers: number;
  readonly checked: number;
  readonly known: number;
  readonly failed: number;
}

/** What was found in some papers. */
export interface StoreSummary {
  /** Papers of which nothing could be read. */
  readonly failed: number;
  /** Papers with a finding that is an error or a warning. */
  readonly flagged: number;
  readonly errors: number;
  readonly warnings: number;
}

/** What a store holds, and how fast it fills. */
export interface StoreStatus {
  readonly results: number;
  readonly failed: number;
  /** Papers of which nothing could be read, by the code of their problem, most first. */
  readonly problems: readonly { readonly code: string; readonly papers: number }[];
  /** Papers checked in the last minute, for each second of it. */
  readonly perSecond: number;
  /** The last calls of the batch, latest first. */
  readonly runs: readonly BatchRunTable[];
}

/** Results of checked papers, kept by content, so that the same bytes under the same rules are checked once. */
export interface ResultStore {
  /** What is known of some paths; no more than `PATHS_AT_ONCE`. */
  inputs(paths: readonly string[], limits: ReadLimits): Promise<ReadonlyMap<string, StoredInput>>;
  /** Every path ever looked at, with the key of its result, by path. */
  everyInput(): Promise<ReadonlyMap<string, string>>;
  /** Whether there is a result that would be no other under these limits. */
  isFinished(key: string, limits: ReadLimits): Promise<boolean>;
  rememberInput(path: string, input: KnownInput): Promise<void>;
  /** Keeps a result and its path in one transaction: both, or neither. Results are equal for equal keys, so the last one may win. */
  save(path: string, input: KnownInput, document: WireDocument, limits: ReadLimits): Promise<void>;
  /** The document of a key, as it was saved. Null if there is none. */
  document(key: string): Promise<WireDocument | null>;
  /** Paths with the documents of their keys, and with their JSON, in the order given and a few at a time; those that have none are left out. */
  documents(keys: ReadonlyMap<string, string>): AsyncIterable<readonly [path: string, document: WireDocument, json: string]>;
  /** What was found in the papers of these keys, in numbers; a key that stands twice counts twice. */
  summary(keys: readonly string[]): Promise<StoreSummary>;
  status(): Promise<StoreStatus>;
  /** Notes that a batch began; the result is its id. */
  beginRun(edition: string, papers: number): Promise<string>;
  /** Notes that it is through. */
  endRun(id: string, counts: BatchCounts): Promise<void>;
  close(): Promise<void>;
}

/** Paths of one question to the store; databases bound the parameters of a statement. */
export const PATHS_AT_ONCE = 500;

/** In PostgreSQL, the tables stand in a schema of their own. */
const SCHEMA = "reckoner";

/**
 * Opens a store, and brings its tables up to date.
 *
 * Errors: a place that cannot be used, is no store, or one of a newer release is a StoreError.
 */
export async function openResultStore(place: StorePlace): Promise<ResultStore> {
  return tellingStoreErrors(place.shown, async () => {
    const database = new Kysely<StoreTables>({ dialect: await dialectOf(place) });
    try {
      await migrateStore(database, place, place.kind === "postgres" ? SCHEMA : null);
    } catch (error) {
      await database.destroy();
      throw error;
    }
    return new KyselyStore(place.kind === "postgres" ? database.withSchema(SCHEMA) : database, place.shown);
  });
}

/** Only the driver that is needed is loaded. */
async function dialectOf(place: StorePlace) {
  if (place.kind === "file") return (await import("./sqlite-dialect.ts")).sqliteDialect(place.path);
  return (await import("./postgres-dialect.ts")).postgresDialect(place.url);
}

/** Problems that more time or memory may cure. */
const LIMIT_PROBLEMS: ReadonlySet<string> = new Set(["too-slow", "out-of-memory"]);
/** Problems that may be gone the next time, or on another machine, whatever the limits are. */
export const PASSING_PROBLEMS: ReadonlySet<string> = new Set([
  "not-fetched",
  "process-ended",
  "not-found",
  "missing-input",
  "not-readable",
  "internal",
]);

/** Rows of one statement; databases bound the number of its parameters. */
const ROWS_AT_ONCE = 500;
/** Documents held in memory while a report is written: some are megabytes. */
const DOCUMENTS_AT_ONCE = 50;

/** Seconds over which a rate is taken. */
const RATE_SECONDS = 60;
/** Calls of the batch that a status names. */
const RUNS_SHOWN = 10;

class KyselyStore implements ResultStore {
  readonly #database: Kysely<StoreTables>;
  readonly #shown: string;
  readonly #self = `${hostname()}:${process.pid}`;

  constructor(database: Kysely<StoreTables>, shown: string) {
    this.#database = database;
    this.#shown = shown;
  }

  async inputs(paths: readonly string[], limits: ReadLimits): Promise<ReadonlyMap<string, StoredInput>> {
    if (paths.length === 0) return new Map();
    const rows = await this.#asked((database) =>
      database
        .selectFrom("input")
        .leftJoin("result", "result.key", "input.key")
        .select(["input.path", "input.stamp", "input.key", "result.limited", "result.seconds", "result.megabytes", "result.checked_at"])
        .where("input.path", "in", [...paths])
        .execute(),
    );
    return new Map(
      rows.map(({ path, stamp, key, checked_at: checkedAt, ...result }) => [
        path,
        { stamp, key, checkedAt, finished: holdsUnder(result, limits) },
      ]),
    );
  }

  async everyInput(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#asked((database) => database.selectFrom("input").select(["path", "key"]).orderBy("path").execute());
    return new Map(rows.map(({ path, key }) => [path, key]));
  }

  async isFinished(key: string, limits: ReadLimits): Promise<boolean> {
    const row = await this.#asked((database) =>
      database.selectFrom("result").select(["limited", "seconds", "megabytes"]).where("key", "=", key).executeTakeFirst(),
    );
    return row !== undefined && holdsUnder(row, limits);
  }

  async rememberInput(path: string, input: KnownInput): Promise<void> {
    await this.#asked((database) => remember(database, path, input));
  }

  async save(path: string, input: KnownInput, document: WireDocument, limits: ReadLimits): Promise<void> {
    const { key } = input;
    const row = resultRow(key, document, limits, this.#self);
    const { key: _, ...changed } = row;
    await this.#asked((database) =>
      database.transaction().execute(async (transaction) => {
        // Two papers of the same bytes may be checked at once, on two machines: the row of the result makes the second one wait for the first.
        await transaction
          .insertInto("result")
          .values(row)
          .onConflict((conflict) => conflict.column("key").doUpdateSet(changed))
          .execute();
        for (const table of ["finding", "mention", "problem"] as const)
          await transaction.deleteFrom(table).where("key", "=", key).execute();
        for (const rows of chunksOf(findingRows(key, document))) await transaction.insertInto("finding").values(rows).execute();
        for (const rows of chunksOf(mentionRows(key, document))) await transaction.insertInto("mention").values(rows).execute();
        for (const rows of chunksOf(problemRows(key, document))) await transaction.insertInto("problem").values(rows).execute();
        await forgetUnread(transaction, path, key);
        await remember(transaction, path, input);
      }),
    );
  }

  async document(key: string): Promise<WireDocument | null> {
    for await (const [, document] of this.documents(new Map([["", key]]))) return document;
    return null;
  }

  async *documents(keys: ReadonlyMap<string, string>): AsyncIterable<readonly [string, WireDocument, string]> {
    for (const some of chunksOf([...keys], DOCUMENTS_AT_ONCE)) {
      const wanted = some.map(([, key]) => key);
      const rows = await this.#asked((database) =>
        database.selectFrom("result").select(["key", "document"]).where("key", "in", wanted).execute(),
      );
      const texts = new Map(rows.map(({ key, document }) => [key, document]));
      for (const [path, key] of some) {
        const text = texts.get(key);
        if (text !== undefined) yield [path, currentDocument(JSON.parse(text)), text];
      }
    }
  }

  async summary(keys: readonly string[]): Promise<StoreSummary> {
    let [failed, flagged, errors, warnings] = [0, 0, 0, 0];
    for (const some of chunksOf(keys)) {
      const rows = await this.#asked((database) =>
        database.selectFrom("result").select(["key", "status"]).where("key", "in", some).execute(),
      );
      const found = await this.#asked((database) =>
        database
          .selectFrom("finding")
          .select((is) => ["key", "severity", is.fn.countAll().as("findings")])
          .where("key", "in", some)
          .groupBy(["key", "severity"])
          .execute(),
      );
      const statuses = new Map(rows.map(({ key, status }) => [key, status]));
      // PostgreSQL gives counts as text.
      const counts = new Map(found.map(({ key, severity, findings }) => [`${key} ${severity}`, Number(findings)]));
      for (const key of some) {
        const [severe, mild] = [counts.get(`${key} error`) ?? 0, counts.get(`${key} warning`) ?? 0];
        if (statuses.get(key) === "failed") failed += 1;
        if (severe + mild > 0) flagged += 1;
        errors += severe;
        warnings += mild;
      }
    }
    return { failed, flagged, errors, warnings };
  }

  async status(): Promise<StoreStatus> {
    return this.#asked(async (database) => {
      const since = new Date(Date.now() - RATE_SECONDS * 1000).toISOString();
      const statuses = await database
        .selectFrom("result")
        .select((is) => ["status", is.fn.countAll().as("papers")])
        .groupBy("status")
        .execute();
      const recent = await database
        .selectFrom("result")
        .select((is) => is.fn.countAll().as("papers"))
        .where("checked_at", ">=", since)
        .executeTakeFirst();
      const problems = await database
        .selectFrom("problem")
        .innerJoin("result", "result.key", "problem.key")
        .where("result.status", "=", "failed")
        .select((is) => ["problem.code", is.fn.count("problem.key").distinct().as("papers")])
        .groupBy("problem.code")
        .orderBy("papers", "desc")
        .orderBy("problem.code")
        .execute();
      const runs = await database.selectFrom("batch_run").selectAll().orderBy("started", "desc").limit(RUNS_SHOWN).execute();
      const counts = new Map(statuses.map(({ status, papers }) => [status, Number(papers)]));
      return {
        results: [...counts.values()].reduce((sum, count) => sum + count, 0),
        failed: counts.get("failed") ?? 0,
        problems: problems.map(({ code, papers }) => ({ code, papers: Number(papers) })),
        perSecond: Number(recent?.papers ?? 0) / RATE_SECONDS,
        runs,
      };
    });
  }

  async beginRun(edition: string, papers: number): Promise<string> {
    const id = randomUUID();
    const row = { id, edition, started: new Date().toISOString(), finished: null, papers, checked: 0, known: 0, failed: 0 };
    await this.#asked((database) => database.insertInto("batch_run").values(row).execute());
    return id;
  }

  async endRun(id: string, counts: BatchCounts): Promise<void> {
    const changed = { ...counts, finished: new Date().toISOString() };
    await this.#asked((database) => database.updateTable("batch_run").set(changed).where("id", "=", id).execute());
  }

  async close(): Promise<void> {
    await this.#database.destroy();
  }

  #asked<T>(question: (database: Kysely<StoreTables>) => Promise<T>): Promise<T> {
    return tellingStoreErrors(this.#shown, () => question(this.#database));
  }
}

interface Effort {
  readonly limited: number | null;
  readonly seconds: number | null;
  readonly megabytes: number | null;
}

/** Whether a result that took these limits would be the same under those. */
function holdsUnder({ limited, seconds, megabytes }: Effort, limits: ReadLimits): boolean {
  if (limited === null || seconds === null || megabytes === null) return false;
  return limited === 0 || (seconds >= limits.seconds && megabytes >= limits.megabytes);
}

function resultRow(key: string, document: WireDocument, limits: ReadLimits, self: string) {
  const codes = document.problems.map((problem) => problem.code);
  const isPassing = codes.some((code) => PASSING_PROBLEMS.has(code));
  const limited = isPassing || codes.some((code) => LIMIT_PROBLEMS.has(code)) ? 1 : 0;
  return {
    ...{ key, status: document.status, limited, document: JSON.stringify(document) },
    seconds: isPassing ? 0 : limits.seconds,
    megabytes: isPassing ? 0 : limits.megabytes,
    ...{ title: storable(document.title), media_type: document.mediaType, sha256: document.sha256, pages: document.pages },
    ...{ claims: document.coverage.claims, claims_checked: document.coverage.checked, claims_untested: document.coverage.untested },
    ...{ checked_at: new Date().toISOString(), checked_by: self },
  };
}

/** A path that could not be loaded before has a result now; that it had none is no news any more. */
async function forgetUnread(database: Kysely<StoreTables>, path: string, key: string): Promise<void> {
  await database
    .deleteFrom("result")
    .where("key", "in", (from) => from.selectFrom("input").select("key").where("path", "=", path))
    .where("key", "like", "%-unread-%")
    .where("key", "<>", key)
    .execute();
}

async function remember(database: Kysely<StoreTables>, path: string, input: KnownInput): Promise<void> {
  const { stamp, key } = input;
  await database
    .insertInto("input")
    .values({ path, stamp, key })
    .onConflict((conflict) => conflict.column("path").doUpdateSet({ stamp, key }))
    .execute();
}

function* chunksOf<T>(items: readonly T[], size = ROWS_AT_ONCE): Iterable<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
