import type { Catalog } from "../../src/model/catalog.ts";
import type { Example } from "./fit-weights.ts";
import { NAME_DECISION } from "./name-examples.ts";
import { SUBJECT_DECISION } from "./subject-examples.ts";

/** A decision whose weights are fitted. */
export interface FittedDecision {
  readonly id: string;
  /** One line for the head of its file. */
  readonly about: string;
  /** The questions that the passages in a folder ask, with their candidates; what they rest on is fitted without one group. */
  readonly examples: (catalog: Catalog, passages: string, without: string | null) => Promise<readonly Example[]>;
}

export const DECISIONS: readonly FittedDecision[] = [NAME_DECISION, SUBJECT_DECISION];
