/** Examples for the fit of how sure a doubt is: claims as the tool reads them, weighed with priors that have not seen their passages. */
import { askClaims } from "../../src/bind/ask-claims.ts";
import { BINDING } from "../../src/bind/bind-claims.ts";
import { doubtFeatures } from "../../src/bind/doubt.ts";
import { outcomeOf, weighedCandidates } from "../../src/bind/weigh.ts";
import { type Catalog, weightsOf } from "../../src/model/catalog.ts";
import type { MentionId } from "../../src/model/mention.ts";
import { BAD } from "../score/gold-match.ts";
import { type BindingExample, type BoundPassage, checkOf } from "./fit-binding.ts";

const NOTHING: BindingExample["candidates"][number]["features"] = new Map();

/**
 * Every claim of a passage that something speaks against: wrong, or not; what the gold does not check is taken as right.
 *
 * What disagrees with a figure that is wrong itself is no example: either may be blamed.
 */
export function doubtExamples(catalog: Catalog, bound: BoundPassage, weight = 1): readonly BindingExample[] {
  const weights = weightsOf(catalog, BINDING);
  const { ledger, claims } = askClaims({ catalog, ...bound });
  const wrong = new Set(ledger.places.flatMap(({ mention }, at) => (isWrong(bound, mention.id) ? [at] : [])));
  return claims()
    .flatMap((claim): readonly BindingExample[] => {
      const outcome = outcomeOf(weighedCandidates(catalog, weights, claim, ledger.places));
      const features = doubtFeatures(claim, outcome);
      if (features === null) return [];
      const isOwn = wrong.has(claim.at);
      if (!isOwn && outcome.differing?.candidate.terms.some(({ value }) => wrong.has(value.at)) === true) return [];
      return [
        {
          group: bound.passage.genre,
          weight,
          candidates: [
            { features: NOTHING, isRight: !isOwn },
            { features, isRight: isOwn },
          ],
        },
      ];
    })
    .toArray();
}

function isWrong(bound: BoundPassage, id: MentionId): boolean {
  const gold = bound.goldOf.get(id);
  const check = gold === undefined ? undefined : checkOf(bound, gold);
  return check !== undefined && BAD.has(check.verdict);
}
