import { expect, test } from "vitest";
import { toWireDocument } from "../../src/report/wire-report.ts";
import { queueEntries } from "../../src/review/queue-entry.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

async function queued(text: string) {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "case.md", bytes: new TextEncoder().encode(text), sha256: null };
  const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (result === null) throw new Error("the text was not read");
  const wire = toWireDocument({ source: "case.md", sha256: null, status: "checked", problems: [], result });
  return {
    wire,
    entries: queueEntries({ document: 0, source: "case.md", revision: 0 }, wire).toSorted((left, right) => left.rank - right.rank),
  };
}

/** The first hours are more than a thousand times too few: of what they are is for a person to see. The second are half of the product. */
const TEXT = `# Lark

Lark was trained on 64 A100 GPUs for 10 days, which used 7 GPU-hours in all.

# Wren

Wren was trained on 32 A100 GPUs for 10 days, which used 3,840 GPU-hours in all.
`;

test("what is withheld is in no verdict of the document, and in the queue behind what is sure", async () => {
  const { wire, entries } = await queued(TEXT);
  expect(wire.findings.filter(({ verdict }) => verdict === "inconsistent").map(({ stated }) => stated.value)).toEqual([3840]);
  expect(wire.withheld?.map(({ stated, because }) => [stated.value, because])).toEqual([[7, "unclear-run"]]);
  expect(entries.map(({ text, doubt }) => [text, doubt])).toEqual([
    ["3,840 GPU-hours", null],
    ["7 GPU-hours", "it is unclear which run a figure is of"],
  ]);
});
