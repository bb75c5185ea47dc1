import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fuzzInput, fuzzSeeds } from "../../scripts/fuzz/fuzz-input.ts";
import { DocumentDesk } from "../../src/isolate/document-desk.ts";

/** What `npm run fuzz -- --keep` found, and what the attack by hand did. */
const FOUND = resolve(import.meta.dirname, "../../fixtures/fuzz");
const LIMITS = { seconds: 30, megabytes: 1024 };

const desk = new DocumentDesk({ jobs: 1, megabytes: LIMITS.megabytes, rules: null }, LIMITS);
afterAll(() => desk.close());

test.each(existsSync(FOUND) ? readdirSync(FOUND).sort() : [])("%s has a report, in time", { timeout: 60_000 }, async (name) => {
  const content = { kind: "bytes", bytes: readFileSync(join(FOUND, name)), sha256: null } as const;
  const { problems } = await desk.check({ source: name, content }, { priceDate: null, provider: null, assume: {} });
  for (const { code } of problems) expect(["too-slow", "out-of-memory", "process-ended", "internal"]).not.toContain(code);
});

test("the input of a number is the same each time", async () => {
  const seeds = await fuzzSeeds();
  for (const number of [1, 2, 3, 40, 500]) expect(fuzzInput(seeds, number)).toEqual(fuzzInput(seeds, number));
});
