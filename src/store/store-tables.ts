import { type Kysely, sql } from "kysely";

/** The tables of a store of results. Rows of a paper are written whole, in one transaction, and never changed. */
export interface StoreTables {
  readonly input: InputTable;
  readonly result: ResultTable;
  readonly finding: FindingTable;
  readonly mention: MentionTable;
  readonly problem: ProblemTable;
  readonly batch_run: BatchRunTable;
}

/** What a path or an address held when it was last looked at. */
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
  readonly title: string | null;
  readonly media_type: string | null;
  readonly sha256: string | null;
  readonly pages: number | null;
  readonly claims: number | null;
  readonly claims_checked: number | null;
  /** Null for results of releases that had no such verdict. */
  readonly claims_untested: number | null;
  /** When it was checked: ISO 8601, UTC; null for results of releases that did not keep it. */
  readonly checked_at: string | null;
  /** Host and process that checked it. */
  readonly checked_by: string | null;
}

/** Findings in columns, for queries of the user's own. */
export interface FindingTable {
  readonly key: string;
  readonly id: string;
  readonly rule: string;
  readonly verdict: string;
  readonly severity: string;
  /** Null for results of releases that did not tell it. */
  readonly confidence: number | null;
  readonly subject: string | null;
  readonly stated: number;
  readonly unit: string;
  readonly recomputed: number | null;
  readonly ratio: number | null;
  readonly message: string;
}

/** Figures as printed, in columns. */
export interface MentionTable {
  readonly key: string;
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly page: number | null;
  readonly line: number | null;
  readonly value: number;
  readonly unit: string;
  readonly hardware: string | null;
  readonly subject: string | null;
  readonly role: string;
}

/** What could not be read of a paper. */
export interface ProblemTable {
  readonly key: string;
  /** 0-based place in the list of the paper. */
  readonly place: number;
  readonly code: string;
  readonly page: number | null;
  readonly message: string;
}

/** One call of `reckoner batch`. */
export interface BatchRunTable {
  readonly id: string;
  /** Rules and version. */
  readonly edition: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Null while it runs, and for one that was killed. */
  readonly finished: string | null;
  readonly papers: number;
  readonly checked: number;
  readonly known: number;
  readonly failed: number;
}

/** A database that a store can be in. */
export type StoreKind = "file" | "postgres";

type Step = (database: Kysely<unknown>) => Promise<void>;

/** Steps from an empty store to the newest one, by name; a step that was released is never changed. */
export function migrationSteps(kind: StoreKind): Readonly<Record<string, Step>> {
  return {
    "0001-results": (database) => createResults(database, kind),
    "0002-mentions-and-runs": (database) => createMentions(database, kind),
    "0003-untested-and-confidence": (database) => addConfidence(database, kind),
  };
}

/** "real" is 8 bytes in SQLite, and 4 in PostgreSQL. */
function numberType(kind: StoreKind): "real" | "double precision" {
  return kind === "file" ? "real" : "double precision";
}

async function createResults(database: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const number = numberType(kind);
  await database.schema
    .createTable("result")
    .addColumn("key", "text", (column) => column.primaryKey())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("limited", "integer", (column) => column.notNull())
    .addColumn("seconds", number, (column) => column.notNull())
    .addColumn("megabytes", number, (column) => column.notNull())
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
    .addColumn("stated", number, (column) => column.notNull())
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("recomputed", number)
    .addColumn("ratio", number)
    .addColumn("message", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("finding_of_result", ["key", "id"])
    .execute();
  await database.schema.createIndex("finding_by_verdict").on("finding").columns(["verdict", "rule"]).execute();
}

async function createMentions(database: Kysely<unknown>, kind: StoreKind): Promise<void> {
  const number = numberType(kind);
  for (const name of ["title", "media_type", "sha256", "checked_at", "checked_by"]) {
    await database.schema.alterTable("result").addColumn(name, "text").execute();
  }
  for (const name of ["pages", "claims", "claims_checked"]) {
    await database.schema.alterTable("result").addColumn(name, "integer").execute();
  }
  await database.schema.createIndex("result_by_time").on("result").column("checked_at").execute();
  await database.schema
    .createTable("mention")
    .addColumn("key", "text", (column) => column.notNull().references("result.key").onDelete("cascade"))
    .addColumn("id", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("text", "text", (column) => column.notNull())
    .addColumn("page", "integer")
    .addColumn("line", "integer")
    .addColumn("value", number, (column) => column.notNull())
    .addColumn("unit", "text", (column) => column.notNull())
    .addColumn("hardware", "text")
    .addColumn("subject", "text")
    .addColumn("role", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("mention_of_result", ["key", "id"])
    .execute();
  await database.schema
    .createTable("problem")
    .addColumn("key", "text", (column) => column.notNull().references("result.key").onDelete("cascade"))
    .addColumn("place", "integer", (column) => column.notNull())
    .addColumn("code", "text", (column) => column.notNull())
    .addColumn("page", "integer")
    .addColumn("message", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("problem_of_result", ["key", "place"])
    .execute();
  await database.schema
    .createTable("batch_run")
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("edition", "text", (column) => column.notNull())
    .addColumn("started", "text", (column) => column.notNull())
    .addColumn("finished", "text")
    .addColumn("papers", "integer", (column) => column.notNull())
    .addColumn("checked", "integer", (column) => column.notNull())
    .addColumn("known", "integer", (column) => column.notNull())
    .addColumn("failed", "integer", (column) => column.notNull())
    .execute();
  // Only files can be older than these tables.
  if (kind === "file") for (const statement of FILL_FROM_DOCUMENTS) await sql.raw(statement).execute(database);
}

async function addConfidence(database: Kysely<unknown>, kind: StoreKind): Promise<void> {
  await database.schema.alterTable("result").addColumn("claims_untested", "integer").execute();
  await database.schema.alterTable("finding").addColumn("confidence", numberType(kind)).execute();
}

/** Rows of results that an older release kept as documents only. */
const FILL_FROM_DOCUMENTS: readonly string[] = [
  `update result set title = json_extract(document, '$.title'), media_type = json_extract(document, '$.mediaType'),
    sha256 = json_extract(document, '$.sha256'), pages = json_extract(document, '$.pages'),
    claims = json_extract(document, '$.coverage.claims'), claims_checked = json_extract(document, '$.coverage.checked')`,
  `insert into mention (key, id, kind, text, page, line, value, unit, hardware, subject, role)
    select result.key, part.value ->> 'id', part.value ->> 'kind', part.value ->> 'text', part.value ->> 'page', part.value ->> 'line',
      part.value ->> 'value', part.value ->> 'unit', part.value ->> 'hardware', part.value ->> 'subject', part.value ->> 'role'
    from result, json_each(result.document, '$.mentions') as part`,
  `insert into problem (key, place, code, page, message)
    select result.key, part.key, part.value ->> 'code', part.value ->> 'page', part.value ->> 'message'
    from result, json_each(result.document, '$.problems') as part`,
];
