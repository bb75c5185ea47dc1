/**
 * Times the whole check: `npm run bench [-- --pdf FILE]`. Medians of several runs, each as a ratio to a peer in the same run.
 *
 * A text of 1 MB without claims and one with few, against reading it; a PDF against pdftotext; the command line to its first output.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkDocument } from "../src/pipeline.ts";
import { readDocument } from "../src/read/read-document.ts";
import { checkFile, USUAL_LIMITS } from "../src/store/checked-input.ts";
import { openCatalog } from "../src/store/rules-folder.ts";

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

await timeText("1 MB of prose without claims", PROSE.repeat(Math.ceil(1e6 / PROSE.length)));
const part = PROSE.repeat(Math.ceil(1e5 / PROSE.length));
await timeText("1 MB of prose with ten claims", `${part}${CLAIM}`.repeat(10));
await timePdf(flags.pdf);
await timeCommandLine();

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

async function timePdf(path: string): Promise<void> {
  if (!existsSync(path)) return print("a PDF", `not measured: no ${path}; give one with --pdf`);
  if (!hasPdftotext()) return print("a PDF", "not measured: pdftotext is not installed (poppler-utils)");
  const peer: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    peer.push(await timed(async () => execFileSync("pdftotext", ["-layout", path, "-"], { maxBuffer: 1 << 28 })));
    whole.push(await timed(() => checkFile(catalog, path, OPTIONS, USUAL_LIMITS)));
  }
  print(
    "a PDF, checked in a process of its own",
    `${median(whole).toFixed(0)} ms, ${(median(whole) / median(peer)).toFixed(2)} times pdftotext`,
  );
}

async function timeCommandLine(): Promise<void> {
  const cold: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await timed(async () => execFileSync(process.execPath, ["-e", "0"])));
    cold.push(await firstOutput());
  }
  print(
    "the command line, one paragraph, to its first output",
    `${median(cold).toFixed(0)} ms, ${(median(cold) / median(bare)).toFixed(1)} times an empty Node`,
  );
}

function firstOutput(): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, [resolve(ROOT, "bin/reckoner.js"), "check", "-"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(CLAIM);
  return new Promise((done) => child.stdout.once("data", () => done(performance.now() - start)));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function hasPdftotext(): boolean {
  try {
    execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
    return true;
  } catch (error) {
    // A program that is not there is what is asked; anything else is a fault.
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

function print(name: string, words: string): void {
  console.log(`${name.padEnd(56)} ${words}`);
}
