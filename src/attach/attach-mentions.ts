/**
 * Mentions in, attachments out: whose model a figure is of, which product it speaks of, and whose voice tells it.
 *
 * Each is one decision among candidates, by the weights of `rules/weights/`. Nothing is converted, joined or judged.
 */

import { decide } from "../language/decide.ts";
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Extraction, Mention, MentionId, Role } from "../model/mention.ts";
import type { Attachment } from "../model/run.ts";
import { attachModels } from "./attach-models.ts";
import { productSceneOf } from "./attach-products.ts";
import { roleSceneOf } from "./attach-roles.ts";
import { type ProductScene, productCandidates } from "./product-features.ts";
import { roleCandidates } from "./role-features.ts";
import { sceneOf } from "./scene.ts";

export interface Attached {
  /** The extraction with the role of each figure and the names of models. */
  readonly extraction: Extraction;
  readonly attachments: ReadonlyMap<MentionId, Attachment>;
}

/** Attaches model, product and voice to each figure. */
export function attachMentions(catalog: Catalog, document: Document, extraction: Extraction): Attached {
  if (extraction.mentions.length === 0) return { extraction, attachments: new Map() };
  const { names, subjects, ties } = attachModels(catalog, document, extraction.mentions);
  const scene = sceneOf(catalog, document, extraction.mentions, subjects);
  const products = productSceneOf(scene);
  const roles = roleSceneOf(scene);
  const roleWeights = weightsOf(catalog, "role");
  const productWeights = weightsOf(catalog, "product");
  const attachments = new Map<MentionId, Attachment>();
  const mentions = extraction.mentions.map((mention): Mention => {
    const role: Role = decide(roleWeights, roleCandidates(roles, mention)).chosen?.value ?? "own";
    const product = productOf(products, productWeights, mention);
    const model = ties.get(mention.id);
    attachments.set(mention.id, { subject: subjects.get(mention.id) ?? null, ...(model === undefined ? {} : { model }), ...product, role });
    return role === mention.role ? mention : { ...mention, role };
  });
  return { extraction: { ...extraction, mentions, subjects: names }, attachments };
}

/** The product that is chosen; where none is, the kind of hardware that the figure's own words tell. */
function productOf(
  known: ProductScene,
  weights: Parameters<typeof decide>[0],
  mention: Mention,
): Pick<Attachment, "hardware" | "products"> {
  const chosen = isOfPlace(mention) ? null : (decide(weights, productCandidates(known, mention)).chosen?.value ?? null);
  if (chosen !== null) return { hardware: chosen.text, products: chosen.ids };
  const { hardware } = mention;
  return { hardware: hardware?.text ?? null, products: hardware?.accelerators ?? [] };
}

/** Told of a place or a grid, whatever runs there. */
function isOfPlace({ kind, unit }: Mention): boolean {
  return kind === "pue" || kind === "carbon-intensity" || (kind === "price" && unit.endsWith("Wh"));
}
