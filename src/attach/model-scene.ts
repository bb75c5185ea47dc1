/** A document with its entities, asked by place: what stands in a sentence, before it, in a heading, in the line of a table. */
import { clausesOf } from "../language/clauses.ts";
import { type CueIndex, cuesIn } from "../language/cues.ts";
import { type ReadingOrder, readingOrderOf } from "../language/reading-order.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import { contains, type Span } from "../model/span.ts";
import { chaptersOf } from "./chapters.ts";
import type { Entity, Occurrence } from "./entity.ts";
import { type MainModel, mainModelOf } from "./main-model.ts";
import { findNames, type Names } from "./names.ts";
import { isSure } from "./sure.ts";

/** An occurrence with its entity. */
export interface Place {
  readonly entity: Entity;
  readonly occurrence: Occurrence;
}

export interface ModelScene {
  readonly document: Document;
  readonly names: Names;
  readonly order: ReadingOrder;
  readonly mentions: readonly Mention[];
  /** The entities that figures may be of, by how surely they are names. */
  readonly possible: readonly Entity[];
  readonly byKey: ReadonlyMap<string, Entity>;
  /** The surest of the names, or of what may be one. */
  readonly best: Entity | null;
  /** How many names it has. */
  readonly countNames: number;
  /** What the document is about; null where that is open. */
  readonly main: MainModel | null;
  /** Those that the title names. */
  readonly titled: readonly Entity[];
  /** Whether the authors speak of themselves in a sentence. */
  readonly isOwnVoice: (sentence: Span) => boolean;
  /** Those with a size in their names. */
  readonly sized: readonly Entity[];
  /** The places that begin in a span, in reading order. */
  readonly within: (span: Span) => readonly Place[];
  /** Of the places that begin in a span those nearest to an offset; of few all. */
  readonly around: (span: Span, offset: number) => readonly Place[];
  /** The first place that begins in a span. */
  readonly firstIn: (span: Span) => Place | undefined;
  /** The last place of a name before an offset, and the first behind it. */
  readonly lastNamed: (offset: number) => Place | undefined;
  readonly nextNamed: (offset: number) => Place | undefined;
  /** Whether a span names something for sure. */
  readonly isNamed: (span: Span) => boolean;
  /** What the names of a sentence are, worked out once for all of its figures. */
  readonly namesIn: (sentence: Span) => SentenceNames;
  /** The statements of a sentence. */
  readonly clausesOf: (sentence: Span) => readonly Span[];
  /** The mentions of one kind in a sentence, in reading order. */
  readonly kindIn: (sentence: Span, kind: Mention["kind"]) => readonly Mention[];
  readonly cues: CueIndex;
}

/** The places of a sentence as one. */
export interface SentenceNames {
  readonly places: readonly Place[];
  /** Keys of the entities that are names. */
  readonly named: ReadonlySet<string>;
  readonly isOfOne: boolean;
  readonly firstSure: Place | undefined;
  /** The score of the surest of them; what is spoken of without a name counts as a name by a hair. */
  readonly best: number;
}

/** Names on one side of a figure that are looked at where a sentence or a block has very many. */
const MOST_AROUND = 48;

/** An entity of a lower score is no candidate at all. */
const LEAST_SCORE = -25;

/** The scene of each figure: that of its chapter, where a document has chapters, which each speak of models of their own. */
export interface ModelScenes extends Pick<ModelScene, "document" | "possible"> {
  readonly of: (mention: Mention) => ModelScene;
}

/** Sets the scenes of a document. */
export function modelScenesOf(catalog: Catalog, document: Document, mentions: readonly Mention[]): ModelScenes {
  const names = findNames(catalog, document, mentions);
  const possible = names.entities.filter(({ score }) => score >= LEAST_SCORE);
  const shared: Shared = { document, names, order: readingOrderOf(document), cues: cuesIn(catalog, document.text) };
  const chapters = chaptersOf(document, possible);
  const scenes = chapters.map((chapter) => ({ chapter, scene: sceneWithin(shared, possible, mentions, chapter) }));
  const whole = scenes[0]?.scene ?? sceneWithin(shared, possible, mentions, null);
  const sceneAt = (offset: number): ModelScene | undefined =>
    scenes[headLength(scenes, ({ chapter }) => chapter.start <= offset) - 1]?.scene;
  return { document, possible, of: ({ span }) => sceneAt(span.start) ?? whole };
}

/** What all scenes of a document have in common. */
type Shared = Pick<ModelScene, "document" | "names" | "order" | "cues">;

