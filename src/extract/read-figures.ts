/** The figures of a document: what the grammar finds and the words around confirm, then what goes on from them without a unit. */

import type { Decision } from "../language/decide.ts";
import { headLength } from "../model/head-length.ts";
import { append } from "../model/many.ts";
import { type Around, type BareNumber, bareNumbers, type Near } from "./bare-number.ts";
import { askBare, leadsBehind, leadsIn } from "./bare-question.ts";
import type { Figure } from "./figure.ts";
import { judgedFigure } from "./figure-question.ts";
import { type FigureScene, figureScene } from "./scene.ts";
import { type Segment, type Source, segmentsOf } from "./segments.ts";

/** A segment with the figures that are believed. */
export interface ReadSegment {
  readonly segment: Segment;
  readonly figures: readonly Figure[];
}

/** A segment with what was decided on each of its numbers without a unit. */
export interface DecidedSegment extends ReadSegment {
  readonly asked: readonly AskedBare[];
}

export function readFigures(source: Source): readonly ReadSegment[] {
  const { scene, read } = judgedSegments(source);
  return decidedSegments(scene, read);
}

/** Every number decided, one segment after the other: what is decided in one is known in the next. */
export function decidedSegments(scene: FigureScene, judged: readonly ReadSegment[]): readonly DecidedSegment[] {
  const read: ReadSegment[] = [...judged];
  return judged.map(({ segment }, index) => {
    const decided = { segment, ...askedBare(scene, read, index) };
    read[index] = decided;
    return decided;
  });
}

/** The segments with those figures of theirs that have a unit and are believed. */
export function judgedSegments(source: Source): { readonly scene: FigureScene; readonly read: readonly ReadSegment[] } {
  const segments = segmentsOf(source);
  const scene = figureScene(source.catalog, source.document, segments);
  return { scene, read: segments.map((segment) => ({ segment, figures: judgedFigures(scene, segment) })) };
}

function judgedFigures(scene: FigureScene, segment: Segment): readonly Figure[] {
  return segment.figures.flatMap((figure) => judgedFigure(scene, segment, figure) ?? []);
}

/** A number without a unit, with what it was taken for. */
export interface AskedBare {
  readonly bare: BareNumber;
  readonly decision: Decision<Figure | null>;
}

/** What each number without a unit is, one after the other: what one is taken for is a neighbor of the next. */
function askedBare(scene: FigureScene, read: readonly ReadSegment[], index: number): Omit<DecidedSegment, "segment"> {
  const entry = read[index];
  if (entry === undefined) return { figures: [], asked: [] };
  let figures = entry.figures;
  const asked = bareNumbers(entry.segment, entry.segment.figures).map((bare) => {
    const place = headLength(figures, ({ from }) => from < bare.at);
    const judged = headLength(figures, ({ from }) => from <= bare.at) - place;
    const others = judged === 0 ? figures : figures.toSpliced(place, judged);
    const decision = askBare(scene, bare, nearOf(read, index, bare.at, others));
    // Nothing that is chosen leaves what the grammar took it for.
    if (decision.chosen !== null) figures = withFigure(others, decision.chosen.value);
    return { bare, decision };
  });
  return { figures, asked };
}

/** Figures in order, and one more. */
function withFigure(figures: readonly Figure[], figure: Figure | null): readonly Figure[] {
  if (figure === null) return figures;
  return figures.toSpliced(
    headLength(figures, ({ from }) => from <= figure.from),
    0,
    figure,
  );
}

/** How many segments before and behind are looked at, and how many figures. */
const REACH = 4;
const MOST_NEAR = 8;

/** The figures around a place, nearest first: those before it, and those behind; `figures` are those of its own segment. */
export function nearOf(read: readonly ReadSegment[], index: number, at: number, figures: readonly Figure[]): Around {
  const entry = read[index];
  if (entry === undefined) return { before: [], behind: [], leads: [], earlier: [] };
  const own = nearestTo(figures, at).map((figure) => ({ figure, segment: entry.segment }));
  const before: Near[] = own.filter(({ figure }) => figure.from < at).reverse();
  const behind: Near[] = own.filter(({ figure }) => figure.from > at);
  const leads: Near[] = [...leadsIn(entry.segment)];
  for (let step = 1; step <= REACH; step += 1) {
    const [previous, next] = [read[index - step], read[index + step]];
    if (previous !== undefined && before.length < MOST_NEAR)
      append(
        before,
        [...previous.figures].reverse().map((figure) => ({ figure, segment: previous.segment })),
      );
    if (next !== undefined && step <= 1 && behind.length < MOST_NEAR)
      append(
        behind,
        next.figures.map((figure) => ({ figure, segment: next.segment })),
      );
    if (previous !== undefined && step <= REACH_OF_LEAD && previous.segment.cell === null) append(leads, leadsBehind(previous.segment));
  }
  if (entry.segment.cell !== null) append(leads, captionLeads(read, index));
  const earlier = read.slice(Math.max(0, index - REACH_OF_LEAD), index).map(({ segment }) => segment);
  return {
    before: before.slice(0, MOST_NEAR),
    behind: behind.slice(0, MOST_NEAR),
    leads: leads.slice(0, MOST_NEAR),
    earlier: entry.segment.cell === null ? earlier.reverse() : [],
  };
}

/** Of figures in order as many on either side as are looked at, and what stands at the place itself. */
function nearestTo(figures: readonly Figure[], at: number): readonly Figure[] {
  const middle = headLength(figures, ({ from }) => from < at);
  return figures.slice(Math.max(0, middle - MOST_NEAR), middle + MOST_NEAR + 1);
}

/** Units that the last words before a table name: "Node-hours requested on the new machine". */
function captionLeads(read: readonly ReadSegment[], index: number): readonly Near[] {
  for (let at = index - REACH_OF_LEAD - 1; at >= Math.max(0, index - LONGEST_TABLE); at -= 1) {
    const segment = read[at]?.segment;
    if (segment !== undefined && segment.cell === null) return leadsIn(segment);
  }
  return [];
}

/** Cells further from the caption than this are not led by it. */
const LONGEST_TABLE = 60;

/** How many segments before a number its lead-in may stand. */
const REACH_OF_LEAD = 2;
