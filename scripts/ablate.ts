/**
 * Turns off what the tool knows, one thing at a time, and lists what changes fewer than two documents:
 * `npm run ablate [-- --only extract/money] [--rows] [--shared DIR]`.
 *
 * By default every pattern of the stages; with `--rows` every word of `rules/lexicon` and every weight of `rules/weights`.
 * What is listed has learned a document, or nothing: a candidate to go.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installSwitches } from "./ablate/switches.ts";

const ROOT = resolve(import.meta.dirname, "..");
const ENOUGH = 2;
const { values: flags } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    rows: { type: "boolean", default: false },
    shared: { type: "string", default: join(ROOT, "..", "shared") },
  },
});

const switches = installSwitches();
// The stages are loaded only now, with their patterns made switchable.
const { changedIn, outcomeOf, samplesIn } = await import("./ablate/ablation.ts");
const { openCatalog, shippedRules } = await import("../src/store/rules-folder.ts");
const { catalog, problems } = await openCatalog({ overlay: null });
if (problems.length > 0) throw new Error(problems.join("\n"));

const documents = await samplesIn(ROOT, flags.shared);
const samples = documents.map((document) => {
  switches.met.clear();
  const outcome = outcomeOf(catalog, document);
  return { name: document.source.replace(`${ROOT}/`, ""), document, outcome, met: new Set(switches.met) };
});
console.log(`${samples.length} documents`);
if (flags.rows) await ablateRows();
else ablatePatterns();

function ablatePatterns(): void {
  const keys = [...switches.all].filter((key) => key.includes(flags.only)).sort();
  let idle = 0;
  for (const key of keys) {
    const where = samples.filter(({ met }) => met.has(key));
    switches.off = key;
    const changed = changedIn(catalog, where, ENOUGH);
    switches.off = null;
    if (changed.length >= ENOUGH) continue;
    idle += 1;
    console.log(`${key}: matches in ${where.length}, changes ${changed[0] ?? "nothing"}`);
  }
  console.log(`${idle} of ${keys.length} patterns change fewer than ${ENOUGH} documents`);
}

async function ablateRows(): Promise<void> {
  const [{ loadCatalog }, { rowsOf }] = await Promise.all([import("../src/catalog/load-catalog.ts"), import("./ablate/rule-rows.ts")]);
  const files = shippedRules();
  const rows = rowsOf(files).filter(({ name }) => name.includes(flags.only));
  let idle = 0;
  for (const { name, words, without } of rows) {
    const loaded = loadCatalog(files.map((file) => (file.path === without.path ? without : file)));
    // What the rules cannot be read without has its use.
    if (loaded.problems.length > 0) continue;
    const where = samples.filter(({ document }) => words.every((word) => document.text.toLowerCase().includes(word.toLowerCase())));
    const changed = changedIn(loaded.catalog, where, ENOUGH);
    if (changed.length >= ENOUGH) continue;
    idle += 1;
    console.log(`${name}: stands in ${where.length}, changes ${changed[0] ?? "nothing"}`);
  }
  console.log(`${idle} of ${rows.length} rows change fewer than ${ENOUGH} documents`);
}
