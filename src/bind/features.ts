import type { MentionKind } from "../model/mention.ts";
import type { Candidate, Shape } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import { type Feature, feature, features, featuresOfTwo, nameOf } from "./feature-names.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import type { Support } from "./support.ts";
import { NEARNESS, type Place } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** Features of a candidate or of no candidate at all, each with how often or how much. */
export type Features = ReadonlyMap<string, number>;

/** What is known of a claim before its candidates are looked at. */
export interface AskedOf {
  readonly ledger: Ledger;
  readonly claim: TypedValue;
  readonly place: Place;
  readonly cue: Cue;
  /** Kinds that would multiply and are told beside it. */
  readonly multipliers: readonly MentionKind[];
}

/** Takes what is told of a candidate. */
export interface Listener {
  readonly add: (feature: Feature, amount: number) => void;
  /** What is told of a figure beside a claim, whichever candidate it is in. */
  readonly addOf: (asked: AskedOf, value: TypedValue, tell: (asked: AskedOf, value: TypedValue, add: Add) => void) => void;
}

export type Add = (feature: Feature, amount: number) => void;

const GROUPS: Readonly<Record<Shape, string>> = {
  product: "product",
  same: "same",
  sum: "sum",
  difference: "pair",
  ratio: "pair",
  less: "pair",
  more: "pair",
  share: "pair",
};

const SHAPE = features((shape) => `shape ${shape}`);
const OF_KIND = featuresOfTwo((group, kind) => `${group} of ${kind}`);
const TOLD_AS_TOTAL = features((group) => `${group} told as total`);
const TOLD_AS_OUTCOME = features((group) => `${group} told as outcome`);
const TOLD_ASIDE = features((group) => `${group} told aside`);
const IN_TABLE = features((group) => `${group} in table`);
const TURN = features((turn) => turn);

/** What a candidate has of features; one may be told several times, and then counts as often. */
export function tellFeatures(asked: AskedOf, candidate: Candidate, support: Support, listener: Listener): void {
  const { shape, claim } = candidate;
  const { add } = listener;
  const group = GROUPS[shape];
  add(SHAPE(shape), 1);
  add(OF_KIND(group, claim.quantity.mention.kind), 1);
  if (asked.cue.isTotal) add(TOLD_AS_TOTAL(group), 1);
  if (asked.cue.isOutcome) add(TOLD_AS_OUTCOME(group), 1);
  if (asked.cue.isAside) add(TOLD_ASIDE(group), 1);
  if (claim.quantity.mention.cell !== null) add(IN_TABLE(group), 1);
  addWeights(candidate, add);
  const turn = shape === "product" ? turnOf(candidate) : group;
  add(TURN(turn), 1);
  if (shape === "product") add(OF_KIND(turn, claim.quantity.mention.kind), 1);
  addSupport(support, turn, add);
  switch (group) {
    case "product":
      addProduct(asked, candidate, listener);
      break;
    case "same":
      addSame(asked, candidate, add);
      break;
    case "sum":
      addSum(asked, candidate, add);
      break;
    default:
      addPair(asked, candidate, add);
  }
}

function turnOf(candidate: Candidate): string {
  const named = equationOf(candidate);
  if (named === null) return "unnamed";
  if (!named.isForward) return "turned";
  return named.equation.severityCap === "note" ? "estimate" : "equation";
}

export function featuresOf(asked: AskedOf, candidate: Candidate, support: Support): Features {
  return listed((listener) => tellFeatures(asked, candidate, support, listener));
}

/** What is told, by name. */
function listed(tell: (listener: Listener) => void): Features {
  const told = new Map<string, number>();
  const add: Add = (number, amount) => told.set(nameOf(number), (told.get(nameOf(number)) ?? 0) + amount);
  tell({ add, addOf: (asked, value, tellOf) => tellOf(asked, value, add) });
  return told;
}

const FAILS = features((group) => `${group} fails elsewhere`);
const HOLDS = featuresOfTwo((group, often) => `${group} holds ${often} elsewhere`);
const HOLDS_PARTLY = features((group) => `${group} holds here and there`);

function addSupport({ holds, fails }: Support, group: string, add: Add): void {
  if (holds === 0 && fails === 0) return;
  if (holds === 0) add(FAILS(group), Math.min(fails, 3));
  else if (holds >= 2 * fails) add(HOLDS(group, holds === 1 ? "once" : holds === 2 ? "twice" : "often"), 1);
  else add(HOLDS_PARTLY(group), 1);
}

