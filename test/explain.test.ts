import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { checkPages, openCatalog } from "../src/store/rules-folder.ts";

/** "table/total" as code names a rule; not "text/markdown". */
const RULE =
  /"((?:ratio|parameters|table|expression|identity|number|pair|bound|hardware|time|accelerator-hours|sum|work|energy|carbon|money)\/[a-z-]+)"/g;

test("every rule that a finding can name has a page", async () => {
  const folder = resolve(import.meta.dirname, "../src/check");
  const named = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(RULE)].map((match) => match[1]),
  );
  const { catalog } = await openCatalog({ overlay: null });
  const pages = new Set([...catalog.equations.map(({ id }) => id), ...checkPages().map(({ id }) => id)]);
  expect(named.length).toBeGreaterThan(10);
  expect([...new Set(named)].filter((rule) => rule !== undefined && !pages.has(rule))).toEqual([]);
  expect(catalog.checks.map(({ id }) => id)).toEqual(checkPages().map(({ id }) => id));
  for (const limit of ["pue", "mfu", "carbon-intensity"]) expect(pages).toContain(`bound/${limit}`);
});
