import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { ProblemCode } from "../../src/model/problem.ts";
import { findingMessage } from "../../src/report/message.ts";
import { problemWords } from "../../src/report/problem-words.ts";
import { type Format, renderReport } from "../../src/report/render.ts";
import { reportSubject } from "../../src/report/report-subject.ts";
import { wireReport } from "../../src/report/wire.ts";
import { about, documentReport, failedDocument, figure, inconsistent, reportOf, untested, unverifiable } from "./sample-report.ts";

const plain = { color: false, width: 90, verbose: false };

async function render(format: Format, findings: readonly Finding[]): Promise<string> {
  return renderReport(format, reportOf(findings), plain);
}

function message(finding: Finding): string {
  const { result } = documentReport([finding]);
  if (result === null) throw new Error("the sample has a result");
  return findingMessage(reportSubject(result), finding);
}

describe("messages", () => {
  test("inconsistent: the premises, the result, the slip, the other reading", () => {
    expect(message(inconsistent)).toBe(
      "128 TPU v3 chips × 96 hours × $2 per chip-hour is $24,576; the page says $98,304. Off by exactly 4: a price per 4-chip device was charged per chip. (If 128 counts cores: $12,288.)",
    );
  });

  test("a quoted speaker and a correction in the document are named", () => {
    if (inconsistent.verdict !== "inconsistent") throw new Error("wrong sample");
    const finding: Finding = { ...inconsistent, cause: null, speaker: "Roe", correctedBy: inconsistent.premises[0] ?? null };
    expect(message(finding)).toBe(
      '128 TPU v3 chips × 96 hours × $2 per chip-hour is $24,576; Roe says $98,304. The stated figure is 4 times that. (If 128 counts cores: $12,288.) The document itself gives "128 TPU v3 chips" (line 4).',
    );
  });

  test("depends: which reading fits and which does not", () => {
    if (inconsistent.verdict !== "inconsistent") throw new Error("wrong sample");
    const [chips, , devices] = inconsistent.outcomes;
    if (chips === undefined || devices === undefined) throw new Error("wrong sample");
    const finding: Finding = { ...inconsistent, verdict: "depends", outcomes: [chips, { ...devices, admissible: true }] };
    expect(message(finding)).toContain("if 128 counts devices ($98,304), but not if 128 counts chips ($24,576).");
  });

  test("unverifiable: what is missing, and which value would do", () => {
    expect(message(unverifiable)).toBe(
      '"$10k" cannot be checked: the number of GPU hours is not given. 4,000 GPU hours would make it true; 64 GPUs for 64 hours would give $10,240.',
    );
  });

  test("untested: how wide the bands are, and what they hold; never that it agrees", () => {
    expect(message(untested)).toBe(
      '"$98,304" is plausible, but not tested: the prices of the time span a factor of 15. With "128 TPU v3 chips" for "4 days", taking $1 to $15 per chip-hour (list prices) it would be $12,288 to $184,320.',
    );
    if (untested.verdict !== "untested") throw new Error("wrong sample");
    expect(message({ ...untested, steps: [], power: 2.7 })).toContain("so rough that a factor of 2.7 would pass");
    expect(message({ ...untested, power: Infinity })).toContain("could hardly speak against it");
  });

  test("exactly is said of what is exact", () => {
    if (inconsistent.verdict !== "inconsistent") throw new Error("wrong sample");
    expect(message({ ...inconsistent, ratio: 4.05 })).toContain("Off by about 4:");
    const rounded = { ...inconsistent.stated, low: 98_000, high: 99_000 };
    expect(message({ ...inconsistent, stated: rounded })).toContain("Off by about 4:");
  });

  test("impossible and malformed", () => {
    const stated = figure(140, "percent");
    const impossible: Finding = {
      ...about("f3", "m1", stated),
      verdict: "impossible",
      bound: { name: "utilization", limit: figure(100, "percent"), source: "a device cannot exceed its peak" },
      outcomes: [],
    };
    expect(message(impossible)).toBe('"$98,304" cannot be: the limit of utilization is 100% (a device cannot exceed its peak).');
    const malformed: Finding = {
      ...about("f4", "m1", stated),
      verdict: "malformed",
      repair: figure(3.1e21, "flop"),
      reason: "missing-exponent-mark",
      confirmed: true,
    };
    expect(message(malformed)).toBe(
      '"$98,304" cannot be what was meant: the mark of the exponent is missing; 3.1 × 10²¹ FLOP fits the other figures.',
    );
  });
});

