import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { openCheckPool, PoolError } from "../../src/batch/check-pool.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-pool-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "paper.txt");
writeFileSync(path, "We trained Crane on 8 V100 GPUs for 2 days, which took 384 GPU-hours.");

const SAMPLE = resolve(import.meta.dirname, "../../fixtures/sample/sample-paper.pdf");

const options = { priceDate: null, provider: null, assume: {} };
const task = { path, location: path, content: null, rules: null, options, limits: { seconds: 15, megabytes: 512 } };

test("a process whose heap is full costs its paper, and is told as such", { timeout: 60_000 }, async () => {
  // Enough for the process to start, too little for what a paper needs.
  const pool = openCheckPool({ jobs: 1, megabytes: 14, graceSeconds: 0 });
  try {
    const [first, second] = [
      await pool.check({ ...task, path: SAMPLE, location: SAMPLE }),
      await pool.check({ ...task, path: SAMPLE, location: SAMPLE }),
    ];
    expect(first).toMatchObject({ status: "failed", source: SAMPLE, problems: [{ code: "out-of-memory" }] });
    expect(second).toMatchObject({ status: "failed", source: SAMPLE });
  } finally {
    await pool.close();
  }
});

test("a paper that takes too long is ended, and the next one is checked", { timeout: 60_000 }, async () => {
  const pool = openCheckPool({ jobs: 1, megabytes: 512, graceSeconds: 0 });
  try {
    const slow = await pool.check({ ...task, limits: { seconds: 0.01, megabytes: 512 } });
    expect(slow).toMatchObject({ status: "failed", problems: [{ code: "too-slow" }] });
    expect((await pool.check(task)).status).toBe("checked");
  } finally {
    await pool.close();
  }
});

/** Processes of the pool that wait at a pipe nobody writes to. */
async function processesOf(pool: number, known: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(pool)], { encoding: "utf8" }).split("\n");
    const found = lines.filter((line) => line.includes("tinypool")).map((line) => Number.parseInt(line, 10));
    const fresh = found.find((pid) => !known.has(pid));
    if (fresh !== undefined) return fresh;
    await setTimeout(20);
  }
}

test("a process that is ended from outside is replaced, and its paper is checked", { timeout: 60_000 }, async () => {
  const pipe = join(folder, "pipe.txt");
  execFileSync("mkfifo", [pipe]);
  const pool = openCheckPool({ jobs: 1, megabytes: 512 });
  try {
    const checking = pool.check({ ...task, path: "pipe.txt", location: pipe, limits: { seconds: 40, megabytes: 512 } });
    const first = await processesOf(process.pid, new Set());
    // Long enough for it to have the paper in its hands.
    await setTimeout(2000);
    process.kill(first, "SIGKILL");
    await processesOf(process.pid, new Set([first]));
    // Without waiting here: it takes until the other end is open.
    const written = writeFile(pipe, "We trained Crane on 8 V100 GPUs for 2 days, which took 384 GPU-hours.");
    expect(await checking).toMatchObject({ status: "checked", source: "pipe.txt" });
    await written;
  } finally {
    await pool.close();
  }
});

test("a paper whose processes are ended again and again is told as such", { timeout: 60_000 }, async () => {
  const pipe = join(folder, "silent.txt");
  execFileSync("mkfifo", [pipe]);
  const pool = openCheckPool({ jobs: 1, megabytes: 512 });
  try {
    const checking = pool.check({ ...task, path: "silent.txt", location: pipe, limits: { seconds: 40, megabytes: 512 } });
    const ended = new Set<number>();
    for (let kill = 0; kill < 2; kill += 1) {
      const child = await processesOf(process.pid, ended);
      ended.add(child);
      await setTimeout(2000);
      process.kill(child, "SIGKILL");
    }
    expect(await checking).toMatchObject({
      status: "failed",
      problems: [{ code: "process-ended", message: expect.stringContaining("the process that read it was ended from outside (SIGKILL)") }],
    });
    expect((await pool.check(task)).status).toBe("checked");
  } finally {
    await pool.close();
  }
});

test("processes that cannot start are no fault of a paper", { timeout: 60_000 }, async () => {
  const pool = openCheckPool({ jobs: 2, megabytes: 1, graceSeconds: 0 });
  try {
    const words = /^the processes that check papers cannot start \(.*\); 1 MB are too few to start, pass a larger --max-memory$/;
    await expect(pool.check(task)).rejects.toThrow(words);
    await expect(pool.check(task)).rejects.toThrow(PoolError);
  } finally {
    await pool.close();
  }
});
