import { join } from "node:path";
import type { BatchSummary, ReportRequest } from "../batch/batch-report.ts";
import { keptReport, noteReport, reportName } from "../batch/kept-report.ts";
import { type BatchOutcome, runBatch } from "../batch/run-batch.ts";
import { problemWords } from "../report/problem-words.ts";
import type { ResultStore } from "../store/result-store.ts";
import { toolVersion } from "../store/tool-version.ts";
import type { BatchPapers } from "./batch-papers.ts";
import { startBatchProgress } from "./batch-progress.ts";
import type { BatchSettings } from "./batch-settings.ts";
import type { ExitCode } from "./exit-code.ts";
import type { KnownFindings } from "./known-findings.ts";
import { print } from "./output.ts";

/** What stays the same from round to round. */
export interface BatchPlan {
  readonly store: ResultStore;
  readonly settings: BatchSettings;
  readonly jobs: number;
  readonly known: KnownFindings;
  /** Whether decisions of persons were named, and are published. */
  readonly hasReviews: boolean;
  readonly across: boolean;
  /** Folder of the report; null for results alone. */
  readonly out: string | null;
  /** What is told of where the results are. */
  readonly place: string;
}

/** What one round has done. */
export interface BatchRound {
  readonly code: ExitCode;
  /** What was told; null for a round that was stopped. */
  readonly text: string | null;
}

/**
 * Checks what is new of the papers, and brings the report up to date.
 *
 * `before` is what the last round told: what would be told again is not.
 */
export async function batchRound(
  plan: BatchPlan,
  { papers, problems }: BatchPapers,
  signal: AbortSignal,
  before: string | null,
): Promise<BatchRound> {
  const { store, settings, jobs, known, out } = plan;
  const unfound = problems.map(problemWords);
  for (const line of unfound) if (before?.includes(line) !== true) process.stderr.write(`reckoner: ${line}\n`);
  const progress = await startBatchProgress(papers.length);
  let outcome: BatchOutcome;
  try {
    outcome = await runBatch(store, { ...settings, files: papers, jobs }, progress.next, signal);
  } finally {
    progress.done();
  }
  if (signal.aborted) {
    process.stderr.write(`reckoner: stopped after ${outcome.keys.size} of ${papers.length}; the same command goes on from here\n`);
    return { code: 2, text: null };
  }
  const request: ReportRequest = {
    ...{ keys: outcome.keys, tool: { name: "reckoner", version: toolVersion(), rules: settings.rulesHash } },
    ...{ accepted: known.fingerprints, reviews: plan.hasReviews ? known.reviews : null, across: plan.across },
  };
  const summary =
    out === null
      ? await (await import("../batch/batch-report.ts")).batchSummary(store, request)
      : await reported(store, request, outcome, out);
  const lines = known.lines(new Set(summary.passed));
  const text = [
    `${summary.failed} could not be read, ${summary.flagged} flagged (${summary.errors} errors, ${summary.warnings} warnings)\n`,
    out === null ? `results are in ${plan.place}; no report was written, pass --out FOLDER for one\n` : `${join(out, "index.html")}\n`,
    ...(summary.across.length === 0 ? [] : ["\nAcross documents\n", ...summary.across.map((line) => `  ${line}\n`)]),
  ].join("");
  const told = `${[...outcome.keys.keys()].join("\n")}\n${[...unfound, ...lines].join("\n")}\n${text}`;
  if (outcome.checked > 0 || told !== before) {
    for (const line of lines) process.stderr.write(`reckoner: ${line}\n`);
    const counts = `${outcome.keys.size} ${outcome.keys.size === 1 ? "document" : "documents"}: ${outcome.checked} checked now, ${outcome.known} known`;
    await print(`${counts}; ${text}`);
  }
  return { code: exitCode(plan, summary, problems.length), text: told };
}

/** The report in the folder, written again only if it would be another. */
async function reported(store: ResultStore, request: ReportRequest, outcome: BatchOutcome, out: string): Promise<BatchSummary> {
  const name = outcome.results === null ? null : reportName(request, outcome.results);
  const kept = name === null ? null : await keptReport(out, name);
  if (kept !== null) return kept;
  // What writes the forms is loaded only where one is written.
  const { writeBatchReport } = await import("../batch/batch-report.ts");
  const { summary, files } = await writeBatchReport(store, request, out);
  if (name !== null) await noteReport(out, name, files, summary);
  return summary;
}

function exitCode({ settings }: BatchPlan, { failed, errors, warnings }: BatchSummary, problems: number): ExitCode {
  if (failed > 0 || problems > 0) return 2;
  const counted = { error: errors, warning: errors + warnings, never: 0 }[settings.failLevel];
  return counted > 0 ? 1 : 0;
}
