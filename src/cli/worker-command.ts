import { availableParallelism } from "node:os";
import { openPaperQueue, type PaperQueue, queueName } from "../batch/paper-queue.ts";
import { runWorker, type WorkerObserver } from "../batch/run-worker.ts";
import { USUAL_LIMITS } from "../store/read-limits.ts";
import { openResultStore } from "../store/result-store.ts";
import { batchSettings, requireUsable } from "./batch-settings.ts";
import type { ExitCode } from "./exit-code.ts";
import { notice, print } from "./output.ts";
import { serverPlace } from "./server-place.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner worker` as parsed. */
export interface WorkerFlags {
  readonly store?: string;
  readonly jobs?: number;
  readonly once?: boolean;
  readonly untilEmpty?: boolean;
  readonly maxMemory?: number;
  readonly rules?: string;
}

/** Checks papers that others put in line, until it is stopped; results go into the store. */
export async function workerCommand(flags: WorkerFlags): Promise<ExitCode> {
  const place = serverPlace(flags.store, "reckoner worker");
  if (flags.once === true && flags.untilEmpty === true) throw new UsageError("--once and --until-empty: pass one of them");
  const settings = await batchSettings({ assume: {}, ...(flags.rules === undefined ? {} : { rules: flags.rules }) });
  await requireUsable(settings);
  const { rules, edition } = settings;
  const store = await openResultStore(place);
  const stop = new AbortController();
  const interrupt = (): void => {
    notice("stopping; papers under way are finished first, interrupt again to end at once");
    stop.abort();
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const counts = { checked: 0, known: 0, "to-be-tried-again": 0, "given-up": 0 };
  const observe: WorkerObserver = ({ path, outcome, document }) => {
    counts[outcome] += 1;
    const [problem] = document?.problems ?? [];
    if (outcome === "to-be-tried-again" || outcome === "given-up") {
      notice(`${problem?.message ?? path} (${outcome.replaceAll("-", " ")})`);
    }
  };
  try {
    const queue = await openPaperQueue(place, edition, "worker");
    try {
      await tellOfOthers(queue, edition);
      const until = flags.once === true ? "none-waits" : flags.untilEmpty === true ? "all-done" : "stopped";
      const request = {
        jobs: flags.jobs ?? availableParallelism(),
        megabytes: flags.maxMemory ?? USUAL_LIMITS.megabytes,
        rules,
        edition,
        until,
      } as const;
      await runWorker({ store, queue }, request, observe, stop.signal);
      await print(
        `${counts.checked} checked, ${counts.known} known, ${counts["to-be-tried-again"]} to be tried again, ${counts["given-up"]} given up\n`,
      );
      return counts["given-up"] > 0 ? 2 : 0;
    } finally {
      await queue.close();
    }
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    await store.close();
  }
}

/** Papers that this worker will never take, for they were put in line by another release or with other rules. */
async function tellOfOthers(queue: PaperQueue, edition: string): Promise<void> {
  for (const [name, papers] of await queue.waitingElsewhere()) {
    notice(
      `${papers} ${papers === 1 ? "paper waits" : "papers wait"} in ${name}, for workers of that version with those rules; this one takes from ${queueName(edition)}`,
    );
  }
}
