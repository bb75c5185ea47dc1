/** What is spoken of without a name, led back to what it stands for: the entity of that size, rank, version, place or part. */
import { scoreOf } from "../language/decide.ts";
import type { DecisionWeights } from "../model/catalog.ts";
import { nameKey } from "../model/fold-name.ts";
import { headLength } from "../model/head-length.ts";
import { parametersOf } from "../model/model-name.ts";
import type { Entity, Occurrence } from "./entity.ts";
import type { Reference } from "./references.ts";
import { tokensOf } from "./terms.ts";
import type { WordClasses } from "./word-classes.ts";

/** A reference in its block. */
export interface PlacedReference {
  readonly reference: Reference;
  readonly block: number;
}

/** What is asked of the names of a document to resolve a reference. */
interface Setting {
  readonly text: string;
  /** Entities that are names. */
  readonly named: readonly Entity[];
  /** Their places, in reading order. */
  readonly places: readonly Place[];
  /** Those of what may be names, too. */
  readonly possible: readonly Place[];
  readonly words: WordClasses;
  /** What words of the document stand for, as the text has told so far: "student" for "Heron, the student". */
  readonly parts: Map<string, string>;
}

interface Place {
  readonly key: string;
  readonly entity: Entity;
  readonly occurrence: Occurrence;
}

/** Adds the references to the entities that they stand for, or as entities of their own. */
export function withReferences(
  weights: DecisionWeights,
  text: string,
  words: WordClasses,
  entities: readonly Entity[],
  references: readonly PlacedReference[],
): readonly Entity[] {
  const named = entities.filter(({ score }) => score > 0);
  const placesOf = (some: readonly Entity[]): readonly Place[] =>
    some
      .flatMap((entity) => entity.occurrences.map((occurrence): Place => ({ key: entity.key, entity, occurrence })))
      .sort((left, right) => left.occurrence.span.start - right.occurrence.span.start);
  const setting: Setting = {
    text,
    named,
    places: placesOf(named),
    possible: placesOf(entities.filter(isThinkable)),
    words,
    parts: new Map(),
  };
  const added = new Map<string, { text: string; size: string; occurrences: Occurrence[]; features: readonly string[] }>();
  for (const { reference, block } of references.toSorted((left, right) => left.reference.span.start - right.reference.span.start)) {
    const key = referentOf(setting, reference, block);
    if (key === null) continue;
    const entry = added.get(key) ?? {
      text: reference.text,
      size: reference.size,
      occurrences: [],
      features: [
        `refers:${reference.kind === "smaller" || reference.kind === "larger" ? "size" : reference.kind}`,
        ...(reference.size === "" ? [] : ["refers:with-size"]),
      ],
    };
    entry.occurrences.push({ span: reference.span, block, kind: reference.kind });
    added.set(key, entry);
  }
  const known = entities.map((entity) => {
    const more = added.get(entity.key);
    added.delete(entity.key);
    if (more === undefined) return entity;
    const features = more.occurrences.some(({ kind }) => TELLING.has(kind)) ? [...entity.features, "referred"] : entity.features;
    return {
      ...entity,
      features,
      score: scoreOf(weights, features),
      occurrences: [...entity.occurrences, ...more.occurrences].sort((left, right) => left.span.start - right.span.start),
    };
  });
  const fresh = [...added].map(([key, { text: printed, size, occurrences, features }]) => {
    const all = ["name", ...features];
    return { key, text: printed, score: scoreOf(weights, all), features: all, isReference: true, size, occurrences };
  });
  return [...known, ...fresh];
}

/** References that themselves say that something was named. */
const TELLING: ReadonlySet<Occurrence["kind"]> = new Set(["former", "latter", "older", "newer"]);

/** Whether a term without much that speaks for it may be a name where the text says that there are names. */
function isThinkable({ score, features, occurrences }: Entity): boolean {
  return (
    (score > 0 || (score > LEAST_THINKABLE && features.includes("unlisted-head") && !isNoName(features))) &&
    occurrences.some(({ kind }) => kind === "name")
  );
}

const LEAST_THINKABLE = -25;

