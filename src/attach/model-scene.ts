/** A document with its entities, asked by place: what stands in a sentence, before it, in a heading, in the line of a table. */
import { clausesOf } from "../language/clauses.ts";
import { type CueIndex, cuesIn } from "../language/cues.ts";
import { type ReadingOrder, readingOrderOf } from "../language/reading-order.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { type MainModel, mainModelOf } from "./main-model.ts";
import { type Entity, findNames, type Names, type Occurrence } from "./names.ts";

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
  /** The statements of a sentence. */
  readonly clausesOf: (sentence: Span) => readonly Span[];
  /** The mentions of a sentence, in reading order. */
  readonly mentionsIn: (sentence: Span) => readonly Mention[];
  readonly cues: CueIndex;
}

/** An entity of a lower score is no candidate at all. */
const LEAST_SCORE = -25;

/** Sets the scene of a document. */
export function modelSceneOf(catalog: Catalog, document: Document, mentions: readonly Mention[]): ModelScene {
  const names = findNames(catalog, document, mentions);
  const possible = names.entities
    .filter(({ score }) => score >= LEAST_SCORE)
    .toSorted((left, right) => right.score - left.score || (left.key < right.key ? -1 : 1));
  const places = possible
    .flatMap((entity) => entity.occurrences.map((occurrence): Place => ({ entity, occurrence })))
    .sort((left, right) => left.occurrence.span.start - right.occurrence.span.start || right.entity.score - left.entity.score);
  const cues = cuesIn(catalog, document.text);
  const bySentence = Map.groupBy(mentions, ({ sentence }) => sentence.start);
  const clauses = new Map<number, readonly Span[]>();
  const titled = titledOf(document, possible);
  return {
    document,
    names,
    order: readingOrderOf(document),
    mentions,
    possible,
    byKey: new Map(possible.map((entity) => [entity.key, entity])),
    sized: possible.filter(({ key }) => /\d[bmt]/.test(key)),
    main: mainModelOf(document, possible, titled, cues),
    titled,
    isOwnVoice: (sentence) => cues.has("own", sentence),
    cues,
    within: (span) => placesWithin(places, span),
    mentionsIn: ({ start }) => bySentence.get(start) ?? [],
    clausesOf: (sentence) => {
      const known = clauses.get(sentence.start) ?? clausesOf(document.text, sentence, cues);
      clauses.set(sentence.start, known);
      return known;
    },
  };
}

/** Names that stand in the title of the document, or in its first heading. */
function titledOf(document: Document, possible: readonly Entity[]): readonly Entity[] {
  const [first] = document.blocks;
  const heading = first?.kind === "heading" ? document.text.slice(first.span.start, first.span.end) : "";
  const title = `${document.title ?? ""}\n${heading}`;
  return possible.filter(({ text, score, features }) => (score > 0 || features.includes("refers:with-size")) && title.includes(text));
}

function placesWithin(places: readonly Place[], span: Span): readonly Place[] {
  const low = headLength(places, (place) => place.occurrence.span.start < span.start);
  let end = low;
  while (end < places.length && (places[end]?.occurrence.span.start ?? 0) < span.end) end += 1;
  return places.slice(low, end);
}
