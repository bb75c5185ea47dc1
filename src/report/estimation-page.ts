import type { EstimatedReading, Estimation } from "../model/estimation.ts";
import type { MentionId } from "../model/mention.ts";
import { exactFigureWords, figureWords, inNoun, printedUnit, rangeWords } from "./figure-words.ts";
import { nounIn } from "./page-nouns.ts";
import { slotWords } from "./slot-words.ts";
import { type MentionOf, stepSource, stepWords, widenedBy } from "./step-words.ts";
import { columns, labelled, type Paint, paint, wrapped } from "./terminal-layout.ts";

/** An estimate for a terminal: each reading with its figures, what was assumed, then the working of the likeliest. */
export function estimationPage(estimation: Estimation, terminal: { readonly color: boolean; readonly width: number }): string {
  const page: Page = { brush: paint(terminal.color), width: Math.min(terminal.width, WIDEST), noun: nounIn(estimation.phrase) };
  const [likeliest, ...others] = estimation.readings;
  if (likeliest === undefined) {
    const missing = estimation.missing.map((slot) => slotWords(slot)).join(" and ");
    return `${wrapped(`nothing can be worked out${missing === "" ? "" : `: ${missing} would have to be given`}`, page.width, "")}\n`;
  }
  const byId = new Map(estimation.mentions.map((mention) => [mention.id, mention]));
  const parts = [
    readingWords(page, likeliest, others.length > 0 ? "likeliest" : null),
    ...others.map((reading) => readingWords(page, reading, reading.weight >= LEAST_LIKELY ? "less likely" : "unlikely")),
    defaultsWords(page, likeliest),
    working(page, likeliest, (id: MentionId) => byId.get(id) ?? null),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const WIDEST = 110;

/** A reading of less weight contradicts what is usual. */
const LEAST_LIKELY = 0.1;

interface Page {
  readonly brush: Paint;
  readonly width: number;
  /** What the phrase calls its devices; null where it has no word for them. */
  readonly noun: string | null;
}

function readingWords(page: Page, reading: EstimatedReading, likelihood: string | null): string {
  const choice = reading.assumes.map((words) => (words.includes(" ") ? words : `${words}s are counted`)).join(" and ");
  const head = likelihood === null || choice === "" ? "" : `${page.brush.strong(`If ${choice}`)}  ${page.brush.quiet(likelihood)}\n`;
  const noun = nounOf(page, reading);
  const rows = reading.results.map((result) => {
    const range = rangeWords(result.figure);
    const note = range === null ? "" : page.brush.quiet(`${inNoun(range, noun)} ${widenedBy(result.steps)}`);
    return [label(result.slot, noun), page.brush.strong(inNoun(figureWords(result.figure), noun)), note];
  });
  return `${head}${columns(rows, page.width, "  ")}`;
}

/** What the phrase does not say, in one line each: the value, where it is from, and how to put another in its place. */
function defaultsWords(page: Page, reading: EstimatedReading): string {
  if (reading.defaults.length === 0) return "";
  const noun = nounOf(page, reading);
  const lines = reading.defaults.map(({ slot, fact, change }) => {
    const range = rangeWords(fact.figure);
    // What is only usual is told by its ends; what is of a product, a place or a model by its title.
    const about = fact.id.startsWith("usual ") ? (range === null ? "" : `, of ${range} that are usual`) : `, ${fact.title}`;
    const value = inNoun(exactFigureWords(fact.figure), noun);
    return labelled(
      "· ",
      `${label(slot, noun)}: ${value}${about} ${page.brush.quiet(`[${shortened(fact.source)}]`)}; ${change}`,
      page.width,
      "  ",
    );
  });
  return `${page.brush.strong("Assumed")}\n${lines.join("\n")}`;
}

/** "training time", "GPU hours". */
function label(slot: string, noun: string): string {
  return slot === "accelerator_hours" ? inNoun("accelerator-hours", noun) : slotWords(slot, noun).replace(/^the (?:number of )?/, "");
}

/** What the figures count: "GPU", "chip". */
function nounOf(page: Page, { results }: EstimatedReading): string {
  const figures = results.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === "compute" ? [step.result, ...step.terms.map((term) => term.figure)] : [])),
  );
  const units = figures.map(({ unit }) => /^(\w+)-hour$/.exec(unit)?.[1] ?? unit);
  const counted = units.find((unit) => COUNTED.has(unit));
  return counted === undefined ? (page.noun ?? printedUnit("accelerator")) : printedUnit(counted);
}

const COUNTED: ReadonlySet<string> = new Set(["gpu", "chip", "npu", "gcd", "device", "board", "module"]);

/** The first of several sources, without what is said of its copy. */
function shortened(source: string): string {
  return source.replace(/[;,(].*$/s, "").trim();
}

function working(page: Page, reading: EstimatedReading, mentionOf: MentionOf): string {
  const noun = nounOf(page, reading);
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const step of reading.results.flatMap((result) => result.steps)) {
    // What is looked up stands above.
    if (step.kind === "look-up" && reading.defaults.some(({ fact }) => fact.id === step.fact.id)) continue;
    const source = stepSource(step);
    const line = labelled(
      step.kind === "compute" ? "= " : "· ",
      `${inNoun(stepWords({ mention: mentionOf }, step), noun)}${source === null ? "" : page.brush.quiet(` [${source}]`)}`,
      page.width,
      "  ",
    );
    // Figures share their first steps, which are told once.
    if (!seen.has(line)) lines.push(line);
    seen.add(line);
  }
  return lines.length === 0 ? "" : `${page.brush.strong("Working")}\n${lines.join("\n")}`;
}
