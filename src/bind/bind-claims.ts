/**
 * Figures in, findings out: of every figure it is asked which others it may have been worked out from, by their dimensions alone, and
 * what their ratio says of it.
 *
 * Nothing is joined beforehand: how likely it is that figures belong together is a prior, and that they agree, or are off by a known
 * slip, is evidence. A disagreement of no known size counts only where the figures were nearly sure to belong together.
 */

import type { Bound, BoundOdds } from "../model/bound.ts";
import { BY_CHANCE, type Catalog, weightsOf } from "../model/catalog.ts";
import { type Finding, figuresOf, LEAST_CONFIDENCE, SEVERITIES, type Severity, UNNAMED } from "../model/finding.ts";
import { largest } from "../model/many.ts";
import type { MentionId } from "../model/mention.ts";
import type { Untold } from "../model/trace.ts";
import { type Asked, type AskedClaim, askClaims } from "./ask-claims.ts";
import type { Candidate } from "./candidate.ts";
import { excusesFor } from "./candidates.ts";
import { DOUBT, doubtFeatures, doubtOf, type Outcome } from "./doubt.ts";
import { gapOf, NEAR_ENOUGH, widthOf } from "./evidence.ts";
import { findingOf } from "./finding-of.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import type { Nearness, Place } from "./surroundings.ts";
import { isByChance, isComparison, isOfAnotherPair, testsNothing } from "./tested.ts";
import type { TypedValue } from "./typed-value.ts";
import { outcomeOf, type Tried, weighedCandidates } from "./weigh.ts";

/** Below this neither agreement nor disagreement is told. */
const LEAST_AGREEMENT = 0.5;

/** The decision whose weights are the priors. */
export const BINDING = "binding";

export function bindClaims(asked: Asked): Bound {
  const weights = weightsOf(asked.catalog, BINDING);
  const { ledger, claims } = askClaims(asked);
  const odds = new Map<MentionId, BoundOdds>();
  const judgedBy = (claim: AskedClaim, tried: Tried): readonly Told[] => {
    const outcome = outcomeOf(tried);
    const doubt = doubtIn(asked.catalog, claim, outcome);
    odds.set(claim.place.mention.id, { agrees: outcome.agrees, differs: outcome.differs, doubt });
    const finding = judge(asked, claim, outcome, doubt, ledger);
    if (typeof finding === "string") return [];
    const { agreeing, differing } = outcome;
    if (finding.verdict === "consistent")
      return [{ finding, prior: agreeing?.prior ?? 0, agreeing: agreeing?.candidate ?? null, against: null }];
    const against = differing && { claim, tried, candidate: differing.candidate };
    return [{ finding, prior: differing?.prior ?? 0, agreeing: null, against }];
  };
  const told = claims()
    .flatMap((claim) => judgedBy(claim, weighedCandidates(asked.catalog, weights, claim, ledger.places)))
    .toArray();
  const again = new Map([...ofComparedAlready(told), ...restingOnWrong(told)]);
  const kept = told.filter(({ against }) => against === null || !again.has(against.claim));
  const others = [...again].flatMap(([claim, tried]) => judgedBy(claim, tried));
  return { findings: oncePerSet(kept.concat(others)), odds };
}

/** "A twelfth of Walrus's hours ... Stoat took two thirds of that": figures that one ratio compares are not those of another that they do not fit. */
function ofComparedAlready(told: readonly Told[]): ReadonlyMap<AskedClaim, Tried> {
  const setOf = (candidate: Candidate): string => `${candidate.claim.kept.id} ${candidate.shape} ${figuresIn(candidate)}`;
  const compared = new Set(told.flatMap(({ agreeing }) => (agreeing !== null && isComparison(agreeing) ? [setOf(agreeing)] : [])));
  return new Map(
    told.flatMap(({ against }) => {
      if (against === null || !compared.has(setOf(against.candidate))) return [];
      const { claim, tried } = against;
      return [[claim, { none: tried.none, tried: tried.tried.filter(({ candidate }) => !compared.has(setOf(candidate))) }] as const];
    }),
  );
}

/** So sure, a figure is wrong, and nothing is worked out from it. */
const LEAST_WRONG = 0.8;

