/** Small questions about entities and figures that several of the ties ask. */
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { ModelScene } from "./model-scene.ts";
import type { Entity } from "./names.ts";

/** What is spoken of without a name is as good as one. */
export function isReference({ features }: Entity): boolean {
  return features.some((feature) => feature.startsWith("refers:"));
}

/** A name, or a thing told without one. */
export function isSure(entity: Entity): boolean {
  return entity.score > 0 || isReference(entity);
}

/** An entity of no higher score is hardly a name. */
export const DOUBTFUL = -10;

/** The statement of its sentence that a figure stands in. */
export function clauseOf(scene: ModelScene, mention: Mention): Span {
  return (
    scene.clausesOf(mention.sentence).find((span) => span.start <= mention.span.start && mention.span.start < span.end) ?? mention.sentence
  );
}
