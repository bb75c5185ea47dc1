import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { randomOf } from "../../scripts/shapes/random.ts";
import { toolPath } from "../support/command.ts";

const SAMPLE = resolve(import.meta.dirname, "../../fixtures/sample/sample-paper.pdf");
const folder = mkdtempSync(join(tmpdir(), "reckoner-batch-"));
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
/** `RECKONER_BATCH_KILLS=20` kills it more often. */
const KILLS = Number(process.env["RECKONER_BATCH_KILLS"] ?? 8);
const PAPERS = 10 * KILLS;
const REPORT_KILLS = Math.ceil(KILLS / 3);

function start(words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [toolPath(), "batch", ...words], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
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

/** Results in a store that a second process reads, each with the time at which it was found; none where the batch was killed before there was a table. */
function resultsIn(store: string): ReadonlyMap<string, string> {
  if (!existsSync(store)) return new Map();
  const database = new DatabaseSync(store, { readOnly: true, timeout: 10_000 });
  try {
    const table = database.prepare("select name from sqlite_master where name = 'mention'").get();
    const rows = table === undefined ? [] : database.prepare("select key, checked_at from result").all();
    return new Map(rows.map((row) => [String(row["key"]), String(row["checked_at"])]));
  } finally {
    database.close();
  }
}

/** Waits until something is so, or a process has ended by itself. */
async function untilOrEnded(child: ChildProcess, what: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!what() && child.exitCode === null && Date.now() < deadline) await setTimeout(3);
}

const reportOf = (name: string): readonly string[] => REPORT_FILES.map((file) => readFileSync(join(folder, name, file), "latin1"));

test(`a batch of ${PAPERS} papers that is killed ${KILLS} times gives the same report, byte for byte`, { timeout: 400_000 }, async () => {
  putPapers("many", PAPERS);
  const words = ["many", "--jobs", "2", "--fail-level", "never"];
  const whole = await run([...words, "--out", "whole"]);
  expect(whole.code, whole.err).toBe(0);
  expect(whole.out).toContain(`${PAPERS} documents: ${PAPERS} checked now, 0 known; 0 could not be read`);
  const store = join(folder, "killed", "reckoner.sqlite");
  const seed = Number(process.env["RECKONER_TEST_SEED"] ?? Date.now() % 1_000_000);
  const random = randomOf(seed).next;
  let before: ReadonlyMap<string, string> = new Map();
  const counts: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = start([...words, "--out", "killed"]);
    const ended = once(child, "exit");
    // So many results more that the kills fall from the opening of the store to the end of the batch.
    const more = Math.floor(random() * 2 * ((PAPERS - before.size) / (KILLS - kill)));
    await untilOrEnded(child, () => resultsIn(store).size >= before.size + more && existsSync(store));
    await setTimeout(random() * 60);
    child.kill("SIGKILL");
    await ended;
    const kept = resultsIn(store);
    // What was there is there, and was not worked out again.
    expect(
      [...before].filter(([key, time]) => kept.get(key) !== time),
      `seed ${seed}`,
    ).toEqual([]);
    before = kept;
    counts.push(kept.size);
  }
  // Kills that met the middle of a batch: some results are kept, others are not there yet.
  expect(counts.filter((count) => count > 0 && count < PAPERS).length, `seed ${seed}: ${counts}`).toBeGreaterThan(KILLS / 2);
  // A report is killed, too, while its files are written.
  let cut = 0;
  for (let kill = 0; kill < REPORT_KILLS; kill += 1) {
    const child = start([...words, "--out", "killed"]);
    const ended = once(child, "exit");
    const parts = (): readonly string[] => readdirSync(join(folder, "killed")).filter((name) => name.endsWith(`.${child.pid}.part`));
    await untilOrEnded(child, () => parts().length > kill);
    child.kill("SIGKILL");
    await ended;
    if (parts().length > 0) cut += 1;
    rmSync(join(folder, "killed", "index.html"), { force: true });
  }
  expect(cut, `seed ${seed}`).toBeGreaterThan(0);
  const last = await run([...words, "--out", "killed"]);
  expect(last.code, last.err).toBe(0);
  expect(reportOf("killed")).toEqual(reportOf("whole"));
  expect(readdirSync(join(folder, "killed")).filter((name) => name.endsWith(".part"))).toEqual([]);
  const database = new DatabaseSync(store, { readOnly: true, timeout: 10_000 });
  expect(database.prepare("select count(*) as papers, count(distinct key) as keys from input").get()).toEqual({
    papers: PAPERS,
    keys: PAPERS,
  });
  database.close();
  expect(resultsIn(store).size).toBe(PAPERS);
});

