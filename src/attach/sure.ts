/** How surely something is a name. */
import type { Entity } from "./entity.ts";

/** A name, or a thing told without one, which is as good. */
export function isSure({ score, isReference }: Entity): boolean {
  return score > 0 || isReference;
}

/** An entity of no higher score is hardly a name. */
export const DOUBTFUL = -10;
