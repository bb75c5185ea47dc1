import { once } from "node:events";
import { availableParallelism } from "node:os";
import { latePool } from "../batch/late-pool.ts";
import type { CheckOptions } from "../model/report.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { loadInput } from "../store/input-file.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import type { ReviewLibrary } from "./review-library.ts";

/** What documents are checked with while the page is open. */
export interface BackgroundCheck {
  /** The user's own rules. */
  readonly rules: string | null;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
}

/**
 * Checks files in processes of their own and adds each to the library as it is done, so that the server answers meanwhile.
 *
 * Errors: a file that cannot be read is listed as failed; only processes that cannot start throw.
 */
export async function checkInBackground(
  library: ReviewLibrary,
  files: readonly string[],
  check: BackgroundCheck,
  signal: AbortSignal,
): Promise<void> {
  const { rules, options, limits } = check;
  library.expect(files.length);
  // One core is left to the page.
  const jobs = Math.max(1, Math.min(availableParallelism() - 1, files.length));
  const pool = latePool({ jobs, megabytes: limits.megabytes, rules });
  const waiting = files.values();
  const work = async (): Promise<void> => {
    for (const path of waiting) {
      if (signal.aborted) return;
      // Standard input can be read once only, and here.
      if (path === "-") await addStandardInput(library);
      else {
        const task = { path, location: path, content: null, options, limits };
        const wire = await (await pool.open()).check(task);
        if (!signal.aborted) library.addKnown(path, wire);
      }
    }
  };
  // Papers under way when the review ends are given up, and nobody waits for them.
  const ended = signal.aborted ? Promise.resolve() : once(signal, "abort").then(() => undefined);
  try {
    await Promise.race([Promise.all(Array.from({ length: jobs }, work)), ended]);
  } finally {
    await pool.close();
  }
}

async function addStandardInput(library: ReviewLibrary): Promise<void> {
  const source = "-";
  const input = await loadInput(source);
  if (input.kind === "bytes") library.addReport(await library.check({ source, content: input }), input.bytes);
  else {
    const { problems } = input.result;
    library.addKnown(source, toWireDocument({ source, sha256: null, status: "failed", problems, result: null }));
  }
}
