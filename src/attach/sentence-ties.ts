/** What ties a figure to the models that its sentence names. */
import { headLength } from "../model/head-length.ts";
import type { Mention } from "../model/mention.ts";
import { parametersOf } from "../model/model-name.ts";
import { contains, overlaps, type Span } from "../model/span.ts";
import { clauseOf, type ModelScene, type Place } from "./model-scene.ts";
import { standingOf } from "./standing.ts";
import { DOUBTFUL, isSure } from "./sure.ts";
import { tokensOf } from "./terms.ts";
import { type Ties, tie } from "./ties.ts";

/** What stands in the same sentence. */
export function sentenceTies(scene: ModelScene, mention: Mention, ties: Ties): void {
  const all = scene.namesIn(mention.sentence);
  const parallel = parallelOf(scene, mention, all.places);
  const places = withPlace(scene.around(mention.sentence, mention.span.start), parallel?.place);
  const clause = clauseOf(scene, mention);
  const before = places.filter(({ occurrence }) => occurrence.span.start < mention.span.start && !overlaps(occurrence.span, mention.span));
  const after = places.filter(({ occurrence }) => occurrence.span.start >= mention.span.end);
  for (const { entity, occurrence } of places) {
    if (overlaps(occurrence.span, mention.span))
      tie(ties, entity, "sentence", "inside", `inside&${mention.kind === "parameters" ? "size" : "other"}`);
    if (contains(clause, occurrence.span)) tie(ties, entity, "sentence:clause");
  }
  for (const { entity, occurrence } of places)
    tie(ties, entity, ...standingOf(scene, occurrence, clause, mention.span, occurrence === all.firstSure?.occurrence));
  for (const [index, place] of nearestFirst(before.toReversed()).entries())
    tie(
      ties,
      place.entity,
      "sentence",
      index === 0 ? "before:nearest" : "before:farther",
      ...(isClaimed(scene, mention, place) ? ["before:claimed"] : []),
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
      ...(isClaimed(scene, mention, place) ? ["after:claims"] : []),
      ...betweenFeatures(places, place, { start: mention.span.end, end: place.occurrence.span.start }, "after"),
      ...gapFeatures(scene, mention.span, place.occurrence.span, "after"),
    );
  const [first] = all.places;
  if (first !== undefined) tie(ties, first.entity, "sentence:first", all.isOfOne ? "sentence:only" : "sentence:several");
  parallelTies(parallel, ties);
}

/** What is one of as many as there are figures, and what is then told by another figure, or heads them all. */
export function parallelTies(parallel: Parallel | null, ties: Ties): void {
  if (parallel === null) return;
  tie(ties, parallel.place.entity, ...parallel.features);
  for (const { entity } of parallel.others) if (entity !== parallel.place.entity) tie(ties, entity, "parallel:other");
  for (const { entity } of parallel.families) tie(ties, entity, "parallel:family");
}

/** Places in reading order, with one that may stand before or behind them all. */
function withPlace(places: readonly Place[], place: Place | undefined): readonly Place[] {
  if (place === undefined || places.includes(place)) return places;
  const start = places[0]?.occurrence.span.start ?? 0;
  return place.occurrence.span.start < start ? [place, ...places] : [...places, place];
}

/** "20 minutes on 64 chips for Wren": a name behind "for" takes the last figure of a kind before it, where no other name stands between. */
function isClaimed(scene: ModelScene, mention: Mention, place: Place): boolean {
  const taken = takenBy(scene, mention, place);
  const { span } = mention;
  return taken !== null && (taken.start === span.start || span.start > place.occurrence.span.end);
}

/** The figure of a kind that a name behind "for" takes; null for none. */
function takenBy(scene: ModelScene, { kind, sentence }: Mention, place: Place): Span | null {
  const kept = TAKEN.get(place) ?? new Map<Mention["kind"], Span | null>();
  TAKEN.set(place, kept);
  const known = kept.get(kind);
  if (known !== undefined) return known;
  const taken = findTaken(scene, sentence, kind, place);
  kept.set(kind, taken);
  return taken;
}

/** One name is asked for by many figures. */
const TAKEN = new WeakMap<Place, Map<Mention["kind"], Span | null>>();

