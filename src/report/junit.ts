import { XMLBuilder } from "fast-xml-parser";
import type { Report } from "../model/report.ts";
import type { WireDocument, WireFinding } from "./wire.ts";
import { toWireReport } from "./wire-report.ts";

/**
 * A suite for each document and a case for each judged claim, as build servers read them: flagged claims fail, what could not be
 * checked is skipped, a document that could not be read is an error.
 *
 * Source: the JUnit format as Jenkins and GitLab read it (junit-10.xsd).
 */
export function junitReport(report: Report): string {
  const suites = toWireReport(report).documents.map(suiteOf);
  const total = (key: "@tests" | "@failures" | "@errors"): number => suites.reduce((sum, suite) => sum + suite[key], 0);
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: "@", format: true, suppressEmptyNode: true });
  const root = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      "@name": "reckoner",
      "@tests": total("@tests"),
      "@failures": total("@failures"),
      "@errors": total("@errors"),
      testsuite: suites,
    },
  };
  return builder.build(root);
}

function suiteOf(document: WireDocument) {
  const failed = document.findings.filter((finding) => isFailure(finding));
  const skipped = document.findings.filter((finding) => finding.verdict === "unverifiable");
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
  const place = finding.page !== null ? `page ${finding.page}` : `line ${finding.line}`;
  const head = { "@name": printable(`${finding.rule}: ${finding.subject ?? "run"}, ${place}`), "@classname": printable(document.source) };
  if (finding.verdict === "unverifiable") return { ...head, skipped: { "@message": printable(finding.message) } };
  if (!isFailure(finding)) return head;
  const working = [finding.quote, ...finding.steps.map((step) => step.text)].join("\n");
  return {
    ...head,
    failure: { "@message": printable(finding.message), "@type": `${finding.severity} ${finding.verdict}`, "#text": printable(working) },
  };
}

function isFailure(finding: WireFinding): boolean {
  return finding.severity !== "note" && finding.verdict !== "consistent" && finding.verdict !== "unverifiable";
}

/** XML has no place for control characters, escaped or not. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}
