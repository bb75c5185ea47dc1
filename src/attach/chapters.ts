/** The chapters of a document that speak of different models: a round-up, a list of cards, a page of several runs. */
import type { Document } from "../model/document.ts";
import { parseModelName } from "../model/model-name.ts";
import { contains, type Span } from "../model/span.ts";
import type { Entity } from "./entity.ts";

/** The part of the sections that name models in which a family must be named for the document to be about it. */
const LEAST_SHARE = 0.5;

/**
 * Stretches from one heading to another, each with names of its own; a section that names nothing goes on with the one before.
 *
 * None where the title names a model, one family is named throughout, or names stand in fewer than two sections: then the document is one.
 */
export function chaptersOf({ blocks, text }: Document, possible: readonly Entity[]): readonly Span[] {
  const [first, ...others] = blocks.filter(({ kind }) => kind === "heading");
  // What stands before the first heading, the front matter of a card, goes with what it heads.
  const sections = [0, ...others.map(({ span }) => span.start)];
  if (sections.length < 2) return [];
  const named = new Map<string, Set<number>>();
  for (const { score, isReference, text: name, key, occurrences } of possible) {
    if (score <= 0 || isReference) continue;
    const family = parseModelName(name).family || key;
    const known = named.get(family) ?? new Set<number>();
    named.set(family, known);
    for (const { span } of occurrences) known.add(sectionAt(sections, span.start));
  }
  const isTitle = first !== undefined && others.every(({ level }) => (level ?? 0) > (first.level ?? 0));
  const isTitled = possible.some(
    ({ score, occurrences }) => score > 0 && occurrences.some(({ span }) => isTitle && contains(first.span, span)),
  );
  const naming = new Set([...named.values()].flatMap((own) => [...own]));
  const isOne = [...named.values()].some(({ size }) => size > 1 && size >= LEAST_SHARE * naming.size);
  if (naming.size < 2 || isOne || isTitled) return [];
  const begins = sections.filter((_start, at) => naming.has(at));
  return begins.map((start, at) => ({ start: at === 0 ? 0 : start, end: begins[at + 1] ?? text.length }));
}

function sectionAt(starts: readonly number[], offset: number): number {
  return starts.findLastIndex((start) => start <= offset);
}
