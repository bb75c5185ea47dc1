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
    const known = KNOWN.get(folder);
    if (known !== undefined) return known;
    const examples: Example[] = [];
    const rounds = await Promise.all(Array.from({ length: ROUNDS }, (_, round) => knownPassages(catalog, folder, round)));
    for (const [round, read] of rounds.flatMap((passages, index) => passages.map((passage) => [index, passage] as const))) {
      const { passage } = read;
      if (passage.quantities.length === 0) continue;
      const subjects = passage.quantities.flatMap(({ subject }) => (subject === undefined ? [] : [nameKey(subject)]));
      for (const { key, text, features } of findNames(catalog, read.document, read.mentions).entities) {
        const isName = subjects.some((subject) => subject === key || (key.length > 2 && (subject.includes(key) || key.includes(subject))));
        examples.push({
          group: passage.genre,
          document: passage.id,
          name: `${passage.id}: ${text}`,
          weight: (isName ? 2 : 1) / ROUNDS,
          isOnlyFitted: round > 0,
          candidates: [
            { key: "name", features, isRight: isName },
            { key: "", features: [], isRight: !isName },
          ],
        });
      }
    }
    KNOWN.set(folder, examples);
    return examples;
  },
};

/** Readings of each passage: as it is, and with other names. */
const ROUNDS = 4;

const KNOWN = new Map<string, readonly Example[]>();
