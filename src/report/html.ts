import type { AcrossResult } from "../model/told-figure.ts";
import { acrossHtml } from "./across-words.ts";
import { type ChartData, chartData, joinedChartData } from "./chart-data.ts";
import { HTML_SCRIPT, HTML_STYLE } from "./html-page-parts.ts";
import { escapeHtml } from "./html-text.ts";
import type { WireDocument, WireFinding, WireReport } from "./wire.ts";

/** What the page shows of a document: without its mentions, which would fill the browser. */
export interface HtmlDocument {
  readonly source: string;
  readonly title: string | null;
  readonly status: WireDocument["status"];
  readonly problems: readonly string[];
  readonly claims: number;
  readonly checked: number;
  readonly findings: readonly WireFinding[];
  readonly charts: ChartData;
}

/** The part of a document that the page needs. */
export function htmlDocument(document: WireDocument): HtmlDocument {
  const { source, title, status, findings, coverage } = document;
  const problems = document.problems.map((problem) => `${problem.code}: ${problem.message}`);
  const { claims, checked } = coverage;
  return { source, title, status, problems, claims, checked, findings, charts: chartData(document) };
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
  const findings = documents.flatMap((document) => document.findings.map((finding) => ({ document, finding })));
  const troubled = documents.filter((document) => document.problems.length > 0);
  const rows = findings
    .toSorted((left, right) => weight(right.finding) - weight(left.finding))
    .map(({ document, finding }) => findingRow(document, finding));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>reckoner: ${documents.length} documents</title>
<style>${HTML_STYLE}</style>
<body>
<main>
<h1>${documents.length} documents</h1>
${summaryTable(
  documents,
  findings.map(({ finding }) => finding),
)}
${htmlCharts(joinedChartData(documents.map(({ charts }) => charts)))}
<h2>Findings</h2>
<p class="filters">
<label>Search <input id="search" type="search" placeholder="document, subject, words"></label>
<label>Verdict <select id="verdict"><option value="">all</option>${options(findings.map(({ finding }) => finding.verdict))}</select></label>
<label>Severity <select id="severity"><option value="">all</option>${options(findings.map(({ finding }) => finding.severity))}</select></label>
<label>Rule <select id="rule"><option value="">all</option>${options(findings.map(({ finding }) => finding.rule))}</select></label>
<output id="count">${findings.length} of ${findings.length}</output>
</p>
<table id="findings">
<thead><tr>${COLUMNS.map((column) => `<th scope="col"><button type="button">${column}</button></th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
${across === null ? "" : acrossHtml(across)}
<h2>Documents with problems</h2>
${troubled.length === 0 ? "<p>None.</p>" : `<ul id="problems">\n${troubled.map(problemItem).join("\n")}\n</ul>`}
</main>
<footer>${escapeHtml(`${tool.name} ${tool.version}, rules ${tool.rules}`)}. Consistency is all that is tested: a finding names figures that disagree, not the one that is wrong.</footer>
<script>${HTML_SCRIPT}</script>
</html>
`;
}

const COLUMNS = ["severity", "verdict", "document", "place", "subject", "rule", "ratio", "finding"] as const;

/** Graver first; of equals, those further apart. */
function weight(finding: WireFinding): number {
  const grave = { error: 2, warning: 1, note: 0 }[finding.severity];
  const apart = finding.ratio === null || finding.ratio <= 0 ? 0 : Math.min(99, Math.abs(Math.log10(finding.ratio)));
  return grave * 100 + apart;
}

function findingRow(document: HtmlDocument, finding: WireFinding): string {
  const place = finding.page !== null ? `page ${finding.page}` : finding.line !== null ? `line ${finding.line}` : "";
  const { severity, verdict, rule } = finding;
  const cells = [
    [severity, { error: 0, warning: 1, note: 2 }[severity]],
    [verdict, null],
    [document.source, null],
    [place, finding.page ?? finding.line ?? 0],
    [finding.subject ?? "", null],
    [rule, null],
    [finding.ratio === null ? "" : String(Number(finding.ratio.toPrecision(3))), finding.ratio ?? 0],
  ] as const;
  const plain = cells.map(([text, order]) => `<td${order === null ? "" : ` data-order="${order}"`}>${escapeHtml(text)}</td>`).join("");
  return `<tr class="${severity}" data-verdict="${verdict}" data-severity="${severity}" data-rule="${escapeHtml(rule)}">${plain}<td>${working(finding)}</td></tr>`;
}

function working(finding: WireFinding): string {
  const steps = finding.steps.map((step) => {
    const source = step.source === null ? "" : ` <cite>${escapeHtml(step.source)}</cite>`;
    return `<li>${escapeHtml(step.text)}${source}</li>`;
  });
  const list = steps.length === 0 ? "" : `<ol>${steps.join("")}</ol>`;
  return `<details><summary>${escapeHtml(finding.message)}</summary><blockquote>${escapeHtml(finding.quote)}</blockquote>${list}</details>`;
}

function problemItem(document: HtmlDocument): string {
  const words = document.problems.map((problem) => escapeHtml(problem)).join("<br>");
  return `<li class="${document.status}"><b>${escapeHtml(document.source)}</b> (${document.status})<br>${words}</li>`;
}

function summaryTable(documents: readonly HtmlDocument[], findings: readonly WireFinding[]): string {
  const sum = (of: (document: HtmlDocument) => number): number => documents.reduce((total, document) => total + of(document), 0);
  const rows: readonly (readonly [string, number])[] = [
    ["documents", documents.length],
    ["that could not be read", documents.filter((document) => document.status === "failed").length],
    ["read in part", documents.filter((document) => document.status === "partial").length],
    ["with an error or a warning", documents.filter((document) => document.findings.some((finding) => finding.severity !== "note")).length],
    ["claims", sum((document) => document.claims)],
    ["claims that were checked", sum((document) => document.checked)],
    ...countsBy(findings.map((finding) => finding.verdict)).map(([verdict, count]) => [`findings: ${verdict}`, count] as const),
  ];
  return `<table id="summary">${rows.map(([name, count]) => `<tr><th scope="row">${name}</th><td>${count}</td></tr>`).join("")}</table>`;
}

function options(values: readonly string[]): string {
  return countsBy(values)
    .map(([value, count]) => `<option value="${escapeHtml(value)}">${escapeHtml(value)} (${count})</option>`)
    .join("");
}

function countsBy(values: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1));
}
