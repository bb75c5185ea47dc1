/** The figures of a document: what the grammar finds and the words around confirm, then what goes on from them without a unit. */

import { clausesOf } from "../language/clauses.ts";
import { cuesIn } from "../language/cues.ts";
import type { Decision } from "../language/decide.ts";
import { deniedIn } from "../language/voice.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Span } from "../model/span.ts";
import { type Around, askBare, type BareNumber, bareNumbers, leadsIn, type Near } from "./bare-question.ts";
import type { Figure } from "./figure.ts";
import { DOMAINS, type FigureScene, judgedFigure } from "./figure-question.ts";
import { type Segment, type Source, segmentsOf } from "./segments.ts";

/** A segment with the figures that are believed. */
export interface ReadSegment {
  readonly segment: Segment;
  readonly figures: readonly Figure[];
}

export function readFigures(source: Source): readonly ReadSegment[] {
  const { read } = judgedSegments(source);
  return read.map((entry, index) => ({ segment: entry.segment, figures: withBare(source.catalog, read, index) }));
}

/** The segments with those figures of theirs that have a unit and are believed. */
export function judgedSegments(source: Source): { readonly scene: FigureScene; readonly read: readonly ReadSegment[] } {
  const segments = segmentsOf(source);
  const scene = figureScene(source.catalog, source.document, segments);
  return { scene, read: segments.map((segment) => ({ segment, figures: judgedFigures(scene, segment) })) };
}

function judgedFigures(scene: FigureScene, segment: Segment): readonly Figure[] {
  const judged = segment.figures.flatMap((figure) => judgedFigure(scene, segment, figure) ?? []);
  const denied = judged.length === 0 || segment.cell !== null ? [] : deniedSpans(scene, segment);
  return judged.filter(
    (figure) => !denied.some((span) => span.start <= segment.span.start + figure.start && segment.span.start + figure.end <= span.end),
  );
}

/** What a sentence says was not so. */
function deniedSpans({ cues, text }: FigureScene, segment: Segment): readonly Span[] {
  if (!cues.has("denied", segment.sentence)) return [];
  return clausesOf(text, segment.sentence, cues).flatMap((clause) => deniedIn(text, clause, cues));
}

export function figureScene(catalog: Catalog, document: Document, segments: readonly Segment[]): FigureScene {
  const hardware = segments.reduce(
    (count, { figures }) => count + figures.filter(({ kind }) => kind.kind === "accelerators" || kind.kind === "accelerator-hours").length,
    0,
  );
  const prices = segments.flatMap(({ figures }) => figures.filter(({ kind }) => kind.kind === "price"));
  const cues = cuesIn(catalog, document.text);
  const domains = new Set(DOMAINS.filter((domain) => cues.has(domain, { start: 0, end: document.text.length })));
  return { catalog, prices, cues, domains, text: document.text, blocks: document.blocks, hardware };
}

function withBare(catalog: Catalog, read: readonly ReadSegment[], index: number): readonly Figure[] {
  const found = askedBare(catalog, read, index).flatMap(({ decision }) => decision.chosen?.value ?? []);
  return [...(read[index]?.figures ?? []), ...found].sort((left, right) => left.from - right.from);
}

/** A number without a unit, with what it was taken for. */
export interface AskedBare {
  readonly bare: BareNumber;
  readonly decision: Decision<Figure | null>;
}

/** What each number without a unit is, one after the other: what one is taken for is a neighbor of the next. */
export function askedBare(catalog: Catalog, read: readonly ReadSegment[], index: number): readonly AskedBare[] {
  const entry = read[index];
  if (entry === undefined) return [];
  const found: Figure[] = [];
  return bareNumbers(entry.segment, entry.segment.figures).map((bare) => {
    const decision = askBare(catalog, bare, nearOf(read, index, bare.at, found));
    if (decision.chosen?.value != null) found.push(decision.chosen.value);
    return { bare, decision };
  });
}

/** How many segments before and behind are looked at, and how many figures. */
const REACH = 4;
const MOST_NEAR = 8;

/** The figures around a place, nearest first: those before it, and those behind. */
export function nearOf(read: readonly ReadSegment[], index: number, at: number, found: readonly Figure[]): Around {
  const entry = read[index];
  if (entry === undefined) return { before: [], behind: [], leads: [] };
  const own = [...nearestTo(entry.figures, at), ...nearestTo(found, at)]
    .sort((left, right) => left.from - right.from)
    .map((figure) => ({ figure, segment: entry.segment }));
  const before: Near[] = own.filter(({ figure }) => figure.from < at).reverse();
  const behind: Near[] = own.filter(({ figure }) => figure.from > at);
  const leads: Near[] = [...leadsIn(entry.segment)];
  for (let step = 1; step <= REACH; step += 1) {
    const [previous, next] = [read[index - step], read[index + step]];
    if (previous !== undefined && before.length < MOST_NEAR)
      before.push(...[...previous.figures].reverse().map((figure) => ({ figure, segment: previous.segment })));
    if (next !== undefined && step <= 1 && behind.length < MOST_NEAR)
      behind.push(...next.figures.map((figure) => ({ figure, segment: next.segment })));
    if (previous !== undefined && step <= REACH_OF_LEAD && previous.segment.cell === null) leads.push(...leadsIn(previous.segment));
  }
  return { before: before.slice(0, MOST_NEAR), behind: behind.slice(0, MOST_NEAR), leads: leads.slice(0, MOST_NEAR) };
}

/** Of figures in order as many on either side as are looked at, and what stands at the place itself. */
function nearestTo(figures: readonly Figure[], at: number): readonly Figure[] {
  const middle = headLength(figures, ({ from }) => from < at);
  return figures.slice(Math.max(0, middle - MOST_NEAR), middle + MOST_NEAR + 1);
}

/** How many segments before a number its lead-in may stand. */
const REACH_OF_LEAD = 2;
