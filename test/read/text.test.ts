import { describe, expect, test } from "vitest";
import { lineOf } from "../../src/model/document.ts";
import { outline, read } from "./reading.ts";

describe("plain text", () => {
  test("paragraphs end at blank lines and keep one character for a wrapped line", async () => {
    const document = await read("a.txt", "We rented 64 GPUs\nfor nine days.\n\n\nIt cost $9,000.\n");
    expect(document.text).toBe("We rented 64 GPUs\nfor nine days.\n\nIt cost $9,000.");
    expect(lineOf(document, { start: document.text.indexOf("nine"), end: 0 })).toBe(2);
    expect(lineOf(document, { start: document.text.indexOf("$9"), end: 0 })).toBe(5);
  });

  test("lines that end before the next word would not have fitted are entries of their own", async () => {
    const notes = "bird calls, run 4\n32,000 calls, batch 64\n20 epochs -> 10k steps\n(2x GTX 1080 Ti)";
    expect(outline(await read("a.txt", notes))).toEqual(notes.split("\n").map((line) => `list-item: ${line}`));
    const card = "**計算環境 / Compute:** 16 nodes\n**学習時間 / Time:** 9 days\n";
    expect(outline(await read("a.md", card))).toEqual(["list-item: 計算環境 / Compute: 16 nodes", "list-item: 学習時間 / Time: 9 days"]);
    const wrapped = "We trained the model on a cluster of 64 GPUs\nfor nine days, and then once more for 12 days\non 128 of them.";
    expect(outline(await read("a.txt", wrapped))).toHaveLength(1);
    const broken = "We trained it on 64 GPUs for\n12 days.";
    expect(outline(await read("a.txt", broken))).toHaveLength(1);
  });

  test("lone lines are headings only when something follows", async () => {
    for (const end of ["", "\n", "\n\n \n"]) {
      expect(outline(await read("a.txt", `32 TPU v3 chips for 5 days${end}`))).toEqual(["paragraph: 32 TPU v3 chips for 5 days"]);
    }
    const document = await read("a.txt", "News\n\nThe price of a large model\n\nIt is high.\n");
    expect(outline(document).slice(0, 2)).toEqual(["heading: News", "heading: The price of a large model"]);
    expect(document.title).toBe("The price of a large model");
  });

  test("what readers wrote is comment to the end", async () => {
    const document = await read(
      "a.txt",
      "Title\n\nBody text.\n\n3 comments on “Title”\n\n1. Ann\n\nI paid $5 for 2 GPUs.\n\nLeave a Reply\n",
    );
    expect(document.blocks.map((block) => block.kind)).toEqual(["heading", "paragraph", "comment", "comment", "comment", "comment"]);
  });

  test("a list of pingbacks without a heading is comment too, a discussion section is not", async () => {
    const pings = await read("a.txt", "Body text here.\n\n1. Pingback: 7 GPUs in 6 hours\n\nmore words\n");
    expect(pings.blocks.map((block) => block.kind)).toEqual(["paragraph", "comment", "comment"]);
    const paper = await read("a.txt", "Discussion\n\nWe used 8 GPUs.\n");
    expect(paper.blocks.map((block) => block.kind)).toEqual(["heading", "paragraph"]);
  });

  test("the bibliography ends at an appendix", async () => {
    const document = await read("a.txt", "Text one.\n\nReferences\n\n[1] A. Roe. 2019.\n\nAppendix A\n\nWe used 8 GPUs.\n");
    expect(document.blocks.map((block) => block.kind)).toEqual(["paragraph", "references", "references", "heading", "paragraph"]);
  });

  test("bullets and fields are items of a list", async () => {
    const document = await read("a.txt", "Set-up:\n- 8 GPUs,\n  two hosts\n- 3 days\n\nHardware: 64 A100\nTime: 9 days\n");
    expect(outline(document)).toEqual([
      "paragraph: Set-up:",
      "list-item: 8 GPUs,\ntwo hosts",
      "list-item: 3 days",
      "list-item: Hardware: 64 A100",
      "list-item: Time: 9 days",
    ]);
  });

  test.each([
    ["bars", "| Model | Hours |\n|---|---|\n| Small | 12 |\n| Big | 96 |\n"],
    ["tabs", "Model\tHours\nSmall\t12\nBig\t96\n"],
    ["spaces", "Model   Hours\nSmall   12\nBig     96\n"],
  ])("tables by %s", async (_name, text) => {
    const document = await read("a.txt", `Before it.\n\n${text}\nAfter it.\n`);
    const [table] = document.tables;
    expect(table?.rowCount).toBe(3);
    expect(table?.columnCount).toBe(2);
    expect(document.text).toContain("Model\tHours\nSmall\t12\nBig\t96");
    const last = table?.cells.at(-1);
    expect(lineOf(document, last?.span ?? { start: 0, end: 0 })).toBe(text.split("\n").indexOf(text.split("\n").at(-2) ?? "") + 3);
  });

  test("a word cut at a line end is joined, and its second half stands on the second line", async () => {
    const document = await read("a.txt", "All accelerators ran. The accel-\nerators took 40 GPU-\n  hours in all.\n");
    expect(document.text).toBe("All accelerators ran. The accelerators took 40 GPU-hours in all.");
    expect(lineOf(document, { start: document.text.indexOf("hours"), end: 0 })).toBe(3);
  });

  test.each([
    ["1.4 tril-\nlion tokens at $2", "1.4 trillion tokens at $2"],
    ["1.4 tril\u00ad\nlion tokens", "1.4 trillion tokens"],
    ["40 chip-\nhours", "40 chip-hours"],
    ["for twenty-\nfour hours", "for twenty-four hours"],
    ["an on-\ndemand price", "an on-demand price"],
    ["a TPU v3-\n8 slice", "a TPU v3-8 slice"],
    ["3-\n5 days", "3-5 days"],
    ["1,0-\n24 chips", "1,024 chips"],
    ["pre-\nand post-training", "pre-\nand post-training"],
    ["a dash -\nit goes on", "a dash -\nit goes on"],
    ["pre-training, or pre-\ntraining", "pre-training, or pre-training"],
  ])("a hyphen at a line end: %j", async (input, output) => {
    for (const name of ["a.txt", "a.md"]) expect((await read(name, `It is ${input} here.`)).text).toBe(`It is ${output} here.`);
  });

  test.each([
    ["$\\sim$36 hours", "~36 hours"],
    ["$<$4 days", "<4 days"],
    ["$d = 512$ wide", "d = 512 wide"],
    ["a$5 or 10$", "a$5 or 10$"],
    ["$3\\times10^{18}$ FLOPs", "3×10¹⁸ FLOPs"],
    ["\\num{3.1e18} and 10^{21}", "3.1e18 and 10²¹"],
    ["between $5 and $10 per hour", "between $5 and $10 per hour"],
    ["$41–$140 or $2,074-$6,912", "$41–$140 or $2,074-$6,912"],
    ["about US$8/hour, ($25k)", "about US$8/hour, ($25k)"],
    ["$512$ chips", "512 chips"],
    ["$\\approx 1{,}024$ GPUs", "≈1,024 GPUs"],
    ["\\(2.5\\,\\text{days}\\)", "2.5 days"],
  ])("formula %s", async (input, output) => {
    expect((await read("a.txt", `It is ${input} here.`)).text).toBe(`It is ${output} here.`);
  });

  test("marks without width go, odd hyphens and ligatures become plain letters", async () => {
    expect((await read("a.txt", "It took 9 GPU\u2011hours, ef\u00adfi\u200bcient, \ufb01ne.")).text).toBe(
      "It took 9 GPU-hours, efficient, fine.",
    );
  });

  test("a dateline dates the document, a date in prose does not", async () => {
    expect((await read("a.txt", "Big bills\n\nBy Jane Roe, June 27, 2019\n\nText.\n")).date).toBe("2019-06-27");
    expect((await read("a.txt", "Big bills\n\nThe model was trained in June 2019 on 8 GPUs.\n")).date).toBeNull();
    expect((await read("1906.08237.txt", "Some text.\n")).date).toBe("2019-06");
  });
});
