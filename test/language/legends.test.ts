import { describe, expect, it } from "vitest";
import { legendEntries } from "../../src/language/legends.ts";

/** Key and value of each number of the last line, by what the lines before it say. */
function read(...lines: readonly string[]): readonly string[] | null {
  const text = lines.join("\n");
  const spans = lines.map((line) => ({ start: text.indexOf(line), end: text.indexOf(line) + line.length }));
  const item = spans.pop();
  if (item === undefined) throw new Error("no line");
  const found = legendEntries(text, item, spans);
  return found?.entries.map(({ key, value }) => `${text.slice(key.start, key.end)}: ${text.slice(value.start, value.end)}`) ?? null;
}

describe("a legend tells what the numbers of an item are", () => {
  it("from the line above, set apart by the same signs", () => {
    expect(read("Days on 16 H100s / GPU-hours / MWh:", "Finch-S – 2 / 768 / 0.6")).toEqual([
      "Days on 16 H100s: 2",
      "GPU-hours: 768",
      "MWh:: 0.6",
    ]);
    expect(read("Hours × GPUs = GPU-hours", "12 × 8 = 96")).toEqual(["Hours: 12", "GPUs: 8", "GPU-hours: 96"]);
  });

  it("from the key of the line itself, also by commas", () => {
    expect(read("gpus, days = 64, 9")).toEqual(["gpus: 64", "days: 9"]);
  });

  it("and nothing where the signs are others, or where the numbers stand among words", () => {
    expect(read("Days / GPU-hours:", "2 × 768")).toBeNull();
    expect(read("Days / GPU-hours:", "2 / 768 / 0.6")).toBeNull();
    expect(read("Days, GPU-hours:", "2, 768")).toBeNull();
    expect(read("Days / GPU-hours:", "two runs / 768 in all")).toBeNull();
  });
});
