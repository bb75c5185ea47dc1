import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { checkAgainstSources } from "../../src/pipeline.ts";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const OPTIONS = { priceDate: "2019-07", provider: null, assume: {} };

async function against(article: string, paper: string) {
  const { catalog } = await openCatalog({ overlay: null });
  const read = async (source: string, text: string) => {
    const report = await checkBytes(catalog, { source, bytes: new TextEncoder().encode(text), sha256: null }, OPTIONS);
    if (report.result === null) throw new Error(`${source} was not read`);
    return report.result;
  };
  const result = checkAgainstSources(catalog, await read("article.txt", article), [await read("paper.txt", paper)], OPTIONS);
  const wire = toWireDocument({ source: "article.txt", sha256: null, status: "checked", problems: [], result });
  return { findings: result.checked.findings, wire };
}

const PAPER = "Kestrel: a language model\n\nWe train Kestrel-Large on 512 TPU v3 chips for 500K steps, which takes about 2.5 days.";

const line = (finding: Finding) => `${finding.severity} ${finding.verdict} ${finding.rule} ${finding.stated.value}`;

describe("an article against the paper it talks about", () => {
  test("what the article lacks is taken from the paper", async () => {
    const { findings, wire } = await against("A tweet says that it costs $245,000 to train Kestrel-Large.", PAPER);
    expect(findings.map(line)).toEqual(["warning inconsistent money/run-cost 245000"]);
    const [finding] = wire.findings;
    expect(finding?.cause?.factor).toBe(4);
    expect(finding?.message).toContain("512 TPU v3 chips (paper.txt, line 3) × about 2.5 days (paper.txt, line 3)");
  });

  test("mentions of the paper that a finding rests on are told with their source", async () => {
    const { wire } = await against("A tweet says that it costs $245,000 to train Kestrel-Large.", PAPER);
    expect(wire.mentions.map(({ text, source }) => [text, source])).toEqual([
      ["$245,000", null],
      ["512 TPU v3 chips", "paper.txt"],
      ["about 2.5 days", "paper.txt"],
    ]);
  });

  test("a figure that both state must be the same", async () => {
    const same = await against("Kestrel-Large took 2.5 days on 512 TPU v3 chips.", PAPER);
    expect(same.findings.map(line)).toEqual(["note consistent pair/same 2.5", "note consistent pair/same 512"]);
    const other = await against("Kestrel-Large took 4 days on 512 TPU v3 chips.", PAPER);
    expect(other.findings.map(line)).toEqual(["warning inconsistent pair/same 4", "note consistent pair/same 512"]);
  });

  test("the hours of phases add up, and their counts are not to be merged", async () => {
    const phases = "Heron\n\nHeron-90B was trained on 2048 TPU v4 chips for 500 hours and 1024 TPU v4 chips for 300 hours.";
    const right = await against("Training Heron-90B takes 1.33 million TPU v4 chip-hours.", phases);
    expect(right.findings.map(line)).toEqual(["note consistent accelerator-hours/phases 1330000"]);
    const wrong = await against("Training Heron-90B takes 1.64 million TPU v4 chip-hours.", phases);
    expect(wrong.findings.map(line)).toEqual(["error inconsistent accelerator-hours/phases 1640000"]);
    expect(wrong.wire.findings[0]?.cause?.diagnosis).toBe("phases-merged");
  });

  test("another model of the paper says nothing", async () => {
    const { findings } = await against("Wren-Large took 9 days on 64 TPU v3 chips.", PAPER);
    expect(findings).toEqual([]);
  });

  test("a count and a time that are rounded otherwise agree by their product", async () => {
    const { findings } = await against(
      "Lark-175B took 33 days on 1024 A100 GPUs.",
      "Lark\n\nWe trained Lark-175B on 992 A100 GPUs for 34 days.",
    );
    expect(findings.filter((finding) => finding.severity !== "note")).toEqual([]);
  });
});