/** Who wrote the document, and words that have a capital for their place alone. */
function isNoName(features: readonly string[]): boolean {
  return features.includes("author") || features.includes("opens&small-too");
}

/** The key of what a reference stands for; null where it stands for nothing that is told. */
function referentOf(setting: Setting, reference: Reference, block: number): string | null {
  const own = nameKey(reference.text);
  switch (reference.kind) {
    case "former":
    case "latter":
      return apposedTo(setting, reference) ?? pairKey(setting, reference, block);
    case "first":
    case "second":
    case "third":
    case "last":
      return apposedTo(setting, reference) ?? orderKey(setting, reference, block);
    case "smaller":
    case "larger":
      return (
        memberKey(setting, reference) ?? rankKey(setting, reference) ?? apposedTo(setting, reference) ?? (reference.isAlone ? null : own)
      );
    case "newer":
    case "older":
      return apposedTo(setting, reference) ?? versionKey(setting, reference);
    case "size":
      // "the 7B Wren" is a member of the family Wren; "a dense decoder, Wren" is Wren.
      return (
        memberKey(setting, reference) ??
        (reference.text.includes(" ") ? apposedTo(setting, reference) : null) ??
        (isOfBefore(setting, reference, block) ? null : own)
      );
    case "member":
      return partKey(setting, reference) ?? own;
  }
}

/** "# Wren / A small model with 7B parameters": the name right before is told more of. */
function isOfBefore({ text, places }: Setting, { span, text: printed }: Reference, block: number): boolean {
  return text.slice(span.start, span.end) !== printed && places.some(({ occurrence }) => occurrence.block === block - 1);
}

/** The name that ends in the size or variant of a reference, where it is already spoken of. */
function memberKey({ named }: Setting, reference: Reference): string | null {
  if (reference.size === "") return null;
  const found = named.find(
    ({ key, occurrences, features }) => key.endsWith(nameKey(reference.size)) && isSpokenOf(reference, occurrences, features),
  );
  return found?.key ?? null;
}

/** What is named later is not yet spoken of, unless the title or a table names it. */
function isSpokenOf({ span }: Reference, occurrences: readonly Occurrence[], features: readonly string[]): boolean {
  return features.includes("titled") || features.includes("label") || occurrences.some(({ span: other }) => other.start < span.start);
}

/** The places before a reference, the last first, each entity once. */
function lastBefore({ places }: Setting, { span }: Reference, of = places): readonly Place[] {
  const end = headLength(of, ({ occurrence }) => occurrence.span.start < span.start);
  const seen = new Set<string>();
  return of
    .slice(Math.max(0, end - MOST_BACK), end)
    .filter(({ occurrence }) => occurrence.span.end <= span.start)
    .reverse()
    .filter(({ key }) => !seen.has(key) && seen.add(key).size > 0);
}

/** How many places before a reference are looked at. */
const MOST_BACK = 64;

/** Of the last two models before that differ in it, the smaller or the larger by parameters or by what they are called. */
function rankKey(setting: Setting, reference: Reference): string | null {
  const before = lastBefore(setting, reference);
  for (const rankOf of [({ entity }: Place) => parametersOf(entity.text), ({ entity }: Place) => calledRank(setting, entity.text)]) {
    const ranked = before
      .flatMap((place) => {
        const rank = rankOf(place);
        return rank === null ? [] : [{ key: place.key, rank }];
      })
      .slice(0, 2)
      .sort((left, right) => left.rank - right.rank);
    const [low, high] = ranked;
    if (low !== undefined && high !== undefined && low.rank < high.rank) return reference.kind === "smaller" ? low.key : high.key;
  }
  return null;
}

/** "Wren-mini" is below "Wren", and "Wren Large" above it. */
function calledRank({ words }: Setting, name: string): number {
  const end = tokensOf(name, { start: 0, end: name.length }).at(-1)?.text.split("-").at(-1) ?? "";
  return words.is(end, "smaller") ? -1 : words.is(end, "larger") ? 1 : 0;
}

