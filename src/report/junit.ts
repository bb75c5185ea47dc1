import { XMLBuilder } from "fast-xml-parser";
import type { Report } from "../model/report.ts";
import { escapeHtml } from "./html-text.ts";
import { isFlagged } from "./report-subject.ts";
import type { WireDocument, WireFinding } from "./wire.ts";
import { toWireReport } from "./wire-report.ts";

/**
 * A suite for each document and a case for each judged claim, as build servers read them: flagged claims fail, what was not tested
 * or could not be checked is skipped, a document that could not be read is an error.
 *
 * Source: the JUnit format as Jenkins and GitLab read it (junit-10.xsd).
 */
export function junitReport(report: Report): string {
  return `${JUNIT_HEAD}${toWireReport(report).documents.map(junitSuite).join("")}${JUNIT_END}`;
}

/** What stands before the suites; each of them has its own numbers. */
export const JUNIT_HEAD = `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reckoner">\n`;
/** What stands after them. */
export const JUNIT_END = "</testsuites>\n";

/** One document for the file. */
export function junitSuite(document: WireDocument): string {
  return BUILDER.build({ testsuite: suiteOf(document) });
}

/** Signs with a meaning are escaped before: the builder looks for each of them in turn. */
const BUILDER = new XMLBuilder({
  ...{ ignoreAttributes: false, attributeNamePrefix: "@", format: true, suppressEmptyNode: true },
  processEntities: false,
});

function suiteOf(document: WireDocument) {
  const failed = document.findings.filter((finding) => isFailure(finding));
  const skipped = document.findings.filter(isSkipped);
  const isUnread = document.status === "failed";
  const cases = isUnread
    ? [
        {
          "@name": "reading",
          "@classname": printable(document.source),
          error: { "@message": printable(document.problems.map(({ message }) => message).join("; ")) },
        },
      ]
    : document.findings.map((finding) => caseOf(document, finding));
  return {
    "@name": printable(document.source),
    "@tests": cases.length,
    "@failures": failed.length,
    "@errors": isUnread ? 1 : 0,
    "@skipped": skipped.length,
    testcase: cases,
  };
}

function caseOf(document: WireDocument, finding: WireFinding) {
  const place =
    finding.page !== null ? `page ${finding.page}` : `${finding.file === undefined ? "line " : `${finding.file}:`}${finding.line}`;
  const head = { "@name": printable(`${finding.rule}: ${finding.subject ?? "run"}, ${place}`), "@classname": printable(document.source) };
  if (isSkipped(finding)) return { ...head, skipped: { "@message": printable(finding.message) } };
  if (!isFailure(finding)) return head;
  const working = [finding.quote, ...finding.steps.map((step) => step.text)].join("\n");
  return {
    ...head,
    failure: { "@message": printable(finding.message), "@type": `${finding.severity} ${finding.verdict}`, "#text": printable(working) },
  };
}

function isSkipped({ verdict }: WireFinding): boolean {
  return verdict === "untested" || verdict === "unverifiable";
}

function isFailure(finding: WireFinding): boolean {
  return finding.severity !== "note" && isFlagged(finding);
}

/** Text of XML, which has no place for control characters, escaped or not. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
  return escapeHtml(text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ""));
}