function findTaken(
  { document, names, kindIn, within }: ModelScene,
  sentence: Span,
  kind: Mention["kind"],
  { occurrence }: Place,
): Span | null {
  const lead = /(\p{L}+) (?:\p{L}+ )?["*]*$/u.exec(
    document.text.slice(Math.max(0, occurrence.span.start - STANDING_REACH), occurrence.span.start),
  );
  const words = lead?.[0].toLowerCase().match(/\p{L}+/gu) ?? [];
  const near = words.at(-1) !== undefined && names.words.is(words.at(-1) ?? "", "article") ? words.at(-2) : words.at(-1);
  if (near === undefined || !names.words.is(near, "of")) return null;
  const alike = kindIn(sentence, kind);
  let at = headLength(alike, ({ span }) => span.start < occurrence.span.start) - 1;
  while ((alike[at]?.span.end ?? 0) > occurrence.span.start) at -= 1;
  const taken = alike[at];
  if (taken === undefined) return null;
  const between = within({ start: taken.span.end, end: occurrence.span.start });
  // What is hardly a name stands in no other's way.
  const isParted = between.some((other) => other.entity.score > DOUBTFUL && other.occurrence.span.end < occurrence.span.start);
  return isParted ? null : taken.span;
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
  const text = document.text.slice(left.end, Math.min(Math.max(left.end, right.start), left.end + LONGEST_GAP));
  const features = [`${side}:${text.length < 4 ? "beside" : text.length < 25 ? "near" : "far"}`];
  if (/^[\s*"']*[(（]/.test(text) && !/[)）]/.test(text)) features.push(`${side}:in-brackets`);
  if (/[;:—]|\. |\s[–-]\s/.test(text)) features.push(`${side}:mark`);
  const [, only, last = only] = ONE_OR_TWO.exec(text) ?? [];
  for (const kind of ["of", "at", "consume", "be"])
    if (only !== undefined && names.words.is(only, kind)) features.push(`${side}:by-${kind}`);
  // "60 hours to train Wren": what is trained.
  if (side === "after" && last !== undefined && names.words.is(last, "train")) features.push("after:trained");
  return features;
}

/** What stands further behind a name is not looked at for marks. Units: code units. */
const LONGEST_GAP = 2000;

/** No more than two words. */
const ONE_OR_TWO = /^\s*(\S+)(?:\s+(\S+))?\s*$/;

/** The name that a figure is parallel to, and those that other figures are parallel to or that stand for all of them. */
export interface Parallel {
  readonly place: Place;
  readonly features: readonly string[];
  readonly others: readonly Place[];
  /** The families of which the names are sizes. */
  readonly families: readonly Place[];
}

/** The n-th of as many figures of a kind as there are names: each of its own; a sum may stand behind them. */
export function parallelOf(scene: ModelScene, mention: Mention, places: readonly Place[], least = DOUBTFUL): Parallel | null {
  const all = firstOfEach(places, least);
  if (all.length < 2) return null;
  const alike = alikeIn(scene, mention);
  // "The 1B, 3B and 7B of Wren took 2, 5 and 11 days": where there are too many names, the family of some of them counts for nothing.
  const named = all.length > alike.length ? all.filter(({ entity }) => entity.isReference || parametersOf(entity.text) !== null) : all;
  if (named.length < 2 || named.length > alike.length) return null;
  const place = named[alike.indexOf(mention)];
  if (place === undefined) return null;
  if (named.length < alike.length) return { place, features: ["parallel-with-more"], others: [], families: [] };
  const [start, end] = [named[0]?.occurrence.span.start ?? 0, named.at(-1)?.occurrence.span.end ?? 0];
  const isGrouped = (alike[0]?.span.start ?? 0) >= end || (alike.at(-1)?.span.end ?? 0) <= start;
  return {
    place,
    features: isGrouped ? ["parallel", "parallel:grouped"] : ["parallel"],
    others: isGrouped ? all : [],
    families: all.filter((other) => !named.includes(other)),
  };
}

/** The figures of a sentence that are told as one of them is: of one kind, and per the same. */
function alikeIn(scene: ModelScene, { sentence, kind, per }: Mention): readonly Mention[] {
  const ofKind = scene.kindIn(sentence, kind);
  const known = ALIKE.get(ofKind) ?? new Map<Mention["per"], readonly Mention[]>();
  ALIKE.set(ofKind, known);
  let alike = known.get(per);
  if (alike === undefined) {
    alike = withoutSum(
      scene,
      ofKind.filter((other) => other.per === per),
    );
    known.set(per, alike);
  }
  return alike;
}

const ALIKE = new WeakMap<readonly Mention[], Map<Mention["per"], readonly Mention[]>>();

/** Figures of a kind without a last one that is told to be their sum: "1,536 and 13,824, together 15,360". */
function withoutSum({ document, names }: ModelScene, alike: readonly Mention[]): readonly Mention[] {
  const [before, last] = alike.slice(-2);
  if (before === undefined || last === undefined || alike.length < 3) return alike;
  const around =
    document.text.slice(before.span.end, Math.min(last.span.start, before.span.end + LONGEST_GAP)) +
    document.text.slice(last.span.end, last.span.end + STANDING_REACH);
  const isSum = tokensOf(around, { start: 0, end: around.length }).some(({ text: word }) => names.words.is(word, "total"));
  return isSum ? alike.slice(0, -1) : alike;
}

/** Of each entity above a score its first place; asked again for every figure of a sentence. */
function firstOfEach(places: readonly Place[], least: number): readonly Place[] {
  const known = FIRST.get(places);
  if (known?.least === least) return known.named;
  const first = new Map<string, Place>();
  for (const place of places)
    if ((place.entity.score > least || place.entity.isReference) && !first.has(place.entity.key)) first.set(place.entity.key, place);
  const named = [...first.values()];
  FIRST.set(places, { least, named });
  return named;
}

const FIRST = new WeakMap<readonly Place[], { readonly least: number; readonly named: readonly Place[] }>();
