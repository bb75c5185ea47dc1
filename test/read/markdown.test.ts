import { describe, expect, test } from "vitest";
import { lineOf } from "../../src/model/document.ts";
import { grid, outline, read } from "./reading.ts";

describe("Markdown", () => {
  test("marks go, words stay whole, and a tilde means about", async () => {
    const document = await read("a.md", "We used **51**2 *TPU v3* [chips](http://x.example/4) and `8` hosts for ~36 hours, ~40 at most.\n");
    expect(document.text).toBe("We used 512 TPU v3 chips and 8 hosts for ~36 hours, ~40 at most.");
  });

  test("blocks by kind, with the source line of each", async () => {
    const document = await read("a.md", "# Card\n\nOne.\nTwo.\n\n- 8 GPUs\n  - 3 days\n\n> Said so.\n\n```sh\ntrain --gpus 8\n```\n");
    expect(outline(document)).toEqual([
      "heading: Card",
      "paragraph: One.\nTwo.",
      "list-item: 8 GPUs",
      "list-item: 3 days",
      "quote: Said so.",
      "code: train --gpus 8",
    ]);
    expect(document.blocks.map((block) => lineOf(document, block.span))).toEqual([1, 3, 6, 7, 9, 12]);
    expect(lineOf(document, { start: document.text.indexOf("Two"), end: 0 })).toBe(4);
  });

  test("tables of pipes, with a caption beside them and their source lines", async () => {
    const document = await read(
      "a.md",
      "Table 2: Cost of runs\n\n| Model | Hours |\n|---|---:|\n| A<sub>big</sub> | 3 x 10<sup>4</sup> |\n\nEnd.\n",
    );
    expect(grid(document, 0)).toEqual(["0=Model* | 1=Hours*", "0=Abig | 1=3 x 10⁴"]);
    expect(outline(document)[0]).toBe("caption: Table 2: Cost of runs");
    expect(document.tables[0]?.caption).toEqual(document.blocks[0]?.span);
    expect(lineOf(document, document.tables[0]?.cells[2]?.span ?? { start: 0, end: 0 })).toBe(5);
  });

  test("tables of HTML inside, cells that span", async () => {
    const html =
      "<table>\n<tr><td rowspan=2><b>Run</b></td><td colspan=2>GPU</td></tr>\n<tr><td>hours</td><td>W</td></tr>\n<tr><td>A</td><td>96</td><td>400</td></tr>\n</table>";
    const document = await read("a.md", `Intro.\n\n${html}\n\nEnd **here**.\n`);
    expect(grid(document, 0)).toEqual(["0=Run* | 1=GPU*", "1=hours* | 2=W*", "0=A | 1=96 | 2=400"]);
    expect(lineOf(document, document.tables[0]?.cells[5]?.span ?? { start: 0, end: 0 })).toBe(6);
    expect(outline(document).at(-1)).toBe("paragraph: End here.");
  });

  test("front matter dates and names the document, and its other fields are a list", async () => {
    const document = await read(
      "a.md",
      "---\ntitle: Big Model\ndate: 2022-03-01\nco2_eq_emissions:\n  hardware_used: 8 A100\n  training_hours: 120\n---\n# Heading\n",
    );
    expect(document.title).toBe("Big Model");
    expect(document.date).toBe("2022-03-01");
    expect(outline(document)).toEqual([
      "list-item: co2_eq_emissions hardware_used: 8 A100",
      "list-item: co2_eq_emissions training_hours: 120",
      "heading: Heading",
    ]);
    expect(document.blocks.map((block) => lineOf(document, block.span))).toEqual([5, 6, 8]);
  });

  test("front matter that is no YAML loses nothing", async () => {
    const document = await read("a.md", "---\nhours: [120\ngpus: 8\n---\nText.\n");
    expect(outline(document)).toEqual(["list-item: hours: [120", "list-item: gpus: 8", "paragraph: Text."]);
  });

  test("notes stand apart and their marks are no part of a figure", async () => {
    const document = await read("a.md", "It cost $61,440[^1] in all.\n\n[^1]: At $8 an hour.\n");
    expect(outline(document)).toEqual(["paragraph: It cost $61,440 in all.", "footnote: At $8 an hour."]);
  });

  test("a section of references ends at the next heading of its level", async () => {
    const document = await read("a.md", "## References\n\n1. Roe 2019\n\n## Costs\n\nIt was $5.\n");
    expect(document.blocks.map((block) => block.kind)).toEqual(["references", "references", "heading", "paragraph"]);
  });
});
