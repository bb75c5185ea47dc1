/** The models that a figure may be of, with what ties it to each: the question that rules/weights/subject.yaml answers. */

import type { Candidate } from "../language/decide.ts";
import type { Mention } from "../model/mention.ts";
import { contains, overlaps, type Span } from "../model/span.ts";
import type { ModelScene, Place } from "./model-scene.ts";
import type { Entity } from "./names.ts";
import { standingOf } from "./standing.ts";
import { tableTies } from "./table-ties.ts";
import { SIZE_WORD } from "./terms.ts";
import { type Ties, tie } from "./ties.ts";

/** The key of the answer "of none". */
export const NO_MODEL = "";

/** How many blocks back and forth are looked through for what was spoken of. */
const BLOCKS_BACK = 8;
const BLOCKS_ON = 2;

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
  const refers = isReference(entity);
  const features = [refers ? "name:reference" : `name:${bucket(entity.score)}`];
  if (tied.has("behind-block") && tied.has("block")) features.push("in-block-too");
  if (refers && tied.has("stands:subject")) features.push("reference&subject");
  if (refers && tied.has("sentence"))
    features.push(entity.features.includes("refers:size") ? sizedFeature(main, isNamed) : "member&sentence");
  if (refers) features.push("reference");
  else if (entity.score > 0) features.push(sure === 1 ? "only-name" : "one-of-names");
  else features.push(sure > 0 ? "beside-sure-name" : entity === possible[0] ? "best-of-none" : "no-sure-name");
  for (const feature of entity.features) if (feature.startsWith("refers:") || CARRIED.has(feature)) features.push(`is:${feature}`);
  return features;
}

/** "a 7B model" describes the name beside it, or the model that the document is about; it is a thing of its own where there is neither. */
function sizedFeature(main: ModelScene["main"], isNamed: boolean): string {
  return isNamed ? "sized&named" : main?.isOwn === true ? "sized&own-main" : "sized-alone";
}

/** What is spoken of without a name is as good as one. */
function isReference({ features }: Entity): boolean {
  return features.some((feature) => feature.startsWith("refers:"));
}

function isSure(entity: Entity): boolean {
  return entity.score > 0 || isReference(entity);
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

/** What stands in the same sentence. */
function sentenceTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const places = scene.within(mention.sentence);
  const clause = clauseOf(scene, mention);
  const before = places.filter(({ occurrence }) => occurrence.span.start < mention.span.start && !overlaps(occurrence.span, mention.span));
  const after = places.filter(({ occurrence }) => occurrence.span.start >= mention.span.end);
  for (const { entity, occurrence } of places) {
    if (overlaps(occurrence.span, mention.span))
      tie(ties, entity, "sentence", "inside", `inside&${mention.kind === "parameters" ? "size" : "other"}`);
    if (contains(clause, occurrence.span)) tie(ties, entity, "sentence:clause");
  }
  const firstSure = places.find(({ entity }) => isSure(entity));
  for (const { entity, occurrence } of places)
    tie(ties, entity, ...standingOf(scene, occurrence.span, clause, mention.span, occurrence === firstSure?.occurrence));
  for (const [index, place] of nearestFirst(before.toReversed()).entries())
    tie(
      ties,
      place.entity,
      "sentence",
      index === 0 ? "before:nearest" : "before:farther",
      ...(isClaimed(scene, mention, place, places) ? ["before:claimed"] : []),
      ...(contains(clause, place.occurrence.span) ? [] : ["before:other-clause"]),
      ...gapFeatures(scene, place.occurrence.span, mention.span, "before"),
    );
  for (const [index, place] of nearestFirst(after).entries())
    tie(
      ties,
      place.entity,
      "sentence",
      index === 0 ? "after:nearest" : "after:farther",
      ...(isClaimed(scene, mention, place, places) ? ["after:claims"] : []),
      ...gapFeatures(scene, mention.span, place.occurrence.span, "after"),
    );
  const keys = [...new Set(places.map(({ entity }) => entity.key))];
  const [first] = places;
  if (first !== undefined) tie(ties, first.entity, "sentence:first", keys.length === 1 ? "sentence:only" : "sentence:several");
  parallelTies(scene, mention, places, ties);
}

