import { clausesOf } from "../language/clauses.ts";
import { type CueIndex, cuesIn } from "../language/cues.ts";
import { type ReadingOrder, readingOrderOf } from "../language/reading-order.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { Span } from "../model/span.ts";

/** What decisions on a document ask again and again, worked out once. */
export interface Scene {
  readonly catalog: Catalog;
  readonly document: Document;
  readonly order: ReadingOrder;
  readonly cues: CueIndex;
  readonly mentions: readonly Mention[];
  /** The model that a figure is of; null for none or unknown. */
  readonly subjectOf: (mention: Mention) => string | null;
  /** The clause that a mention stands in; its sentence, for a row of a table. */
  readonly clauseOf: (mention: Mention) => Span;
  readonly clausesOf: (sentence: Span) => readonly Span[];
  /** Whether a figure stands between two places. */
  readonly hasFigureIn: (span: Span) => boolean;
  /** The figures of one kind in one sentence, in reading order. */
  readonly peersOf: (mention: Mention) => readonly Mention[];
}

export function sceneOf(
  catalog: Catalog,
  document: Document,
  mentions: readonly Mention[],
  subjects: ReadonlyMap<MentionId, string | null>,
): Scene {
  const cues = cuesIn(catalog, document.text);
  const known = new Map<string, readonly Span[]>();
  const clauses = (sentence: Span): readonly Span[] => {
    const key = `${sentence.start}-${sentence.end}`;
    const found = known.get(key) ?? clausesOf(document.text, sentence, cues);
    known.set(key, found);
    return found;
  };
  const ordered = mentions.toSorted((left, right) => left.span.start - right.span.start);
  const peers = Map.groupBy(mentions, peerKey);
  return {
    catalog,
    document,
    order: readingOrderOf(document),
    cues,
    mentions,
    subjectOf: (mention) => subjects.get(mention.id) ?? null,
    clausesOf: clauses,
    peersOf: (mention) => peers.get(peerKey(mention)) ?? [mention],
    clauseOf: (mention) =>
      mention.cell !== null ? mention.sentence : (firstEndingAfter(clauses(mention.sentence), mention.span.start) ?? mention.sentence),
    hasFigureIn: ({ start, end }) => {
      const next = ordered[lowerBound(ordered, start)];
      return next !== undefined && next.span.end <= end;
    },
  };
}

/** The first of spans in order that ends behind an offset. */
function firstEndingAfter(spans: readonly Span[], offset: number): Span | undefined {
  return spans[headLength(spans, (span) => span.end <= offset)];
}

/** The index of the first of things in reading order that begins at or behind an offset. */
export function lowerBound(things: readonly { readonly span: Span }[], offset: number): number {
  return headLength(things, (thing) => thing.span.start < offset);
}

function peerKey({ kind, sentence }: Mention): string {
  return `${kind} ${sentence.start}-${sentence.end}`;
}

/** The first word of a model's name, which its sizes and versions have in common. */
export function familyOf(subject: string): string {
  return /\p{L}+/u.exec(subject.toLowerCase())?.[0] ?? subject;
}