/** The scene of a stretch of a document; null for all of it. */
function sceneWithin(shared: Shared, all: readonly Entity[], figures: readonly Mention[], extent: Span | null): ModelScene {
  const { document, cues } = shared;
  const possible = (extent === null ? all : all.flatMap((entity) => withinExtent(entity, extent))).toSorted(
    (left, right) => right.score - left.score || (left.key < right.key ? -1 : 1),
  );
  const mentions = extent === null ? figures : figures.filter(({ span }) => contains(extent, span));
  const places = possible
    .flatMap((entity) => entity.occurrences.map((occurrence): Place => ({ entity, occurrence })))
    .sort((left, right) => left.occurrence.span.start - right.occurrence.span.start || right.entity.score - left.entity.score);
  const sure = places.filter(({ entity }) => isSure(entity));
  const named = places.filter(({ entity }) => entity.score > 0);
  const sentences = new Map<number, { readonly end: number; readonly names: SentenceNames }>();
  const bySentence = Map.groupBy(mentions, ({ sentence, kind }) => `${sentence.start} ${kind}`);
  const clauses = new Map<number, readonly Span[]>();
  const blocks = extent === null ? document.blocks : document.blocks.filter(({ span }) => contains(extent, span));
  const titled = titledOf({ text: document.text, title: extent === null ? document.title : null, blocks }, possible);
  return {
    ...shared,
    mentions,
    possible,
    best: bestOf(possible),
    countNames: possible.filter(({ score }) => score > 0).length,
    byKey: new Map(possible.map((entity) => [entity.key, entity])),
    sized: possible.filter(({ key }) => /\d[bmt]/.test(key)),
    main: mainModelOf(document, possible, titled, cues),
    titled,
    isOwnVoice: (sentence) => cues.has("own", sentence),
    within: (span) => placesWithin(places, span),
    around: (span, offset) => placesAround(places, span, offset),
    firstIn: (span) => firstWithin(places, span),
    lastNamed: (offset) => named[firstFrom(named, offset) - 1],
    nextNamed: (offset) => named[firstFrom(named, offset)],
    isNamed: (span) => firstWithin(sure, span) !== undefined,
    namesIn: (sentence) => {
      const known = sentences.get(sentence.start);
      if (known?.end === sentence.end) return known.names;
      const names = sentenceNames(placesWithin(places, sentence));
      sentences.set(sentence.start, { end: sentence.end, names });
      return names;
    },
    kindIn: ({ start }, kind) => bySentence.get(`${start} ${kind}`) ?? [],
    clausesOf: (sentence) => {
      const known = clauses.get(sentence.start) ?? clausesOf(document.text, sentence, cues);
      clauses.set(sentence.start, known);
      return known;
    },
  };
}

/** An entity as far as a stretch of text names it; none where it does not. */
function withinExtent(entity: Entity, extent: Span): readonly Entity[] {
  const occurrences = entity.occurrences.filter(({ span }) => contains(extent, span));
  if (occurrences.length === 0) return [];
  return [occurrences.length === entity.occurrences.length ? entity : { ...entity, occurrences }];
}

function bestOf(possible: readonly Entity[]): Entity | null {
  return possible.reduce<Entity | null>(
    (best, entity) => (entity.isReference || (best !== null && best.score >= entity.score) ? best : entity),
    null,
  );
}

/** Names that stand in the title of the document, or in the heading that is one. */
function titledOf(document: Pick<Document, "text" | "title" | "blocks">, possible: readonly Entity[]): readonly Entity[] {
  const likely = possible.filter(({ score, features }) => score > 0 || features.includes("refers:with-size"));
  const within = (words: string): readonly Entity[] => likely.filter(({ text }) => words.includes(text));
  const [first] = document.blocks;
  if (first?.kind !== "heading") return within(document.title ?? "");
  const textOf = ({ span }: { readonly span: Span }): string => document.text.slice(span.start, span.end);
  const head = textOf(first);
  const own = within(head);
  // Where headings beside the first one name other models, it is that of a section, also where it is taken for the title.
  const isOfSection = document.blocks.some(
    (block) =>
      block !== first && block.kind === "heading" && block.level === first.level && within(textOf(block)).some((one) => !own.includes(one)),
  );
  const title = document.title ?? "";
  if (!isOfSection) return within(`${title}\n${head}`);
  return title.trim() === head.trim() ? [] : within(title);
}

function sentenceNames(places: readonly Place[]): SentenceNames {
  return {
    places,
    named: new Set(places.flatMap(({ entity }) => (entity.score > 0 ? [entity.key] : []))),
    isOfOne: new Set(places.map(({ entity }) => entity.key)).size === 1,
    firstSure: places.find(({ entity }) => isSure(entity)),
    best: places.reduce((best, { entity }) => Math.max(best, entity.isReference ? 0 : entity.score), Number.NEGATIVE_INFINITY),
  };
}

function placesWithin(places: readonly Place[], span: Span): readonly Place[] {
  return places.slice(firstFrom(places, span.start), firstFrom(places, span.end));
}

function placesAround(places: readonly Place[], span: Span, offset: number): readonly Place[] {
  const middle = firstFrom(places, offset);
  return places.slice(
    Math.max(firstFrom(places, span.start), middle - MOST_AROUND),
    Math.min(firstFrom(places, span.end), middle + MOST_AROUND),
  );
}

function firstWithin(places: readonly Place[], span: Span): Place | undefined {
  const place = places[firstFrom(places, span.start)];
  return place !== undefined && place.occurrence.span.start < span.end ? place : undefined;
}

function firstFrom(places: readonly Place[], offset: number): number {
  return headLength(places, (place) => place.occurrence.span.start < offset);
}

/** The statement of its sentence that a figure stands in. */
export function clauseOf(scene: ModelScene, mention: Mention): Span {
  const clauses = scene.clausesOf(mention.sentence);
  const clause = clauses[headLength(clauses, ({ end }) => end <= mention.span.start)];
  return clause !== undefined && clause.start <= mention.span.start ? clause : mention.sentence;
}
