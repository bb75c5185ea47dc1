import { findNames } from "../../src/attach/names.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { nameKey } from "../../src/model/fold-name.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";

/** How much more a name counts than a term that is none, of which there are many more. */
const NAME_WEIGHT = 2;

/** A long document names much that its gold has no figures of. */
const CORPUS_WEIGHT = 0.12;

/** Whether a term is a name: those that the gold has figures of, against all other terms of the passage. */
export function nameExamples(catalog: Catalog, passages: readonly PassageMentions[]): readonly Example[] {
  return passages
    .filter(({ passage, goldOf }) => (passage.genre === "corpus" ? goldOf.size : passage.quantities.length) > 0)
    .flatMap((read) => examplesOf(catalog, read));
}

function examplesOf(catalog: Catalog, { passage, document, mentions }: PassageMentions): readonly Example[] {
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
