import type { Finding } from "../model/finding.ts";
import type { DocumentReport, DocumentResult, Report } from "../model/report.ts";
import { checklistRows } from "./checklist-words.ts";
import { findingMessage } from "./message.ts";
import { inPageWords } from "./page-words.ts";
import { problemWords } from "./problem-words.ts";
import { isFlagged, placeWords, type ReportSubject, reportSubject, sentenceParts } from "./report-subject.ts";
import { factsOf, stepWords } from "./step-words.ts";
import { summaryWords, tally } from "./summary-words.ts";

/** A paragraph for each flagged finding, with quote, working and sources, to be pasted into an article or a review. */
export function markdownReport(report: Report): string {
  return `${report.documents.map(documentWords).join("\n\n")}\n`;
}

function documentWords(report: DocumentReport): string {
  const { result } = report;
  const heading = `# ${literal(result?.document.title ?? report.source)}`;
  const problems = report.problems.map((problem) => `- ${literal(problemWords(problem))}`).join("\n");
  if (result === null) return [heading, problems].join("\n\n");
  const subject = reportSubject(result);
  const flagged = result.checked.findings.filter(isFlagged).map((finding) => findingWords(subject, finding));
  const body = flagged.length > 0 ? flagged : ["Nothing was flagged."];
  const about = [`\`${report.source}\``, ...(result.document.date === null ? [] : [result.document.date])].join(", ");
  return [heading, about, ...(problems === "" ? [] : [problems]), ...body, ...checklistTables(result), summaryWords(tally(result))].join(
    "\n\n",
  );
}

/** A table for each run; none where no checklist was asked for. */
function checklistTables(result: DocumentResult): readonly string[] {
  return checklistRows(result).map(({ subject, rows }) => {
    const lines = rows.map(({ fact, status, detail }) => `| ${fact} | ${status} | ${literal(detail)} |`);
    return [`## ${literal(subject)}: what a reader needs`, "", "| fact | | where, or from what |", "| --- | --- | --- |", ...lines].join(
      "\n",
    );
  });
}

function findingWords(subject: ReportSubject, told: Finding): string {
  const finding = inPageWords(subject, told);
  const mention = subject.mention(finding.claim);
  const parts = mention === null ? null : sentenceParts(subject, mention);
  const place = mention === null ? "" : placeWords(subject.document, mention.span);
  const quote =
    parts === null
      ? ""
      : `> ${literal(parts.before)}**${literal(parts.claim)}**${literal(parts.after)}${place === "" ? "" : ` (${place})`}`;
  const computed = finding.steps.filter((step) => step.kind === "compute").map((step) => literal(stepWords(subject, step)));
  const working = computed.length === 0 ? "" : ` Working: ${computed.join("; ")}.`;
  const facts = factsOf(finding.steps);
  const sources =
    facts.length === 0 ? "" : ` Sources: ${facts.map((fact) => `${literal(fact.title)}, ${sourceWords(fact.source)}`).join("; ")}.`;
  return [quote, `${literal(findingMessage(subject, finding))}${working}${sources}`].filter((text) => text !== "").join("\n\n");
}

function sourceWords(source: string): string {
  return /^https?:\/\/\S+$/.test(source) ? `<${source}>` : literal(source);
}

/** Signs that Markdown would take for its own: "*", "_", "[", "<", "|", a backtick, a backslash. Dollar signs too, for viewers with formulas. */
const MARKUP = /[\\`*_[\]<>|$]/g;

function literal(text: string): string {
  return text.replace(MARKUP, (sign) => `\\${sign}`);
}
