import stringWidth from "fast-string-width";
import { countedNoun } from "../model/noun-words.ts";
import type { DocumentReport, DocumentResult, Report } from "../model/report.ts";
import { type Answer, type Answers, answersOf } from "./answers.ts";
import { checklistRows } from "./checklist-words.ts";
import { grouped } from "./figure-words.ts";
import { leadWords, silenceWords } from "./lead-words.ts";
import { findingMessage } from "./message.ts";
import { findingInFull } from "./pretty-finding.ts";
import { problemWords } from "./problem-words.ts";
import { linkWords, type ReportSubject, reportSubject } from "./report-subject.ts";
import { totalWords } from "./summary-words.ts";
import { columns, labelled, type Paint, type PrettyOptions, paint, wrapped } from "./terminal-layout.ts";
import { visible } from "./visible.ts";

/**
 * The report for a person at a terminal: a sentence that says what came out, every claim with its answer under one of four headings,
 * and the working of what does not add up (of every claim where it is asked for).
 */
export function prettyReport(report: Report, options: PrettyOptions): string {
  const page: Page = { paint: paint(options.color), width: Math.min(options.width, WIDEST), verbose: options.verbose };
  const documents = report.documents.map((document) => documentWords(page, document));
  // At the end, too: that is where a terminal stands when a long report has run through.
  const total = report.documents.length > 1 ? [page.paint.strong(totalWords(report))] : [];
  const matrix = total.length === 0 ? [] : checklistMatrix(page, report);
  return `${[...total, ...documents, ...matrix, ...total].join("\n\n")}\n`;
}

/** Longer lines than this tire the eye, however wide the terminal is. */
const WIDEST = 110;

/** So many claims of one heading are read; more are asked for. */
const MOST_LISTED = 20;

/** Columns that a place may take of a line. */
const MOST_PLACE = 24;

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
  const answers = answersOf(subject, result);
  const listed: Listed = { page, subject, isOfSeveral: namesOf(answers).size > 1 };
  const parts = [
    wrapped(page.paint[answers.wrong.length > 0 ? "error" : "strong"](leadWords(subject, answers)), page.width, ""),
    wrapped(`${page.paint.strong(source)}${about === "" ? "" : page.paint.quiet(`  ${about}`)}`, page.width, ""),
    ...problems,
    listWords(listed, page.paint.error("Does not add up"), answers.wrong),
    listWords(listed, page.paint.good("Adds up"), answers.right),
    listWords(listed, page.paint.warning("Too loosely given to test"), answers.loose),
    listWords(listed, page.paint.strong("Cannot be checked"), answers.open),
    ...workingWords(page, subject, answers),
    checklistWords(page, result),
    page.paint.quiet(`${countedNoun(result.extraction.mentions.length, "figure")} found`),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** What the lists of a document have in common. */
interface Listed {
  readonly page: Page;
  readonly subject: ReportSubject;
  /** Whether its claims are of several models, so that each line names its own. */
  readonly isOfSeveral: boolean;
}

function namesOf({ wrong, right, loose, open }: Answers): ReadonlySet<string> {
  const findings = [...wrong, ...right, ...loose, ...open].flatMap((answer) => (answer.kind === "finding" ? [answer.finding] : []));
  return new Set(findings.flatMap((finding) => finding.subject ?? []));
}

/** A heading, and a line for each claim; nothing where there is none. */
function listWords({ page, subject, isOfSeveral }: Listed, heading: string, answers: readonly Answer[]): string {
  const shown = page.verbose ? answers : answers.slice(0, MOST_LISTED);
  if (shown.length === 0) return "";
  const rows = shown.map((answer) => row(page, subject, answer, isOfSeveral));
  // Beside a long path no line is left for the words.
  const isBeside = rows.every(([place = ""]) => stringWidth(place) <= MOST_PLACE);
  const lines = isBeside
    ? columns(rows, page.width, "  ")
    : rows.map(([place = "", words = ""]) => `  ${place}\n${wrapped(words, page.width, "    ")}`).join("\n");
  const more =
    shown.length === answers.length
      ? ""
      : `\n  ${page.paint.quiet(`and ${grouped(answers.length - shown.length)} more: --verbose lists all, with their working`)}`;
  return `${heading} (${grouped(answers.length)})\n${lines}${more}`;
}

function row(page: Page, subject: ReportSubject, answer: Answer, isOfSeveral: boolean): readonly string[] {
  const mention = subject.mention(answer.claim);
  const place = mention === null ? "" : visible(linkWords(subject.document, mention));
  if (answer.kind !== "finding") return [page.paint.quiet(place), silenceWords(subject, answer)];
  const { finding } = answer;
  // A figure of a table is named by its row already.
  const about = isOfSeveral && finding.subject !== null && mention?.cell === null ? `${finding.subject}: ` : "";
  return [page.paint.quiet(place), `${about}${findingMessage(subject, finding)}`];
}

/** The working of what does not add up and of what depends on how it is read; of every claim where it is asked for. */
function workingWords(page: Page, subject: ReportSubject, { wrong, right, loose, open }: Answers): readonly string[] {
  const asked = page.verbose
    ? [...wrong, ...right, ...loose, ...open]
    : [...wrong.slice(0, MOST_LISTED), ...loose.filter((answer) => answer.kind === "finding" && answer.finding.verdict === "depends")];
  const shown = asked.flatMap((answer) => (answer.kind === "finding" ? [findingInFull(page, subject, answer.finding)] : []));
  return shown.length === 0 ? [] : [page.paint.strong("How it was worked out"), ...shown];
}

/** The checklists of several documents side by side, a line for each run; none where none was asked for. */
function checklistMatrix(page: Page, { documents }: Report): readonly string[] {
  const marks = { stated: page.paint.good("+"), derivable: page.paint.note("="), missing: page.paint.error("-") };
  const runs = documents.flatMap(({ source, result }) => (result === null ? [] : checklistRows(result).map((run) => ({ source, ...run }))));
  const [first] = runs;
  if (first === undefined) return [];
  const facts = first.rows.map(({ fact }, index) => `${String.fromCharCode(97 + index)} ${fact}`).join(", ");
  const head = ["", "", first.rows.map((_row, index) => String.fromCharCode(97 + index)).join(" ")];
  const lines = runs.map(({ source, subject, rows }) => [source, subject, rows.map(({ status }) => marks[status]).join(" ")]);
  return [`${page.paint.strong("All runs")}\n${columns([head, ...lines], page.width, "  ")}\n${wrapped(facts, page.width, "  ")}`];
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
