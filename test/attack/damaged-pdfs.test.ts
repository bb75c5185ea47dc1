import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { mutated, seededRandom } from "../../scripts/fuzz/mutations.ts";
import { DocumentPool } from "../../src/isolate/document-pool.ts";
import { runTool } from "../support/command.ts";
import { paper } from "../support/odd-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-damaged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SAMPLE = readFileSync(resolve(import.meta.dirname, "../../fixtures/sample/two-columns.pdf"));

/** PDFs of which some bytes are others, each by its number; the same for ever. */
async function damaged(count: number): Promise<ReadonlyMap<string, Uint8Array>> {
  const long = await paper(3);
  return new Map(
    Array.from(
      { length: count },
      (_, at) => [`paper-${at}.pdf`, mutated(at % 2 === 0 ? SAMPLE : long, "pdf", seededRandom(at + 1))] as const,
    ),
  );
}

/** What Node says of what nobody caught, and where in the code it was. */
const WORDS_OF_THE_ENGINE = /"code":"internal"|originated|unhandled|node:|\.[jt]s:\d+/i;

/** A hash of all files of a report but the store. */
function hashOf(report: string): string {
  const hash = createHash("sha256");
  const names = readdirSync(join(folder, report)).filter((name) => !name.includes("sqlite") && !name.startsWith("."));
  for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, report, name)));
  return hash.digest("hex");
}

test("a folder with twenty damaged PDFs has one report, whatever the number of jobs", { timeout: 480_000 }, async () => {
  mkdirSync(join(folder, "in"));
  for (const [name, bytes] of await damaged(20)) writeFileSync(join(folder, "in", name), bytes);
  writeFileSync(join(folder, "in", "good.pdf"), SAMPLE);
  const hashes = new Set<string>();
  for (const [round, jobs] of [1, 2, 4, 2, 1].entries()) {
    const { err } = await runTool(folder, ["batch", "in", "--out", `report-${round}`, "--jobs", String(jobs), "--fail-level", "never"]);
    expect(err).toBe("");
    hashes.add(hashOf(`report-${round}`));
  }
  expect(hashes.size).toBe(1);
});

test("what is told of a damaged PDF does not depend on what the process had before", { timeout: 240_000 }, async () => {
  const limits = { seconds: 60, megabytes: 1024 };
  const pool = new DocumentPool({ jobs: 1, megabytes: limits.megabytes, rules: null });
  const options = { priceDate: null, provider: null, assume: {} };
  const told = async (source: string, bytes: Uint8Array): Promise<string> =>
    JSON.stringify(await pool.ask({ kind: "wire", input: { source, content: { kind: "bytes", bytes, sha256: null } }, options }, limits));
  try {
    const papers = [...(await damaged(8))];
    const forth = new Map<string, string>();
    for (const [name, bytes] of papers) forth.set(name, await told(name, bytes));
    for (const [name, words] of forth) expect(words, name).not.toMatch(WORDS_OF_THE_ENGINE);
    for (const [name, bytes] of papers.reverse()) expect(await told(name, bytes), name).toBe(forth.get(name));
    expect(await told("good.pdf", SAMPLE)).toContain('"status":"checked"');
  } finally {
    pool.close();
  }
});
