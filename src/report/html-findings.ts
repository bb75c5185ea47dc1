import { documentLink, type LinkOf } from "./html-documents.ts";
import { counted, escapeHtml } from "./html-text.ts";
import type { WireDocument, WireFinding } from "./wire.ts";

/** A finding as a row of the table, with what it is counted and ordered by. */
interface FindingLine {
  readonly verdict: WireFinding["verdict"];
  readonly severity: WireFinding["severity"];
  readonly rule: string;
  /** Larger is graver, and further apart. */
  readonly weight: number;
  readonly html: string;
}

/** The table of findings while documents pass. */
export interface FindingTable {
  add(document: WireDocument): void;
  /** The table with its filters, the gravest findings first. */
  html(): string;
}

const COLUMNS = ["severity", "verdict", "document", "place", "subject", "rule", "ratio", "confidence", "finding"] as const;

const HINTS: Readonly<Partial<Record<(typeof COLUMNS)[number], string>>> = {
  place: "page, or line of a text",
  ratio: "what is stated over what it works out to",
  confidence: "0 to 1: that the figures are what they were taken for, and of one run",
};

/** A browser has these in a second, and a person does not come to their end. */
export const ROWS_ON_PAGE = 5000;
/** Rows that stand in the page as they are; a browser needs long for thousands, so the script adds the others when the page is there. */
const ROWS_AT_ONCE = 1000;

/** Begins the table. Of any number of findings, it keeps the gravest, so that the report of a large corpus has a page, too. */
export function startFindingTable(linkOf: LinkOf): FindingTable {
  let total = 0;
  let kept: readonly FindingLine[] = [];
  let added: FindingLine[] = [];
  let least = Number.NEGATIVE_INFINITY;
  const sift = (): readonly FindingLine[] => {
    kept = [...kept, ...added].toSorted((left, right) => right.weight - left.weight).slice(0, ROWS_ON_PAGE);
    added = [];
    // Of equal weight, those that came first stay.
    if (kept.length === ROWS_ON_PAGE) least = kept.at(-1)?.weight ?? least;
    return kept;
  };
  return {
    add: (document) => {
      total += document.findings.length;
      for (const finding of document.findings) {
        const { verdict, severity, rule } = finding;
        const graveness = weight(finding);
        if (graveness > least)
          added.push({ verdict, severity, rule, weight: graveness, html: findingRow(linkOf, document.source, finding) });
      }
      if (added.length >= ROWS_ON_PAGE) sift();
    },
    html: () => findingsSection(sift(), total),
  };
}

function findingsSection(findings: readonly FindingLine[], total: number): string {
  const rows = findings.map(({ html }) => html);
  const filter = (name: "verdict" | "severity" | "rule"): string =>
    `<label>${name[0]?.toUpperCase()}${name.slice(1)} <select id="${name}"><option value="">all</option>${options(findings.map((each) => each[name]))}</select></label>`;
  const left =
    total === findings.length
      ? ""
      : `\n<p>The ${counted(findings.length)} gravest of ${counted(total)} findings are shown; findings.csv has all of them.</p>`;
  return `<h2 id="findings-title">Findings</h2>${left}
<p class="filters">
<label>Search <input id="search" type="search" placeholder="document, subject, words"></label>
${filter("verdict")}
${filter("severity")}
${filter("rule")}
<output id="count">${counted(findings.length)} of ${counted(findings.length)}</output>
</p>
<table id="findings" class="cards">
<thead><tr>${COLUMNS.map(headOf).join("")}</tr></thead>
<tbody>
${rows.slice(0, ROWS_AT_ONCE).join("\n")}
</tbody>
</table>
${laterRows(rows.slice(ROWS_AT_ONCE))}
<p><button type="button" id="more" hidden>Show more</button></p>`;
}

/** Text for the script, a row on each line. */
function laterRows(rows: readonly string[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map((row) => row.replaceAll("\n", "&#10;"));
  return `<noscript><p>${counted(rows.length)} more findings, less grave ones, are shown where scripts are on, and stand in findings.csv.</p></noscript>
<script type="text/plain" id="later">${lines.join("\n")}</script>`;
}

function headOf(column: (typeof COLUMNS)[number]): string {
  const hint = HINTS[column];
  return `<th scope="col"${hint === undefined ? "" : ` title="${hint}"`}><button type="button">${column}</button></th>`;
}

/** Graver first; of equals, those further apart. */
function weight(finding: WireFinding): number {
  const grave = { error: 2, warning: 1, note: 0 }[finding.severity];
  const apart = finding.ratio === null || finding.ratio <= 0 ? 0 : Math.min(99, Math.abs(Math.log10(finding.ratio)));
  return grave * 100 + apart;
}

/** "line 3", or "setup.tex:3" where the document is made of several files. */
function lineWords({ file, line }: WireFinding): string {
  return file === undefined ? `line ${line}` : `${file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf(":")) + 1)}:${line}`;
}

function findingRow(linkOf: LinkOf, source: string, finding: WireFinding): string {
  const place = finding.page !== null ? `page ${finding.page}` : finding.line !== null ? lineWords(finding) : "";
  const { severity, verdict, rule } = finding;
  const cells = [
    [severity, { error: 0, warning: 1, note: 2 }[severity]],
    [verdict, null],
    [documentLink(linkOf, source, null), null],
    [place === "" ? "" : documentLink(linkOf, source, finding.page, place), finding.page ?? finding.line ?? 0],
    [escapeHtml(finding.subject ?? ""), null],
    [escapeHtml(rule).replaceAll("/", "/<wbr>"), null],
    [finding.ratio === null ? "" : String(Number(finding.ratio.toPrecision(3))), finding.ratio ?? 0],
    [finding.confidence.toFixed(2), finding.confidence],
  ] as const;
  const plain = cells
    .map(([html, order], index) => `<td data-label="${COLUMNS[index]}"${order === null ? "" : ` data-order="${order}"`}>${html}</td>`)
    .join("");
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

function options(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return byName(counts)
    .map(([value, count]) => `<option value="${escapeHtml(value)}">${escapeHtml(value)} (${count})</option>`)
    .join("");
}

/** Counts by the name of what is counted. */
export function byName<T extends string>(counts: ReadonlyMap<T, number>): readonly (readonly [T, number])[] {
  return [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1));
}
