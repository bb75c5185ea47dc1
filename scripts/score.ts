/**
 * Scores the tool against the gold of the development corpus and of the passages:
 * `npm run score [-- --only NAME] [--verbose] [--corpus DIR] [--held-out DIR]`.
 *
 * `npm run score -- --passages [--only GENRE-OR-ID] [--verbose] [--rules DIR]` scores the passages alone, in seconds.
 * With `--joined` the passages of a genre are read as sections of long documents.
 * `--held-out DIR` names a folder with rules for each genre (`DIR/press/weights/...`) whose weights were fitted without that genre.
 * It reads the gold and never influences a result. A run over all documents rewrites SCORES.md.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Catalog } from "../src/model/catalog.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { toolVersion } from "../src/store/tool-version.ts";
import { corpusFigures, scoreCorpus } from "./score/corpus-run.ts";
import { passageHeadline, passageLines, reliabilityTable } from "./score/passage-page.ts";
import { type GenreScores, heldOutRules, scorePassages } from "./score/passage-run.ts";
import { sumOf } from "./score/passages.ts";
import { type Quote, type QuoteScore, scoreQuotes } from "./score/quotes.ts";
import { readDraws } from "./score/read-by-eye.ts";
import { scoreReading } from "./score/reading.ts";
import { headline, recall, type Scores, scorePage, sortedKinds } from "./score/score-page.ts";
import type { Share } from "./score/tally.ts";
import { timeStages } from "./score/timing.ts";
import { wireOf } from "./score/wire-document.ts";

const ROOT = resolve(import.meta.dirname, "..");

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: join(ROOT, "..", "shared", "corpus") },
    only: { type: "string" },
    verbose: { type: "boolean", default: false },
    passages: { type: "boolean", default: false },
    "passages-folder": { type: "string", default: join(ROOT, "..", "shared", "passages") },
    "held-out": { type: "string" },
    joined: { type: "boolean", default: false },
    rules: { type: "string" },
  },
});

if (flags.passages) await printPassages();
else if (existsSync(join(flags.corpus, "gold"))) await score(resolve(flags.corpus));
else console.log(`no gold in ${flags.corpus}; nothing to score (give another folder with --corpus)`);

/** The passages beside the checkout, then those of the project. */
async function printPassages(): Promise<void> {
  for (const folder of [flags["passages-folder"], join(ROOT, "fixtures", "passages")]) {
    const scores = await passagesOf(folder, flags["held-out"]);
    if (scores.size === 0) console.log(`no passages in ${folder}${flags.only === undefined ? "" : ` called "${flags.only}"`}`);
    if (flags.verbose) for (const { faults } of [...scores.values()].flat()) for (const line of faults) console.log(line);
    if (scores.size > 0) console.log([...passageLines(scores), reliabilityTable(sumOf([...scores.values()].flat()).told)].join("\n"));
  }
}

function passagesOf(folder: string, heldOut: string | undefined, isJoined = flags.joined): Promise<GenreScores> {
  const rulesFor = heldOut === undefined ? () => flags.rules ?? null : heldOutRules(heldOut);
  return scorePassages({ folder, only: flags.only ?? null, rulesFor, isJoined });
}

