import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { openCheckPool } from "../../src/batch/check-pool.ts";
import { PoolError } from "../../src/isolate/document-pool.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-pool-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, "paper.txt");
writeFileSync(path, "We trained Crane on 8 V100 GPUs for 2 days, which took 384 GPU-hours.");

const options = { priceDate: null, provider: null, assume: {} };
const task = { path, location: path, content: null, options, limits: { seconds: 15, megabytes: 512 } };

test("a process whose heap is full costs its paper, and is told as such", { timeout: 60_000 }, async () => {
  // Enough for the process to start, too little for what the paper needs.
  const pool = openCheckPool({ jobs: 1, megabytes: 60, rules: null });
  try {
    const large = { ...task, path: "slow.txt", location: slow, limits: { seconds: 60, megabytes: 60 } };
    for (let time = 0; time < 2; time += 1) {
      expect(await pool.check(large)).toMatchObject({ status: "failed", source: "slow.txt", problems: [{ code: "out-of-memory" }] });
      expect((await pool.check(task)).status).toBe("checked");
    }
  } finally {
    pool.close();
  }
});

test("a paper that takes too long is ended, and the next one is checked", { timeout: 60_000 }, async () => {
  const pool = openCheckPool({ jobs: 1, megabytes: 512, rules: null });
  try {
    const slow = await pool.check({ ...task, limits: { seconds: 0.01, megabytes: 512 } });
    expect(slow).toMatchObject({ status: "failed", problems: [{ code: "too-slow" }] });
    expect((await pool.check(task)).status).toBe("checked");
  } finally {
    pool.close();
  }
});

/** A text that takes some seconds, so that its process can be ended meanwhile. */
const slow = join(folder, "slow.txt");
writeFileSync(
  slow,
  Array.from({ length: 3000 }, (_, at) => `We trained Crane-${at} on ${at + 2} V100 GPUs for 2 days, which took ${at} GPU-hours.`).join(
    "\n\n",
  ),
);

/** A process of the pool that was not known before. */
async function processesOf(pool: number, known: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const lines = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(pool)], { encoding: "utf8" }).split("\n");
    const found = lines.filter((line) => line.includes("process-entry")).map((line) => Number.parseInt(line, 10));
    const fresh = found.find((pid) => !known.has(pid));
    if (fresh !== undefined) return fresh;
    await setTimeout(20);
  }
}

test("a process that is ended from outside is replaced, and its paper is checked", { timeout: 60_000 }, async () => {
  const pool = openCheckPool({ jobs: 1, megabytes: 512, rules: null });
  try {
    const checking = pool.check({ ...task, path: "slow.txt", location: slow, limits: { seconds: 60, megabytes: 512 } });
    const first = await processesOf(process.pid, new Set());
    // Long enough for it to have the paper in its hands.
    await setTimeout(1500);
    process.kill(first, "SIGKILL");
    await processesOf(process.pid, new Set([first]));
    expect(await checking).toMatchObject({ status: "checked", source: "slow.txt" });
  } finally {
    pool.close();
  }
});

test("a paper whose processes are ended again and again is told as such", { timeout: 60_000 }, async () => {
  const pool = openCheckPool({ jobs: 1, megabytes: 512, rules: null });
  try {
    const checking = pool.check({ ...task, path: "slow.txt", location: slow, limits: { seconds: 40, megabytes: 512 } });
    let isOver = false;
    void checking.then(() => {
      isOver = true;
    });
    for (const ended = new Set<number>(); !isOver; ) {
      const child = await processesOf(process.pid, ended);
      ended.add(child);
      await setTimeout(2500);
      if (!isOver) process.kill(child, "SIGKILL");
      await setTimeout(200);
    }
    expect(await checking).toMatchObject({
      status: "failed",
      problems: [{ code: "process-ended", message: expect.stringContaining("the process that read it was ended from outside (SIGKILL)") }],
    });
    expect((await pool.check(task)).status).toBe("checked");
  } finally {
    pool.close();
  }
});

test("processes that cannot start are no fault of a paper", { timeout: 60_000 }, async () => {
  const pool = openCheckPool({ jobs: 2, megabytes: 1, rules: null });
  try {
    const words = /^the processes that check papers cannot start \(.*\); 1 MB are too few to start, pass a larger --max-memory$/;
    await expect(pool.check(task)).rejects.toThrow(words);
    await expect(pool.check(task)).rejects.toThrow(PoolError);
  } finally {
    pool.close();
  }
});
