import type { Catalog } from "../model/catalog.ts";
import type { DocumentResult } from "../model/report.ts";
import { compareVersions } from "../pipeline.ts";
import { diffJson, diffPage } from "../report/diff-page.ts";
import { problemWords } from "../report/problem-words.ts";
import { checkFile, USUAL_LIMITS } from "../store/checked-input.ts";
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
  const catalog = await loadCatalog(flags.rules ?? null);
  const [before, after] = [await read(catalog, old), await read(catalog, newer)];
  const versions = { old: before.document, newer: after.document, diff: compareVersions(before, after) };
  await print(flags.format === "json" ? diffJson(versions) : diffPage(versions, standardOutput(flags.color)));
  return flags.exitCode === true && versions.diff.changes.length > 0 ? 1 : 0;
}

async function read(catalog: Catalog, path: string): Promise<DocumentResult> {
  const report = await checkFile(catalog, path, { priceDate: null, provider: null, assume: {} }, USUAL_LIMITS);
  if (report.result === null) throw new UsageError(report.problems.map(problemWords).join("; "));
  return report.result;
}