/** What disagrees with a figure that is wrong itself, with its other ways: one error is told once. */
function restingOnWrong(told: readonly Told[]): ReadonlyMap<AskedClaim, Tried> {
  const wrong = new Map<number, Against>();
  for (const { finding, against } of told) if (against !== null && finding.confidence >= LEAST_WRONG) wrong.set(against.claim.at, against);
  const uses = ({ terms }: Candidate, at: number): boolean => terms.some(({ value }) => value.at === at);
  // Of two that disagree with each other neither is known to be right.
  const rests = ({ terms }: Candidate, own: number): boolean =>
    terms.some(({ value: { at } }) => {
      const other = at === own ? undefined : wrong.get(at);
      return other !== undefined && !uses(other.candidate, own);
    });
  return new Map(
    told.flatMap(({ against }) => {
      if (against === null || !rests(against.candidate, against.claim.at)) return [];
      const { claim, tried } = against;
      return [[claim, { none: tried.none, tried: tried.tried.filter(({ candidate }) => !rests(candidate, claim.at)) }] as const];
    }),
  );
}

/** How often a claim that weighing came to this of is wrong. */
export function doubtIn(catalog: Catalog, claim: AskedClaim, outcome: Outcome): number {
  return doubtOf(weightsOf(catalog, DOUBT), doubtFeatures(claim, outcome));
}

/** What is said of one claim, or why nothing is; `wrong` is how often such a claim is. */
export function judge(asked: Asked, claim: AskedClaim, outcome: Outcome, wrong: number, ledger: Ledger): Finding | Untold {
  const { agreeing, differing } = outcome;
  const isAgreed = agreeing !== null && outcome.agrees >= LEAST_AGREEMENT;
  // What agrees, and is more likely wrong all the same, was worked out with a known slip; where none is known, no doubt is asked.
  const isOpen = !isAgreed || (differing !== null && differing.slip !== null && !isWithin(differing.candidate, agreeing.candidate));
  const doubt = isOpen ? wrong : 0;
  if (isAgreed && doubt < LEAST_CONFIDENCE.note) {
    if (testsNothing(agreeing.candidate)) return "too-wide";
    if (isOfAnotherPlan(claim, agreeing.candidate, ledger)) return "other-voice";
    if (isByChance(claim, agreeing, ledger)) return "far-off";
    return findingOf({
      place: claim.place,
      candidate: agreeing.candidate,
      confidence: outcome.agrees,
      severity: "note",
      slip: null,
      agrees: true,
    });
  }
  if (differing === null || doubt < LEAST_CONFIDENCE.note) return "unlikely";
  if (isOfAnotherPair(claim, differing, ledger)) return "far-off";
  if (restates(differing.candidate) || holdsUnread(asked, claim, differing.candidate)) return "restated";
  if (isToldBeside(claim, differing, ledger)) return "given-elsewhere";
  if (isExcused(asked, claim, differing.candidate, doubt >= SURE, ledger)) return "given-elsewhere";
  const severity = severityOf(claim, differing.candidate, doubt, differing.slip !== null && !BY_CHANCE.has(differing.slip.id), ledger);
  if (severity === "other-voice" || severity === "far-off") return severity;
  return findingOf({
    place: claim.place,
    candidate: differing.candidate,
    confidence: doubt,
    severity,
    slip: differing.slip,
    agrees: false,
  });
}

/** Whether one way uses some of the figures of another one, and no other: what it is off by is told by the rest of them. */
function isWithin(part: Candidate, whole: Candidate): boolean {
  return (
    part.terms.length < whole.terms.length && part.terms.every(({ value }) => whole.terms.some((other) => other.value.at === value.at))
  );
}

/** What is only thought of is near what was done without being worked out from it. */
function isOfAnotherPlan({ place }: AskedClaim, { claim, strict, terms }: Candidate, { places }: Ledger): boolean {
  const isMixed = terms.some(({ value }) => (places[value.at]?.role === "hypothetical") !== (place.role === "hypothetical"));
  return isMixed && gapOf(claim.strict, strict) > NEAR_ENOUGH;
}

/** A price told twice is not worked out from itself. */
function restates({ claim, terms }: Candidate): boolean {
  const { mention } = claim.quantity;
  return (
    HOLD_FOR_ALL.has(mention.kind) &&
    terms.some(
      ({ value: { quantity } }) => quantity.mention.kind === mention.kind && quantity.mention.number.value === mention.number.value,
    )
  );
}

/** "$600,000, $85,000 for storage and a post for $115,000, in total $800,000": a total of money of which some is no figure of a training. */
function holdsUnread({ document, quantities }: Asked, { place, cue }: AskedClaim, { shape }: Candidate): boolean {
  const { sentence, kind } = place.mention;
  if (!cue.isTotal || shape !== "product" || kind !== "cost") return false;
  const signs = [...document.text.slice(sentence.start, sentence.end)].filter((letter) => MONEY.has(letter)).length;
  const read = quantities.filter(({ mention }) => mention.sentence.start === sentence.start && OF_MONEY.has(mention.kind)).length;
  return signs > read;
}

