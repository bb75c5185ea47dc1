import { describe, expect, test } from "vitest";
import type { Estimation } from "../../src/model/estimation.ts";
import { estimatePhrase } from "../../src/pipeline.ts";
import { estimationJson, wireEstimation } from "../../src/report/estimation-json.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const { catalog } = await openCatalog({ overlay: null });

interface Options {
  readonly assume?: Readonly<Record<string, number>>;
  readonly provider?: string;
  readonly place?: string;
  readonly model?: string;
  readonly priceDate?: string;
}

function estimated(phrase: string, options: Options = {}) {
  const { assume = {}, provider = null, priceDate = null, place = null, model = null } = options;
  return estimatePhrase(catalog, phrase, { assume, provider, priceDate, place, model });
}

function resultOf({ readings }: Estimation, slot: string): { readonly value: number; readonly unit: string } | undefined {
  return readings[0]?.results.find((result) => result.slot === slot)?.figure;
}

/** Phrase, slot, value and unit; the value is worked out by hand, as the comment has it. Peaks: H100 989.4, A100 312 TFLOP/s dense BF16. */
const BY_HAND: readonly (readonly [string, string, number, string, Options?])[] = [
  // 6 x 8e9 x 15e12 / (2048 x 0.4 x 989.4e12) = 888,353 s
  ["Llama-3-8B on 15T tokens with 2048 H100 at 40% MFU", "wall_time", 10.282, "day"],
  // 6 x 70e9 x 2e12 / (1024 x 0.45 x 312e12) = 5,842,680 s
  ["how long to train a 70B model on 2T tokens with 1024 A100 at 45% MFU", "wall_time", 67.624, "day"],
  // 6 x 70e9 x 15e12 / (30 x 86,400 x 0.4 x 989.4e12) = 6141.5
  ["how many H100s to train a 70B model on 15T tokens in 30 days at 40% MFU", "accelerators", 6142, "gpu"],
  // 512 x 60
  ["512 TPU v3 chips for 2.5 days", "accelerator_hours", 30_720, "chip-hour"],
  // 30,720 x 8 / 4
  ["512 TPU v3 chips for 2.5 days", "cost", 61_440, "USD", { priceDate: "2019-06" }],
  // 8 x 72
  ["8 x RTX 4090 for 3 days", "accelerator_hours", 576, "gpu-hour"],
  ["8 RTX 3090s for 3 days", "accelerator_hours", 576, "gpu-hour"],
  // 8 x 5
  ["8 L40S for 5 hours", "accelerator_hours", 40, "gpu-hour"],
  // 8 x 48
  ["one DGX H100 for 48 hours", "accelerator_hours", 384, "gpu-hour"],
  ["2.788 million H800 GPU hours at $2 per GPU hour", "cost", 5_576_000, "USD"],
  ["$5.576M for 2.788M H800 GPU hours", "price", 2, "USD/gpu-hour"],
  // 100,000 / 2
  ["$100,000 of H100 at $2 per GPU-hour", "accelerator_hours", 50_000, "gpu-hour"],
  // 50,000 / 64 / 24
  ["how long do $100,000 of 64 H100 at $2 per GPU-hour last", "wall_time", 32.552, "day"],
  // 64 x 240 x 3
  ["64 H100 GPUs for 10 days at $3 per GPU-hour", "cost", 46_080, "USD"],
  // 433,000 x 0.041: the grid of France in 2025
  ["433 MWh in France", "carbon", 17.753, "t"],
  // 100,000 x 0.7 x 1.1 x 0.041
  ["100,000 H100 GPU-hours in France", "carbon", 3157, "kg", { assume: { pue: 1.1 } }],
  // 1287 x 0.429
  ["1287 MWh at 0.429 kg/kWh", "carbon", 552.12, "t"],
  // 552,000 / 1,287,000
  ["552 tonnes of CO2 from 1287 MWh", "carbon_intensity", 0.42891, "kg/kWh"],
  // 1000 x 720 x 0.4 x 1.2
  ["1000 A100 for 30 days at a PUE of 1.2", "energy", 345.6, "MWh"],
  // 1000 x 720 x 0.3 x 1.2
  ["1000 A100 drawing 300 W each for 30 days at a PUE of 1.2", "energy", 259.2, "MWh"],
  // 6 x 7e9 x 2e12
  ["FLOP of a 7B model on 2T tokens", "flop", 8.4e22, "flop"],
  // 8.4e22 / 6 / 7e9
  ["how many tokens for a 7B model with 8.4e22 FLOP", "tokens", 2e12, "token"],
  // 2e12 / 3500 / 256 = 2,232,143 s
  ["a 7B model at 3,500 tokens/s/GPU on 2T tokens with 256 A100", "wall_time", 25.835, "day"],
  // 6 x 7e9 x 3500 / 312e12
  ["a 7B model at 3,500 tokens/s/GPU on 2T tokens with 256 A100", "mfu", 47.115, "percent"],
  // 3500 x 256
  ["a 7B model at 3,500 tokens/s/GPU with 256 A100", "throughput_total", 896_000, "token/s"],
  // 24,000 x 16 x 90 x 86,400
  ["24k tokens per second per GPU on 16 A100 for 90 days", "tokens", 2.986e12, "token"],
  ["Chinchilla-optimal tokens for a 70B model", "tokens", 1.4e12, "token"],
  // 64 x 240 x 0.5 x 989.4e12 x 3600
  ["64 H100 for 10 days at 50% MFU", "flop", 2.7355e22, "flop"],
  // 3.14e23 / (10,000 x 0.3 x 125e12) = 837,333 s
  ["how long do 3.14e23 FLOP take on 10,000 V100 at 30% MFU", "wall_time", 9.6914, "day"],
  // 1,000,000 / (30 x 24 x 2)
  ["how many H100 can I rent for 30 days with $1 million at $2 per GPU hour", "accelerators", 695, "gpu"],
  // 6 x 175e9 x 300e9, the size of GPT-3 by the list of systems
  ["GPT-3 on 300B tokens with 1024 A100 at 50% MFU", "flop", 3.15e23, "flop"],
  // 25,000 / (128 x 240 x 1.1)
  ["what power did 128 A100 draw if they used 25 MWh in 10 days", "power", 0.73982, "kW/accelerator", { assume: { pue: 1.1 } }],
  // 15,000 / (128 x 240 x 0.4)
  ["what PUE if 128 A100 at 400 W used 15 MWh in 10 days", "pue", 1.2207, "1"],
  // 1e24 / (60 x 86,400 x 0.35 x 989.4e12) = 557.05
  ["how many H100 for 1e24 FLOP in 60 days at 35% MFU", "accelerators", 558, "gpu"],
  // 6 x 65e9 x 1.4e12 / (1024 x 21 x 86,400 x 312e12)
  ["MFU of 1024 A100 that train a 65B model on 1.4T tokens in 21 days", "mfu", 94.19, "percent"],
  // 100,000 / (512 x 0.4 x 1.2) = 406.9 h
  ["how long do 512 A100 run on 100 MWh at a PUE of 1.2", "wall_time", 16.954, "day", { assume: { power: 0.4 } }],
  // 1.2e12 / 3e11
  ["how many epochs are 1.2T tokens with 300B tokens per epoch", "epochs", 4, "epoch"],
  // 500,000 x 4e6
  ["500,000 steps with a batch of 4M tokens", "tokens", 2e12, "token"],
];