describe("formats", () => {
  test("json keeps the published contract, for failed documents too", async () => {
    const report = { ...reportOf([inconsistent, unverifiable]), documents: [documentReport([inconsistent, unverifiable]), failedDocument] };
    const parsed = wireReport.parse(JSON.parse(await renderReport("json", report, plain)));
    expect(parsed.summary).toEqual({
      documents: 2,
      failed: 1,
      findings: { consistent: 0, untested: 0, depends: 0, inconsistent: 1, impossible: 0, malformed: 0, unverifiable: 1 },
    });
    const [finding] = parsed.documents[0]?.findings ?? [];
    expect(finding).toMatchObject({
      line: 3,
      page: null,
      ratio: 4,
      recomputed: { value: 24_576 },
      quote: "The bill for Vela came to $98,304, the lab says.",
    });
    expect(finding?.steps[2]).toEqual({
      text: "128 chips × 96 hours × $2 per chip-hour = $24,576",
      from: ["m2", "m3", "m4"],
      source: "https://vendor.example/tpu",
    });
  });

  test("an end without a limit is null in json", async () => {
    if (inconsistent.verdict !== "inconsistent") throw new Error("wrong sample");
    const open: Finding = { ...inconsistent, recomputed: { ...inconsistent.recomputed, high: Infinity } };
    expect(wireReport.parse(JSON.parse(await render("json", [open]))).documents[0]?.findings[0]?.recomputed?.high).toBeNull();
  });

  test("jsonl has one line for each document", async () => {
    const text = await renderReport("jsonl", { ...reportOf([]), documents: [documentReport([]), failedDocument] }, plain);
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).source),
    ).toEqual(["summer.txt", "scan.pdf"]);
  });

  test("what was not tested is listed apart, counted apart, and flagged nowhere", async () => {
    const pretty = await render("pretty", [untested]);
    expect(pretty).toContain("Too loosely given to test (1)");
    expect(pretty).not.toMatch(/adds? up/i);
    expect(await render("markdown", [untested])).toContain("1 claim: 0 checked, 0 flagged, 1 plausible but not tested");
    const { documents, summary } = wireReport.parse(JSON.parse(await render("json", [untested])));
    expect(summary.findings.untested).toBe(1);
    expect(documents[0]?.coverage).toEqual({ claims: 1, checked: 0, untested: 1, unverifiable: 0 });
    expect(documents[0]?.findings[0]).toMatchObject({ verdict: "untested", strength: null, confidence: 0.98, recomputed: { low: 12_288 } });
    expect(await render("markdown", [untested])).toContain("Nothing was flagged.");
    expect(await render("github", [untested])).toBe("");
    expect(JSON.parse(await render("sarif", [untested])).runs[0].results).toEqual([]);
    expect(await render("junit", [untested])).toContain("<skipped");
    expect(await render("html", [untested])).toContain('data-verdict="untested"');
  });

  test("csv quotes what needs quotes", async () => {
    const [head, row] = (await render("csv", [inconsistent])).split("\r\n");
    expect(head?.split(",")).toHaveLength(19);
    expect(row).toContain('summer.txt,A costly summer,,3,inconsistent,error,0.98,money/run-cost,Vela,,"$98,304",98304,USD,24576,USD,4,');
    expect(row).toContain("is $24,576; the page says $98,304.");
  });

  test("markdown can be pasted: quote, place, working, sources", async () => {
    const text = await render("markdown", [inconsistent]);
    expect(text).toContain("> The bill for Vela came to **\\$98,304**, the lab says. (line 3)");
    expect(text).toContain("Working: 128 chips × 96 hours × \\$2 per chip-hour = \\$24,576.");
    expect(text).toContain("<https://vendor.example/tpu>");
  });

  test("pretty begins with a sentence, shows the readings and the working, and no line is too wide", async () => {
    const text = await renderReport("pretty", reportOf([inconsistent, unverifiable]), { ...plain, width: 60 });
    expect(text).toContain("128 counts devices  $98,304  fits, but is not what is");
    expect(text).toContain("= 128 chips × 96 hours × $2 per chip-hour = $24,576");
    expect(text).toMatch(/^One of two claims does not add up: the page says \$98,304,\nand its other figures give \$24,576\.\n/);
    expect(text).toMatch(/Does not add up \(1\)\n {2}summer\.txt:3:27 {2}128 TPU v3 chips/);
    expect(text).toContain("Cannot be checked (1)\n  summer.txt:6:20");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(text).not.toContain("\u001b");
  });

  test("color is used only when asked for", async () => {
    expect(await renderReport("pretty", reportOf([inconsistent]), { ...plain, color: true })).toContain("\u001b[");
  });

  test("a document without claims is not said to pass", async () => {
    const text = await render("pretty", []);
    expect(text).toMatch(/^Neither of the two claims found can be checked\./);
    expect(text).toContain('summer.txt:3:27  "$98,304": nothing was found in the text to test it by.');
    expect(await render("markdown", [])).toContain("6 figures found, no claim that could be checked");
  });
});

describe("problems", () => {
  const codes: readonly ProblemCode[] = ["not-found", "encrypted", "no-text-layer", "not-utf8", "too-large", "internal", "bad-rules"];
  test.each(codes)("%s says what, where and what to do in one lower-case line", (code) => {
    const words = problemWords({ code, source: "a.pdf", page: null, detail: null });
    expect(words).toMatch(/^a\.pdf: [a-z]/);
    expect(words).not.toMatch(/\n|\.$/);
  });

  test("the page and the detail are told", () => {
    expect(problemWords({ code: "page-without-text", source: "a.pdf", page: 7, detail: null })).toMatch(/^a\.pdf page 7: /);
    expect(problemWords({ code: "not-utf8", source: "-", page: null, detail: "byte 3" })).toBe(
      "standard input: text is not valid UTF-8 (byte 3); save it as UTF-8",
    );
  });
});
