import type { Finding } from "./finding.ts";
import type { MentionId } from "./mention.ts";

/** What the binder made of the figures of a document. */
export interface Bound {
  readonly findings: readonly Finding[];
  /** Of every figure that others could give: how likely it is that it agrees with them, or not. The rest is that nothing gives it. */
  readonly odds: ReadonlyMap<MentionId, BoundOdds>;
}

export interface BoundOdds {
  readonly agrees: number;
  readonly differs: number;
  /** A figure of the document itself, not of others or of a plan. */
  readonly isOwn: boolean;
  /** What it agrees with stands about it: in its sentence, row or block, or beside that. */
  readonly isNear: boolean;
}

export const NOTHING_BOUND: Bound = { findings: [], odds: new Map() };
