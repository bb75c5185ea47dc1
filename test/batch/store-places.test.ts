import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Kysely, sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { openResultStore } from "../../src/store/result-store.ts";
import { sqliteDialect } from "../../src/store/sqlite-dialect.ts";
import { storeErrorWords, tellingStoreErrors } from "../../src/store/store-error.ts";
import { storePlace } from "../../src/store/store-place.ts";
import { putPapers, runTool } from "../support/command.ts";
import { addressOf, freshDatabase, hasPostgres } from "../support/postgres.ts";

const hasServer = await hasPostgres();
const folder = mkdtempSync(join(tmpdir(), "reckoner-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
putPapers(join(folder, "papers"), 6);
writeFileSync(join(folder, "papers", "empty.txt"), "");

const REPORT_FILES = ["index.html", "findings.csv", "documents.jsonl"];
const reportOf = (name: string): readonly string[] => REPORT_FILES.map((file) => readFileSync(join(folder, name, file), "utf8"));

test("without --out, results go into the store alone", { timeout: 120_000 }, async () => {
  const words = ["batch", "papers", "--store", "alone.sqlite", "--fail-level", "never"];
  const first = await runTool(folder, words);
  expect(first.code, first.err).toBe(2);
  expect(first.out).toContain("7 documents: 7 checked now, 0 known; 1 could not be read");
  expect(first.out).toContain("results are in alone.sqlite; no report was written, pass --out FOLDER for one");
  const database = new DatabaseSync(join(folder, "alone.sqlite"), { readOnly: true });
  const rows = (sql: string) => database.prepare(sql).all();
  expect(rows("select code, count(*) as papers from problem group by code")).toEqual([{ code: "empty-file", papers: 1 }]);
  expect(rows("select papers, checked, known, failed from batch_run where finished is not null")).toEqual([
    { papers: 7, checked: 7, known: 0, failed: 1 },
  ]);
  expect(rows("select text, unit from mention where text like '%GPU-hours%' order by text")).toHaveLength(6);
  expect(rows("select key from result where checked_at is null")).toEqual([]);
  database.close();
  // A report of what is in the store, with nothing to check.
  expect((await runTool(folder, [...words, "--out", "later"])).out).toContain("0 checked now, 7 known");
  expect((await runTool(folder, ["batch", "papers"])).err).toBe(
    "reckoner: nowhere to put the results: pass --out FOLDER for a report, --store for the results alone, or both\n",
  );
});

test("a store of the first release is brought up to date, with its results", { timeout: 120_000 }, async () => {
  const path = join(folder, "old.sqlite");
  const words = ["batch", "papers", "--store", "old.sqlite", "--fail-level", "never"];
  await runTool(folder, words);
  const database = new DatabaseSync(path);
  const mentions = database.prepare("select * from mention order by key, id").all();
  const problems = database.prepare("select * from problem").all();
  expect(mentions.length).toBeGreaterThan(6);
  // What the second step added is taken away.
  database.exec(`drop table mention; drop table problem; drop table batch_run; drop index result_by_time;
    delete from kysely_migration where name <> '0001-results'`);
  for (const column of [
    "title",
    "media_type",
    "sha256",
    "pages",
    "claims",
    "claims_checked",
    "claims_untested",
    "checked_at",
    "checked_by",
  ])
    database.exec(`alter table result drop column ${column}`);
  database.exec("alter table finding drop column confidence");
  database.close();
  const again = await runTool(folder, words);
  expect(`${again.out}${again.err}`).toContain("0 checked now, 7 known");
  const renewed = new DatabaseSync(path, { readOnly: true });
  expect(renewed.prepare("select * from mention order by key, id").all()).toEqual(mentions);
  expect(renewed.prepare("select * from problem").all()).toEqual(problems);
  expect(renewed.prepare("select count(*) as papers from result where media_type is not null").get()).toEqual({ papers: 6 });
  renewed.close();
});

test("a place that cannot be a store is told in one line", { timeout: 180_000 }, async () => {
  writeFileSync(
    join(folder, "notes.txt"),
    "These are notes, and no database at all; they are long enough to have a first page.\n".repeat(80),
  );
  const other = new DatabaseSync(join(folder, "other.sqlite"));
  other.exec("create table bookmark (url text)");
  other.close();
  await runTool(folder, ["batch", "papers", "--store", "newer.sqlite"]);
  const newer = new DatabaseSync(join(folder, "newer.sqlite"));
  newer.exec("insert into kysely_migration (name, timestamp) values ('9999-of-the-future', '2099-01-01')");
  newer.close();
  mkdirSync(join(folder, "folder.sqlite"));
  const cases: readonly (readonly [string, RegExp])[] = [
    ["notes.txt", /^reckoner: notes\.txt: the file is no store of reckoner; name another file\n$/],
    ["other.sqlite", /^reckoner: other\.sqlite: a database of another program, no store of reckoner; name another file\n$/],
    ["newer.sqlite", /^reckoner: newer\.sqlite: written by a newer release of reckoner; install that release, or name another store\n$/],
    ["no/such/folder/results.sqlite", /^reckoner: no\/such\/folder\/results\.sqlite: cannot be opened; check the name of its folder/],
    ["folder.sqlite", /^reckoner: folder\.sqlite: cannot be opened/],
    ["mysql://ann:secret@host/papers", /^reckoner: mysql:\/\/ann@host\/papers: no store of this kind; name a file or postgres:/],
    ["postgres://ann:secret@host:port/papers", /^reckoner: postgres:\/\/ann@host:port\/papers: no valid address; write it as postgres:/],
    [
      "postgres://ann:secret@127.0.0.1:1/papers",
      /^reckoner: postgres:\/\/ann@127\.0\.0\.1:1\/papers: the server cannot be reached \(ECONNREFUSED\)/,
    ],
  ];
  for (const [store, words] of cases) {
    const { code, out, err } = await runTool(folder, ["batch", "papers", "--store", store]);
    expect(err).toMatch(words);
    expect(err.split("\n")).toHaveLength(2);
    expect({ store, code, out }).toEqual({ store, code: 2, out: "" });
  }
});

test.runIf(hasServer)("PostgreSQL keeps the same results and gives the same report", { timeout: 180_000 }, async () => {
  const server = await freshDatabase();
  try {
    const words = ["batch", "papers", "--fail-level", "never"];
    await runTool(folder, [...words, "--out", "by-file"]);
    const first = await runTool(folder, [...words, "--store", server.url, "--out", "by-server"]);
    expect(first.err).toBe("");
    expect(first.out).toContain("7 documents: 7 checked now, 0 known; 1 could not be read");
    expect(reportOf("by-server")).toEqual(reportOf("by-file"));
    expect((await runTool(folder, [...words, "--store", server.url, "--out", "by-server"])).out).toContain("0 checked now, 7 known");
    const database = new DatabaseSync(join(folder, "by-file", "reckoner.sqlite"), { readOnly: true });
    for (const [table, order] of [
      ["finding", "key, id"],
      ["mention", "key, id"],
      ["problem", "key, place"],
    ]) {
      const query = (schema: string): string => `select * from ${schema}${table} order by ${order}`;
      const ours = database.prepare(query("")).all();
      expect(ours.length).toBeGreaterThan(0);
      expect(await server.query(query("reckoner."))).toEqual(ours.map((row) => ({ ...row })));
    }
    database.close();
    expect(await server.query("select papers, checked, known from reckoner.batch_run order by started")).toEqual([
      { papers: 7, checked: 7, known: 0 },
      { papers: 7, checked: 0, known: 7 },
    ]);
  } finally {
    await server.drop();
  }
});

test.runIf(hasServer)("a server that refuses is told in one line", { timeout: 180_000 }, async () => {
  const server = await freshDatabase();
  try {
    await runTool(folder, ["batch", "papers", "--store", server.url]);
    await server.query("insert into reckoner.kysely_migration (name, timestamp) values ('9999-of-the-future', '2099-01-01')");
    const cases: readonly (readonly [string, RegExp])[] = [
      [addressOf("no_such_papers"), /no_such_papers: no such database; create it first, for example with createdb\n$/],
      [addressOf("postgres", "nobody_of_this_name"), /: (?:the server refuses|the server asks for a password|the server reports: role )/],
      [server.url, /: written by a newer release of reckoner; install that release/],
    ];
    for (const [store, words] of cases) {
      const { code, err } = await runTool(folder, ["batch", "papers", "--store", store]);
      expect(err).toMatch(words);
      expect(err.split("\n")).toHaveLength(2);
      expect(code).toBe(2);
    }
  } finally {
    await server.drop();
  }
});

test.runIf(hasServer)("the same paper from many places at once, with odd characters, is kept once", { timeout: 60_000 }, async () => {
  const server = await freshDatabase();
  const stores = await Promise.all([1, 2, 3].map(() => openResultStore(storePlace(server.url))));
  try {
    const [store] = stores;
    const problem = { code: "damaged", message: "odd\0paper \ud800: damaged", page: null };
    const document = {
      ...{ source: "odd.txt", mediaType: "text/plain", sha256: null, pages: null, title: "a\0b", date: null, status: "failed" as const },
      ...{
        problems: [problem, problem],
        mentions: [],
        runs: [],
        findings: [],
        coverage: { claims: 0, checked: 0, untested: 0, unverifiable: 0 },
      },
    };
    const limits = { seconds: 1, megabytes: 1 };
    await Promise.all(
      stores.flatMap((each, place) =>
        [1, 2, 3, 4].map((turn) => each.save(`odd-${place}-${turn}.txt`, { stamp: "s", key: "k" }, document, limits)),
      ),
    );
    expect(await store?.document("k")).toEqual(document);
    expect(await server.query("select count(*)::int as problems from reckoner.problem")).toEqual([{ problems: 2 }]);
    expect(await server.query("select count(*)::int as paths from reckoner.input")).toEqual([{ paths: 12 }]);
  } finally {
    for (const store of stores) await store.close();
    await server.drop();
  }
});

test("what a server or a disk says is told in our words", () => {
  const fault = (message: string, more: Readonly<Record<string, unknown>>): Error => Object.assign(new Error(message), more);
  const words = (message: string, more: Readonly<Record<string, unknown>> = {}): string | null => storeErrorWords(fault(message, more));
  expect(words("password authentication failed for user", { severity: "FATAL", code: "28P01" })).toMatch(
    /^the server refuses user or password/,
  );
  expect(words("no pg_hba.conf entry", { severity: "FATAL", code: "28000" })).toMatch(/^the server refuses this user/);
  expect(words("permission denied for database", { severity: "ERROR", code: "42501" })).toMatch(/grant it CREATE/);
  expect(words("terminating connection", { severity: "FATAL", code: "57P01" })).toMatch(/^the server ended the connection/);
  expect(words("out of paper\nDETAIL: none", { severity: "ERROR", code: "XX000" })).toBe("the server reports: out of paper");
  expect(words("SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string")).toMatch(/^the server asks for a password/);
  expect(words("Connection terminated unexpectedly")).toMatch(/^the server ended the connection/);
  expect(words("database or disk is full", { code: "ERR_SQLITE_ERROR", errcode: 13 })).toBe("the disk is full");
  expect(words("attempt to write a readonly database", { code: "ERR_SQLITE_ERROR", errcode: 1032 })).toMatch(/^cannot be written/);
  expect(words("x is not a function")).toBeNull();
});

test("a store on a full disk says so, and keeps what was whole", async () => {
  const dialect = sqliteDialect(join(folder, "full.sqlite"));
  const database = new Kysely<{ readonly note: { readonly text: string } }>({ dialect });
  try {
    await sql`create table note (text text)`.execute(database);
    await database.insertInto("note").values({ text: "whole" }).execute();
    // No more room than there is now.
    await sql`pragma max_page_count = 1`.execute(database);
    const writing = tellingStoreErrors("here", () =>
      database.transaction().execute(async (transaction) => {
        await transaction
          .insertInto("note")
          .values({ text: "x".repeat(1_000_000) })
          .execute();
      }),
    );
    await expect(writing).rejects.toThrow("here: the disk is full");
    expect(await database.selectFrom("note").selectAll().execute()).toEqual([{ text: "whole" }]);
  } finally {
    await database.destroy();
  }
});

test("reckoner batch status is reckoner status", { timeout: 60_000 }, async () => {
  await runTool(folder, ["batch", "papers", "--store", "status.sqlite", "--fail-level", "never"]);
  const [short, long] = [
    await runTool(folder, ["status", "--store", "status.sqlite"]),
    await runTool(folder, ["batch", "status", "--store", "status.sqlite"]),
  ];
  expect(short.out).toMatch(/^store {6}status\.sqlite\nresults {4}7 papers, 1 of them could not be read \(/);
  // The rate is that of the moment.
  const still = (text: string): string => text.replace(/^rate.*$/m, "");
  expect({ ...long, out: still(long.out) }).toEqual({ ...short, out: still(short.out) });
  const json = await runTool(folder, ["batch", "status", "--store", "status.sqlite", "--format", "json"]);
  expect(JSON.parse(json.out)).toMatchObject({ store: "status.sqlite", results: 7, failed: 1, queues: [], workers: [] });
});
