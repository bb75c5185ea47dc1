import { basename } from "node:path";
import { stringify } from "yaml";
import { claimReview } from "../report/claimreview.ts";
import { csvLine } from "../report/csv.ts";
import { passedByReview } from "../report/review.ts";
import { isAddress } from "../store/address.ts";
import type { Decision, KeptCorrection, ListedFinding } from "./api-shapes.ts";
import { asReview, correctionWords, dayOf, type ReviewedRow, remarkOf, reviewedRows } from "./review-rows.ts";

/** How each format is named, and what it is as a file. */
const FORMATS = {
  note: { file: "note-to-the-authors.txt", type: "text/plain" },
  markdown: { file: "reviewed.md", type: "text/markdown" },
  csv: { file: "reviewed.csv", type: "text/csv" },
  json: { file: "reviewed.json", type: "application/json" },
  annotations: { file: "annotations.jsonld", type: "application/ld+json" },
  claimreview: { file: "claimreview.jsonld", type: "application/ld+json" },
  reviews: { file: "reviews.json", type: "application/json" },
  suppressions: { file: "reckoner.suppressions.yaml", type: "application/yaml" },
} as const;

export type ExportFormat = keyof typeof FORMATS;

export const EXPORT_FORMATS = Object.keys(FORMATS) as readonly ExportFormat[];

/** Reviewed findings as a file for others. */
export interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

/**
 * Reviewed findings for others.
 *
 * "note" is a text for the authors about what was confirmed; "reviews" is what `reckoner check --reviews` takes, "suppressions" what
 * it finds by itself; "annotations" are W3C Web Annotations (2017), a list of notes on quotes.
 */
export function exportReview(
  format: ExportFormat,
  queue: readonly ListedFinding[],
  standing: readonly Decision[],
  corrections: readonly KeptCorrection[],
): ExportedFile {
  const { file, type } = FORMATS[format];
  return { name: file, mediaType: type, text: exported(format, reviewedRows(queue, standing, corrections)) };
}

