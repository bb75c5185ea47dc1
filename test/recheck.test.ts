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

test.each([
  ["We trained Ibis on 8 V100 GPUs for 2 days, and it cost $9,000.", "$9,000", 9500, "$9,500"],
  ["We trained Ibis on eight V100 GPUs for 2 days.", "eight V100 GPUs", 16, "16 V100 GPUs"],
  ["Ibis took 1.2M GPU hours on A100 GPUs.", "1.2M GPU hours", 1_400_000, "1.4M GPU hours"],
])("a corrected figure is told as the page would say it: %s", async (text, words, value, told) => {
  const { catalog } = await openCatalog({ overlay: null });
  const { document } = readText(new TextEncoder().encode(text), "ibis.txt");
  if (document === null) throw new Error("unread");
  const result = checkDocument(catalog, document, OPTIONS);
  const mention = result.extraction.mentions.find((each) => each.text === words)?.id ?? "";
  const now = recheckDocument(catalog, result, [{ kind: "value", mention, value }], OPTIONS);
  expect(now.extraction.mentions.find(({ id }) => id === mention)?.text).toBe(told);
});

test("a correction of nothing changes nothing", async () => {
  const { catalog, result } = await checked();
  expect(recheckDocument(catalog, result, [{ kind: "reading", mention: "m1", unit: "parsec" }], OPTIONS).checked).toEqual(result.checked);
});

const PAGE = "We trained Ibis on 8 V100 GPUs for 2 days, and the meter of the machines showed nine thousand and some.";

async function withAddition(kind: string, value: number, unit: string, noun: "gpu" | null, marked: string, subject: string | null) {
  const { catalog } = await openCatalog({ overlay: null });
  const { document } = readText(new TextEncoder().encode(PAGE), "ibis.txt");
  if (document === null) throw new Error("unread");
  const known = checkDocument(catalog, document, OPTIONS);
  const start = PAGE.indexOf(marked);
  const figure = { span: { start, end: start + marked.length }, kind, value, unit, noun, subject };
  return { known, now: recheckDocument(catalog, known, [{ kind: "added", mention: "", figure }], OPTIONS) };
}

test("a figure that a person marks is checked with the rest", async () => {
  const { known, now } = await withAddition("accelerator-hours", 9000, "accelerator-hour", "gpu", "nine thousand and some", null);
  expect(known.checked.findings).toEqual([]);
  const [added, ...others] = now.extraction.mentions.filter(({ text }) => text === "nine thousand and some");
  expect(others).toEqual([]);
  expect(added?.id).toBe(`m${known.extraction.mentions.length + 1}`);
  const finding = now.checked.findings.find(({ claim }) => claim === added?.id);
  expect(finding?.verdict).toBe("inconsistent");
  expect(finding !== undefined && "recomputed" in finding ? finding.recomputed.value : null).toBe(384);
  // Nothing else is read otherwise.
  const rest = now.extraction.mentions.filter(({ id }) => id !== added?.id);
  expect(rest).toEqual(known.extraction.mentions);
});

test("a figure that was read as something else gives way to what a person says it is, under the model that is named", async () => {
  const { known, now } = await withAddition("accelerators", 16, "accelerator", "gpu", "8 V100 GPUs", "Kite");
  expect(now.extraction.mentions.map(({ id }) => id)).toEqual(known.extraction.mentions.map(({ id }) => id));
  const count = now.linked.quantities.find(({ mention }) => mention.kind === "accelerators");
  expect(count?.mention.value).toBe(16);
  expect(count?.mention.hardware?.text).toBe("V100");
  expect(count === undefined ? null : now.linked.attachments.get(count.mention.id)?.subject).toBe("Kite");
});