const MONEY: ReadonlySet<string> = new Set(["$", "€", "£", "¥"]);
const OF_MONEY: ReadonlySet<string> = new Set(["cost", "price"]);

/** Units in which one machine is counted in several ways. */
const COUNTED_ANEW: ReadonlySet<string> = new Set(["core-for-chip", "die-for-module", "node-for-run", "one-for-all"]);

/** Whether what a slip of counting asks for stands in the same sentence or row: "5,760, or 11,520 if you count cores". */
function isToldBeside({ place }: AskedClaim, { candidate, slip }: NonNullable<Outcome["differing"]>, ledger: Ledger): boolean {
  if (slip === null || !COUNTED_ANEW.has(slip.id)) return false;
  const premises = new Set(candidate.terms.map(({ value }) => value.at));
  const { grid, mention } = place;
  const beside = grid === null ? (ledger.byBlock.get(mention.block) ?? []) : ledger.grid.row(grid.table, grid.line, candidate.claim.key);
  return beside.some(
    (value) =>
      value.key === candidate.claim.key &&
      value.at !== candidate.claim.at &&
      !premises.has(value.at) &&
      ledger.relations.isBeside(candidate.claim.at, value.at) &&
      gapOf(value.strict, candidate.strict) <= NEAR_ENOUGH,
  );
}

const WIDEST_EXCUSE = 0.1;

/**
 * Whether figures further off give the claim by a known equation, so that it is theirs rather than wrong.
 *
 * Where it is sure to be wrong, neither another line of a table excuses it nor a part of what it was to be worked out from.
 */
function isExcused(
  { catalog }: Asked,
  { place, at, find, isPossible }: AskedClaim,
  differing: Candidate,
  isSure: boolean,
  ledger: Ledger,
): boolean {
  let weighed: ReadonlySet<string> | null = null;
  const isWeighed = (candidate: Candidate): boolean => {
    weighed ??= new Set(find().map(figuresIn));
    return weighed.has(figuresIn(candidate));
  };
  const isOfOtherLine = ({ value }: Candidate["terms"][number]): boolean => OTHER_LINES.has(ledger.relations.nearness(at, value.at));
  return (ledger.byPlace[differing.claim.at] ?? []).some((value) =>
    excusesFor(catalog, ledger, value).some(
      (candidate) =>
        isPossible(candidate) &&
        gapOf(value.strict, candidate.strict) <= NEAR_ENOUGH &&
        widthOf(candidate) <= WIDEST_EXCUSE &&
        (equationOf(candidate)?.isForward ?? false) &&
        !(isSure && (isPartOf(candidate, differing) || candidate.terms.some(isOfOtherLine))) &&
        candidate.terms.every((term) => ledger.places[term.value.at]?.role !== "hypothetical" || place.role === "hypothetical") &&
        !isWeighed(candidate),
    ),
  );
}

const OTHER_LINES: ReadonlySet<Nearness> = new Set(["table", "other-row"]);

/** Whether all figures of a product are factors of another one, which has more. */
function isPartOf(part: Candidate, whole: Candidate): boolean {
  return part.terms.every(({ value, sign }) => whole.terms.some((term) => term.value.at === value.at && term.sign === sign));
}

/** The figures of a product, whichever claim it is for. */
function figuresIn({ terms }: Candidate): string {
  return terms
    .map(({ value, sign }) => sign * (value.at + 1))
    .sort((left, right) => left - right)
    .join();
}

const NOT_FAR: ReadonlySet<Nearness> = new Set(["sentence", "row", "block", "list", "table", "adjacent", "section"]);

/**
 * What stands in another section, or is told in another voice, counts only where hardly anything else can be meant, and then no more than
 * in a note; what is this sure is excused by no other line of a table.
 */
const SURE = 0.95;

const HOLD_FOR_ALL: ReadonlySet<string> = new Set(["price", "pue", "carbon-intensity", "power"]);

