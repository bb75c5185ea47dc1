import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import ignore from "ignore";
import { writeBatchReport } from "../batch/batch-report.ts";
import { runBatch } from "../batch/run-batch.ts";
import { problemWords } from "../report/problem-words.ts";
import { USUAL_LIMITS } from "../store/checked-input.ts";
import { openResultStore } from "../store/result-store.ts";
import { toolVersion } from "../store/tool-version.ts";
import { startBatchProgress } from "./batch-progress.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode, FailLevel } from "./exit-code.ts";
import { findInputFiles } from "./input-files.ts";
import { requireKnownSlots } from "./option-values.ts";
import { print } from "./output.ts";
import { readSettings } from "./settings-file.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner batch` as parsed. */
export interface BatchFlags {
  readonly out: string;
  readonly store?: string;
  readonly jobs?: number;
  readonly timeout?: number;
  readonly maxMemory?: number;
  readonly assume: Readonly<Record<string, number>>;
  readonly priceDate?: string;
  readonly provider?: string;
  readonly failLevel?: FailLevel;
  readonly rules?: string;
}

/** Paths that a batch leaves out, in the language of .gitignore. */
const IGNORE_FILE = ".reckonerignore";

/** Checks every paper of a folder and writes a report; the same command goes on where the last one stopped. */
export async function batchCommand(inputs: readonly string[], flags: BatchFlags): Promise<ExitCode> {
  const settings = await readSettings(".");
  const { files, problems } = await findInputFiles(await named(inputs));
  for (const problem of problems) process.stderr.write(`reckoner: ${problemWords(problem)}\n`);
  const rules = flags.rules ?? settings.rules ?? null;
  const catalog = await loadCatalog(rules);
  const options = {
    priceDate: flags.priceDate ?? settings.priceDate ?? null,
    provider: flags.provider ?? settings.provider ?? null,
    assume: { ...settings.assume, ...flags.assume },
  };
  requireKnownSlots(
    options.assume,
    catalog.slots.map((slot) => slot.id),
  );
  const limits = {
    seconds: flags.timeout ?? settings.timeout ?? USUAL_LIMITS.seconds,
    megabytes: flags.maxMemory ?? USUAL_LIMITS.megabytes,
  };
  const papers = await withoutIgnored(files);
  await mkdir(flags.out, { recursive: true });
  const store = await openResultStore(flags.store ?? join(flags.out, "reckoner.sqlite"));
  const progress = startBatchProgress(papers.length);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  try {
    const request = { files: papers, rules, edition: `${toolVersion()} ${catalog.hash}`, options, limits };
    const jobs = flags.jobs ?? availableParallelism();
    const outcome = await runBatch(store, { ...request, jobs }, progress.next, stop.signal);
    progress.done();
    if (stop.signal.aborted) {
      process.stderr.write(`reckoner: stopped after ${outcome.keys.size} of ${papers.length}; the same command goes on from here\n`);
      return 2;
    }
    const tool = { name: "reckoner", version: toolVersion(), rules: catalog.hash } as const;
    const summary = await writeBatchReport(store, outcome.keys, tool, flags.out);
    await print(
      `${summary.documents} ${summary.documents === 1 ? "document" : "documents"}: ${outcome.checked} checked now, ${outcome.known} known; ${summary.failed} could not be read, ` +
        `${summary.flagged} flagged (${summary.errors} errors, ${summary.warnings} warnings)\n${join(flags.out, "index.html")}\n`,
    );
    if (summary.failed > 0 || problems.length > 0) return 2;
    const level = flags.failLevel ?? settings.failLevel ?? "error";
    const found = level === "never" ? 0 : level === "error" ? summary.errors : summary.errors + summary.warnings;
    return found > 0 ? 1 : 0;
  } finally {
    progress.done();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await store.close();
  }
}

/** "-" stands for a list of paths on standard input, one a line. */
async function named(inputs: readonly string[]): Promise<readonly string[]> {
  if (inputs.length === 0) throw new UsageError('no input: name a folder, files or patterns, or "-" for a list of paths on standard input');
  if (!inputs.includes("-")) return inputs;
  const listed: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== "") listed.push(line.trim());
  return [...inputs.filter((input) => input !== "-"), ...listed];
}

async function withoutIgnored(files: readonly string[]): Promise<readonly string[]> {
  if (!existsSync(IGNORE_FILE)) return files;
  const rules = ignore().add(readFileSync(IGNORE_FILE, "utf8"));
  return files.filter((file) => {
    const path = relative(".", file);
    return path.startsWith("..") || !rules.ignores(path);
  });
}
