import { describe, expect, test } from "vitest";
import { findingsIn } from "../support/checked-text.ts";

const causes = async (text: string) =>
  (await findingsIn(text)).flatMap((finding) =>
    "cause" in finding && finding.cause !== null ? [`${finding.cause.diagnosis} ${finding.cause.certainty}`] : [],
  );

const verdicts = async (text: string) => (await findingsIn(text)).map(({ rule, verdict, severity }) => `${severity} ${verdict} ${rule}`);

describe("why a figure is off", () => {
  test.each([
    [
      "pounds for kilograms, with PUE in the premises",
      "Lark-3B: the GPUs drew 350 W each over 96,000 GPU hours, which is 33.6 MWh without the cooling. With a PUE of 1.30 and a carbon intensity of 0.250 kg CO2eq per kWh, this makes 24.1 tonnes of CO2eq.",
      "pound named",
    ],
    ["device-days told as device-hours", "Lark-3B took 75,000 H100 days; at $2.40 per GPU-hour that is $180,000.", "day-for-hour named"],
    ["what is left for what is gone", "The recipe cut the training cost by 58% from $10,400 to $6,032.", "rest-for-part named"],
    [
      "a wrong digit that makes the figures agree to the last place",
      "Lark-3B was trained on 526 A100 GPUs for 29 days, 178,176 GPU-hours in all.",
      "digit-slip named",
    ],
    ["a factor that rounding admits", "Lark-3B emitted 4.6 t CO2: it used 5,250 kWh, at 0.4 kg CO2/kWh.", "pound named"],
  ])("%s", async (_, text, cause) => expect(await causes(text)).toEqual([cause]));

  test.each([
    ["figures so loose that some factor is always near", "Lark-3B ran on 512 A100 GPUs for five days, 32,550 GPU-hours in all."],
    ["a digit of a short number", "Lark-3B was trained on 16 A100 GPUs for 30 hours, 640 GPU-hours in all."],
    ["a factor that sharp figures miss", "Lark-3B was trained on 64 A100 GPUs for 240 hours, 1,874 GPU-hours in all."],
  ])("none is told of %s", async (_, text) => {
    expect(await verdicts(text)).toContainEqual(expect.stringMatching(/^(?:warning|error) inconsistent/));
    expect(await causes(text)).toEqual([]);
  });

  test("a cell that holds what another line holds", async () =>
    expect(
      await causes(
        "| Model | GPUs | Days | GPU-hours |\n|---|---|---|---|\n| Wren-1B | 32×A100 | 4 | 3,072 |\n| Wren-3B | 64×A100 | 9 | 3,072 |\n",
      ),
    ).toEqual(["copied-row possible"]));

  test("no factor of counts is offered where none of the figures is a count", async () =>
    expect(await causes("The cluster of Lark-3B costs $96 per hour. Training took 50 hours, so the run cost $19,200.")).toEqual([]));
});

describe("numbers that cannot be what they are", () => {
  test.each(["2.34 × 1022 FLOPs", "1022 FLOPs"])("the exponent of %s came down to the line", async (printed) =>
    expect(await verdicts(`Lark-13B has 13 billion parameters and saw 300 billion tokens; its training took ${printed}.`)).toContain(
      "warning malformed number/print",
    ),
  );

  test("a thousand operations for each token are a number of their own", async () =>
    expect(await verdicts("Lark-13B was trained on 3 x 100 A100 GPUs for 4 days.")).toEqual([]));
});

test("a price by the hour is that of the machine where the other lines show it", async () =>
  expect(
    await verdicts(
      "| Machine | $/hr | Hours | Total |\n|---|---|---|---|\n| Small | 3.40 | 40 | $544.00 |\n| Medium | 13.60 | 65 | $884.00 |\n| Large | 21.25 | 120 | $2,550.00 |\n",
    ),
  ).toEqual(["warning inconsistent money/rate-cost", "note consistent money/rate-cost", "note consistent money/rate-cost"]));
