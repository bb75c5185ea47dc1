/**
 * Compares the scores with the committed ones: `npm run ratchet [-- --passages-only] [-- --beside-only] [-- --write]`.
 *
 * Exit code 1 where a figure has fallen. `--write` takes over what has risen. Without the corpus and the passages beside the checkout only
 * the passages of the project are compared, and that is said; `--beside-only` leaves these out, which `test/passages.test.ts` compares.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openCatalog } from "../src/store/rules-folder.ts";
import { corpusFigures, scoreCorpus } from "./score/corpus-run.ts";
import { scorePassages } from "./score/passage-run.ts";
import { committedFigures, corpusRow, type Figures, fallenBelow, passageFigures, raised, writeFigures } from "./score/ratchet.ts";

const ROOT = resolve(import.meta.dirname, "..");
const { values: flags } = parseArgs({
  options: {
    shared: { type: "string", default: join(ROOT, "..", "shared") },
    "passages-only": { type: "boolean", default: false },
    "beside-only": { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

const committed = committedFigures();
const measured = await measuredFigures();
const fallen = Object.entries(measured).flatMap(([set, rows]) => fallenBelow(set, committed[set] ?? {}, rows));
for (const line of fallen) console.log(`fallen: ${line}`);
if (flags.write)
  writeFigures({
    ...committed,
    ...Object.fromEntries(Object.entries(measured).map(([set, rows]) => [set, raised(committed[set] ?? {}, rows)])),
  });
console.log(fallen.length === 0 ? `no figure has fallen (${Object.keys(measured).join(", ")})` : `${fallen.length} figures have fallen`);
process.exitCode = fallen.length === 0 ? 0 : 1;

async function measuredFigures(): Promise<Figures> {
  const rulesFor = (): null => null;
  const figures: Record<string, Figures[string]> = {};
  const own = join(ROOT, "fixtures", "passages");
  if (!flags["beside-only"]) figures["fixtures"] = passageFigures(await scorePassages({ folder: own, only: null, rulesFor }));
  const [passages, corpus] = [join(flags.shared, "passages"), join(flags.shared, "corpus")];
  if (existsSync(passages)) {
    figures["passages"] = passageFigures(await scorePassages({ folder: passages, only: null, rulesFor }));
    const { all = {} } = passageFigures(await scorePassages({ folder: passages, only: null, rulesFor, isJoined: true }));
    figures["joined"] = { all };
  } else console.log(`no passages in ${passages}: their figures are not compared`);
  if (flags["passages-only"]) return figures;
  if (existsSync(join(corpus, "gold"))) figures["corpus"] = corpusRow(corpusFigures(await scoreCorpus(await catalog(), corpus, null)));
  else console.log(`no corpus in ${corpus}: its figures are not compared`);
  return figures;
}

async function catalog(): Promise<Awaited<ReturnType<typeof openCatalog>>["catalog"]> {
  const opened = await openCatalog({ overlay: null });
  if (opened.problems.length > 0) throw new Error(opened.problems.join("\n"));
  return opened.catalog;
}
