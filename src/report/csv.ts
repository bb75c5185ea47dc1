import type { Report } from "../model/report.ts";
import type { WireDocument } from "./wire.ts";
import { toWireDocument } from "./wire-report.ts";

const COLUMNS = [
  "source",
  "title",
  "page",
  "line",
  "verdict",
  "severity",
  "rule",
  "subject",
  "speaker",
  "claim",
  "stated",
  "unit",
  "recomputed",
  "recomputed_unit",
  "ratio",
  "cause",
  "missing",
  "message",
] as const;

type Row = Readonly<Record<(typeof COLUMNS)[number], string | number | null>>;

/** The head line of the table. */
export const CSV_HEAD = `${COLUMNS.join(",")}\r\n`;

/**
 * One row for each finding, consistent ones too, with a head line.
 *
 * Source: RFC 4180 (quotes doubled, fields with commas, quotes or line breaks quoted, CRLF between records).
 */
export function csvReport(report: Report): string {
  return CSV_HEAD + report.documents.map((document) => csvRows(toWireDocument(document))).join("");
}

/** The rows of one document, without the head line. */
export function csvRows(document: WireDocument): string {
  const claims = new Map(document.mentions.map((mention) => [mention.id, mention.text]));
  return document.findings
    .map(
      (finding): Row => ({
        source: document.source,
        title: document.title,
        page: finding.page,
        line: finding.line,
        verdict: finding.verdict,
        severity: finding.severity,
        rule: finding.rule,
        subject: finding.subject,
        speaker: finding.speaker,
        claim: claims.get(finding.claim) ?? null,
        stated: finding.stated.value,
        unit: finding.stated.unit,
        recomputed: finding.recomputed?.value ?? null,
        recomputed_unit: finding.recomputed?.unit ?? null,
        ratio: finding.ratio,
        cause: finding.cause?.words ?? null,
        missing: finding.missing.map((item) => item.slot).join(" "),
        message: finding.message,
      }),
    )
    .map((row) => `${COLUMNS.map((column) => field(row[column])).join(",")}\r\n`)
    .join("");
}

/** What needs quotes: "a,b", a quote, a line break; not "a b". */
const NEEDS_QUOTES = /[",\r\n]/;

function field(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
