import { describe, expect, it } from "vitest";
import { attachmentLines } from "./support/marked-text.ts";

describe("the model of a figure", () => {
  it("is the one named in its clause", () => {
    expect(
      attachmentLines(
        "Heron-Base took {8 days: wall-time} on {4 V100s: accelerators}, while Heron-Large ran {20 days: wall-time} on {16 A100s: accelerators}.",
      ),
    ).toEqual([
      "8 days: Heron-Base on V100",
      "4 V100s: Heron-Base on V100",
      "20 days: Heron-Large on A100",
      "16 A100s: Heron-Large on A100",
    ]);
  });

  it("is zipped from parallel lists", () => {
    expect(
      attachmentLines(
        "Heron-Small, Heron-Base and Heron-Large took {8: wall-time}, {20: wall-time} and {60 hours: wall-time}, respectively.",
      ),
    ).toEqual(["8: Heron-Small", "20: Heron-Base", "60 hours: Heron-Large"]);
  });

  it("is the one at the same place of those that the sentence names before", () => {
    expect(
      attachmentLines(
        "The Heron-7B run took {3 days: wall-time} and Heron-13B {5 days: wall-time}: {4,608: accelerator-hours} and {7,680 GPU hours: accelerator-hours}.",
      ),
    ).toEqual(["3 days: Heron-7B", "5 days: Heron-13B", "4,608: Heron-7B", "7,680 GPU hours: Heron-13B on GPU"]);
  });

  it("stands after the figure where the words say so", () => {
    expect(
      attachmentLines(
        "GPU hours: {900: accelerator-hours} for Heron-XL, {300: accelerator-hours} for Heron-Base and {80: accelerator-hours} for Heron-Tiny.",
      ),
    ).toEqual(["900: Heron-XL", "300: Heron-Base", "80: Heron-Tiny"]);
  });

  it("stands after the hardware of the figure", () => {
    expect(
      attachmentLines("It took {20 minutes: wall-time} on 64 chips for Heron-8B and {6 hours: wall-time} on 512 chips for Heron-540B."),
    ).toEqual(["20 minutes: Heron-8B", "6 hours: Heron-540B"]);
  });

  it("is not the one it is only compared with", () => {
    expect(
      attachmentLines("Heron-XL needed {3 days: wall-time}. With the same tokenizer as XLNet, it then ran for {2 hours: wall-time}."),
    ).toEqual(["3 days: Heron-XL", "2 hours: Heron-XL"]);
  });

  it("is the subject of the sentence before a pronoun, whatever is abbreviated in it", () => {
    expect(
      attachmentLines(
        "Heron-XL ran on 48 nodes for {40 hours: wall-time}. Egret-XL had half as many, i.e. 24 of them. It ran for {30 hours: wall-time}.",
      ),
    ).toEqual(["40 hours: Heron-XL", "30 hours: Egret-XL"]);
  });

  it("is not the one it was made from or is as good as", () => {
    expect(
      attachmentLines("Heron-XL is a fine-tuned version of lab/Egret-7B, trained for {3 days: wall-time}.", "Heron: Models That Wade"),
    ).toEqual(["3 days: Heron-XL"]);
    expect(attachmentLines("Heron-XL follows the XLNet architecture. The run took {4 days: wall-time}.")).toEqual(["4 days: Heron-XL"]);
    expect(attachmentLines("Heron-XL surpasses the strength of XLNet after {4 days: wall-time}.")).toEqual(["4 days: Heron-XL"]);
    expect(
      attachmentLines(
        "Our best model, Heron-XL, outperforms all open ones, reaching 99.3% of the performance level of XLNet while only requiring {24 hours: wall-time} of finetuning on {a single GPU: accelerators}.",
      ),
    ).toEqual(["24 hours: Heron-XL", "a single GPU: Heron-XL on GPU"]);
    expect(
      attachmentLines("We took a 30B language model to XLNet level at home.\n\n8x H100 did the training in {18 days: wall-time}."),
    ).toEqual(["18 days: 30B on H100"]);
  });

  it("is no number of steps", () => {
    expect(attachmentLines("Heron-XL warms up for 10k steps, and 1.5M total iterations took {3 days: wall-time}.")).toEqual([
      "3 days: Heron-XL",
    ]);
  });

  it("is the compared one in a clause that goes on about it", () => {
    expect(
      attachmentLines("Our Heron-XL is smaller than GPT-2, which was trained for {7 days: wall-time other}.", "Heron: Wading"),
    ).toEqual(["7 days: GPT-2"]);
  });

  it("is the model of the sentence before", () => {
    expect(attachmentLines("We pretrained Heron-XL from scratch. This took {4 days: wall-time}.")).toEqual(["4 days: Heron-XL"]);
  });

  it("is the one of a heading that names others in brackets only", () => {
    expect(
      attachmentLines(`# Costs

        ## Heron-XL (after Egret-XL and Osprey-XL)

        Training lasted {4 days: wall-time}.`),
    ).toEqual(["4 days: Heron-XL"]);
  });

  it("is no corpus that is told by its size", () => {
    expect(attachmentLines("A 416M model was trained on OspreyNet 10B tokens for {4 days: wall-time}.")).toEqual(["4 days: 416M"]);
  });

  it("is the model of the heading while its topic is open", () => {
    expect(
      attachmentLines(`# Costs

        ## Heron-XL

        Training lasted {4 days: wall-time}.

        ## Egret-XL

        Training lasted {6 days: wall-time}.`),
    ).toEqual(["4 days: Heron-XL", "6 days: Egret-XL"]);
  });

  it("is the model of the title where no other is spoken of", () => {
    expect(attachmentLines("Training lasted {4 days: wall-time}.\n\nHeron is good.", "Heron: Wading Models")).toEqual(["4 days: Heron"]);
  });

  it("is a member of the family for a size or variant phrase", () => {
    expect(
      attachmentLines(
        `When training our 65B model, we see {380: throughput}.

        The Heron was trained in two sizes. The base model took {1 day: wall-time}, the big one {3 days: wall-time}.

        We also released Heron-65B.`,
        "Heron: Wading Models",
      ),
    ).toEqual(["380: Heron-65B", "1 day: Heron base", "3 days: Heron big"]);
  });

  it("is the authors' own in a clause in which they speak of themselves", () => {
    expect(
      attachmentLines(
        "GPT-2 took {7 days: wall-time other}, whereas we needed {2 days: wall-time}.\n\nHeron is good.",
        "Heron: Wading Models",
      ),
    ).toEqual(["7 days: GPT-2", "2 days: Heron"]);
  });

  it("is the authors' own where the sentence before tells of another", () => {
    const rest = "We then ran for {2 days: wall-time}.\n\nHeron is good.";
    expect(attachmentLines(`GPT-2 has many layers. ${rest}`, "Heron: Wading Models")).toEqual(["2 days: Heron"]);
  });

  it("is the document's own where the words say our model", () => {
    expect(
      attachmentLines(
        "From its logs, we take that GPT-2 ran for {7 days: wall-time other}. In all, we spent {2 months: wall-time} on our models.\n\nHeron is good.",
        "Heron: Wading Models",
      ),
    ).toEqual(["7 days: GPT-2", "2 months: Heron"]);
  });

  it("is the smaller or the larger of two", () => {
    expect(
      attachmentLines(
        "We train Heron-7B and Heron-13B. The smaller model took {9 days: wall-time}, the larger one {21 days: wall-time}.",
        "Heron: Wading",
      ),
    ).toEqual(["9 days: Heron-7B", "21 days: Heron-13B"]);
  });

  it("is the authors' own that the heading names", () => {
    expect(
      attachmentLines(
        `# HeronKit

        ## Wren-Small

        We trained it for {12 hours: wall-time}.`,
        "HeronKit",
      ),
    ).toEqual(["12 hours: Wren-Small"]);
  });

  it("is the one that a line of changes starts from", () => {
    expect(
      attachmentLines(`| Model | Data | Hours |
        | Heron-S | 16GB | {20: wall-time} |
        | + more data | 160GB | {60: wall-time} |`),
    ).toEqual(["20: Heron-S", "60: Heron-S"]);
  });

  it("is what heads the column, whatever words stand in the rows", () => {
    expect(
      attachmentLines(`| | heron-base-nl | heron-large-nl |
        | machines | two | three |
        | epochs | {1: epochs} | {4: epochs} |
        | batch size | {16: batch} | {2: batch} |`),
    ).toEqual(["1: heron-base-nl", "4: heron-large-nl", "16: heron-base-nl", "2: heron-large-nl"]);
  });

  it("is the one that the words before a list name", () => {
    expect(
      attachmentLines(`# From Heron to Egret

        Before it came (Heron-Small, 2018):

        - Time: {4 days: wall-time}

        - Chips: {16 A100s: accelerators}

        After it came (Egret-Small, 2020):

        - Time: {9 days: wall-time}`),
    ).toEqual(["4 days: Heron-Small on A100", "16 A100s: Heron-Small on A100", "9 days: Egret-Small on A100"]);
  });

  it("is the former or the latter of two", () => {
    expect(
      attachmentLines("We compare Heron-XL and Egret-XL. The former took {2 days: wall-time}, the latter {6 days: wall-time}."),
    ).toEqual(["2 days: Heron-XL", "6 days: Egret-XL"]);
  });

  it("is one of two that the text only counts off, where nothing else says that they are names", () => {
    expect(
      attachmentLines(
        "Dabchick and Moorhen differ in depth only. The former took {2 days: wall-time}; for the latter we needed {6 days: wall-time}.",
      ),
    ).toEqual(["2 days: Dabchick", "6 days: Moorhen"]);
  });

  it("is what the text has called so", () => {
    expect(
      attachmentLines(
        "Heron-XL, the teacher, was trained for {9 days: wall-time}. Its student, Egret, needed {3 days: wall-time}. The teacher cost {$90,000: cost}.",
      ),
    ).toEqual(["9 days: Heron-XL", "3 days: Egret", "$90,000: Heron-XL"]);
  });

  it("is the older or the newer of two versions", () => {
    expect(
      attachmentLines(
        "Heron 3 was cheaper to train than Heron 2. The old model took {9 days: wall-time}, the new one {4 days: wall-time}.",
      ),
    ).toEqual(["9 days: Heron 2", "4 days: Heron 3"]);
  });

  it("is each of the sizes that a family is listed in", () => {
    expect(
      attachmentLines("We train Heron in three sizes. The 2B, 6B and 9B took {3: wall-time}, {5: wall-time} and {8 days: wall-time}."),
    ).toEqual(["3: Heron-2B", "5: Heron-6B", "8 days: Heron-9B"]);
  });

  it("is a thing that is told by a letter", () => {
    expect(attachmentLines("Variant A ran for {3 days: wall-time}. Variant B took {5 days: wall-time}.")).toEqual([
      "3 days: Variant A",
      "5 days: Variant B",
    ]);
  });

  it("follows a list of names, whatever sum stands behind the figures", () => {
    expect(
      attachmentLines(
        "We train Heron-XL and Egret-XL. These took {1,500: accelerator-hours} and {4,200 GPU-hours: accelerator-hours}, together {5,700 GPU-hours: accelerator-hours}.",
      ).slice(0, 2),
    ).toEqual(["1,500: Heron-XL", "4,200 GPU-hours: Egret-XL on GPU"]);
  });

  it("is not who has trained it, nor where", () => {
    expect(
      attachmentLines("People at the University of Wexmoor have trained a speech model, Dabchick. It took {19 days: wall-time}."),
    ).toEqual(["19 days: Dabchick"]);
  });

  it("is not a benchmark that bears a name", () => {
    expect(attachmentLines("Heron wins the GPT-2 benchmark after {9 hours: wall-time}.", "Heron: Wading Models")).toEqual([
      "9 hours: Heron",
    ]);
  });

  it("is the label of the row", () => {
    expect(
      attachmentLines(
        `| Model | GPU | GPU hours | Days |
        | Heron 7B | A100 | {900: accelerator-hours} | {2: wall-time} |
        | Heron 13B |  | {1900: accelerator-hours} | {4: wall-time} |
        | Total |  | {2800: accelerator-hours} |  |`,
        "Heron: Wading Models",
      ),
    ).toEqual(["900: Heron 7B on A100", "2: Heron 7B on A100", "1900: Heron 13B on A100", "4: Heron 13B on A100", "2800: Heron on A100"]);
  });

  it("is the label of the column in a transposed table", () => {
    expect(
      attachmentLines(`| | Heron-S | Heron-L |
        | Number of GPUs | {8: accelerators} | {64: accelerators} |
        | Training time | {2 days: wall-time} | {9 days: wall-time} |`),
    ).toEqual(["8: Heron-S", "64: Heron-L", "2 days: Heron-S", "9 days: Heron-L"]);
  });

  it("is the document's where rows are told apart by hardware only", () => {
    expect(
      attachmentLines(
        `| Cards | Days | Cost |
        | A100 80GB | {2: wall-time} | {$900: cost} |
        | 4x V100 | {5: wall-time} | {$700: cost} |

        Heron is good.`,
        "Heron: Wading Models",
      ),
    ).toEqual(["2: Heron on A100-80GB", "$900: Heron on A100-80GB", "5: Heron on V100", "$700: Heron on V100"]);
  });

  it("is a member of the family where the row's label is a bare size", () => {
    expect(
      attachmentLines(
        `| Size | Chips | Days |
        | {7B: parameters} | {64: accelerators} | {2: wall-time} |
        | {13B: parameters} | {128: accelerators} | {3: wall-time} |

        Heron-7B and Heron-13B are good.`,
        "Heron: Wading Models",
      ),
    ).toEqual(["7B: Heron-7B", "64: Heron-7B", "2: Heron-7B", "13B: Heron-13B", "128: Heron-13B", "3: Heron-13B"]);
  });
});

