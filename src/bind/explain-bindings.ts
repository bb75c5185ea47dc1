/** How some figures may have been worked out, how likely each way is before and after figures are compared, and why it is not told. */
import { weightsOf } from "../model/catalog.ts";
import type { MentionId } from "../model/mention.ts";
import type { Candidate as Answer, Decision } from "../model/trace.ts";
import { type Asked, type AskedClaim, askClaims } from "./ask-claims.ts";
import { BINDING, doubtIn, judge } from "./bind-claims.ts";
import type { Candidate } from "./candidate.ts";
import type { Features } from "./features.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import { outcomeOf, weighedCandidates } from "./weigh.ts";

/** More ways than these say nothing new. */
const MOST_WAYS = 12;

/** Weighs again the ways to work out the figures that are asked for. */
export function explainBindings(asked: Asked, ids: ReadonlySet<MentionId>): readonly Decision[] {
  if (ids.size === 0) return [];
  const { ledger, claims } = askClaims(asked);
  return claims()
    .filter(({ place }) => ids.has(place.mention.id))
    .map((claim) => bindingOf(asked, claim, ledger))
    .toArray();
}

function bindingOf(asked: Asked, claim: AskedClaim, ledger: Ledger): Decision {
  const { catalog } = asked;
  const weights = weightsOf(catalog, BINDING);
  const asTried = weighedCandidates(catalog, weights, claim, ledger.places);
  const { none, tried } = asTried;
  const outcome = outcomeOf(asTried);
  const verdict = judge(asked, claim, outcome, doubtIn(asked.catalog, claim, outcome), ledger);
  const total = tried.reduce((sum, { good, bad }) => sum + good + bad, none);
  const weightsIn = (features: Features): Answer["features"] =>
    Object.fromEntries([...features].map(([name, amount]) => [name, (weights.weights[name] ?? 0) * amount]));
  const candidates = claim.find();
  const features = claim.features(candidates);
  const ways = tried.map(({ index, candidate, prior, evidence, good, bad }): Answer => {
    const { slip } = evidence;
    const isBySlip = slip !== null && slip.weight > evidence.agrees;
    return {
      choice: `${wordsOf(candidate)}${isBySlip ? `; off by a slip: ${slip.slip.words}` : ""}`,
      score: (good + bad) / total,
      features: weightsIn(features[index] ?? NO_FEATURES),
      odds: { prior, agrees: good / total, differs: bad / total },
    };
  });
  const nothing: Answer = {
    choice: "none of these",
    score: none / total,
    features: weightsIn(claim.featuresOfNone()),
    odds: { prior: none, agrees: 0, differs: 0 },
  };
  const ranked = [...ways].sort((left, right) => right.score - left.score || (left.choice < right.choice ? -1 : 1)).slice(0, MOST_WAYS);
  const told =
    typeof verdict === "string" ? null : ((verdict.verdict === "consistent" ? outcome.agreeing : outcome.differing)?.candidate ?? null);
  const at = tried.findIndex(({ candidate }) => candidate === told);
  return {
    mention: claim.place.mention.id,
    decision: "binding",
    candidates: [...ranked, nothing].sort((left, right) => right.score - left.score),
    chosen: ways[at]?.choice ?? null,
    tried: candidates.length,
    untold: typeof verdict === "string" ? verdict : null,
  };
}

const NO_FEATURES: Features = new Map();

/** A longer series is told by its first figures. */
const MOST_TERMS = 4;

/** The way as a person would write it: `"64 cards" * "6 days" = 9216 (accelerator-hours/product)`. */
function wordsOf(candidate: Candidate): string {
  const { claim, definitions, counts, log } = candidate;
  const { printed } = claim.reading;
  const value = Number((printed.value * Math.exp(log - claim.log)).toPrecision(5));
  const extra = [
    ...definitions.map(({ definition, sign }) => ` ${sign > 0 ? "*" : "/"} ${definition.title}`),
    ...counts.map((count) => ` * ${count.value}`),
  ].join("");
  const named = equationOf(candidate);
  return `${workingOf(candidate)}${extra} = ${value} ${printed.unit}${named === null ? "" : ` (${named.equation.id}${named.isForward ? "" : ", turned"})`}`;
}

function workingOf({ shape, terms, summands, isRest }: Candidate): string {
  const names = terms.map(({ value }) => `"${value.quantity.mention.text}" (${value.quantity.mention.id})`);
  const [first = ""] = names;
  const more = names.length > MOST_TERMS ? ` and ${names.length - MOST_TERMS} more` : "";
  const joined = (multiplied: string, divided: string): string =>
    names
      .slice(0, MOST_TERMS)
      .map((name, at) => {
        const isDivided = (terms[at]?.sign ?? 1) < 0;
        if (at === 0) return isDivided ? `1 ${divided} ${name}` : name;
        return ` ${isDivided ? divided : multiplied} ${name}`;
      })
      .join("");
  switch (shape) {
    case "product":
      return `${joined("*", "/")}${more}`;
    case "stages":
      return (summands ?? []).map((summand) => workingOf(summand)).join(isRest === true ? " - " : " + ");
    case "same":
      return `${first} told again`;
    case "sum":
    case "difference":
      return `${joined("+", "-")}${more}`;
    case "ratio":
      return joined("*", "/");
    case "less":
      return `1 - ${joined("*", "/")}`;
    case "more":
      return `${joined("*", "/")} - 1`;
    case "share":
      return `${first} of the sum of ${names.length}`;
  }
}
