import { basename } from "node:path";
import { claimReview } from "../report/claimreview.ts";
import type { Review } from "../report/review.ts";
import type { Decision, KeptCorrection } from "./decision-store.ts";
import type { QueueEntry } from "./queue-entry.ts";

export const EXPORT_FORMATS = ["markdown", "csv", "json", "note", "reviews", "claimreview", "annotations"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Reviewed findings for others.
 *
 * "note" is a text for the authors about what was confirmed; "reviews" is what `reckoner check --reviews` takes; "annotations" are
 * W3C Web Annotations (2017), a list of notes on quotes. A finding that was corrected and not decided has a row without a decision.
 */
export function exportReview(
  format: ExportFormat,
  queue: readonly QueueEntry[],
  standing: readonly Decision[],
  corrections: readonly KeptCorrection[],
): string {
  const rows = reviewedRows(queue, standing, corrections);
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
      "reason",
      "note",
      "corrections",
      "severity",
      "verdict",
      "rule",
      "subject",
      "text",
      "message",
    ] as const;
    return [
      columns.join(","),
      ...rows.map((row) =>
        columns.map((column) => csvCell(column === "corrections" ? correctionsWords(row) : (row[column] ?? ""))).join(","),
      ),
    ]
      .map((line) => `${line}\r\n`)
      .join("");
  }
  if (format === "note") {
    const confirmed = rows.filter(({ decision }) => decision === "confirmed");
    if (confirmed.length === 0) return "No error was confirmed.\n";
    return `Dear authors,\n\nthese figures do not add up:\n\n${confirmed.map(({ source, message, note }) => `- ${basename(source)}: ${oneLine(message)}${note === "" ? "" : ` (${oneLine(note)})`}`).join("\n")}\n`;
  }
  const head = "| document | decision | reviewer | finding | note | corrections |\n| --- | --- | --- | --- | --- | --- |\n";
  const cellsOf = (row: Row) => [row.source, row.decision ?? "", row.reviewer, row.message, remarkOf(row), correctionsWords(row)];
  return head + rows.map((row) => `| ${cellsOf(row).map(markdownCell).join(" | ")} |\n`).join("");
}

/** What reviewers say of each finding, one line for each, by fingerprint: for notes on a page. */
export function reviewLines(standing: readonly Decision[], corrections: readonly KeptCorrection[]): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  const add = (fingerprint: string, line: string): void => void lines.set(fingerprint, [...(lines.get(fingerprint) ?? []), line]);
  for (const line of standing)
    add(line.fingerprint, [`${line.reviewer}: ${line.decision ?? "no decision"}`, remarkOf(line)].filter(Boolean).join(", "));
  for (const line of corrections) add(line.fingerprint, `corrected: ${correctionWords(line)}`);
  return lines;
}

interface Row extends Omit<QueueEntry, "id">, Pick<Decision, "decision" | "reason" | "note" | "reviewer" | "at"> {
  readonly id: string;
  readonly corrections: readonly KeptCorrection[];
}

function reviewedRows(queue: readonly QueueEntry[], standing: readonly Decision[], corrections: readonly KeptCorrection[]): readonly Row[] {
  const decided = Map.groupBy(standing, ({ fingerprint }) => fingerprint);
  const corrected = Map.groupBy(corrections, ({ fingerprint }) => fingerprint);
  return queue.flatMap((entry): readonly Row[] => {
    const own = corrected.get(entry.fingerprint) ?? [];
    const lines = decided.get(entry.fingerprint);
    if (lines !== undefined) return lines.map((line) => ({ ...entry, ...line, id: entry.id, corrections: own }));
    const last = own.at(-1);
    if (last === undefined) return [];
    return [{ ...entry, decision: null, reason: "", note: "", reviewer: last.reviewer, at: last.at, corrections: own }];
  });
}

function correctionsWords({ corrections }: Row): string {
  return corrections.map(correctionWords).join("; ");
}

/** "512 TPU v3 chips": chip -> core, by ada */
function correctionWords({ kind, text, slot, before, after, reviewer }: KeptCorrection): string {
  const what =
    kind === "fill" ? slot.replaceAll("_", " ") : kind === "provider" || kind === "price-date" ? kind.replace("-", " ") : `"${text}"`;
  return `${what}: ${before === "" ? "not given" : before} -> ${after ?? ""}, by ${reviewer}`;
}

/** Reason and note as one remark. */
function remarkOf({ reason, note }: Pick<Decision, "reason" | "note">): string {
  return [reason, note].filter((part) => part !== "").join("; ");
}

function reviewOf(row: Row): readonly Review[] {
  const { fingerprint, decision, reviewer, at } = row;
  return decision === null ? [] : [{ fingerprint, decision, reason: remarkOf(row), author: reviewer, at: at.slice(0, DAY_LENGTH) }];
}

/** "2026-01-02" of an ISO time. */
const DAY_LENGTH = 10;

function claimReviewOf(row: Row): readonly object[] {
  return reviewOf(row).flatMap((review) => {
    const { text, source, speaker, message, quote } = row;
    return claimReview({ quote: quote === "" ? text : quote, document: source, speaker, message }, review);
  });
}

function annotationOf(row: Row): object {
  const { quote, text, source, decision, message, reviewer, at } = row;
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    type: "Annotation",
    motivation: "assessing",
    creator: { type: "Person", name: reviewer },
    created: at,
    body: [
      { type: "TextualBody", value: [message, remarkOf(row)].filter((part) => part !== "").join(" "), format: "text/plain" },
      ...(decision === null ? [] : [{ type: "TextualBody", value: decision, purpose: "tagging" }]),
      ...row.corrections.map((line) => ({ type: "TextualBody", value: correctionWords(line), format: "text/plain", purpose: "editing" })),
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
