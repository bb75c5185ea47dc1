import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeAnnotatedCopies } from "../../src/cli/annotated-copies.ts";
import { DocumentDesk } from "../../src/isolate/document-desk.ts";
import { USUAL_LIMITS } from "../../src/store/read-limits.ts";

const SAMPLE = resolve(import.meta.dirname, "../../fixtures/sample/sample-paper.pdf");

const desk = new DocumentDesk({ jobs: 1, megabytes: USUAL_LIMITS.megabytes, rules: null }, USUAL_LIMITS);
afterAll(() => desk.close());

test("one PDF goes to the file, several into a folder, each under a name of its own", async () => {
  const folder = mkdtempSync(join(tmpdir(), "annotated-"));
  const check = (path: string) => desk.checkNamed(path, { priceDate: null, provider: null, assume: {} });
  const single = join(folder, "marked.pdf");
  const lines = await writeAnnotatedCopies(desk, [await check(SAMPLE)], single);
  expect(lines).toEqual([`${SAMPLE}: 2 marks, written to ${single}`]);
  expect(readFileSync(single).subarray(0, 5).toString()).toBe("%PDF-");
  mkdirSync(join(folder, "other"));
  const second = join(folder, "other", "sample-paper.pdf");
  copyFileSync(SAMPLE, second);
  await writeAnnotatedCopies(desk, [await check(SAMPLE), await check(second)], join(folder, "all"));
  expect(readdirSync(join(folder, "all")).sort()).toEqual(["sample-paper-2.pdf", "sample-paper.pdf"]);
});

test("where no PDF was read, the person is told", async () => {
  expect(await writeAnnotatedCopies(desk, [], "nowhere.pdf")).toEqual(["--annotate: no PDF was read, so there is nothing to annotate"]);
});
