import { Kysely, sql } from "kysely";
import { sqliteDialect } from "../store/sqlite-dialect.ts";
import type { StorePlace } from "../store/store-place.ts";
import {
  type CorrectionInput,
  correctionInput,
  type Decision,
  type DecisionInput,
  decisionInput,
  type KeptCorrection,
  type StoredAddition,
} from "./api-shapes.ts";
import { migrateReviews, type ReviewTables } from "./review-tables.ts";

/** Where the tables stand on a server that others use, too. */
const SCHEMA = "reckoner";

/** What reviewers decided and corrected. Rows are only ever added: who thinks better of it adds another, and the last one stands. */
export class DecisionStore {
  readonly #database: Kysely<ReviewTables>;
  readonly #isFile: boolean;

  private constructor(database: Kysely<ReviewTables>, isFile: boolean) {
    this.#database = database;
    this.#isFile = isFile;
  }

  /** Opens a file or a server, and brings its tables up to date. Errors: a file that is no SQLite database, or a server that refuses, throws. */
  static async open(place: StorePlace): Promise<DecisionStore> {
    const isFile = place.kind === "file";
    const dialect = isFile ? sqliteDialect(place.path) : (await import("../store/postgres-dialect.ts")).postgresDialect(place.url);
    const whole = new Kysely<ReviewTables>({ dialect });
    try {
      await migrateReviews(whole, place.kind, isFile ? null : SCHEMA);
    } catch (error) {
      await whole.destroy();
      throw error;
    }
    return new DecisionStore(isFile ? whole : whole.withSchema(SCHEMA), isFile);
  }

  async add(reviewer: string, input: DecisionInput, at: string): Promise<void> {
    await this.#database
      .insertInto("decision")
      .values({ ...input, reviewer, at })
      .execute();
  }

  async correct(reviewer: string, input: CorrectionInput, at: string): Promise<void> {
    await this.#database
      .insertInto("correction")
      .values({ ...input, reviewer, at })
      .execute();
  }

  async addClaim(reviewer: string, claim: Omit<StoredAddition, "id" | "reviewer" | "at">, at: string): Promise<void> {
    await this.#database
      .insertInto("addition")
      .values({ ...claim, removed: claim.removed ? 1 : 0, reviewer, at })
      .execute();
  }

  /** Every claim that was added or taken back after that of an id, oldest first. */
  async additionHistory(after = 0): Promise<readonly StoredAddition[]> {
    const rows = await this.#database.selectFrom("addition").selectAll().where("id", ">", after).orderBy("id").execute();
    return rows.map((row) => ({ ...row, removed: row.removed !== 0 }));
  }

  /** Every line after that of an id, oldest first. */
  async history(after = 0): Promise<readonly Decision[]> {
    const rows = await this.#database.selectFrom("decision").selectAll().where("id", ">", after).orderBy("id").execute();
    return rows.map((row) => ({ ...row, reason: row.reason ?? "", decision: decisionInput.shape.decision.parse(row.decision) }));
  }

  /** Every correction that was made or taken back after that of an id, oldest first. */
  async correctionHistory(after = 0): Promise<readonly KeptCorrection[]> {
    const rows = await this.#database.selectFrom("correction").selectAll().where("id", ">", after).orderBy("id").execute();
    return rows.map((row) => ({ ...row, kind: correctionInput.shape.kind.parse(row.kind) }));
  }

  /** The last line of each reviewer on each finding that was not taken back. */
  async standing(): Promise<readonly Decision[]> {
    return standingOf(await this.history());
  }

  /** The last correction of each figure under each finding, whoever made it, that was not taken back. */
  async corrections(): Promise<readonly KeptCorrection[]> {
    const last = new Map<string, KeptCorrection>();
    for (const line of await this.correctionHistory()) {
      const key = [line.fingerprint, line.kind, line.mention, line.slot].join("\n");
      // What was corrected last is applied last.
      last.delete(key);
      last.set(key, line);
    }
    return [...last.values()].filter(({ after }) => after !== null);
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
