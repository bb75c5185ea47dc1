/** What speaks for a candidate that is no product: told again, a sum, a comparison of two. */
import { type Add, type AskedOf, furthestOf } from "./asked-of.ts";
import type { Candidate, Shape } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import { feature, features, featuresOfTwo } from "./feature-names.ts";
import { keyOfCompared } from "./forms.ts";
import { COUNTS } from "./print.ts";
import { NEARNESS, type Nearness } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

const SAME_IN = features((kind) => `same in ${kind}`);
const SAME_NEAR = featuresOfTwo((kind, near) => `same in ${kind}, ${near}`);
const SAME_GAP = featuresOfTwo((kind, gap) => `same in ${kind}, gap ${gap}`);
const SAME_ASIDE = features((kind) => `same in ${kind}, aside`);
const SAME_OUTCOME = features((kind) => `same in ${kind}, outcome`);
const SAME_BEHIND = feature("same behind");
const SAME_SUBJECT = features((kinship) => `same subject ${kinship}`);
const SAME_OF_OTHER_ROLE = feature("same of other role");

export function addSame({ ledger, place, cue }: AskedOf, { claim, terms }: Candidate, add: Add): void {
  const value = terms[0]?.value;
  const other = value === undefined ? undefined : ledger.places[value.at];
  if (value === undefined || other === undefined) return;
  const isUnit = value.quantity.mention.unit !== claim.quantity.mention.unit || value.quantity.mention.noun !== claim.quantity.mention.noun;
  const kind = isUnit ? "other unit" : "one unit";
  const gap = Math.abs(value.at - claim.at) === 1 ? gapOf(value, claim) : Infinity;
  add(SAME_IN(kind), 1);
  add(SAME_NEAR(kind, ledger.relations.nearness(claim.at, value.at)), 1);
  add(SAME_GAP(kind, gap <= 6 ? "least" : gap <= 15 ? "small" : "wide"), 1);
  if (cue.isAside) add(SAME_ASIDE(kind), 1);
  if (cue.isOutcome) add(SAME_OUTCOME(kind), 1);
  if (value.at > claim.at) add(SAME_BEHIND, 1);
  add(SAME_SUBJECT(ledger.relations.kinship(claim.at, value.at)), 1);
  if (place.role !== other.role) add(SAME_OF_OTHER_ROLE, 1);
}

function gapOf(left: TypedValue, right: TypedValue): number {
  const [first, second] = left.at < right.at ? [left, right] : [right, left];
  return second.quantity.mention.span.start - first.quantity.mention.span.end;
}

const SUM = features((series) => `sum ${series}`);
const SUM_AS_TOTAL = features((series) => `sum ${series} told as total`);
const SUM_OF = features((count) => `sum of ${count}`);
const SUM_OF_ALL_SUBJECTS = feature("sum of all subjects");
const SUM_OF_SOME_SUBJECTS = feature("sum of some subjects");
const SUM_WITH_OWN_SUBJECT = feature("sum with its own subject");
const SUM_OF_UNITS = feature("sum of units");
const SUM_IN_SENTENCE = feature("sum in sentence");
const SUM_OF_BLOCKS = feature("sum of blocks");
const SUM_OF_ROLES = feature("sum of roles");
const SUM_OF_ALL = feature("sum of all there are");
const SUM_BELOW_PART = feature("sum below a part");
const SUM_AT_TOTAL = features((end) => `sum ${end} a total`);
const SUM_CUT = features((where) => `sum cut short in ${where}`);

export function addSum({ ledger, cue }: AskedOf, { parts, series, claim }: Candidate, add: Add): void {
  if (parts === null || series === null) return;
  add(SUM(series), 1);
  if (cue.isTotal) add(SUM_AS_TOTAL(series), 1);
  add(SUM_OF(parts.count <= 4 ? (COUNTS[parts.count] ?? "") : "more"), 1);
  if (parts.subjects === parts.count) add(SUM_OF_ALL_SUBJECTS, 1);
  else if (parts.subjects > 1) add(SUM_OF_SOME_SUBJECTS, 1);
  if (parts.hasOwnSubject && parts.subjects > 1) add(SUM_WITH_OWN_SUBJECT, 1);
  if (parts.hasUnits) add(SUM_OF_UNITS, 1);
  if (parts.isInSentence) add(SUM_IN_SENTENCE, 1);
  if (parts.hasOwnBlocks && (series === "before" || series === "after" || series === "all")) add(SUM_OF_BLOCKS, 1);
  if (parts.hasOtherRole) add(SUM_OF_ROLES, 1);
  // A longer series of the same figures is there.
  const peers = ledger.byKey.get(claim.key)?.length ?? 0;
  if (peers === parts.count + 1) add(SUM_OF_ALL, 1);
  if (claim.log < parts.most - 1e-9) add(SUM_BELOW_PART, 1);
  if (parts.cut !== null) add(SUM_CUT(parts.cut), 1);
  if (parts.total !== null) add(SUM_AT_TOTAL(parts.total), 1);
}

