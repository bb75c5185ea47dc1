import { DocumentDesk } from "../isolate/document-desk.ts";
import type { DocumentResult } from "../model/report.ts";
import { diffJson, diffPage } from "../report/diff-page.ts";
import { problemWords } from "../report/problem-words.ts";
import { USUAL_LIMITS } from "../store/read-limits.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { print, standardOutput } from "./output.ts";
import { UsageError } from "./usage-error.ts";

export interface DiffFlags {
  readonly format: "pretty" | "json";
  readonly exitCode?: boolean;
  readonly rules?: string;
  readonly color: boolean;
}

/** Lists the training figures that differ between two versions of a document. */
export async function diffCommand(old: string, newer: string, flags: DiffFlags): Promise<ExitCode> {
  const rules = flags.rules ?? null;
  // Rules of the user are tried before they are used.
  if (rules !== null) await loadCatalog(rules);
  const desk = new DocumentDesk({ jobs: 1, megabytes: USUAL_LIMITS.megabytes, rules }, USUAL_LIMITS);
  const [before, after] = [await read(desk, old), await read(desk, newer)];
  const diff = await desk.ask({ kind: "compare", old: before, newer: after });
  const versions = { old: before.document, newer: after.document, diff };
  await print(flags.format === "json" ? diffJson(versions) : diffPage(versions, standardOutput(flags.color)));
  return flags.exitCode === true && versions.diff.changes.length > 0 ? 1 : 0;
}

async function read(desk: DocumentDesk, path: string): Promise<DocumentResult> {
  const report = await desk.checkNamed(path, { priceDate: null, provider: null, assume: {} });
  if (report.result === null) throw new UsageError(report.problems.map(problemWords).join("; "));
  return report.result;
}
