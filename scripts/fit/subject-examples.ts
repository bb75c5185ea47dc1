import { modelCandidates } from "../../src/attach/model-candidates.ts";
import { sceneOf } from "../../src/attach/model-scene.ts";
import { weightsOf } from "../../src/model/catalog.ts";
import { nameKey } from "../../src/model/fold-name.ts";
import type { FittedDecision } from "./decisions.ts";
import { type Example, fitWeights, USUAL_FIT } from "./fit-weights.ts";
import { isHeldOut } from "./held-out.ts";
import { knownPassages } from "./known-passages.ts";
import { NAME_DECISION } from "./name-examples.ts";

/** Whose figure each figure is: the model of the gold, or none. */
export const SUBJECT_DECISION: FittedDecision = {
  id: "subject",
  about: "which model or run a figure is of, or none",
  examples: async (catalog, folder, without) => {
    const examples: Example[] = [];
    const names = (await NAME_DECISION.examples(catalog, folder, null)).filter(
      ({ group, document }) => without === null || !isHeldOut(without, group, document),
    );
    const decision = {
      id: NAME_DECISION.id,
      about: NAME_DECISION.about,
      margin: 1,
      weights: fitWeights(names, { ...USUAL_FIT, prior: weightsOf(catalog, NAME_DECISION.id).prior ?? {} }),
    };
    const informed = { ...catalog, decisions: [decision] };
    for (const read of await knownPassages(catalog, folder)) {
      const { passage } = read;
      const scene = sceneOf(informed, read.document, read.mentions);
      for (const mention of read.mentions) {
        const subject = read.goldOf.get(mention.id)?.subject;
        const candidates = modelCandidates(scene, mention);
        const exact = subject === undefined ? [] : candidates.filter(({ key }) => key !== "" && key === nameKey(subject));
        examples.push({
          group: passage.genre,
          document: passage.id,
          name: `${subject === undefined ? "NONE " : ""}${passage.id} "${mention.text}"`,
          weight: subject === undefined ? NONE_WEIGHT : 1,
          candidates: candidates.map(({ key, features }) => ({
            key,
            features,
            isRight:
              subject === undefined
                ? key === ""
                : exact.length > 0
                  ? key === nameKey(subject)
                  : key !== "" && isSame(key, nameKey(subject)),
          })),
        });
      }
    }
    return examples;
  },
};

/** A figure of no model that gets one does less harm than one of a model that gets none. */
const NONE_WEIGHT = 0.4;

/** Whether the ruler takes one name for the other. */
function isSame(left: string, right: string): boolean {
  return left.includes(right) || right.includes(left);
}
