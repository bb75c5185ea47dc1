import { describe, expect, test } from "vitest";
import { findDrifts, runName } from "../src/across.ts";
import type { AcrossResult } from "../src/model/told-figure.ts";
import { acrossCsv, acrossHtml, acrossLines } from "../src/report/across-words.ts";
import { toldFigures } from "../src/report/told-figures.ts";
import { toWireDocument } from "../src/report/wire-report.ts";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

/** What documents, named by their place, tell differently. */
async function across(...texts: readonly string[]): Promise<AcrossResult> {
  const { catalog } = await openCatalog({ overlay: null });
  const figures = [];
  for (const [index, text] of texts.entries()) {
    const input = { source: `${index + 1}.txt`, bytes: new TextEncoder().encode(text), sha256: `${text.length} ${text}` };
    const report = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
    figures.push(...toldFigures(toWireDocument(report)));
  }
  return findDrifts(figures);
}

const kindsOf = ({ drifts }: AcrossResult): readonly string[] => drifts.map(({ kind }) => kind);

const FIRST = "We trained Plover-Large on 512 TPU v3 chips for 500K steps with a batch size of 2048 sequences, which took 2.5 days.";
const SECOND = "We trained Plover-Large on 512 TPU v3 chips for 500K steps with a batch size of 2048 sequences, which took 5.5 days.";

describe("figures that documents tell differently of one run", () => {
  test("are listed with both of their sources", async () => {
    const result = await across(FIRST, SECOND);
    expect(kindsOf(result)).toEqual(["wall-time"]);
    expect(result).toMatchObject({ runs: 1, drifts: [{ subject: "Plover-Large", agreed: ["accelerators", "steps", "batch"] }] });
    expect(result.drifts[0]?.ratio).toBeCloseTo(2.2);
    expect(result.drifts[0]?.figures.map(({ source, line, text, quote }) => ({ source, line, text, quote }))).toEqual([
      { source: "1.txt", line: 1, text: "2.5 days", quote: FIRST },
      { source: "2.txt", line: 1, text: "5.5 days", quote: SECOND },
    ]);
    expect(acrossLines(result)).toEqual([
      'Plover-Large, wall-time: "2.5 days" (1.txt, line 1), "5.5 days" (2.txt, line 1); 2.2 times apart',
      "1 run told by several documents: 3 figures alike, 1 drifts.",
    ]);
    const rows = acrossCsv(result).trimEnd().split("\r\n");
    expect(rows).toHaveLength(3);
    expect(rows[2]).toMatch(/^1,Plover-Large,wall-time,2\.2,2\.txt,,1,5\.5 days,132,/);
    const html = acrossHtml(result);
    expect(html).toContain(`<blockquote>${SECOND}</blockquote>`);
  });

  test("keep the order of the documents, and of three each is named once", async () => {
    const result = await across(SECOND, FIRST, FIRST.replace("We trained", "They trained"));
    expect(result.drifts.map(({ figures }) => figures.map(({ source }) => source))).toEqual([["1.txt", "2.txt", "3.txt"]]);
  });

  test("are compared in one unit, and as printed", async () => {
    const hours = (words: string): string => `Lapwing-65B was trained on 2048 A100 GPUs, which took ${words}.`;
    expect(kindsOf(await across(hours("1,022,362 GPU-hours"), hours("1.02M GPU-hours")))).toEqual([]);
    expect(kindsOf(await across(hours("1,022,362 GPU-hours"), hours("1.2M GPU-hours")))).toEqual(["accelerator-hours"]);
    expect(kindsOf(await across(hours("21 days"), hours("504 hours")))).toEqual([]);
    expect(kindsOf(await across(hours("21 days"), hours("50 hours")))).toEqual(["wall-time"]);
    expect(kindsOf(await across(hours("about 21 days"), hours("three weeks")))).toEqual([]);
  });

  test("are told where one document cites the other", async () => {
    const result = await across(FIRST, "Finch et al. (2020) trained Plover-Large on 512 TPU v3 chips for 500K steps, which took 4 days.");
    expect(result.drifts.map(({ figures }) => figures.map(({ role }) => role))).toEqual([["own", "other"]]);
    expect(acrossLines(result)[0]).toContain('"4 days" (2.txt, line 1, cited)');
    expect(acrossHtml(result)).toContain("4 days (cited)");
  });
});

describe("no drift", () => {
  const silent: readonly (readonly [string, string, string])[] = [
    ["another size of the model", FIRST.replaceAll("Large", "7B"), SECOND.replaceAll("Large", "65B")],
    ["another version of it", FIRST.replaceAll("-Large", " v1"), SECOND.replaceAll("-Large", " v2")],
    ["another variant of it", FIRST, SECOND.replaceAll("Large", "Base")],
    ["sizes that differ in a point", FIRST.replaceAll("Large", "1.3B"), SECOND.replaceAll("Large", "13B")],
    ["a run on other hardware", FIRST, SECOND.replace("512 TPU v3 chips", "512 A100 GPUs")],
    ["a run of which nothing else is known to agree", "Plover-Large took 2.5 days.", "Plover-Large took 5.5 days on 64 GPUs."],
    ["a plan", FIRST, SECOND.replace("We trained", "We would train").replace("which took", "which would take")],
    ["one epoch, and the whole", FIRST, SECOND.replace("which took 5.5 days", "and each epoch took 5 hours")],
    ["a bound that holds", FIRST, SECOND.replace("took 5.5 days", "took more than 2 days")],
    ["a model without a name", FIRST.replaceAll("Plover-Large", "the large model"), SECOND.replaceAll("Plover-Large", "the large model")],
    ["several values, of which one is the same", FIRST, `${SECOND}\n\nWith more data, we trained Plover-Large for 2.5 days.`],
    ["the same file twice", FIRST, FIRST],
  ];
  test.each(silent)("is seen in %s", async (_, first, second) => {
    expect(acrossLines(await across(first, second)).slice(0, -1)).toEqual([]);
  });

  test("is seen in a name that has variants, on the proof that is enough for one of them", async () => {
    const family = (words: string): string => `We trained Plover on 16 Cloud TPU v3 for 4 epochs, which took ${words}.`;
    expect(kindsOf(await across(family("4 days"), family("9 days")))).toEqual(["wall-time"]);
    expect(kindsOf(await across(family("4 days"), family("9 days"), "Plover-Large has 340M parameters."))).toEqual([]);
  });
});

test("names are compared without what printing changes", () => {
  expect(new Set(["XLNet-Large", "XLNet large", "xlnet_large", "XLNET LARGE"].map(runName)).size).toBe(1);
  expect(runName("GPT-3 1.3B")).not.toBe(runName("GPT-3 13B"));
  expect(runName("Llama 3.1")).not.toBe(runName("Llama 31"));
});
