import type { AcrossResult } from "../model/told-figure.ts";
import { acrossHtml } from "./across-words.ts";
import { startCharts } from "./chart-data.ts";
import { type LinkOf, ownLink, startDocumentTable } from "./html-documents.ts";
import { byName, startFindingTable } from "./html-findings.ts";
import { HTML_SCRIPT, HTML_STYLE } from "./html-page-parts.ts";
import { counted, escapeHtml } from "./html-text.ts";
import { judgedClaims } from "./judged-claims.ts";
import type { WireDocument, WireFinding, WireReport } from "./wire.ts";

/** The page of a report while its documents pass. Of any number of them, it keeps what it shows. */
export interface HtmlPage {
  add(document: WireDocument): void;
  /** `across` is what documents tell differently of one run, where they were compared. */
  html(tool: WireReport["tool"], across: AcrossResult | null): Promise<string>;
}

/** The page of a report that is there as a whole. */
export async function htmlReport({ tool, documents }: Pick<WireReport, "tool" | "documents">): Promise<string> {
  const page = startHtmlPage();
  for (const document of documents) page.add(document);
  return page.html(tool, null);
}

/**
 * Begins a page of its own, without network: summary, charts, table of findings with filter and order, working and quote of each, failures.
 *
 * `linkOf` gives the address of a document as it is from the page; null for one that has none.
 * Findings are plain HTML, so the page can be read where scripts are off.
 */
export function startHtmlPage(linkOf: LinkOf = ownLink): HtmlPage {
  const [summary, charts, documents] = [startSummary(), startCharts(), startDocumentTable(linkOf)];
  const [table, problems] = [startFindingTable(linkOf), startProblemLists()];
  return {
    add: (document) => {
      for (const part of [summary, charts, documents, table, problems]) part.add(document);
    },
    html: async (tool, across) => {
      // Only the page needs the libraries that draw.
      const { htmlCharts } = await import("./html-charts.ts");
      return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>reckoner: ${summary.title()}</title>
<style>${HTML_STYLE}</style>
<body>
<main>
<h1>${summary.title()}</h1>
${summary.html()}
${htmlCharts(charts.data())}
${documents.html()}
${table.html()}
${across === null ? "" : acrossHtml(across)}
<h2 id="problems">Documents with problems</h2>
${problems.html()}
</main>
<footer>${escapeHtml(`${tool.name} ${tool.version}, rules ${tool.rules}`)}. Consistency is all that is tested: a finding names figures that disagree, not the one that is wrong.</footer>
<script>${HTML_SCRIPT}</script>
</html>
`;
    },
  };
}

/** Problems of a code that stand in the page; who has more of them looks for the cause, not for the names. */
const PROBLEMS_ON_PAGE = 1000;

/** A list for each code, the commonest first: of thousands of papers, a hundred may have the same trouble. */
function startProblemLists() {
  const lists = new Map<string, { count: number; readonly items: string[] }>();
  return {
    add: ({ status, problems }: WireDocument): void => {
      for (const { code, message } of problems) {
        const list = lists.get(code) ?? { count: 0, items: [] };
        lists.set(code, list);
        list.count += 1;
        const rest = status === "partial" ? " <i>(the rest was read)</i>" : "";
        if (list.count <= PROBLEMS_ON_PAGE) list.items.push(`<li class="${status}">${escapeHtml(message)}${rest}</li>`);
      }
    },
    html: (): string => {
      if (lists.size === 0) return "<p>None.</p>";
      const parts = [...lists]
        .toSorted(([left, some], [right, others]) => others.count - some.count || (left < right ? -1 : 1))
        .map(([code, { count, items }]) => {
          const more = count === items.length ? "" : `\n<p>And ${counted(count - items.length)} more, in documents.jsonl.</p>`;
          return `<h3>${escapeHtml(code)} <small>${counted(count)}</small></h3>\n<ul>\n${items.join("\n")}\n</ul>${more}`;
        });
      return `<div id="problem-lists">\n${parts.join("\n")}\n</div>`;
    },
  };
}

/** The numbers that one looks for first, each with the way to what it counts. */
function startSummary() {
  let [documents, failed, partial, flagged, claims, checked, untested] = [0, 0, 0, 0, 0, 0, 0];
  const verdicts = new Map<WireFinding["verdict"], number>();
  return {
    add: (document: WireDocument): void => {
      const { status, findings } = document;
      documents += 1;
      if (status === "failed") failed += 1;
      if (status === "partial") partial += 1;
      if (findings.some((finding) => finding.severity !== "note")) flagged += 1;
      for (const { verdict } of judgedClaims(document)) {
        claims += 1;
        if (verdict === "untested") untested += 1;
        else if (verdict !== "unverifiable") checked += 1;
        verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      }
    },
    title: (): string => `${counted(documents)} ${documents === 1 ? "document" : "documents"}`,
    html: (): string => {
      const unread = partial === 0 ? "" : `, ${counted(partial)} read in part`;
      const beside = untested === 0 ? "" : `, ${counted(untested)} more ${untested === 1 ? "is" : "are"} plausible but not tested`;
      const cards: readonly (readonly [number: string, words: string, target: string])[] = [
        [counted(flagged), `${flagged === 1 ? "document" : "documents"} with an error or a warning`, "#findings-title"],
        [counted(failed), `could not be read${unread}`, "#problems"],
        [
          claims === 0 ? "0" : `${percent(checked, claims)} %`,
          `of ${counted(claims)} ${claims === 1 ? "claim" : "claims"} could be checked${beside}`,
          "#charts",
        ],
        ...byName(verdicts).map(
          ([verdict, count]) =>
            [counted(count), `${count === 1 ? "claim" : "claims"} ${VERDICT_WORDS[verdict] ?? verdict}`, "#findings-title"] as const,
        ),
      ];
      return `<ul id="summary">${cards.map(([figure, words, target]) => `<li><a href="${target}"><b>${figure}</b> ${words}</a></li>`).join("")}</ul>`;
    },
  };
}

/** As the end of "3 claims ...". */
const VERDICT_WORDS: Readonly<Record<string, string>> = { depends: "depending on a reading", untested: "plausible, but not tested" };

/** All is 100, nothing is 0, and neither stands for nearly so. */
function percent(part: number, whole: number): number {
  return part === whole ? 100 : Math.min(99, Math.floor((100 * part) / whole));
}