/** "20 minutes on 64 chips for Wren": a name behind "for" takes the last figure of a kind before it, where no other name stands between. */
function isClaimed(
  { document, names, mentionsIn }: ModelScene,
  mention: Mention,
  { occurrence }: Place,
  places: readonly Place[],
): boolean {
  const lead = /(\p{L}+) (?:\p{L}+ )?["*]*$/u.exec(
    document.text.slice(Math.max(0, occurrence.span.start - STANDING_REACH), occurrence.span.start),
  );
  const words = lead?.[0].toLowerCase().match(/\p{L}+/gu) ?? [];
  const near = words.at(-1) !== undefined && names.words.is(words.at(-1) ?? "", "article") ? words.at(-2) : words.at(-1);
  if (near === undefined || !names.words.is(near, "of")) return false;
  const taken = mentionsIn(mention.sentence).findLast(({ kind, span }) => kind === mention.kind && span.end <= occurrence.span.start);
  if (taken === undefined) return false;
  const isFree = !places.some(({ occurrence: { span } }) => span.start >= taken.span.end && span.end < occurrence.span.start);
  return isFree && (taken.span.start === mention.span.start || mention.span.start > occurrence.span.end);
}

/** How far before a name the words that tie it to a figure may stand. */
const STANDING_REACH = 24;

/** Of each entity the nearest place; what is hardly a name stands in no other's way. */
function nearestFirst(places: readonly Place[]): readonly Place[] {
  const seen = new Set<string>();
  const first = places.filter(({ entity }) => !seen.has(entity.key) && seen.add(entity.key).size > 0);
  return [...first.filter(({ entity }) => entity.score > DOUBTFUL), ...first.filter(({ entity }) => entity.score <= DOUBTFUL)];
}

/** An entity of no higher score is hardly a name. */
const DOUBTFUL = -10;

