import type { Finding, Verdict } from "../model/finding.ts";
import type { DocumentReport, DocumentResult, Report } from "../model/report.ts";
import { checklistRows } from "./checklist-words.ts";
import { findingMessage } from "./message.ts";
import { flaggedFinding } from "./pretty-finding.ts";
import { problemWords } from "./problem-words.ts";
import { isFlagged, isLoose, placeWords, type ReportSubject, reportSubject } from "./report-subject.ts";
import { summaryWords, tally, totalWords } from "./summary-words.ts";
import { columns, labelled, type Paint, type PrettyOptions, paint, wrapped } from "./terminal-layout.ts";
import { visible } from "./visible.ts";

/** The report for a person at a terminal: what was flagged with its whole working, what could not be checked, and how much was seen. */
export function prettyReport(report: Report, options: PrettyOptions): string {
  const page: Page = { paint: paint(options.color), width: Math.min(options.width, WIDEST), verbose: options.verbose };
  const documents = report.documents.map((document) => documentWords(page, document));
  const total = report.documents.length > 1 ? [page.paint.strong(totalWords(report))] : [];
  return `${[...documents, ...total].join("\n\n")}\n`;
}

/** Longer lines than this tire the eye, however wide the terminal is. */
const WIDEST = 110;

interface Page {
  readonly paint: Paint;
  readonly width: number;
  readonly verbose: boolean;
}

function documentWords(page: Page, report: DocumentReport): string {
  const { result } = report;
  const source = report.source === "-" ? "standard input" : visible(report.source);
  const problems = report.problems.map((problem) =>
    labelled(`${page.paint.warning("!")} `, visible(problemWords(problem)), page.width, "  "),
  );
  if (result === null) return [page.paint.strong(source), ...problems].join("\n");
  const subject = reportSubject(result);
  const about = visible([result.document.title, result.document.date].filter((part) => part !== null).join(", "));
  const head = wrapped(`${page.paint.strong(source)}${about === "" ? "" : page.paint.quiet(`  ${about}`)}`, page.width, "");
  const flagged = result.checked.findings.filter(isFlagged).sort(bySeverity);
  const parts = [
    [head, ...problems].join("\n"),
    ...flagged.map((finding) => flaggedFinding(page, subject, finding)),
    listWords(page, subject, "Fits only loosely", result.checked.findings.filter(isLoose)),
    listWords(page, subject, "Plausible, but not tested", ofVerdict(result, "untested")),
    listWords(page, subject, "Could not be checked", ofVerdict(result, "unverifiable")),
    page.verbose
      ? listWords(
          page,
          subject,
          "Adds up",
          ofVerdict(result, "consistent").filter((finding) => !isLoose(finding)),
        )
      : "",
    checklistWords(page, result),
    wrapped(summaryLine(page, summaryWords(tally(result)), flagged.length), page.width, ""),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function summaryLine(page: Page, words: string, flagged: number): string {
  return flagged === 0 ? words : words.replace(`${flagged} flagged`, page.paint.strong(`${flagged} flagged`));
}

const GRAVITY = { error: 0, warning: 1, note: 2 } as const;

/** The gravest first; in reading order among equals, because sorting keeps the order of equals. */
function bySeverity(left: Finding, right: Finding): number {
  return GRAVITY[left.severity] - GRAVITY[right.severity];
}

function ofVerdict(result: DocumentResult, verdict: Verdict): readonly Finding[] {
  return result.checked.findings.filter((finding) => finding.verdict === verdict);
}

/** A heading, and a line for each finding; nothing where there is none. */
function listWords(page: Page, subject: ReportSubject, heading: string, findings: readonly Finding[]): string {
  const rows = findings.map((finding) => row(page, subject, finding));
  return rows.length === 0 ? "" : `${page.paint.strong(heading)}\n${columns(rows, page.width, "  ")}`;
}

/** What the document tells of each run: "+" stated, "=" derivable, "-" missing. */
function checklistWords(page: Page, result: DocumentResult): string {
  const marks = { stated: page.paint.good("+"), derivable: page.paint.note("="), missing: page.paint.error("-") };
  const runs = checklistRows(result).map(({ subject, rows }) => {
    const lines = rows.map(({ fact, status, detail }) => [marks[status], fact, status === "missing" ? "missing" : detail]);
    return `${page.paint.strong(subject)}\n${columns(lines, page.width, "  ")}`;
  });
  if (result.checklist === undefined) return "";
  const head = page.paint.strong("What a reader needs to check a run  (+ stated, = can be worked out, - missing)");
  return [head, ...(runs.length > 0 ? runs : ["No training run was found."])].join("\n\n");
}

function row(page: Page, subject: ReportSubject, finding: Finding): readonly string[] {
  const mention = subject.mention(finding.claim);
  const place = mention === null ? "" : placeWords(subject.document, mention.span);
  return [page.paint.quiet(place), findingMessage(subject, finding)];
}
