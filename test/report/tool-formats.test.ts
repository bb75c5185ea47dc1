import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { XMLParser } from "fast-xml-parser";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import type { DocumentReport, Report } from "../../src/model/report.ts";
import { withoutAccepted } from "../../src/report/accepted.ts";
import { FINDING_COLUMNS, FINDING_NUMBERS, type FindingRow, findingRows } from "../../src/report/finding-table.ts";
import { startParquet } from "../../src/report/parquet.ts";
import { renderReport } from "../../src/report/render.ts";
import { toWireReport } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const PAPER = "Lark-7B took 64 A100 GPUs for 12 days, which is 21,504 GPU-hours.\n\nThe hall has a PUE of 0.8, 100% of it: a, b.";
const TERMINAL = { color: false, width: 100, verbose: false };
const UNREAD: DocumentReport = {
  source: "gone.pdf",
  sha256: null,
  status: "failed",
  problems: [{ code: "not-found", source: "gone.pdf", page: null, detail: null }],
  result: null,
};

async function report(text = PAPER, documents: readonly DocumentReport[] = [UNREAD]): Promise<Report> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "draft, v2.md", bytes: new TextEncoder().encode(text), sha256: "0".repeat(64) };
  const checked = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  return { tool: { name: "reckoner", version: "0.0.0", rules: "none" }, documents: [checked, ...documents] };
}

async function fingerprints(text: string): Promise<readonly string[]> {
  return toWireReport(await report(text, [])).documents.flatMap((document) => document.findings.map((finding) => finding.fingerprint));
}

describe("SARIF", () => {
  test("is valid by the schema of its standard", async () => {
    const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../fixtures/schemas/sarif-2.1.0.json"), "utf8"));
    const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
    addFormats.default(ajv as never);
    const log = JSON.parse(await renderReport("sarif", await report(), TERMINAL));
    const validate = ajv.compile(schema);
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    const [run] = log.runs;
    expect(run.results.map((result: { ruleId: string; level: string }) => `${result.level} ${result.ruleId}`)).toEqual([
      "warning accelerator-hours/product",
      "error bound/pue",
    ]);
    expect(run.results[0].locations[0].physicalLocation.region.startLine).toBe(1);
    expect(run.invocations[0].toolExecutionNotifications[0].message.text).toContain("gone.pdf");
  });
});

describe("JUnit", () => {
  test("has a suite for each document, with what failed and what could not be read", async () => {
    const xml = await renderReport("junit", await report(), TERMINAL);
    const tree = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(xml);
    const [draft, gone] = tree.testsuites.testsuite;
    expect(draft).toMatchObject({ name: "draft, v2.md", failures: "2", errors: "0" });
    expect(gone).toMatchObject({ name: "gone.pdf", errors: "1" });
  });

  test("leaves out characters that XML does not have", async () => {
    const xml = await renderReport("junit", await report("Lark\u0001 took 64 A100 GPUs for 12 days, which is 21,504 GPU-hours."), TERMINAL);
    expect(xml).not.toContain("\u0001");
  });
});

describe("Parquet", () => {
  test("has every row, however many there are, in groups that a reader takes one by one", { timeout: 60_000 }, async () => {
    const [row] = toWireReport(await report(PAPER, [])).documents.flatMap(findingRows);
    const rows = Array.from(
      { length: 45_000 },
      (_, index) => ({ ...row, line: index, subject: index % 3 === 0 ? null : `Lark-${index}` }) as FindingRow,
    );
    const table = startParquet({ columns: FINDING_COLUMNS, numbers: FINDING_NUMBERS });
    const pieces = [rows.slice(0, 10), rows.slice(10, 10), rows.slice(10, 30_000), rows.slice(30_000)].map((some) => table.add(some));
    expect(pieces[1]).toHaveLength(0);
    const file = Buffer.concat([...pieces, table.end()]);
    const { buffer } = new Uint8Array(file);
    expect(parquetMetadata(buffer).row_groups.length).toBeGreaterThan(1);
    expect(await parquetReadObjects({ file: buffer })).toEqual(rows);
    const empty = startParquet({ columns: FINDING_COLUMNS, numbers: FINDING_NUMBERS });
    expect(await parquetReadObjects({ file: new Uint8Array(empty.end()).buffer })).toEqual([]);
  });
});

describe("GitHub annotations", () => {
  test("are a line each, escaped", async () => {
    const lines = (await renderReport("github", await report(), TERMINAL)).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^::warning file=draft%2C v2\.md,line=1,title=accelerator-hours\/product::64 A100 GPUs × 12 days is 18,432 GPU hours; the page says 21,504/,
    );
    expect(lines[2]).toMatch(/^::error file=gone\.pdf,title=not-found::/);
  });
});

describe("HTML", () => {
  test("is one page of its own", async () => {
    const page = await renderReport("html", await report(), TERMINAL);
    expect(page).toContain("21,504 GPU-hours");
    expect(page).not.toMatch(/(?:src|href)="https?:/);
  });
});

describe("ClaimReview", () => {
  test("holds what a person has confirmed, and nothing else", async () => {
    const whole = await report();
    const [first] = toWireReport(whole).documents[0]?.findings ?? [];
    const reviews = [
      { fingerprint: first?.fingerprint ?? "", decision: "confirmed" as const, reason: "", author: "Ada", at: "2026-01-02" },
    ];
    expect(JSON.parse(await renderReport("claimreview", whole, TERMINAL))).toEqual([]);
    const entries = JSON.parse(await renderReport("claimreview", whole, TERMINAL, reviews));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ "@type": "ClaimReview", author: { name: "Ada" }, reviewRating: { ratingValue: 1 } });
  });
});

describe("fingerprints", () => {
  test("stay when text is inserted or flows anew", async () => {
    const before = await fingerprints(PAPER);
    expect(await fingerprints(`A paragraph about birds.\n\n${PAPER}`)).toEqual(before);
    expect(await fingerprints(PAPER.replace("for 12 days", "for\n12 days"))).toEqual(before);
  });

  test("tell equal findings apart, and change with the claim", async () => {
    const [first] = PAPER.split("\n\n");
    const twice = await fingerprints(`${first}\n\n${first}`);
    expect(new Set(twice).size).toBe(twice.length);
    expect(await fingerprints(PAPER.replace("21,504", "21,505"))).not.toEqual(await fingerprints(PAPER));
  });

  test("take accepted findings out of a report, and nothing that adds up", async () => {
    const whole = await report(PAPER, []);
    const [hours, pue] = toWireReport(whole).documents[0]?.findings ?? [];
    const sifted = withoutAccepted(whole, new Set([hours?.fingerprint ?? "", "0000000000000000"]));
    expect([...sifted.used]).toEqual([hours?.fingerprint]);
    expect(toWireReport(sifted.report).documents[0]?.findings.map(({ rule }) => rule)).toEqual([pue?.rule]);
  });
});
