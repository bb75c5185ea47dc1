import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { openPaperQueue } from "../../src/batch/paper-queue.ts";
import { putPapers, runTool, startTool } from "../support/command.ts";
import { sendText, startPaperServer } from "../support/paper-server.ts";
import { freshDatabase, hasPostgres, type TestDatabase } from "../support/postgres.ts";

const hasServer = await hasPostgres();
const folder = mkdtempSync(join(tmpdir(), "reckoner-workers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REPORT_FILES = [
  "index.html",
  "findings.csv",
  "findings.parquet",
  "runs.csv",
  "runs.parquet",
  "findings.sarif",
  "junit.xml",
  "documents.jsonl",
];
const reportOf = (name: string): readonly string[] => REPORT_FILES.map((file) => readFileSync(join(folder, name, file), "latin1"));
const SLOW = "We trained Plover on 4 V100 GPUs for 5 days, which took 480 GPU-hours.\n";
const PAPERS = 500;

async function until(what: () => Promise<boolean> | boolean, seconds: number): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error(`not so after ${seconds} s: ${what}`);
    await setTimeout(20);
  }
}

async function count(database: TestDatabase, what: string): Promise<number> {
  const [row] = await database.query(`select count(*)::int as number from ${what}`);
  return Number(row?.["number"]);
}

test.runIf(hasServer)(`two workers share ${PAPERS} papers; one is killed, and none is lost or double`, { timeout: 240_000 }, async () => {
  const database = await freshDatabase();
  let isHeld = true;
  const server = await startPaperServer((request, response) => {
    // The first who asks is left waiting, and is killed with this paper in its hands.
    if (!isHeld) sendText(request, response, SLOW);
    isHeld = false;
  });
  try {
    putPapers(join(folder, "many"), PAPERS - 1);
    const inputs = [`${server.origin}/slow.txt`, "many"];
    const line = await runTool(folder, ["batch", ...inputs, "--store", database.url, "--enqueue-only", "--heartbeat", "10"]);
    expect(line.err).toBe("");
    expect(line.out).toContain(`${PAPERS} documents: ${PAPERS} put in line, 0 in line before, 0 known`);
    const again = await runTool(folder, ["batch", ...inputs, "--store", database.url, "--enqueue-only"]);
    expect(again.out).toContain(`0 put in line, ${PAPERS} in line before`);
    const doomed = startTool(folder, ["worker", "--store", database.url, "--jobs", "2"]);
    await until(() => server.requests.length > 0, 60);
    const other = startTool(folder, ["worker", "--store", database.url, "--jobs", "1", "--until-empty"]);
    const results = "reckoner.result";
    await until(async () => (await count(database, `(select distinct checked_by from ${results}) as workers`)) === 2, 60);
    const status = JSON.parse((await runTool(folder, ["status", "--store", database.url, "--format", "json"])).out);
    doomed.child.kill("SIGKILL");
    expect(status.workers).toMatchObject([{ state: "alive" }, { state: "alive" }]);
    expect(status.queues).toMatchObject([{ givenUp: [] }]);
    expect(await count(database, "reckoner_queue.job where state = 'active'")).toBeGreaterThan(0);
    expect(await count(database, results)).toBeLessThan(PAPERS);
    const ended = await other.ended;
    expect({ code: ended.code, err: ended.err }).toEqual({ code: 0, err: "" });
    expect(await count(database, results)).toBe(PAPERS);
    expect(await count(database, `${results} where status = 'checked'`)).toBe(PAPERS);
    expect(await count(database, "(select distinct path, key from reckoner.input) as inputs")).toBe(PAPERS);
    expect(await count(database, "reckoner_queue.job where state = 'completed'")).toBe(PAPERS);
    expect(await count(database, "reckoner_queue.job where state = 'completed' and retry_count > 0")).toBeGreaterThan(0);
    // The one that was killed never says that it stopped.
    const after = JSON.parse((await runTool(folder, ["status", "--store", database.url, "--format", "json"])).out);
    expect(after.workers).toMatchObject([{ pid: doomed.child.pid }]);
    // A report from the store is that of a batch on one machine.
    const shared = await runTool(folder, ["batch", ...inputs, "--store", database.url, "--out", "shared", "--fail-level", "never"]);
    expect(shared.out).toContain(`${PAPERS} documents: 0 checked now, ${PAPERS} known; 0 could not be read`);
    await runTool(folder, ["batch", ...inputs, "--out", "alone", "--fail-level", "never"]);
    expect(reportOf("shared")).toEqual(reportOf("alone"));
  } finally {
    await server.close();
    await database.drop();
  }
});

