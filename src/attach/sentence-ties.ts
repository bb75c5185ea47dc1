/** What ties a figure to the models that its sentence names. */
import type { Mention } from "../model/mention.ts";
import { contains, overlaps, type Span } from "../model/span.ts";
import type { ModelScene, Place } from "./model-scene.ts";
import { standingOf } from "./standing.ts";
import { clauseOf, DOUBTFUL, isReference, isSure } from "./sure.ts";
import { type Ties, tie } from "./ties.ts";

/** What stands in the same sentence. */
export function sentenceTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const places = scene.within(mention.sentence);
  const clause = clauseOf(scene, mention);
  const before = places.filter(({ occurrence }) => occurrence.span.start < mention.span.start && !overlaps(occurrence.span, mention.span));
  const after = places.filter(({ occurrence }) => occurrence.span.start >= mention.span.end);
  for (const { entity, occurrence } of places) {
    if (overlaps(occurrence.span, mention.span))
      tie(ties, entity, "sentence", "inside", `inside&${mention.kind === "parameters" ? "size" : "other"}`);
    if (contains(clause, occurrence.span)) tie(ties, entity, "sentence:clause");
  }
  const firstSure = places.find(({ entity }) => isSure(entity));
  for (const { entity, occurrence } of places)
    tie(ties, entity, ...standingOf(scene, occurrence.span, clause, mention.span, occurrence === firstSure?.occurrence));
  for (const [index, place] of nearestFirst(before.toReversed()).entries())
    tie(
      ties,
      place.entity,
      "sentence",
      index === 0 ? "before:nearest" : "before:farther",
      ...(isClaimed(scene, mention, place, places) ? ["before:claimed"] : []),
      ...(contains(clause, place.occurrence.span) ? [] : ["before:other-clause"]),
      ...betweenFeatures(places, place, { start: place.occurrence.span.end, end: mention.span.start }, "before"),
      ...gapFeatures(scene, place.occurrence.span, mention.span, "before"),
    );
  for (const [index, place] of nearestFirst(after).entries())
    tie(
      ties,
      place.entity,
      "sentence",
      index === 0 ? "after:nearest" : "after:farther",
      ...(isClaimed(scene, mention, place, places) ? ["after:claims"] : []),
      ...betweenFeatures(places, place, { start: mention.span.end, end: place.occurrence.span.start }, "after"),
      ...gapFeatures(scene, mention.span, place.occurrence.span, "after"),
    );
  const keys = [...new Set(places.map(({ entity }) => entity.key))];
  const [first] = places;
  if (first !== undefined) tie(ties, first.entity, "sentence:first", keys.length === 1 ? "sentence:only" : "sentence:several");
  parallelTies(scene, mention, places, ties);
}

/** "20 minutes on 64 chips for Wren": a name behind "for" takes the last figure of a kind before it, where no other name stands between. */
function isClaimed(
  { document, names, mentionsIn }: ModelScene,
  mention: Mention,
  { occurrence }: Place,
  places: readonly Place[],
): boolean {
  const lead = /(\p{L}+) (?:\p{L}+ )?["*]*$/u.exec(
    document.text.slice(Math.max(0, occurrence.span.start - STANDING_REACH), occurrence.span.start),
  );
  const words = lead?.[0].toLowerCase().match(/\p{L}+/gu) ?? [];
  const near = words.at(-1) !== undefined && names.words.is(words.at(-1) ?? "", "article") ? words.at(-2) : words.at(-1);
  if (near === undefined || !names.words.is(near, "of")) return false;
  const taken = mentionsIn(mention.sentence).findLast(({ kind, span }) => kind === mention.kind && span.end <= occurrence.span.start);
  if (taken === undefined) return false;
  const isFree = !places.some(({ occurrence: { span } }) => span.start >= taken.span.end && span.end < occurrence.span.start);
  return isFree && (taken.span.start === mention.span.start || mention.span.start > occurrence.span.end);
}

/** Whether another name stands between a name and a figure. */
function betweenFeatures(places: readonly Place[], { entity }: Place, gap: Span, side: "before" | "after"): readonly string[] {
  const others = places.filter((other) => other.entity !== entity && contains(gap, other.occurrence.span));
  if (others.some((other) => isSure(other.entity))) return [`${side}:name-between`];
  return others.some((other) => other.entity.score > DOUBTFUL) ? [`${side}:doubtful-between`] : [`${side}:none-between`];
}

/** How far before a name the words that tie it to a figure may stand. */
const STANDING_REACH = 24;

/** Of each entity the nearest place; what is hardly a name stands in no other's way. */
function nearestFirst(places: readonly Place[]): readonly Place[] {
  const seen = new Set<string>();
  const first = places.filter(({ entity }) => !seen.has(entity.key) && seen.add(entity.key).size > 0);
  return [...first.filter(({ entity }) => entity.score > DOUBTFUL), ...first.filter(({ entity }) => entity.score <= DOUBTFUL)];
}

/** What stands between a name and a figure. */
function gapFeatures({ document, names }: ModelScene, left: Span, right: Span, side: "before" | "after"): readonly string[] {
  const gap = { start: left.end, end: Math.max(left.end, right.start) };
  const text = document.text.slice(gap.start, gap.end);
  const features = [`${side}:${text.length < 4 ? "beside" : text.length < 25 ? "near" : "far"}`];
  if (/^[\s*"']*[(（]/.test(text) && !/[)）]/.test(text)) features.push(`${side}:in-brackets`);
  if (/[;:—]|\. |\s[–-]\s/.test(text)) features.push(`${side}:mark`);
  const words = text.trim().split(/\s+/);
  const only = words.length <= 2 ? words[0] : undefined;
  for (const kind of ["of", "at", "consume", "be"])
    if (only !== undefined && names.words.is(only, kind)) features.push(`${side}:by-${kind}`);
  return features;
}

/** The n-th of as many figures of a kind as there are names: each of its own; a sum may stand behind them. */
export function parallelTies(scene: ModelScene, mention: Mention, places: readonly Place[], ties: Ties, least = DOUBTFUL): void {
  const first = new Map<string, Place>();
  for (const place of places)
    if ((place.entity.score > least || isReference(place.entity)) && !first.has(place.entity.key)) first.set(place.entity.key, place);
  const named = [...first.values()];
  const alike = scene.mentionsIn(mention.sentence).filter(({ kind, per }) => kind === mention.kind && per === mention.per);
  if (named.length < 2 || named.length > alike.length) return;
  const own = named[alike.indexOf(mention)];
  if (own === undefined) return;
  tie(ties, own.entity, named.length === alike.length ? "parallel" : "parallel-with-more");
  const [start, end] = [named[0]?.occurrence.span.start ?? 0, named.at(-1)?.occurrence.span.end ?? 0];
  const isGrouped = alike.every(({ span }) => span.start >= end) || alike.every(({ span }) => span.end <= start);
  if (isGrouped && named.length === alike.length) tie(ties, own.entity, "parallel:grouped");
}
