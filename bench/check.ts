/**
 * Times the whole check: `npm run bench [-- --pdf FILE]`. Medians of several runs, each as a ratio to a peer in the same run.
 *
 * A text of 1 MB without claims and one with few, against reading it; documents of many claims against a quarter of them; 6,000 claims
 * and one sentence of 4,000 figures; a PDF against pdftotext; checking of all PDFs of the corpus against reading them.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkDocument } from "../src/pipeline.ts";
import { readPdf } from "../src/read/pdf/read-pdf.ts";
import { readDocument } from "../src/read/read-document.ts";
import { checkFile } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";
import { hasPdftotext, median, timed } from "./timing.ts";

const ROOT = resolve(import.meta.dirname, "..");
const OPTIONS = { priceDate: null, provider: null, assume: {} };
const { values: flags } = parseArgs({
  options: {
    pdf: { type: "string", default: resolve(ROOT, "../shared/corpus/pdf/llama1.pdf") },
    runs: { type: "string", default: "7" },
  },
});
const RUNS = Number(flags.runs);
const { catalog } = await openCatalog({ overlay: null });

const PROSE =
  "The committee met in the old library and spoke at length about the harvest, the roads and the price of bread. Nobody could say when the bridge would open again, and the mayor promised to write to the capital. In 1987 the town had 4 schools and 12 bakeries, of which few are left.\n\n";
const CLAIM = "We trained the model on 64 A100 GPUs for 12 days, at $2 per GPU-hour; the run cost $36,864.\n\n";

/** Documents of many claims: a list for each way in which claims can hang together. */
const MANY_CLAIMS: Readonly<Record<string, (count: number) => string>> = {
  "rows of a table": (count) =>
    `| Model | GPUs | Days | GPU hours | tCO2eq |\n|---|---|---|---|---|\n${lines(count, (each) => `| Heron-${each} | ${each + 2} A100 | ${(each % 9) + 1} | ${(each + 2) * ((each % 9) + 1) * 24} | ${each * 1.5} |`, "\n")}`,
  "paragraphs about one model": (count) => lines(count, () => "We trained Heron on 8 V100 GPUs for 2 days, which took 384 GPU-hours."),
  "models with a paragraph each": (count) => lines(count, (each) => `We trained Heron-${each} on ${each + 2} A100 GPUs for 3 days.`),
  "sentences of a paragraph without names": (count) =>
    lines(count, (each) => `It ran for ${(each % 9) + 1} days on ${each + 2} A100 GPUs.`, " "),
};

/** What is to be checked in a second. */
const MUCH: Readonly<Record<string, string>> = {
  "6,000 claims": lines(3000, () => "The run took 8 V100 GPUs for 10 hours, 80 GPU-hours in all."),
  "one sentence of 4,000 figures": `We trained on ${lines(2000, (each) => `${each + 2} A100 GPUs for ${(each % 30) + 1} hours`, ", ")}.`,
};

function lines(count: number, lineOf: (index: number) => string, between = "\n\n"): string {
  return Array.from({ length: count }, (_, index) => lineOf(index)).join(between);
}

await timeText("1 MB of prose without claims", PROSE.repeat(Math.ceil(1e6 / PROSE.length)));
const part = PROSE.repeat(Math.ceil(1e5 / PROSE.length));
await timeText("1 MB of prose with ten claims", `${part}${CLAIM}`.repeat(10));
for (const [name, documentOf] of Object.entries(MANY_CLAIMS)) await timeGrowth(name, documentOf);
for (const [name, text] of Object.entries(MUCH)) await timeCheck(name, text);
await timePdf(flags.pdf);
await timeCorpus(resolve(ROOT, "../shared/corpus/pdf"));

async function timeText(name: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  const reading: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    reading.push(await timed(async () => readDocument(bytes, "text.txt")));
    whole.push(
      await timed(async () => {
        const { document } = await readDocument(bytes, "text.txt");
        if (document !== null) checkDocument(catalog, document, OPTIONS);
      }),
    );
  }
  const megabytes = bytes.length / 1e6;
  print(
    name,
    `${(megabytes / (median(whole) / 1000)).toFixed(1)} MB/s, ${(median(whole) / median(reading)).toFixed(2)} times reading alone`,
  );
}

/** Four times as many claims should take four times as long. */
async function timeGrowth(name: string, documentOf: (count: number) => string): Promise<void> {
  const [few, many] = [250, 1000].map((count) => new TextEncoder().encode(documentOf(count)));
  const check = async (bytes: Uint8Array | undefined): Promise<void> => {
    const { document } = await readDocument(bytes ?? new Uint8Array(), "many.md");
    if (document === null) throw new Error(`${name}: not read`);
    checkDocument(catalog, document, OPTIONS);
  };
  const times: { few: number; many: number }[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push({ few: await timed(() => check(few)), many: await timed(() => check(many)) });
  const [some, all] = [median(times.map((each) => each.few)), median(times.map((each) => each.many))];
  print(`1,000 ${name}`, `${all.toFixed(0)} ms, ${(all / some).toFixed(1)} times as long as 250`);
}

/** Checking alone, without reading. */
async function timeCheck(name: string, text: string): Promise<void> {
  const { document } = await readDocument(new TextEncoder().encode(text), "much.md");
  if (document === null) throw new Error(`${name}: not read`);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await timed(() => checkDocument(catalog, document, OPTIONS)));
  print(name, `${median(times).toFixed(0)} ms`);
}

/** The largest share that checking is of reading. */
async function timeCorpus(folder: string): Promise<void> {
  if (!existsSync(folder)) return print("checking a PDF, against reading it", `not measured: no ${folder}`);
  const shares: { readonly name: string; readonly share: number }[] = [];
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".pdf"))) {
    const bytes = readFileSync(resolve(folder, name));
    const start = performance.now();
    const { document } = await readPdf(new Uint8Array(bytes), name);
    const read = performance.now() - start;
    if (document !== null) shares.push({ name, share: (await timed(() => checkDocument(catalog, document, OPTIONS))) / read });
  }
  const sorted = shares.sort((left, right) => right.share - left.share);
  const middle = median(shares.map(({ share }) => share));
  const most = sorted.slice(0, 3).map(({ name, share }) => `${name} ${share.toFixed(2)}`);
  print("checking a PDF, against reading it", `${middle.toFixed(2)}, at most ${most.join(", ")}`);
}

async function timePdf(path: string): Promise<void> {
  if (!existsSync(path)) return print("a PDF", `not measured: no ${path}; give one with --pdf`);
  if (!hasPdftotext()) return print("a PDF", "not measured: pdftotext is not installed (poppler-utils)");
  const peer: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    peer.push(await timed(async () => execFileSync("pdftotext", ["-layout", path, "-"], { maxBuffer: 1 << 28 })));
    whole.push(await timed(() => checkFile(catalog, path, OPTIONS)));
  }
  print(
    "a PDF, checked in a process of its own",
    `${median(whole).toFixed(0)} ms, ${(median(whole) / median(peer)).toFixed(2)} times pdftotext`,
  );
}

function print(name: string, words: string): void {
  console.log(`${name.padEnd(56)} ${words}`);
}
