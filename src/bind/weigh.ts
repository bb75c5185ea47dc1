import type { Catalog, DecisionWeights } from "../model/catalog.ts";
import type { Interval } from "../model/interval.ts";
import type { AskedClaim } from "./ask-claims.ts";
import type { Listener } from "./asked-of.ts";
import type { Candidate } from "./candidate.ts";
import type { Likely, Outcome } from "./doubt.ts";
import { type Evidence, evidenceFor, type SlipsFor, widthOf } from "./evidence.ts";
import { type Feature, WEIGHT_SCALE, weightTable } from "./feature-names.ts";
import { equationOf } from "./signatures.ts";
import { isMetBy, openSlips, type Slip, weighedSlips } from "./slips.ts";
import type { Place } from "./surroundings.ts";
import { isFarOff, isIdle } from "./tested.ts";
import { toldAlike } from "./told-alike.ts";
import type { TypedValue } from "./typed-value.ts";

/** What is admitted beyond rounding where no equation says it. */
const USUAL_SLACK: Interval = { low: 0.85, high: 1.05 };

/** Two tellings in one unit: neither is worked out from the other, so that what one agrees with or not is left to the other figures. */
export function isRestated({ shape, claim, terms }: Candidate): boolean {
  const [mention, other] = [claim.quantity.mention, terms[0]?.value.quantity.mention];
  return shape === "same" && mention.unit === other?.unit && mention.noun === other.noun;
}

/** What the candidates that are not out of the question come to. */
export function outcomeOf({ none, tried }: Tried): Outcome {
  let total = none;
  let [agrees, differs, most] = [0, 0, 0];
  let agreeing: (Likely & { readonly weight: number }) | null = null;
  let differing: (Likely & { readonly slip: Slip | null; readonly weight: number }) | null = null;
  for (const { index, candidate, evidence, prior, good, bad } of tried) {
    most = Math.max(most, prior);
    if (isRestated(candidate)) {
      total += prior;
      continue;
    }
    agrees += good;
    differs += bad;
    total += good + bad;
    if (agreeing === null || good > agreeing.weight) agreeing = { index, candidate, prior, evidence: good / prior, weight: good };
    if (differing === null || bad > differing.weight) {
      // A slip that explains no more than chance does is not told.
      const isShown = evidence.slip !== null && evidence.slip.weight > SHOWN * (evidence.slips + evidence.differs);
      differing = { index, candidate, prior, evidence: bad / prior, slip: isShown ? (evidence.slip?.slip ?? null) : null, weight: bad };
    }
  }
  const values = valuesOf(tried);
  const likeliest = values.reduce((most, value) => (value.prior > most.prior ? value : most), NO_VALUE);
  const log = differing === null ? Number.NaN : off(differing.candidate);
  const differed = values.find((value) => value.low <= log && log <= value.high) ?? NO_VALUE;
  return {
    agrees: agrees / total,
    differs: differs / total,
    differsByOne: differed.bad / total,
    none: none / total,
    agreeing,
    differing,
    most,
    likeliest: {
      prior: likeliest.prior,
      isMet: likeliest.good > likeliest.bad,
      differs: likeliest === differed,
      priorOfDiffering: differed.prior,
    },
    count: tried.length,
  };
}

/** The ways of a claim that come to one value, between two logarithms. */
interface ValueShare {
  readonly low: number;
  readonly high: number;
  readonly prior: number;
  readonly good: number;
  readonly bad: number;
}

const NO_VALUE: ValueShare = { low: 0, high: 0, prior: 0, good: 0, bad: 0 };

/** How far what a way comes to lies from its claim. */
function off({ log, claim }: Candidate): number {
  return log - claim.log;
}

function valuesOf(tried: readonly WeighedCandidate[]): readonly ValueShare[] {
  const values: ValueShare[] = [];
  const ordered = tried.filter(({ candidate }) => !isRestated(candidate)).sort((one, other) => off(one.candidate) - off(other.candidate));
  for (const { candidate, prior, good, bad } of ordered) {
    const [high, last] = [off(candidate), values.at(-1)];
    if (last === undefined || high - last.low > ONE_VALUE) values.push({ low: high, high, prior, good, bad });
    else values[values.length - 1] = { low: last.low, high, prior: last.prior + prior, good: last.good + good, bad: last.bad + bad };
  }
  return values;
}

/** A candidate with its prior and evidence; `good` and `bad` are what it gives to agreement and to disagreement. */
export interface WeighedCandidate {
  readonly index: number;
  readonly candidate: Candidate;
  readonly prior: number;
  readonly evidence: Evidence;
  readonly good: number;
  readonly bad: number;
}

/** The candidates that are not out of the question, and the share of none of them. */
export interface Tried {
  readonly none: number;
  readonly tried: readonly WeighedCandidate[];
}

