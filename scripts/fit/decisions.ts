import type { Catalog } from "../../src/model/catalog.ts";
import { bareExamples, figureExamples } from "./figure-examples.ts";
import type { Example } from "./fit-weights.ts";

/** A decision whose weights are fitted. */
export interface FittedDecision {
  readonly id: string;
  /** One line for the head of its file. */
  readonly about: string;
  /** The questions that the passages in a folder ask, with their candidates. */
  readonly examples: (catalog: Catalog, passages: string) => Promise<readonly Example[]>;
}

export const DECISIONS: readonly FittedDecision[] = [
  { id: "figure", about: "Whether a number with a unit is a figure of a training.", examples: figureExamples },
  { id: "bare", about: "What a number without a unit counts, if it is a figure at all.", examples: bareExamples },
];
