import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { randomOf } from "../../scripts/shapes/random.ts";
import { openPaperQueue } from "../../src/batch/paper-queue.ts";
import type { GivenUpPaper } from "../../src/batch/store-status.ts";
import { type Ended, putPapers, type Running, runTool, startTool } from "../support/command.ts";
import { ownServers } from "../support/own-postgres.ts";
import { sendText, startPaperServer } from "../support/paper-server.ts";
import { freshDatabase, hasPostgres, type TestDatabase } from "../support/postgres.ts";

const hasServer = await hasPostgres();
const newServer = ownServers();
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
/** `RECKONER_KILLED_PAPERS=1000` has more of them, and `RECKONER_TEST_SEED` the kills of a run before, as far as clocks allow. */
const CHAOS_PAPERS = Number(process.env["RECKONER_KILLED_PAPERS"] ?? 60);
const WORKERS = 4;
const POISON_WORDS = {
  gone: /^poison\/\w+\.txt: no such file or folder; check the name$/,
  away: /\/poison\.txt: cannot be fetched \(HTTP 404 Not Found\)/,
};
/** What is killed, in an order and at times that are drawn; more of it with more papers. */
const KILLS = Array.from({ length: Math.ceil(CHAOS_PAPERS / 200) }, () => ["worker", "server", "connections"] as const).flat();

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

test.runIf(newServer !== null)(
  `four workers, ${CHAOS_PAPERS} papers, poison among them: whatever is killed, each has one result`,
  { timeout: 60_000 + CHAOS_PAPERS * 1000 },
  async () => {
    const seed = Number(process.env["RECKONER_TEST_SEED"] ?? Date.now() % 1_000_000);
    const random = randomOf(seed);
    const server = await newServer?.();
    if (server === undefined) throw new Error("there is no server");
    const away = await startPaperServer((_, response) => response.writeHead(404).end());
    try {
      putPapers(join(folder, "killed"), CHAOS_PAPERS);
      const poison = [`${away.origin}/poison.txt`, "poison/gone.txt", "poison/taken.txt"];
      putPapers(join(folder, "poison"), 0);
      for (const path of poison.slice(1)) writeFileSync(join(folder, path), SLOW);
      const enqueue = ["--store", server.url, "--enqueue-only", "--heartbeat", "10", "--retries"];
      // However often a paper is in hands that are killed, it is not given up; what is poison in itself is, after its second attempt.
      expect((await runTool(folder, ["batch", ...poison, ...enqueue, "1"])).out).toContain(`${poison.length} put in line`);
      expect((await runTool(folder, ["batch", "killed", ...enqueue, "20"])).out).toContain(`${CHAOS_PAPERS} put in line`);
      rmSync(join(folder, "poison"), { recursive: true });
      const results = (): Promise<number> => count(server, `reckoner.result where key not like '%-unread-%'`);
      let isOver = false;
      const workers: Running[] = [];
      const ends: (Ended & { readonly isKilled: boolean })[] = [];
      const keepOne = async (at: number): Promise<void> => {
        // As a supervisor would: what was killed, or gave up on its server, is started again.
        for (let isDone = false; !isDone; ) {
          const worker = startTool(folder, ["worker", "--store", server.url, "--jobs", "1", "--until-empty"]);
          workers[at] = worker;
          const ended = await worker.ended;
          const isKilled = worker.child.signalCode === "SIGKILL";
          ends.push({ ...ended, isKilled });
          isDone = isOver && !isKilled && !ended.err.includes(" the server ");
        }
      };
      const kept = Promise.all(Array.from({ length: WORKERS }, (_, at) => keepOne(at)));
      for (const [index, kill] of random.shuffled(KILLS).entries()) {
        const wanted = Math.floor(((index + random.next()) / (KILLS.length + 1)) * CHAOS_PAPERS);
        await until(async () => (await results()) >= wanted, 120);
        await setTimeout(random.next() * 100);
        if (kill === "worker") random.pick(workers).child.kill("SIGKILL");
        else if (kill === "server") await server.killAndRestart();
        else
          await server.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname is not null",
          );
      }
      isOver = true;
      await kept;
      // A worker that is not killed says at most that the server was away, or what became of poison.
      const told = ends.flatMap(({ err }) => err.split("\n")).filter((line) => line !== "");
      expect(told.filter((line) => !/^reckoner: (postgres:.* the server |.*poison.*\((to be tried again|given up)\)$)/.test(line))).toEqual(
        [],
      );
      expect(ends.filter(({ code, isKilled }) => !isKilled && code !== 0 && code !== 2)).toEqual([]);
      expect(ends.filter(({ isKilled }) => isKilled).length, `seed ${seed}`).toBeGreaterThan(0);
      expect(await results(), `seed ${seed}`).toBe(CHAOS_PAPERS);
      expect(await count(server, "reckoner.result")).toBe(CHAOS_PAPERS + poison.length);
      expect(await count(server, "(select distinct path from reckoner.input) as inputs")).toBe(CHAOS_PAPERS + poison.length);
      expect(await count(server, "reckoner_queue.job where state = 'completed' and data ->> 'path' like '%paper-%'")).toBe(CHAOS_PAPERS);
      const status = JSON.parse((await runTool(folder, ["status", "--store", server.url, "--format", "json"])).out);
      const givenUp: readonly GivenUpPaper[] = status.queues[0].givenUp;
      expect(givenUp.map(({ path, attempts }) => [path, attempts]).sort()).toEqual(poison.map((path) => [path, 2]).sort());
      for (const { path, reason } of givenUp) {
        // Who was killed with poison in hand the last time can tell no more of it.
        if (reason !== "its worker was not heard of any more")
          expect(reason).toMatch(path.startsWith("http") ? POISON_WORDS.away : POISON_WORDS.gone);
      }
    } finally {
      await away.close();
      await server.drop();
    }
  },
);

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
