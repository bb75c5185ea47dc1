import { join } from "node:path";
import type { BatchSummary } from "../batch/report-tally.ts";
import { countedNoun } from "../model/noun-words.ts";
import type { BatchSettings } from "./batch-settings.ts";
import type { ExitCode } from "./exit-code.ts";
import type { KnownFindings } from "./known-findings.ts";
import { notice, print } from "./output.ts";

/** Where the results of a batch go, and what is let pass. */
export interface BatchPlace {
  readonly known: KnownFindings;
  /** Folder of the report; null for results alone. */
  readonly out: string | null;
  /** Where the results are, in words. */
  readonly place: string;
}

/** Tells how a batch has ended. */
export async function tell(
  batch: BatchPlace,
  summary: BatchSummary,
  { checked, known }: { readonly checked: number; readonly known: number },
): Promise<void> {
  for (const line of batch.known.lines(new Set(summary.passed))) notice(line);
  const { documents } = summary;
  const counts = `${documents} ${documents === 1 ? "document" : "documents"}: ${checked} checked now, ${known} known`;
  await print(`${counts}; ${summaryWords(batch, summary)}`);
}

/** What was found, and where it stands. */
export function summaryWords({ out, place }: BatchPlace, { failed, flagged, errors, warnings, across }: BatchSummary): string {
  return [
    `${failed} could not be read, ${flagged} flagged (${countedNoun(errors, "error")}, ${countedNoun(warnings, "warning")})\n`,
    out === null ? `results are in ${place}; no report was written, pass --out FOLDER for one\n` : `${join(out, "index.html")}\n`,
    ...(across.length === 0 ? [] : ["\nAcross documents\n", ...across.map((line) => `  ${line}\n`)]),
  ].join("");
}

/** What could not be read counts before findings. */
export function batchExitCode({ failLevel }: BatchSettings, { failed, errors, warnings }: BatchSummary): ExitCode {
  if (failed > 0) return 2;
  const counted = { error: errors, warning: errors + warnings, never: 0 }[failLevel];
  return counted > 0 ? 1 : 0;
}
