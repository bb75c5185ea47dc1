import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";

const TOOL = resolve(import.meta.dirname, "../../bin/reckoner.js");
const SAMPLE = resolve(import.meta.dirname, "../../fixtures/sample/sample-paper.pdf");
const folder = mkdtempSync(join(tmpdir(), "reckoner-batch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REPORT_FILES = ["index.html", "findings.csv", "findings.parquet", "findings.sarif", "junit.xml", "documents.jsonl"];
const PAPERS = 200;
const KILLS = 20;

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [TOOL, "batch", ...words], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
}

async function run(
  words: readonly string[],
  input = "",
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = start(words);
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  child.stdin?.end(input);
  const [code] = await once(child, "close");
  return { code, out, err };
}

function putPapers(name: string, count: number): void {
  mkdirSync(join(folder, name), { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const text = `We trained Heron-${index} on ${index + 2} V100 GPUs for ${(index % 9) + 2} days, which took ${(index % 7) * 100 + 48} GPU-hours.\n`;
    writeFileSync(join(folder, name, `paper-${index}.txt`), text);
  }
}

/** Results in a store that a second process reads; 0 where the batch was killed before there was a table. */
function resultsIn(store: string): number {
  if (!existsSync(store)) return 0;
  const database = new DatabaseSync(store, { readOnly: true, timeout: 10_000 });
  try {
    const table = database.prepare("select name from sqlite_master where name = 'result'").get();
    return table === undefined ? 0 : Number(database.prepare("select count(*) as results from result").get()?.["results"]);
  } finally {
    database.close();
  }
}

const reportOf = (name: string): readonly string[] => REPORT_FILES.map((file) => readFileSync(join(folder, name, file), "latin1"));

test(`a batch of ${PAPERS} papers that is killed ${KILLS} times gives the same report, byte for byte`, { timeout: 240_000 }, async () => {
  putPapers("many", PAPERS);
  const words = ["many", "--jobs", "2", "--fail-level", "never"];
  const whole = await run([...words, "--out", "whole"]);
  expect(whole.code, whole.err).toBe(0);
  expect(whole.out).toContain(`${PAPERS} documents: ${PAPERS} checked now, 0 known; 0 could not be read`);
  const store = join(folder, "killed", "reckoner.sqlite");
  // Kills that met the middle of a batch: some results are kept, others are not there yet.
  let partial = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = resultsIn(store);
    const child = start([...words, "--out", "killed"]);
    const ended = once(child, "exit");
    // From the opening of the store to beyond the middle of the batch; each round, some results more are there.
    const deadline = Date.now() + 10_000;
    while (resultsIn(store) <= before && Date.now() < deadline) await setTimeout(5);
    await setTimeout((kill * 37) % 60);
    child.kill("SIGKILL");
    await ended;
    const kept = resultsIn(store);
    if (kept > 0 && kept < PAPERS) partial += 1;
  }
  expect(partial).toBeGreaterThan(KILLS / 2);
  const last = await run([...words, "--out", "killed"]);
  expect(last.code, last.err).toBe(0);
  expect(reportOf("killed")).toEqual(reportOf("whole"));
  const database = new DatabaseSync(store, { readOnly: true, timeout: 10_000 });
  expect(database.prepare("select count(*) as papers, count(distinct key) as keys from input").get()).toEqual({
    papers: PAPERS,
    keys: PAPERS,
  });
  database.close();
  expect(resultsIn(store)).toBe(PAPERS);
});

test("papers that cannot be read are listed, and the good ones among them are checked", { timeout: 120_000 }, async () => {
  putPapers("mixed", 5);
  const pdf = readFileSync(SAMPLE);
  writeFileSync(join(folder, "mixed", "good.pdf"), pdf);
  writeFileSync(join(folder, "mixed", "empty.txt"), "");
  writeFileSync(join(folder, "mixed", "page.pdf"), "<html><body>404</body></html>");
  writeFileSync(join(folder, "mixed", "broken.pdf"), "%PDF-1.4\nnothing of a page");
  const { code, out } = await run(["mixed", "--out", "mixed-report", "--jobs", "2"]);
  expect(code).toBe(2);
  expect(out).toContain("9 documents: 9 checked now, 0 known; ");
  const documents = readFileSync(join(folder, "mixed-report", "documents.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const statusOf = new Map(documents.map((document) => [document.source, document.status]));
  expect(statusOf.get("mixed/good.pdf")).toBe("checked");
  for (let index = 0; index < 5; index += 1) expect(statusOf.get(`mixed/paper-${index}.txt`)).toBe("checked");
  const failed = documents.filter((document) => document.status === "failed");
  expect(failed.map((document) => document.source)).toContain("mixed/empty.txt");
  expect(failed.every((document) => document.problems.length > 0)).toBe(true);
  const page = readFileSync(join(folder, "mixed-report", "index.html"), "utf8");
  for (const document of failed) expect(page).toContain(`${document.problems[0].code}: ${document.source}`);
});

test("only what has changed is checked again", { timeout: 120_000 }, async () => {
  putPapers("few", 4);
  const words = ["few", "--out", "few-report", "--jobs", "1", "--fail-level", "never"];
  expect((await run(words)).out).toContain("4 checked now, 0 known");
  expect((await run(words)).out).toContain("0 checked now, 4 known");
  // A new time with the same content is looked at, and known.
  utimesSync(join(folder, "few", "paper-1.txt"), 1, 1);
  writeFileSync(join(folder, "few", "paper-2.txt"), "We trained Heron-2 on 8 V100 GPUs for 2 days, that is 384 GPU-hours.\n");
  expect((await run(words)).out).toContain("1 checked now, 3 known");
  // An assumption can change every result.
  expect((await run([...words, "--assume", "pue=1.2"])).out).toContain("4 checked now, 0 known");
});

test("papers are named by a list on standard input, and left out by the ignore file", { timeout: 120_000 }, async () => {
  putPapers("listed", 3);
  writeFileSync(join(folder, ".reckonerignore"), "listed/paper-1.*\n");
  const { out } = await run(["-", "--out", "listed-report", "--fail-level", "never"], "listed/paper-1.txt\nlisted/paper-2.txt\n");
  rmSync(join(folder, ".reckonerignore"));
  expect(out).toContain("1 document: 1 checked now");
  expect(existsSync(join(folder, "listed-report", "index.html"))).toBe(true);
});

test("an interrupt ends a batch in good order, and nothing that was done is lost", { timeout: 120_000 }, async () => {
  putPapers("stopped", 150);
  const words = ["stopped", "--out", "stopped-report", "--jobs", "1", "--fail-level", "never"];
  const child = start(words);
  let err = "";
  child.stderr?.on("data", (chunk) => {
    err += chunk;
  });
  const closed = once(child, "close");
  // The store is there once the batch has begun.
  while (!existsSync(join(folder, "stopped-report", "reckoner.sqlite-wal"))) await setTimeout(10);
  await setTimeout(50);
  child.kill("SIGINT");
  const [code] = await closed;
  expect(code).toBe(2);
  const done = Number(/stopped after (\d+) of 150; the same command goes on from here/.exec(err)?.[1]);
  expect(done).toBeLessThan(150);
  expect((await run(words)).out).toContain(`${150 - done} checked now, ${done} known`);
});
