import { describe, expect, test } from "vitest";
import { findingsIn } from "../support/checked-text.ts";

describe("hardware", () => {
  const releases = async (date: string, text: string) =>
    (await findingsIn(`---\ndate: ${date}\n---\n\n${text}`)).filter(({ rule }) => rule === "bound/release").map(({ severity }) => severity);

  test("that came years later is a note", async () =>
    expect(await releases("2018-03-01", "We trained Lark-7B on 64 H100 GPUs for 10 days.")).toEqual(["note"]));

  test("that its maker may have had early is fine", async () => {
    expect(await releases("2022-01-01", "We trained Lark-7B on 64 H100 GPUs for 10 days.")).toEqual([]);
    expect(await releases("2024-01-01", "We trained Lark-7B on 64 H100 GPUs for 10 days.")).toEqual([]);
  });
});

describe("bounds", () => {
  test.each([
    ["A PUE below one", "We trained Lark-7B on 64 A100 GPUs for 10 days in a hall with a PUE of 0.91.", "error bound/pue 0.91"],
    ["a utilization above one", "Training Lark-7B on 64 A100 GPUs reached 145% MFU.", "error bound/mfu 145"],
    [
      "electricity dirtier than lignite",
      "Heron-2B ran on a grid with an intensity of 385 kg CO2eq/kWh.",
      "error bound/carbon-intensity 385",
    ],
    ["less by more than all", "Training Heron-2B is 300% cheaper than before.", "warning bound/reduction 300"],
    [
      "more compute than the hardware has",
      "Wren-13B took 8 A100 GPUs for 2 days, in all 3.5e21 FLOPs.",
      "warning bound/utilization 3.5e+21",
    ],
    ["carbon that no fuel emits", "Training Wren-13B used 12 MWh, which emitted 390 t CO2eq.", "warning bound/carbon-intensity 390"],
  ])("%s is impossible", async (_, text, expected) => {
    const found = (await findingsIn(text)).filter((finding) => finding.verdict === "impossible");
    expect(found.map((finding) => `${finding.severity} ${finding.rule} ${finding.stated.value}`)).toEqual([expected]);
  });

  test.each([
    "We trained Lark-7B on 64 A100 GPUs for 10 days in a hall with a PUE of 1.09.",
    "Training Lark-7B on 64 A100 GPUs reached 45% MFU.",
    "Heron-2B ran on a grid with an intensity of 385 g CO2eq/kWh.",
    "Training Heron-2B is 80% cheaper than before, and 300% faster.",
    "Wren-13B took 8 A100 GPUs for 2 days, in all 1.5e20 FLOPs.",
    "Training Wren-13B used 12 MWh, which emitted 4.6 t CO2eq.",
    "| Model | Energy (kWh) | CO2e |\n|---|---|---|\n| Lark | 27 | 26 |\n| Wren | 201 | 192 |\n",
  ])("is silent on: %s", async (text) => {
    expect((await findingsIn(text)).filter((finding) => finding.verdict === "impossible")).toEqual([]);
  });
});
