import type { Entity } from "./names.ts";

/** What ties one figure to each entity in its reach, by the entity's key. */
export type Ties = Map<string, { readonly entity: Entity; readonly features: Set<string> }>;

/** Notes what ties a figure to an entity. */
export function tie(ties: Ties, entity: Entity, ...features: readonly string[]): void {
  const known = ties.get(entity.key) ?? { entity, features: new Set<string>() };
  ties.set(entity.key, known);
  for (const feature of features) known.features.add(feature);
}
