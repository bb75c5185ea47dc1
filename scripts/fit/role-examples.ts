import { roleSceneOf } from "../../src/attach/attach-roles.ts";
import { roleCandidates } from "../../src/attach/role-features.ts";
import { sceneOf } from "../../src/attach/scene.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Role } from "../../src/model/mention.ts";
import type { GoldFigure, PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";

/** Whose each figure of the gold is, its model being known. */
export function roleExamples(catalog: Catalog, passages: readonly PassageMentions[]): readonly Example[] {
  return passages.flatMap(({ passage, document, mentions, goldOf }) => {
    const subjects = new Map(mentions.map(({ id }) => [id, goldOf.get(id)?.subject ?? null]));
    const scene = roleSceneOf(sceneOf(catalog, document, mentions, subjects));
    return mentions.map((mention) => ({
      group: passage.genre,
      document: passage.id,
      name: `${passage.id}: ${mention.kind} "${mention.text}"`,
      candidates: roleCandidates(scene, mention).map(({ key, value, features }) => ({
        key,
        features,
        isRight: value === roleOf(goldOf.get(mention.id)),
      })),
    }));
  });
}

function roleOf(gold: GoldFigure | undefined): Role {
  if (gold?.hypothetical === true) return "hypothetical";
  return gold?.about === "other" ? "other" : "own";
}
