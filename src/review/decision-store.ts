import { Kysely, sql } from "kysely";
import { z } from "zod";
import { sqliteDialect } from "../store/sqlite-dialect.ts";
import type { StorePlace } from "../store/store-place.ts";
import { migrateReviews, type ReviewTables } from "./review-tables.ts";

const fingerprint = z.string().regex(/^[0-9a-f]{16}(?:-\d+)?$/);

export const decisionInput = z
  .object({
    fingerprint,
    decision: z.enum(["confirmed", "fine", "misread", "unsure"]).nullable().describe("null takes the decision back"),
    reason: z.string().max(1000).default("").describe("why it is fine: asked for where it is"),
    note: z.string().max(4000).default(""),
  })
  .refine(({ decision, reason }) => decision !== "fine" || reason.trim() !== "", {
    path: ["reason"],
    message: 'what is "fine" needs a reason, for example "different scope" or "rounding"',
  });

export type DecisionInput = z.infer<typeof decisionInput>;

export const correctionInput = z.object({
  fingerprint,
  kind: z.enum(["reading", "value", "fill", "provider", "price-date"]),
  mention: z.string().max(40),
  text: z.string().max(1000).describe("the words of the mention as printed"),
  slot: z.string().max(100).default("").describe('what is filled in, for "fill"'),
  before: z.string().max(200),
  after: z.string().min(1).max(200).nullable().describe("null takes the correction back"),
});

export type CorrectionInput = z.infer<typeof correctionInput>;

/** Who left a line of the history, and when. */
interface Signed {
  readonly id: number;
  readonly reviewer: string;
  /** ISO time. */
  readonly at: string;
}

/** One line of the history of decisions. */
export type Decision = DecisionInput & Signed;
/** One line of the history of corrections. */
export type KeptCorrection = CorrectionInput & Signed;

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