const LOG_WEIGHT = feature("log weight");
const UNSCOPED = feature("unscoped");

function addWeights({ claim, terms }: Candidate, add: Add): void {
  let sum = logOf(claim.weight);
  let unscoped = Number(claim.isUnscoped);
  for (const { value } of terms) {
    sum += logOf(value.weight);
    if (value.isUnscoped) unscoped += 1;
  }
  add(LOG_WEIGHT, sum);
  if (unscoped > 0) add(UNSCOPED, unscoped);
}

function logOf(weight: number): number {
  return weight === 1 ? 0 : Math.log(weight);
}

const PRODUCT_OF = features((count) => `product of ${count}`);
const BY_DEFINITION = feature("by definition");
const BY_FACT = feature("by a fact");
const NUMBER = features((kind) => `number ${kind}`);
const OF_OWN_KIND = feature("of its own kind");

function addProduct(asked: AskedOf, candidate: Candidate, { add, addOf }: Listener): void {
  const { terms, definitions, counts } = candidate;
  add(PRODUCT_OF(COUNTS[terms.length] ?? ""), 1);
  for (const { definition } of definitions) add(definition.source === null ? BY_DEFINITION : BY_FACT, 1);
  addCounts(asked, counts, terms, add);
  for (const { value } of terms) addOf(asked, value, addTerm);
  addOrder(asked, candidate, add);
  addUnused(asked, candidate, add);
  const furthest = NEARNESS[furthestOf(asked, candidate)] ?? "";
  add(FURTHEST(furthest), 1);
  addChoice(asked, candidate, furthest, add);
  addSubjects(asked, candidate, add);
  for (const { value } of terms) {
    const { kind } = value.quantity.mention;
    if (kind === "pue" || kind === "mfu" || kind === "ratio") add(NUMBER(kind), 1);
    if (kind === asked.place.mention.kind) add(OF_OWN_KIND, 1);
  }
}

/** Small numbers as words. */
const COUNTS: readonly string[] = ["0", "1", "2", "3", "4", "5", "6"];

const BY_COUNTS = features((count) => `by ${count} counts`);
const COUNT_OF_RUNS = feature("count of runs");
const COUNT_IN_SENTENCE = feature("count in sentence");
const COUNT_ELSEWHERE = feature("count elsewhere");
const COUNT_OF_ONE = feature("count of what is told of one");

function addCounts({ place }: AskedOf, counts: Candidate["counts"], terms: Candidate["terms"], add: Add): void {
  if (counts.length === 0) return;
  add(BY_COUNTS(COUNTS[counts.length] ?? ""), 1);
  for (const { span, isOfRuns } of counts) {
    if (isOfRuns) add(COUNT_OF_RUNS, 1);
    const { sentence } = place.mention;
    add(sentence.start <= span.start && span.end <= sentence.end ? COUNT_IN_SENTENCE : COUNT_ELSEWHERE, 1);
  }
  if (terms.some(({ value }) => value.isUnscoped)) add(COUNT_OF_ONE, 1);
}

const NEAR = features((near) => `near ${near}`);
const SUBJECT = features((kinship) => `subject ${kinship}`);
const OTHER_HARDWARE = feature("other hardware");
const FROM_ROLE = featuresOfTwo((own, other) => `${own} from ${other}`);
const NEARER = features((count) => `nearer ${count}`);
const RIVAL_BESIDE = feature("rival beside");
const ONLY_ONE = feature("only one");

/** Where one term stands beside the claim. */
function addTerm({ ledger, place, claim }: AskedOf, value: TypedValue, add: Add): void {
  const other = ledger.places[value.at];
  if (other === undefined) return;
  const { relations } = ledger;
  const near = relations.nearness(claim.at, value.at);
  add(NEAR(near), 1);
  add(SUBJECT(relations.kinship(claim.at, value.at)), 1);
  if (relations.hardwareKinship(claim.at, value.at) === "other") add(OTHER_HARDWARE, 1);
  if (place.role !== other.role) add(FROM_ROLE(place.role, other.role), 1);
  const own = relations.distance(claim.at, value.at);
  let [nearer, equal] = [0, 0];
  const seen: number[] = [];
  for (const rival of ledger.rivals(value)) {
    if (rival.at === value.at || rival.at === claim.at || Math.abs(rival.log - value.log) < 0.01 || seen.includes(rival.log)) continue;
    seen.push(rival.log);
    const distance = relations.distance(claim.at, rival.at);
    if (distance < own) nearer += 1;
    else if (distance < own + 1) equal += 1;
  }
  add(NEARER(COUNTS[Math.min(nearer, 3)] ?? ""), 1);
  if (equal > 0) add(RIVAL_BESIDE, 1);
  if (seen.length === 0) add(ONLY_ONE, 1);
}

