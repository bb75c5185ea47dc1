import type { EstimatedReading, Estimation } from "../model/estimation.ts";
import type { MentionId } from "../model/mention.ts";
import { figureWords, rangeWords } from "./figure-words.ts";
import { slotWords } from "./slot-words.ts";
import { type MentionOf, stepSource, stepWords, widenedBy } from "./step-words.ts";
import { columns, labelled, type Paint, paint, wrapped } from "./terminal-layout.ts";

/** An estimate for a terminal: each reading with its figures, then the working of the likeliest. */
export function estimationPage(estimation: Estimation, terminal: { readonly color: boolean; readonly width: number }): string {
  const page: Page = { brush: paint(terminal.color), width: Math.min(terminal.width, WIDEST) };
  const [likeliest] = estimation.readings;
  if (likeliest === undefined) {
    const missing = estimation.missing.map((slot) => slotWords(slot)).join(" and ");
    return `${wrapped(`nothing can be worked out${missing === "" ? "" : `: ${missing} would have to be given`}`, page.width, "")}\n`;
  }
  const byId = new Map(estimation.mentions.map((mention) => [mention.id, mention]));
  const parts = [
    ...estimation.readings.map((reading) => readingWords(page, reading)),
    working(page, likeliest, (id: MentionId) => byId.get(id) ?? null),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const WIDEST = 110;

interface Page {
  readonly brush: Paint;
  readonly width: number;
}

function readingWords(page: Page, reading: EstimatedReading): string {
  const percent = `${Math.round(reading.weight * 100)}%`;
  const head =
    reading.assumes.length === 0
      ? ""
      : `${page.brush.strong(`if ${reading.assumes.join(" and ")}`)}  ${page.brush.quiet(`weight ${percent}`)}\n`;
  const rows = reading.results.map((result) => {
    const range = rangeWords(result.figure);
    const notes = [range === null ? "" : `${range} ${widenedBy(result.steps)}`, result.remark ?? ""]
      .filter((note) => note !== "")
      .join("; ");
    return [slotWords(result.slot), page.brush.strong(figureWords(result.figure)), notes === "" ? "" : page.brush.quiet(notes)];
  });
  return `${head}${columns(rows, page.width, "  ")}`;
}

function working(page: Page, reading: EstimatedReading, mentionOf: MentionOf): string {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const step of reading.results.flatMap((result) => result.steps)) {
    const source = stepSource(step);
    const line = labelled(
      step.kind === "compute" ? "= " : "· ",
      `${stepWords({ mention: mentionOf }, step)}${source === null ? "" : page.brush.quiet(` [${source}]`)}`,
      page.width,
      "  ",
    );
    // Figures share their first steps, which are told once.
    if (!seen.has(line)) lines.push(line);
    seen.add(line);
  }
  return lines.length === 0 ? "" : `${page.brush.strong("Working")}\n${lines.join("\n")}`;
}
