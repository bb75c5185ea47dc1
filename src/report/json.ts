import type { Report } from "../model/report.ts";
import { toWireDocument, toWireReport } from "./wire-report.ts";

/** The whole report as one JSON object of the contract. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(toWireReport(report), null, 2)}\n`;
}

/** One line of JSON for each document, for streams and tables. */
export function jsonLinesReport(report: Report): string {
  return report.documents
    .map((document) => `${JSON.stringify({ schema: "reckoner/2", tool: report.tool, ...toWireDocument(document) })}\n`)
    .join("");
}
