/** What the numbers in some places of a document were taken for, and what else they could have been. */
import type { Candidate } from "../language/decide.ts";
import { choiceOf } from "../language/explain.ts";
import { type Catalog, weightsOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { overlaps, type Span } from "../model/span.ts";
import type { NumberDecision } from "../model/trace.ts";
import { isOpen } from "./bare-number.ts";
import { BARE } from "./bare-question.ts";
import type { Figure } from "./figure.ts";
import { askFigure, FIGURE } from "./figure-question.ts";
import { decidedSegments, judgedSegments } from "./read-figures.ts";
import { type Segment, sourceOf } from "./segments.ts";

/** Decides again what was decided on each number that one of the places overlaps. */
export function explainNumbers(catalog: Catalog, document: Document, places: readonly Span[]): readonly NumberDecision[] {
  const { scene, read } = judgedSegments(sourceOf(catalog, document));
  const isAsked = (span: Span): boolean => places.some((place) => overlaps(place, span));
  return decidedSegments(scene, read).flatMap(({ segment, asked }, index) => {
    if (!isAsked(segment.span)) return [];
    const figures = read[index]?.figures ?? [];
    const measured = segment.figures.flatMap((figure): readonly NumberDecision[] => {
      const span = placed(segment, figure);
      if (!isAsked(span) || isOpen(figure)) return [];
      const decision = askFigure(scene, segment, figure);
      const told = choiceOf(decision, {
        decision: "kind",
        weights: weightsOf(catalog, FIGURE),
        wordsOf: kindWords,
        otherwise: `${figure.kind.kind}, by the grammar`,
      });
      const isBelieved = decision.chosen === null || decision.chosen.value !== null;
      return [{ ...told, span, isDenied: isBelieved && !figures.some(({ from }) => from === figure.from) }];
    });
    const bare = asked.flatMap(({ bare: { token }, decision }): readonly NumberDecision[] => {
      const span = placed(segment, token);
      if (!isAsked(span)) return [];
      const weights = weightsOf(catalog, BARE);
      return [{ ...choiceOf(decision, { decision: "bare", weights, wordsOf: bareWords, otherwise: NONE }), span, isDenied: false }];
    });
    return [...measured, ...bare];
  });
}

const NONE = "none";

function placed({ span }: Segment, { start, end }: Span): Span {
  return { start: span.start + start, end: span.start + end };
}

function kindWords({ value }: Candidate<Figure | null>): string {
  return value?.kind.kind ?? NONE;
}

/** The kind with its unit, as a neighbor lends it: "wall-time (day)". */
function bareWords({ value }: Candidate<Figure | null>): string {
  if (value === null) return NONE;
  const unit = [value.above, value.below].filter(({ length }) => length > 0).map((atoms) => atoms.map(({ prints }) => prints).join("-"));
  return `${value.kind.kind} (${unit.join("/")})`;
}