test("two batches into one folder at once hinder each other in nothing", { timeout: 120_000 }, async () => {
  putPapers("twice", 60);
  const words = ["twice", "--jobs", "1", "--fail-level", "never", "--out", "twice-report"];
  const [one, other] = await Promise.all([run(words), run(words)]);
  expect([one.code, one.err, other.code, other.err]).toEqual([0, "", 0, ""]);
  await run(["twice", "--out", "twice-alone", "--fail-level", "never"]);
  expect(reportOf("twice-report")).toEqual(reportOf("twice-alone"));
});

test("a report that cannot be written is told, and what was found is kept", { timeout: 120_000 }, async () => {
  putPapers("barred", 3);
  const words = ["barred", "--out", "barred-report", "--fail-level", "never"];
  mkdirSync(join(folder, "barred-report", "index.html"), { recursive: true });
  const barred = await run(words);
  expect({ code: barred.code, err: barred.err }).toEqual({
    code: 2,
    err: "reckoner: barred-report: the report cannot be written (there is a folder of that name); the results are kept: mend that and run the same command again\n",
  });
  expect(readdirSync(join(folder, "barred-report")).filter((name) => name.endsWith(".part"))).toEqual([]);
  rmSync(join(folder, "barred-report", "index.html"), { recursive: true });
  expect((await run(words)).out).toContain("3 documents: 0 checked now, 3 known");
  writeFileSync(join(folder, "a-file"), "");
  expect((await run(["barred", "--out", "a-file"])).err).toBe(
    "reckoner: --out a-file: the folder cannot be made (there is a file of that name); name another one\n",
  );
});

test("inputs that stand for no paper are listed in the report; a list of nothing is no success", { timeout: 120_000 }, async () => {
  putPapers("there", 2);
  const { code, out, err } = await run(["there", "not-there.pdf", "--out", "there-report", "--resume"]);
  expect({ code, err }).toEqual({ code: 2, err: "reckoner: not-there.pdf: no such file or folder; check the name\n" });
  expect(out).toContain("3 documents: 2 checked now, 0 known; 1 could not be read");
  expect(readFileSync(join(folder, "there-report", "documents.jsonl"), "utf8")).toContain(
    '"source":"not-there.pdf","sha256":null,"status":"failed"',
  );
  expect(readFileSync(join(folder, "there-report", "index.html"), "utf8")).toContain("not-there.pdf: no such file or folder");
  const none = await run(["-", "--out", "none-report"], "\n\n");
  expect(none).toEqual({ code: 2, out: "", err: "reckoner: no input: the list on standard input is empty\n" });
  expect(existsSync(join(folder, "none-report"))).toBe(false);
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
  for (const document of failed) expect(page).toContain(`<li class="failed">${document.source}: `);
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
  // So can a price of the user's own; what was found without it is still known.
  mkdirSync(join(folder, "own", "prices"), { recursive: true });
  const price = (hour: number): string =>
    `sources: { own: { title: "Our contract" } }\nprices:\n  - { id: own-v100, provider: Own, sku: V100, hardware: nvidia-v100-sxm2-16gb, unit: gpu,\n` +
    `      canonicalUnitsPerUnit: 1, kind: on_demand, perHour: ${hour}, includes: gpu_only, validFrom: 2024-01, confidence: high, sources: [own] }\n`;
  writeFileSync(join(folder, "own", "prices", "own.yaml"), price(1.5));
  expect((await run([...words, "--rules", "own"])).out).toContain("4 checked now, 0 known");
  expect((await run([...words, "--rules", "own"])).out).toContain("0 checked now, 4 known");
  writeFileSync(join(folder, "own", "prices", "own.yaml"), price(1.6));
  expect((await run([...words, "--rules", "own"])).out).toContain("4 checked now, 0 known");
  expect((await run(words)).out).toContain("0 checked now, 4 known");
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
  expect(err).toMatch(/^reckoner: stopping; papers under way are finished first, interrupt again to end at once\n/);
  const done = Number(/stopped after (\d+) of 150; the same command goes on from here/.exec(err)?.[1]);
  expect(done).toBeLessThan(150);
  expect((await run(words)).out).toContain(`${150 - done} checked now, ${done} known`);
});
