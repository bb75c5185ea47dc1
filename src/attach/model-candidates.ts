/** The models that a figure may be of, with what ties it to each: the question that rules/weights/subject.yaml answers. */

import type { Candidate } from "../language/decide.ts";
import { append } from "../model/many.ts";
import type { Mention } from "../model/mention.ts";
import { contains } from "../model/span.ts";
import { blockTies } from "./block-ties.ts";
import type { Entity } from "./entity.ts";
import { clauseOf, type ModelScene } from "./model-scene.ts";
import { noneFeatures } from "./none-features.ts";
import { sentenceTies } from "./sentence-ties.ts";
import { BESIDE_THE_POINT } from "./standing.ts";
import { DOUBTFUL, isSure } from "./sure.ts";
import { tableTies } from "./table-ties.ts";
import { SIZE_WORD } from "./terms.ts";
import { type Ties, tie, tieAround } from "./ties.ts";

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
  kinTies(scene, mention, ties);
  const named = [...ties.values()].map(({ entity, features, around }) => ({ entity, features: new Set([...features, ...around]) }));
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
      features: noneFeatures(scene, mention),
    },
  ];
}

/** How surely an entity is one, and what it is. */
function entityFeatures({ main }: ModelScene, entity: Entity, tied: ReadonlySet<string>, isNamed: boolean): readonly string[] {
  const refers = entity.isReference;
  const features = refers ? ["name:reference"] : ["name", ...STEPS.filter((step) => entity.score > step).map((step) => `name>${step}`)];
  if (refers && tied.has("stands:subject")) features.push("reference&subject");
  if (refers && tied.has("sentence"))
    features.push(entity.features.includes("refers:size") ? sizedFeature(main, isNamed) : "member&sentence");
  if (refers) features.push("reference");
  else if (tied.has("sentence") && !tied.has(BESIDE_THE_POINT))
    for (const step of [-10, 0, 10]) if (entity.score > step) features.push(`sentence&name>${step}`);
  append(features, carriedBy(entity));
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
const CARRIED: ReadonlySet<string> = new Set(["part:total", "part:stage", "part:quantity", "head:organization", "all-listed"]);

/** How surely a thing is a name, step by step, so that little on one side of zero or the other makes little difference. */
const STEPS = [-20, -15, -10, -5, 0, 5, 10] as const;

/** Members of a family beside the family itself, in one sentence. */
function kinTies(scene: ModelScene, { sentence, span }: Mention, ties: Ties): void {
  const named = new Set(
    scene.around(sentence, span.start).flatMap(({ entity }) => (entity.score > DOUBTFUL && ties.has(entity.key) ? [entity] : [])),
  );
  for (const entity of named)
    for (const { key } of named) {
      if (entity.key === key) continue;
      if (entity.key.startsWith(key)) tie(ties, entity, "member-beside-family");
      if (key.startsWith(entity.key)) tie(ties, entity, "family-beside-member");
    }
}

/** What the whole document is about. */
function documentTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  for (const entity of scene.titled)
    tieAround(ties, entity, "in-title", ...(scene.isOwnVoice(mention.sentence) ? ["in-title&own-voice"] : []));
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
  tieAround(ties, main.entity, ...features);
  for (const { entity } of ties.values()) {
    if (entity === main.entity) continue;
    const where = main.keys.has(entity.key) || entity.isReference ? "kin" : "foreign";
    tie(ties, entity, where, ...(ownVoice && !isNamed ? [`${where}&own-clause`] : []));
  }
}

/** Where the sentence names a model before the figure, or tells behind it what was trained, and not only to compare, nothing else says much for any other. */
function outsideTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const clause = clauseOf(scene, mention);
  const isNamed = scene.around(mention.sentence, mention.span.start).some(({ entity, occurrence: { span } }) => {
    const features = ties.get(entity.key)?.features;
    if (!isSure(entity) || features?.has(BESIDE_THE_POINT) === true) return false;
    if (span.start < mention.span.end) return true;
    // "four times the GPU hours of Wren" is of what Wren is compared with.
    return mention.kind !== "ratio" && !entity.isReference && contains(clause, span) && AIMS.some((aim) => features?.has(aim));
  });
  if (!isNamed) return;
  for (const { features, around } of ties.values()) {
    if (features.has("sentence") || around.has("main&own-clause")) continue;
    around.clear();
    features.add("outside-named-sentence");
  }
}

/** Holds of a name that the words before it make what a figure was for: "eight GPUs did the training of Wren". */
const AIMS = ["after:claims", "after:trained", "stands:of", "stands:train"] as const;

function isLineName({ entity, features }: { readonly entity: Entity; readonly features: ReadonlySet<string> }): boolean {
  return entity.score > 0 && (features.has("line") || features.has("line:within"));
}
