import { expect, test } from "vitest";
import { checkBytes } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const { catalog } = await openCatalog({ overlay: null });

/** What is read of a text, each figure with its kind, value, unit and model. */
async function figuresOf(source: string, text: string): Promise<readonly string[]> {
  const input = { source, bytes: new TextEncoder().encode(text), sha256: null };
  const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (result === null) throw new Error("the text was not read");
  const { linked } = result;
  return linked.quantities.map(
    ({ mention }) => `${mention.kind} ${mention.value} ${mention.unit} ${linked.attachments.get(mention.id)?.subject ?? "-"}`,
  );
}

const RECORD = "project_name,duration_s,gpu_kwh,energy_consumed_kwh\nwren-asr,7200,2.5,3.1\n";
const JOBS = `JobName           AllocTRES             Elapsed      GPUh
---------- ---------------- ------------------- ---------
wren-a     gres/gpu:h100=32          1-02:00:00     832.0
wren-b     gres/gpu:h100=16            10:30:00     168.0
wren-c      gres/gpu:h100=8            03:15:00      26.0
`;

test.each([
  ["a record of keys", "a.txt", RECORD, ["wall-time 7200 second wren-asr", "energy 2.5 kWh wren-asr", "energy 3.1 kWh wren-asr"]],
  ["the same in Markdown, outside of code", "a.md", `Our log:\n\n${RECORD}`, ["wall-time 7200 second wren-asr", "energy 2.5 kWh wren-asr"]],
  [
    "a name in a writing without capitals",
    "a.txt",
    "Training ひばり took nine days on 64 V100 GPUs. ひばり has seen 40 billion tokens.\n",
    ["wall-time 9 day ひばり", "accelerators 64 accelerator ひばり", "tokens 40000000000 token ひばり"],
  ],
  [
    "what its own sentence says behind it that it was for",
    "a.txt",
    "We trained Wren on 16 V100 GPUs for 3 days.\n\nFor 36 hours, 24 × A40 were busy with the training of Heron. It saw 6B tokens.\n",
    ["accelerators 16 accelerator Wren", "wall-time 36 hour Heron", "accelerators 24 accelerator Heron"],
  ],
  [
    "sections of one rank, each on its own model",
    "a.md",
    "## Wren\n\n- GPUs: 128\n- Hours: 600\n\n## Heron-2\n\n- GPUs: 512\n- Hours: 96\n",
    ["accelerators 128 accelerator Wren", "accelerators 512 accelerator Heron-2", "wall-time 96 hour Heron-2"],
  ],
  ["a maker that the catalog lists", "a.txt", "Wren ran on 32 Moore Threads MTT S4000 GPUs.\n", ["accelerators 32 accelerator Wren"]],
  ["one and a half", "a.txt", "We trained Wren on 32 H800 GPUs for one and a half days.\n", ["wall-time 1.5 day Wren"]],
  [
    "small letters that say how many",
    "a.md",
    "The settings of Wren:\n\n```yaml\ntokens_b: 90\nparams_m: 350\ngpus: 64\ndays: 2\n```\n",
    ["tokens 90000000000 token Wren", "parameters 350000000 parameter Wren"],
  ],
  [
    "keys with units of their own beside others",
    "a.md",
    "Training of Wren:\n\n- Hours: 400\n- GPUs: 30\n- $/GPU-hour: 3.20\n- Cost ($): 84,400\n- GPU hours: 12,000\n",
    ["cost 84400 USD Wren", "accelerator-hours 12000 accelerator-hour Wren"],
  ],
  [
    "columns of a scheduler",
    "a.txt",
    JOBS,
    ["accelerators 32 accelerator wren-a", "accelerator-hours 832 accelerator-hour wren-a", "accelerators 8 accelerator wren-c"],
  ],
  [
    "hours that the line above speaks of",
    "a.md",
    "Where the H100 hours of Wren-7B went:\n\n| Item | Hours (k) |\n|---|---|\n| Sweep | 31.5 |\n| Main run | 212.0 |\n",
    ["accelerator-hours 31500 accelerator-hour Wren-7B", "accelerator-hours 212000 accelerator-hour Wren-7B"],
  ],
  [
    "a rate over a column",
    "a.txt",
    "run\tH100s\thours\tcard-h\t@ 2.50 $\nwren\t16\t20\t320\t800.00\nlark\t32\t10\t320\t800.00\n",
    ["price 2.5 USD/accelerator-hour -", "cost 800 USD wren"],
  ],
  [
    "keys of JSON in small letters",
    "a.txt",
    '{\n  "model": "wren-13b",\n  "gpu_hours": 2600,\n  "pue": 1.2,\n  "grid_kgco2e_per_kwh": 0.36,\n  "emissions_tco2e": 7.9\n}\n',
    ["pue 1.2 1 wren-13b", "carbon-intensity 0.36 kg/kWh wren-13b", "carbon 7.9 t wren-13b"],
  ],
  [
    "a line of settings",
    "a.txt",
    "2025-02-11 00:41:19 INFO run=wren-base world_size=64 seq_len=2048 max_steps=120000\n",
    ["accelerators 64 accelerator wren-base", "steps 120000 step wren-base"],
  ],
  [
    "shares of what a sentence before counts",
    "a.md",
    "Wren-30B had 1,024 H100s for four weeks. Its sibling Wren-3B got by on an eighth of those and was done in five days.",
    ["accelerators 128 accelerator Wren-3B"],
  ],
  [
    "epochs that are counted again",
    "a.md",
    "One epoch of Wren costs 0.8 kWh on the server. We ran 120 of them, 96 kWh in all.",
    ["epochs 120 epoch Wren"],
  ],
])("%s", async (_name, source, text, wanted) => {
  expect(await figuresOf(source, text)).toEqual(expect.arrayContaining(wanted));
});

test("what is logged at a time of the day took no time", async () => {
  const found = await figuresOf("a.txt", "2025-02-11 01:35:23 WARN slow link on one port of wren-1b, 0.81 s per step\n");
  expect(found.filter((figure) => figure.startsWith("wall-time"))).toEqual([]);
});

test("those who talk are no models", async () => {
  const text = "ADA: How big was it?\n\nBEN: Two hundred H100s for Wren, for ten days.\n\nADA: And before?\n\nBEN: Nothing at all.\n";
  expect(await figuresOf("a.md", text)).toEqual(["accelerators 200 accelerator Wren", "wall-time 10 day Wren"]);
});

test("a label that says what is measured names no model", async () => {
  const rows = "Site | Qty | Rate/GPU-h\n--- | ---: | ---:\nRiverbank | 1,280 GPU-hours | 1.45 EUR\nHilltop | 960 GPU-hours | 2.35 EUR\n";
  const found = await figuresOf("a.md", `Bill for the training of Egret-7B.\n\n${rows}`);
  expect(found.filter((line) => line.includes("Rate") || line.includes("Qty"))).toEqual([]);
});

test("the first of several headings that name models is no title, and a paragraph is of the model of its section", async () => {
  const section = (name: string, cards: number, batch: number): string =>
    `#### ${name}\n\nAccuracy went up.\n\n${name} was trained on ${cards} A100 GPUs. The global batch size was ${batch}.\n`;
  const found = await figuresOf("a.md", [section("Heron-B/32", 128, 32768), section("Heron-B/16", 176, 33792)].join("\n"));
  expect(found).toEqual(
    expect.arrayContaining([
      "batch 32768 sequence Heron-B/32",
      "accelerators 176 accelerator Heron-B/16",
      "batch 33792 sequence Heron-B/16",
    ]),
  );
});
