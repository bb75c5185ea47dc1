import type { Kysely, Migration } from "kysely";

/** The tables of a store of results. Rows are written whole, in one transaction for each paper, and never changed. */
export interface StoreTables {
  readonly input: InputTable;
  readonly result: ResultTable;
  readonly finding: FindingTable;
}

/** What a path held when it was last looked at. */
export interface InputTable {
  readonly path: string;
  /** Size and times of the file; while they stand, its content is not read again. */
  readonly stamp: string;
  readonly key: string;
}

/** What was found in a content, under one set of rules and options. */
export interface ResultTable {
  /** Hash over content, ending of the name, rules, version and options. */
  readonly key: string;
  readonly status: string;
  /** 1 if more time or memory could give another result. */
  readonly limited: number;
  readonly seconds: number;
  readonly megabytes: number;
  /** The document in the JSON contract. */
  readonly document: string;
}

/** Findings in columns, for queries of the user's own. */
export interface FindingTable {
  readonly key: string;
  readonly id: string;
  readonly rule: string;
  readonly verdict: string;
  readonly severity: string;
  readonly subject: string | null;
  readonly stated: number;
  readonly unit: string;
  readonly recomputed: number | null;
  readonly ratio: number | null;
  readonly message: string;
}

/** Steps from an empty store to the newest one; a step that was released is never changed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-results": { up: createResults },
};

async function createResults(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable("result")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("limited", "integer", (column) => column.notNull())
    .addColumn("seconds", "real", (column) => column.notNull())
    .addColumn("megabytes", "real", (column) => column.notNull())
    .addColumn("document", "text", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("input")
    .addColumn("path", "text", (column) => column.primaryKey())
    .addColumn("stamp", "text", (column) => column.notNull())
    .addColumn("key", "text", (column) => column.notNull())
    .execute();
  await database.schema
    .createTable("finding")
    .addColumn("key", "text", (column) => column.notNull().references("result.key").onDelete("cascade"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("rule", "text", (column) => column.notNull())
    .addColumn("verdict", "text", (column) => column.notNull())
    .addColumn("severity", "text", (column) => column.notNull())
    .addColumn("subject", "text")
    .addColumn("stated", "real", (column) => column.notNull())
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("recomputed", "real")
    .addColumn("ratio", "real")
    .addColumn("message", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("finding_of_result", ["key", "id"])
    .execute();
  await database.schema.createIndex("finding_by_verdict").on("finding").columns(["verdict", "rule"]).execute();
}
