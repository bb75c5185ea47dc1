/** Questions of the extractor with their answers by the gold: is it a figure of training, and what is a number without a unit. */
import { bareCandidates, bareNumbers } from "../../src/extract/bare-question.ts";
import { draftOf, type Figure } from "../../src/extract/figure.ts";
import { figureCandidates } from "../../src/extract/figure-question.ts";
import { figureScene, nearOf, type ReadSegment } from "../../src/extract/read-figures.ts";
import { type Segment, segmentsOf, sourceOf } from "../../src/extract/segments.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Mention } from "../../src/model/mention.ts";
import { overlaps, type Span } from "../../src/model/span.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";

/** Every figure that the grammar finds: confirmed by the gold, or nothing of a training. */
export function figureExamples(catalog: Catalog, read: readonly PassageMentions[]): readonly Example[] {
  return read.flatMap((passage) => {
    const segments = segmentsOf(sourceOf(catalog, passage.document));
    const scene = figureScene(catalog, passage.document, segments);
    return segments.flatMap((segment) =>
      segment.figures.flatMap((figure) => {
        const gold = goldAt(passage, segment, figure);
        const candidates = figureCandidates(scene, segment, figure).map(({ key, features, value }) => ({
          key,
          features,
          isRight: (value?.kind.kind ?? null) === (gold?.kind ?? null),
        }));
        if (!candidates.some(({ isRight }) => isRight)) return [];
        return [{ group: passage.passage.genre, document: passage.passage.id, name: nameOf(passage, segment, figure), candidates }];
      }),
    );
  });
}

/** Every number without a unit: of the kind that the gold gives it, or no figure. */
export function bareExamples(catalog: Catalog, read: readonly PassageMentions[]): readonly Example[] {
  return read.flatMap((passage) => {
    const segments = segmentsOf(sourceOf(catalog, passage.document));
    const confirmed: ReadSegment[] = segments.map((segment) => ({
      segment,
      figures: segment.figures.filter((figure) => goldAt(passage, segment, figure)?.kind === figure.kind.kind),
    }));
    return segments.flatMap((segment, index) => {
      const found: Figure[] = [];
      return bareNumbers(segment, segment.figures).flatMap((bare) => {
        const around = nearOf(confirmed, index, bare.at, found);
        const gold = goldOf(passage, spanOf(segment, bare.token));
        const candidates = bareCandidates(catalog, bare, around);
        const isRight = (figure: Figure | null): boolean =>
          figure === null ? gold === null : gold !== null && isSame(segment, figure, gold);
        const right = candidates.find(({ value }) => value !== null && isRight(value))?.value ?? null;
        if (right !== null) found.push(right);
        if (gold !== null && right === null) return [];
        const name = `${passage.passage.id}: ${segment.text.slice(Math.max(0, bare.token.start - 30), bare.token.end + 20)}`;
        return [
          {
            group: passage.passage.genre,
            document: passage.passage.id,
            name,
            candidates: candidates.map(({ key, features, value }) => ({ key, features, isRight: isRight(value) })),
          },
        ];
      });
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
