import { expect, test } from "vitest";
import type { ReadResult } from "../../src/model/document.ts";
import { problemWords } from "../../src/report/problem-words.ts";
import { checkBytes, USUAL_LIMITS } from "../../src/store/checked-input.ts";
import { openPdfReader } from "../../src/store/pdf-process.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { lockedPdf, paper, pdfOf, scan } from "../support/odd-pdf.ts";

/** Files that break readers, each made here; a good one is read after each, by the same thread. */
const LIMITS = { seconds: 20, megabytes: 900 };

async function readOne(bytes: Uint8Array): Promise<ReadResult> {
  const reader = openPdfReader(LIMITS);
  try {
    const result = await reader.read(bytes, "odd.pdf");
    const next = await reader.read(await paper(1), "good.pdf");
    expect(next.problems).toEqual([]);
    expect(next.document?.text).toContain("run 40 took 3 days");
    return result;
  } finally {
    await reader.close();
  }
}

function codes(result: ReadResult): readonly string[] {
  return result.problems.map((problem) => problem.code);
}

test("a file that is cut off is read as far as it goes", async () => {
  const whole = await paper(30);
  const result = await readOne(whole.slice(0, Math.floor(whole.length * 0.6)));
  expect(codes(result)).toContain("truncated");
  expect(result.document?.text).toContain("On page 2 of the report");
}, 60_000);

test("a file with a password is named as such", async () => {
  const bytes = lockedPdf();
  expect(codes(await readOne(bytes))).toEqual(["encrypted"]);
}, 60_000);

test("a page tree that contains itself, and a table of places that points at itself, end", async () => {
  const tree = pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]);
  const started = performance.now();
  const result = await readOne(tree);
  expect(result.document).toBeNull();
  expect(codes(result).length).toBeGreaterThan(0);
  const text = new TextDecoder().decode(pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"]));
  const place = text.slice(text.indexOf("startxref") + 10).split("\n", 1)[0];
  const table = new TextEncoder().encode(text.replace("/Root 1 0 R", `/Root 1 0 R /Prev ${place}`));
  const looped = await readOne(table);
  expect(looped.document).toBeNull();
  expect(codes(looped).length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(2 * LIMITS.seconds * 1000);
}, 90_000);

test("a report of 450 pages is read whole", async () => {
  const result = await readOne(await paper(450));
  expect(result.problems).toEqual([]);
  expect(result.document?.pages.length).toBe(450);
  expect(result.document?.text).toContain("On page 450 of the report, line 39");
}, 120_000);

test("pictures of pages, a text named .pdf and an empty file each have their own problem", async () => {
  expect(codes(await readOne(await scan()))).toEqual(["no-text-layer"]);
  expect(codes(await readOne(new TextEncoder().encode("<article>We used 8 GPUs.</article>")))).toEqual(["not-a-pdf"]);
  expect(codes(await readOne(new Uint8Array()))).toEqual(["empty-file"]);
  expect(codes(await readOne(new TextEncoder().encode("%PDF-1.7\n and nothing more")))).toEqual(["truncated"]);
}, 60_000);

test("a file that takes too long is stopped, and the next one is read", async () => {
  const reader = openPdfReader({ seconds: 0.05, megabytes: 900 });
  const slow = await reader.read(await paper(450), "slow.pdf");
  await reader.close();
  expect(codes(slow)).toEqual(["too-slow"]);
  expect(slow.document).toBeNull();
}, 60_000);

test("each problem reaches the report as a sentence, and the status says how much was read", async () => {
  const { catalog } = await openCatalog({ overlay: null });
  const options = { priceDate: null, provider: null, assume: {} };
  const check = (source: string, bytes: Uint8Array) => checkBytes(catalog, { source, bytes, sha256: null }, options, USUAL_LIMITS);
  const whole = await paper(12);
  const partial = await check("cut.pdf", whole.slice(0, Math.floor(whole.length * 0.7)));
  expect(partial.status).toBe("partial");
  const scanned = await check("scan.pdf", await scan());
  expect(scanned.status).toBe("failed");
  expect(scanned.problems.map(problemWords)).toEqual([
    "scan.pdf: no text layer, only pictures of pages; run OCR first, for example with ocrmypdf",
  ]);
}, 60_000);
