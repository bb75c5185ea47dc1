/** Questions of the extractor with their answers by the gold: is it a figure of training, and what is a number without a unit. */
import { bareNumbers } from "../../src/extract/bare-number.ts";
import { bareCandidates } from "../../src/extract/bare-question.ts";
import { draftOf, type Figure } from "../../src/extract/figure.ts";
import { figureCandidates, judgedFigure } from "../../src/extract/figure-question.ts";
import { nearOf, type ReadSegment } from "../../src/extract/read-figures.ts";
import { figureScene } from "../../src/extract/scene.ts";
import { type Segment, segmentsOf, sourceOf } from "../../src/extract/segments.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Mention } from "../../src/model/mention.ts";
import { overlaps, type Span } from "../../src/model/span.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";
import { SHAPES } from "./shape-passages.ts";

/** Every figure that the grammar finds: confirmed by the gold, or nothing of a training. */
export function figureExamples(catalog: Catalog, read: readonly PassageMentions[]): readonly Example[] {
  return read.flatMap((passage) => {
    const segments = segmentsOf(sourceOf(catalog, passage.document));
    const scene = figureScene(catalog, passage.document, segments);
    return segments.flatMap((segment) =>
      segment.figures.flatMap((figure) => {
        const asked = figureCandidates(scene, segment, figure);
        const isOfCorpus = passage.passage.genre === CORPUS;
        const gold = isOfCorpus ? null : goldAt(passage, segment, figure);
        const candidates = asked.map(({ key, features, value }) => ({
          key,
          features,
          isRight: isOfCorpus ? isTold(passage, segment, value) : (value?.kind.kind ?? null) === (gold?.kind ?? null),
        }));
        if (!candidates.some(({ isRight }) => isRight)) return [];
        const name = nameOf(passage, segment, figure);
        const { genre: group, id: document } = passage.passage;
        return [{ group, document, name, weight: weightOf(group, candidates), candidates }];
      }),
    );
  });
}

/** The group of the documents whose gold lists some of their figures, so that what it leaves out is nothing known. */
const CORPUS = "corpus";
/** Their figures come again and again. */
const CORPUS_WEIGHT = 1;

/** Generated texts have nothing but figures of training. */
const SHAPES_WEIGHT = 0.15;

/** A figure that is missed costs every claim that follows from it; measured on passages that were not fitted. */
const FIGURE_WEIGHT = 1.2;

function weightOf(genre: string, candidates: Example["candidates"]): number {
  const isFigure = !candidates.some(({ key, isRight }) => key === "none" && isRight);
  return (genre === CORPUS ? CORPUS_WEIGHT : genre === SHAPES ? SHAPES_WEIGHT : 1) * (isFigure ? FIGURE_WEIGHT : 1);
}

/** Whether the gold of a document has a figure of a kind and a value. */
function isTold({ passage }: PassageMentions, segment: Segment, figure: Figure | null): boolean {
  if (figure === null) return false;
  const { kind, value, number } = draftOf(segment.reader.algebra, figure, "USD");
  return passage.quantities.some(
    (gold) => gold.kind === kind && (isNear(Number(gold.value), value) || isNear(Number(gold.value), number.value * figure.size)),
  );
}

/** Every number without a unit: of the kind that the gold gives it, or no figure. */
export function bareExamples(catalog: Catalog, read: readonly PassageMentions[]): readonly Example[] {
  return read.flatMap((passage) => {
    const segments = segmentsOf(sourceOf(catalog, passage.document));
    const scene = figureScene(catalog, passage.document, segments);
    const read: ReadSegment[] = segments.map((segment) => ({
      segment,
      figures:
        passage.passage.genre === CORPUS
          ? segment.figures.filter((figure) => judgedFigure(scene, segment, figure) !== null)
          : segment.figures.filter((figure) => goldAt(passage, segment, figure)?.kind === figure.kind.kind),
    }));
    return segments.flatMap((segment, index) => {
      let figures = read[index]?.figures ?? [];
      const examples = bareNumbers(segment, segment.figures).flatMap((bare) => {
        const others = figures.filter(({ from }) => from !== bare.at);
        const around = nearOf(read, index, bare.at, others);
        const gold = goldOf(passage, spanOf(segment, bare.token));
        const candidates = bareCandidates(scene, bare, around);
        const isOfCorpus = passage.passage.genre === CORPUS;
        const isRight = (figure: Figure | null): boolean =>
          isOfCorpus ? isTold(passage, segment, figure) : figure === null ? gold === null : gold !== null && isSame(segment, figure, gold);
        const right = candidates.find(({ value }) => value !== null && isRight(value))?.value ?? null;
        figures = right === null ? others : [...others, right].sort((left, other) => left.from - other.from);
        if ((gold !== null || isOfCorpus) && right === null) return [];
        const name = `${passage.passage.id}: ${segment.text.slice(Math.max(0, bare.token.start - 30), bare.token.end + 20)}`;
        const told = candidates.map(({ key, features, value }) => ({ key, features, isRight: isRight(value) }));
        const { genre: group, id: document } = passage.passage;
        return [{ group, document, name, weight: weightOf(group, told), candidates: told }];
      });
      read[index] = { segment, figures };
      return examples;
    });
  });
}

function spanOf(segment: Segment, part: Span): Span {
  return { start: segment.span.start + part.start, end: segment.span.start + part.end };
}

/** The gold under a figure: of its own kind where there are several. */
function goldAt(passage: PassageMentions, segment: Segment, figure: Figure): Mention | null {
  const span = spanOf(segment, figure);
  const near = passage.mentions.filter((mention) => overlaps(mention.span, span));
  const value = draftOf(segment.reader.algebra, figure, "USD").value;
  return (
    near.find((mention) => mention.kind === figure.kind.kind && isNear(mention.value, value)) ??
    near.find((mention) => mention.kind === figure.kind.kind) ??
    near[0] ??
    null
  );
}

function goldOf(passage: PassageMentions, span: Span): Mention | null {
  return passage.mentions.find((mention) => overlaps(mention.number.span, span)) ?? null;
}

function isSame(segment: Segment, figure: Figure, gold: Mention): boolean {
  const draft = draftOf(segment.reader.algebra, figure, "USD");
  return draft.kind === gold.kind && (isNear(draft.value, gold.value) || isNear(draft.number.value, gold.value));
}

function isNear(left: number, right: number): boolean {
  return Math.abs(left - right) <= 0.006 * Math.max(Math.abs(left), Math.abs(right));
}

function nameOf({ passage }: PassageMentions, segment: Segment, figure: Figure): string {
  return `${passage.id}: ${figure.kind.kind} "${segment.text.slice(Math.max(0, figure.start - 20), figure.end + 12)}"`;
}