/** How grave a disagreement is: by its probability, and never more than its equation or what it rests on allows. */
function severityOf(
  { place, at }: AskedClaim,
  candidate: Candidate,
  confidence: number,
  isExplained: boolean,
  { places, relations }: Ledger,
): Severity | Extract<Untold, "other-voice" | "far-off"> {
  const premises = candidate.terms.flatMap(({ value }) => places[value.at] ?? []);
  // A plan is held against figures of the same voice alone; what others tell of a run also against what is told of that very run.
  const isOfThis =
    place.role === "other" &&
    candidate.terms.every(({ value }) => places[value.at]?.role !== "hypothetical" && relations.kinship(at, value.at) !== "other");
  if (place.role !== "own" && !isOfThis && premises.some(({ role }) => role !== place.role)) return "other-voice";
  const isOfOther = place.role === "own" && premises.some(({ role }) => role !== "own");
  if (isOfOther && (confidence < SURE || premises.some(({ role }) => role === "hypothetical"))) return "other-voice";
  // What stands far off may be of another thing, and is told only where it is the one of its kind.
  const far = candidate.shape !== "product" ? [] : candidate.terms.filter(({ value }) => !NOT_FAR.has(relations.nearness(at, value.at)));
  const isFar = far.length > 0;
  if (confidence < SURE && far.some(({ value }) => !isOnly(value, places))) return "far-off";
  // What is told of an estimate with a bound is no statement.
  const isBound = [place, ...premises].some(
    ({ mention }) => mention.hedge === "up-to" || mention.hedge === "under" || mention.hedge === "over",
  );
  const cap = equationOf(candidate)?.equation.severityCap ?? "warning";
  const isOfFact = candidate.definitions.some(({ definition }) => definition.source !== null);
  const byConfidence = SEVERITIES.find((severity) => confidence >= LEAST_CONFIDENCE[severity]) ?? "note";
  // What another model is told to have is a premise only where it holds for all: a price, a PUE.
  const isOfAnother = candidate.terms.some(
    ({ value }) => relations.kinship(at, value.at) === "other" && !HOLD_FOR_ALL.has(value.quantity.mention.kind),
  );
  const isDoubtful =
    isBound || isFar || isOfOther || (candidate.shape === "product" && isOfAnother) || (place.role !== "own" && !isOfThis) || isOfFact;
  // What a bare price buys is settled by price lists of its time, not by its words.
  const isListed = candidate.terms.some(({ value: { quantity } }) => quantity.mention.kind === "price" && quantity.readings.length > 1);
  const caps: readonly Severity[] = [byConfidence, cap, isDoubtful ? "note" : "error", isExplained && !isListed ? "error" : "warning"];
  return SEVERITIES[largest(caps.map((severity) => SEVERITIES.indexOf(severity)))] ?? "note";
}

function isOnly({ at, quantity }: TypedValue, places: readonly Place[]): boolean {
  return !places.some(({ mention }, other) => other !== at && mention.kind === quantity.mention.kind);
}

/** Of figures that give each other, what is less likely the one that was worked out is told only where it is as likely as this. */
const LEAST_OF_ANOTHER = 0.7;

/** A finding with how likely it was that its claim was worked out so, before figures were compared. */
interface Told {
  readonly finding: Finding;
  readonly prior: number;
  /** Where it agrees, what with. */
  readonly agreeing: Candidate | null;
  /** Where it disagrees, what was weighed for it. */
  readonly against: Against | null;
}

interface Against {
  readonly claim: AskedClaim;
  readonly tried: Tried;
  readonly candidate: Candidate;
}

/** Figures disagree, or fit, whichever of them is worked out from the others: they are told of the claim that is surest. */
function oncePerSet(told: readonly Told[]): readonly Finding[] {
  const setOf = ({ finding }: Told): string => `${finding.verdict} ${figuresOf(finding)}`;
  const best = new Map<string, Told>();
  for (const one of told) {
    const earlier = best.get(setOf(one));
    if (earlier === undefined || isSurer(one, earlier)) best.set(setOf(one), one);
  }
  return told
    .filter((one) => best.get(setOf(one)) === one || (one.finding.verdict === "consistent" && one.finding.confidence >= LEAST_OF_ANOTHER))
    .map(({ finding }) => finding);
}

/** So much likelier to be what was worked out, a figure is the one that is wrong, whichever of them an equation gives. */
const MUCH_LIKELIER = 1.5;

/** What an equation works out is told before what it is worked out from. */
function isSurer({ finding, prior }: Told, other: Told): boolean {
  const isWrong = finding.verdict === "inconsistent";
  if (isWrong && prior > MUCH_LIKELIER * other.prior) return true;
  if (isWrong && other.prior > MUCH_LIKELIER * prior) return false;
  const [isOwn, isOthers] = [finding.rule !== UNNAMED, other.finding.rule !== UNNAMED];
  return isOwn === isOthers ? finding.confidence > other.finding.confidence : isOwn;
}
