import { type Generated, Kysely, sql } from "kysely";
import { z } from "zod";
import { sqliteDialect } from "../store/sqlite-dialect.ts";
import type { StorePlace } from "../store/store-place.ts";

export const decisionInput = z.object({
  fingerprint: z.string().regex(/^[0-9a-f]{16}(?:-\d+)?$/),
  /** Null takes the decision back. */
  decision: z.enum(["confirmed", "fine", "misread", "unsure"]).nullable(),
  note: z.string().max(4000).default(""),
});

export type DecisionInput = z.infer<typeof decisionInput>;

/** One line of the history. */
export interface Decision extends DecisionInput {
  readonly id: number;
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
}

interface DecisionTable {
  readonly id: Generated<number>;
  readonly fingerprint: string;
  readonly decision: string | null;
  readonly note: string;
  readonly reviewer: string;
  readonly at: string;
}

/** Where the tables stand on a server that others use, too. */
const SCHEMA = "reckoner";

/** What reviewers decided. Rows are only ever added: who thinks better of it adds another, and the last one stands. */
export class DecisionStore {
  readonly #database: Kysely<{ readonly decision: DecisionTable }>;
  readonly #isFile: boolean;

  private constructor(database: Kysely<{ readonly decision: DecisionTable }>, isFile: boolean) {
    this.#database = database;
    this.#isFile = isFile;
  }

  /** Opens a file or a server, and makes the table if need be. Errors: a file that is no SQLite database, or a server that refuses, throws. */
  static async open(place: StorePlace): Promise<DecisionStore> {
    const isFile = place.kind === "file";
    const dialect = isFile ? sqliteDialect(place.path) : (await import("../store/postgres-dialect.ts")).postgresDialect(place.url);
    const whole = new Kysely<{ readonly decision: DecisionTable }>({ dialect });
    if (!isFile) await whole.schema.createSchema(SCHEMA).ifNotExists().execute();
    const database = isFile ? whole : whole.withSchema(SCHEMA);
    await database.schema
      .createTable("decision")
      .ifNotExists()
      .addColumn("id", isFile ? "integer" : "serial", (column) => (isFile ? column.primaryKey().autoIncrement() : column.primaryKey()))
      .addColumn("fingerprint", "text", (column) => column.notNull())
      .addColumn("decision", "text")
      .addColumn("note", "text", (column) => column.notNull())
      .addColumn("reviewer", "text", (column) => column.notNull())
      .addColumn("at", "text", (column) => column.notNull())
      .execute();
    return new DecisionStore(database, isFile);
  }

  async add(reviewer: string, input: DecisionInput, at: string): Promise<void> {
    await this.#database
      .insertInto("decision")
      .values({ ...input, reviewer, at })
      .execute();
  }

  /** Every line, oldest first. */
  async history(): Promise<readonly Decision[]> {
    const rows = await this.#database.selectFrom("decision").selectAll().orderBy("id").execute();
    return rows.map((row) => ({ ...row, decision: decisionInput.shape.decision.parse(row.decision) }));
  }

  /** The last line of each reviewer on each finding that was not taken back. */
  async standing(): Promise<readonly Decision[]> {
    return standingOf(await this.history());
  }

  async close(): Promise<void> {
    if (this.#isFile) await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(this.#database);
    await this.#database.destroy();
  }
}

function standingOf(history: readonly Decision[]): readonly Decision[] {
  const last = new Map(history.map((line) => [`${line.reviewer}\n${line.fingerprint}`, line]));
  return [...last.values()].filter((line) => line.decision !== null || line.note !== "");
}
