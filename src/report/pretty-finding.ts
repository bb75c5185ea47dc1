import type { Finding, Outcome } from "../model/finding.ts";
import { comparisonWords, exactFigureWords, figureWords, rangeWords } from "./figure-words.ts";
import { inPageWords } from "./page-words.ts";
import { linkWords, type ReportSubject, sentenceParts } from "./report-subject.ts";
import { stepSource, stepWords, widenedBy } from "./step-words.ts";
import { columns, labelled, type Paint, wrapped } from "./terminal-layout.ts";
import { visible } from "./visible.ts";

interface Page {
  readonly paint: Paint;
  readonly width: number;
}

/** One finding in full, below the line that tells it: where, the sentence, stated and worked out, every reading, the working with its sources. */
export function findingInFull(page: Page, subject: ReportSubject, told: Finding): string {
  const finding = inPageWords(subject, told);
  return [
    heading(page, subject, finding),
    quotation(page, subject, finding),
    comparison(page, finding),
    readings(page, finding),
    working(page, subject, finding),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const INDENT = "  ";

function heading(page: Page, subject: ReportSubject, finding: Finding): string {
  const mention = subject.mention(finding.claim);
  const place = mention === null ? "" : visible(linkWords(subject.document, mention));
  const about = [place, finding.subject ?? "", finding.rule].filter((part) => part !== "").join(" · ");
  return `${page.paint[finding.severity](`${finding.severity} ${finding.verdict}`)}  ${page.paint.quiet(about)}`;
}

function quotation(page: Page, subject: ReportSubject, finding: Finding): string {
  const mention = subject.mention(finding.claim);
  if (mention === null) return "";
  const parts = sentenceParts(subject, mention);
  return wrapped(`${parts.before}${page.paint.claim(parts.claim)}${parts.after}`, page.width, `${INDENT}${page.paint.quiet("|")} `);
}

function comparison(page: Page, finding: Finding): string {
  if (finding.verdict !== "inconsistent" && finding.verdict !== "depends") return "";
  const range = rangeWords(finding.recomputed);
  const ratio = finding.verdict === "inconsistent" ? page.paint.quiet(`  (stated is ${comparisonWords(finding.ratio)})`) : "";
  return columns(
    [
      ["stated", page.paint.strong(exactFigureWords(finding.stated))],
      [
        "works out to",
        `${page.paint.strong(figureWords(finding.recomputed))}${range === null ? "" : page.paint.quiet(`  (${range} ${widenedBy(finding.steps)})`)}${ratio}`,
      ],
    ],
    page.width,
    INDENT,
  );
}

function readings(page: Page, finding: Finding): string {
  if (finding.verdict !== "inconsistent" && finding.verdict !== "depends" && finding.verdict !== "impossible") return "";
  const listed = finding.outcomes.filter((outcome) => outcome.assumes.length > 0);
  if (listed.length < 2 && finding.outcomes.length < 2) return "";
  const rows = listed.map((outcome) => [outcome.assumes.join(", "), figureWords(outcome.recomputed), fitWords(page, outcome)]);
  return `${INDENT}${page.paint.strong("Readings")}\n${columns(rows, page.width, INDENT + INDENT)}`;
}

function fitWords(page: Page, outcome: Outcome): string {
  const fit = outcome.agrees ? page.paint.good("fits") : "does not fit";
  return outcome.admissible ? fit : `${fit}${page.paint.quiet(", but is not what is printed")}`;
}

function working(page: Page, subject: ReportSubject, finding: Finding): string {
  if (finding.steps.length === 0) return "";
  const lines = finding.steps.map((step) => {
    const source = stepSource(step);
    return labelled(
      step.kind === "compute" ? "= " : "· ",
      `${stepWords(subject, step)}${source === null ? "" : page.paint.quiet(` [${source}]`)}`,
      page.width,
      INDENT + INDENT,
    );
  });
  return `${INDENT}${page.paint.strong("Working")}\n${lines.join("\n")}`;
}
