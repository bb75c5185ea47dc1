import type { Artifact, Log, Notification, ReportingDescriptor, Result } from "sarif";
import type { Report } from "../model/report.ts";
import { isFlagged } from "./report-subject.ts";
import type { WireDocument, WireFinding, WireReport } from "./wire.ts";
import { toWireReport } from "./wire-report.ts";

const LEVELS = { error: "error", warning: "warning", note: "note" } as const;

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** What a log says of one document. */
export interface SarifPart {
  readonly artifact: Artifact;
  readonly isFailed: boolean;
  readonly notifications: readonly Notification[];
  /** Without the indexes of document and rule, which only the whole log knows. */
  readonly results: readonly Result[];
}

/**
 * Flagged findings in the format of code scanners.
 *
 * Source: SARIF 2.1.0 (OASIS, 2020). Columns count UTF-16 code units; a place in a PDF has its page in `properties`.
 */
export function sarifReport(report: Report): string {
  const { tool, documents } = toWireReport(report);
  return `${JSON.stringify(sarifLog(documents.flatMap(sarifPart), tool), null, 2)}\n`;
}

/** One document for the log; nothing where there is nothing to tell. */
export function sarifPart(document: WireDocument): readonly SarifPart[] {
  const flagged = document.findings.filter(isFlagged);
  if (flagged.length === 0 && document.problems.length === 0) return [];
  const part = {
    artifact: {
      location: { uri: uriOf(document.source) },
      ...(document.sha256 === null ? {} : { hashes: { "sha-256": document.sha256 } }),
    },
    isFailed: document.status === "failed",
    notifications: notifications(document),
    results: flagged.map((finding) => resultOf(document, finding)),
  };
  return [part];
}

/** The log of some documents. */
export function sarifLog(parts: readonly SarifPart[], tool: WireReport["tool"]): Log {
  const rules = [...new Set(parts.flatMap(({ results }) => results.map(({ ruleId }) => ruleId ?? "")))].sort();
  const places = new Map(rules.map((rule, index) => [rule, index]));
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules: rules.map(descriptor) } },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: !parts.some(({ isFailed }) => isFailed),
            toolExecutionNotifications: parts.flatMap((part) => part.notifications),
          },
        ],
        artifacts: parts.map(({ artifact }) => artifact),
        results: parts.flatMap(({ results }, index) =>
          results.map((result) => placed(result, index, places.get(result.ruleId ?? "") ?? 0)),
        ),
      },
    ],
  };
}

function placed(result: Result, artifact: number, rule: number): Result {
  const locations = result.locations?.map((location) => {
    const { artifactLocation, ...place } = location.physicalLocation ?? {};
    return { ...location, physicalLocation: { artifactLocation: { ...artifactLocation, index: artifact }, ...place } };
  });
  const { ruleId, ...rest } = result;
  return { ...(ruleId === undefined ? {} : { ruleId }), ruleIndex: rule, ...rest, ...(locations === undefined ? {} : { locations }) };
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

function resultOf(document: WireDocument, finding: WireFinding): Result {
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
    level: LEVELS[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(finding.file ?? document.source) }, region } }],
    partialFingerprints: { "reckoner/v1": finding.fingerprint },
    properties: {
      verdict: finding.verdict,
      confidence: finding.confidence,
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
