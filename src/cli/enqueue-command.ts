import { paperInputIsKnown } from "../batch/paper-input.ts";
import { openPaperQueue } from "../batch/paper-queue.ts";
import { problemWords } from "../report/problem-words.ts";
import { openResultStore, PATHS_AT_ONCE } from "../store/result-store.ts";
import { batchPapers, namedInputs, requirePapers } from "./batch-papers.ts";
import { batchSettings, type CheckingFlags, requireUsable } from "./batch-settings.ts";
import type { ExitCode } from "./exit-code.ts";
import { notice, print } from "./output.ts";
import { serverPlace } from "./server-place.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner batch --enqueue-only` as parsed. */
export interface EnqueueFlags extends CheckingFlags {
  readonly store?: string;
  readonly out?: string;
  readonly retries?: number;
  readonly heartbeat?: number;
}

const USUAL_RETRIES = 3;
/** Seconds: a worker that is paused for less keeps its paper. */
const USUAL_HEARTBEAT = 30;
/** Seconds. Source: the queue takes no less. */
const SHORTEST_HEARTBEAT = 10;

/** Puts papers in line for workers, without checking any; those whose results are known are left out. */
export async function enqueueCommand(inputs: readonly string[], flags: EnqueueFlags): Promise<ExitCode> {
  const place = serverPlace(flags.store, "--enqueue-only");
  if (flags.out !== undefined) {
    throw new UsageError("--enqueue-only writes no report: run the same command without it, and with --out, when the workers are done");
  }
  const heartbeatSeconds = flags.heartbeat ?? USUAL_HEARTBEAT;
  if (heartbeatSeconds < SHORTEST_HEARTBEAT)
    throw new UsageError(`--heartbeat ${heartbeatSeconds}: pass ${SHORTEST_HEARTBEAT} seconds or more`);
  const settings = await batchSettings(flags);
  await requireUsable(settings);
  const named = await namedInputs(inputs);
  const found = await batchPapers(named, () => false);
  requirePapers(named, found);
  const { papers, problems } = found;
  for (const problem of problems) notice(problemWords(problem));
  const store = await openResultStore(place);
  try {
    const queue = await openPaperQueue(place, settings.edition, "sender");
    try {
      const policy = { retries: flags.retries ?? USUAL_RETRIES, heartbeatSeconds: Math.round(heartbeatSeconds) };
      const { options, limits } = settings;
      let [added, known] = [0, 0];
      for (let from = 0; from < papers.length; from += PATHS_AT_ONCE) {
        const some = papers.slice(from, from + PATHS_AT_ONCE);
        const inputsOfSome = await store.inputs(some, limits);
        const unknown: string[] = [];
        for (const path of some) {
          const isKnown = await paperInputIsKnown(path, settings.edition, options, inputsOfSome.get(path));
          if (isKnown) known += 1;
          else unknown.push(path);
        }
        added += await queue.add(
          unknown.map((path) => ({ path, folder: process.cwd(), options, limits })),
          policy,
        );
      }
      const inLine = papers.length - known - added;
      await print(
        `${papers.length} ${papers.length === 1 ? "document" : "documents"}: ${added} put in line, ${inLine} in line before, ${known} known\n` +
          `start workers with: reckoner worker --store ${place.shown}\n`,
      );
      return problems.length > 0 ? 2 : 0;
    } finally {
      await queue.close();
    }
  } finally {
    await store.close();
  }
}
