/** What ties a figure to the models that its block, its headings and the blocks around it name. */
import { splitSentences } from "../language/sentences.ts";
import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { ModelScene, Place } from "./model-scene.ts";
import { parallelOf, parallelTies } from "./sentence-ties.ts";
import { DOUBTFUL, isSure } from "./sure.ts";
import { tokensOf } from "./terms.ts";
import { type Ties, tie, tieAround } from "./ties.ts";

/** How many blocks back and forth are looked through for what was spoken of. */
const BLOCKS_BACK = 8;
const BLOCKS_ON = 2;

/** What was spoken of before in the block and in the blocks before it, what heads it, and what comes next. */
export function blockTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const { document, order } = scene;
  const block = document.blocks[mention.block];
  if (block === undefined) return;
  if (mention.cell === null) {
    spokenTies(scene, mention, { start: block.span.start, end: mention.sentence.start }, ties, "block");
    justBeforeTies(scene, mention, block.span, ties);
    nextTies(placesFrom(scene, { start: mention.sentence.end, end: block.span.end }), ties, "block-on");
    if (block.kind === "list-item" || block.kind === "code") leadTies(scene, mention.block, ties);
  }
  for (const [rank, heading] of order.headingsOf(mention.block).entries()) {
    const span = document.blocks[heading]?.span;
    if (span === undefined) continue;
    for (const [at, { entity, occurrence }] of placesFrom(scene, span).entries()) {
      const inBrackets = document.text.slice(span.start, occurrence.span.start).includes("(");
      tieAround(
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
    const places = placesUpTo(scene, earlier.span);
    if (places.every(({ entity }) => !entity.isReference && entity.score <= DOUBTFUL)) continue;
    seen = 1;
    spokenTies(scene, mention, earlier.span, ties, back === 1 ? "previous" : "earlier");
    const isBehind = mention.cell === null && scene.isNamed({ start: block.span.start, end: mention.sentence.start });
    // What the block itself names is spoken of there.
    if (isBehind)
      for (const { entity } of places) if (ties.get(entity.key)?.around.has("block") !== true) tie(ties, entity, "behind-block");
  }
  for (let on = 1, seen = 0; on <= BLOCKS_ON && seen === 0; on += 1) {
    const later = document.blocks[mention.block + on];
    const places = later === undefined ? [] : placesFrom(scene, later.span);
    seen = places.length;
    nextTies(
      places.filter(({ entity }) => ties.get(entity.key)?.around.has("block") !== true),
      ties,
      "later",
    );
  }
  farTies(scene, mention, ties);
}

/** Where nothing nearer is named: the last name before a figure, however far back, and the first behind it where there is none. */
function farTies(scene: ModelScene, { sentence }: Mention, ties: Ties): void {
  if ([...ties.values()].some(({ entity }) => isSure(entity))) return;
  const last = scene.lastNamed(sentence.start);
  const next = scene.nextNamed(sentence.end);
  if (last !== undefined) tie(ties, last.entity, "far-before");
  else if (next !== undefined) tie(ties, next.entity, "far-behind");
}

/** The last of what was spoken of, what opened it, and what stands in the sentence right before. */
function spokenTies(scene: ModelScene, mention: Mention, span: Span, ties: Ties, where: string): void {
  const all = placesUpTo(scene, span);
  const places = all.filter(({ occurrence }) => occurrence.kind !== "describing");
  // "The Wren paper is coy": Wren is spoken of by what is its own.
  for (const { entity, occurrence } of all)
    if (occurrence.kind === "describing" && isOfWork(scene, occurrence.span)) tieAround(ties, entity, "spoken:described");
  const [first] = places;
  const isOne = places.every(({ entity }) => entity === first?.entity);
  const last = places.at(-1);
  const lastSure = places.findLast(({ entity }) => entity.score > 0);
  for (const { entity } of places) tieAround(ties, entity, where, "spoken");
  if (last !== undefined) tieAround(ties, last.entity, `${where}:last`, "spoken:last", isOne ? "spoken:only" : "spoken:several");
  if (lastSure !== undefined) tieAround(ties, lastSure.entity, "spoken:last-sure");
  if (first !== undefined) tieAround(ties, first.entity, "spoken:first");
  // The figures along the line of a table are of one model, or of those that head the columns.
  const isUnnamed = mention.cell === null && scene.namesIn(mention.sentence).firstSure === undefined;
  parallelTies(isUnnamed ? parallelOf(scene, mention, places, 0) : null, ties);
}

/** Whether a name describes what is made or told of the model itself: "the Wren paper"; not "Wren level". */
function isOfWork({ document, names }: ModelScene, { end }: Span): boolean {
  const next = tokensOf(document.text, { start: end, end: end + LONGEST_WORD })[0]?.text;
  return next !== undefined && names.words.is(next, "work");
}

const LONGEST_WORD = 24;

/** What the sentence right before is about, and whether this one goes on with a pronoun. */
function justBeforeTies(scene: ModelScene, { sentence }: Mention, block: Span, ties: Ties): void {
  const start = sentenceBefore(scene, block, sentence.start);
  const places = placesFrom(scene, { start, end: sentence.start }).filter(({ entity }) => isSure(entity));
  const [first] = places;
  if (first === undefined) return;
  const opening = /\p{L}+/u.exec(scene.document.text.slice(sentence.start, sentence.end))?.[0] ?? "";
  const isPronoun = scene.names.words.is(opening, "pronoun");
  const alone = new Set(places.map(({ entity }) => entity.key)).size === 1;
  tieAround(
    ties,
    first.entity,
    "just-before",
    alone ? "just-before:only" : "just-before:first",
    ...(isPronoun ? ["just-before&pronoun"] : []),
  );
}

/** Where the last sentence before an offset begins. */
function sentenceBefore({ document }: ModelScene, block: Span, offset: number): number {
  const sentences = SENTENCES.get(block) ?? splitSentences(document.text.slice(block.start, block.end), block.start);
  SENTENCES.set(block, sentences);
  return sentences[headLength(sentences, ({ start }) => start < offset) - 1]?.start ?? block.start;
}

/** The sentences of a block, found once. */
const SENTENCES = new WeakMap<Span, readonly Span[]>();

/** The last places that begin in a span, and the first ones; of few all. */
function placesUpTo(scene: ModelScene, span: Span): readonly Place[] {
  return scene.around(span, span.end);
}

function placesFrom(scene: ModelScene, span: Span): readonly Place[] {
  return scene.around(span, span.start);
}

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
  for (const { entity } of placesUpTo(scene, lead.span)) tieAround(ties, entity, "lead", ...(opens ? ["lead:colon"] : []));
  const item = scene.document.blocks[block];
  const first = item === undefined ? undefined : scene.firstIn(item.span);
  if (first !== undefined && item !== undefined && first.occurrence.span.start - item.span.start < 4) tie(ties, first.entity, "item:head");
}
