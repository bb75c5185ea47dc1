import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { XMLParser } from "fast-xml-parser";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { wireDocument } from "../../src/report/wire.ts";
import { runTool } from "../support/command.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const batch = (...words: readonly string[]) => runTool(folder, ["batch", "crane.txt", "stork, 2.txt", "empty.txt", ...words]);

/** Two that do not add up, one that does, and one of which nothing can be read. */
const CRANE =
  "We trained Crane on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.\n\nWe trained Ibis on 8 V100 GPUs for 2 days, which took 384 GPU-hours.\n";

beforeAll(() => {
  put("crane.txt", CRANE);
  put("stork, 2.txt", "We trained Stork on 8 V100 GPUs for 2 days, which took 768 GPU-hours.");
  put("empty.txt", "");
});

interface Row {
  readonly source: string;
  readonly verdict: string;
  readonly stated: number;
  readonly ratio: number | null;
  readonly page: number | null;
  readonly message: string;
}

/** The rows of the table as Parquet. */
async function parquetRows(name: string): Promise<readonly Row[]> {
  const bytes = readFileSync(join(folder, name));
  return (await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) })) as Row[];
}

interface SarifResult {
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

/** What the schema of the standard has against a log. */
function sarifFaults(log: unknown): readonly unknown[] {
  const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../fixtures/schemas/sarif-2.1.0.json"), "utf8"));
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv as never);
  const validate = ajv.compile(schema);
  validate(log);
  return validate.errors ?? [];
}

