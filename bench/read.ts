/**
 * Times the PDF reader: `npm run bench:read -- FOLDER [--runs N] [--only NAME] [--command FILE]`, or with RECKONER_BENCH_PDFS for the folder.
 *
 * For each PDF, in turns in the same run: `pdftotext FILE`, reading in this process when warm, and a new process of the command line.
 * Then all of them are read and checked in one process and in two.
 * What is printed are medians over runs, and medians over files of the ratio to pdftotext.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DocumentPool } from "../src/isolate/document-pool.ts";
import { readPdf } from "../src/read/pdf/read-pdf.ts";
import { hasPdftotext, median, timed } from "./timing.ts";

/** The command of this checkout, which strips types as it loads; `--command` names that of an installed package. */
const COMMAND = resolve(import.meta.dirname, "..", "bin/reckoner.js");
const LIMITS = { seconds: 120, megabytes: 2048 };

/** Milliseconds that one file takes, each a median over runs. */
interface FileTimes {
  readonly file: string;
  readonly pages: number;
  readonly peer: number;
  readonly warm: number;
  readonly cold: number;
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "5" }, only: { type: "string", default: "" }, command: { type: "string", default: COMMAND } },
});
const folder = positionals[0] ?? process.env["RECKONER_BENCH_PDFS"] ?? null;
const files = folder === null || !existsSync(folder) ? [] : pdfsIn(folder);

if (files.length === 0) console.log("nothing measured: name a folder that holds PDFs, or set RECKONER_BENCH_PDFS");
else if (!hasPdftotext()) console.log("nothing measured: pdftotext is not installed (poppler-utils)");
else await bench(files, Math.max(1, Number(flags.runs) || 1));

function pdfsIn(path: string): readonly string[] {
  return readdirSync(path)
    .filter((name) => name.endsWith(".pdf") && name.includes(flags.only))
    .sort()
    .map((name) => join(path, name));
}

async function bench(paths: readonly string[], runs: number): Promise<void> {
  // Code that has run on a few files is compiled; from then on reading is warm.
  for (const path of paths.slice(0, 3)) await readPdf(readFileSync(path), path);
  const times: FileTimes[] = [];
  console.log("file                          pages  pdftotext    warm  ratio     cold  ratio");
  for (const path of paths) {
    const entry = await timeFile(path, runs);
    times.push(entry);
    const name = basename(entry.file).slice(0, 28).padEnd(28);
    console.log(
      `${name} ${pad(entry.pages, 6)} ${ms(entry.peer)} ${ms(entry.warm)} ${ratio(entry.warm, entry.peer)} ${ms(entry.cold)} ${ratio(entry.cold, entry.peer)}`,
    );
  }
  const warm = median(times.map((entry) => entry.warm / entry.peer));
  const cold = median(times.map((entry) => entry.cold / entry.peer));
  console.log(`\nmedians over ${times.length} PDFs, in times of pdftotext`);
  console.log(`warm, in process        ${warm.toFixed(2)}   (at most 2.5 is wanted)`);
  console.log(`cold, the command line  ${cold.toFixed(2)}   (at most 8 is wanted)`);
  const one = await timeProcesses(paths, 1);
  const two = await timeProcesses(paths, 2);
  console.log(`all files, 1 process    ${ms(one).trim()} ms`);
  console.log(`all files, 2 processes  ${ms(two).trim()} ms, ${(one / two).toFixed(2)} times as fast`);
  console.log(`memory of this process  ${Math.round(process.resourceUsage().maxRSS / 1024)} MB at most`);
}

async function timeFile(path: string, runs: number): Promise<FileTimes> {
  const bytes = readFileSync(path);
  const [peer, warm, cold]: [number[], number[], number[]] = [[], [], []];
  let pages = 0;
  for (let run = 0; run < runs; run += 1) {
    peer.push(await timed(() => execFileSync("pdftotext", [path, "-"], { maxBuffer: 1 << 28 })));
    warm.push(
      await timed(async () => {
        const { document } = await readPdf(bytes, path);
        pages = document?.pages.length ?? 0;
      }),
    );
    cold.push(await timed(() => runCommand(path)));
  }
  return { file: path, pages, peer: median(peer), warm: median(warm), cold: median(cold) };
}

/** The whole command; findings make its exit code 1, which is no failure here. */
function runCommand(path: string): void {
  execFileSync(process.execPath, [flags.command, "check", path, "--format", "json", "--fail-level", "never"], {
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** Reading and checking in processes, as a batch does it. */
async function timeProcesses(paths: readonly string[], jobs: number): Promise<number> {
  const pool = new DocumentPool({ jobs, megabytes: LIMITS.megabytes, rules: null });
  const options = { priceDate: null, provider: null, assume: {} };
  const check = (path: string) =>
    pool.ask({ kind: "wire", input: { source: path, content: { kind: "file", location: path } }, options }, LIMITS);
  await Promise.all(Array.from({ length: jobs }, () => check(paths[0] ?? "")));
  const time = await timed(() => Promise.all(paths.map(check)));
  pool.close();
  return time;
}

function ms(value: number): string {
  return value.toFixed(0).padStart(8);
}

function ratio(value: number, peer: number): string {
  return (value / peer).toFixed(2).padStart(6);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width);
}
