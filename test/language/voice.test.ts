import { describe, expect, it } from "vitest";
import { clausesOf } from "../../src/language/clauses.ts";
import { cuesIn } from "../../src/language/cues.ts";
import { deniedIn, domainsIn, speakerIn, stageOf } from "../../src/language/voice.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const { catalog } = await openCatalog({ overlay: null });

function whole(text: string): { readonly start: number; readonly end: number } {
  return { start: 0, end: text.length };
}

function clauses(text: string): readonly string[] {
  return clausesOf(text, whole(text), cuesIn(catalog, text)).map(({ start, end }) => text.slice(start, end).trim());
}

describe("clauses", () => {
  it("end at words that join, and at an and with a verb on both sides", () => {
    expect(clauses("Plover took 3 days, while Dunlin needed 9.")).toEqual(["Plover took 3 days,", "while Dunlin needed 9."]);
    expect(clauses("Plover ran on 8 cards and took 3 days.")).toEqual(["Plover ran on 8 cards", "and took 3 days."]);
  });

  it("go on over an and between two things", () => {
    expect(clauses("Plover ran on 8 nodes and 64 cards.")).toEqual(["Plover ran on 8 nodes and 64 cards."]);
  });
});

describe("voice", () => {
  it("denies from the not to the next mark", () => {
    const text = "The run was not stopped after 3 days, it took 9 days.";
    expect(deniedIn(text, whole(text), cuesIn(catalog, text)).map(({ start, end }) => text.slice(start, end))).toEqual([
      "not stopped after 3 days",
    ]);
  });

  it("denies nothing by not only", () => {
    const text = "It took not only 8 cards but 9 days.";
    expect(deniedIn(text, whole(text), cuesIn(catalog, text))).toEqual([]);
  });

  it("knows who says it", () => {
    const speaker = (text: string): string | null => speakerIn(text, whole(text), cuesIn(catalog, text), (word) => word === "the");
    expect(speaker("It took 9 days, Adeyemi said.")).toBe("Adeyemi");
    expect(speaker("We said that it took 9 days.")).toBeNull();
    expect(speaker("The announced cost was $9,000.")).toBeNull();
  });

  it("knows the stage of the clause before that of the sentence", () => {
    const text = "Pre-training took 9 days, while fine-tuning took 3 hours.";
    const cues = cuesIn(catalog, text);
    expect(clausesOf(text, whole(text), cues).map((clause) => stageOf(cues, [clause, whole(text)]))).toEqual(["pretrain", "finetune"]);
  });

  it("tells wages and serving from training, in any script", () => {
    const domains = (text: string): readonly string[] => [...domainsIn(cuesIn(catalog, text), whole(text))];
    expect(domains("Annotators were paid $9 an hour.")).toContain("people");
    expect(domains("The API costs $2 per million tokens.")).toContain("api");
    expect(domains("模型训练用了 9 天。")).toEqual(["training"]);
  });
});
