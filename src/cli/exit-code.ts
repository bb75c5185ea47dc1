import type { Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";

/** 0: nothing at or above the fail level; 1: findings; 2: could not run, or could not read an input. */
export type ExitCode = 0 | 1 | 2;

export const FAIL_LEVELS = ["error", "warning", "never"] as const;
export type FailLevel = (typeof FAIL_LEVELS)[number];

/** An input that could not be read counts before findings: nobody should take a failed run for a judged one. */
export function exitCodeOf(report: Report, level: FailLevel): ExitCode {
  if (report.documents.some((document) => document.status === "failed")) return 2;
  const failing: readonly Severity[] = level === "never" ? [] : level === "error" ? ["error"] : ["error", "warning"];
  const found = report.documents.some(
    (document) => document.result?.checked.findings.some((finding) => failing.includes(finding.severity)) ?? false,
  );
  return found ? 1 : 0;
}
