import { describe, expect, test } from "vitest";
import { exactFigureWords, figureWords, rangeWords, ratioWords } from "../../src/report/figure-words.ts";
import { figure } from "./sample-report.ts";

describe("figures in words", () => {
  test.each([
    [61_440, "USD", "$61,440"],
    [4.5, "USD", "$4.50"],
    [0.017, "USD", "$0.017"],
    [8, "USD/device-hour", "$8 per device-hour"],
    [2.5e9, "USD", "$2.5 billion"],
    [12_000, "CNY", "CN¥12,000"],
    [1, "day", "1 day"],
    [20.833, "day", "20.8 days"],
    [1_022_362, "accelerator-hour", "1,022,362 accelerator-hours"],
    [400, "W", "400 W"],
    [0.385, "kg/kWh", "0.385 kg/kWh"],
    [3.14e23, "flop", "3.14 × 10²³ FLOP"],
    [1.63e14, "flop/s", "1.63 × 10¹⁴ FLOP/s"],
    [1.4e12, "token", "1.4 trillion tokens"],
    [380, "token/s/accelerator", "380 tokens/s per accelerator"],
    [39.04, "percent", "39%"],
    [1.1, "1", "1.1"],
    [2, "batch", "2 batches"],
    [16.0000000001, "chip", "16 chips"],
    [0.00002, "kg", "2 × 10⁻⁵ kg"],
  ])("%d %s", (value, unit, words) => {
    expect(figureWords(figure(value, unit))).toBe(words);
  });

  test("a figure that was read keeps its digits", () => {
    expect(exactFigureWords(figure(2.375, "day"))).toBe("2.375 days");
    expect(figureWords(figure(2.375, "day"))).toBe("2.38 days");
  });

  test("a range is given only where rounding leaves one", () => {
    expect(rangeWords({ value: 60, low: 54, high: 66, unit: "hour" })).toBe("54 to 66 hours");
    expect(rangeWords(figure(60, "hour"))).toBeNull();
    expect(rangeWords({ value: 60, low: 54, high: Infinity, unit: "hour" })).toBeNull();
  });

  test("factors are plain numbers", () => {
    expect(ratioWords(3.98763)).toBe("3.99 times");
    expect(ratioWords(4)).toBe("4 times");
  });
});
