import type { Catalog } from "../../src/model/catalog.ts";
import type { Example } from "./fit-weights.ts";

/** A decision whose weights are fitted. */
export interface FittedDecision {
  readonly id: string;
  /** One line for the head of its file. */
  readonly about: string;
  /** The questions that the passages in a folder ask, with their candidates. */
  readonly examples: (catalog: Catalog, passages: string) => readonly Example[];
}

export const DECISIONS: readonly FittedDecision[] = [];
