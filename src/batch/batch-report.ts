import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { CSV_HEAD, csvRows } from "../report/csv.ts";
import { type HtmlDocument, htmlDocument, htmlReport } from "../report/html.ts";
import type { WireDocument, WireReport } from "../report/wire.ts";
import type { ResultStore } from "../store/result-store.ts";

/** What stands in the report, in numbers. */
export interface BatchSummary {
  readonly documents: number;
  readonly failed: number;
  /** Documents with a finding that is an error or a warning. */
  readonly flagged: number;
  readonly errors: number;
  readonly warnings: number;
}

/**
 * Writes `index.html`, `findings.csv` and `documents.jsonl` into a folder, one document after the other.
 *
 * The files depend on papers, rules and options alone: the same batch gives the same bytes, however often it was stopped.
 * Each file takes its place when it is whole.
 */
export async function writeBatchReport(
  store: ResultStore,
  keys: ReadonlyMap<string, string>,
  tool: WireReport["tool"],
  folder: string,
): Promise<BatchSummary> {
  await mkdir(folder, { recursive: true });
  const table = createWriteStream(join(folder, "findings.csv.part"));
  const lines = createWriteStream(join(folder, "documents.jsonl.part"));
  const pages: HtmlDocument[] = [];
  let [failed, flagged, errors, warnings] = [0, 0, 0, 0];
  await write(table, CSV_HEAD);
  for await (const [path, saved] of store.documents(keys)) {
    const document = underName(saved, path);
    await write(table, csvRows(document));
    await write(lines, `${JSON.stringify({ schema: "reckoner/1", tool, ...document })}\n`);
    pages.push(htmlDocument(document));
    const severities = document.findings.map((finding) => finding.severity);
    if (document.status === "failed") failed += 1;
    errors += severities.filter((severity) => severity === "error").length;
    warnings += severities.filter((severity) => severity === "warning").length;
    if (severities.some((severity) => severity !== "note")) flagged += 1;
  }
  await Promise.all([table, lines].map((stream) => finished(stream.end())));
  await writeFile(join(folder, "index.html.part"), await htmlReport(pages, tool));
  for (const name of ["findings.csv", "documents.jsonl", "index.html"]) await rename(join(folder, `${name}.part`), join(folder, name));
  return { documents: pages.length, failed, flagged, errors, warnings };
}

/** A result is kept by content; two files of the same bytes share it, and each is shown under its own name. */
function underName(document: WireDocument, path: string): WireDocument {
  if (document.source === path) return document;
  const problems = document.problems.map((problem) => ({ ...problem, message: problem.message.replace(document.source, () => path) }));
  return { ...document, source: path, problems };
}

/** Writes, and waits where the disk is slower than we are. */
async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}
