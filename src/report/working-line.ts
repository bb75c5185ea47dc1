import { attachedAt } from "../model/document.ts";
import type { Step } from "../model/finding.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Fact, Figure } from "../model/quantity.ts";
import { exactFigureWords, figureWords, rangeWords } from "./figure-words.ts";
import { placeWords, type ReportSubject } from "./report-subject.ts";

/**
 * The whole working on one line, in the words of the page: "16,384 H100 GPUs × 77 days × $2 per GPU hour".
 *
 * With "bands", what is known only roughly is told from end to end; with "values", by the one value that was worked with.
 * Null where nothing was worked out by a product, a quotient or a sum, or where it is too long for a line.
 */
export function workingLine(subject: ReportSubject, steps: readonly Step[], bands: "bands" | "values"): string | null {
  const nodes: Node[] = [];
  for (const step of steps) {
    const node = nodeOf(subject, step, nodes, bands === "bands");
    if (node !== null) nodes.push(node);
  }
  const last = nodes.findLast(({ parts }) => parts.length > 1);
  if (last === undefined || last.parts.length > MOST_PARTS) return null;
  const words = partsWords(last.parts.toSorted((left, right) => place(left) - place(right)));
  return words.length > MOST_CHARACTERS ? null : words;
}

/** More factors, or a longer line, are no sentence; the working has them all. */
const MOST_PARTS = 6;
const MOST_CHARACTERS = 260;

/** A longer quotation is a clause and no figure. */
const MOST_QUOTED = 40;

const POWERS: ReadonlyMap<number, string> = new Map([
  [1e6, "a million"],
  [1e9, "a billion"],
  [1e12, "a trillion"],
]);

const SECONDS: readonly number[] = [3600, 1 / 3600];

type Operator = "*" | "/" | "+" | "-";

interface Part {
  readonly operator: Operator;
  readonly words: string;
  /** Null for what is not printed as it is. */
  readonly kind: MentionKind | null;
}

/** A value of the working, and how it is told: one part for what is printed or looked up, several for what is worked out. */
interface Node {
  readonly figure: Figure;
  readonly parts: readonly Part[];
}

function nodeOf(subject: ReportSubject, step: Step, nodes: readonly Node[], isOfBands: boolean): Node | null {
  switch (step.kind) {
    case "read":
      return { figure: step.figure, parts: [printedPart(subject, step)] };
    case "look-up": {
      if (step.fact.nature === "definition") return null;
      return { figure: step.fact.figure, parts: [factor(factWords(step.fact, isOfBands))] };
    }
    case "compute": {
      const [first] = step.terms;
      const source = nodes.findLast(({ figure }) => isSame(figure, first.figure));
      // A week is 168 hours, and needs no word; that a device has four chips does.
      if (step.rule === "units")
        return {
          figure: step.result,
          parts: source !== undefined && step.facts.length === 0 ? source.parts : [factor(exactFigureWords(step.result))],
        };
      const parts = step.terms.flatMap((term): readonly Part[] => {
        // Seconds of an hour, which no reader asks for.
        if (term.figure.unit === "1" && SECONDS.some((seconds) => isSame(term.figure, { ...term.figure, value: seconds }))) return [];
        const node = nodes.findLast(({ figure }) => isSame(figure, term.figure));
        const power = term.figure.unit === "1" && node === undefined ? POWERS.get(Math.round(1 / term.figure.value)) : undefined;
        if (power !== undefined && term.operator === "*") return [{ ...factor(power), operator: "/" }];
        return partsOf(node?.parts ?? [factor(constantWords(term.figure))], term.operator, step.terms.length > 1);
      });
      return { figure: step.result, parts };
    }
    case "compare":
      return null;
  }
}

/** A fact with what it is; of a band the band, and not the one offer in its middle. */
function factWords({ id, title, figure, nature }: Fact, isOfBands: boolean): string {
  const range = isOfBands ? rangeWords(figure) : null;
  if (nature === "shared") return `${figureWords(figure)} (${title})`;
  if (range === null) return `${exactFigureWords(figure)} (${title})`;
  if (nature === "dated") return `${range} (offers of the time)`;
  // The title of what is usual tells the band again.
  return `${range} (${id.startsWith("usual ") ? title.replace(/:.*$/, "") : title})`;
}

/** The parts of a term in its place: a product in a product goes in as it is, anything else in brackets. */
function partsOf(parts: readonly Part[], operator: Operator, isOneOfSeveral: boolean): readonly Part[] {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return [{ ...only, operator }];
  const isProduct = parts.every((part) => part.operator === "*" || part.operator === "/");
  if (operator === "*" && isProduct) return parts;
  const words = partsWords(parts);
  return [{ ...factor(isOneOfSeveral ? `(${words})` : words), operator }];
}

function factor(words: string): Part {
  return { operator: "*", words, kind: null };
}

/** Factors read naturally with the things first, then the time, then the rates; what is divided by, added or taken away stays behind. */
function place({ operator, kind }: Part): number {
  if (operator !== "*") return IN_ORDER.length + 1;
  const found = kind === null ? -1 : IN_ORDER.indexOf(kind);
  return found < 0 ? IN_ORDER.length : found;
}

const IN_ORDER: readonly MentionKind[] = ["nodes", "accelerators", "accelerator-hours", "parameters", "tokens", "wall-time"];

function partsWords(parts: readonly Part[]): string {
  return parts.map(({ operator, words }, index) => (index === 0 ? words : `${SIGNS[operator]} ${words}`)).join(" ");
}

const SIGNS: Readonly<Record<Operator, string>> = { "*": "×", "/": "÷", "+": "+", "-": "−" };

/** As printed, where the print has its unit; a bare number of a table gets it. */
function printedPart(subject: ReportSubject, { mention: id, figure }: Extract<Step, { kind: "read" }>): Part {
  const mention = subject.mention(id);
  const text = mention?.text.replace(/\s+/g, " ").trim() ?? "";
  const words = mention === null || text.length > MOST_QUOTED ? figureWords(figure) : withUnit(mention, text, figure);
  const isElsewhere = mention !== null && attachedAt(subject.document, mention.span) !== null;
  return {
    operator: "*",
    words: isElsewhere ? `${words} (${placeWords(subject.document, mention.span)})` : words,
    kind: mention?.kind ?? null,
  };
}

/** "1.46M" and "64" get the unit that their column has; "$2", "40%", "400W" and "77 days" have theirs. */
function withUnit(mention: Mention, text: string, figure: Figure): string {
  const bare = /^(?<numeral>[\d.,]+)\s?(?<letter>\p{L}?)$/u.exec(text)?.groups;
  if (bare === undefined) return text;
  if (bare["letter"] === "") return figureWords(figure);
  if (mention.number.value === Number(bare["numeral"]?.replaceAll(",", ""))) return text;
  return `${text} ${figureWords({ value: 2, low: 2, high: 2, unit: figure.unit }).replace(/^2 ?/, "")}`.trim();
}

/** Of what a rate is told for: "180K GPU hours × 14.8T tokens ÷ a trillion". */
function constantWords(figure: Figure): string {
  return (figure.unit === "1" ? POWERS.get(figure.value) : undefined) ?? exactFigureWords(figure);
}

function isSame(left: Figure, right: Figure): boolean {
  return left.unit === right.unit && Math.abs(left.value - right.value) <= 1e-9 * Math.abs(left.value);
}
