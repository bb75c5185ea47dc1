import { describe, expect, test } from "vitest";
import { confidenceOf, severityAllowed } from "../../src/check/confidence.ts";
import { LEAST_CONFIDENCE } from "../../src/model/finding.ts";
import { inconsistent, untested } from "../report/sample-report.ts";
import { findingsIn } from "../support/checked-text.ts";

describe("what was not tested does not agree", () => {
  test("a cost that only a price list of the time lets pass", async () => {
    const found = await findingsIn("Lark was trained on 8 H100 GPUs for 19 hours, which cost $450.");
    expect(found.filter(({ stated }) => stated.unit === "USD").map(({ verdict }) => verdict)).toEqual(["untested"]);
  });

  test("the same cost at a price that is stated", async () => {
    const found = await findingsIn("Lark was trained on 8 H100 GPUs for 19 hours at $3 per GPU-hour, which cost $456.");
    expect(found.filter(({ stated }) => stated.unit === "USD").map(({ verdict }) => verdict)).toContain("consistent");
  });

  test("face values far apart agree only where the page says that they are rough", async () => {
    const hours = async (words: string): Promise<readonly string[]> =>
      (await findingsIn(`We trained Lark on 8 V100 GPUs for ${words} GPU-hours in all.`))
        .filter(({ stated }) => /-hour$/.test(stated.unit))
        .map(({ verdict }) => verdict);
    expect(await hours("24 hours, 300")).not.toContain("consistent");
    expect(await hours("24 hours, 192")).toEqual(["consistent"]);
  });
});

describe("confidence", () => {
  test("what is flagged stands between the thresholds of its severity; what passes is as sure as its evidence", () => {
    expect(confidenceOf(inconsistent, 0.5)).toBe(LEAST_CONFIDENCE.error);
    expect(confidenceOf({ ...inconsistent, severity: "warning" }, 1)).toBeLessThan(LEAST_CONFIDENCE.error);
    expect(confidenceOf({ ...inconsistent, severity: "note" }, 0.2)).toBe(LEAST_CONFIDENCE.note);
    expect(confidenceOf(untested, 0.42)).toBe(0.42);
  });

  test("a severity is allowed from its threshold on", () => {
    expect([0.95, 0.94, 0.9, 0.5, 0.49].map(severityAllowed)).toEqual(["error", "warning", "warning", "note", null]);
  });

  test("is told of every finding", async () => {
    const found = await findingsIn("We trained Lark on 8 V100 GPUs for 10 hours, 800 GPU-hours in all.");
    expect(found.length).toBeGreaterThan(0);
    for (const { confidence } of found) expect(confidence).toBeGreaterThanOrEqual(0.5);
  });
});
