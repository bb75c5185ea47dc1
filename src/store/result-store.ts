import { Kysely, Migrator } from "kysely";
import type { WireDocument } from "../report/wire.ts";
import type { ReadLimits } from "./checked-input.ts";
import { sqliteDialect } from "./sqlite-dialect.ts";
import { MIGRATIONS, type StoreTables } from "./store-tables.ts";

/** What a path held when it was last looked at, and the result it has. */
export interface KnownInput {
  readonly stamp: string;
  readonly key: string;
}

/** Results of checked papers, kept by content, so that the same bytes under the same rules are checked once. */
export interface ResultStore {
  /** Every path ever looked at. */
  knownInputs(): Promise<ReadonlyMap<string, KnownInput>>;
  /** Keys whose result would be no other under these limits. */
  finishedKeys(limits: ReadLimits): Promise<ReadonlySet<string>>;
  rememberInput(path: string, input: KnownInput): Promise<void>;
  /** Keeps a result and its path in one transaction: both, or neither. */
  save(path: string, input: KnownInput, document: WireDocument, limits: ReadLimits): Promise<void>;
  /** The document of a key, as it was saved. Null if there is none. */
  document(key: string): Promise<WireDocument | null>;
  close(): Promise<void>;
}

/** Opens the store in a file, and brings its tables up to date. Errors: a file that is no store, or of a newer release, throws. */
export async function openResultStore(path: string): Promise<ResultStore> {
  const database = new Kysely<StoreTables>({ dialect: sqliteDialect(path) });
  const { error } = await new Migrator({ db: database, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } }).migrateToLatest();
  if (error !== undefined) {
    await database.destroy();
    throw error;
  }
  return new KyselyStore(database);
}

/** Problems that more time or memory may cure. */
const LIMIT_PROBLEMS: ReadonlySet<string> = new Set(["too-slow", "out-of-memory"]);

/** Rows of one statement; databases bound the number of its parameters. */
const ROWS_AT_ONCE = 500;

class KyselyStore implements ResultStore {
  readonly #database: Kysely<StoreTables>;

  constructor(database: Kysely<StoreTables>) {
    this.#database = database;
  }

  async knownInputs(): Promise<ReadonlyMap<string, KnownInput>> {
    const rows = await this.#database.selectFrom("input").selectAll().execute();
    return new Map(rows.map(({ path, stamp, key }) => [path, { stamp, key }]));
  }

  async finishedKeys(limits: ReadLimits): Promise<ReadonlySet<string>> {
    const rows = await this.#database
      .selectFrom("result")
      .select("key")
      .where((is) => is.or([is("limited", "=", 0), is.and([is("seconds", ">=", limits.seconds), is("megabytes", ">=", limits.megabytes)])]))
      .execute();
    return new Set(rows.map(({ key }) => key));
  }

  async rememberInput(path: string, input: KnownInput): Promise<void> {
    await remember(this.#database, path, input);
  }

  async save(path: string, input: KnownInput, document: WireDocument, limits: ReadLimits): Promise<void> {
    const { key } = input;
    const limited = document.problems.some((problem) => LIMIT_PROBLEMS.has(problem.code)) ? 1 : 0;
    const result = { key, status: document.status, limited, ...limits, document: JSON.stringify(document) };
    const findings = document.findings.map(({ id, rule, verdict, severity, subject, stated, recomputed, ratio, message }) => ({
      ...{ key, id, rule, verdict, severity, subject, ratio, message },
      ...{ stated: stated.value, unit: stated.unit, recomputed: recomputed?.value ?? null },
    }));
    await this.#database.transaction().execute(async (transaction) => {
      // Two papers of the same bytes may be checked at once: the later result replaces its equal.
      await transaction.deleteFrom("finding").where("key", "=", key).execute();
      await transaction.deleteFrom("result").where("key", "=", key).execute();
      await transaction.insertInto("result").values(result).execute();
      for (let from = 0; from < findings.length; from += ROWS_AT_ONCE) {
        await transaction
          .insertInto("finding")
          .values(findings.slice(from, from + ROWS_AT_ONCE))
          .execute();
      }
      await remember(transaction, path, input);
    });
  }

  async document(key: string): Promise<WireDocument | null> {
    const row = await this.#database.selectFrom("result").select("document").where("key", "=", key).executeTakeFirst();
    return row === undefined ? null : JSON.parse(row.document);
  }

  async close(): Promise<void> {
    await this.#database.destroy();
  }
}

async function remember(database: Kysely<StoreTables>, path: string, input: KnownInput): Promise<void> {
  await database
    .insertInto("input")
    .values({ path, ...input })
    .onConflict((conflict) => conflict.column("path").doUpdateSet({ ...input }))
    .execute();
}