test.runIf(hasServer)("a paper that fails is tried again, given up, listed, and put in line again", { timeout: 120_000 }, async () => {
  const database = await freshDatabase();
  try {
    putPapers(join(folder, "few"), 3);
    const enqueue = ["batch", "few", "--store", database.url, "--enqueue-only", "--retries", "1"];
    await runTool(folder, enqueue);
    const [here, away] = [join(folder, "few", "paper-1.txt"), join(folder, "away.txt")];
    renameSync(here, away);
    const worker = ["worker", "--store", database.url, "--jobs", "2"];
    const first = await runTool(folder, [...worker, "--until-empty"]);
    expect(first.err).toBe(
      "reckoner: few/paper-1.txt: no such file or folder; check the name (to be tried again)\n" +
        "reckoner: few/paper-1.txt: no such file or folder; check the name (given up)\n",
    );
    expect(first.out).toBe("2 checked, 0 known, 1 to be tried again, 1 given up\n");
    expect(first.code).toBe(2);
    const text = (await runTool(folder, ["status", "--store", database.url])).out;
    expect(text).toContain("results    3 papers, 1 of them could not be read (not-found 1)");
    expect(text).toContain("0 waiting, 0 in work, 0 to be tried again, 2 done, 1 given up");
    expect(text).toContain("given up   few/paper-1.txt: no such file or folder; check the name (2 attempts)");
    renameSync(away, here);
    expect((await runTool(folder, enqueue)).out).toContain("3 documents: 1 put in line, 0 in line before, 2 known");
    expect((await runTool(folder, [...worker, "--once"])).out).toBe("1 checked, 0 known, 0 to be tried again, 0 given up\n");
    expect((await runTool(folder, ["status", "--store", database.url])).out).toContain("3 done, 0 given up");
    expect(await database.query("select status, count(*)::int as papers from reckoner.result group by status")).toEqual([
      { status: "checked", papers: 3 },
    ]);
    // Another version, or other rules: its papers wait for workers of their own.
    const place = { kind: "postgres" as const, url: database.url, shown: "here" };
    const later = await openPaperQueue(place, "99.0.0 0123456789abcdef", "sender");
    const paper = { path: "few/paper-1.txt", folder, options: { priceDate: null, provider: null, assume: {} } };
    await later.add([{ ...paper, limits: { seconds: 1, megabytes: 1 } }], { retries: 0, heartbeatSeconds: 10 });
    await later.close();
    const ours = await runTool(folder, [...worker, "--until-empty"]);
    expect(ours.out).toBe("0 checked, 0 known, 0 to be tried again, 0 given up\n");
    expect(ours.err).toMatch(
      /^reckoner: 1 paper waits in papers\/99\.0\.0\/0123456789ab, for workers of that version with those rules; this one takes from papers\//,
    );
  } finally {
    await database.drop();
  }
});

test.runIf(hasServer)("a worker that is asked to stop finishes the paper that it has", { timeout: 120_000 }, async () => {
  const database = await freshDatabase();
  let answer: () => void = () => undefined;
  const server = await startPaperServer((request, response) => {
    answer = () => sendText(request, response, SLOW);
  });
  try {
    putPapers(join(folder, "left"), 3);
    await runTool(folder, ["batch", `${server.origin}/slow.txt`, "left", "--store", database.url, "--enqueue-only"]);
    const worker = startTool(folder, ["worker", "--store", database.url, "--jobs", "1"]);
    await until(() => server.requests.length > 0, 60);
    let err = "";
    worker.child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    worker.child.kill("SIGTERM");
    await until(() => err.includes("stopping; papers under way are finished first"), 30);
    answer();
    const ended = await worker.ended;
    expect({ code: ended.code, out: ended.out }).toEqual({ code: 0, out: "1 checked, 0 known, 0 to be tried again, 0 given up\n" });
    expect(
      await database.query("select state::text, count(*)::int as papers from reckoner_queue.job group by state order by job.state"),
    ).toEqual([
      { state: "created", papers: 3 },
      { state: "completed", papers: 1 },
    ]);
    const status = JSON.parse((await runTool(folder, ["status", "--store", database.url, "--format", "json"])).out);
    expect(status.workers).toEqual([]);
    expect(status.queues).toMatchObject([{ waiting: 3, completed: 1 }]);
  } finally {
    await server.close();
    await database.drop();
  }
});

test.runIf(hasServer)("a server that drops all connections, again and again, loses no paper", { timeout: 240_000 }, async () => {
  const database = await freshDatabase();
  try {
    putPapers(join(folder, "dropped"), 300);
    await runTool(folder, ["batch", "dropped", "--store", database.url, "--enqueue-only", "--heartbeat", "10"]);
    const worker = startTool(folder, ["worker", "--store", database.url, "--jobs", "2", "--until-empty"]);
    for (const results of [20, 60, 120]) {
      await until(async () => (await count(database, "reckoner.result")) >= results, 60);
      await database.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
      );
    }
    const { code, err } = await worker.ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await count(database, "reckoner.result where status = 'checked'")).toBe(300);
    expect(await count(database, "reckoner_queue.job where state = 'completed'")).toBe(300);
  } finally {
    await database.drop();
  }
});

test("workers and queues need a server, and say so", { timeout: 60_000 }, async () => {
  putPapers(join(folder, "some"), 1);
  const unreachable = "postgres://ann:secret@127.0.0.1:1/papers";
  const refused =
    "reckoner: postgres://ann@127.0.0.1:1/papers: the server cannot be reached (ECONNREFUSED); check host and port, and whether it runs\n";
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["worker"], "reckoner: reckoner worker needs --store postgres://user@host:5432/database\n"],
    [
      ["worker", "--store", "a.sqlite"],
      "reckoner: --store a.sqlite: reckoner worker needs a PostgreSQL, postgres://user@host:5432/database\n",
    ],
    [["worker", "--store", unreachable, "--once", "--until-empty"], "reckoner: --once and --until-empty: pass one of them\n"],
    [["worker", "--store", unreachable], refused],
    [["status"], "reckoner: reckoner status needs --store, a file or postgres://user@host:5432/database\n"],
    [["status", "--store", unreachable], refused],
    [["status", "--store", "nothing.sqlite"], "reckoner: --store nothing.sqlite: no such file; check the name\n"],
    [["batch", "some", "--enqueue-only"], "reckoner: --enqueue-only needs --store postgres://user@host:5432/database\n"],
    [["batch", "some", "--enqueue-only", "--store", unreachable, "--heartbeat", "2"], "reckoner: --heartbeat 2: pass 10 seconds or more\n"],
    [["batch", "some", "--enqueue-only", "--store", unreachable], refused],
  ];
  for (const [words, message] of cases) {
    const { code, out, err } = await runTool(folder, words);
    expect({ words, code, out, err }).toEqual({ words, code: 2, out: "", err: message });
  }
});
