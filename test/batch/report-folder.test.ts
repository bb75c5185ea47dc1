import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { asideOf } from "../../src/batch/aside-files.ts";
import { writeReportFiles } from "../../src/batch/report-folder.ts";
import { toWireDocument } from "../../src/report/wire-report.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-folder-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TOOL = { name: "reckoner", version: "1.2.3", rules: "abc" } as const;

/** A document without claims, as JSON. */
const documentJson = (source: string): string =>
  JSON.stringify(toWireDocument({ source, sha256: null, status: "failed", problems: [], result: null }));

test("the files of the other thread keep the order of the documents, however far it lags behind", { timeout: 60_000 }, async () => {
  const out = join(folder, "many");
  // Long names, so that there are more pieces than may wait.
  const sources = Array.from({ length: 400 }, (_, index) => `${index}-${"x".repeat(100_000)}.txt`);
  const { made, files } = await writeReportFiles(out, TOOL, async (own, exports) => {
    for (const source of sources) await exports.add(documentJson(source));
    exports.finish();
    await own.put("index.html", "the page");
    return "done";
  });
  expect(made).toBe("done");
  expect([...files.keys()].sort()).toEqual(readdirSync(out).sort());
  const lines = readFileSync(join(out, "documents.jsonl"), "utf8").trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).source)).toEqual(sources);
  expect(JSON.parse(lines[0] ?? "").tool).toEqual(TOOL);
});

test("a file that the other thread cannot write is told as one of this thread, and the report that stands there stays", {
  timeout: 60_000,
}, async () => {
  const out = join(folder, "barred");
  const barred = asideOf(out, "junit.xml", process.pid);
  mkdirSync(barred, { recursive: true });
  writeFileSync(join(out, "index.html"), "an earlier page");
  const written = writeReportFiles(out, TOOL, async (own, exports) => {
    await exports.add(documentJson("a.txt"));
    exports.finish();
    await own.put("index.html", "the page");
  });
  await expect(written).rejects.toThrow(`${out}: the report cannot be written (there is a folder of that name)`);
  expect(readFileSync(join(out, "index.html"), "utf8")).toBe("an earlier page");
  rmSync(barred, { recursive: true });
  expect(readdirSync(out)).toEqual(["index.html"]);
});

test("work that breaks leaves nothing aside, and its error is its own", { timeout: 60_000 }, async () => {
  const out = join(folder, "broken");
  const written = writeReportFiles(out, TOOL, async (own) => {
    await own.put("index.html", "half a page");
    throw new RangeError("a fault of the work");
  });
  await expect(written).rejects.toThrow(RangeError);
  expect(readdirSync(out)).toEqual([]);
});
