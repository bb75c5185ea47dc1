import { describe, expect, test } from "vitest";
import { findingsIn } from "../support/checked-text.ts";

/** Prices of $0.50 to $2 an hour for each card; the hours of the last line are for the reader of the test to choose. */
function priced(hours: string, costs: string): string {
  return `| Model | Hardware | Hours | Cloud cost |
|---|---|---|---|
| Lark | V100x8 | 120 | $480–$1,920 |
| Wren | V100x4 | 1,000 | $2,000–$8,000 |
| Heron | V100x2 | ${hours} | ${costs} |
`;
}

const flagged = async (text: string) => (await findingsIn(text)).filter((finding) => finding.stated.unit === "USD");

describe("columns of a table", () => {
  test("a range of costs is checked at both ends", async () => {
    const found = await flagged(priced("34,512", "$34,512–$138,048"));
    expect(found.map((finding) => finding.verdict)).toEqual(["consistent", "consistent", "consistent"]);
  });

  test("a wrong digit that both ends ask for is named", async () => {
    const found = await flagged(priced("34,502", "$34,512–$138,048"));
    const last = found.at(-1);
    expect(last).toMatchObject({ verdict: "inconsistent", severity: "warning", cause: { diagnosis: "digit-slip", certainty: "named" } });
    expect(last?.verdict === "inconsistent" ? last.cause?.words : null).toMatch(/34,512 makes the line agree/);
  });

  test("rounded costs ask for no other digit", async () => {
    const found = await flagged(priced("34,502", "$34,500–$138,000"));
    expect(found.filter((finding) => finding.verdict !== "consistent")).toEqual([]);
  });

  test("time is the work of each stage over the rate in its column", async () => {
    const table = (last: string) => `Our model saw 864,000,000 images at 128x128 and 1,728,000,000 images at 256x256.

| GPUs | Throughput at 128x128 (images/s) | Throughput at 256x256 (images/s) | Days |
|---|---|---|---|
| 8 | 1000 | 400 | 60 |
| 16 | 2000 | 800 | 30 |
| 32 | 4000 | 1600 | 15 |
| 64 | 8000 | 3200 | ${last} |
`;
    const verdicts = async (text: string) =>
      (await findingsIn(text)).filter((finding) => finding.rule === "table/stages").map((finding) => finding.verdict);
    expect(await verdicts(table("7.5"))).toEqual(["consistent", "consistent", "consistent", "consistent"]);
    expect(await verdicts(table("9.5"))).toEqual(["consistent", "consistent", "consistent", "inconsistent"]);
  });
});
