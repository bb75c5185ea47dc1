import { describe, expect, it } from "vitest";
import { extractMentions } from "../src/extract/extract-mentions.ts";
import { readDocument } from "../src/read/read-document.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

/** One line for each figure of a Markdown text: "batch 16 sequence per accelerator". */
async function figuresIn(markdown: string): Promise<readonly string[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const { document } = await readDocument(new TextEncoder().encode(markdown), "table.md");
  if (document === null) throw new Error("the table was not read");
  return extractMentions(catalog, document).mentions.map(
    ({ kind, value, unit, per }) => `${kind} ${value} ${unit}${per === null ? "" : ` per ${per}`}`,
  );
}

describe("figures in cells", () => {
  it("have thousands grouped by spaces", async () => {
    expect(await figuresIn("| | heron-base | heron-large |\n|---|---|---|\n| steps | 508 976 | 8 428 012 |\n| epochs | 1 | 4 |")).toEqual([
      "steps 508976 step",
      "steps 8428012 step",
      "epochs 1 epoch",
      "epochs 4 epoch",
    ]);
  });

  it("say for one of what they are", async () => {
    expect(await figuresIn("| | |\n|---|---|\n| **Batch size** | 16 per GPU |\n| Updates | 200,000 |")).toEqual([
      "batch 16 sequence per accelerator",
      "steps 200000 step",
    ]);
  });

  it("are no money where the cost is told in operations", async () => {
    expect(await figuresIn("| Name | Training cost (petaFLOP-day) | Time |\n|---|---|---|\n| Heron | 9 | 3 days |")).toEqual([
      "flop 9 petaflop/s-day",
      "wall-time 3 day",
    ]);
  });

  it("are sizes under short heads", async () => {
    expect(await figuresIn("| Model | nparams | Training time |\n|---|---|---|\n| Heron S | 125M | 3 days |")).toEqual([
      "parameters 125000000 parameter",
      "wall-time 3 day",
    ]);
  });

  it("are under heads whose words are joined by capitals, and under units of which a letter is left", async () => {
    expect(await figuresIn("| Model | NumParams | Throughput (T/s) |\n|---|---|---|\n| Heron S | 6640000000 | 77360 |")).toEqual([
      "parameters 6640000000 parameter",
      "throughput 77360 token/s",
    ]);
    expect(await figuresIn("| Model | gpuHours | Throughput (T/s/GPU) |\n|---|---|---|\n| Heron S | 3600 | 9670 |")).toEqual([
      "accelerator-hours 3600 accelerator-hour",
      "throughput 9670 token/s/accelerator",
    ]);
  });
});