const ALL_BEHIND = feature("all behind");
const SOME_BEHIND = feature("some behind");

/** In running text a claim is told before or behind what it was worked out from, or among it. */
function addOrder({ ledger, claim }: AskedOf, { terms }: Candidate, add: Add): void {
  let behind = 0;
  for (const { value } of terms) {
    const near = ledger.relations.nearness(claim.at, value.at);
    if (value.at > claim.at && near !== "row" && near !== "other-row") behind += 1;
  }
  if (behind > 0) add(behind === terms.length ? ALL_BEHIND : SOME_BEHIND, 1);
}

const FIRST_CHOICE = features((turn) => `${turn} of the nearest`);
const FIRST_CHOICE_WITHIN = featuresOfTwo((turn, near) => `${turn} of the nearest, ${near}`);

/** Whether every figure is the nearest of its kind, and of no other model: together that says more than each by itself. */
function addChoice(asked: AskedOf, candidate: Candidate, furthest: string, add: Add): void {
  if (!candidate.terms.every(({ value }) => isChoice(asked, value))) return;
  const turn = turnOf(candidate);
  add(FIRST_CHOICE(turn), 1);
  add(FIRST_CHOICE_WITHIN(turn, furthest), 1);
}

/** A figure is in many candidates of one claim. */
const CHOICES = new WeakMap<TypedValue, Map<TypedValue, boolean>>();

function isChoice({ ledger, claim }: AskedOf, value: TypedValue): boolean {
  const known = CHOICES.get(claim) ?? new Map<TypedValue, boolean>();
  CHOICES.set(claim, known);
  let choice = known.get(value);
  if (choice === undefined) {
    const { relations } = ledger;
    const own = relations.distance(claim.at, value.at);
    choice =
      relations.kinship(claim.at, value.at) !== "other" &&
      ledger
        .rivals(value)
        .every(
          ({ at, log }) =>
            at === value.at || at === claim.at || Math.abs(log - value.log) < 0.01 || relations.distance(claim.at, at) >= own,
        );
    known.set(value, choice);
  }
  return choice;
}

/** Kinds by which a product is usually multiplied where they are told beside it. */
const MULTIPLIERS: ReadonlySet<string> = new Set(["accelerators", "nodes", "epochs", "pue"]);

const NEIGHBORS = 6;

/** The kinds that stand with a claim and would multiply. */
export function multipliersOf({ places, relations }: Ledger, claim: number): readonly MentionKind[] {
  const kinds: MentionKind[] = [];
  for (let at = Math.max(0, claim - NEIGHBORS); at <= claim + NEIGHBORS; at += 1) {
    const kind = places[at]?.mention.kind;
    if (kind === undefined || at === claim || !MULTIPLIERS.has(kind) || kinds.includes(kind)) continue;
    if (relations.isBeside(claim, at) && relations.kinship(claim, at) !== "other") kinds.push(kind);
  }
  return kinds;
}

const UNUSED = features((kind) => `unused ${kind}`);

/** What stands with the claim and would multiply, but was left out. */
function addUnused({ multipliers }: AskedOf, { terms }: Candidate, add: Add): void {
  for (const kind of multipliers) {
    const isCount = kind === "accelerators" || kind === "nodes";
    let isUsed = false;
    // Accelerator-hours count the accelerators already.
    for (const { value } of terms)
      if (value.quantity.mention.kind === kind || (isCount && ("accelerator" in value.dimensions || "node" in value.dimensions)))
        isUsed = true;
    if (!isUsed) add(UNUSED(kind), 1);
  }
}

const FURTHEST = features((near) => `furthest ${near}`);
const OF_TWO_SUBJECTS = feature("terms of two subjects");

function furthestOf({ ledger, claim }: AskedOf, { terms }: Candidate): number {
  let furthest = 0;
  for (const { value } of terms) furthest = Math.max(furthest, ledger.relations.rank(claim.at, value.at));
  return furthest;
}

function addSubjects({ ledger }: AskedOf, { terms }: Candidate, add: Add): void {
  for (const { value } of terms)
    for (const { value: second } of terms)
      if (second.at > value.at && ledger.relations.kinship(value.at, second.at) === "other") {
        add(OF_TWO_SUBJECTS, 1);
        return;
      }
}

