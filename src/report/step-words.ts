import type { Document } from "../model/document.ts";
import type { Step } from "../model/finding.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { Fact } from "../model/quantity.ts";
import { comparisonWords, exactFigureWords, figureWords } from "./figure-words.ts";
import { quoted, quotedWithSource } from "./report-subject.ts";

/** Looks a mention up by its id. */
export type MentionOf = (id: MentionId) => Mention | null;

/** One line of the working, as arithmetic. */
export function stepWords(subject: { readonly mention: MentionOf; readonly document?: Document }, step: Step): string {
  switch (step.kind) {
    case "read": {
      const mention = subject.mention(step.mention);
      const assumed = step.assumes.length === 0 ? "" : ` (if ${step.assumes.join(" and ")})`;
      const from =
        mention === null
          ? ""
          : `, from ${subject.document === undefined ? quoted(mention.text) : quotedWithSource(subject.document, mention)}`;
      return `${exactFigureWords(step.figure)}${from}${assumed}`;
    }
    case "look-up":
      return `${exactFigureWords(step.fact.figure)}, ${step.fact.title}`;
    case "compute": {
      const [first, ...rest] = step.terms;
      const tail = rest
        .map(asWhole)
        .map((term) => ` ${OPERATORS[term.operator]} ${exactFigureWords(term.figure)}`)
        .join("");
      return `${exactFigureWords(first.figure)}${tail} = ${figureWords(step.result)}`;
    }
    case "compare":
      return `stated ${exactFigureWords(step.stated)}, works out to ${figureWords(step.recomputed)}: stated is ${comparisonWords(step.ratio)}`;
    default:
      return assertNever(step);
  }
}

type Term = Extract<Step, { readonly kind: "compute" }>["terms"][number];

/** "÷ 3,600" and not "× 0.000277778": a part of one is told by how many of it make one. */
function asWhole(term: Term): Term {
  const { operator, figure } = term;
  const whole = Math.round(1 / figure.value);
  const isPart = figure.unit === "1" && figure.value < 1 && Math.abs(whole * figure.value - 1) < 1e-9;
  if (!isPart || (operator !== "*" && operator !== "/")) return term;
  return { operator: operator === "*" ? "/" : "*", figure: { ...figure, value: whole, low: whole, high: whole } };
}

const OPERATORS: Readonly<Record<"*" | "/" | "+" | "-", string>> = { "*": "×", "/": "÷", "+": "+", "-": "−" };

/** Where the catalog has a figure of the working from; null for a step that rests on the document alone. */
export function stepSource(step: Step): string | null {
  if (step.kind === "look-up") return step.fact.source;
  if (step.kind === "compute" && step.facts.length > 0) return [...new Set(step.facts.map((fact) => fact.source))].join("; ");
  return null;
}

/** What widens a figure that was worked out: rounding, and the facts that are known only roughly. */
export function widenedBy(steps: readonly Step[]): string {
  const facts = factsOf(steps);
  if (facts.some((fact) => fact.nature === "default")) return "over what is usual";
  return facts.some((fact) => fact.nature === "dated" && fact.figure.low < fact.figure.high)
    ? "over the prices of the time"
    : "with rounding";
}

/** What makes a figure that was worked out wide, for a sentence that goes on with how wide it is; null where nothing does but rounding. */
export function spanOf(steps: readonly Step[]): string | null {
  const by = widenedBy(steps);
  return by === "with rounding" ? null : by === "over what is usual" ? "what is usual spans" : "the prices of the time span";
}

/** Every catalog fact of the working, once. */
export function factsOf(steps: readonly Step[]): readonly Fact[] {
  const facts = new Map<string, Fact>();
  for (const step of steps) {
    if (step.kind === "look-up") facts.set(step.fact.id, step.fact);
    if (step.kind === "compute") for (const fact of step.facts) facts.set(fact.id, fact);
  }
  return [...facts.values()];
}

function assertNever(step: never): never {
  throw new Error(`no words for step ${JSON.stringify(step)}`);
}
