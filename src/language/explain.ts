/** A decision as those are told it who ask why: every answer with its features, each with its weight. */
import type { DecisionWeights } from "../model/catalog.ts";
import type { Choice } from "../model/trace.ts";
import type { Candidate, Decision } from "./decide.ts";

/** What a decision is told with. */
export interface Told<T> {
  readonly decision: Choice["decision"];
  readonly weights: DecisionWeights;
  readonly wordsOf: (candidate: Candidate<T>) => string;
  /** What is taken where nothing leads by the margin. */
  readonly otherwise: string;
}

/** The ranked answers of a decision, in words. */
export function choiceOf<T>({ ranked, chosen, lead }: Decision<T>, { decision, weights, wordsOf, otherwise }: Told<T>): Choice {
  return {
    decision,
    candidates: ranked.map((candidate) => ({
      choice: wordsOf(candidate),
      score: candidate.score,
      features: Object.fromEntries([...new Set(candidate.features)].map((feature) => [feature, weights.weights[feature] ?? 0])),
    })),
    chosen: chosen === null ? null : wordsOf(chosen),
    weighing: { lead, margin: weights.margin, otherwise },
  };
}
