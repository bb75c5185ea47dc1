import { describe, expect, test } from "vitest";
import type { DocumentReport } from "../src/model/report.ts";
import type { Decision } from "../src/model/trace.ts";
import { withDecisions } from "../src/pipeline.ts";
import { traceJson, traceWords } from "../src/report/trace-words.ts";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { placesOf, traceOf } from "../src/why.ts";

const TEXT =
  "We trained Lark on 64 A100 GPUs for 6 days, 9,216 GPU hours in all, for $18,000. The party (of 7.5) took 12 days of leave, not 30 days.\n\nTraining Wren would need 300 GPU days.";

async function report(): Promise<DocumentReport> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "case.md", bytes: new TextEncoder().encode(TEXT), sha256: null };
  return checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
}

async function words(phrase: string, decisions?: readonly Decision[]): Promise<string> {
  const found = await report();
  const result =
    found.result === null
      ? null
      : { ...found.result, ...(decisions === undefined ? {} : { decisions: { numbers: [], mentions: decisions } }) };
  return traced(found, result, phrase);
}

/** The same with what the stages decided. */
async function reasons(phrase: string): Promise<string> {
  const [found, { catalog }] = [await report(), await openCatalog({ overlay: null })];
  const result = found.result === null ? null : withDecisions(catalog, found.result, placesOf(found.result.document, phrase));
  return traced(found, result, phrase);
}

function traced(found: DocumentReport, result: DocumentReport["result"], phrase: string): string {
  const trace = result === null ? null : traceOf(result, phrase);
  return traceWords([{ report: { ...found, result }, trace }], { color: false, width: 100, verbose: true });
}

describe("why", () => {
  test("a figure is told with what it was read as, tied to and compared with", async () => {
    const text = await words("9,216  gpu HOURS");
    expect(text).toMatch(/read as\s+accelerator-hours: 9216 accelerator-hour, by "unit"/);
    expect(text).toMatch(/model\s+\* 1 {2}Lark/);
    expect(text).toMatch(/product\s+\* 1 {2}A100/);
    expect(text).toMatch(/binding\s+\* 1 {2}accelerator-hours\/product/);
    expect(text).toMatch(/note consistent \(f\d+, accelerator-hours\/product, confidence/);
  });

  test("a phrase that holds a figure, or a part of one, finds it", async () => {
    expect(await words("for 6 days, 9,216")).toContain('"6 days"');
    expect(await words("216 GPU")).toContain('"9,216 GPU hours"');
  });

  test("why nothing is told: a premise, a plan", async () => {
    expect(await words("64 A100 GPUs")).toContain("judged by nothing itself");
    expect(await words("300 GPU days")).toMatch(/plan or a thought experiment/);
  });

  test("what was not read is told with its sentence and what was read beside it; what is nowhere, as such", async () => {
    const text = await words("The party (of");
    expect(text).toContain("no figure was read from it");
    expect(text).toMatch(/Read beside it: "64 A100 GPUs" \(m1, accelerators\)/);
    expect(await words("(of 7.5)")).toContain('(of 7.5)"  line 1');
    expect(await words("an albatross")).toContain("stands nowhere");
    expect(await words("  ")).toContain("stands nowhere");
  });

  test("decisions of the stages outdo what is put together", async () => {
    const found = (await report()).result?.extraction.mentions.find(({ text }) => text === "$18,000");
    if (found === undefined) throw new Error("the cost was not read");
    const candidates = [
      { choice: "Lark", score: 41, features: { "same clause": 1, distance: 3 } },
      { choice: "Wren", score: -7, features: {} },
    ];
    const text = await words("$18,000", [{ mention: found.id, decision: "model", candidates, chosen: null }]);
    expect(text).toMatch(/model\s+41 {2}Lark {2}\(same clause; distance 3\)/);
    expect(text).toContain("none was chosen");
    expect(text).not.toContain("tie sentence");
  });

  test("the same for programs", async () => {
    const found = await report();
    const trace = found.result === null ? null : traceOf(found.result, "6 days");
    const [document] = JSON.parse(traceJson([{ report: found, trace }])).documents;
    expect(document.mentions[0]).toMatchObject({ text: "6 days", line: 1, kind: "wall-time", unit: "day" });
    expect(document.mentions[0].decisions.map(({ decision }: Decision) => decision).slice(0, 5)).toEqual([
      "kind",
      "reading",
      "model",
      "product",
      "role",
    ]);
  });

  test("every decision of the stages is told with its candidates, their weights, and what was not chosen", async () => {
    const text = await reasons("6 days");
    expect(text).toMatch(/kind\s+\* \d+ {2}wall-time {2}\(/);
    expect(text).toMatch(/step-time {2}\(/);
    expect(text).toMatch(/model\s+\* \d+ {2}Lark {2}\(\S+ \+\d+/);
    expect(text).toMatch(/product\s+\* \d+ {2}A100/);
    expect(text).toMatch(/role\s+\* \d+ {2}own/);
    expect(text).toMatch(/-?\d+ {2}other {2}\(/);
  });

  test("the ways to work a figure out are told with how likely they are before and after", async () => {
    const text = await reasons("9,216 GPU hours");
    expect(text.replace(/\s+/g, " ")).toMatch(
      /\* prior [\d.]+%, agrees [\d.]+%, differs [\d.]+% "64 A100 GPUs" \(m1\) \* "6 days" \(m2\) = 9216 gpu-hour \(accelerator-hours\/product\)/,
    );
    expect(text).toContain("none of these");
  });

  test("a number that is no figure is told with what it could have been, or that it is denied", async () => {
    const text = await reasons("7.5");
    expect(text).toContain('"7.5" was taken for no figure.');
    expect(text).toMatch(/bare\s+\* -?\d+ {2}none {2}\(/);
    expect(text).toMatch(/taken over [+-]\d+/);
  });

  test("asking changes nothing: the decisions are those that the result came from", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    const { result } = await report();
    if (result === null) throw new Error("the text was not read");
    const whole = withDecisions(catalog, result, [{ start: 0, end: result.document.text.length }]);
    for (const mention of result.extraction.mentions) {
      const choice = (name: string) =>
        whole.decisions?.mentions.find(({ mention: id, decision }) => id === mention.id && decision === name);
      expect(choice("role")?.chosen ?? "own").toBe(mention.role);
      const subject = result.linked.attachments.get(mention.id)?.subject ?? "none";
      expect([choice("model")?.chosen ?? "none", mention.text]).toEqual([subject, mention.text]);
      const kinds = whole.decisions?.numbers.filter(({ span }) => span.start >= mention.span.start && span.end <= mention.span.end) ?? [];
      expect(kinds.map(({ chosen, weighing }) => chosen ?? weighing?.otherwise)).toContainEqual(expect.stringContaining(mention.kind));
    }
  });
});
