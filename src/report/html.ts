import type { AcrossResult } from "../model/told-figure.ts";
import { acrossHtml } from "./across-words.ts";
import { type ChartData, chartData, joinedChartData } from "./chart-data.ts";
import { counted, countsBy, type FindingLine, findingLines, findingsSection } from "./html-findings.ts";
import { HTML_SCRIPT, HTML_STYLE } from "./html-page-parts.ts";
import { escapeHtml } from "./html-text.ts";
import type { WireDocument, WireReport } from "./wire.ts";

/** What the page shows of a document: without its mentions, which would fill the browser. */
export interface HtmlDocument {
  readonly source: string;
  readonly title: string | null;
  readonly status: WireDocument["status"];
  readonly problems: readonly { readonly code: string; readonly message: string }[];
  readonly claims: number;
  readonly checked: number;
  readonly findings: readonly FindingLine[];
  readonly charts: ChartData;
}

/** The part of a document that the page needs. */
export function htmlDocument(document: WireDocument): HtmlDocument {
  const { source, title, status, coverage } = document;
  const problems = document.problems.map(({ code, message }) => ({ code, message }));
  const { claims, checked } = coverage;
  return { source, title, status, problems, claims, checked, findings: findingLines(document), charts: chartData(document) };
}

/**
 * A page of its own, without network: summary, charts, table of findings with filter and order, working and quote of each, failures.
 *
 * `across` is what documents tell differently of one run, where they were compared.
 * Findings are plain HTML, so the page can be read where scripts are off.
 */
export async function htmlReport(
  documents: readonly HtmlDocument[],
  tool: WireReport["tool"],
  across: AcrossResult | null = null,
): Promise<string> {
  // Only the page needs the libraries that draw.
  const { htmlCharts } = await import("./html-charts.ts");
  const findings = documents.flatMap((document) => document.findings);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>reckoner: ${documents.length} documents</title>
<style>${HTML_STYLE}</style>
<body>
<main>
<h1>${counted(documents.length)} ${documents.length === 1 ? "document" : "documents"}</h1>
${summary(documents, findings)}
${htmlCharts(joinedChartData(documents.map(({ charts }) => charts)))}
${findingsSection(findings)}
${across === null ? "" : acrossHtml(across)}
<h2 id="problems">Documents with problems</h2>
${problemLists(documents)}
</main>
<footer>${escapeHtml(`${tool.name} ${tool.version}, rules ${tool.rules}`)}. Consistency is all that is tested: a finding names figures that disagree, not the one that is wrong.</footer>
<script>${HTML_SCRIPT}</script>
</html>
`;
}

/** A list for each code, the commonest first: of thousands of papers, a hundred may have the same trouble. */
function problemLists(documents: readonly HtmlDocument[]): string {
  const problems = documents.flatMap(({ status, problems: all }) => all.map((problem) => ({ status, ...problem })));
  if (problems.length === 0) return "<p>None.</p>";
  const lists = [...Map.groupBy(problems, ({ code }) => code)]
    .toSorted(([left, some], [right, others]) => others.length - some.length || (left < right ? -1 : 1))
    .map(([code, some]) => {
      const items = some.map(
        ({ status, message }) =>
          `<li class="${status}">${escapeHtml(message)}${status === "partial" ? " <i>(the rest was read)</i>" : ""}</li>`,
      );
      return `<h3>${escapeHtml(code)} <small>${some.length}</small></h3>\n<ul>\n${items.join("\n")}\n</ul>`;
    });
  return `<div id="problem-lists">\n${lists.join("\n")}\n</div>`;
}

/** The numbers that one looks for first, each with the way to what it counts. */
function summary(documents: readonly HtmlDocument[], findings: readonly FindingLine[]): string {
  const sum = (of: (document: HtmlDocument) => number): number => documents.reduce((total, document) => total + of(document), 0);
  const failed = documents.filter(({ status }) => status === "failed").length;
  const partial = documents.filter(({ status }) => status === "partial").length;
  const flagged = documents.filter((document) => document.findings.some((finding) => finding.severity !== "note")).length;
  const [claims, checked] = [sum((document) => document.claims), sum((document) => document.checked)];
  const unread = partial === 0 ? "" : `, ${counted(partial)} read in part`;
  const cards: readonly (readonly [number: string, words: string, target: string])[] = [
    [counted(flagged), `${flagged === 1 ? "document" : "documents"} with an error or a warning`, "#findings-title"],
    [counted(failed), `could not be read${unread}`, "#problems"],
    [claims === 0 ? "0" : `${percent(checked, claims)} %`, `of ${counted(claims)} claims could be checked`, "#charts"],
    ...countsBy(findings.map(({ verdict }) => verdict)).map(
      ([verdict, count]) =>
        [counted(count), `${count === 1 ? "finding" : "findings"} ${VERDICT_WORDS[verdict] ?? verdict}`, "#findings-title"] as const,
    ),
  ];
  return `<ul id="summary">${cards.map(([figure, words, target]) => `<li><a href="${target}"><b>${figure}</b> ${words}</a></li>`).join("")}</ul>`;
}

/** As the end of "3 findings ...". */
const VERDICT_WORDS: Readonly<Record<string, string>> = { depends: "depending on a reading" };

/** All is 100, nothing is 0, and neither stands for nearly so. */
function percent(part: number, whole: number): number {
  return part === whole ? 100 : Math.min(99, Math.floor((100 * part) / whole));
}
