import type { Decision } from "./decision-store.ts";
import type { QueueEntry } from "./review-library.ts";

export const EXPORT_FORMATS = ["markdown", "csv", "json", "note"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Reviewed findings for others; "note" is a text for the authors about what was confirmed. */
export function exportReview(format: ExportFormat, queue: readonly QueueEntry[], standing: readonly Decision[]): string {
  const rows = queue.flatMap((entry) =>
    standing.filter(({ fingerprint }) => fingerprint === entry.fingerprint).map((line) => ({ ...entry, ...line, id: entry.id })),
  );
  if (format === "json") return `${JSON.stringify(rows, null, 2)}\n`;
  if (format === "csv") {
    const columns = [
      "source",
      "fingerprint",
      "decision",
      "reviewer",
      "at",
      "note",
      "severity",
      "verdict",
      "rule",
      "subject",
      "text",
      "message",
    ] as const;
    return [columns.join(","), ...rows.map((row) => columns.map((column) => csvCell(row[column] ?? "")).join(","))]
      .map((line) => `${line}\r\n`)
      .join("");
  }
  if (format === "note") {
    const confirmed = rows.filter(({ decision }) => decision === "confirmed");
    if (confirmed.length === 0) return "No error was confirmed.\n";
    return `Dear authors,\n\nthese figures do not add up:\n\n${confirmed.map(({ source, message, note }) => `- ${source}: ${oneLine(message)}${note === "" ? "" : ` (${oneLine(note)})`}`).join("\n")}\n`;
  }
  const head = "| document | decision | reviewer | finding | note |\n| --- | --- | --- | --- | --- |\n";
  return (
    head +
    rows
      .map((row) => `| ${[row.source, row.decision ?? "", row.reviewer, row.message, row.note].map(markdownCell).join(" | ")} |\n`)
      .join("")
  );
}

/** A cell that begins like a formula would be run by a spreadsheet. */
function csvCell(text: string): string {
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function markdownCell(text: string): string {
  return oneLine(text).replace(/[\\|<>`*_[\]]/g, "\\$&");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
