import { carriesProduct, productSceneOf } from "../../src/attach/attach-products.ts";
import { type ProductCandidate, productCandidates } from "../../src/attach/product-features.ts";
import { sceneOf } from "../../src/attach/scene.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";

/** Which product each figure of the gold speaks of, its model being known. */
export function productExamples(catalog: Catalog, passages: readonly PassageMentions[]): readonly Example[] {
  return passages.flatMap(({ passage, document, mentions, goldOf }) => {
    const subjects = new Map(mentions.map(({ id }) => [id, goldOf.get(id)?.subject ?? null]));
    const scene = productSceneOf(sceneOf(catalog, document, mentions, subjects));
    return mentions.filter(carriesProduct).map((mention) => ({
      group: passage.genre,
      document: passage.id,
      name: `${passage.id}: ${mention.kind} "${mention.text}"`,
      candidates: productCandidates(scene, mention).map((candidate) => ({
        key: candidate.value?.text ?? "",
        features: candidate.features,
        isRight: isRight(candidate, goldOf.get(mention.id)?.hardware),
      })),
    }));
  });
}

/** Where the gold has no product, a kind of processor without a name is as good as none. */
function isRight({ value }: ProductCandidate, gold: string | undefined): boolean {
  if (gold === undefined) return value === null || value.ids.length === 0;
  return value !== null && isSameName(value.text, gold);
}

/** As the ruler has it: letters and digits of one are part of the other, makers left out. */
function isSameName(left: string, right: string): boolean {
  const [one, other] = [left, right].map((name) => name.toLowerCase().replace(/nvidia|google|tesla|[^\p{L}\p{N}]/gu, ""));
  return one !== undefined && other !== undefined && one !== "" && other !== "" && (one.includes(other) || other.includes(one));
}