/** Of the last two versions of one model the older or the newer; "the new one" beside a predecessor without a name is what has a name. */
function versionKey(setting: Setting, reference: Reference): string | null {
  const before = lastBefore(setting, reference, setting.possible);
  for (const { entity: last } of before) {
    const other = before.find(({ entity }) => entity !== last && stemOf(entity.text) === stemOf(last.text));
    if (other === undefined || versionOf(other.entity.text) === versionOf(last.text)) continue;
    const [older, newer] = [last, other.entity].sort((left, right) => versionOf(left.text) - versionOf(right.text));
    return (reference.kind === "older" ? older : newer)?.key ?? null;
  }
  const pair = [...setting.parts].find(([part]) => setting.words.is(part, reference.kind === "older" ? "older" : "newer"));
  if (pair !== undefined) return pair[1];
  const isBesideOther = [...setting.parts.keys()].some((part) => setting.words.is(part, reference.kind === "older" ? "newer" : "older"));
  return isBesideOther ? (lastBefore(setting, reference)[0]?.key ?? null) : null;
}

const VERSION = /[ -]?v?(\d+(?:\.\d+)?)$/i;

/** A name without its version: "wren" of "Wren 2". */
function stemOf(name: string): string {
  return nameKey(name.replace(VERSION, ""));
}

/** A name without a number is the first version. */
function versionOf(name: string): number {
  return Number(VERSION.exec(name)?.[1] ?? 1);
}

/** The last two models named in the block or right before it, for "the former": the first of them, or the second. That two were named is told by the words themselves. */
function pairKey(setting: Setting, reference: Reference, block: number): string | null {
  const isNear = ({ occurrence }: Place): boolean => occurrence.block >= block - 1;
  const named = lastBefore(setting, reference).filter(isNear);
  const [last, first] = named.length > 1 ? named : lastBefore(setting, reference, setting.possible).filter(isNear);
  return (reference.kind === "latter" ? last?.key : first?.key) ?? null;
}

/** The n-th of the models that the block has named, or where it names fewer than two, of all before, in the order in which they were told last. */
function orderKey(setting: Setting, reference: Reference, block: number): string | null {
  const before = lastBefore(setting, reference).toReversed();
  const inBlock = before.filter(({ occurrence }) => occurrence.block === block);
  const all = inBlock.length > 1 ? inBlock : before;
  if (all.length < 2) return null;
  // What is not in the list is the last, which counts from the end.
  return all.at(ORDER.indexOf(reference.kind))?.key ?? null;
}

const ORDER: readonly string[] = ["first", "second", "third"];

/** "The student" is what the text has called so: "Heron, the student", "its student Heron"; the version before, for a predecessor. */
function partKey(setting: Setting, reference: Reference): string | null {
  const part = tokensOf(reference.text, { start: 0, end: reference.text.length }).at(-1)?.text.toLowerCase() ?? "";
  const told = apposedTo(setting, reference);
  if (told !== null) setting.parts.set(part, told);
  const known = told ?? setting.parts.get(part) ?? null;
  if (known !== null) return known;
  const kind = (["newer", "older"] as const).find((way) => setting.words.is(part, way));
  const version = kind === undefined ? null : versionKey(setting, { ...reference, kind });
  setting.parts.set(part, version ?? nameKey(reference.text));
  return version;
}

/** The name that a reference stands beside as what it is: "Heron (the teacher)", "Heron, its small student", "the student, Heron". */
function apposedTo({ text, places }: Setting, { span }: Reference): string | null {
  const end = headLength(places, ({ occurrence }) => occurrence.span.start < span.start);
  const [before, after] = [places[end - 1], places[end]];
  if (before?.occurrence.kind === "name" && APPOSED.test(text.slice(before.occurrence.span.end, span.start))) return before.key;
  if (after?.occurrence.kind === "name" && NAMED_BEHIND.test(text.slice(span.end, after.occurrence.span.start))) return after.key;
  return null;
}

/** ", the small " of "Heron, the small student"; " (the ". */
const APPOSED = /^["*_`”’]*(?:,| \(| [-–—]) (?:\p{L}+[ -]){1,3}$/u;

/** " ", ", " and " (" of "the student, Heron". */
const NAMED_BEHIND = /^(?:,? | \()["*_`“‘]*$/;
