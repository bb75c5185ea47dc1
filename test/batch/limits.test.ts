import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { checkedPaper } from "../../src/batch/checked-paper.ts";
import { failedDocument } from "../../src/batch/failed-document.ts";
import { openResultStore } from "../../src/store/result-store.ts";
import { putPapers, runTool } from "../support/command.ts";
import { paper, pdfOf } from "../support/odd-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-limits-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Status and first problem of each document of a report. */
function outcomes(report: string): Readonly<Record<string, string>> {
  const lines = readFileSync(join(folder, report, "documents.jsonl"), "utf8")
    .trim()
    .split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const { source, status, problems } = JSON.parse(line);
      return [source, [status, ...problems.map(({ code }: { code: string }) => code)].join(" ")];
    }),
  );
}

/** A page of a few kilobytes that becomes hundreds of megabytes. */
function bomb(): Uint8Array {
  const page = deflateSync(Buffer.alloc(400 * 1024 * 1024, "0 0 m ")).toString("hex");
  return pdfOf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
    `<< /Length ${page.length + 1} /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n${page}>\nendstream`,
  ]);
}

test("a paper that takes too much time or memory is listed, the others are checked, and larger limits try it again", {
  timeout: 300_000,
}, async () => {
  putPapers(join(folder, "in"), 4);
  mkdirSync(join(folder, "in", "large"));
  writeFileSync(join(folder, "in", "large", "slow.pdf"), await paper(120));
  const words = ["batch", "in/large", "in/*-[02].txt", "--out", "report", "--jobs", "2", "--fail-level", "never"];
  const hasty = await runTool(folder, [...words, "--timeout", "2"]);
  expect(hasty.code, hasty.err).toBe(2);
  expect(outcomes("report")).toEqual({
    "in/large/slow.pdf": "failed too-slow",
    "in/paper-0.txt": "checked",
    "in/paper-2.txt": "checked",
  });
  const again = await runTool(folder, [...words, "--timeout", "2"]);
  expect(again.out).toContain("3 documents: 0 checked now, 3 known; 1 could not be read");
  const patient = await runTool(folder, [...words, "--timeout", "150"]);
  expect(patient.code, patient.err).toBe(0);
  expect(patient.out).toContain("3 documents: 1 checked now, 2 known; 0 could not be read");
  writeFileSync(join(folder, "in", "large", "bomb.pdf"), bomb());
  const small = await runTool(folder, [...words, "--timeout", "150", "--max-memory", "150"]);
  expect(small.code, small.err).toBe(2);
  expect(outcomes("report")).toMatchObject({ "in/large/bomb.pdf": "failed out-of-memory", "in/paper-0.txt": "checked" });
});

test("what may be gone the next time is kept, and checked again all the same", async () => {
  const limits = { seconds: 60, megabytes: 512 };
  const store = await openResultStore({ kind: "file", path: join(folder, "passing.sqlite"), shown: "passing.sqlite" });
  try {
    writeFileSync(join(folder, "odd.txt"), "We trained Crane on 8 V100 GPUs for 2 days.");
    let checks = 0;
    const check = async (code: "internal" | "encrypted"): Promise<boolean> => {
      const document = failedDocument("odd.txt", code, null);
      const pool = { close: () => undefined, check: async () => document };
      const open = async () => {
        checks += 1;
        return pool;
      };
      const options = { priceDate: null, provider: null, assume: {} };
      const known = (await store.inputs(["odd.txt"], limits)).get("odd.txt");
      const place = { path: "odd.txt", location: join(folder, "odd.txt") };
      return (await checkedPaper({ store, pool: open, edition: "1", options, limits }, place, known)).document !== null;
    };
    expect([await check("internal"), await check("internal"), await check("encrypted"), await check("encrypted")]).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(checks).toBe(3);
  } finally {
    await store.close();
  }
});