function exported(format: ExportFormat, rows: readonly ReviewedRow[]): string {
  switch (format) {
    case "note":
      return noteToAuthors(rows);
    case "markdown":
      return markdownPage(rows);
    case "csv":
      return csvTable(rows);
    case "json":
      return json(rows);
    case "annotations":
      return json(rows.map(annotationOf));
    case "claimreview":
      return json(rows.flatMap(claimReviewOf));
    case "reviews":
      return json(rows.flatMap(asReview));
    case "suppressions":
      return suppressionsFile(rows);
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** What was confirmed, to be sent as it is: each document with its sentences, what they work out to, and how. */
function noteToAuthors(rows: readonly ReviewedRow[]): string {
  const confirmed = rows.filter(({ decision }) => decision === "confirmed");
  if (confirmed.length === 0) return "No error was confirmed.\n";
  const letters = [...Map.groupBy(confirmed, ({ source }) => source)].map(([source, own]) => {
    const findings = [...Map.groupBy(own, ({ fingerprint, id }) => `${fingerprint} ${id}`).values()];
    const which = findings.length === 1 ? "this figure" : "these figures";
    const them = findings.length === 1 ? "it does" : "they do";
    const items = findings.map((lines, index) => noteItem(lines, findings.length === 1 ? "" : `${index + 1}. `));
    return [`Dear authors,`, `we worked out ${which} of "${nameOf(source)}" again, and ${them} not add up:`, ...items, CLOSING].join(
      "\n\n",
    );
  });
  return `${letters.join(`\n\n${"-".repeat(20)}\n\n`)}\n`;
}

const CLOSING = "Have we misread something? Then please tell us; if not, you may want to correct it.";

function noteItem(lines: readonly ReviewedRow[], number: string): string {
  const [first] = lines;
  if (first === undefined) return "";
  const place = placeWords(first);
  const notes = lines.flatMap(({ note }) => (note === "" ? [] : [oneLine(note)]));
  return [
    `${number}${place === "" ? "" : `${capital(place)}: `}"${oneLine(first.quote === "" ? first.text : first.quote)}"`,
    oneLine(first.message),
    ...(first.working.length === 0 ? [] : [["How it works out:", ...first.working.map((step) => `- ${step}`)].join("\n")]),
    ...notes,
  ]
    .map((part, index) => (index === 0 || number === "" ? part : part.replace(/^/gm, "   ")))
    .join("\n\n");
}

function markdownPage(rows: readonly ReviewedRow[]): string {
  if (rows.length === 0) return "Nothing was decided.\n";
  const documents = [...Map.groupBy(rows, ({ source }) => source)].map(([source, own]) => {
    const findings = [...Map.groupBy(own, ({ fingerprint, id }) => `${fingerprint} ${id}`).values()].map(markdownFinding);
    return [`## ${markdownText(nameOf(source))}`, ...findings].join("\n\n");
  });
  return `${["# Reviewed figures", ...documents].join("\n\n")}\n`;
}

function markdownFinding(lines: readonly ReviewedRow[]): string {
  const [first] = lines;
  if (first === undefined) return "";
  const place = placeWords(first);
  const decisions = lines.map((line) => {
    const remark = remarkOf(line);
    const said = line.decision ?? "not decided";
    return `- **${said}** by ${markdownText(line.reviewer)}, ${dayOf(line.at)}${remark === "" ? "" : `: ${markdownText(remark)}`}`;
  });
  return [
    `### ${markdownText([first.text, ...(first.subject === null ? [] : [first.subject])].join(" · "))}`,
    `> ${markdownText(first.quote === "" ? first.text : first.quote)}${place === "" ? "" : ` (${place})`}`,
    `${first.severity}, ${first.verdict}: ${markdownText(first.message)}`,
    [
      ...decisions,
      ...(first.added === null ? [] : [`- not found by the check: added by ${markdownText(first.added.reviewer)}`]),
      ...first.corrections.map((line) => `- corrected: ${markdownText(correctionWords(line))}`),
    ].join("\n"),
  ].join("\n\n");
}

const CSV_COLUMNS = [
  "source",
  "page",
  "line",
  "fingerprint",
  "decision",
  "reviewer",
  "at",
  "reason",
  "note",
  "corrections",
  "added",
  "severity",
  "verdict",
  "rule",
  "subject",
  "text",
  "quote",
  "ratio",
  "message",
] as const;

function csvTable(rows: readonly ReviewedRow[]): string {
  const cells = (row: ReviewedRow) =>
    CSV_COLUMNS.map((column) => cellOf(row, column)).map((value) => (typeof value === "string" ? harmless(value) : value));
  return csvLine(CSV_COLUMNS) + rows.map((row) => csvLine(cells(row))).join("");
}

function cellOf(row: ReviewedRow, column: (typeof CSV_COLUMNS)[number]): string | number | null {
  if (column === "corrections") return row.corrections.map(correctionWords).join("; ");
  if (column === "added") return row.added === null ? "" : row.added.reviewer;
  return row[column];
}

/** A cell that begins like a formula would be run by a spreadsheet. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** What is not flagged again. */
function suppressionsFile(rows: readonly ReviewedRow[]): string {
  const isPassed = passedByReview(rows.flatMap(asReview));
  const passed = rows.filter(({ fingerprint, decision }) => decision !== "unsure" && decision !== null && isPassed.has(fingerprint));
  const entries = [...Map.groupBy(passed, ({ fingerprint }) => fingerprint)].map(([fingerprint, lines]) => ({
    fingerprint,
    reason: lines
      .map((line) => `${line.decision} (${[line.reviewer, remarkOf(line)].filter((part) => part !== "").join(": ")})`)
      .join("; "),
  }));
  return stringify(entries);
}

function claimReviewOf(row: ReviewedRow): readonly object[] {
  return asReview(row).flatMap((review) => {
    const { text, source, speaker, message, quote } = row;
    return claimReview({ quote: quote === "" ? text : quote, document: nameOf(source), speaker, message }, review);
  });
}

function annotationOf(row: ReviewedRow): object {
  const { quote, text, source, page, decision, message, reviewer, at, fingerprint } = row;
  const selector = { type: "TextQuoteSelector", exact: text, ...around(quote, text) };
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: `urn:reckoner:${fingerprint}:${encodeURIComponent(reviewer)}`,
    type: "Annotation",
    motivation: "assessing",
    creator: { type: "Person", name: reviewer },
    created: at,
    body: [
      { type: "TextualBody", value: [message, remarkOf(row)].filter((part) => part !== "").join(" "), format: "text/plain" },
      ...(decision === null ? [] : [{ type: "TextualBody", value: decision, purpose: "tagging" }]),
      ...row.corrections.map((line) => ({ type: "TextualBody", value: correctionWords(line), format: "text/plain", purpose: "editing" })),
    ],
    target: {
      source: isAddress(source) ? source : encodeURI(source),
      selector: page === null ? selector : { ...PAGE_SELECTOR, value: `page=${page}`, refinedBy: selector },
    },
  };
}

/** Source: Web Annotation Data Model, 4.2.1; the fragment of a PDF is that of RFC 3778. */
const PAGE_SELECTOR = { type: "FragmentSelector", conformsTo: "http://tools.ietf.org/rfc/rfc3778" };

/** What stands before and after the claim in its sentence. */
function around(quote: string, text: string): { readonly prefix?: string; readonly suffix?: string } {
  const at = quote.indexOf(text);
  return at < 0 ? {} : { prefix: quote.slice(0, at), suffix: quote.slice(at + text.length) };
}

function placeWords({ page, line }: Pick<ListedFinding, "page" | "line">): string {
  if (page !== null) return `page ${page}`;
  return line === null ? "" : `line ${line}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The last part of a path or address. */
function nameOf(source: string): string {
  return source === "-" ? "standard input" : basename(source);
}

function markdownText(text: string): string {
  return oneLine(text).replace(/[\\|<>`*_[\]#]/g, "\\$&");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
