import type { Mention } from "./mention.ts";

/** What became of a figure between two versions of a document. */
export type FigureChange =
  | { readonly change: "changed"; readonly subject: string | null; readonly old: Mention; readonly new: Mention }
  | { readonly change: "removed"; readonly subject: string | null; readonly old: Mention }
  | { readonly change: "added"; readonly subject: string | null; readonly new: Mention };

/** Two versions of one document, and the figures that differ. A version may be corrected: a change is no error. */
export interface VersionDiff {
  readonly changes: readonly FigureChange[];
  /** Figures that both have. */
  readonly unchanged: number;
}
