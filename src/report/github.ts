import type { Report } from "../model/report.ts";
import { isFlagged } from "./report-subject.ts";
import type { WireDocument, WireFinding } from "./wire.ts";
import { toWireReport } from "./wire-report.ts";

const COMMANDS = { error: "error", warning: "warning", note: "notice" } as const;

/**
 * Flagged findings as annotations of a GitHub workflow, a line each.
 *
 * Source: GitHub, Workflow commands for GitHub Actions: "%", line breaks, and in properties ":" and "," are escaped.
 */
export function githubReport(report: Report): string {
  return toWireReport(report)
    .documents.flatMap((document) => [
      ...document.problems.map((problem) =>
        command(document.status === "failed" ? "error" : "warning", document, null, problem.code, problem.message),
      ),
      ...document.findings
        .filter(isFlagged)
        .map((finding) => command(COMMANDS[finding.severity], document, finding, finding.rule, finding.message)),
    ])
    .join("");
}

function command(name: string, document: WireDocument, finding: WireFinding | null, title: string, message: string): string {
  const properties = [
    `file=${property(finding?.file ?? document.source)}`,
    ...(finding?.line == null ? [] : [`line=${finding.line}`]),
    `title=${property(title)}`,
  ];
  const page = finding?.page == null ? "" : `page ${finding.page}: `;
  return `::${name} ${properties.join(",")}::${escaped(`${page}${message}`)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
