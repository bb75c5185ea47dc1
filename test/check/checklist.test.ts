import { describe, expect, test } from "vitest";
import { withChecklist } from "../../src/pipeline.ts";
import { renderReport } from "../../src/report/render.ts";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

async function checklist(text: string): Promise<Readonly<Record<string, string>>> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "paper.md", bytes: new TextEncoder().encode(text), sha256: null };
  const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (result === null) throw new Error("the text was not read");
  const wire = toWireDocument({
    source: "paper.md",
    sha256: null,
    status: "checked",
    problems: [],
    result: withChecklist(catalog, result),
  });
  const [run] = wire.checklist ?? [];
  return Object.fromEntries((run?.facts ?? []).map(({ fact, status, detail }) => [fact, `${status} ${detail}`.trim()]));
}

describe("checklist", () => {
  test("stated, derivable and missing facts of a run", async () => {
    const facts = await checklist("We train Lark-7B in bf16 on 64 A100 GPUs for 12 days on 1.4T tokens.");
    expect(facts).toMatchObject({
      accelerator: 'stated "A100", line 1',
      "number of accelerators": 'stated "64 A100 GPUs", line 1',
      "training time": 'stated "12 days", line 1',
      "accelerator-hours": 'derivable 18,432 GPU hours, from "64 A100 GPUs", "12 days"',
      precision: 'stated "bf16", line 1',
      parameters: 'stated "Lark-7B", line 1',
      PUE: "missing",
      price: "missing",
    });
  });

  test("the count that trained is the larger one", async () => {
    const facts = await checklist("Lark-7B runs on a single GPU.\n\nWe trained Lark-7B on 64 A100 GPUs for 12 days.");
    expect(facts["number of accelerators"]).toBe('stated "64 A100 GPUs", line 3');
  });

  test("what can run on one GPU was not trained on it", async () => {
    const facts = await checklist("Training Lark-7B took 80,000 A100 GPU hours.\n\nLark-7B can be run on a single GPU.");
    expect(facts).toMatchObject({ "accelerator-hours": 'stated "80,000 A100 GPU hours", line 1', "number of accelerators": "missing" });
  });

  test("the fullest account comes first, and the size that is told most often", async () => {
    const facts = await checklist(`Lark is a model with 175B parameters.

We train Lark with 175B parameters on 1024 A100 GPUs for 34 days, at 140 teraFLOP/s per GPU.

An ablation of Lark used 1536 GPUs. A baseline of Lark has 16B parameters.`);
    expect(facts).toMatchObject({
      "number of accelerators": 'stated "1024 A100 GPUs", line 3',
      parameters: 'stated "175B parameters", line 1',
      utilization: 'derivable 0.449, from "140 teraFLOP/s per GPU"',
    });
  });

  test("a text without a run has none", async () => {
    expect(await checklist("Transformers have 12 layers and are widely used.")).toEqual({});
  });

  test("what is told of one name in several places is of one training", async () => {
    const facts = await checklist(`# Lark

Lark was trained on 16 Cloud TPUs. Lark saw 2 trillion tokens.

## Fine-tuning

Fine-tuning Lark for questions takes 3 epochs.

## Appendix

Training of Lark took 4 days.`);
    expect(facts).toMatchObject({
      "number of accelerators": 'stated "16 Cloud TPUs", line 3',
      "training time": 'stated "4 days", line 11',
    });
  });

  test("many documents give a table, in the terminal and as CSV", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    const texts = ["Lark-7B was trained on 64 A100 GPUs for 12 days.", "Nothing was trained."];
    const documents = await Promise.all(
      texts.map(async (text, index) => {
        const input = { source: `${index}.md`, bytes: new TextEncoder().encode(text), sha256: null };
        const read = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
        return read.result === null ? read : { ...read, result: withChecklist(catalog, read.result) };
      }),
    );
    const report = { tool: { name: "reckoner", version: "0", rules: "" } as const, documents };
    const lines = (await renderReport("csv", report, { color: false, width: 100, verbose: false })).split("\r\n");
    expect(lines[0]).toMatch(/^document,run,accelerator,"accelerator: where, or from what",number of accelerators,/);
    expect(lines[1]).toMatch(/^0\.md,Lark-7B,stated,/);
    expect(lines[2]).toMatch(/^1\.md,,,/);
    const page = await renderReport("pretty", report, { color: false, width: 100, verbose: false });
    expect(page).toMatch(/All runs\n +a b c .*\n {2}0\.md {2}Lark-7B {2}\+ \+ \+ = - /);
  });
});