async function score(corpus: string): Promise<void> {
  const started = performance.now();
  const { catalog, problems } = await openCatalog({ overlay: flags.rules ?? null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const { all, text, pdf, failures } = await scoreCorpus(catalog, corpus, flags.only ?? null);
  const scores: Scores = {
    all,
    text,
    pdf,
    quotes: flags.only === undefined ? await quotesOf(corpus, catalog) : null,
    reading: flags.only === undefined ? await scoreReading(corpus, null) : null,
    times: flags.only === undefined ? await timeStages(catalog, corpus) : [],
    readByEye: readDraws(),
    passages: flags.only === undefined ? await passagesOf(flags["passages-folder"], undefined) : new Map(),
    joined: flags.only === undefined ? await passagesOf(flags["passages-folder"], undefined, true) : new Map(),
    heldOut:
      flags.only === undefined && flags["held-out"] !== undefined ? await passagesOf(flags["passages-folder"], flags["held-out"]) : null,
    failures,
    date: new Date().toISOString().slice(0, 10),
    version: toolVersion(),
    rules: catalog.hash,
    seconds: (performance.now() - started) / 1000,
  };
  print(scores);
  if (flags.only === undefined) {
    writeFileSync(join(ROOT, "SCORES.md"), scorePage(scores));
    quoteInReadme([passageHeadline(scores.passages, scores.heldOut), headline(scores)].filter((words) => words !== null).join("\n"));
    console.log(`wrote ${relative(process.cwd(), join(ROOT, "SCORES.md"))}`);
  }
}

/** The lines of README between the marks are those of the last score. */
function quoteInReadme(words: string): void {
  const path = join(ROOT, "README.md");
  const readme = readFileSync(path, "utf8");
  const quoted = readme.replace(/(<!-- scores -->\n)[\s\S]*?(\n<!-- \/scores -->)/, `$1${words}$2`);
  if (quoted !== readme) writeFileSync(path, quoted);
}

async function quotesOf(corpus: string, catalog: Catalog): Promise<QuoteScore | null> {
  const path = join(corpus, "epoch_quotes.json");
  if (!existsSync(path)) return null;
  return scoreQuotes(JSON.parse(readFileSync(path, "utf8")) as readonly Quote[], (text) => wireOf(catalog, "quote.txt", text));
}

/** The figures in the layout of the corpus's ruler, so that the two can be laid side by side; then what only we count. */
function print({ all, text, pdf, quotes, reading, passages, heldOut, failures }: Scores): void {
  const { verbose } = flags;
  if (verbose) for (const miss of all.misses) console.log(`MISS ${miss}`);
  if (verbose) for (const line of all.wrongNames) console.log(`NAME ${line}`);
  console.log("kind                gold  value  kind  kind+page  recall  mentions  in gold  unwanted");
  for (const [kind, counts] of sortedKinds(all)) {
    const figures = `${pad(counts.gold, 5)} ${pad(counts.value, 6)} ${pad(counts.kind, 5)} ${pad(counts.page, 10)}`;
    const share = counts.gold === 0 ? "     -" : (counts.page / counts.gold).toFixed(3).padStart(6);
    console.log(`${kind.padEnd(18)} ${figures}  ${share} ${pad(counts.mentions, 9)} ${pad(counts.inGold, 8)} ${pad(counts.unwanted, 9)}`);
  }
  const found = recall(all);
  console.log(`all quantities      ${found.of} found ${found.hit} recall ${ratio(found).toFixed(3)}`);
  console.log(`text, PDF           ${shareText(recall(text))}, ${shareText(recall(pdf))}`);
  console.log(`attached            subject ${shareText(all.subject)}, hardware ${shareText(all.hardware)}, of the quantities found`);
  console.log(`checks              ${all.checks.of} agree ${all.checks.hit} (${ratio(all.checks).toFixed(3)})`);
  for (const line of all.wrongChecks.slice(0, verbose ? undefined : 25)) console.log(`  ${line}`);
  console.log(`flags (not notes)   ${all.flags.total}, errors ${all.flags.errors}, outside gold ${all.outside.length}`);
  for (const line of all.outside.slice(0, verbose ? undefined : 40)) console.log(`  ${line}`);
  console.log(`notes outside gold  ${all.notes.length}`);
  for (const line of all.notes.slice(0, verbose ? undefined : 40)) console.log(`  ${line}`);
  console.log(`claims: none        ${all.onSilent.length} flags in ${all.silentDocuments.count} documents`);
  if (quotes !== null) printQuotes(quotes);
  if (reading !== null) {
    console.log(`reading of PDF      phrases ${shareText(reading.phrases)}, cells ${shareText(reading.cells)}`);
    for (const miss of reading.misses) console.log(`  ${miss}`);
  }
  if (passages.size > 0) console.log(passageLines(passages).join("\n"));
  if (heldOut !== null) console.log(["with the genre held out", ...passageLines(heldOut)].join("\n"));
  if (failures.length > 0) console.log(`failed ${failures.length}\n${failures.map((line) => `  ${line}`).join("\n")}`);
  console.log(JSON.stringify(corpusFigures({ all, failures })));
}

function printQuotes(quotes: QuoteScore): void {
  const facts = Object.keys(quotes.stated) as (keyof QuoteScore["stated"])[];
  console.log(
    `quotes              ${facts.map((fact) => `${fact} ${shareText({ hit: quotes.found[fact], of: quotes.stated[fact] })}`).join(", ")}`,
  );
  if (flags.verbose) for (const miss of quotes.misses) console.log(`  ${miss}`);
}

function shareText(share: Share): string {
  return `${share.hit} of ${share.of} (${ratio(share).toFixed(3)})`;
}

function ratio({ hit, of }: Share): number {
  return hit / Math.max(1, of);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
