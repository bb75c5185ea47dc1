import { afterAll, expect, test } from "vitest";
import { DocumentDesk } from "../../src/isolate/document-desk.ts";
import type { DocumentReport } from "../../src/model/report.ts";
import { readPdf } from "../../src/read/pdf/read-pdf.ts";
import { problemWords } from "../../src/report/problem-words.ts";
import { lockedPdf, paper, pdfOf, scan } from "../support/odd-pdf.ts";

/** Files that break readers, each made here; a good one is read after each. */
const LIMITS = { seconds: 60, megabytes: 900 };
const OPTIONS = { priceDate: null, provider: null, assume: {} };

const desk = new DocumentDesk({ jobs: 1, megabytes: LIMITS.megabytes, rules: null }, LIMITS);
afterAll(() => desk.close());

function check(bytes: Uint8Array, source: string, limits = LIMITS): Promise<DocumentReport> {
  return desk.check({ source, content: { kind: "bytes", bytes, sha256: null } }, OPTIONS, limits);
}

async function readOne(bytes: Uint8Array): Promise<DocumentReport> {
  const result = await check(bytes, "odd.pdf");
  const next = await check(await paper(1), "good.pdf");
  expect(next.problems).toEqual([]);
  expect(next.result?.document.text).toContain("run 40 took 3 days");
  return result;
}

function codes({ problems }: DocumentReport): readonly string[] {
  return problems.map((problem) => problem.code);
}

test("a file that is cut off is read as far as it goes", async () => {
  const whole = await paper(30);
  const result = await readOne(whole.slice(0, Math.floor(whole.length * 0.6)));
  expect(codes(result)).toContain("truncated");
  expect(result.result?.document.text).toContain("On page 2 of the report");
}, 60_000);

test("a file with a password is named as such", async () => {
  const bytes = lockedPdf();
  expect(codes(await readOne(bytes))).toEqual(["encrypted"]);
}, 60_000);

test("a page tree that contains itself, and a table of places that points at itself, end", async () => {
  const tree = pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]);
  const started = performance.now();
  const result = await readOne(tree);
  expect(result.result).toBeNull();
  expect(codes(result).length).toBeGreaterThan(0);
  const text = new TextDecoder().decode(pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"]));
  const place = text.slice(text.indexOf("startxref") + 10).split("\n", 1)[0];
  const table = new TextEncoder().encode(text.replace("/Root 1 0 R", `/Root 1 0 R /Prev ${place}`));
  const looped = await readOne(table);
  expect(looped.result).toBeNull();
  expect(codes(looped).length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(2 * LIMITS.seconds * 1000);
}, 90_000);

test("a report of 450 pages is read whole", async () => {
  const { document, problems } = await readPdf(await paper(450), "report.pdf");
  expect(problems).toEqual([]);
  expect(document?.pages.length).toBe(450);
  expect(document?.text).toContain("On page 450 of the report, line 39");
}, 120_000);

test("pictures of pages, a text named .pdf and an empty file each have their own problem", async () => {
  expect(codes(await readOne(await scan()))).toEqual(["no-text-layer"]);
  expect(codes(await readOne(new TextEncoder().encode("<article>We used 8 GPUs.</article>")))).toEqual(["not-a-pdf"]);
  expect(codes(await readOne(new Uint8Array()))).toEqual(["empty-file"]);
  expect(codes(await readOne(new TextEncoder().encode("%PDF-1.7\n and nothing more")))).toEqual(["truncated"]);
}, 60_000);

test("a file that takes too long is stopped, and the next one is read", async () => {
  const slow = await check(await paper(450), "slow.pdf", { ...LIMITS, seconds: 0.05 });
  expect(slow.problems).toEqual([{ code: "too-slow", source: "slow.pdf", page: null, detail: "0.05 s" }]);
  expect(slow.result).toBeNull();
  expect((await check(await paper(1), "good.pdf")).status).toBe("checked");
}, 60_000);

test("each problem reaches the report as a sentence, and the status says how much was read", async () => {
  const whole = await paper(12);
  const partial = await check(whole.slice(0, Math.floor(whole.length * 0.7)), "cut.pdf");
  expect(partial.status).toBe("partial");
  const scanned = await check(await scan(), "scan.pdf");
  expect(scanned.status).toBe("failed");
  expect(scanned.problems.map(problemWords)).toEqual([
    "scan.pdf: no text layer, only pictures of pages; run OCR first, for example with ocrmypdf",
  ]);
}, 60_000);
