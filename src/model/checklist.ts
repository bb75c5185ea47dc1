import type { MentionId } from "./mention.ts";
import type { Figure } from "./quantity.ts";
import type { Span } from "./span.ts";

/** Facts without which a reader cannot check what training took, in the order in which they are listed. */
export const CHECKLIST_FACTS = [
  "accelerator",
  "count",
  "wall-time",
  "accelerator-hours",
  "precision",
  "utilization",
  "tokens",
  "parameters",
  "energy",
  "pue",
  "carbon-intensity",
  "price",
] as const;
export type ChecklistFact = (typeof CHECKLIST_FACTS)[number];

/** Whether a document states a fact of a run, or a reader can work it out, or it is missing. */
export type ChecklistItem =
  | { readonly fact: ChecklistFact; readonly status: "stated"; readonly span: Span }
  | { readonly fact: ChecklistFact; readonly status: "derivable"; readonly value: Figure; readonly from: readonly MentionId[] }
  | { readonly fact: ChecklistFact; readonly status: "missing" };

/** What a document tells of the training of one model. */
export interface RunChecklist {
  /** Null where the document speaks of one run without naming it. */
  readonly subject: string | null;
  readonly items: readonly ChecklistItem[];
}
