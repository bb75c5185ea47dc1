import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/load-catalog.ts";
import { readPrebuilt, writePrebuilt } from "../../src/store/prebuilt-catalog.ts";
import { loaderHash, rulesHash, shippedRules } from "../../src/store/rules-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-prebuilt-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what a package ships is the catalog that its rules make", () => {
  const hash = rulesHash(null);
  const { catalog, problems } = loadCatalog(shippedRules(), { hash });
  expect(problems).toEqual([]);
  const path = join(folder, "catalog.json");
  writePrebuilt(path, catalog, loaderHash());
  const prebuilt = readPrebuilt(path);
  expect({ rules: prebuilt.rules, loader: prebuilt.loader }).toEqual({ rules: hash, loader: loaderHash() });
  // Nothing is lost that JSON does not have: no map, no set, no infinity.
  expect(prebuilt.catalog()).toStrictEqual(catalog);
  expect(prebuilt.catalog()).toBe(prebuilt.catalog());
});

test("its file is ASCII, whatever the rules hold", () => {
  const path = join(folder, "odd.json");
  const { catalog } = loadCatalog([], { hash: "é, 時 and 🜚" });
  writePrebuilt(path, { ...catalog, hash: "00" }, "11");
  expect(readPrebuilt(path).catalog().hash).toBe("00");
  writePrebuilt(path, catalog, "11");
  expect(
    Math.max(
      ...readFileSync(path, "latin1")
        .split("\n")
        .slice(1)
        .join("")
        .split("")
        .map((unit) => unit.charCodeAt(0)),
    ),
  ).toBeLessThan(128);
  expect(readPrebuilt(path).catalog().hash).toBe("é, 時 and 🜚");
});
