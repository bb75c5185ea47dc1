/**
 * Makes the pages of fixtures/pages: `node scripts/make-pages.ts`.
 *
 * One folder for each trouble that a reader of PDF has, named after it. What must come out stands beside the page, in expected.txt,
 * and is not written here.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ENCODING_PAGES } from "./pages/encoding-pages.ts";
import { PROSE_PAGES } from "./pages/prose-pages.ts";
import { TABLE_PAGES } from "./pages/table-pages.ts";

const OUT = resolve(import.meta.dirname, "../fixtures/pages");
const cases = Object.entries({ ...PROSE_PAGES, ...ENCODING_PAGES, ...TABLE_PAGES });

for (const [name, make] of cases) {
  mkdirSync(join(OUT, name), { recursive: true });
  writeFileSync(join(OUT, name, "page.pdf"), await (await make()).save());
}
console.log(`wrote ${cases.length} pages into ${OUT}`);
