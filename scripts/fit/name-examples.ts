import { findNames } from "../../src/attach/names.ts";
import { nameKey } from "../../src/model/fold-name.ts";
import type { FittedDecision } from "./decisions.ts";
import type { Example } from "./fit-weights.ts";
import { knownPassages } from "./known-passages.ts";

/** Whether a term is a name: those that the gold has figures of, against all other terms of the passage. */
export const NAME_DECISION: FittedDecision = {
  id: "name",
  about: "whether a term is the name of a model or a run; above zero it is",
  examples: async (catalog, folder) => {
    const examples: Example[] = [];
    for (const read of await knownPassages(catalog, folder)) {
      const { passage } = read;
      if (passage.quantities.length === 0) continue;
      const subjects = passage.quantities.flatMap(({ subject }) => (subject === undefined ? [] : [nameKey(subject)]));
      for (const { key, text, features } of findNames(catalog, read.document, read.mentions).entities) {
        const isName = subjects.some((subject) => subject === key || (key.length > 2 && (subject.includes(key) || key.includes(subject))));
        examples.push({
          group: passage.genre,
          document: passage.id,
          name: `${passage.id}: ${text}`,
          weight: isName ? 2 : 1,
          candidates: [
            { key: "name", features, isRight: isName },
            { key: "", features: [], isRight: !isName },
          ],
        });
      }
    }
    return examples;
  },
};
