import { basename, join, resolve } from "node:path";

/** The files that a report can have, by name. */
export const REPORT_FILES = [
  "index.html",
  "findings.csv",
  "findings.parquet",
  "runs.csv",
  "runs.parquet",
  "findings.sarif",
  "junit.xml",
  "documents.jsonl",
  "claimreview.json",
  "across.csv",
] as const;

export type ReportFile = (typeof REPORT_FILES)[number];

/** Tells the files of a report from the papers beside it. */
export function isReportFile(folder: string): (path: string) => boolean {
  const names = new Set<string>(REPORT_FILES);
  const files = new Set(REPORT_FILES.map((name) => resolve(join(folder, name))));
  // Of thousands of papers, hardly one has such a name.
  return (path) => names.has(basename(path)) && files.has(resolve(path));
}
