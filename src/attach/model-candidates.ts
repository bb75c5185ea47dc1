/** The models that a figure may be of, with what ties it to each: the question that rules/weights/subject.yaml answers. */

import type { Candidate } from "../language/decide.ts";
import type { Mention } from "../model/mention.ts";
import { blockTies } from "./block-ties.ts";
import { clauseOf, type ModelScene } from "./model-scene.ts";
import type { Entity } from "./names.ts";
import { noneFeatures } from "./none-features.ts";
import { sentenceTies } from "./sentence-ties.ts";
import { tableTies } from "./table-ties.ts";
import { SIZE_WORD } from "./terms.ts";
import { type Ties, tie } from "./ties.ts";

/** The key of the answer "of none". */
export const NO_MODEL = "";

/** The candidates of a figure: entities in reach, and none. */
export function modelCandidates(scene: ModelScene, mention: Mention): readonly Candidate<Entity | null>[] {
  const ties: Ties = new Map();
  if (mention.cell !== null) tableTies(scene, mention, mention.cell, ties);
  else sentenceTies(scene, mention, ties);
  blockTies(scene, mention, ties);
  documentTies(scene, mention, ties);
  mainTies(scene, mention, ties);
  if (mention.cell === null) outsideTies(scene, mention, ties);
  const named = [...ties.values()];
  const isNamed = named.some(({ entity, features }) => entity.score > 0 && features.has("sentence"));
  return [
    ...named.map(({ entity, features }) => ({
      value: entity,
      key: entity.key,
      features: [...features, ...entityFeatures(scene, entity, features, isNamed)],
    })),
    {
      value: null,
      key: NO_MODEL,
      features: noneFeatures(
        scene,
        mention,
        named.map(({ entity }) => entity),
      ),
    },
  ];
}

/** How surely an entity is one, and, where it is not, whether there is a better one. */
function entityFeatures(
  { possible, sure, main }: ModelScene,
  entity: Entity,
  tied: ReadonlySet<string>,
  isNamed: boolean,
): readonly string[] {
  const refers = entity.isReference;
  const features = [refers ? "name:reference" : `name:${bucket(entity.score)}`];
  if (tied.has("behind-block") && tied.has("block")) features.push("in-block-too");
  if (refers && tied.has("stands:subject")) features.push("reference&subject");
  if (refers && tied.has("sentence"))
    features.push(entity.features.includes("refers:size") ? sizedFeature(main, isNamed) : "member&sentence");
  if (refers) features.push("reference");
  else if (entity.score > 0) features.push(sure === 1 ? "only-name" : "one-of-names");
  else features.push(sure > 0 ? "beside-sure-name" : entity === possible[0] ? "best-of-none" : "no-sure-name");
  features.push(...carriedBy(entity));
  return features;
}

/** What an entity carries wherever it stands, told once. */
const CARRIED_BY = new WeakMap<Entity, readonly string[]>();

function carriedBy(entity: Entity): readonly string[] {
  let carried = CARRIED_BY.get(entity);
  if (carried === undefined) {
    carried = entity.features.flatMap((feature) => (feature.startsWith("refers:") || CARRIED.has(feature) ? [`is:${feature}`] : []));
    CARRIED_BY.set(entity, carried);
  }
  return carried;
}

/** "a 7B model" describes the name beside it, or the model that the document is about; it is a thing of its own where there is neither. */
function sizedFeature(main: ModelScene["main"], isNamed: boolean): string {
  return isNamed ? "sized&named" : main?.isOwn === true ? "sized&own-main" : "sized-alone";
}

/** What is known of a name that matters for what is of it. */
const CARRIED: ReadonlySet<string> = new Set([
  "part:total",
  "part:stage",
  "shape:number",
  "part:quantity",
  "head:organization",
  "all-listed",
]);

function bucket(score: number): string {
  return score > 10 ? "sure" : score > 0 ? "fair" : score > -10 ? "doubtful" : "unlikely";
}

/** What the whole document is about. */
function documentTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const [best, second] = scene.possible;
  if (best !== undefined) tie(ties, best, second === undefined || best.score - second.score > 15 ? "document:clear" : "document:close");
  for (const entity of scene.titled) tie(ties, entity, "in-title", ...(scene.isOwnVoice(mention.sentence) ? ["in-title&own-voice"] : []));
  if (scene.most !== null) tie(ties, scene.most, "document:most");
  if (mention.kind !== "parameters") return;
  const size = mention.text
    .split(/\s+/)
    .find((word) => SIZE_WORD.test(word))
    ?.toLowerCase();
  if (size !== undefined) for (const entity of scene.sized) if (entity.key.includes(size)) tie(ties, entity, "same-size");
}

/** What the document is about, and whether the authors speak of themselves; all others are somebody else's or beside the point. */
function mainTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const { main } = scene;
  if (main === null) return;
  const clause = clauseOf(scene, mention);
  const ownVoice = mention.cell === null && scene.isOwnVoice(clause);
  const features = ["main", main.isTitled ? "main:titled" : "main:untitled"];
  const isNamed = scene.isNamed(clause);
  if (ownVoice) features.push(isNamed ? "main&own-clause-named" : "main&own-clause");
  if (mention.cell === null ? !scene.isNamed(mention.sentence) : ![...ties.values()].some((known) => isLineName(known)))
    features.push("main&unnamed");
  tie(ties, main.entity, ...features);
  for (const { entity } of ties.values()) {
    if (entity === main.entity) continue;
    const where = main.keys.has(entity.key) || entity.isReference ? "kin" : "foreign";
    tie(ties, entity, where, ...(ownVoice && !isNamed ? [`${where}&own-clause`] : []));
  }
}

/** Where the sentence names a model before the figure, what the document is about says little for any other. */
function outsideTies(scene: ModelScene, { sentence, span }: Mention, ties: Ties): void {
  if (!scene.isNamed({ start: sentence.start, end: span.start })) return;
  for (const { entity, features } of [...ties.values()]) {
    if (features.has("sentence") || features.has("main&own-clause")) continue;
    tie(ties, entity, "outside-named-sentence");
    for (const feature of [...features]) if (DOCUMENT_WIDE.test(feature)) features.delete(feature);
  }
}

const DOCUMENT_WIDE = /^(?:document|in-title|main)/;

function isLineName({ entity, features }: { readonly entity: Entity; readonly features: ReadonlySet<string> }): boolean {
  return entity.score > 0 && (features.has("line") || features.has("line:within"));
}
