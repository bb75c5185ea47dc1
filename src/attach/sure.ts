/** Small questions about entities and figures that several of the ties ask. */
import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { ModelScene } from "./model-scene.ts";
import type { Entity } from "./names.ts";

/** A name, or a thing told without one, which is as good. */
export function isSure({ score, isReference }: Entity): boolean {
  return score > 0 || isReference;
}

/** An entity of no higher score is hardly a name. */
export const DOUBTFUL = -10;

/** The statement of its sentence that a figure stands in. */
export function clauseOf(scene: ModelScene, mention: Mention): Span {
  const clauses = scene.clausesOf(mention.sentence);
  const clause = clauses[headLength(clauses, ({ end }) => end <= mention.span.start)];
  return clause !== undefined && clause.start <= mention.span.start ? clause : mention.sentence;
}
