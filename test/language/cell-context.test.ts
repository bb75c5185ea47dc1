import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/load-catalog.ts";
import { cellContextAt, labelsOf, type TableContext, tableContexts } from "../../src/language/cell-context.ts";
import { cellWords } from "../../src/language/cell-words.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Document } from "../../src/model/document.ts";
import type { Span } from "../../src/model/span.ts";
import { read } from "../read/reading.ts";
import { SMALL_CATALOG } from "../support/marked-text.ts";

const WORDS = `cues:
  - {id: a, cue: cell-total, words: [total, sum, gesamt*, 合计]}
  - {id: b, cue: cell-subtotal, words: [sub total]}
  - {id: c, cue: cell-mean, words: [mean]}
  - {id: d, cue: cell-same, words: [same, '"']}
  - {id: e, cue: cell-none, words: ['–', n/a]}
`;

const CATALOG: Catalog = {
  ...SMALL_CATALOG,
  cues: loadCatalog([{ folder: "rules", path: "cues/tables.yaml", text: WORDS }]).catalog.cues,
};

async function contexts(name: string, text: string): Promise<{ readonly document: Document; readonly all: readonly TableContext[] }> {
  const document = await read(name, text);
  return { document, all: tableContexts(CATALOG, document) };
}

/** The labels of the cell that holds some words, rows before columns; "~" before what is filled in, ">" before a group. */
async function labels(name: string, text: string, words: string): Promise<string> {
  const { document, all } = await contexts(name, text);
  const found = cellContextAt(all, document.text.lastIndexOf(words));
  const marks = { above: "", left: "", filled: "~", group: ">" };
  return (found === null ? [] : labelsOf(found.at)).map(({ cell, place }) => marks[place] + slice(document, cell.span)).join(" / ");
}

function slice(document: Document, span: Span | null | undefined): string | null {
  return span === null || span === undefined ? null : document.text.slice(span.start, span.end);
}

describe("labels", () => {
  test("of a row and of a column, outermost first", async () => {
    const html =
      "<table><tr><th rowspan=2>Run<th colspan=2>First<th colspan=2>Second<tr><th>Cards<th>Hours<th>Cards<th>Hours<tr><td>ada<td>1<td>2<td>3<td>47</table>";
    expect(await labels("a.html", html, "47")).toBe("ada / Second / Hours");
  });

  test("of a label that spans rows", async () => {
    const html = "<table><tr><th>Part<th>Step<th>Hours<tr><td rowspan=2>core<td>one<td>5<tr><td>two<td>47</table>";
    expect(await labels("a.html", html, "47")).toBe("core / two / Hours");
  });

  test("of a label that the rows below leave out, as long as they have one further in", async () => {
    const md = "| Part | Step | Hours |\n|---|---|---|\n| core | one | 5 |\n| | two | 47 |\n| | | 53 |\n";
    expect(await labels("a.md", md, "47")).toBe("~core / two / Hours");
    expect(await labels("a.md", md, "53")).toBe("Hours");
  });

  test("of a row that names a group", async () => {
    const md = "| Run | Hours |\n|---|---|\n| Small ones | |\n| ada | 5 |\n| Large ones | |\n| bo | 47 |\n";
    expect(await labels("a.md", md, "47")).toBe(">Large ones / bo / Hours");
  });

  test("of an outer head that leaves columns blank to its right", async () => {
    const text = "| | First | | Second | |\n| Run | Cards | Hours | Cards | Hours |\n|---|---|---|---|---|\n| ada | 1 | 2 | 3 | 47 |\n";
    expect(await labels("a.txt", text, "47")).toBe("ada / Second / Hours");
  });

  test("of keys beside their values, one pair or more in a row", async () => {
    expect(await labels("a.html", "<table><tr><td>Cards<td>8<tr><td>Hours<td>47</table>", "47")).toBe("Hours");
    const pairs = "<table><tr><td>Cards<td>8<td>Place<td>3<tr><td>Hours<td>9<td>Price<td>47</table>";
    expect(await labels("a.html", pairs, "47")).toBe("Price");
  });

  test("of a table that lists quantities in its first column", async () => {
    const md = "| | Ada | Bo |\n|---|---|---|\n| Cards | 8 | 16 |\n| Hours | 12 | 47 |\n";
    expect(await labels("a.md", md, "47")).toBe("Hours / Bo");
  });
});

describe("rows of others", () => {
  const rows = async (text: string): Promise<readonly string[]> => {
    const { document, all } = await contexts("a.md", text);
    return (all[0]?.cells ?? []).flatMap(({ cell, row }) =>
      cell.column > 0 || row === null
        ? []
        : [`${slice(document, cell.span)}: ${row.kind}${row.whole ? "" : " in part"} of ${row.over.join()}`],
    );
  };

  test("totals, subtotals and means know their rows", async () => {
    const md = "| Run | Hours |\n|---|---|\n| ada | 1 |\n| bo | 2 |\n| Sub-total | 3 |\n| cy | 4 |\n| **Total** | 7 |\n| Mean | 2.3 |\n";
    expect(await rows(md)).toEqual(["Sub-total: subtotal of 1,2", "Total: total of 1,2,4", "Mean: mean of 1,2,4"]);
  });

  test("a label that names a quantity, too, is a total in part", async () => {
    expect(await rows("| | Ada |\n|---|---|\n| Cards | 8 |\n| Total tokens | 7 |\n")).toEqual(["Total tokens: total in part of "]);
  });
});

describe("cells without a figure of their own", () => {
  test("stand for the cell above or to the left", async () => {
    const { document, all } = await contexts(
      "a.md",
      '| Run | Machine | Hours |\n|---|---|---|\n| ada | 8 cards | 3 |\n| bo | same | 4 |\n| cy | " | – |\n',
    );
    const told = (all[0]?.cells ?? []).filter(({ content }) => content === "same" || content === "none");
    expect(told.map(({ standsFor }) => standsFor.map((cell) => slice(document, cell.span)))).toEqual([
      ["8 cards", "bo"],
      ["8 cards", "cy"],
      [],
    ]);
  });

  test("are told from figures with words before them, and from names with numbers", () => {
    const { contentOf } = cellWords(CATALOG);
    expect(["up to 512", "< $3", "stage 2", "A100", "–", "", "N/A"].map(contentOf)).toEqual([
      "figure",
      "figure",
      "words",
      "words",
      "none",
      "blank",
      "none",
    ]);
  });

  test("words of aggregates are found in compounds and in writing without blanks", () => {
    const { aggregateOf } = cellWords(CATALOG);
    expect(["Gesamtsumme", "合计", "Sum", "summary", "Costs"].map((label) => aggregateOf(label)?.kind ?? null)).toEqual([
      "total",
      "total",
      "total",
      null,
      null,
    ]);
  });
});

test("paragraphs, caption and notes around a table", async () => {
  const { document, all } = await contexts(
    "a.md",
    "## Costs\n\nAll on 8 cards.\n\nTable 2: Hours.\n\n| Run | Hours |\n|---|---|\n| ada | 1 |\n\n* without restarts\n\n## Next\n\nMore.\n",
  );
  const [first] = all;
  expect([first?.before?.span, first?.caption, first?.after?.span].map((span) => slice(document, span))).toEqual([
    "All on 8 cards.",
    "Table 2: Hours.",
    "without restarts",
  ]);
});
