/**
 * Mentions in, attachments out: whose model a figure is of, which product it speaks of, and whose voice tells it.
 *
 * Each is one decision among candidates, by the weights of `rules/weights/`. Nothing is converted, joined or judged.
 */

import { type Decision, decide } from "../language/decide.ts";
import { speakerIn, stageOf } from "../language/voice.ts";
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Extraction, Mention, MentionId, Role } from "../model/mention.ts";
import type { Attachment } from "../model/run.ts";
import type { Span } from "../model/span.ts";
import { type AttachedModels, attachModels } from "./attach-models.ts";
import { carriesProduct, productSceneOf } from "./attach-products.ts";
import { roleSceneOf } from "./attach-roles.ts";
import { productCandidates, type ToldProduct } from "./product-features.ts";
import { roleCandidates, speaksFor } from "./role-features.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { wordClassesOf } from "./word-classes.ts";

export interface Attached {
  /** The extraction with the role of each figure and the names of models. */
  readonly extraction: Extraction;
  readonly attachments: ReadonlyMap<MentionId, Attachment>;
}

/** Attaches model, product and voice to each figure. */
export function attachMentions(catalog: Catalog, document: Document, extraction: Extraction): Attached {
  if (extraction.mentions.length === 0) return { extraction, attachments: new Map() };
  const { models, scene, askProduct, askRole } = questionsOf(catalog, document, extraction.mentions);
  const { names, subjects, ties } = models;
  const chosen = chosenProducts(askProduct, extraction.mentions);
  const company = Map.groupBy(
    extraction.mentions.filter(({ id }) => chosen.has(id)),
    (mention) => companyOf(scene, mention),
  );
  const attachments = new Map<MentionId, Attachment>();
  const mentions = extraction.mentions.map((mention): Mention => {
    const role: Role = askRole(mention).chosen?.value ?? USUAL_ROLE;
    const own = chosen.get(mention.id) ?? (carriesProduct(mention) ? null : sharedBy(company.get(companyOf(scene, mention)) ?? [], chosen));
    const product = own === null ? toldHardware(mention) : { hardware: own.called, products: own.ids };
    const model = ties.get(mention.id);
    attachments.set(mention.id, { subject: subjects.get(mention.id) ?? null, ...(model === undefined ? {} : { model }), ...product, role });
    return { ...mention, role, roleEvidence: evidenceOf(scene, mention, role), ...toldOf(scene, mention) };
  });
  return { extraction: { ...extraction, mentions, subjects: names }, attachments };
}

/** What is asked of each figure, ready to be decided. */
export interface Questions {
  readonly models: AttachedModels;
  readonly scene: Scene;
  readonly askProduct: (mention: Mention) => Decision<ToldProduct | null>;
  readonly askRole: (mention: Mention) => Decision<Role>;
}

/** The decisions whose weights they are. */
export const PRODUCT = "product";
export const ROLE = "role";

/** Whose a figure is in doubt. */
export const USUAL_ROLE: Role = "own";

export function questionsOf(catalog: Catalog, document: Document, mentions: readonly Mention[]): Questions {
  const models = attachModels(catalog, document, mentions);
  const scene = sceneOf(catalog, document, mentions, models.subjects);
  const [products, roles] = [productSceneOf(scene), roleSceneOf(scene)];
  const [ofProduct, ofRole] = [weightsOf(catalog, PRODUCT), weightsOf(catalog, ROLE)];
  return {
    ...{ models, scene },
    askProduct: (mention) => decide(ofProduct, productCandidates(products, mention)),
    askRole: (mention) => decide(ofRole, roleCandidates(roles, mention)),
  };
}

/** The nearest words for which a figure is not the document's own. */
function evidenceOf(scene: Scene, mention: Mention, role: Role): Span | null {
  if (role === "own") return null;
  for (const span of [scene.clauseOf(mention), mention.sentence]) {
    const cue = scene.cues.within(span).find(({ kind }) => speaksFor(kind) === role);
    if (cue !== undefined) return cue.span;
  }
  return null;
}

/** Who says a figure of prose, and which stage of training it is of, where clause or sentence tells. */
function toldOf(scene: Scene, mention: Mention): Pick<Mention, "speaker" | "stage"> {
  if (mention.cell !== null) return { speaker: mention.speaker, stage: mention.stage };
  const { catalog, cues, document } = scene;
  const words = wordClassesOf(catalog);
  return {
    speaker: speakerIn(document.text, mention.sentence, cues, (word) => words.is(word, "ordinary")),
    stage: stageOf(cues, [scene.clauseOf(mention), mention.sentence], mention.span.start),
  };
}

/** The product of each figure that carries one and for which one is chosen. */
function chosenProducts(ask: Questions["askProduct"], mentions: readonly Mention[]): ReadonlyMap<MentionId, ToldProduct> {
  return new Map(
    mentions.filter(carriesProduct).flatMap((mention) => {
      const product = ask(mention).chosen?.value ?? null;
      return product === null ? [] : ([[mention.id, product]] as const);
    }),
  );
}

/** Figures of one model in one sentence or row. */
function companyOf(scene: Scene, mention: Mention): string {
  return `${mention.sentence.start}-${mention.sentence.end} ${scene.subjectOf(mention) ?? ""}`;
}

/** A cost or an energy has the product that all figures beside it have. */
function sharedBy(company: readonly Mention[], chosen: ReadonlyMap<MentionId, ToldProduct>): ToldProduct | null {
  const products = company.flatMap(({ id }) => chosen.get(id) ?? []);
  const first = products[0];
  return first !== undefined && products.every(({ key }) => key === first.key) ? first : null;
}

/** Where no product is chosen: the kind of hardware that the figure's own words tell. */
function toldHardware({ hardware }: Mention): Pick<Attachment, "hardware" | "products"> {
  return { hardware: hardware?.text ?? null, products: hardware?.accelerators ?? [] };
}
