import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import { RUN_COLUMNS, type RunRow } from "../src/model/run-row.ts";
import { RUN_TABLE_COLUMNS, RUNS_CSV_HEAD, runJson, runsCsv, startRunsParquet } from "../src/report/run-table.ts";
import { toWireDocument } from "../src/report/wire-report.ts";
import { RUN_WORKINGS, runRows } from "../src/run-rows.ts";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const { catalog } = await openCatalog({ overlay: null });

async function runsOf(text: string): Promise<readonly RunRow[]> {
  const input = { source: "lark.md", bytes: new TextEncoder().encode(text), sha256: "ab" };
  return runRows(toWireDocument(await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} })));
}

/** The values of a run by column, without what is told of them. */
function valuesOf(row: RunRow | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries([...(row?.values ?? [])].map(([name, { value }]) => [name, value]));
}

const CARD = `# Lark

Lark-7B was trained on 64 A100 GPUs for 12 days, at $2 per GPU-hour, on 2 trillion tokens.

| Model | GPU hours | Energy (MWh) |
| --- | --- | --- |
| Wren-S | 18,432 | 8.1 |
| Wren-L | 40,000 | 17.6 |
`;

describe("the table of runs", () => {
  test("has no row for a benchmark of so many sequences a second, and takes them for no seconds", async () => {
    const rows = await runsOf(
      "| Model | # GPUs | GPU | Throughput (S/s) | Throughput (T/s/GPU) |\n| --- | --- | --- | --- | --- |\n| Lark-1B | 64 | h100 | 2310 | 18480 |\n",
    );
    expect(rows).toEqual([]);
    const [row] = await runsOf("| Model | GPUs | time / h | GPU hours |\n| --- | --- | --- | --- |\n| Lark-1B | 64 | 310 | 19,840 |\n");
    expect(valuesOf(row)).toMatchObject({ "Training time (hours)": 310 });
  });

  test("has no row for what others are said to do with a model of a size", async () => {
    const rows = await runsOf(
      "# Lark: small and strong\n\nWe train Lark-7B on 1T tokens with 64 A100 GPUs for 12 days. Although Fisher et al. (2022) recommend training a 10B model on 200B tokens, Lark-7B goes on to improve.",
    );
    expect(rows.map(({ model }) => model)).toEqual(["Lark-7B"]);
  });

  test("has one row for each run, with what is stated and what follows from it", async () => {
    const rows = await runsOf(CARD);
    expect(rows.map(({ model, hardware, role }) => [model, hardware, role])).toEqual([
      ["Lark-7B", "A100", "own"],
      ["Wren-S", expect.anything(), "own"],
      ["Wren-L", expect.anything(), "own"],
    ]);
    expect(valuesOf(rows[0])).toMatchObject({
      "Hardware quantity": 64,
      "Training time (hours)": 288,
      "Training chip-hours": 18_432,
      "Price per chip-hour": 2,
      "Training cost": 36_864,
      "Training dataset size (total)": 2e12,
    });
    expect(valuesOf(rows[2])).toEqual({ "Training chip-hours": 40_000, "Energy (kWh)": 17_600 });
    const hours = rows[0]?.values.get("Training chip-hours");
    expect(hours).toMatchObject({ unit: "gpu-hour", text: null, origin: "worked out by accelerator-hours/product" });
    expect(rows[0]?.values.get("Training time (hours)")).toMatchObject({ text: "12 days", line: 3, origin: "stated", role: "own" });
    expect(rows[2]?.values.get("Energy (kWh)")).toMatchObject({ line: 8, quote: expect.stringContaining("17.6") });
  });

  test("a run of its own has the authors of the document and where they work, a cited one only the authors", async () => {
    const byline = CARD.replace("# Lark\n", "# Lark\n\nAnn Lee, Bob Ray\n\nHeron Labs\n\n## Training\n");
    const [own] = await runsOf(byline);
    expect([own?.organization, own?.authors]).toEqual(["Heron Labs", "Ann Lee, Bob Ray"]);
    const [cited] = await runsOf(`${byline}\nChen et al. trained Kestrel-3B on 128 V100 GPUs for 30 days.`).then((rows) =>
      rows.filter(({ model }) => model === "Kestrel-3B"),
    );
    expect([cited?.role, cited?.organization, cited?.authors]).toEqual(["other", null, "Ann Lee, Bob Ray"]);
  });

  test("what is said of no training is no run: weights, letters, examples, ordinary words", async () => {
    expect(await runsOf("The Wren-2 crate weighs 2 t and was shipped.")).toEqual([]);
    expect(await runsOf("Lee-3 earned $582 mowing lawns last week.")).toEqual([]);
    expect(await runsOf("The baseline sees 500B tokens.")).toEqual([]);
    expect((await runsOf("Lark-7B emitted 14 t of CO2 in training.")).map(({ model }) => model)).toEqual(["Lark-7B"]);
    expect((await runsOf("Training Lark-7B cost $582.")).map(({ model }) => model)).toEqual(["Lark-7B"]);
  });

  test("machines on which nothing is said to be trained make no run", async () => {
    expect(await runsOf("Lark-7B runs out of memory on 8 A100 GPUs.")).toEqual([]);
    expect(await runsOf("With Wren-2B on 4 A100 GPUs, the batch must be a multiple of 4.")).toEqual([]);
    expect((await runsOf("Lark-7B was trained on 8 A100 GPUs.")).map(({ model }) => model)).toEqual(["Lark-7B"]);
    const table = (head: string, cell: string): string =>
      `Training on A100 GPUs.\n\n| Model | GPUs | ${head} |\n| --- | --- | --- |\n| Lark-7B | 64 | ${cell} |\n| Wren-2B | 16 | ${cell} |\n`;
    expect(await runsOf(table("Largest batch", "128"))).toEqual([]);
    expect((await runsOf(table("Steps", "40,000"))).map(({ model }) => model)).toEqual(["Lark-7B", "Wren-2B"]);
  });

  test("the mark of a footnote ends a sentence, and what comes behind it is of another run", async () => {
    const rows = await runsOf("Training of Lark-S was performed on 4 V100s.¹³ Training of Lark-L was performed on 16 V100s.");
    expect(rows.map(({ model, values }) => [model, values.get("Hardware quantity")?.value])).toEqual([
      ["Lark-S", 4],
      ["Lark-L", 16],
    ]);
  });

  test("of a whole and its parts the row has the whole", async () => {
    const [row] = await runsOf(
      "# Lark\n\nTraining costs of Lark-7B.\n\n| | Pre-training | Tuning | Total |\n| --- | --- | --- | --- |\n| Lark-7B cost in USD | $5,328 | $248 | $5,576 |\n",
    );
    expect(row?.values.get("Training cost")).toMatchObject({ value: 5576, also: ["$5,328", "$248"] });
  });

  test("the date below the names is no organization", async () => {
    const [row] = await runsOf(
      "# Lark\n\nAnn Lee and Bob Ray, 14 June 2021\n\n## Training\n\nLark-7B was trained on 64 A100 GPUs for 12 days.\n",
    );
    expect([row?.organization, row?.authors]).toEqual([null, "Ann Lee, Bob Ray"]);
  });

  test("a price that is told of nobody is that of the run whose cost it gives", async () => {
    const rows = await runsOf("We rent each GPU for $2 per hour.\n\nLark-7B was trained on 64 A100 GPUs for 12 days, which cost $36,864.");
    expect(rows.map(({ model, values }) => [model, values.get("Price per chip-hour")?.value])).toEqual([["Lark-7B", 2]]);
  });

  test("a size, a data set, a plan and a score are no runs", async () => {
    expect(await runsOf("Lark-7B has 7 billion parameters and 32 layers.")).toEqual([]);
    expect(await runsOf("We plan to train Lark-7B on 512 H100 GPUs for 30 days.")).toEqual([]);
    expect(await runsOf("| Model | MMLU | ARC |\n| --- | --- | --- |\n| Lark | 69.2 | 71.4 |\n| Wren | 55.6 | 60.5 |\n")).toEqual([]);
  });

  test("the figures of somebody else say so", async () => {
    const rows = await runsOf("Lark-7B was trained on 64 A100 GPUs for 12 days. Roe et al. trained Wren-9B on 128 A100 GPUs for 9 days.");
    expect(rows.map(({ model, role }) => [model, role])).toEqual([
      ["Lark-7B", "own"],
      ["Wren-9B", "other"],
    ]);
  });

  test("what follows is what the equations of the catalog say", () => {
    const slots: Readonly<Record<string, string>> = {
      ...{ "Hardware quantity": "accelerators", "Training time (hours)": "wall_time", "Training chip-hours": "accelerator_hours" },
      ...{
        "Price per chip-hour": "price",
        "Training cost": "cost",
        "Power of one chip (W)": "power",
        PUE: "pue",
        "Energy (kWh)": "energy",
      },
      ...{ "Carbon (kg CO2e)": "carbon", "Carbon intensity (kg/kWh)": "carbon_intensity", Parameters: "parameters" },
      ...{ "Active parameters": "parameters", "Training dataset size (total)": "tokens", "Training compute (FLOP)": "flop" },
      ...{ Steps: "steps", "Batch size": "batch", "Sequence length": "sequence_length" },
    };
    for (const { rule, result, times, by } of RUN_WORKINGS) {
      const equation = catalog.equations.find(({ id }) => id === rule);
      const sides = [equation?.result, ...(equation?.terms.map(({ slot }) => slot) ?? [])].sort();
      expect([result, ...times, ...by].map((name) => slots[name]).sort(), rule).toEqual(sides);
    }
  });

  test("CSV has a head line, and a table of nothing is that line", async () => {
    expect(
      RUNS_CSV_HEAD.startsWith(
        "Model,Organization,Authors,Publication date,Document,Title,SHA-256,Training hardware,Role,Verdicts,Confidence,",
      ),
    ).toBe(true);
    expect(runsCsv([])).toBe("");
    const [line] = runsCsv(await runsOf(CARD)).split("\r\n");
    expect(line).toContain("Lark-7B,,,,lark.md,Lark,ab,A100,own,");
  });

  test("Parquet is read back with its numbers as numbers", async () => {
    const rows = await runsOf(CARD);
    const table = startRunsParquet();
    const bytes = Buffer.concat([table.add(rows), table.end()]);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const read = (await parquetReadObjects({ file })) as Record<string, unknown>[];
    expect(read).toHaveLength(3);
    expect(Object.keys(read[0] ?? {})).toEqual(RUN_TABLE_COLUMNS);
    expect(read[0]).toMatchObject({ Model: "Lark-7B", "Training cost": 36_864, "Training time (hours) [line]": 3, "Energy (kWh)": null });
    expect(read[2]).toMatchObject({ Model: "Wren-L", "Energy (kWh)": 17_600, "Energy (kWh) [text]": "17.6" });
  });

  test("JSON has only what is told", async () => {
    const [row] = await runsOf(CARD);
    const read = JSON.parse(row === undefined ? "{}" : runJson(row));
    expect(read.values["Training cost"]).toMatchObject({ value: 36_864, unit: "USD", origin: "worked out by money/hours-cost" });
    expect(read.values["PUE"]).toBeUndefined();
  });

  test("every column is one of the dictionary", async () => {
    const { readFileSync } = await import("node:fs");
    const page = readFileSync(new URL("../docs/runs.md", import.meta.url), "utf8").replaceAll(/ +\|/g, " |");
    for (const { name } of RUN_COLUMNS) expect(page).toContain(`| ${name} |`);
    for (const name of RUN_TABLE_COLUMNS.slice(0, 9)) expect(page).toContain(`| ${name} |`);
  });
});