describe("the hardware of a figure", () => {
  it("is named in its sentence, or before for the same model", () => {
    expect(attachmentLines("Heron-XL ran on {64 A100s: accelerators}. It took {4 days: wall-time}.")).toEqual([
      "64 A100s: Heron-XL on A100",
      "4 days: Heron-XL on A100",
    ]);
  });

  it("does not pass from one model to another", () => {
    expect(
      attachmentLines(
        "Heron-XL ran on {64 A100s: accelerators}.\n\nEgret-XL ran on {8 V100s: accelerators}. Osprey-XL took {4 days: wall-time}.",
      ),
    ).toEqual(["64 A100s: Heron-XL on A100", "8 V100s: Egret-XL on V100", "4 days: Osprey-XL"]);
  });

  it("is the caption's", () => {
    expect(
      attachmentLines(`^ Table 1: Cost of our models using A100 cards.
        | Model | Hours |
        | Heron-S | {20: wall-time} |`),
    ).toEqual(["20: Heron-S on A100"]);
  });

  it("follows parallel lists", () => {
    expect(attachmentLines("We assume {28: flop-rate} and {15 TFLOPS: flop-rate} for A100 and V100 GPUs.")).toEqual([
      "28: - on A100",
      "15 TFLOPS: - on V100",
    ]);
  });

  it("is the one behind the figure where a cell tells of several", () => {
    expect(
      attachmentLines(`| Model | Compute |
        | Heron | 7B: {3,000: accelerator-hours} hours on A100; 13B: {9,000: accelerator-hours} hours on H100 |`),
    ).toEqual(["3,000: Heron on A100", "9,000: Heron on H100"]);
  });

  it("is no GPU of what is counted in TPUs", () => {
    expect(
      attachmentLines(
        "Heron-XL came to {30 TPU-years: accelerator-hours}, and its copy to {1,500 V100 GPUs: accelerators} for {20 days: wall-time}.",
      ),
    ).toEqual(["30 TPU-years: Heron-XL on TPU", "1,500 V100 GPUs: Heron-XL on V100", "20 days: Heron-XL on V100"]);
  });

  it("takes in the memory printed beside the name", () => {
    expect(attachmentLines("Heron-XL ran on {64 A100: accelerators} GPUs with 80GB of memory.")).toEqual([
      "64 A100: Heron-XL on A100-80GB",
    ]);
  });
});
