/**
 * Throws damaged and odd documents at the tool: `npm run fuzz [-- --seconds 60] [--seed 1] [--keep]`.
 *
 * Every input is made from its number alone, so that what was found is found again. An input that throws, takes longer or more memory
 * than its size allows, breaks its process, or has another report the second time is told, and makes the exit code 1; `--keep` puts it
 * into `fixtures/fuzz/`, whose files `test/attack/fuzz-findings.test.ts` reads for ever.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { DocumentPool, TaskStopped } from "../src/isolate/document-pool.ts";
import { type FuzzInput, fuzzInput, fuzzSeeds } from "./fuzz/fuzz-input.ts";

/** What no input of this size may take. */
const LIMITS = { seconds: 60, megabytes: 512 };
/** Every so many inputs are read twice. */
const AGAIN = 8;
const JOBS = 2;
const OPTIONS = { priceDate: null, provider: null, assume: {} };
const FOUND = resolve(import.meta.dirname, "../fixtures/fuzz");

const { values: flags } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
  },
});

const seeds = await fuzzSeeds();
const pool = new DocumentPool({ jobs: JOBS, megabytes: LIMITS.megabytes, rules: null });
pool.warmUp();
const end = Date.now() + Number(flags.seconds) * 1000;
let next = Number(flags.seed);
const tally = new Map<string, number>();
let slowest = { milliseconds: 0, name: "" };
let found = 0;
await Promise.all(Array.from({ length: JOBS }, work));
pool.close();
const counts = [...tally].sort().map(([outcome, count]) => `${count} ${outcome}`);
console.log(
  `inputs ${flags.seed} to ${next - 1}: ${counts.join(", ")}; slowest ${slowest.name} ${(slowest.milliseconds / 1000).toFixed(1)} s`,
);
if (found > 0) process.exitCode = 1;

async function work(): Promise<void> {
  while (Date.now() < end) {
    const number = next;
    next += 1;
    const input = fuzzInput(seeds, number);
    const begun = performance.now();
    const first = await outcomeOf(input);
    const milliseconds = performance.now() - begun;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, name: input.name };
    const fault = first.fault ?? (number % AGAIN === 0 && (await outcomeOf(input)).report !== first.report ? "another report" : null);
    tally.set(first.status, (tally.get(first.status) ?? 0) + 1);
    if (fault !== null) tell(input, fault);
  }
}

interface Outcome {
  readonly status: string;
  readonly report: string;
  readonly fault: string | null;
}

async function outcomeOf({ name, bytes }: FuzzInput): Promise<Outcome> {
  const input = { source: name, content: { kind: "bytes", bytes, sha256: null } } as const;
  try {
    const document = await pool.ask({ kind: "wire", input, options: OPTIONS }, LIMITS);
    const status = document.status === "failed" ? `failed ${document.problems[0]?.code}` : document.status;
    return { status, report: JSON.stringify(document), fault: null };
  } catch (error) {
    if (!(error instanceof TaskStopped)) throw error;
    return { status: error.code, report: error.code, fault: `${error.code} (${error.message})` };
  }
}

function tell({ name, bytes }: FuzzInput, fault: string): void {
  found += 1;
  console.log(`${name}: ${fault}, ${bytes.length} bytes`);
  if (!flags.keep) return;
  mkdirSync(FOUND, { recursive: true });
  writeFileSync(join(FOUND, name), bytes);
}
