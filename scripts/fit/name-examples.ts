import { findNames } from "../../src/attach/names.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { nameKey } from "../../src/model/fold-name.ts";
import { mentionsOfPassage, type PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";
import { renamed } from "./renamed.ts";

/** Readings of each passage: as it is, and with other names. */
const ROUNDS = 4;

const KNOWN = new WeakMap<readonly PassageMentions[], Promise<readonly Example[]>>();

/** Whether a term is a name: those that the gold has figures of, against all other terms of the passage. */
export function nameExamples(catalog: Catalog, passages: readonly PassageMentions[]): Promise<readonly Example[]> {
  const known = KNOWN.get(passages) ?? make(catalog, passages);
  KNOWN.set(passages, known);
  return known;
}

async function make(catalog: Catalog, passages: readonly PassageMentions[]): Promise<readonly Example[]> {
  const examples: Example[] = [];
  for (const read of passages.filter(({ passage }) => passage.quantities.length > 0)) {
    examples.push(...examplesOf(catalog, read, 0));
    for (let round = 1; round < ROUNDS; round += 1) {
      const other = renamed(catalog, read.passage, round);
      const again = other === null ? null : await mentionsOfPassage(catalog, other);
      if (again !== null) examples.push(...examplesOf(catalog, again, round));
    }
  }
  return examples;
}

function examplesOf(catalog: Catalog, { passage, document, mentions }: PassageMentions, round: number): readonly Example[] {
  const subjects = passage.quantities.flatMap(({ subject }) => (subject === undefined ? [] : [nameKey(subject)]));
  return findNames(catalog, document, mentions).entities.map(({ key, text, features }) => {
    const isName = subjects.some((subject) => subject === key || (key.length > 2 && (subject.includes(key) || key.includes(subject))));
    return {
      group: passage.genre,
      document: passage.id,
      name: `${passage.id}: ${text}`,
      weight: (isName ? 2 : 1) / ROUNDS,
      isOnlyFitted: round > 0,
      candidates: [
        { key: "name", features, isRight: isName },
        { key: "", features: [], isRight: !isName },
      ],
    };
  });
}
