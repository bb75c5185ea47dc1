import { claimReview } from "../report/claimreview.ts";
import type { Review } from "../report/review.ts";
import type { Decision } from "./decision-store.ts";
import type { QueueEntry } from "./review-library.ts";

export const EXPORT_FORMATS = ["markdown", "csv", "json", "note", "reviews", "claimreview", "annotations"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Reviewed findings for others.
 *
 * "note" is a text for the authors about what was confirmed; "reviews" is what `reckoner check --reviews` takes; "annotations" are
 * W3C Web Annotations (2017), a list of notes on quotes.
 */
export function exportReview(format: ExportFormat, queue: readonly QueueEntry[], standing: readonly Decision[]): string {
  const rows = queue.flatMap((entry) =>
    standing.filter(({ fingerprint }) => fingerprint === entry.fingerprint).map((line) => ({ ...entry, ...line, id: entry.id })),
  );
  if (format === "reviews") return `${JSON.stringify(rows.flatMap(reviewOf), null, 2)}\n`;
  if (format === "claimreview") return `${JSON.stringify(rows.flatMap(claimReviewOf), null, 2)}\n`;
  if (format === "annotations") return `${JSON.stringify(rows.map(annotationOf), null, 2)}\n`;
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

type Row = Omit<QueueEntry, "id"> & Omit<Decision, "id"> & { readonly id: string };

function reviewOf({ fingerprint, decision, note, reviewer, at }: Row): readonly Review[] {
  return decision === null ? [] : [{ fingerprint, decision, reason: note, author: reviewer, at: at.slice(0, DAY_LENGTH) }];
}

/** "2026-01-02" of an ISO time. */
const DAY_LENGTH = 10;

function claimReviewOf(row: Row): readonly object[] {
  return reviewOf(row).flatMap((review) => {
    const { text, source, speaker, message, quote } = row;
    return claimReview({ quote: quote === "" ? text : quote, document: source, speaker, message }, review);
  });
}

function annotationOf({ quote, text, source, decision, message, note, reviewer, at }: Row): object {
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    type: "Annotation",
    motivation: "assessing",
    creator: { type: "Person", name: reviewer },
    created: at,
    body: [
      { type: "TextualBody", value: [message, note].filter((part) => part !== "").join(" "), format: "text/plain" },
      ...(decision === null ? [] : [{ type: "TextualBody", value: decision, purpose: "tagging" }]),
    ],
    target: { source, selector: { type: "TextQuoteSelector", exact: text, ...around(quote, text) } },
  };
}

/** What stands before and after the claim in its sentence. */
function around(quote: string, text: string): { readonly prefix?: string; readonly suffix?: string } {
  const at = quote.indexOf(text);
  return at < 0 ? {} : { prefix: quote.slice(0, at), suffix: quote.slice(at + text.length) };
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
