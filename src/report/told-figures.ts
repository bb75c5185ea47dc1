import type { ToldFigure } from "../model/told-figure.ts";
import type { WireDocument, WireFigure } from "./wire.ts";

/** Read with more doubt than this, a figure may differ only for the reader. */
const LEAST_CONFIDENCE = 0.85;

/** The figures of a document that can be compared with those of others: told of a named run, and no plan. */
export function toldFigures(document: WireDocument): readonly ToldFigure[] {
  const { source, sha256 } = document;
  return document.mentions.flatMap(({ subject, role, confidence, source: attached, ...mention }) => {
    if (subject === null || role === "hypothetical" || confidence < LEAST_CONFIDENCE || attached !== null) return [];
    const { kind, text, page, line, quote, hedge, per, stage, hardware } = mention;
    const readings = mention.readings.map(({ base, weight }) => ({ ...interval(base), unit: base.unit, weight }));
    return [{ source, sha256, subject, role, kind, text, page, line, quote, hedge, per, stage, hardware, readings }];
  });
}

function interval({ value, low, high }: WireFigure): { readonly value: number; readonly low: number; readonly high: number } {
  return { value, low: low ?? Number.NEGATIVE_INFINITY, high: high ?? Number.POSITIVE_INFINITY };
}