/** What stands between a name and a figure. */
function gapFeatures({ document, names }: ModelScene, left: Span, right: Span, side: "before" | "after"): readonly string[] {
  const gap = { start: left.end, end: Math.max(left.end, right.start) };
  const text = document.text.slice(gap.start, gap.end);
  const features = [`${side}:${text.length < 4 ? "beside" : text.length < 25 ? "near" : "far"}`];
  if (/^[\s*"']*[(（]/.test(text) && !/[)）]/.test(text)) features.push(`${side}:in-brackets`);
  if (/[;:—]|\. |\s[–-]\s/.test(text)) features.push(`${side}:mark`);
  const words = text.trim().split(/\s+/);
  const only = words.length <= 2 ? words[0] : undefined;
  for (const kind of ["of", "at", "consume", "be"])
    if (only !== undefined && names.words.is(only, kind)) features.push(`${side}:by-${kind}`);
  return features;
}

/** The n-th of as many figures of a kind as there are names: each of its own; a sum may stand behind them. */
function parallelTies(scene: ModelScene, mention: Mention, places: readonly Place[], ties: Ties, least = DOUBTFUL): void {
  const first = new Map<string, Place>();
  for (const place of places)
    if ((place.entity.score > least || isReference(place.entity)) && !first.has(place.entity.key)) first.set(place.entity.key, place);
  const named = [...first.values()];
  const alike = scene.mentionsIn(mention.sentence).filter(({ kind, per }) => kind === mention.kind && per === mention.per);
  if (named.length < 2 || named.length > alike.length) return;
  const own = named[alike.indexOf(mention)];
  if (own === undefined) return;
  tie(ties, own.entity, named.length === alike.length ? "parallel" : "parallel-with-more");
  const [start, end] = [named[0]?.occurrence.span.start ?? 0, named.at(-1)?.occurrence.span.end ?? 0];
  const isGrouped = alike.every(({ span }) => span.start >= end) || alike.every(({ span }) => span.end <= start);
  if (isGrouped && named.length === alike.length) tie(ties, own.entity, "parallel:grouped");
}

/** What was spoken of before in the block and in the blocks before it, what heads it, and what comes next. */
function blockTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const { document, order } = scene;
  const block = document.blocks[mention.block];
  if (block === undefined) return;
  if (mention.cell === null) {
    const before = scene.within({ start: block.span.start, end: mention.sentence.start });
    spokenTies(scene, mention, before, ties, "block");
    justBeforeTies(scene, mention, block.span, ties);
    const on = scene.within({ start: mention.sentence.end, end: block.span.end });
    nextTies(on, ties, "block-on");
    if (block.kind === "list-item" || block.kind === "code") leadTies(scene, mention.block, ties);
  }
  for (const [rank, heading] of order.headingsOf(mention.block).entries()) {
    const span = document.blocks[heading]?.span;
    if (span === undefined) continue;
    for (const [at, { entity, occurrence }] of scene.within(span).entries()) {
      const inBrackets = document.text.slice(span.start, occurrence.span.start).includes("(");
      tie(
        ties,
        entity,
        "heading",
        rank === 0 ? "heading:nearest" : "heading:higher",
        ...(mention.cell === null ? [] : ["table:about"]),
        ...(inBrackets ? ["heading:in-brackets"] : at === 0 ? ["heading:first"] : []),
      );
    }
  }
  for (let back = 1, seen = 0; back <= BLOCKS_BACK && seen === 0; back += 1) {
    const earlier = document.blocks[mention.block - back];
    if (earlier === undefined) break;
    const places = scene.within(earlier.span);
    if (places.length === 0) continue;
    seen = 1;
    spokenTies(scene, mention, places, ties, back === 1 ? "previous" : "earlier");
    const isBehind =
      mention.cell === null && scene.within({ start: block.span.start, end: mention.sentence.start }).some(({ entity }) => isSure(entity));
    if (isBehind) for (const { entity } of places) tie(ties, entity, "behind-block");
  }
  for (let on = 1, seen = 0; on <= BLOCKS_ON && seen === 0; on += 1) {
    const later = document.blocks[mention.block + on];
    const places = later === undefined ? [] : scene.within(later.span);
    seen = places.length;
    nextTies(places, ties, "later");
  }
}

/** The last of what was spoken of, what opened it, and what stands in the sentence right before. */
function spokenTies(scene: ModelScene, mention: Mention, places: readonly Place[], ties: Ties, where: string): void {
  const keys = [...new Set(places.map(({ entity }) => entity.key))];
  const last = places.at(-1);
  const lastSure = places.findLast(({ entity }) => entity.score > 0);
  for (const { entity } of places) tie(ties, entity, where, "spoken");
  if (last !== undefined) tie(ties, last.entity, `${where}:last`, "spoken:last", keys.length === 1 ? "spoken:only" : "spoken:several");
  if (lastSure !== undefined) tie(ties, lastSure.entity, "spoken:last-sure");
  const [first] = places;
  if (first !== undefined) tie(ties, first.entity, "spoken:first");
  if (scene.within(mention.sentence).every(({ entity }) => entity.score <= DOUBTFUL)) parallelTies(scene, mention, places, ties, 0);
}

/** What the sentence right before is about, and whether this one goes on with a pronoun. */
function justBeforeTies(scene: ModelScene, { sentence }: Mention, block: Span, ties: Ties): void {
  const text = scene.document.text.slice(block.start, sentence.start).trimEnd();
  const start = block.start + Math.max(...SENTENCE_ENDS.map((end) => text.lastIndexOf(end, text.length - 2) + 1), 0);
  const places = scene.within({ start, end: sentence.start }).filter(({ entity }) => isSure(entity));
  const [first] = places;
  if (first === undefined) return;
  const opening = /\p{L}+/u.exec(scene.document.text.slice(sentence.start, sentence.end))?.[0] ?? "";
  const isPronoun = scene.names.words.is(opening, "pronoun");
  const alone = new Set(places.map(({ entity }) => entity.key)).size === 1;
  tie(ties, first.entity, "just-before", alone ? "just-before:only" : "just-before:first", ...(isPronoun ? ["just-before&pronoun"] : []));
}

const SENTENCE_ENDS = [". ", "! ", "? ", "。"];

function nextTies(places: readonly Place[], ties: Ties, where: string): void {
  const [first] = places;
  if (first !== undefined)
    tie(
      ties,
      first.entity,
      `${where}:next`,
      new Set(places.map(({ entity }) => entity.key)).size === 1 ? `${where}:only` : `${where}:several`,
    );
}

/** What leads into a list or a stretch of code. */
function leadTies(scene: ModelScene, block: number, ties: Ties): void {
  const list = scene.order.listOf(block) ?? block;
  const lead = scene.document.blocks[list - 1];
  if (lead === undefined || lead.kind === "list-item") return;
  const opens = /[:：]\s*$/.test(scene.document.text.slice(lead.span.start, lead.span.end));
  for (const { entity } of scene.within(lead.span)) tie(ties, entity, "lead", ...(opens ? ["lead:colon"] : []));
  const item = scene.document.blocks[block];
  const [first] = item === undefined ? [] : scene.within(item.span);
  if (first !== undefined && item !== undefined && first.occurrence.span.start - item.span.start < 4) tie(ties, first.entity, "item:head");
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
  const isNamed = (span: Span): boolean => scene.within(span).some(({ entity }) => isSure(entity));
  const features = ["main", main.isTitled ? "main:titled" : "main:untitled"];
  if (ownVoice) features.push(isNamed(clause) ? "main&own-clause-named" : "main&own-clause");
  if (mention.cell === null ? !isNamed(mention.sentence) : ![...ties.values()].some((known) => isLineName(known)))
    features.push("main&unnamed");
  tie(ties, main.entity, ...features);
  for (const { entity } of ties.values()) {
    if (entity === main.entity) continue;
    const where = main.keys.has(entity.key) || isReference(entity) ? "kin" : "foreign";
    tie(ties, entity, where, ...(ownVoice && !isNamed(clause) ? [`${where}&own-clause`] : []));
  }
}

/** Where the sentence names a model before the figure, what the document is about says little for any other. */
function outsideTies(scene: ModelScene, { sentence, span }: Mention, ties: Ties): void {
  if (!scene.within({ start: sentence.start, end: span.start }).some(({ entity }) => isSure(entity))) return;
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

function clauseOf(scene: ModelScene, mention: Mention): Span {
  return (
    scene.clausesOf(mention.sentence).find((span) => span.start <= mention.span.start && mention.span.start < span.end) ?? mention.sentence
  );
}

/** What speaks for a figure being of no model. */
function noneFeatures(scene: ModelScene, mention: Mention, entities: readonly Entity[]): readonly string[] {
  const inside = mention.cell === null ? scene.within(mention.sentence).filter(({ entity }) => entity.score > 0) : [];
  const sure = entities.filter(({ score }) => score > 0).length;
  const features = [
    "none",
    `none:kind=${mention.kind}`,
    `none:sure=${Math.min(sure, 3)}`,
    `none:sentence=${Math.min(new Set(inside.map(({ entity }) => entity.key)).size, 2)}`,
    `none:kind=${mention.kind}&sentence=${inside.length > 0}`,
  ];
  if (mention.per !== null) features.push(`none:per=${mention.per}`, "none:per");
  if (mention.cell !== null) features.push("none:cell");
  for (const { kind } of scene.cues.within(clauseOf(scene, mention)))
    if (NONE_CUES.has(kind)) features.push(`none:cue=${kind}`, ...(inside.length === 0 ? [`none:cue=${kind}&unnamed`] : []));
  const near = scene.document.text.slice(
    Math.max(mention.sentence.start, mention.span.start - 60),
    Math.min(mention.sentence.end, mention.span.end + 40),
  );
  for (const word of near.toLowerCase().match(/\p{L}+/gu) ?? []) {
    if (scene.names.words.is(word, "total")) features.push("none:total");
    if (scene.names.words.is(word, "org-noun")) features.push("none:place");
  }
  return features;
}

const NONE_CUES: ReadonlySet<string> = new Set([
  "plan",
  "request",
  "limit",
  "condition",
  "modal",
  "stage-inference",
  "stage-data",
  "stage-all",
  "stage-search",
  "about-serving",
  "about-purchase",
  "contrast",
  "own",
  "cited",
]);
