import type { Report } from "../model/report.ts";
import type { Review } from "./review.ts";
import type { PrettyOptions } from "./terminal-layout.ts";

export const FORMATS = ["pretty", "json", "jsonl", "csv", "markdown", "html", "sarif", "github", "junit", "claimreview"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Findings come in, a string goes out.
 *
 * Everything about wording is in this folder: findings and problems are data.
 * Nothing is computed here; a number that is missing from a step is a fault of the checker.
 */
export async function renderReport(
  format: Format,
  report: Report,
  options: PrettyOptions,
  reviews: readonly Review[] = [],
): Promise<string> {
  // Each format is loaded when it is asked for, so that none waits for the libraries of another.
  switch (format) {
    case "pretty":
      return (await import("./pretty.ts")).prettyReport(report, options);
    case "json":
      return (await import("./json.ts")).jsonReport(report);
    case "jsonl":
      return (await import("./json.ts")).jsonLinesReport(report);
    case "csv":
      // Who asks for checklists asks for a table of them.
      if (report.documents.some(({ result }) => result?.checklist !== undefined))
        return (await import("./checklist-table.ts")).checklistCsv(report);
      return (await import("./csv.ts")).csvReport(report);
    case "markdown":
      return (await import("./markdown.ts")).markdownReport(report);
    case "html":
      return htmlPage(report);
    case "sarif":
      return (await import("./sarif.ts")).sarifReport(report);
    case "github":
      return (await import("./github.ts")).githubReport(report);
    case "junit":
      return (await import("./junit.ts")).junitReport(report);
    case "claimreview":
      return (await import("./claimreview.ts")).claimReviewReport(report, reviews);
  }
}

async function htmlPage(report: Report): Promise<string> {
  const [only, ...others] = report.documents;
  if (only !== undefined && only.result !== null && others.length === 0)
    return (await import("./html-document.ts")).documentHtml(report, only, only.result);
  const [{ htmlReport }, { toWireReport }] = await Promise.all([import("./html.ts"), import("./wire-report.ts")]);
  return htmlReport(toWireReport(report));
}
