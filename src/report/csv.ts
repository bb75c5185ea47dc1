import type { Report } from "../model/report.ts";
import { FINDING_COLUMNS, findingRows } from "./finding-table.ts";
import type { WireDocument } from "./wire.ts";
import { toWireDocument } from "./wire-report.ts";

/** The head line of the table. */
export const CSV_HEAD = `${FINDING_COLUMNS.join(",")}\r\n`;

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
  return findingRows(document)
    .map((row) => csvLine(FINDING_COLUMNS.map((column) => row[column])))
    .join("");
}

/** One record. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

/** What needs quotes: "a,b", a quote, a line break; not "a b". */
const NEEDS_QUOTES = /[",\r\n]/;

/** Text that a spreadsheet would work out: "=x.md", "+1", "-8 GPUs", "@sum"; not a number of ours. Source: OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: string | number | null): string {
  const text = typeof value === "string" ? (FORMULA.test(value) ? `'${value}` : value) : String(value ?? "");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