describe("the files of a report", () => {
  test("tell the same findings, each in its form", { timeout: 60_000 }, async () => {
    expect((await batch("--out", "all")).code).toBe(2);
    expect(readdirSync(join(folder, "all")).sort()).toEqual([
      ...[
        ".report.json",
        "documents.jsonl",
        "findings.csv",
        "findings.parquet",
        "findings.sarif",
        "index.html",
        "junit.xml",
        "reckoner.sqlite",
        "runs.csv",
        "runs.parquet",
      ],
    ]);
    const documents = read("all/documents.jsonl")
      .trim()
      .split("\n")
      .map((line) => wireDocument.parse(JSON.parse(line)));
    const findings = documents.flatMap((document) => document.findings.map((finding) => ({ document, finding })));
    expect(findings.length).toBeGreaterThan(3);
    const rows = await parquetRows("all/findings.parquet");
    expect(rows.map(({ source, verdict, stated, ratio, page, message }) => ({ source, verdict, stated, ratio, page, message }))).toEqual(
      findings.map(({ document, finding: { verdict, stated, ratio, page, message } }) => ({
        ...{ source: document.source, verdict, stated: stated.value, ratio, page, message },
      })),
    );
    expect(read("all/findings.csv").trim().split("\r\n")).toHaveLength(findings.length + 1);
    const [run] = JSON.parse(read("all/findings.sarif")).runs;
    const flagged = findings.filter(({ finding }) => finding.verdict !== "consistent");
    expect(run.results.map((result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints["reckoner/v1"])).toEqual(
      flagged.map(({ finding }) => finding.fingerprint),
    );
    for (const [index, { document, finding }] of flagged.entries()) {
      const { locations, ruleIndex } = run.results[index];
      const { index: artifact, uri } = locations[0].physicalLocation.artifactLocation;
      expect(run.artifacts[artifact].location.uri).toBe(uri);
      expect(decodeURIComponent(uri)).toBe(document.source);
      expect(run.tool.driver.rules[ruleIndex].id).toBe(finding.rule);
    }
    expect(run.invocations[0].executionSuccessful).toBe(false);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(read("all/junit.xml"));
    expect(testsuites.testsuite).toMatchObject([
      { name: "crane.txt", tests: "3", failures: "1", errors: "0" },
      { name: "stork, 2.txt", tests: "1", failures: "1", errors: "0" },
      { name: "empty.txt", tests: "1", failures: "0", errors: "1" },
    ]);
  });

  test("hold names of files and words of papers whatever they are", { timeout: 60_000 }, async () => {
    const names = ['quo"te, a.txt', "line\nfeed.txt", "<b>&amp;%0A.txt", "ünï — ①.txt"];
    mkdirSync(join(folder, "odd"));
    for (const [index, name] of names.entries()) put(`odd/${name}`, CRANE.replaceAll("Crane", `Crane-${index}`));
    // Other systems take no name that is not text.
    const hasBytes = process.platform === "linux";
    if (hasBytes) writeFileSync(Buffer.concat([Buffer.from(join(folder, "odd/")), Buffer.from([0xff]), Buffer.from(".txt")]), CRANE);
    const run = await runTool(folder, ["batch", "odd", "--out", "odd-report"]);
    expect({ code: run.code, err: run.err }).toEqual({ code: hasBytes ? 2 : 1, err: "" });
    const sources = names.map((name) => `odd/${name}`).sort();
    const documents = read("odd-report/documents.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(documents.filter(({ status }) => status === "checked").map(({ source }) => source)).toEqual(sources);
    const lost = documents.filter(({ status }) => status === "failed").map(({ problems }) => problems[0].message);
    expect(lost).toEqual(hasBytes ? [expect.stringContaining("a name that is not valid UTF-8 cannot be opened")] : []);
    const rows = await parquetRows("odd-report/findings.parquet");
    expect([...new Set(rows.map(({ source }) => source))]).toEqual(sources);
    const table = read("odd-report/findings.csv");
    for (const source of sources)
      expect(table).toContain(/[",\n]/.test(source) ? `\r\n"${source.replaceAll('"', '""')}",` : `\r\n${source},`);
    const log = JSON.parse(read("odd-report/findings.sarif"));
    expect(sarifFaults(log)).toEqual([]);
    const uris = log.runs[0].results.map((result: SarifResult) => result.locations[0]?.physicalLocation.artifactLocation.uri ?? "");
    expect([...new Set(uris.map(decodeURIComponent))]).toEqual(sources);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(read("odd-report/junit.xml"));
    expect(testsuites.testsuite).toHaveLength(documents.length);
    expect(read("odd-report/index.html").replaceAll("<wbr>", "")).toContain("&lt;b&gt;&amp;amp;%0A.txt");
  });

  test("publish what a person has decided, and nothing without decisions", { timeout: 60_000 }, async () => {
    await batch("--out", "reviewed");
    expect(readdirSync(join(folder, "reviewed"))).not.toContain("claimreview.json");
    const [crane, stork] = read("reviewed/documents.jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).findings.find((finding: { verdict: string }) => finding.verdict === "inconsistent"));
    const by = { author: "Ada", at: "2026-01-02" };
    put(
      "reviews.json",
      JSON.stringify([
        { fingerprint: crane.fingerprint, decision: "confirmed", ...by },
        { fingerprint: stork.fingerprint, decision: "fine", ...by },
      ]),
    );
    const run = await batch("--out", "reviewed", "--reviews", "reviews.json");
    expect(run.err).toBe("reckoner: 1 finding is in the baseline, reviewed or suppressed, and not shown\n");
    expect(run.out).toContain("1 could not be read, 1 flagged (1 error, 0 warnings)");
    const published = JSON.parse(read("reviewed/claimreview.json"));
    expect(published.map((entry: { reviewRating: { alternateName: string } }) => entry.reviewRating.alternateName)).toEqual([
      ...["Does not add up", "Fine"],
    ]);
    expect(read("reviewed/index.html")).toContain("9,000 GPU-hours");
    expect(read("reviewed/index.html")).not.toContain("768 GPU-hours");
    // Without decisions, none of an earlier report stay published.
    await batch("--out", "reviewed");
    expect(readdirSync(join(folder, "reviewed"))).not.toContain("claimreview.json");
  });
});

describe("findings that are known, in a batch", () => {
  test("a baseline is the report of a check, or the documents of a batch", { timeout: 60_000 }, async () => {
    await batch("--out", "before");
    const known = await batch("--out", "after", "--baseline", "before/documents.jsonl");
    expect(known.err).toBe("reckoner: 2 findings are in the baseline, reviewed or suppressed, and not shown\n");
    expect(known.out).toContain("1 could not be read, 0 flagged (0 errors, 0 warnings)");
    for (const name of ["findings.csv", "findings.sarif", "junit.xml", "index.html", "documents.jsonl"])
      expect(read(`after/${name}`)).not.toContain("does not agree with");
    await runTool(folder, ["check", "crane.txt", "--format", "json", "-o", "crane.json"]);
    put("crane.txt", `${CRANE}\n\nWe trained Egret on 4 V100 GPUs for 1 day, which took 960 GPU-hours.`);
    const more = await batch("--out", "more", "--baseline", "crane.json");
    expect(more.out).toContain("1 could not be read, 2 flagged (2 errors, 0 warnings)");
    expect(read("more/index.html")).toContain("960 GPU-hours");
    put("crane.txt", CRANE);
  });

  test("a suppression lets pass one finding, also where no report is written, and is told when it meets none", {
    timeout: 60_000,
  }, async () => {
    await batch("--out", "first");
    const [{ findings }] = read("first/documents.jsonl")
      .split("\n")
      .map((line) => JSON.parse(line || "null"));
    const { fingerprint } = findings.find((finding: { verdict: string }) => finding.verdict === "inconsistent");
    put(
      "let.yaml",
      `- { fingerprint: ${fingerprint}, reason: corrected in print }\n- { fingerprint: 0123456789abcdef, reason: long gone }\n`,
    );
    const run = await batch("--store", "let.sqlite", "--suppressions", "let.yaml");
    expect(run.err).toBe(
      "reckoner: 1 finding is in the baseline, reviewed or suppressed, and not shown\n" +
        "reckoner: suppression 0123456789abcdef (long gone) meets no finding; take it out\n",
    );
    expect(run.out).toContain("1 could not be read, 1 flagged (1 error, 0 warnings)");
  });

  test("lists that cannot be used are told before anything is checked", { timeout: 60_000 }, async () => {
    for (const [words, message] of [
      [["--baseline", "crane.txt"], "reckoner: crane.txt: not a report of reckoner"],
      [["--baseline", "gone.jsonl"], "reckoner: gone.jsonl: no such file"],
      [["--reviews", "gone.json"], "reckoner: gone.json: no such file"],
    ] as const) {
      const { code, out, err } = await batch("--out", "none", ...words);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err.startsWith(message), err).toBe(true);
    }
  });
});

test("a column of nothing has no total that could be wrong", async () => {
  put("zero.md", "| | Hours | Emissions (t) |\n|---|---|---|\n| Heron 8B | 100 | 0 |\n| Heron 70B | 200 | 0 |\n| Total | 300 | 0 |\n");
  const { out } = await runTool(folder, ["check", "zero.md", "--format", "json"]);
  const [document] = JSON.parse(out).documents;
  expect(wireDocument.parse(document).findings.map(({ stated }) => stated.value)).toEqual([300]);
});

test("a batch lists what its papers tell differently, where it is asked to", { timeout: 60_000 }, async () => {
  const paper = (days: string): string => `We trained Plover-Large on 512 TPU v3 chips for 500K steps, which took ${days} days.\n`;
  put("v1.txt", paper("2.5"));
  put("v2.txt", paper("5.5"));
  const words = ["batch", "v1.txt", "v2.txt", "--out", "across"];
  const asked = await runTool(folder, [...words, "--across"]);
  expect(asked.code).toBe(0);
  const lines =
    '\nAcross documents\n  Plover-Large, wall-time: "2.5 days" (v1.txt, line 1), "5.5 days" (v2.txt, line 1); 2.2 times apart\n' +
    "  1 run told by several documents: 2 figures alike, 1 drifts.\n";
  expect(asked.out.endsWith(lines), asked.out).toBe(true);
  expect(read("across/across.csv").trim().split("\r\n")).toHaveLength(3);
  expect(read("across/index.html")).toContain('<section id="across">');
  expect((await runTool(folder, ["batch", "v1.txt", "v2.txt", "--store", "across.sqlite", "--across"])).out.endsWith(lines)).toBe(true);
  expect((await runTool(folder, words)).out).not.toContain("Across");
  expect(readdirSync(join(folder, "across"))).not.toContain("across.csv");
});
