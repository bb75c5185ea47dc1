import { expect, test } from "vitest";
import type { Accelerator, Price } from "../../src/model/catalog.ts";
import { catalogPage } from "../../src/report/catalog-page.ts";

const source = { title: "Price list", url: "https://vendor.example/prices", read: "2019-08-01" };

const accelerator: Accelerator = {
  id: "vendor-x1",
  name: "X1",
  vendor: "Vendor",
  family: "x",
  kind: "tpu",
  aliases: ["X-1"],
  ambiguousAliases: [],
  aliasesNeedingContext: [],
  released: "2018-05",
  canonicalUnit: "chip",
  unitsInCanonical: { core: 0.5, chip: 1, device: 4 },
  words: {},
  memoryGigabytes: 32,
  densePeakTeraflops: { bf16_matrix: 123 },
  sparseFactor: null,
  headlineTraps: [],
  thermalDesignPowerWatts: 450,
  slice: null,
  podCanonicalUnits: null,
  notes: null,
  confidence: "high",
  sources: [source],
};

const names = new Map([["vendor-x1", "X1"]]);

const price: Price = {
  id: "vendor-x1-on-demand",
  provider: "Vendor Cloud",
  sku: "x1-4",
  hardware: "vendor-x1",
  unit: "device",
  canonicalUnitsPerUnit: 4,
  kind: "on_demand",
  region: "north1",
  currency: "USD",
  perHour: 8,
  includes: "host",
  validFrom: "2018-10",
  validTo: null,
  observed: [],
  note: null,
  confidence: "high",
  sources: [source],
};

test("hardware shows its units and figures, prices share a list of sources", () => {
  const text = catalogPage(
    { accelerators: [accelerator], systems: [], prices: [price, { ...price, id: "spot", kind: "spot", perHour: 2.4 }], names },
    { color: false, width: 100 },
  );
  expect(text).toContain("X1  Vendor, 2018-05, confidence high");
  expect(text).toContain("2 cores in a chip, 4 chips in a device");
  expect(text).toContain("bf16 matrix 123 TFLOP/s per chip");
  expect(text).toMatch(/X1\s+\$8 per device-hour of 4\s+on demand\s+2018-10 to now\s+Vendor Cloud, north1 \[1\]/);
  expect(text).toMatch(/X1\s+\$2\.40 per device-hour of 4\s+spot/);
  expect(text.match(/vendor\.example/g)).toHaveLength(2);
});

test("a search that is too wide is counted, not listed", () => {
  const many = Array.from({ length: 15 }, (_unused, index) => ({ ...accelerator, id: `x${index}`, name: `X${index}` }));
  expect(catalogPage({ accelerators: many, systems: [], prices: [], names }, { color: false, width: 100 })).toContain(
    "... and 3 more products; add a word to the search",
  );
});
