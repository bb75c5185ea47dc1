import { describe, expect, test } from "vitest";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

/** The messages of a text that is read as Markdown, by the words of their claims. */
async function messagesIn(text: string): Promise<ReadonlyMap<string, string>> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "case.md", bytes: new TextEncoder().encode(text), sha256: null };
  const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (result === null) throw new Error("the text was not read");
  const wire = toWireDocument({ source: "case.md", sha256: null, status: "checked", problems: [], result });
  return new Map(wire.findings.map(({ claim, message }) => [wire.mentions.find(({ id }) => id === claim)?.text ?? "", message]));
}

const CARD = (total: string, carbon: string) => `# Lark 2

| | Time (GPU hours) | Power (W) | Carbon (tCO2eq) |
| --- | --- | --- | --- |
| Lark 2 S | 100,000 | 400 | 16.00 |
| Lark 2 M | 200,000 | 400 | 32.00 |
| Lark 2 L | 600,000 | 400 | 96.00 |
| Total | ${total} | | ${carbon} |
`;

describe("what is said beside a verdict", () => {
  test("a fit that only the bands admit is told with the value that would fit", async () => {
    const messages = await messagesIn(
      "Training Lark used 1,000 A100 GPUs at 400 W for approximately 5 months and consumed 1,280 MWh with a PUE of 1.1.",
    );
    expect(messages.get("1,280 MWh")).toMatch(/It fits only loosely: 3\.98 months instead of "approximately 5 months"/);
  });

  test("a close fit has no remark", async () => {
    const messages = await messagesIn(
      "Training Lark used 1,000 A100 GPUs at 400 W for approximately 5 months and consumed 1,600 MWh with a PUE of 1.1.",
    );
    expect(messages.get("1,600 MWh")).toMatch(/ is 1,607 MWh; the page says 1,600 MWh\./);
    expect(messages.get("1,600 MWh")).not.toMatch(/loosely/);
  });

  test("a missing line is told with the rate that the other lines ask for", async () => {
    const messages = await messagesIn(CARD("1,400,000", "214.00"));
    expect(messages.get("1,400,000")).toContain("one with 500,000 GPU hours and 70 t in the other column, at 350 W, closes the sum");
  });

  test("a total that adds up misses no line", async () => {
    const messages = await messagesIn(CARD("900,000", "144.00"));
    expect(messages.get("900,000")).toMatch(
      /^100,000 GPU hours \+ 200,000 GPU hours \+ 600,000 GPU hours is 900,000 GPU hours, as the page says/,
    );
  });

  test("a figure that the text itself corrects is told with the correction", async () => {
    const messages = await messagesIn(
      `The review says: "Training Lark on 128 V100 GPUs for 10 days at $2 per GPU-hour cost $245,760."

Lark was trained on 128 V100 GPUs for 10 days at $2 per GPU-hour. The right sum is a training cost of $61,440.`,
    );
    expect(messages.get("$245,760")).toContain('The document itself gives "$61,440" (line 3).');
  });

  test("a range is told by its ends, never by its middle", async () => {
    const messages = await messagesIn(`| Model | Hardware | Hours | Cloud cost |
|---|---|---|---|
| Lark | V100x8 | 120 | $480–$1,920 |
| Wren | V100x4 | 1,000 | $2,000–$8,000 |
| Heron | V100x2 | 34,502 | $34,512–$138,048 |
`);
    expect(messages.get("$34,512–$138,048")).toContain("that works out to $34,502 to $138,008. The stated figure is 0.029% more than that");
  });
});
