import type { QueueStatus, QueuesStatus, WorkerStatus } from "../batch/store-status.ts";
import { countedNoun } from "../model/noun-words.ts";
import type { StoreStatus } from "../store/result-store.ts";

/** All that `reckoner status` tells. */
export interface StatusReport extends StoreStatus, QueuesStatus {
  readonly store: string;
  /** Until the queues are empty, at the rate of the last minute; null where nothing moves. */
  readonly secondsLeft: number | null;
}

/** Failures named in the text; the JSON has all. */
const MOST_NAMED = 10;

/** The status for a person. */
export function statusText(report: StatusReport): string {
  const { results, failed, problems, perSecond, runs, queues, workers } = report;
  const lines = [
    row("store", report.store),
    row("results", `${countedNoun(results, "paper")}, ${failed} of them could not be read${problemWords(problems)}`),
    row("rate", `${perSecond.toFixed(1)} papers/s over the last minute${leftWords(report)}`),
    ...queues.flatMap(queueLines),
    ...(queues.length === 0 && workers.length === 0 ? [] : workerLines(workers)),
  ];
  const [run] = runs;
  if (run !== undefined) {
    const state = run.finished === null ? "not finished" : `finished ${run.finished}`;
    lines.push(
      row(
        "last batch",
        `started ${run.started}, ${state}: ${countedNoun(run.papers, "paper")}, ${run.checked} checked, ${run.known} known`,
      ),
    );
  }
  return `${lines.join("\n")}\n`;
}

function queueLines(queue: QueueStatus): readonly string[] {
  const { name, waiting, retrying, active, completed, givenUp } = queue;
  const more = givenUp.length > MOST_NAMED ? [row("", `... and ${givenUp.length - MOST_NAMED} more`)] : [];
  return [
    row(
      "queue",
      `${name}: ${waiting} waiting, ${active} in work, ${retrying} to be tried again, ${completed} done, ${givenUp.length} given up`,
    ),
    ...givenUp.slice(0, MOST_NAMED).map(({ path, reason, attempts }) => {
      const words = reason.includes(path) ? reason : `${path}: ${reason}`;
      return row("given up", `${words} (${countedNoun(attempts, "attempt")})`);
    }),
    ...more,
  ];
}

function workerLines(workers: readonly WorkerStatus[]): readonly string[] {
  if (workers.length === 0) return [row("workers", "none alive")];
  return workers.map(({ host, pid, state, started, lastHeard }) =>
    row("worker", `${host} process ${pid}, ${state === "alive" ? `alive since ${started}` : `lost, last heard of ${lastHeard}`}`),
  );
}

function problemWords(problems: StatusReport["problems"]): string {
  return problems.length === 0 ? "" : ` (${problems.map(({ code, papers }) => `${code} ${papers}`).join(", ")})`;
}

function leftWords({ queues, secondsLeft }: StatusReport): string {
  if (queues.length === 0 || secondsLeft === 0) return "";
  return secondsLeft === null ? ", nothing moves" : `, about ${secondsLeft} s left`;
}

function row(name: string, words: string): string {
  return `${name.padEnd(11)}${words}`;
}
