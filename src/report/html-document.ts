import type { Block, Document, Table } from "../model/document.ts";
import { textOf } from "../model/document.ts";
import type { DocumentReport, DocumentResult, Report } from "../model/report.ts";
import type { Span } from "../model/span.ts";
import { type Answer, type Answers, answersOf } from "./answers.ts";
import { DOCUMENT_STYLE } from "./html-document-style.ts";
import { escapeHtml } from "./html-text.ts";
import { leadWords, silenceWords } from "./lead-words.ts";
import { findingMessage } from "./message.ts";
import { inPageWords } from "./page-words.ts";
import { problemWords } from "./problem-words.ts";
import { placeWords, type ReportSubject, reportSubject } from "./report-subject.ts";
import { stepSource, stepWords } from "./step-words.ts";

/** The four answers with their heading and the sign that stands beside the color. */
const HEADINGS = [
  { of: "wrong", words: "Does not add up", sign: "✗" },
  { of: "right", words: "Adds up", sign: "✓" },
  { of: "loose", words: "Too loosely given to test", sign: "≈" },
  { of: "open", words: "Cannot be checked", sign: "?" },
] as const;

type Heading = (typeof HEADINGS)[number]["of"];

/** A page for one document: its text with every claim marked, and the answers with their working beside it. Needs no network and no script. */
export function documentHtml({ tool }: Pick<Report, "tool">, report: DocumentReport, result: DocumentResult): string {
  const { document } = result;
  const subject = reportSubject(result);
  const answers = answersOf(subject, result);
  const title = document.title ?? (report.source === "-" ? "A text" : report.source);
  const problems = report.problems.map((problem) => `<li>${escapeHtml(problemWords(problem))}</li>`).join("");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>reckoner: ${escapeHtml(title)}</title>
<style>${DOCUMENT_STYLE}</style>
<body>
<header>
<h1 class="lead">${escapeHtml(leadWords(subject, answers))}</h1>
<p class="about">${escapeHtml([report.source === "-" ? "standard input" : report.source, document.date].filter((part) => part !== null).join(", "))}</p>
${problems === "" ? "" : `<ul class="problems">${problems}</ul>`}
</header>
<main>
<article aria-label="text">
${textHtml(document, marksOf(subject, answers))}
</article>
<section aria-label="answers" tabindex="0">
${HEADINGS.map((heading) => headingHtml(subject, heading, answers[heading.of])).join("\n")}
</section>
</main>
<footer>${escapeHtml(`${tool.name} ${tool.version}, rules ${tool.rules}`)}. Consistency is all that is tested: an answer names figures that disagree, not the one that is wrong.</footer>
</html>
`;
}

function headingHtml(subject: ReportSubject, { of, words, sign }: (typeof HEADINGS)[number], answers: readonly Answer[]): string {
  if (answers.length === 0) return "";
  const seen = new Set<string>();
  const items = answers.map((answer) => {
    // Of several findings on one claim, the first has the name that its mark leads to.
    const id = seen.has(answer.claim) ? "" : ` id="answer-${answer.claim}"`;
    seen.add(answer.claim);
    return answerHtml(subject, of, answer, id);
  });
  return `<h2 class="${of}"><span aria-hidden="true">${sign}</span> ${words} <small>${answers.length.toLocaleString("en-US")}</small></h2>\n<ol>\n${items.join("\n")}\n</ol>`;
}

function answerHtml(subject: ReportSubject, heading: Heading, answer: Answer, id: string): string {
  const mention = subject.mention(answer.claim);
  const place = mention === null ? "" : placeWords(subject.document, mention.span);
  const link = place === "" ? "" : ` <a href="#mark-${answer.claim}">${escapeHtml(place)}</a>`;
  if (answer.kind !== "finding") return `<li class="${heading}"${id}>${escapeHtml(silenceWords(subject, answer))}${link}</li>`;
  const finding = inPageWords(subject, answer.finding);
  const steps = finding.steps.map((step) => {
    const source = stepSource(step);
    return `<li>${escapeHtml(stepWords(subject, step))}${source === null ? "" : ` <cite>${escapeHtml(source)}</cite>`}</li>`;
  });
  const working =
    steps.length === 0
      ? ""
      : `<details${heading === "wrong" ? " open" : ""}><summary>Working</summary><ol>${steps.join("")}</ol></details>`;
  return `<li class="${heading}" data-verdict="${finding.verdict}" data-severity="${finding.severity}"${id}>${escapeHtml(findingMessage(subject, finding))}${link}${working}</li>`;
}

interface Mark {
  readonly span: Span;
  readonly claim: string;
  readonly heading: Heading;
  readonly sign: string;
}

/** The claims in reading order; of what overlaps, and of several answers to one claim, the first. */
function marksOf(subject: ReportSubject, answers: Answers): readonly Mark[] {
  const marks = HEADINGS.flatMap(({ of, sign }) =>
    answers[of].flatMap(({ claim }): readonly Mark[] => {
      const mention = subject.mention(claim);
      return mention === null ? [] : [{ span: mention.span, claim, heading: of, sign }];
    }),
  ).sort((left, right) => left.span.start - right.span.start);
  let end = -1;
  return marks.filter(({ span }) => {
    const isFree = span.start >= end;
    if (isFree) end = span.end;
    return isFree;
  });
}

/** What is no text of the author's own is left out. */
const LEFT_OUT: ReadonlySet<Block["kind"]> = new Set(["furniture", "references", "comment"]);

function textHtml(document: Document, marks: readonly Mark[]): string {
  const tables = new Map(document.tables.map((table) => [table.span.start, table]));
  // A text that is nothing but one paragraph may have no blocks.
  const blocks: readonly Block[] =
    document.blocks.length > 0 ? document.blocks : [{ kind: "paragraph", span: { start: 0, end: document.text.length }, level: null }];
  return blocks
    .filter(({ kind }) => !LEFT_OUT.has(kind))
    .map((block) => {
      const table = block.kind === "table" ? tables.get(block.span.start) : undefined;
      return table === undefined ? blockHtml(document, block, marks) : tableHtml(document, table, marks);
    })
    .join("\n");
}

function blockHtml(document: Document, { kind, span, level }: Block, marks: readonly Mark[]): string {
  const words = marked(document, span, marks);
  const tag = `h${Math.min(6, (level ?? 1) + 1)}`;
  if (kind === "heading") return `<${tag}>${words}</${tag}>`;
  if (kind === "code" || kind === "table") return `<pre>${words}</pre>`;
  return `<p class="${kind}">${words}</p>`;
}

/** A name or a figure of a table that is not broken. Units: characters. */
const LONGEST_SHORT = 24;

function tableHtml(document: Document, { cells, rowCount }: Table, marks: readonly Mark[]): string {
  const rows = Array.from({ length: rowCount }, (_unused, row) => {
    const line = cells.filter((cell) => cell.row === row);
    const html = line.map(({ span, header, rowSpan, columnSpan }) => {
      const spans = `${rowSpan > 1 ? ` rowspan="${rowSpan}"` : ""}${columnSpan > 1 ? ` colspan="${columnSpan}"` : ""}`;
      const tag = header ? "th" : "td";
      const short = span.end - span.start > LONGEST_SHORT ? "" : ' class="short"';
      return `<${tag}${spans}${short}>${marked(document, span, marks)}</${tag}>`;
    });
    return `<tr>${html.join("")}</tr>`;
  });
  return `<div class="table"><table>\n${rows.join("\n")}\n</table></div>`;
}

/** The text under a span as HTML, with its marks, each of which leads to its answer. */
function marked(document: Document, span: Span, marks: readonly Mark[]): string {
  let html = "";
  let at = span.start;
  for (const { span: place, claim, heading, sign } of marks) {
    if (place.start < at || place.end > span.end) continue;
    html += escapeHtml(textOf(document, { start: at, end: place.start }));
    const words = HEADINGS.find(({ of }) => of === heading)?.words ?? "";
    html += `<mark id="mark-${claim}" class="${heading}"><a href="#answer-${claim}" title="${words}">${escapeHtml(textOf(document, place))}<span aria-hidden="true">${sign}</span></a></mark>`;
    at = place.end;
  }
  return html + escapeHtml(textOf(document, { start: at, end: span.end }));
}