const SAME_IN = features((kind) => `same in ${kind}`);
const SAME_NEAR = featuresOfTwo((kind, near) => `same in ${kind}, ${near}`);
const SAME_GAP = featuresOfTwo((kind, gap) => `same in ${kind}, gap ${gap}`);
const SAME_ASIDE = features((kind) => `same in ${kind}, aside`);
const SAME_OUTCOME = features((kind) => `same in ${kind}, outcome`);
const SAME_BEHIND = feature("same behind");
const SAME_SUBJECT = features((kinship) => `same subject ${kinship}`);
const SAME_OF_OTHER_ROLE = feature("same of other role");

function addSame({ ledger, place, cue }: AskedOf, { claim, terms }: Candidate, add: Add): void {
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

function addSum({ ledger, cue }: AskedOf, { parts, series, claim }: Candidate, add: Add): void {
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
}

const PAIR_NEAR = featuresOfTwo((shape, near) => `pair ${shape} ${near}`);
const PAIR_APART = features((near) => `pair apart ${near}`);
const PAIR_OF_KIND = feature("pair of a kind");
const PAIR_SUBJECT = features((kinship) => `pair subject ${kinship}`);
const PAIR_STANDS = features((apart) => `pair ${apart}`);
const PAIR_STEPS = features((steps) => `pair steps ${steps}`);
const PAIR_OF_UNITS = feature("pair of units");
const PAIR_OF_COLUMNS = feature("pair of columns");
const PAIR_PERCENT = features((shape) => `pair ${shape} percent`);
const PAIR_TOLD_AS = featuresOfTwo((shape, change) => `pair ${shape} told as ${change}`);
const PAIR_ABOVE_ONE = features((shape) => `pair ${shape} above one`);

function addPair({ ledger, claim, place, cue }: AskedOf, { terms, shape }: Candidate, add: Add): void {
  const [first, second] = [terms[0]?.value, terms[1]?.value];
  if (first === undefined || second === undefined) return;
  const { nearness, kinship } = ledger.relations;
  const [one, other] = [first.quantity.mention, second.quantity.mention];
  add(PAIR_NEAR(shape, nearness(claim.at, first.at)), 0.5);
  add(PAIR_NEAR(shape, nearness(claim.at, second.at)), 0.5);
  add(PAIR_APART(nearness(first.at, second.at)), 1);
  if (one.kind === other.kind) add(PAIR_OF_KIND, 1);
  add(PAIR_SUBJECT(kinship(first.at, second.at)), 1);
  const apart = Math.abs(first.at - second.at);
  add(PAIR_STANDS(apart === 1 ? "beside" : apart <= 3 ? "near" : "wide"), 1);
  const steps = Math.min(Math.abs(claim.at - first.at), Math.abs(claim.at - second.at));
  add(PAIR_STEPS(steps <= 1 ? "one" : steps <= 3 ? "few" : "many"), 1);
  if (one.unit !== other.unit) add(PAIR_OF_UNITS, 1);
  if (one.cell !== null && other.cell !== null && one.cell.column !== other.cell.column) add(PAIR_OF_COLUMNS, 1);
  if (place.mention.unit === "percent") add(PAIR_PERCENT(shape), 1);
  if (cue.change !== null) add(PAIR_TOLD_AS(shape, cue.change), 1);
  if (first.log > second.log) add(PAIR_ABOVE_ONE(shape), 1);
}

const NONE_OF = features((kind) => `none of ${kind}`);
const NONE_AS_TOTAL = feature("none told as total");
const NONE_AS_OUTCOME = feature("none told as outcome");
const NONE_ASIDE = feature("none told aside");
const NONE_ROLE = features((role) => `none ${role}`);
const NONE_IN_TABLE = feature("none in table");
const NONE_OF_PART = feature("none of a part");

/** Features of a claim that nothing in reach works out. */
export function tellNone({ place, cue, claim }: AskedOf, add: Add): void {
  add(NONE_OF(place.mention.kind), 1);
  if (cue.isTotal) add(NONE_AS_TOTAL, 1);
  if (cue.isOutcome) add(NONE_AS_OUTCOME, 1);
  if (cue.isAside) add(NONE_ASIDE, 1);
  if (place.role !== "own") add(NONE_ROLE(place.role), 1);
  if (place.mention.cell !== null) add(NONE_IN_TABLE, 1);
  if (claim.quantity.mention.per !== null) add(NONE_OF_PART, 1);
}

export function featuresOfNone(asked: AskedOf): Features {
  return listed(({ add }) => tellNone(asked, add));
}
