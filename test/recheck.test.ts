import { expect, test } from "vitest";
import { checkDocument } from "../src/pipeline.ts";
import { readText } from "../src/read/text.ts";
import { recheckDocument } from "../src/recheck.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

const OPTIONS = { priceDate: null, provider: null, assume: {} };
const TEXT = "XLNet-Large was trained on 512 TPU v3 chips for 2.5 days. At $8 per TPU v3 device-hour, training XLNet-Large cost $245,000.";

async function checked() {
  const { catalog } = await openCatalog({ overlay: null });
  const { document } = readText(new TextEncoder().encode(TEXT), "xlnet.txt");
  if (document === null) throw new Error("unread");
  return { catalog, result: checkDocument(catalog, document, OPTIONS) };
}

function cost(result: Awaited<ReturnType<typeof checked>>["result"]): number | null {
  const finding = result.checked.findings.find(({ stated }) => stated.value === 245_000);
  return finding !== undefined && "recomputed" in finding ? finding.recomputed.value : null;
}

test("without corrections the answer is the same", async () => {
  const { catalog, result } = await checked();
  expect(cost(result)).toBe(61_440);
  expect(recheckDocument(catalog, result, [], OPTIONS).checked).toEqual(result.checked);
});

test("another reading of the chips halves the cost", async () => {
  const { catalog, result } = await checked();
  const mention = result.extraction.mentions.find(({ kind }) => kind === "accelerators")?.id ?? "";
  expect(cost(recheckDocument(catalog, result, [{ kind: "reading", mention, unit: "core" }], OPTIONS))).toBe(30_720);
});

test("a corrected number takes the place of the one that was read", async () => {
  const { catalog, result } = await checked();
  const mention = result.extraction.mentions.find(({ kind }) => kind === "wall-time")?.id ?? "";
  expect(cost(recheckDocument(catalog, result, [{ kind: "value", mention, value: 5 }], OPTIONS))).toBe(122_880);
});

test("a correction of nothing changes nothing", async () => {
  const { catalog, result } = await checked();
  expect(recheckDocument(catalog, result, [{ kind: "reading", mention: "m1", unit: "parsec" }], OPTIONS).checked).toEqual(result.checked);
});
