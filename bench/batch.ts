/**
 * Times the batch: `npm run bench:batch [-- --only speed,again,memory,queue,report] [--command PATH]`. Each part makes its own files in a temporary folder.
 *
 * `--command` is the command of an installed package; without it that of this checkout, which strips types as it loads.
 *
 * - speed: papers a second with 1 and 2 jobs, on PDFs: once, where most of the time goes into starting, and six times.
 * - again: the same command with nothing changed, against its first run.
 * - memory: the largest size of the batch's own process over 500 and over 2,000 files.
 * - queue: a worker against a batch on the same machine, on a PostgreSQL (RECKONER_TEST_POSTGRES).
 * - report: 10,000 generated excerpts in a store: report and queries.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parseArgs } from "node:util";
import { Client } from "pg";
import { median } from "./timing.ts";

const ROOT = resolve(import.meta.dirname, "..");
const CORPUS = resolve(ROOT, "../shared/corpus/pdf");
const SERVER = process.env["RECKONER_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/test";
const PARTS = ["speed", "again", "memory", "queue", "report"] as const;

const { values: flags } = parseArgs({
  options: { only: { type: "string", default: PARTS.join(",") }, runs: { type: "string", default: "3" }, command: { type: "string" } },
});
const RUNS = Number(flags.runs);
const folder = mkdtempSync(join(tmpdir(), "reckoner-bench-"));

try {
  for (const part of flags.only.split(",")) {
    if (part === "speed") await speed();
    else if (part === "again") await again();
    else if (part === "memory") await memory();
    else if (part === "queue") await queue();
    else if (part === "report") await report();
    else throw new Error(`no part "${part}"; there are ${PARTS.join(", ")}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function speed(): Promise<void> {
  await speedOf("once", 1);
  // Each process takes seconds until its code is compiled; a batch is longer than that.
  await speedOf("six times", 6);
}

async function speedOf(times: string, copies: number): Promise<void> {
  const name = `speed-${copies}`;
  const papers = putPdfs(name, copies);
  const seconds: Record<number, number[]> = { 1: [], 2: [] };
  // In turns, so that what else the machine does falls on both.
  for (let run = 0; run < RUNS; run += 1) {
    for (const jobs of [1, 2]) {
      const out = `${name}-${jobs}-${run}`;
      seconds[jobs]?.push((await timed(["batch", name, "--out", out, "--jobs", String(jobs), "--fail-level", "never"])).seconds);
    }
  }
  const [one, two] = [median(seconds[1] ?? []), median(seconds[2] ?? [])];
  const each = `${papers} PDFs (the corpus ${times})`;
  print(`${each}, 1 job`, `${(papers / one).toFixed(2)} papers/s (${one.toFixed(1)} s)`);
  print(`${each}, 2 jobs`, `${(papers / two).toFixed(2)} papers/s (${two.toFixed(1)} s), ${(one / two).toFixed(2)} times 1 job`);
}

async function again(): Promise<void> {
  const papers = putPdfs("again");
  const words = ["batch", "again", "--out", "again-report", "--fail-level", "never"];
  const first = await timed(words);
  const others: number[] = [];
  for (let run = 0; run < Math.max(5, RUNS); run += 1) others.push((await timed(words)).seconds);
  const second = median(others);
  print(
    `${papers} PDFs again, nothing changed`,
    `${(second * 1000).toFixed(0)} ms, first run ${first.seconds.toFixed(1)} s: ${(first.seconds / second).toFixed(0)} times faster`,
  );
}

async function memory(): Promise<void> {
  for (const count of [500, 2000]) putExcerpts(`memory-${count}`, count);
  // Papers pass one by one; a report holds its rows until they are written.
  for (const [what, target] of [
    ["checked", "--store"],
    ["checked and reported", "--out"],
  ] as const) {
    const peaks: number[] = [];
    for (const files of [500, 2000]) {
      const { megabytes, seconds } = await timed(
        ["batch", `memory-${files}`, target, `memory${target}-${files}`, "--fail-level", "never"],
        true,
      );
      peaks.push(megabytes);
      print(
        `${files} excerpts ${what}`,
        `peak ${megabytes.toFixed(0)} MB in the batch's own process, ${(files / seconds).toFixed(0)} papers/s`,
      );
    }
    print(`2,000 against 500 ${what}`, `${((peaks[1] ?? 0) / (peaks[0] ?? 1)).toFixed(2)} times the memory`);
  }
}

async function queue(): Promise<void> {
  const name = `reckoner_bench_${randomUUID().replaceAll("-", "")}`;
  if (!(await asked(`create database ${name}`))) return print("queue", `not measured: no PostgreSQL at ${SERVER}`);
  try {
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    const files = 1000;
    putExcerpts("queue", files);
    const file = await timed(["batch", "queue", "--store", "queue.sqlite", "--jobs", "1", "--fail-level", "never"]);
    const put = await timed(["batch", "queue", "--store", url.href, "--enqueue-only"]);
    const worker = await timed(["worker", "--store", url.href, "--jobs", "1", "--until-empty"]);
    const server = await timed(["batch", "queue", "--store", url.href, "--jobs", "1", "--assume", "pue=1.1", "--fail-level", "never"]);
    const each = (seconds: number): string => `${((seconds / files) * 1000).toFixed(2)} ms each`;
    print(`${files} excerpts, results in a file`, each(file.seconds));
    print(`${files} excerpts, results on PostgreSQL`, each(server.seconds));
    print(`${files} excerpts put in line`, each(put.seconds));
    print(
      `${files} excerpts by a worker`,
      `${each(worker.seconds)}: the queue adds ${((1000 * (worker.seconds - server.seconds)) / files).toFixed(2)} ms to each`,
    );
  } finally {
    await asked(`drop database ${name} with (force)`);
  }
}

async function report(): Promise<void> {
  const files = 10_000;
  putExcerpts("report", files);
  const words = ["batch", "report", "--out", "report-report", "--fail-level", "never"];
  const first = await timed(words);
  print(`${files} excerpts, first run`, `${(files / first.seconds).toFixed(0)} papers/s`);
  const [reported, unchanged]: [number[], number[]] = [[], []];
  for (let run = 0; run < Math.max(5, RUNS); run += 1) {
    rmSync(join(folder, "report-report", "index.html"));
    reported.push((await timed(words)).seconds);
    unchanged.push((await timed(words)).seconds);
  }
  print(
    `${files} excerpts, report again`,
    `${median(reported).toFixed(2)} s (${Math.min(...reported).toFixed(2)} to ${Math.max(...reported).toFixed(2)})`,
  );
  print(`${files} excerpts, nothing changed`, `${median(unchanged).toFixed(2)} s`);
  const database = new DatabaseSync(join(folder, "report-report", "reckoner.sqlite"), { readOnly: true });
  for (const query of [
    "select verdict, severity, count(*) from finding group by verdict, severity",
    "select input.path, finding.message from finding join input on input.key = finding.key where severity = 'error' order by ratio desc limit 20",
    "select unit, count(*), avg(value) from mention group by unit",
  ]) {
    const started = performance.now();
    const rows = database.prepare(query).all().length;
    print(`query, ${rows} rows`, `${(performance.now() - started).toFixed(0)} ms: ${query.slice(0, 60)} ...`);
  }
  database.close();
}

/** Papers of the corpus beside the checkout, so often each; without a corpus, our own PDFs. */
function putPdfs(name: string, copies = 1): number {
  const into = join(folder, name);
  mkdirSync(into);
  const corpus = existsSync(CORPUS) ? readdirSync(CORPUS).filter((file) => file.endsWith(".pdf")) : [];
  if (corpus.length === 0) console.log(`no papers in ${CORPUS}; copies of the PDFs in fixtures/ are taken`);
  const [from, files, times] =
    corpus.length > 0
      ? [CORPUS, corpus, copies]
      : [
          join(ROOT, "fixtures"),
          readdirSync(join(ROOT, "fixtures"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".pdf")),
          4 * copies,
        ];
  // Different bytes, so that each copy is a paper of its own: readers ignore what follows the end.
  for (let copy = 0; copy < times; copy += 1) {
    for (const file of files) {
      const path = join(into, `${copy}-${file.replaceAll("/", "-")}`);
      copyFileSync(join(from, file), path);
      if (copy > 0) writeFileSync(path, `\n% copy ${copy}\n`, { flag: "a" });
    }
  }
  return times * files.length;
}

