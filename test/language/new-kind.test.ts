import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const ROOT = resolve(import.meta.dirname, "..", "..");
const RULES = join(ROOT, "fixtures", "rules");

/** What is found in a text by the rules that come with the tool and those of a folder of `fixtures/rules/`. */
async function checkedWith(folder: string, text: string): Promise<DocumentResult> {
  const { catalog, problems } = await openCatalog({ overlay: join(RULES, folder) });
  expect(problems).toEqual([]);
  const input = { source: "text.md", bytes: new TextEncoder().encode(text), sha256: null };
  const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (result === null) throw new Error("the text was not read");
  return result;
}

function figuresOf({ extraction }: DocumentResult): readonly string[] {
  return extraction.mentions.map(({ kind, value, unit }) => `${kind} ${value} ${unit}`);
}

function judgedBy(result: DocumentResult, domain: string): readonly string[] {
  const told = ({ verdict, rule }: Finding): readonly string[] => (rule.startsWith(domain) ? [`${verdict} ${rule}`] : []);
  return result.checked.findings.flatMap(told);
}

describe("a kind of quantity is rules alone", () => {
  test("its figures are read, and are of a model", async () => {
    const result = await checkedWith("water", "Training Lark consumed 900 litres of water.");
    expect(figuresOf(result)).toEqual(["water 900 litre"]);
    expect(result.linked.runs.map(({ subject }) => subject)).toEqual(["Lark"]);
  });

  test.each([
    ["Training Lark used 1,240 kWh. At 1.8 L/kWh this consumed 2,232 litres of water.", ["consistent water/energy"]],
    ["Training Lark used 1,240 kWh. At 1.8 L/kWh this consumed 920 litres of water.", ["inconsistent water/energy"]],
    // However few digits it has, half of it does not pass.
    ["Training Lark used 1,000 kWh. At 1.8 L/kWh this consumed 900 litres of water.", ["inconsistent water/energy"]],
    ["Training Lark used 1,240 kWh at 1.8 litres per kWh, which is 590 gallons of water.", ["consistent water/energy"]],
    ["Lark took 2.4 GWh and 4.32 megalitres of water, for a WUE of 1.8 litres per kWh.", ["consistent water/energy"]],
    [
      "| Model | Energy (MWh) | WUE (L/kWh) | Water (m3) |\n|---|---|---|---|\n| Lark-S | 124 | 1.8 | 223 |\n| Lark-M | 340 | 1.8 | 912 |\n",
      ["consistent water/energy", "inconsistent water/energy"],
    ],
  ])("%s", async (text, told) => {
    expect(judgedBy(await checkedWith("water", text), "water/")).toEqual(told);
  });

  test("without its rules there is no such figure", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    expect(catalog.kinds.map(({ kind }) => kind)).not.toContain("water");
  });
});

describe("a language is one file", () => {
  test("its figures are read and compared", async () => {
    const result = await checkedWith(
      "danish",
      "Modellen blev trænet i halvanden uge på 64 A100-kort, i alt 16.128 GPU-timer. Det kostede omkring 32.256 dollar til en pris af 2 dollar pr. korttime.",
    );
    expect(figuresOf(result)).toEqual([
      "wall-time 1.5 week",
      "accelerators 64 accelerator",
      "accelerator-hours 16128 accelerator-hour",
      "cost 32256 USD",
      "price 2 USD/accelerator-hour",
    ]);
    expect(result.checked.findings.filter(({ verdict }) => verdict === "consistent").map(({ rule }) => rule)).toContain(
      "accelerator-hours/product",
    );
  });
});

test("the examples of CONTRIBUTING.md are the rules that are tested here", () => {
  const files = readdirSync(RULES, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:yaml|md)$/.test(name));
  const tested = files.map((name) => readFileSync(join(RULES, name), "utf8"));
  const shown = [...readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8").matchAll(/```yaml\n(.+?)```/gs)].map(([, block = ""]) => block);
  expect(shown.length).toBeGreaterThan(0);
  for (const block of shown) expect(tested.some((text) => text.includes(block))).toBe(true);
});
