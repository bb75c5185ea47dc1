import { describe, expect, test } from "vitest";
import type { Role } from "../src/model/mention.ts";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** "wall-time 4: other GPT-2" for each figure of a paper in Markdown. */
async function rolesIn(paper: string): Promise<readonly string[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "paper.md", bytes: new TextEncoder().encode(paper), sha256: null };
  const { result } = await checkBytes(catalog, input, OPTIONS);
  if (result === null) throw new Error("the paper was not read");
  return result.extraction.mentions.map((mention) => {
    const told = result.linked.attachments.get(mention.id);
    const role: Role = told?.role ?? mention.role;
    return `${mention.kind} ${mention.value}: ${role} ${told?.subject ?? "-"}`;
  });
}

const HEAD = "# Heron: Wading Language Models\n\nWe present Heron, a family of language models. We train Heron-Base on 64 A100 GPUs.\n\n";

describe("whose figure it is", () => {
  test("that of a known model which others made is theirs", async () => {
    expect(await rolesIn(`${HEAD}BERT-Large was trained on 64 TPU v3 chips for 4 days.`)).toContain("wall-time 4: other BERT-Large");
  });

  test("that of a model which the authors trained anew is their own", async () => {
    const told = await rolesIn(`${HEAD}We also trained BERT-Large again. BERT-Large took 6 days on 8 A100 GPUs.`);
    expect(told).toContain("wall-time 6: own BERT-Large");
  });

  test("a row that cites its source is theirs, a row of the authors' own is not", async () => {
    const table = [
      "| Model | GPU hours | Days |",
      "| --- | --- | --- |",
      "| Egret-XL [12] | 9,000 | 12 |",
      "| Heron-Base | 4,000 | 3 |",
    ].join("\n");
    const told = await rolesIn(`${HEAD}The cost of training on A100 GPUs:\n\n${table}\n`);
    expect(told).toContain("accelerator-hours 9000: other Egret-XL");
    expect(told).toContain("accelerator-hours 4000: own Heron-Base");
  });

  test("nothing is others' where it is not known which model is the document's own", async () => {
    expect(await rolesIn("BERT-Large took 4 days, and GPT-2 took 7 days, on TPU v3 chips.")).toEqual([
      "wall-time 4: own BERT-Large",
      "wall-time 7: own GPT-2",
    ]);
  });
});

describe("the model of a size", () => {
  test("is the one that it is printed with", async () => {
    const told = await rolesIn(
      `${HEAD}Compared with T5 with 11 billion parameters, the 1.5-billion-parameter Heron trains in 3 days on 8 GPUs.`,
    );
    expect(told).toContain("parameters 1500000000: own Heron");
  });

  test("is the model that it is said of", async () => {
    const told = await rolesIn(`${HEAD}Heron-XL, a sparse language model with 90B total parameters, was trained for 3 days on 64 GPUs.`);
    expect(told).toContain("parameters 90000000000: own Heron-XL");
  });

  test("is that of a baseline by itself", async () => {
    const told = await rolesIn(`${HEAD}As a check we train a baseline model comprising 15B total parameters on 300B tokens.`);
    expect(told).toContain("tokens 300000000000: own 15B");
  });
});