describe("an estimate solves for what is open", () => {
  const cases = BY_HAND.map(([phrase, slot, value, unit, options]) => ({ phrase, slot, value, unit, options }));
  test.each(cases)("$phrase: $slot", ({ phrase, slot, value, unit, options }) => {
    const { estimation, unknown } = estimated(phrase, options);
    expect(unknown).toEqual([]);
    const figure = resultOf(estimation, slot);
    expect(figure?.unit).toBe(unit);
    expect(Math.abs((figure?.value ?? 0) / value - 1)).toBeLessThan(0.001);
  });

  test("what is typed is exact, what is hedged is not", () => {
    const exact = estimated("100,000 H100 GPU-hours at $2 per GPU-hour").estimation.readings[0]?.results[0]?.figure;
    expect(exact).toEqual({ value: 200_000, low: 200_000, high: 200_000, unit: "USD" });
    const hedged = estimated("about 100,000 H100 GPU-hours at $2 per GPU-hour").estimation.readings[0]?.results[0]?.figure;
    expect(hedged?.low).toBeLessThan(200_000);
  });

  test("a price is the median of the offers of the time, with what they span", () => {
    const { readings } = estimated("64 H100 GPUs for 10 days").estimation;
    const price = readings[0]?.defaults.find(({ slot }) => slot === "price");
    expect(price?.fact.title).toMatch(/median of \d+ prices on demand, within a year of 20/);
    expect(price?.fact.figure.value).toBeGreaterThan(2);
    expect(price?.fact.figure.value).toBeLessThan(5);
    expect(price?.fact.figure.low).toBeLessThan(price?.fact.figure.value ?? 0);
    const oracle = estimated("64 H100 GPUs for 10 days", { provider: "Oracle Cloud" }).estimation.readings[0]?.defaults[0];
    expect(oracle?.fact.title).toContain("of Oracle Cloud");
  });

  test("what was asked for comes first, and tokens that make the most of compute only then", () => {
    expect(estimated("cost of 64 H100 GPUs for 10 days").estimation.readings[0]?.results[0]?.slot).toBe("cost");
    expect(resultOf(estimated("64 H100 GPUs for 10 days for a 7B model").estimation, "tokens")?.value).not.toBe(1.4e11);
  });

  test("a place is that of the words or of the option", () => {
    const said = resultOf(estimated("100 MWh in the UK").estimation, "carbon")?.value;
    expect(said).toBe(resultOf(estimated("100 MWh", { place: "United Kingdom" }).estimation, "carbon")?.value);
    expect(said).toBeLessThan(42_000);
  });

  test.each([
    ["100 MWh in Frankreich", {}, "place", "Frankreich"],
    ["100 MWh", { place: "Frence" }, "place", "Frence"],
    ["8 H900 for 3 days", {}, "product", "H900"],
    ["training Zorblax on 2T tokens with 64 H100", {}, "model", "Zorblax"],
  ])("a name that nothing is known of is not passed over: %s", (phrase, options, kind, text) => {
    expect(estimated(phrase, options).unknown).toEqual([expect.objectContaining({ kind, text })]);
  });

  test("months, precisions and providers are no places", () => {
    for (const phrase of ["64 H100 for 10 days in November", "64 H100 for 10 days in BF16", "64 H100 for 10 days on AWS"])
      expect(estimated(phrase).unknown).toEqual([]);
  });

  test("JSON has the figures, the defaults with their sources, and what is missing", () => {
    const whole = wireEstimation.parse(JSON.parse(estimationJson(estimated("64 H100 GPUs for 10 days").estimation)));
    expect(whole.readings[0]?.results.map(({ slot }) => slot)).toEqual(["accelerator_hours", "cost", "energy", "carbon", "flop"]);
    expect(whole.readings[0]?.defaults.find(({ slot }) => slot === "pue")).toMatchObject({ change: "--assume pue=" });
    const none = wireEstimation.parse(JSON.parse(estimationJson(estimated("100,000 GPU-hours").estimation)));
    expect(none).toMatchObject({ readings: [], missing: ["hardware"] });
  });
});
