import { expect, test } from "vitest";
import type { Catalog, Source } from "../../src/model/catalog.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const OPTIONS = { priceDate: "2019-07", provider: null, assume: {} };

/** One text for each way in which a fact of the catalog carries a verdict: what a machine holds, a price, a peak, a pod. */
const CASES = [
  { text: "Lark was trained on 16 DGX A100 nodes for 10 days, 307,200 GPU-hours in total.", told: "error" },
  { text: "Lark was trained on 512 TPU v3 chips for 2.5 days, which cost $245,000.", told: "warning" },
  { text: "Lark was trained on TPU v3. One run uses a TPU v3-16384 slice.", told: "warning" },
];

async function severities(catalog: Catalog, text: string): Promise<readonly string[]> {
  const report = await checkBytes(catalog, { source: "a.txt", bytes: new TextEncoder().encode(text), sha256: null }, OPTIONS);
  const findings = report.result?.checked.findings ?? [];
  return findings.filter(({ verdict }) => verdict === "inconsistent" || verdict === "impossible").map(({ severity }) => severity);
}

const without = <T extends { readonly sources: readonly Source[] }>(rows: readonly T[]): readonly T[] =>
  rows.map((row) => ({ ...row, sources: [] }));

test.each(CASES)("an unsourced fact makes no more than a note: $text", async ({ text, told }) => {
  const { catalog } = await openCatalog({ overlay: null });
  const { accelerators, systems, prices } = catalog;
  const bare = { ...catalog, accelerators: without(accelerators), systems: without(systems), prices: without(prices) };
  expect(await severities(catalog, text)).toContain(told);
  const unsourced = await severities(bare, text);
  expect(unsourced.length).toBeGreaterThan(0);
  expect(new Set(unsourced)).toEqual(new Set(["note"]));
});
