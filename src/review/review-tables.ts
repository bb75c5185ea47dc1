import { type Generated, type Kysely, Migrator } from "kysely";
import type { StorePlace } from "../store/store-place.ts";

/** What reviewers left. Rows are only ever added. */
export interface ReviewTables {
  readonly decision: DecisionTable;
  readonly correction: CorrectionTable;
  readonly addition: AdditionTable;
}

export interface DecisionTable {
  readonly id: Generated<number>;
  readonly fingerprint: string;
  readonly decision: string | null;
  /** Why what was flagged is fine. */
  readonly reason: string | null;
  readonly note: string;
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
}

export interface CorrectionTable {
  readonly id: Generated<number>;
  readonly fingerprint: string;
  readonly kind: string;
  /** Id of the mention, and its words as printed, by which it is found again where the ids have moved. */
  readonly mention: string;
  readonly text: string;
  /** What is filled in; empty for the other kinds. */
  readonly slot: string;
  readonly before: string;
  /** Null takes it back. */
  readonly after: string | null;
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
}

export interface AdditionTable {
  readonly id: Generated<number>;
  /** Of the bytes of the document. */
  readonly sha256: string;
  /** Where the claim stands in the reading text, and its words there. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: string;
  readonly value: number;
  readonly unit: string;
  readonly subject: string | null;
  /** 1 takes it back. */
  readonly removed: number;
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
}

/** Steps that this store has taken stand apart from those of results, which may share its schema. */
const STEPS_TABLE = "review_migration";
const LOCK_TABLE = "review_migration_lock";

/** Brings the tables of a store of decisions up to date; several servers may try it at once. */
export async function migrateReviews(database: Kysely<ReviewTables>, kind: StorePlace["kind"], schema: string | null): Promise<void> {
  const steps = Object.entries({
    "0001-decisions": createDecisions,
    "0002-reasons-and-corrections": createCorrections,
    "0003-additions": createAdditions,
  });
  const migrations = steps.map(([name, step]) => [
    name,
    { up: (tables: Kysely<unknown>) => step(schema === null ? tables : tables.withSchema(schema), kind) },
  ]);
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => Object.fromEntries(migrations) },
    migrationTableName: STEPS_TABLE,
    migrationLockTableName: LOCK_TABLE,
    ...(schema === null ? {} : { migrationTableSchema: schema }),
  }).migrateToLatest();
  if (error !== undefined) throw error;
}

/** The first stores of decisions were made without steps, so the table may be there. */
async function createDecisions(database: Kysely<unknown>, kind: StorePlace["kind"]): Promise<void> {
  await numbered(database, "decision", kind)
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("decision", "text")
    .addColumn("note", "text", (column) => column.notNull())
    .addColumn("reviewer", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
}

async function createCorrections(database: Kysely<unknown>, kind: StorePlace["kind"]): Promise<void> {
  await database.schema.alterTable("decision").addColumn("reason", "text").execute();
  await numbered(database, "correction", kind)
    .addColumn("fingerprint", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("mention", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("slot", "text", (column) => column.notNull())
    .addColumn("before", "text", (column) => column.notNull())
    .addColumn("after", "text")
    .addColumn("reviewer", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
  await database.schema.createIndex("correction_by_finding").on("correction").column("fingerprint").execute();
}

async function createAdditions(database: Kysely<unknown>, kind: StorePlace["kind"]): Promise<void> {
  await numbered(database, "addition", kind)
    .addColumn("sha256", "text", (column) => column.notNull())
    .addColumn("start", "integer", (column) => column.notNull())
    .addColumn("end", "integer", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("value", "double precision", (column) => column.notNull())
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("removed", "integer", (column) => column.notNull())
    .addColumn("reviewer", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .execute();
}

/** A table whose rows are numbered as they come. */
function numbered(database: Kysely<unknown>, name: string, kind: StorePlace["kind"]) {
  return database.schema
    .createTable(name)
    .ifNotExists()
    .addColumn("id", kind === "file" ? "integer" : "serial", (column) =>
      kind === "file" ? column.primaryKey().autoIncrement() : column.primaryKey(),
    );
}
