import type { ReportRequest } from "../batch/batch-report.ts";
import { unreadDocument } from "../batch/failed-document.ts";
import { keptReport, noteReport, reportName } from "../batch/kept-report.ts";
import type { BatchSummary } from "../batch/report-tally.ts";
import { type BatchOutcome, runBatch } from "../batch/run-batch.ts";
import { problemWords } from "../report/problem-words.ts";
import type { Review } from "../report/review.ts";
import type { ResultStore } from "../store/result-store.ts";
import { toolVersion } from "../store/tool-version.ts";
import type { BatchPapers } from "./batch-papers.ts";
import { startBatchProgress } from "./batch-progress.ts";
import type { BatchSettings } from "./batch-settings.ts";
import { type BatchPlace, batchExitCode, summaryWords, tell } from "./batch-summary-words.ts";
import type { ExitCode } from "./exit-code.ts";
import { notice } from "./output.ts";

/** What stays the same from round to round. */
export interface BatchPlan extends BatchPlace {
  readonly store: ResultStore;
  readonly settings: BatchSettings;
  readonly jobs: number;
  /** Null where no decisions were named, so that none are published. */
  readonly reviews: readonly Review[] | null;
  readonly across: boolean;
}

/** What one round has done. */
export interface BatchRound {
  readonly code: ExitCode;
  /** What was told; null for a round that was stopped. */
  readonly text: string | null;
  /** What the report was made from; null where there is none. */
  readonly made: { readonly name: string; readonly stamps: ReadonlyMap<string, string> | null } | null;
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
  for (const line of unfound) if (before?.includes(line) !== true) notice(line);
  const progress = await startBatchProgress(papers.length);
  const stopping = (): void => {
    progress.done();
    notice("stopping; papers under way are finished first, interrupt again to end at once");
  };
  signal.addEventListener("abort", stopping);
  let outcome: BatchOutcome;
  try {
    outcome = await runBatch(store, { ...settings, files: papers, jobs }, progress.next, signal);
  } finally {
    signal.removeEventListener("abort", stopping);
    progress.done();
  }
  if (signal.aborted) {
    notice(`stopped after ${outcome.keys.size} of ${papers.length}; the same command goes on from here`);
    return { code: 2, text: null, made: null };
  }
  const request: ReportRequest = {
    ...{ keys: outcome.keys, unfound: problems.map((problem) => unreadDocument(problem.source, [problem])) },
    ...{ tool: { name: "reckoner", version: toolVersion(), rules: settings.rulesHash }, accepted: known.fingerprints },
    ...{ reviews: plan.reviews, across: plan.across },
  };
  const name = reportName(request, outcome.results);
  const summary =
    out === null
      ? await (await import("../batch/batch-report.ts")).batchSummary(store, request)
      : await reported(store, request, name, out);
  const lines = known.lines(new Set(summary.passed));
  const told = `${[...outcome.keys.keys()].join("\n")}\n${[...unfound, ...lines].join("\n")}\n${summaryWords(plan, summary)}`;
  if (outcome.checked > 0 || told !== before) await tell(plan, summary, outcome);
  const made = out === null || problems.length > 0 ? null : { name, stamps: outcome.stamps };
  return { code: batchExitCode(settings, summary), text: told, made };
}

/** The report in the folder, written again only if it would be another. */
async function reported(store: ResultStore, request: ReportRequest, name: string, out: string): Promise<BatchSummary> {
  const kept = await keptReport(out, name);
  if (kept !== null) return kept;
  // What writes the forms is loaded only where one is written.
  const { writeBatchReport } = await import("../batch/batch-report.ts");
  const { summary, files } = await writeBatchReport(store, request, out);
  await noteReport(out, name, files, summary);
  return summary;
}
