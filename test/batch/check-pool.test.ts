import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openCheckPool } from "../../src/batch/check-pool.ts";

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
