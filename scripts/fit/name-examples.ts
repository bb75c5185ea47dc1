import { findNames } from "../../src/attach/names.ts";
import { type Catalog, weightsOf } from "../../src/model/catalog.ts";
import { nameKey } from "../../src/model/fold-name.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import { type Example, type FitOptions, fitWeights, USUAL_FIT } from "./fit-weights.ts";
import { isHeldOut } from "./held-out.ts";

/** How much more a name counts than a term that is none, of which there are many more. */
const NAME_WEIGHT = 2;

/** There are many features of few names. */
export const NAME_FIT: Partial<FitOptions> = { decay: 3 };

/** A long document names much that its gold has no figures of. */
const CORPUS_WEIGHT = 0.12;

/** In how many parts names are judged by weights that have not seen the part: a fit must not trust them more than a new text may. */
const PARTS = 4;

/**
 * Whether a term is a name: those that the gold has figures of, against all other terms of the passage.
 *
 * What the other terms of a document are is judged by weights that have not seen the document.
 */
export function nameExamples(catalog: Catalog, passages: readonly PassageMentions[], without: string | null): readonly Example[] {
  const judged = catalogsFor(catalog, passages, without, (read) => examplesOf(catalog, read));
  return passages.flatMap((read) => examplesOf(judged(read), read));
}

/** What weights of names are fitted to, and for whom: those of each part without it, and those of all for what is held out. */
function catalogsFor(
  catalog: Catalog,
  passages: readonly PassageMentions[],
  without: string | null,
  examplesFor: (read: PassageMentions) => readonly Example[],
): (read: PassageMentions) => Catalog {
  const isAsked = ({ passage: { genre, id } }: PassageMentions): boolean => without !== null && isHeldOut(without, genre, id);
  const known = weightsOf(catalog, "name");
  const groups = [...new Set(passages.map(({ passage }) => passage.genre))].sort();
  const partOf = ({ passage }: PassageMentions): number => groups.indexOf(passage.genre) % PARTS;
  const all = passages.filter((read) => !isAsked(read)).map((read) => ({ part: partOf(read), examples: examplesFor(read) }));
  const informed = (unseen: number | null): Catalog => {
    const seen = all.filter(({ part }) => part !== unseen).flatMap(({ examples }) => examples);
    const weights = fitWeights(seen, { ...USUAL_FIT, ...NAME_FIT, prior: known.prior ?? {} });
    return { ...catalog, decisions: [{ ...known, weights }] };
  };
  const whole = informed(null);
  const parts = Array.from({ length: PARTS }, (_, part) => informed(part));
  return (read) => (isAsked(read) ? whole : (parts[partOf(read)] ?? whole));
}

/** For each passage the catalog by which its names are judged in a text that nobody has seen. */
export function judgedNames(
  catalog: Catalog,
  passages: readonly PassageMentions[],
  without: string | null,
): (read: PassageMentions) => Catalog {
  const judged = catalogsFor(catalog, passages, without, (read) => examplesOf(catalog, read));
  return catalogsFor(catalog, passages, without, (read) => examplesOf(judged(read), read));
}

function examplesOf(catalog: Catalog, { passage, document, mentions, goldOf }: PassageMentions): readonly Example[] {
  if ((passage.genre === "corpus" ? goldOf.size : passage.quantities.length) === 0) return [];
  const subjects = passage.quantities.flatMap(({ subject }) => (subject === undefined ? [] : [nameKey(subject)]));
  return findNames(catalog, document, mentions).entities.flatMap(({ key, text, features }) => {
    const isName = subjects.some((subject) => subject === key || (key.length > 2 && (subject.includes(key) || key.includes(subject))));
    if (!isName && passage.genre === "corpus" && features.includes("known")) return [];
    return {
      group: passage.genre,
      document: passage.id,
      name: `${passage.id}: ${text}`,
      weight: (isName ? NAME_WEIGHT : 1) * (passage.genre === "corpus" ? CORPUS_WEIGHT : 1),
      candidates: [
        { key: "name", features, isRight: isName },
        { key: "", features: [], isRight: !isName },
      ],
    };
  });
}
