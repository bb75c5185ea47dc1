import { expect, test } from "vitest";
import { estimatePhrase } from "../../src/pipeline.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const { catalog } = await openCatalog({ overlay: null });

/**
 * Phrase, slot, value, unit. Each value is worked out by hand as the comment has it, from these dense bf16 peaks, in TFLOP/s:
 * H100 989.4, A100 312, H200 989.4, B200 2250, MI300X 1307, TPU v4 275, TPU v5p 459, TPU v6e 918, V100 125 (fp16), Gaudi 2 432, H20 148.
 */
const BY_HAND: readonly (readonly [string, string, number, string])[] = [
  // 6 x 13e9 x 1e12 / (256 x 0.5 x 312e12) = 1,953,125 s
  [
    "I want to pretrain a 13B-parameter model on 1 trillion tokens using 256 A100s at 50% MFU. How long will it take?",
    "wall_time",
    22.605,
    "day",
  ],
  // 6 x 405e9 x 15.6e12 / (16,384 x 0.38 x 989.4e12) = 6,154,000 s
  ["405 billion parameters, 15.6 trillion tokens, 16,384 H100 GPUs, MFU of 38%", "wall_time", 71.22, "day"],
  // 3.79e25 / 6 / 405e9
  ["tokens that a 405B model sees with 3.79e25 FLOPs", "tokens", 1.5597e13, "token"],
  // 6 x 1.3e9 x 26e9
  ["compute needed for 1.3 billion parameters and 26 billion tokens", "flop", 2.028e20, "flop"],
  // 6 x 3e9 x 300e9 / (7 x 86,400 x 0.35 x 275e12) = 92.8
  ["how many TPU v4 chips do I need to train 3B parameters on 300B tokens in a week at 35% MFU?", "accelerators", 93, "chip"],
  // 4096 x 21 x 24
  ["we ran 4,096 TPU v5p chips for three weeks", "accelerator_hours", 2_064_384, "chip-hour"],
  // 32 x 8 x 14 x 24 = 86,016
  ["32 nodes of 8 H100 for two weeks", "accelerator_hours", 86_016, "gpu-hour"],
  // 16 x 8 x 5 x 24
  ["16 DGX A100 for 5 days", "accelerator_hours", 15_360, "gpu-hour"],
  // 4 x 8 x 36
  ["four p4d.24xlarge instances, 36 hours", "accelerator_hours", 1152, "gpu-hour"],
  // 1.7e6 x 2.5
  ["what do 1.7 million A100 hours cost at 2.50 dollars per hour?", "cost", 4_250_000, "USD"],
  // 250,000 / 1.25
  ["how many A100 GPU-hours do I get for $250k at $1.25/GPU-hour?", "accelerator_hours", 200_000, "gpu-hour"],
  // 64 x 21 x 24 x 4.10
  ["64 A100 GPUs, 21 days, $4.10 per GPU per hour", "cost", 132_250, "USD"],
  // 3,000,000 / (1024 x 24 x 60)
  ["price per GPU-hour if 1,024 H100s for 60 days cost $3M", "price", 2.0345, "USD/gpu-hour"],
  // 2,048,000 / 2048 / 24
  ["2,048,000 GPU hours on 2,048 A100s: how many days?", "wall_time", 41.667, "day"],
  // 1,000,000 / (512 x 2) / 24
  ["how long can I rent 512 H100s with $1M at $2 per GPU-hour", "wall_time", 40.69, "day"],
  // 8 x 0.45 x 72
  ["eight RTX 4090 cards at 450 W each running for 72 hours, PUE 1", "energy", 259.2, "kWh"],
  // 1,720,320 x 0.4 x 1.1
  ["1,720,320 A100-80GB GPU hours at 400 W, PUE 1.1", "energy", 756.94, "MWh"],
  // 25 x 24 x 30
  ["25 MW for 30 days", "energy", 18, "GWh"],
  // 433,000 x 0.057
  ["433 MWh on a grid that emits 57 g CO2 per kWh", "carbon", 24.681, "t"],
  // 25,000 / 433,000
  ["25 tons of CO2eq for 433 MWh: what carbon intensity is that?", "carbon_intensity", 0.057737, "kg/kWh"],
  // 539 t / 0.385
  ["how much energy is 539 tCO2eq at 0.385 kg per kWh?", "energy", 1400, "MWh"],
  // 6 x 70e9 x 15e12 / (6.4e6 x 3600 x 989.4e12)
  ["MFU of a 70B model trained on 15T tokens in 6.4 million H100 hours", "mfu", 27.637, "percent"],
  // 100,000 x 989.4e12 x 0.35 x 90 x 86,400
  ["100,000 H100s for 90 days at 35% utilization", "flop", 2.6927e26, "flop"],
  // 1.4e12 / (50 x 86,400)
  ["tokens per second to get through 1.4T tokens in 50 days", "throughput_total", 324_074, "token/s"],
  // 1e6 x 5e6
  ["1M steps at a global batch size of 5 million tokens", "tokens", 5e12, "token"],
  // 15e12 / 16e6
  ["how many steps are 15T tokens with a batch of 16M tokens?", "steps", 937_500, "step"],
  // 6 x 6.7e9 x 1e12 / (128 x 0.4 x 1307e12) = 600,739 s
  ["6.7B params on 1T tokens with 128 MI300X at 40% MFU", "wall_time", 6.953, "day"],
  // 20 x 12e9
  ["How many tokens are Chinchilla optimal for 12B parameters?", "tokens", 2.4e11, "token"],
  // 6 x 8e9 x 2e12 / (64 x 0.45 x 2250e12) = 1,481,481 s
  ["training time: 8B model, 2T tokens, 64 B200, 45 % MFU", "wall_time", 17.147, "day"],
  // 14.8 x 180,000
  ["DeepSeek-V3: 14.8T tokens at 180K H800 GPU hours per trillion tokens", "accelerator_hours", 2_664_000, "gpu-hour"],
  ["180K H800 GPU hours per trillion tokens, 14.8T tokens", "accelerator_hours", 2_664_000, "gpu-hour"],
  // 1000 x 24 x 2: what one device costs, and not all of them
  ["1000 H100 for a day at $2 an hour", "cost", 48_000, "USD"],
  // 3 x 30: what all of them cost
  ["8 A100 for 3 hours, $30 an hour", "cost", 90, "USD"],
  // 1000 x 2.5, in an hour
  ["cost of 1000 H100s at $2.50 per GPU-hour", "cost_rate", 2500, "USD/hour"],
  // 1000 x 24 x 10 x 3
  ["1000 H200 for ten days at 3 USD per GPU-hour", "cost", 720_000, "USD"],
];

const cases = BY_HAND.map(([phrase, slot, value, unit]) => ({ phrase, slot, value, unit }));
test.each(cases)("$phrase: $slot", ({ phrase, slot, value, unit }) => {
  const options = { assume: {}, provider: null, priceDate: null, place: null, model: null };
  const { estimation, unknown } = estimatePhrase(catalog, phrase, options);
  expect(unknown).toEqual([]);
  const results = estimation.readings[0]?.results ?? [];
  const figure = results.find((result) => result.slot === slot)?.figure;
  expect([figure?.unit, results.map((result) => result.slot)]).toEqual([unit, expect.anything()]);
  expect(Math.abs((figure?.value ?? 0) / value - 1)).toBeLessThan(0.001);
});

test("what a phrase asks for by its sign comes first", () => {
  const options = { assume: {}, provider: null, priceDate: null, place: null, model: null };
  const first = (phrase: string) => estimatePhrase(catalog, phrase, options).estimation.readings[0]?.results[0]?.slot;
  expect(first("training a 7B on 2T tokens on 512 A100 took 40 days; MFU?")).toBe("mfu");
  expect(first("CO2 of 8 A100 for 3 days in France")).toBe("carbon");
});
