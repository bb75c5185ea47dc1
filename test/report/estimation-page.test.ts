import { expect, test } from "vitest";
import type { Estimation } from "../../src/model/estimation.ts";
import { estimationPage } from "../../src/report/estimation-page.ts";
import { deviceFact, figure, inconsistent } from "./sample-report.ts";

const estimation: Estimation = {
  phrase: "128 TPU v3 chips for 4 days",
  mentions: [],
  readings: [
    {
      assumes: ["128 counts chips"],
      weight: 0.9,
      results: [
        { slot: "accelerator_hours", figure: figure(12_288, "chip-hour"), steps: [] },
        {
          slot: "cost",
          figure: { value: 24_576, low: 24_000, high: 25_000, unit: "USD" },
          steps: inconsistent.steps,
        },
      ],
      defaults: [{ slot: "price", fact: deviceFact, change: "--provider" }],
    },
    { assumes: ["128 counts cores"], weight: 0.1, results: [{ slot: "cost", figure: figure(12_288, "USD"), steps: [] }], defaults: [] },
  ],
  missing: [],
};

test("every reading has its figures, the likeliest its working", () => {
  const text = estimationPage(estimation, { color: false, width: 100 });
  expect(text).toContain("If 128 counts chips  likeliest");
  expect(text).toMatch(/chip hours\s+12,288 chip-hours/);
  expect(text).toMatch(/cost\s+\$24,576\s+\$24,000 to \$25,000/);
  expect(text).toMatch(/If 128 counts cores\s+less likely\n\s+cost\s+\$12,288/);
  expect(text).toMatch(/Assumed\n {2}· price per hour: 4 chips per device, TPU v3: 4 chips in a device \[.+\];\s+--provider/);
  expect(text).toContain("= 128 chips × 96 hours × $2 per chip-hour = $24,576");
});

test("without hardware and time it says what is missing", () => {
  const text = estimationPage({ ...estimation, readings: [], missing: ["wall_time"] }, { color: false, width: 100 });
  expect(text).toBe("nothing can be worked out: the training time would have to be given\n");
});
