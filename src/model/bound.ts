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
  /** How often such a claim is wrong. */
  readonly doubt: number;
}

export const NOTHING_BOUND: Bound = { findings: [], odds: new Map() };
