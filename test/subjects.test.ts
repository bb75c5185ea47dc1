import { describe, expect, it } from "vitest";
import { subjectLines } from "./support/marked-text.ts";

describe("names of models", () => {
  it("takes names from the catalog, the title and the way they are built", () => {
    expect(
      subjectLines("We compare XLNet, Heron-13B and Osprey-Large with Heron, which took {3 days: wall-time}.", "Heron: Models That Wade"),
    ).toEqual(["XLNet (catalog)", "Heron-13B (pattern)", "Osprey-Large (pattern)", "Heron (title)"]);
  });

  it("leaves out hardware, data sets, software and conferences", () => {
    expect(
      subjectLines("On 8 A100-80GB cards with PyTorch 2.1, ResNet was trained on ImageNet and CIFAR-100 at NeurIPS 2021 with ZeRO-3."),
    ).toEqual(["ResNet (pattern)"]);
  });

  it("believes an ordinary word beside words of models", () => {
    expect(subjectLines("Training the Claude model took {a week: wall-time}.")).toEqual(["Claude (catalog)"]);
  });

  it("takes a word in small letters that stands as a name does, and no other", () => {
    expect(subjectLines("The energy bill of limpet is here: {1,200 kWh: energy} for {9 days: wall-time}.")).toEqual(["limpet (pattern)"]);
    expect(subjectLines("We waited for hours in the canteen {9 days: wall-time} ago, with a marmoset.")).toEqual([]);
    expect(subjectLines("This one is called pebbledash, and took {9 days: wall-time}.")).toEqual(["pebbledash (pattern)"]);
  });

  it("takes several words that are set apart as one name", () => {
    expect(subjectLines('The "evening primrose" run took {3 days: wall-time}.')).toEqual(["evening primrose (pattern)"]);
  });

  it("knows who is told with a first letter for a person", () => {
    expect(subjectLines("We used {64 A100s: accelerators}.\n\nReviewed-by: K. Adeyemi")).toEqual([]);
  });

  it("keeps a size and a variant with the name", () => {
    expect(subjectLines("Heron 7B and BERT-Large models were trained for {3 days: wall-time}.")).toEqual([
      "Heron 7B (pattern)",
      "BERT-Large (catalog)",
    ]);
  });

  it("reads the labels of a table of training figures", () => {
    expect(
      subjectLines(`| Model | GPU hours |
        | Egret tiny | {40: accelerator-hours} |
        | Total | {40: accelerator-hours} |`),
    ).toEqual(["Egret tiny (row-label)"]);
  });

  it("takes names as model hubs write them, and their members", () => {
    expect(subjectLines("We fine-tuned lark-7b_chat and Lark-Base-7B-v0.1 on an a100-80gb for top-5 accuracy.")).toEqual([
      "lark-7b_chat (pattern)",
      "Lark-Base-7B-v0.1 (pattern)",
    ]);
    expect(subjectLines("We introduce lark-1, a new model; lark-1-small is smaller.")).toEqual([
      "lark-1 (pattern)",
      "lark-1-small (pattern)",
    ]);
  });

  it("believes a name of mixed letters beside what it used", () => {
    expect(
      subjectLines("OpenHeron, a copy by a lab, used {900 cards: accelerators}, and NovaHeron used {30 cards: accelerators}."),
    ).toEqual(["OpenHeron (pattern)", "NovaHeron (pattern)"]);
  });

  it("takes titles that are names as repositories write them", () => {
    expect(subjectLines("heron_egret_2_lora is a version of Egret.", "heron_egret_2_lora")).toEqual([
      "heron_egret_2_lora (title)",
      "Egret (pattern)",
    ]);
    expect(subjectLines("BigHeron Egret 7B is new.", "BigHeron Egret 7B")).toEqual(["BigHeron Egret 7B (title)"]);
    expect(subjectLines("how-to-train is a guide.", "how-to-train")).toEqual([]);
  });

  it("ends a name where a script without capitals begins", () => {
    expect(subjectLines("以GPT-2为例,训练GPT-2 7B参数用了3天。")).toEqual(["GPT-2 (catalog)", "GPT-2 7B (pattern)"]);
  });

  it("takes short capitals and capitals before small letters beside words of models", () => {
    expect(subjectLines("Training HERN took {a week: wall-time}, and the CEHeron model {an hour: wall-time}.")).toEqual([
      "HERN (pattern)",
      "CEHeron (pattern)",
    ]);
    expect(subjectLines("GPUs train models; the QLORA training and the SFT model were short.")).toEqual([]);
  });

  it("takes no data set with its size and no format of numbers for a name", () => {
    expect(subjectLines("The ImageNet64 training took a week with an FP8-quantized model.")).toEqual([]);
  });

  it("takes the name that a title says something of, or writes in words", () => {
    expect(subjectLines("WaveHeron2 was trained.", "WaveHeron2 with transformers")).toEqual(["WaveHeron2 (title)"]);
    expect(subjectLines("heron-3.2-amharic is small.", "Heron 3.2 Amharic")).toEqual(["heron-3.2-amharic (title)"]);
  });

  it("takes labels of tables that come again in the text, and longer names that begin with them", () => {
    expect(
      subjectLines(`| Model | GPU hours |
        | Wren-S | {40: accelerator-hours} |

        Wren-S is small, Wren-S-Code is Wren-S-based.`),
    ).toEqual(["Wren-S (row-label)", "Wren-S (pattern)", "Wren-S-Code (pattern)"]);
  });

  it("takes a word that is said to be a model", () => {
    expect(subjectLines("All of March the hall hummed, training Osprey, a 34-billion-parameter model, for {30 days: wall-time}.")).toEqual([
      "Osprey (pattern)",
    ]);
  });

  it("takes no key of a configuration for a name", () => {
    expect(
      subjectLines(`| Setting | GPU hours |
        | n_layers | 40 |`),
    ).toEqual([]);
  });
});
