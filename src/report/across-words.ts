import type { AcrossResult, Drift, ToldFigure } from "../model/told-figure.ts";
import { csvLine } from "./csv.ts";
import { escapeHtml } from "./html-text.ts";

/** "XLNet-Large, wall-time: "about 5.5 days" (a.pdf, page 6), "about 2.5 days" (b.md, line 14, cited); 2.2 times apart". */
export function acrossLines({ drifts, runs, alike }: AcrossResult): readonly string[] {
  const lines = drifts.map(
    (drift) => `${drift.subject}, ${drift.kind}: ${drift.figures.map(toldWords).join(", ")}; ${ratioWords(drift)} times apart`,
  );
  return [...lines, `${totalWords({ drifts, runs, alike })}`];
}

const COLUMNS = [
  "drift",
  "subject",
  "kind",
  "ratio",
  "document",
  "page",
  "line",
  "text",
  "value",
  "low",
  "high",
  "unit",
  "role",
  "agreed",
  "quote",
];

/** A row for each document of each figure that drifts. */
export function acrossCsv({ drifts }: AcrossResult): string {
  const rows = drifts.flatMap((drift, index) =>
    drift.figures.map((figure) => {
      const { value = null, low = null, high = null, unit = null } = figure.readings[0] ?? {};
      const { source, page, line, text, role, quote } = figure;
      const ends = [low, high].map((end) => (end !== null && Number.isFinite(end) ? end : null));
      return [
        index + 1,
        drift.subject,
        drift.kind,
        drift.ratio,
        source,
        page,
        line,
        text,
        value,
        ...ends,
        unit,
        role,
        drift.agreed.join(" "),
        quote,
      ];
    }),
  );
  return [COLUMNS, ...rows].map(csvLine).join("");
}

/** The part of the report page that shows what drifts. */
export function acrossHtml(result: AcrossResult): string {
  const items = result.drifts.map((drift) => {
    const figures = drift.figures.map(
      ({ source, role, text, quote, ...figure }) =>
        `<tr><td>${escapeHtml(source)}</td><td>${placeWords(figure)}</td><td>${escapeHtml(text)}${role === "other" ? " (cited)" : ""}</td>` +
        `<td><blockquote>${escapeHtml(quote)}</blockquote></td></tr>`,
    );
    const head = `${escapeHtml(drift.subject)}, ${drift.kind}: ${ratioWords(drift)} times apart`;
    return `<h3>${head}</h3>\n<p>Agreed on: ${drift.agreed.join(", ")}.</p>\n<table><tbody>${figures.join("")}</tbody></table>`;
  });
  return `<section id="across">\n<h2>Across documents</h2>\n<p>${totalWords(result)} ${items.length === 0 ? "" : "Each may be right of its own day: a figure that drifts is a question, not an error."}</p>\n${items.join("\n")}\n</section>`;
}

function toldWords({ text, source, role, ...figure }: ToldFigure): string {
  const place = [source, placeWords(figure), ...(role === "other" ? ["cited"] : [])].filter((part) => part !== "").join(", ");
  return `"${text.replaceAll(/\s+/g, " ")}" (${place})`;
}

function placeWords({ page, line }: { readonly page: number | null; readonly line: number | null }): string {
  if (page !== null) return `page ${page}`;
  return line === null ? "" : `line ${line}`;
}

function ratioWords({ ratio }: Drift): string {
  return String(Number(ratio.toPrecision(3)));
}

function totalWords({ drifts, runs, alike }: AcrossResult): string {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
  return `${count(runs, "run")} told by several documents: ${count(alike, "figure")} alike, ${drifts.length} ${drifts.length === 1 ? "drifts" : "drift"}.`;
}
