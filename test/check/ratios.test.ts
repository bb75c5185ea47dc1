import { describe, expect, test } from "vitest";
import { findingsIn } from "../support/checked-text.ts";

const ratios = async (text: string) =>
  (await findingsIn(text)).filter(({ rule }) => rule === "ratio/of-two").map(({ verdict, severity }) => `${severity} ${verdict}`);

describe("ratios in a sentence", () => {
  test.each([
    "Training takes 172.8K H800 GPU hours instead of 300.6K H800 GPU hours, which is 42.5% less.",
    "Lark takes 12 GPU hours where Wren takes 48 GPU hours, a speed-up of 4.",
    "Emissions vary by a factor of 40, from 20g CO2eq/kWh in the north to 820g CO2eq/kWh in the south.",
    "The run took 6 days instead of 9 days, so it is 50% faster.",
    "Lark needs only 12.5% of Wren's training time (80 vs. 640 A100 GPU days).",
  ])("fits in one way to tell it: %s", async (text) => expect(await ratios(text)).toEqual(["note consistent"]));

  test.each([
    "Lark takes 12 GPU hours, Wren 48 GPU hours and Heron 60 GPU hours, a speed-up of 5.",
    "Lark takes 12 GPU hours where Wren takes 48 GPU hours, a speed-up of 5.8.",
    "Lark takes 12 GPU hours where Wren takes 48 GPU hours, with 60% fewer parameters.",
    "Lark needs only 30% of Wren's training time (80 vs. 640 A100 GPU days).",
  ])("is left alone where it may be of something else: %s", async (text) => expect(await ratios(text)).toEqual([]));
});

describe("slices", () => {
  const slices = async (text: string) =>
    (await findingsIn(text)).filter(({ rule }) => rule === "bound/slice").map(({ verdict }) => verdict);

  test("larger than their pod are impossible", async () =>
    expect(await slices("We trained Lark-7B on a TPU v3-8192 slice for 3 days.")).toEqual(["impossible"]));

  test("as large as their pod are fine", async () =>
    expect(await slices("We trained Lark-7B on a TPU v3-2048 slice for 3 days.")).toEqual([]));
});