export function weighedCandidates(catalog: Catalog, weights: DecisionWeights, claim: AskedClaim, places: readonly Place[]): Tried {
  const candidates = claim.find();
  const priors = priorsOf(weights, claim, candidates);
  const slips: SlipsFor = {
    open: (candidate) => openSlips(catalog, candidate, places, claim.cue),
    weighed: (candidate, open) => weighedSlips(catalog, candidate, open),
  };
  const tried: WeighedCandidate[] = [];
  for (let index = 0; index < candidates.length; index += 1) {
    const [found, prior] = [candidates[index], priors.of[index] ?? 0];
    if (found === undefined || prior < LEAST_PRIOR) continue;
    const candidate = toldAlike(found);
    if (isIdle(candidate)) continue;
    const { isKept } = claim.supportOf(index);
    const evidence = evidenceFor(candidate, prior < LEAST_PRIOR_OF_SLIP ? NO_SLIPS : slips, slackOf(candidate), isKept);
    if (evidence.slip !== null && isCountedBeside(slips.open(candidate), candidate, evidence.slip.slip)) continue;
    const agrees = isFarOff(candidate) ? 0 : evidence.agrees;
    tried.push({ index, candidate, prior, evidence, good: prior * agrees, bad: prior * (evidence.slips + evidence.differs) });
  }
  return { none: priors.none, tried };
}

/** Whether a count that stands beside the figures makes the claim of what they give, rather than a slip of such a count. */
function isCountedBeside(open: readonly (readonly Slip[])[], candidate: Candidate, { id }: Slip): boolean {
  const [off, width] = [candidate.claim.log - candidate.log, widthOf(candidate)];
  return open.some((part) => part.some((slip) => slip.isFit === true && slip.id === id && isMetBy(slip, off, width)));
}

/** Values nearer than this, in logarithms, are one. */
const ONE_VALUE = 0.01;

const LEAST_PRIOR = 1e-5;

/** Where figures belong together less likely than this, no slip is looked for between them. */
const LEAST_PRIOR_OF_SLIP = 0.002;
const NOTHING_OPEN: readonly never[] = [];
const NO_SLIPS: SlipsFor = { open: () => NOTHING_OPEN, weighed: () => NOTHING_OPEN };
const SHOWN = 0.5;

function slackOf(candidate: Candidate): Interval {
  const named = equationOf(candidate);
  if (named === null) return USUAL_SLACK;
  const { slack } = named.equation;
  const low = Math.min(slack.low, 1) || USUAL_SLACK.low;
  return named.isForward ? { low, high: slack.high } : { low: 1 / slack.high, high: 1 / low };
}

/** The share of each candidate, and of none, before figures are compared. */
export function priorsOf(
  weights: DecisionWeights,
  { tell, tellNone }: AskedClaim,
  candidates: readonly Candidate[],
): { readonly none: number; readonly of: Float64Array } {
  const scorer = new Scorer(weightTable(weights));
  tellNone(scorer);
  const noneScore = scorer.take();
  let most = noneScore;
  const of = new Float64Array(candidates.length);
  let index = 0;
  for (const candidate of candidates) {
    tell(candidate, index, scorer);
    const score = scorer.take();
    of[index] = score;
    index += 1;
    if (score > most) most = score;
  }
  let total = Math.exp(noneScore - most);
  for (let at = 0; at < of.length; at += 1) {
    const share = Math.exp((of[at] ?? 0) - most);
    of[at] = share;
    total += share;
  }
  for (let at = 0; at < of.length; at += 1) of[at] = (of[at] ?? 0) / total;
  return { none: Math.exp(noneScore - most) / total, of };
}

/**
 * Adds weights up; what candidates share is added up once for all of them.
 *
 * Weights are whole numbers, so that their sum is the same in any order.
 */
class Scorer implements Listener {
  readonly #weightOf: (feature: Feature) => number;
  readonly #ofWays: (number | undefined)[] = [];
  readonly #ofTerms: (Map<TypedValue, number> | undefined)[] = [];
  readonly #ofFigures = new Map<TypedValue, number>();
  #sum = 0;

  constructor(weightOf: (feature: Feature) => number) {
    this.#weightOf = weightOf;
  }

  readonly add = (feature: Feature, amount: number): void => {
    this.#sum += this.#weightOf(feature) * amount;
  };

  // What is known is told without a closure, which would be made at every call.
  readonly addOfWay: Listener["addOfWay"] = (asked, way, tell) => {
    const known = this.#ofWays[way.index];
    if (known !== undefined) {
      this.#sum += known;
      return;
    }
    const before = this.#begin();
    tell(asked, way, this.add);
    this.#ofWays[way.index] = this.#end(before);
  };

  readonly addOfTerm: Listener["addOfTerm"] = (asked, way, term, tell) => {
    const at = 2 * way.index + (term.sign > 0 ? 1 : 0);
    let ofTerms = this.#ofTerms[at];
    if (ofTerms === undefined) {
      ofTerms = new Map();
      this.#ofTerms[at] = ofTerms;
    }
    const known = ofTerms.get(term.value);
    if (known !== undefined) {
      this.#sum += known;
      return;
    }
    const before = this.#begin();
    tell(asked, way, term, this);
    ofTerms.set(term.value, this.#end(before));
  };

  readonly addOf: Listener["addOf"] = (asked, value, tell) => {
    const known = this.#ofFigures.get(value);
    if (known !== undefined) {
      this.#sum += known;
      return;
    }
    const before = this.#begin();
    tell(asked, value, this.add);
    this.#ofFigures.set(value, this.#end(before));
  };

  /** Begins a sum of its own; gives what there was. */
  #begin(): number {
    const before = this.#sum;
    this.#sum = 0;
    return before;
  }

  /** Goes on with what there was before, and gives what came in between, which is added. */
  #end(before: number): number {
    const own = this.#sum;
    this.#sum = before + own;
    return own;
  }

  /** The score so far; the next one begins at nothing. */
  take(): number {
    const score = this.#sum / WEIGHT_SCALE;
    this.#sum = 0;
    return score;
  }
}
