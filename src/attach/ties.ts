import type { Entity } from "./entity.ts";

/** What ties one figure to an entity. */
export interface Tied {
  readonly entity: Entity;
  readonly features: Set<string>;
  /** Features of what is spoken of around: they say nothing where the sentence itself names a model. */
  readonly around: Set<string>;
}

/** What ties one figure to each entity in its reach, by the entity's key. */
export type Ties = Map<string, Tied>;

/** Notes what ties a figure to an entity. */
export function tie(ties: Ties, entity: Entity, ...features: readonly string[]): void {
  const { features: known } = tiedOf(ties, entity);
  for (const feature of features) known.add(feature);
}

/** Notes that an entity is spoken of around a figure. */
export function tieAround(ties: Ties, entity: Entity, ...features: readonly string[]): void {
  const { around } = tiedOf(ties, entity);
  for (const feature of features) around.add(feature);
}

function tiedOf(ties: Ties, entity: Entity): Tied {
  const known = ties.get(entity.key) ?? { entity, features: new Set(), around: new Set() };
  ties.set(entity.key, known);
  return known;
}
