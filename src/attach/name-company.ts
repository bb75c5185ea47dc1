/**
 * What the other terms of a document say of one: it stands in one list with a name, it is framed by the same words, or it is another
 * version of the same.
 */
import { scoreOf } from "../language/decide.ts";
import type { DecisionWeights } from "../model/catalog.ts";
import { nameKey } from "../model/fold-name.ts";
import { append, largest } from "../model/many.ts";
import { parseModelName } from "../model/model-name.ts";
import type { Entity } from "./entity.ts";
import { STANDS } from "./small-words.ts";
import { beginsWithDigit, opensSentence, type Term, type Token } from "./terms.ts";
import type { WordClasses } from "./word-classes.ts";

/** What terms of a document have to do with each other, by their keys. */
export interface Company {
  /** Terms beside each in a list. */
  readonly peers: ReadonlyMap<string, ReadonlySet<string>>;
  /** What stands right before and right behind each. */
  readonly frames: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Keys of terms that stand side by side in one list: "Wren, Heron and Tern"; two with a comma between may be of two clauses. */
export function listedTogether(text: string, terms: readonly Term[], words: WordClasses): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  let chain: (readonly [string, string])[] = [];
  let isJoined = false;
  for (const [index, term] of terms.entries()) {
    const next = terms[index + 1];
    const joint = next === undefined ? null : JOINT.exec(text.slice(term.span.end, next.span.start));
    const word = joint?.[1];
    if (next !== undefined && joint !== null && (word === undefined || words.is(word, "and"))) {
      chain.push([term.key, next.key]);
      isJoined ||= word !== undefined;
      continue;
    }
    if (isJoined || chain.length > 1)
      append(
        pairs,
        chain.filter(([left, right]) => left !== right),
      );
    chain = [];
    isJoined = false;
  }
  return pairs;
}

