/**
 * Plants slips into claims that add up, and counts which are found: `npm run plant [-- --corpus DIR] [--only NAME] [--verbose]`.
 *
 * What a consistent claim rests on is cut out as a short text; one figure of it is changed, one slip at a time, and the text is checked
 * again. Changes that mean the same are made in the same way and must stay silent, and hardware of one text with times of another
 * must not agree. The figures of a run over all documents go into PLANTED.md.
 */
import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openCatalog } from "../src/store/rules-folder.ts";
import { toolVersion } from "../src/store/tool-version.ts";
import { type Claim, claimsIn, textChecker } from "./plant/claims.ts";
import { documentsIn } from "./plant/documents.ts";
import { plantedPage } from "./plant/page.ts";
import { Planting } from "./plant/planting.ts";
import { scramble } from "./plant/scramble.ts";

const ROOT = resolve(import.meta.dirname, "..");
const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: join(ROOT, "../shared/corpus") },
    only: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

const hasCorpus = existsSync(join(flags.corpus, "gold"));
if (!hasCorpus)
  console.log(`no corpus in ${flags.corpus}: planting in the fixtures and the pages of the rules only, and leaving PLANTED.md as it is`);

const { catalog } = await openCatalog({ overlay: null });
const check = textChecker(catalog);
const planting = new Planting(catalog, check);
const claims: Claim[] = [];
let dependent = 0;
for (const document of documentsIn(ROOT, hasCorpus ? flags.corpus : null, flags.only)) {
  const found = await claimsIn(catalog, check, document);
  for (const claim of found.claims) await planting.plant(claim);
  claims.push(...found.claims);
  dependent += found.dependent;
}
const scrambled = await scramble(check, claims);

if (flags.verbose) for (const line of [...planting.lines, ...scrambled.lines]) console.log(line);
const page = plantedPage({
  measured: `${new Date().toISOString().slice(0, 10)} with version ${toolVersion()}, rules ${catalog.hash.slice(0, 12)}`,
  claims,
  dependent,
  families: planting.families,
  rules: planting.rules,
  benign: planting.benign,
  scrambled,
});
console.log(page);
if (flags.only === undefined && hasCorpus) writeFileSync(join(ROOT, "PLANTED.md"), page);
