import { expect, test } from "vitest";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

/** Sentences that each name their model; the hours of the first are twice what its cards and days give. */
const SENTENCES: readonly string[] = [
  "Plover-XL was trained on 96 H100 GPUs.",
  "Dunlin-XL was trained on 16 V100 GPUs for 12 days.",
  "Training Plover-XL took 5 days.",
  "The Plover-XL run used 23,040 GPU hours.",
];

/** What is told of a text, without where it stands in it. */
async function outcomeOf(text: string): Promise<readonly string[]> {
  const { catalog } = await openCatalog({ overlay: null });
  const input = { source: "order.md", bytes: new TextEncoder().encode(text), sha256: null };
  const { result } = await checkBytes(catalog, input, { priceDate: null, provider: null, assume: {} });
  if (result === null) throw new Error("the text was not read");
  const { linked, checked } = result;
  const products = linked.quantities.map(({ mention }) => `${mention.text} on ${linked.attachments.get(mention.id)?.hardware}`);
  return [...checked.findings.map(({ verdict, severity, rule }) => `${verdict} ${severity} ${rule}`), ...products].sort();
}

function ordersOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((item, at) => ordersOf(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

test("sentences that name their model may stand in any order", async () => {
  const first = await outcomeOf(SENTENCES.join(" "));
  expect(first.some((line) => line.startsWith("inconsistent"))).toBe(true);
  for (const order of ordersOf(SENTENCES)) expect(await outcomeOf(order.join(" ")), order.join(" ")).toEqual(first);
});
