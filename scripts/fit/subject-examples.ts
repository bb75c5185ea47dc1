import { modelCandidates } from "../../src/attach/model-candidates.ts";
import { modelScenesOf } from "../../src/attach/model-scene.ts";
import { RATES } from "../../src/attach/none-features.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import { nameKey } from "../../src/model/fold-name.ts";
import type { Mention } from "../../src/model/mention.ts";
import type { PassageMentions } from "../score/gold-mentions.ts";
import type { Example } from "./fit-weights.ts";
import { judgedNames } from "./name-examples.ts";

/** A figure of no model that gets one does less harm than one of a model that gets none. */
const NONE_WEIGHT = 0.4;

/** Long documents ask much of few models. */
const CORPUS_WEIGHT = 0.9;

/** Whose figure each figure is: the model of the gold, or none. Names are found by weights that are fitted without what is held out. */
export function subjectExamples(catalog: Catalog, passages: readonly PassageMentions[], without: string | null): readonly Example[] {
  const judged = judgedNames(catalog, passages, without);
  return passages.flatMap((read) => examplesOf(judged(read), read));
}

function examplesOf(catalog: Catalog, read: PassageMentions): readonly Example[] {
  const scenes = modelScenesOf(catalog, read.document, read.mentions);
  const models = new Set([...read.goldOf.values()].flatMap(({ subject }) => subject ?? []));
  // A price in a text on one model is of that model or of none, as whoever wrote the gold saw it: it teaches nothing.
  const isOpen = ({ id, kind }: Mention): boolean => models.size === 1 && RATES.has(kind) && read.goldOf.get(id)?.subject === undefined;
  return read.mentions
    .filter((mention) => read.goldOf.has(mention.id) && !isOpen(mention))
    .map((mention): Example => {
      const subject = read.goldOf.get(mention.id)?.subject;
      const candidates = modelCandidates(scenes.of(mention), mention);
      const wanted = subject === undefined ? "" : nameKey(subject);
      const isWanted = ({ key, value }: (typeof candidates)[number]): boolean =>
        key === wanted || (value !== null && value.size !== "" && wanted.endsWith(nameKey(value.size)));
      const isExact = candidates.some(isWanted);
      const isRight = (candidate: (typeof candidates)[number]): boolean =>
        isExact ? isWanted(candidate) : candidate.key !== "" && (candidate.key.includes(wanted) || wanted.includes(candidate.key));
      return {
        group: read.passage.genre,
        document: read.passage.id,
        name: `${subject === undefined ? "NONE " : ""}${read.passage.id} "${mention.text}"`,
        weight: read.passage.genre === "corpus" ? CORPUS_WEIGHT : subject === undefined ? NONE_WEIGHT : 1,
        candidates: candidates.map((candidate) => ({ key: candidate.key, features: candidate.features, isRight: isRight(candidate) })),
      };
    });
}
