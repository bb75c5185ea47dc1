/**
 * Scores the tool against the gold of the development corpus: `npm run score [-- --only NAME] [--verbose] [--corpus DIR]`.
 *
 * It reads the gold and never influences a result. A run over all documents rewrites SCORES.md.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import type { Catalog } from "../src/model/catalog.ts";
import type { DocumentReport } from "../src/model/report.ts";
import type { WireDocument } from "../src/report/wire.ts";
import { toWireReport } from "../src/report/wire-report.ts";
import { checkBytes, checkFile, USUAL_LIMITS } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { toolVersion } from "../src/store/tool-version.ts";
import type { Gold } from "./score/gold-match.ts";
import { type Quote, type QuoteScore, scoreQuotes } from "./score/quotes.ts";
import { readDraws } from "./score/read-by-eye.ts";
import { scoreReading } from "./score/reading.ts";
import { headline, recall, type Scores, scorePage, sortedKinds } from "./score/score-page.ts";
import { count, emptyTally, type Share, type Tally } from "./score/tally.ts";
import { timeStages } from "./score/timing.ts";

const ROOT = resolve(import.meta.dirname, "..");
const OPTIONS = { priceDate: null, provider: null, assume: {} };

/** PDFs are read in processes of their own, so two documents keep two cores busy. */
const AT_ONCE = 2;

const { values: flags } = parseArgs({
  options: {
    corpus: { type: "string", default: join(ROOT, "..", "shared", "corpus") },
    only: { type: "string" },
    verbose: { type: "boolean", default: false },
  },
});

if (existsSync(join(flags.corpus, "gold"))) await score(resolve(flags.corpus));
else console.log(`no gold in ${flags.corpus}; nothing to score (give another folder with --corpus)`);

async function score(corpus: string): Promise<void> {
  const started = performance.now();
  const { catalog, problems } = await openCatalog({ overlay: null });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  const golds = readdirSync(join(corpus, "gold"))
    .filter((file) => file.endsWith(".yaml") && (flags.only === undefined || file.includes(flags.only)))
    .sort()
    .map((file) => parse(readFileSync(join(corpus, "gold", file), "utf8")) as Gold);
  const failures: string[] = [];
  const checked = await inParallel(golds, async (gold) => {
    const path = join(corpus, gold.document);
    if (!existsSync(path)) return fail(failures, gold, "not there");
    try {
      return toWire(catalog, await checkFile(catalog, path, OPTIONS, USUAL_LIMITS));
    } catch (error) {
      return fail(failures, gold, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  });
  const [all, text, pdf] = [emptyTally(), emptyTally(), emptyTally()];
  for (const [index, gold] of golds.entries()) {
    const document = checked[index];
    if (document === null || document === undefined) continue;
    count(all, gold, document);
    count(gold.document.startsWith("pdf/") ? pdf : text, gold, document);
  }
  const scores: Scores = {
    all,
    text,
    pdf,
    quotes: flags.only === undefined ? await quotesOf(corpus, catalog) : null,
    reading: flags.only === undefined ? await scoreReading(corpus, null) : null,
    times: flags.only === undefined ? await timeStages(catalog, corpus) : [],
    readByEye: readDraws(),
    failures,
    date: new Date().toISOString().slice(0, 10),
    version: toolVersion(),
    rules: catalog.hash,
    seconds: (performance.now() - started) / 1000,
  };
  print(scores);
  if (flags.only === undefined) {
    writeFileSync(join(ROOT, "SCORES.md"), scorePage(scores));
    quoteInReadme(headline(scores));
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

function fail(failures: string[], gold: Gold, why: string): null {
  failures.push(`${gold.document}: ${why}`);
  return null;
}

/** What a user of the JSON report would see: through text and back, as it leaves the program. */
function toWire(catalog: Catalog, document: DocumentReport): WireDocument | null {
  const report = toWireReport({ tool: { name: "reckoner", version: toolVersion(), rules: catalog.hash }, documents: [document] });
  return (JSON.parse(JSON.stringify(report)) as typeof report).documents[0] ?? null;
}

async function quotesOf(corpus: string, catalog: Catalog): Promise<QuoteScore | null> {
  const path = join(corpus, "epoch_quotes.json");
  if (!existsSync(path)) return null;
  return scoreQuotes(JSON.parse(readFileSync(path, "utf8")) as readonly Quote[], async (text) => {
    const bytes = new TextEncoder().encode(text);
    const document = toWire(catalog, await checkBytes(catalog, { source: "quote.txt", bytes, sha256: null }, OPTIONS, USUAL_LIMITS));
    if (document === null) throw new Error("a quote gave no document");
    return document;
  });
}

/** Results in the order of the items. */
async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** The figures in the layout of the corpus's ruler, so that the two can be laid side by side; then what only we count. */
function print({ all, text, pdf, quotes, reading, failures }: Scores): void {
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
  if (failures.length > 0) console.log(`failed ${failures.length}\n${failures.map((line) => `  ${line}`).join("\n")}`);
  console.log(summaryLine(all, failures));
}

function printQuotes(quotes: QuoteScore): void {
  const facts = Object.keys(quotes.stated) as (keyof QuoteScore["stated"])[];
  console.log(
    `quotes              ${facts.map((fact) => `${fact} ${shareText({ hit: quotes.found[fact], of: quotes.stated[fact] })}`).join(", ")}`,
  );
  if (flags.verbose) for (const miss of quotes.misses) console.log(`  ${miss}`);
}

function summaryLine(all: Tally, failures: readonly string[]): string {
  const four = (share: Share): number => Number(ratio(share).toFixed(4));
  return JSON.stringify({
    subject: four(all.subject),
    hardware: four(all.hardware),
    recall: four(recall(all)),
    checks: four(all.checks),
    errorsOutside: all.outside.filter((line) => / error /.test(line)).length,
    flagsOutside: all.outside.length,
    failures: failures.length,
  });
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