function putExcerpts(name: string, count: number): void {
  const into = join(folder, name);
  mkdirSync(into);
  for (let index = 0; index < count; index += 1) {
    const [accelerators, days] = [8 * ((index % 64) + 1), (index % 29) + 2];
    const hours = accelerators * days * 24 * (index % 5 === 0 ? 2 : 1);
    writeFileSync(
      join(into, `excerpt-${index}.txt`),
      `Our model Heron-${index} was trained on ${accelerators} V100 GPUs for ${days} days, which took ${hours} GPU-hours. ` +
        `A second model, Plover-${index}, took ${days + 1} days on ${accelerators} A100 GPUs at $2 per GPU-hour.\n`,
    );
  }
}

interface Timed {
  readonly seconds: number;
  /** Largest size of the process itself, without the processes that it starts; 0 where it was not asked for. */
  readonly megabytes: number;
}

/**
 * Runs the command as a user calls it; with `peak` in a wrapper that tells its largest size, which takes a little longer to start.
 *
 * Errors: an exit code that tells of a failure throws with its message.
 */
async function timed(words: readonly string[], peak = false): Promise<Timed> {
  const command = resolve(flags.command ?? join(ROOT, "bin", "reckoner.js"));
  const file = join(folder, "peak");
  const started = performance.now();
  const child = spawn(process.execPath, [peak ? join(ROOT, "bench", "with-peak.ts") : command, ...words], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, RECKONER_BENCH_PEAK: file, RECKONER_BENCH_COMMAND: command },
  });
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`reckoner ${words.join(" ")} ended with ${code}: ${err}`);
  return { seconds: (performance.now() - started) / 1000, megabytes: peak ? Number(readFileSync(file, "utf8")) : 0 };
}

/** Asks the server; false if there is none. */
async function asked(sql: string): Promise<boolean> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
  } catch {
    return false;
  }
  await client.query(sql);
  await client.end();
  return true;
}

function print(name: string, words: string): void {
  console.log(`${name.padEnd(40)} ${words}`);
}
