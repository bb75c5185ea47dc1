import { overlaps, type Span } from "../model/span.ts";
import type { WireDocument, WireMention } from "../report/wire.ts";
import type { Marked } from "./api-shapes.ts";
import type { UnitChoice } from "./unit-choices.ts";

/** What a marked stretch looks like: the figure that was read there, or what it says by itself, under the model of what stands nearest. */
export function markedFigure(
  { mentions }: WireDocument,
  span: Span,
  alone: WireDocument,
  units: ReadonlyMap<string, readonly UnitChoice[]>,
): Pick<Marked, "kind" | "value" | "unit" | "subject"> {
  const read = mentions.find((mention) => mention.source === null && overlaps(mention, span));
  const figure = read ?? alone.mentions[0];
  const subject = (read ?? nearest(mentions, span))?.subject ?? null;
  if (figure === undefined) return { kind: null, value: null, unit: null, subject };
  return { kind: figure.kind, value: figure.value, unit: unitOf(figure, units.get(figure.kind) ?? []), subject };
}

/** The choice that a figure was told in: the one whose noun its likeliest reading has, else the first of its unit. */
function unitOf({ unit, readings }: WireMention, choices: readonly UnitChoice[]): string | null {
  const same = choices.filter((choice) => choice.unit === unit);
  return (same.find(({ words }) => words === readings[0]?.unit) ?? same[0])?.words ?? null;
}

function nearest(mentions: readonly WireMention[], { start }: Span): WireMention | undefined {
  const named = mentions.filter(({ subject, source }) => subject !== null && source === null);
  return named.toSorted((left, right) => Math.abs(left.start - start) - Math.abs(right.start - start))[0];
}
