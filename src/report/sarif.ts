import type { Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { Report } from "../model/report.ts";
import type { WireDocument, WireFinding } from "./wire.ts";
import { toWireReport } from "./wire-report.ts";

const LEVELS = { error: "error", warning: "warning", note: "note" } as const;

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * Flagged findings in the format of code scanners.
 *
 * Source: SARIF 2.1.0 (OASIS, 2020). Columns count UTF-16 code units; a place in a PDF has its page in `properties`.
 */
export function sarifReport(report: Report): string {
  const { tool, documents } = toWireReport(report);
  const flagged = documents.flatMap((document) => document.findings.filter(isFlagged).map((finding) => ({ document, finding })));
  const rules = [...new Set(flagged.map(({ finding }) => finding.rule))].sort();
  const failed = documents.filter((document) => document.status === "failed");
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: failed.length === 0, toolExecutionNotifications: documents.flatMap(notifications) }],
        artifacts: documents.map((document) => ({
          location: { uri: uriOf(document.source) },
          ...(document.sha256 === null ? {} : { hashes: { "sha-256": document.sha256 } }),
        })),
        results: flagged.map(({ document, finding }) =>
          resultOf(document, finding, documents.indexOf(document), rules.indexOf(finding.rule)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function isFlagged(finding: WireFinding): boolean {
  return finding.verdict !== "consistent" && finding.verdict !== "unverifiable";
}

function descriptor(rule: string): ReportingDescriptor {
  return { id: rule, shortDescription: { text: rule.replace("/", ": ").replaceAll("-", " ") }, help: { text: `reckoner explain ${rule}` } };
}

function notifications(document: WireDocument): Notification[] {
  return document.problems.map((problem) => ({
    level: document.status === "failed" ? "error" : "warning",
    message: { text: problem.message },
    descriptor: { id: problem.code },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(document.source) } } }],
  }));
}

function resultOf(document: WireDocument, finding: WireFinding, artifact: number, rule: number): Result {
  const mention = document.mentions.find((candidate) => candidate.id === finding.claim);
  const region =
    finding.line === null
      ? {
          charOffset: mention?.start ?? 0,
          charLength: mention === undefined ? 0 : mention.end - mention.start,
          snippet: { text: finding.quote },
        }
      : { startLine: finding.line, snippet: { text: finding.quote } };
  return {
    ruleId: finding.rule,
    ruleIndex: rule,
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(document.source), index: artifact }, region } }],
    partialFingerprints: { "reckoner/v1": finding.fingerprint },
    properties: {
      verdict: finding.verdict,
      page: finding.page,
      subject: finding.subject,
      working: finding.steps.map((step) => step.text),
    },
  };
}

/** A path as a relative or file URI; standard input has a name of its own. */
function uriOf(source: string): string {
  if (source === "-") return "stdin";
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return encodeURI(source);
  const path = source.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
