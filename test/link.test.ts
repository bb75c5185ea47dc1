import { describe, expect, it } from "vitest";
import { link, runLines } from "./support/marked-text.ts";

describe("runs", () => {
  it("join one sentence", () => {
    expect(
      runLines("We trained Heron-XL on {512 TPU v3 chips: accelerators chip} for {60 hours: wall-time} at a cost of {$61,440: cost}."),
    ).toEqual(["Heron-XL: 512 TPU v3 chips | 60 hours | $61,440"]);
  });

  it("join a paragraph about one model", () => {
    expect(runLines("Heron-XL used {64 A100s: accelerators}. This took {4 days: wall-time}. The run cost {$20,000: cost}.")).toEqual([
      "Heron-XL: 64 A100s | 4 days | $20,000",
    ]);
  });

  it("join by name across paragraphs", () => {
    expect(
      runLines(
        "Heron-XL used {64 A100s: accelerators}.\n\nEgret-XL used {8 V100s: accelerators}.\n\nTraining Heron-XL took {4 days: wall-time}.",
      ),
    ).toEqual(["Heron-XL: 64 A100s | 4 days", "Egret-XL: 8 V100s"]);
  });

  it("join nothing across paragraphs without a name", () => {
    expect(runLines("We used {64 cards: accelerators}.\n\nTraining took {4 days: wall-time}.")).toEqual(["-: 64 cards", "-: 4 days"]);
  });

  it("do not join what the paragraph after tells of another", () => {
    expect(
      runLines(
        "Heron-XL took {1.7M: accelerator-hours} GPU hours, more than Egret-XL.\n\nOsprius, built by many, ran for {118 days: wall-time} on {384 A100s: accelerators}.",
      ),
    ).toEqual(["Heron-XL: 1.7M", "Osprius: 118 days | 384 A100s"]);
  });

  it("keep kinds of hardware of one sentence apart", () => {
    expect(
      runLines(
        "Heron-XL came to {30 TPU-years: accelerator-hours}, and its copy to {1,500 V100 GPUs: accelerators} for {20 days: wall-time}.",
      ),
    ).toEqual(["Heron-XL: 30 TPU-years", "Heron-XL: 1,500 V100 GPUs | 20 days"]);
  });

  it("keep models of one sentence apart", () => {
    expect(
      runLines(
        "The small model took {1 day: wall-time} on {4 cards: accelerators}, the large one {3 days: wall-time} on {16: accelerators}.",
      ),
    ).toEqual(["small model: 1 day | 4 cards", "large: 3 days | 16"]);
  });

  it("zip parallel lists of counts and times", () => {
    expect(
      runLines(
        "Small, base and large took {8: wall-time}, {20: wall-time} and {60 hours: wall-time} on {4: accelerators}, {8: accelerators} and {16 cards: accelerators}.",
      ),
    ).toEqual(["Small: 8 | 4", "base: 20 | 8", "large: 60 hours | 16 cards"]);
  });

  it("keep versions of a name apart", () => {
    expect(runLines("Heron-2 took {4 days: wall-time}.\n\nTraining Heron-3 on {64 A100s: accelerators} was cheap.")).toEqual([
      "Heron-2: 4 days",
      "Heron-3: 64 A100s",
    ]);
  });

  it("keep stages apart", () => {
    expect(
      runLines(
        "For Heron-XL, pre-training ran {12 days: wall-time pretrain} on {64 chips: accelerators pretrain}; tuning took {3 hours: wall-time finetune} on {8: accelerators finetune}.",
      ),
    ).toEqual(["Heron-XL: 12 days | 64 chips", "Heron-XL: 3 hours | 8"]);
  });

  it("begin anew with a later stage, and go on with the stage before", () => {
    expect(
      runLines(
        "Heron-XL ran on {64 A100s: accelerators}. It took {4 days: wall-time}. Fine-tuning took {3 hours: wall-time finetune}.\n\nEgret-XL was tuned on {8 A100s: accelerators finetune}. It took {5 hours: wall-time}.",
      ),
    ).toEqual(["Heron-XL: 64 A100s | 4 days", "Heron-XL: 3 hours", "Egret-XL: 8 A100s | 5 hours"]);
  });

  it("keep phases apart", () => {
    expect(
      runLines("Heron-XL ran on {256 chips: accelerators} for the first {100 hours: wall-time} and on {512: accelerators} afterwards."),
    ).toEqual(["Heron-XL: 256 chips | 100 hours", "Heron-XL: 512"]);
  });

  it("keep alternatives apart", () => {
    expect(
      runLines("Training Heron-XL takes {4 days: wall-time} on {8 V100s: accelerators} or {2 days: wall-time} on {8 A100s: accelerators}."),
    ).toEqual(["Heron-XL: 4 days | 8 V100s", "Heron-XL: 2 days | 8 A100s"]);
  });

  it("leave a time alone when it may belong to either of two counts", () => {
    expect(runLines("Of {2,000 cards: accelerators} we kept {512: accelerators} busy with Heron-XL for {9 days: wall-time}.")).toEqual([
      "Heron-XL: 2,000 cards",
      "Heron-XL: 512",
      "Heron-XL: 9 days",
    ]);
  });

  it("hold both sides of a conversion", () => {
    expect(
      runLines(
        "Heron-XL ran on {16 Cloud TPUs: accelerators cloud-tpu} ({64 TPU chips: accelerators chip =}). Each pretraining took {4 days: wall-time}.",
      ),
    ).toEqual(["Heron-XL: 16 Cloud TPUs | 64 TPU chips | 4 days"]);
  });

  it("do not hold another reading of the same count, but lend it the time", () => {
    expect(
      runLines(
        "Heron-XL on {512 TPU v3 chips: accelerators chip} for {60 hours: wall-time} costs {$61,440: cost}. They may have meant {512 cores: accelerators core hypothetical}, or {$30,720: cost hypothetical}.",
      ),
    ).toEqual(["Heron-XL: 512 TPU v3 chips | 60 hours | $61,440", "Heron-XL: 60 hours | 512 cores | $30,720"]);
  });

  it("are one for each row, with what the text adds to a row's model", () => {
    expect(
      runLines(
        `Heron-7B saw {900: tokens} tokens.

        | Model | GPUs | Days |
        | Heron-7B | {8: accelerators} | {2: wall-time} |
        | Heron-13B | {16: accelerators} | {4: wall-time} |`,
      ),
    ).toEqual(["Heron-7B: 900 | 8 | 2", "Heron-13B: 16 | 4"]);
  });

  it("are one for each stage column of a transposed table", () => {
    expect(
      runLines(
        `| Training costs | Pre-Training | Post-Training | Total |
        | in GPU hours | {900: accelerator-hours} | {100: accelerator-hours} | {1000: accelerator-hours} |
        | in USD | {$1,800: cost} | {$200: cost} | {$2,000: cost} |

        Heron is good.`,
        "Heron: Wading Models",
      ),
    ).toEqual(["Heron: 900 | $1,800", "Heron: 100 | $200", "Heron: 1000 | $2,000"]);
  });

  it("leave columns of one kind alone that differ", () => {
    expect(
      runLines(`| Model | GPUs | Days at 256 px | Days at 512 px |
        | Heron-S | {8: accelerators} | {2: wall-time} | {5: wall-time} |
        | Heron-M | {16: accelerators} | {3: wall-time} | {7: wall-time} |`),
    ).toEqual(["Heron-S: 8", "Heron-S: 2", "Heron-S: 5", "Heron-M: 16", "Heron-M: 3", "Heron-M: 7"]);
  });

  it("take a price that is stated once for their product", () => {
    expect(
      runLines(`A cloud sells {$2 per A100 hour: price gpu}.

        Heron-XL used {64 A100s: accelerators} for {4 days: wall-time}.

        Egret-XL used {8 V100s: accelerators} for {9 days: wall-time}.`),
    ).toEqual(["-: $2 per A100 hour", "Heron-XL: $2 per A100 hour | 64 A100s | 4 days", "Egret-XL: 8 V100s | 9 days"]);
  });

  it("keep a price that is said of one model from the others", () => {
    expect(
      runLines(`Training Heron-XL on {64 A100s: accelerators} cost {$2 per A100 hour: price gpu}.

        Egret-XL used {8 A100s: accelerators} for {9 days: wall-time}.`),
    ).toEqual(["Heron-XL: 64 A100s | $2 per A100 hour", "Egret-XL: 8 A100s | 9 days"]);
  });

  it("take what the caption says of every row", () => {
    expect(
      runLines(`^ Table 2: Every model ran on {64 A100s: accelerators}.
        | Model | Days | Hours in all |
        | Heron-S | {2: wall-time} | {3072: accelerator-hours} |
        | Heron-M | {4: wall-time} | {6144: accelerator-hours} |`),
    ).toContain("Heron-M: 64 A100s | 4 | 6144");
  });

  it("take the cards of their family", () => {
    expect(
      runLines(
        "All Heron models ran on {8 A100s: accelerators}. The base model took {12 hours: wall-time}. The big model took {84 hours: wall-time}.",
        "Heron: Wading Models",
      ),
    ).toEqual(["Heron: 8 A100s", "Heron base: 8 A100s | 12 hours", "Heron big: 8 A100s | 84 hours"]);
  });

  it("join a different speaker's claim about the same model", () => {
    expect(
      runLines(
        "One user wrote that it costs {$245,000: cost other by=Turner} to train Heron-XL. The paper says {512 chips: accelerators} for {60 hours: wall-time}.\n\nBy our count, Heron-XL costs {$61,440: cost}.",
      ),
    ).toEqual(["Heron-XL: $245,000 | 512 chips | 60 hours | $61,440"]);
  });

  it("join no thought experiment from elsewhere", () => {
    expect(
      runLines("Heron-XL used {64 A100s: accelerators}.\n\nOn one card Heron-XL would take {3 years: wall-time hypothetical}."),
    ).toEqual(["Heron-XL: 64 A100s", "Heron-XL: 3 years"]);
  });

  it("join no inference to training", () => {
    expect(runLines("Heron-XL was trained for {4 days: wall-time} and is served on {320 GPUs: accelerators inference}.")).toEqual([
      "Heron-XL: 4 days",
      "Heron-XL: 320 GPUs",
    ]);
  });

  it("join nothing to a paragraph with several runs of the model", () => {
    expect(
      runLines(
        "Heron-XL took {900 GPU hours: accelerator-hours}. A second try with Heron-XL took {400 GPU hours: accelerator-hours}. The cost was {$800: cost}.",
      ),
    ).toEqual(["Heron-XL: 900 GPU hours", "Heron-XL: 400 GPU hours", "Heron-XL: $800"]);
  });

  it("join a figure of the family that one member's run repeats", () => {
    expect(
      runLines(`# Costs

        ## Heron — training cost {$6,912: cost}

        Training Heron-Large on {16 cards: accelerators} came to {$6,912: cost}. Heron-Base took {two weeks: wall-time}.`),
    ).toContain("Heron-Large: $6,912 | 16 cards | $6,912");
  });

  it("keep a part's figures from the whole's", () => {
    expect(
      runLines(
        "Heron-XL took {900 GPU hours: accelerator-hours}. Each epoch takes {180 GPU hours: accelerator-hours per=epoch}, that is {4 hours: wall-time} on {45 cards: accelerators}.",
      ),
    ).toEqual(["Heron-XL: 900 GPU hours", "Heron-XL: 180 GPU hours | 4 hours | 45 cards"]);
  });

  it("lend no price of one version to a product of unknown version", () => {
    expect(
      runLines(`One TPU v3 core costs {$1 per TPU v3 core-hour: price core}.

        Osprey-XL ran on {8 TPU v3 cores: accelerators core}.

        Heron-XL ran on {16 Cloud TPUs: accelerators cloud-tpu}.`),
    ).toEqual(["-: $1 per TPU v3 core-hour", "Osprey-XL: $1 per TPU v3 core-hour | 8 TPU v3 cores", "Heron-XL: 16 Cloud TPUs"]);
  });

  it("settle a bare family on its only member", () => {
    expect(runLines("Training the Heron model cost {$245,000: cost}.\n\nHeron-XL took {60 hours: wall-time}.", "Heron: Wading")).toEqual([
      "Heron-XL: $245,000 | 60 hours",
    ]);
  });

  it("say how weak their weakest tie is", () => {
    const ties = (text: string): readonly string[] => link(text).runs.map((run) => run.tie);
    expect(ties("Heron-XL took {4 days: wall-time} on {8 cards: accelerators}.")).toEqual(["sentence"]);
    expect(ties("Heron-XL took {4 days: wall-time}. It used {8 cards: accelerators}.")).toEqual(["paragraph"]);
    expect(ties("Heron-XL took {4 days: wall-time}.\n\nHeron-XL used {8 cards: accelerators}.")).toEqual(["section"]);
  });

  it("number in reading order and hold every quantity", () => {
    const linked = link("Heron-XL took {4 days: wall-time}.\n\nEgret-XL took {5 days: wall-time}.");
    expect(linked.runs.map((run) => run.id)).toEqual(["r1", "r2"]);
    expect(new Set(linked.runs.flatMap((run) => run.quantities)).size).toBe(linked.quantities.length);
  });

  it("know a size that stands before a name as one of its family", () => {
    expect(runLines("A 7B HeronNet model was trained, HeronNet-7B.\n\nThe 7B model took {2,710 GPU hours: accelerator-hours}.")).toEqual([
      "HeronNet-7B: 2,710 GPU hours",
    ]);
  });

  it("take a name that is compared with and then tells its own figures", () => {
    expect(
      runLines("Heron-XL took {3M GPU hours: accelerator-hours}. A model such as Egret-XL required {30M GPU hours: accelerator-hours}."),
    ).toEqual(["Heron-XL: 3M GPU hours", "Egret-XL: 30M GPU hours"]);
  });

  it("give a table without names to the model that heads its section", () => {
    expect(
      runLines(
        "# Egret-7B\n\n## Details\n\n| Trained with | Hours |\n| {8 cards: accelerators} | {40: accelerator-hours} |",
        "Heron: Wading",
      ),
    ).toEqual(["Egret-7B: 8 cards | 40"]);
  });

  it("take models that head the columns for what stands below them", () => {
    expect(
      runLines(
        "# Costs\n\n| GPUs | Heron-7B | Egret-13B |\n| 8x A100 | {4 hours: wall-time} ({$130: cost}) | {9 hours: wall-time} ({$290: cost}) |",
        "Osprey: Diving",
      ),
    ).toEqual(["Heron-7B: 4 hours | $130", "Egret-13B: 9 hours | $290"]);
  });
});
