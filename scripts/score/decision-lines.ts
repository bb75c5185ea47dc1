import type { DocumentResult } from "../../src/model/report.ts";
import type { Candidate, Choice } from "../../src/model/trace.ts";

/** A line for each decision of a result that has them: what was chosen, and what came next. */
export function decisionLines({ decisions, document }: DocumentResult): readonly string[] {
  if (decisions === undefined) return [];
  return [
    ...decisions.numbers.map(({ span, isDenied, ...choice }) => {
      const text = JSON.stringify(document.text.slice(span.start, span.end));
      return `  ${text} ${choiceWords(choice)}${isDenied ? ", but denied" : ""}`;
    }),
    ...decisions.mentions.map(
      ({ mention, untold, ...choice }) => `  ${mention} ${choiceWords(choice)}${untold == null ? "" : `, not told: ${untold}`}`,
    ),
  ];
}

function choiceWords({ decision, candidates, chosen }: Choice): string {
  const [first, second] = candidates.map(candidateWords);
  return `${decision}${chosen === null ? " undecided" : ""}: ${first ?? "nothing"}${second === undefined ? "" : ` before ${second}`}`;
}

function candidateWords({ choice, score, odds }: Candidate): string {
  if (odds === undefined) return `${choice} ${score}`;
  return `${choice} [prior ${odds.prior.toFixed(3)}, agrees ${odds.agrees.toFixed(3)}, differs ${odds.differs.toFixed(3)}]`;
}
