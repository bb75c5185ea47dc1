/** `npm run score:runs [-- --only NAME --rows 100]`: the table of runs against the gold of the corpus, and rows drawn to be read by eye. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { runRows } from "../src/run-rows.ts";
import { checkFile } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import type { Gold } from "./score/gold-match.ts";
import { countRunTable, emptyRunTableScore } from "./score/run-table.ts";
import { SCORE_OPTIONS, toWire } from "./score/wire-document.ts";

const { values } = parseArgs({
  options: { corpus: { type: "string", default: "../shared/corpus" }, only: { type: "string" }, rows: { type: "string", default: "0" } },
});
const { catalog } = await openCatalog({ overlay: null });
const score = emptyRunTableScore();
const drawn: string[] = [];
for (const file of readdirSync(join(values.corpus, "gold")).sort()) {
  if (values.only !== undefined && !file.includes(values.only)) continue;
  const gold = parse(readFileSync(join(values.corpus, "gold", file), "utf8")) as Gold;
  const path = join(values.corpus, gold.document);
  if (!existsSync(path)) continue;
  const document = toWire(catalog, await checkFile(catalog, path, SCORE_OPTIONS));
  if (document === null) throw new Error(`${path} could not be read`);
  if (gold.document.startsWith("pdf/")) countRunTable(score, gold, document);
  for (const { model, role, hardware, values: told } of runRows(document)) {
    const stated = [...told].filter(([, { origin }]) => origin === "stated");
    drawn.push(
      `${gold.document} | ${model} | ${role} | ${hardware} | ${stated.map(([name, { text, page, line }]) => `${name}: ${text} ${page === null ? `line ${line}` : `page ${page}`}`).join("; ")}`,
    );
  }
}
const share = ({ hit, of }: { readonly hit: number; readonly of: number }): string =>
  `${hit} of ${of}, ${(hit / Math.max(1, of)).toFixed(3)}`;
console.log(`subjects with a row: ${share(score.subjects)}`);
for (const line of score.missing) console.log(`  none: ${line}`);
console.log(`figures in their row and column: ${share(score.figures)}`);
for (const line of score.misplaced) console.log(`  not: ${line}`);
console.log(`${drawn.length} rows`);
/** Every so many rows, so that all documents are among them. */
const wanted = Math.min(drawn.length, Number(values.rows));
const step = drawn.length / Math.max(1, wanted);
for (let at = 0; at < wanted; at += 1) console.log(`  ${drawn[Math.floor(at * step)]}`);