/** What stands between two of a list: ", ", " and ", ", and "; with marks of writing around. */
const JOINT = /^["'*_`”’]*(?:[,、/]|[,、]? (\p{L}+|&)) ?["'*_`“‘]*$/u;

/** What stands right before a term and right behind it, by which terms that are told of alike are known: "^ : #" of "Wren: 8 GPUs". */
export function frameOf(text: string, tokens: readonly Token[], { first, last, span }: Term): string {
  const [before, after] = [tokens[first - 1], tokens[last + 1]];
  const opens = before === undefined || opensSentence(text, span.start);
  const left = opens ? "^" : `${before.text.toLowerCase()}${text.slice(before.span.end, span.start).trim()}`;
  if (after === undefined) return `${left} $`;
  const gap = text.slice(span.end, after.span.start).trim();
  return `${left} ${gap}${beginsWithDigit(after.text) ? "#" : after.text.toLowerCase()}`;
}

/** Scores every term again by the terms that go with it. */
export function withCompany(weights: DecisionWeights, entities: readonly Entity[], company: Company): readonly Entity[] {
  const scores = new Map(entities.map(({ key, score }) => [key, score]));
  const framed = Map.groupBy(
    [...company.frames].flatMap(([key, frames]) => [...frames].map((frame) => ({ key, frame }))),
    ({ frame }) => frame,
  );
  const kinOf = Map.groupBy(entities, ({ text, key }) => stemOf(text, key));
  const rivals = [...kinOf]
    .map(
      ([stem, kin]): Rival => ({
        stem,
        score: largest(
          kin.map((entity) => (isRival(entity) ? entity.score : UNHEARD)),
          UNHEARD,
        ),
      }),
    )
    .sort((left, right) => right.score - left.score)
    .slice(0, 2);
  return entities.map((entity) => {
    const { key, text } = entity;
    const scoreBeside = (keys: readonly string[]): number =>
      largest(
        keys.flatMap((other) => (other === key ? [] : (scores.get(other) ?? []))),
        UNHEARD,
      );
    const features = [...entity.features];
    const note = (name: string, best: number): void => {
      if (best > UNHEARD) append(features, [name, ...STEPS.filter((step) => best > step).map((step) => `${name}-with>${step}`)]);
    };
    note("listed", scoreBeside([...(company.peers.get(key) ?? [])]));
    note(
      "framed",
      scoreBeside(
        [...(company.frames.get(key) ?? [])].flatMap((frame) => (framed.get(frame) ?? []).slice(0, MOST).map((other) => other.key)),
      ),
    );
    note("sibling", scoreBeside((kinOf.get(stemOf(text, key)) ?? []).slice(0, MOST).map((other) => other.key)));
    const rival = rivals.find(({ stem }) => stem !== stemOf(text, key))?.score ?? UNHEARD;
    if (entity.score <= 0 && entity.score > rival) append(features, leadFeatures(entity, rival));
    return features.length === entity.features.length ? entity : { ...entity, features, score: scoreOf(weights, features) };
  });
}

/** How many terms that go with one are looked at. */
const MOST = 64;

const UNHEARD = Number.NEGATIVE_INFINITY;

/** Whether a term may be what a document is about: no person, and nothing that only describes something else, as in "the Wren ratio". */
function isRival({ features, occurrences }: Entity): boolean {
  return !PERSONAL.some((feature) => features.includes(feature)) && !occurrences.every(({ kind }) => kind === "describing");
}

/** What is said of persons alone. */
const PERSONAL = ["speaker", "surname", "author", "behind:initial", "behind:who", "keyed:title", "before:title", "et-al", "has-trained"];

/** The likeliest of the terms that have one stem. */
interface Rival {
  readonly stem: string;
  readonly score: number;
}

/** Where nothing else of a document is a name for sure: by how much a term is likelier to be one than the next, and what it is built like. */
function leadFeatures({ score, features }: Entity, rival: number): readonly string[] {
  // "Cosmological": an ending of words that name no thing.
  if (features.some((feature) => feature.startsWith("ending:") && feature !== "ending:s")) return [];
  const built = BUILT.filter((feature) => features.includes(feature));
  return [
    "unrivalled",
    ...built.map((feature) => `unrivalled&${feature}`),
    ...(isUnknownNoun(features)
      ? features.flatMap((feature) => (feature.startsWith(STANDS) ? [`lone&${feature.slice(STANDS.length)}`] : []))
      : []),
    ...LEADS.filter((step) => score - rival > step).map((step) => `leads-by>${step}`),
  ];
}

/** What a term is built like, and how it stands, that matters where nothing else is a name. */
const BUILT = [
  ...["label", "all-listed", "shape:small-plain", "shape:words", "apart", "times:once", "figure"],
  ...["small&recurs", "whole:common", "whole:ordinary"],
] as const;

/** A word in small letters that no list has, and that is no verb, no plural, no proper name, and of no language whose words are not listed. */
function isUnknownNoun(features: readonly string[]): boolean {
  return (
    features.includes("unlisted-head") &&
    !features.some((feature) => ["ending:", "proper:", "foreign:"].some((beginning) => feature.startsWith(beginning)))
  );
}

const LEADS = [5, 10, 20, 30] as const;

/** How surely the best of the terms that go with one is a name. */
const STEPS = [-10, 0, 10] as const;

/** A name without its version, size or variant; the key of one that has none. */
function stemOf(text: string, key: string): string {
  const { family } = parseModelName(text);
  return family === "" ? key : nameKey(withoutVersion(family));
}

/** "Wren-v2", "Wren 2.1" and "Wren2" without what numbers them. */
export function withoutVersion(name: string): string {
  let end = name.length;
  while (end > 0 && "0123456789.".includes(name.charAt(end - 1))) end -= 1;
  if (end === name.length || end === 0) return name;
  if (end > 1 && "vV".includes(name.charAt(end - 1))) end -= 1;
  return name.slice(0, end > 1 && " -".includes(name.charAt(end - 1)) ? end - 1 : end);
}