const STAGES_REST = feature("stages less one");
const STAGES_REST_TOLD = feature("stages less one told as rest");
const STAGES_OF = features((count) => `stages of ${count}`);
const STAGES_FURTHEST = features((near) => `stages furthest ${near}`);
const STAGES_VARY = features((count) => `stages in which ${count} vary`);
const STAGES_ALIKE = feature("stages of one model");
const STAGES_OF_SUBJECTS = feature("stages of several models");
const STAGES_IN_SENTENCE = feature("stages in sentence");
const STAGES_OF_ROLES = feature("stages of roles");
const STAGES_OF_ALL = feature("stages of all there are");
const STAGES_ALL_BEHIND = feature("stages behind");
const STAGES_APART = feature("stages apart");

export function addStagesOf(asked: AskedOf, candidate: Candidate, add: Add): void {
  const { ledger, claim } = asked;
  const { parts, summands, terms } = candidate;
  if (parts === null || summands === null) return;
  if (candidate.isRest === true) add(asked.cue.isRest ? STAGES_REST_TOLD : STAGES_REST, 1);
  add(STAGES_OF(summands.length <= 3 ? (COUNTS[summands.length] ?? "") : "more"), 1);
  add(STAGES_FURTHEST(NEARNESS[furthestOf(asked, candidate)] ?? ""), 1);
  const vary = Math.round(parts.count / summands.length);
  add(STAGES_VARY(COUNTS[vary] ?? ""), 1);
  if (parts.subjects === 1 && parts.hasOwnSubject) add(STAGES_ALIKE, 1);
  if (parts.subjects > 1) add(STAGES_OF_SUBJECTS, 1);
  if (parts.isInSentence) add(STAGES_IN_SENTENCE, 1);
  if (parts.hasOtherRole) add(STAGES_OF_ROLES, 1);
  if (terms.every(({ value }) => value.at > claim.at)) add(STAGES_ALL_BEHIND, 1);
  const first = summands[0]?.terms ?? [];
  if (
    first.every(
      ({ value }) =>
        (ledger.byKey.get(value.key)?.length ?? 0) === summands.length || summands[1]?.terms.some((term) => term.value === value),
    )
  )
    add(STAGES_OF_ALL, 1);
  // The figures of one stage stand beside each other.
  for (const { terms: of } of summands)
    for (const [index, { value }] of of.entries())
      for (const { value: other } of of.slice(index + 1)) if (ledger.relations.rank(value.at, other.at) > 2) add(STAGES_APART, 1);
}

const PAIR_NEAR = featuresOfTwo((shape, near) => `pair ${shape} ${near}`);
const PAIR_APART = features((near) => `pair apart ${near}`);
const PAIR_OF_SEVERAL = feature("pair of a whole and several parts");
const PAIR_OF_PRODUCTS = feature("pair of products");
const PAIR_OF_TOLD = feature("pair of what is told");
const PAIR_OF_UNTOLD = feature("pair of other than what is told");
const PAIR_OF_KIND = feature("pair of a kind");
const PAIR_SUBJECT = features((kinship) => `pair subject ${kinship}`);
const PAIR_STANDS = features((apart) => `pair ${apart}`);
const PAIR_STEPS = features((steps) => `pair steps ${steps}`);
const PAIR_OF_UNITS = feature("pair of units");
const PAIR_OF_COLUMNS = feature("pair of columns");
const PAIR_PERCENT = features((shape) => `pair ${shape} percent`);
const PAIR_TOLD_AS = featuresOfTwo((shape, change) => `pair ${shape} told as ${change}`);
const PAIR_ABOVE_ONE = features((shape) => `pair ${shape} above one`);

/** What all pairs of a shape have. */
export function addPairWay(isPercent: boolean, { change }: Cue, shape: Shape, add: Add): void {
  if (isPercent) add(PAIR_PERCENT(shape), 1);
  if (change !== null) add(PAIR_TOLD_AS(shape, change), 1);
}

/** What one of the two has. */
export function addPairTerm(near: Nearness, shape: Shape, add: Add): void {
  add(PAIR_NEAR(shape, near), 0.5);
}

export function addPair({ ledger, claim, compared }: AskedOf, candidate: Candidate, add: Add): void {
  const { terms, shape } = candidate;
  const [first, second] = [terms[0]?.value, terms[1]?.value];
  if (first === undefined || second === undefined) return;
  const { nearness, kinship } = ledger.relations;
  const [one, other] = [first.quantity.mention, second.quantity.mention];
  add(PAIR_APART(nearness(first.at, second.at)), 1);
  if (one.kind === other.kind) add(PAIR_OF_KIND, 1);
  if (terms.length > 2) add(shape === "difference" ? PAIR_OF_SEVERAL : PAIR_OF_PRODUCTS, 1);
  if (compared !== null && shape !== "difference") add(keyOfCompared(candidate) === compared ? PAIR_OF_TOLD : PAIR_OF_UNTOLD, 1);
  add(PAIR_SUBJECT(kinship(first.at, second.at)), 1);
  const apart = Math.abs(first.at - second.at);
  add(PAIR_STANDS(apart === 1 ? "beside" : apart <= 3 ? "near" : "wide"), 1);
  const steps = Math.min(Math.abs(claim.at - first.at), Math.abs(claim.at - second.at));
  add(PAIR_STEPS(steps <= 1 ? "one" : steps <= 3 ? "few" : "many"), 1);
  if (one.unit !== other.unit) add(PAIR_OF_UNITS, 1);
  if (one.cell !== null && other.cell !== null && one.cell.column !== other.cell.column) add(PAIR_OF_COLUMNS, 1);
  if (first.log > second.log) add(PAIR_ABOVE_ONE(shape), 1);
}
