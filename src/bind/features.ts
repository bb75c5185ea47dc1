import { type MentionKind, SUPERSEDED } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { type Add, type AskedOf, furthestOf, type Listener, type Multiplier, type Way } from "./asked-of.ts";
import type { Candidate, Shape, Term } from "./candidate.ts";
import { leavesOut } from "./counts.ts";
import { feature, features, featuresOfTwo, nameOf } from "./feature-names.ts";
import { COUNTS, isBound } from "./print.ts";
import type { Ledger } from "./reach.ts";
import { addPair, addPairTerm, addPairWay, addSame, addStagesOf, addSum } from "./shape-features.ts";
import { equationOf } from "./signatures.ts";
import type { Support } from "./support.ts";
import { NEARNESS } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** Features of a candidate or of no candidate at all, each with how often or how much. */
export type Features = ReadonlyMap<string, number>;

const SHAPE = features((shape) => `shape ${shape}`);
const OF_KIND = featuresOfTwo((group, kind) => `${group} of ${kind}`);
const TOLD_AS_TOTAL = features((group) => `${group} told as total`);
const TOTAL_OF_PEERS = features((group) => `${group} told as total beside others`);
const TOLD_AS_OUTCOME = features((group) => `${group} told as outcome`);
const TOLD_ASIDE = features((group) => `${group} told aside`);
const TOLD_AS_REST = features((shape) => `${shape} told as rest`);
const IN_TABLE = features((group) => `${group} in table`);
const TURN = features((turn) => turn);

/** What a candidate has of features; one may be told several times, and then counts as often. */
export function tellFeatures(asked: AskedOf, candidate: Candidate, support: Support, listener: Listener): void {
  const { add } = listener;
  const way = wayOf(candidate);
  listener.addOfWay(asked, way, addWay);
  addWeights(candidate, add);
  addSupport(support, way.turn, add);
  for (const term of candidate.terms) listener.addOfTerm(asked, way, term, addTerm);
  switch (way.group) {
    case "product":
      addProduct(asked, candidate, way, add);
      break;
    case "same":
      addSame(asked, candidate, add);
      break;
    case "stages":
      addStagesOf(asked, candidate, add);
      break;
    case "sum":
      addSum(asked, candidate, add);
      break;
    default:
      addPair(asked, candidate, add);
  }
}

const WAYS_OF_PRODUCTS = ["unnamed", "turned", "estimate", "equation"] as const;

const GROUPS: Readonly<Record<Exclude<Shape, "product">, string>> = {
  stages: "stages",
  same: "same",
  sum: "sum",
  difference: "pair",
  ratio: "pair",
  less: "pair",
  more: "pair",
  share: "pair",
};

const PRODUCTS = Object.fromEntries(
  WAYS_OF_PRODUCTS.map((turn, index): [string, Way] => [turn, { shape: "product", group: "product", turn, index }]),
) as Readonly<Record<(typeof WAYS_OF_PRODUCTS)[number], Way>>;

const OTHERS = Object.fromEntries(
  Object.entries(GROUPS).map(([shape, group], index): [string, Way] => [
    shape,
    { shape: shape as Shape, group, turn: group, index: WAYS_OF_PRODUCTS.length + index },
  ]),
) as Readonly<Record<Exclude<Shape, "product">, Way>>;

function wayOf(candidate: Candidate): Way {
  if (candidate.shape !== "product") return OTHERS[candidate.shape];
  const named = equationOf(candidate);
  if (named === null) return PRODUCTS.unnamed;
  if (!named.isForward) return PRODUCTS.turned;
  return named.equation.severityCap === "note" ? PRODUCTS.estimate : PRODUCTS.equation;
}

/** What all candidates of a way have: how the claim is told, and how it is printed, which says whether it was worked out: "368,640" was, "over a million" may be anything. */
function addWay({ cue, place, ledger, print, hasPeers, claim: { at } }: AskedOf, { shape, group, turn }: Way, add: Add): void {
  const { kind, cell, unit } = place.mention;
  add(SHAPE(shape), 1);
  add(OF_KIND(group, kind), 1);
  if (cue.isTotal) {
    add(TOLD_AS_TOTAL(group), 1);
    if (hasPeers) add(TOTAL_OF_PEERS(group), 1);
  }
  if (cue.isOutcome) add(TOLD_AS_OUTCOME(group), 1);
  if (cue.isAside) add(TOLD_ASIDE(group), 1);
  if (cue.isRest) add(TOLD_AS_REST(shape), 1);
  if (cell !== null) add(IN_TABLE(group), 1);
  add(TURN(turn), 1);
  if (shape === "product") add(OF_KIND(turn, kind), 1);
  add(AMONG_MODELS(turn, ledger.models(at)), 1);
  add(CLAIM_DIGITS(turn, print.digits), 1);
  if (print.hedge !== null) add(CLAIM_HEDGED(turn, print.hedge), 1);
  if (group === "pair") addPairWay(unit === "percent", cue, shape, add);
}

export function featuresOf(asked: AskedOf, candidate: Candidate, support: Support): Features {
  return listed((listener) => tellFeatures(asked, candidate, support, listener));
}

/** What is told, by name. */
function listed(tell: (listener: Listener) => void): Features {
  const told = new Map<string, number>();
  const add: Add = (number, amount) => told.set(nameOf(number), (told.get(nameOf(number)) ?? 0) + amount);
  const listener: Listener = {
    add,
    addOfWay: (asked, way, tellOf) => tellOf(asked, way, add),
    addOfTerm: (asked, way, term, tellOf) => tellOf(asked, way, term, listener),
    addOf: (asked, value, tellOf) => tellOf(asked, value, add),
  };
  tell(listener);
  return told;
}

const FAILS = features((group) => `${group} fails elsewhere`);
const HOLDS = featuresOfTwo((group, often) => `${group} holds ${often} elsewhere`);
const HOLDS_PARTLY = features((group) => `${group} holds here and there`);
const NEVER_FAILS = features((group) => `${group} never fails elsewhere`);
const OUTDONE = features((group) => `${group} holds less often than another`);

function addSupport({ holds, fails, isOutdone, isKept }: Support, group: string, add: Add): void {
  if (isOutdone) add(OUTDONE(group), 1);
  if (isKept) add(NEVER_FAILS(group), 1);
  if (holds === 0 && fails === 0) return;
  if (holds === 0) add(FAILS(group), Math.min(fails, 3));
  else if (holds >= 2 * fails) add(HOLDS(group, holds === 1 ? "once" : holds === 2 ? "twice" : "often"), 1);
  else add(HOLDS_PARTLY(group), 1);
}

const LOG_WEIGHT = feature("log weight");
const UNSCOPED = feature("unscoped");

const CLAIM_TAKEN_FOR = features((what) => `claim taken for that of ${what}`);
const TERM_TAKEN_FOR = features((what) => `taken for that of ${what}`);

function addWeights({ claim, terms, shape }: Candidate, add: Add): void {
  const isOfKinds = shape === "product" || shape === "stages";
  let sum = logOf(claim.weight);
  let unscoped = Number(claim.isUnscoped);
  for (const { value } of terms) {
    // Figures of one kind are all read in one way.
    sum = isOfKinds ? sum + logOf(value.weight) : Math.min(sum, logOf(value.weight));
    if (value.isUnscoped) unscoped += 1;
  }
  add(LOG_WEIGHT, sum);
  if (claim.takenFor !== null) add(CLAIM_TAKEN_FOR(claim.takenFor), 1);
  // All parts of a sum are taken for the same.
  for (let index = 0; index < terms.length; index += 1) {
    const taken = terms[index]?.value.takenFor ?? null;
    if (taken !== null && terms.findIndex(({ value }) => value.takenFor === taken) === index) add(TERM_TAKEN_FOR(taken), 1);
  }
  if (unscoped > 0) add(UNSCOPED, unscoped);
}

function logOf(weight: number): number {
  return weight === 1 ? 0 : Math.log(weight);
}

const AMONG_MODELS = featuresOfTwo((turn, models) => `${turn} among ${models} models`);
const CLAIM_DIGITS = featuresOfTwo((turn, digits) => `${turn} of ${digits} digits`);
const CLAIM_HEDGED = featuresOfTwo((turn, hedge) => `${turn} of what is ${hedge}`);
const TERM_BOUND = features((turn) => `${turn} from a bound`);

const STAGES = featuresOfTwo((turn, stages) => `${turn} ${stages}`);

/** What a figure has in all candidates of a way. */
function addTerm(asked: AskedOf, { shape, group, turn }: Way, { value, sign }: Term, { add, addOf }: Listener): void {
  const { ledger, place, claim, cues } = asked;
  if (isBound(value)) add(TERM_BOUND(turn), 1);
  // Figures of one stage of training are not worked out from those of another.
  const own = place.mention.stage;
  const other = ledger.places[value.at]?.mention.stage ?? null;
  if (other !== own) {
    const stages = own === "all" || other === "all" ? "all from part" : own === null || other === null ? "stage untold" : "other stage";
    add(STAGES(turn, stages), 1);
  }
  if (group === "pair") addPairTerm(ledger.relations.nearness(claim.at, value.at), shape, add);
  if (group !== "product") return;
  addOf(asked, value, addFigure);
  const { kind, qualifiers } = value.quantity.mention;
  if (qualifiers.includes(SUPERSEDED)) add(TERM_SUPERSEDED, 1);
  if (kind === "power" && qualifiers.includes("design") && ledger.rivals(value).some(isMeasured)) add(TERM_OF_DESIGN, 1);
  if (isNumber(kind)) add(NUMBER(value.change ?? kind), 1);
  if (kind === "ratio") add(CHANGED_AS(value.change ?? "part", cues[value.at]?.change ?? "nothing"), 1);
  if (kind === place.mention.kind) add(OF_OWN_KIND, 1);
  if (sign > 0 && kind === "energy" && value.at !== claim.at && asked.known.holdsPue(value.at)) add(HOLDS_PUE, 1);
}

const TERM_SUPERSEDED = feature("from what is superseded");
const TERM_OF_DESIGN = feature("from a limit beside what was measured");

function isMeasured({ quantity }: TypedValue): boolean {
  return quantity.mention.qualifiers.includes("measured");
}

function isNumber(kind: MentionKind): boolean {
  return kind === "pue" || kind === "mfu" || kind === "ratio";
}

const PRODUCT_OF = features((count) => `product of ${count}`);
const BY_DEFINITION = feature("by definition");
const BY_FACT = feature("by a fact");
const NUMBER = features((kind) => `number ${kind}`);
const NUMBER_SIDE = featuresOfTwo((side, place) => `${side} ${place} of what it is worked out from`);
const CHANGED_AS = featuresOfTwo((change, cue) => `number ${change} told as ${cue}`);
const OF_OWN_KIND = feature("of its own kind");

function addProduct(asked: AskedOf, candidate: Candidate, way: Way, add: Add): void {
  const { terms, definitions, counts } = candidate;
  add(PRODUCT_OF(COUNTS[terms.length] ?? ""), 1);
  for (const { definition } of definitions) add(definition.source === null ? BY_DEFINITION : BY_FACT, 1);
  if (counts.length > 0) addCounts(asked, counts, terms, add);
  if (asked.counts.length > 0 && leavesOut(asked, candidate)) add(COUNT_OF_ALL_LEFT_OUT, 1);
  addOrder(asked, candidate, add);
  addUnused(asked, candidate, add);
  const furthest = NEARNESS[furthestOf(asked, candidate)] ?? "";
  add(FURTHEST(furthest), 1);
  addChoice(asked, candidate, way, furthest, add);
  addCompany(asked, candidate, add);
  addSides(asked, candidate, add);
}

const HOLDS_PUE = feature("what holds the pue");
const LACKS_PUE = feature("what lacks the pue beside what holds it");

/** Which way numbers are applied, and whether an energy that was worked out with the PUE holds it. */
function addSides({ claim, known }: AskedOf, { terms }: Candidate, add: Add): void {
  for (const { value, sign } of terms) {
    const { kind } = value.quantity.mention;
    if (isNumber(kind)) {
      add(NUMBER_SIDE(sign > 0 ? `times ${kind}` : `over ${kind}`, isAnyAhead(terms, claim) ? "ahead" : "behind"), 1);
    }
    if (kind !== "energy" || sign < 0 || value.at === claim.at || known.holdsPue(value.at) || !known.isBesideWithPue(value.at)) continue;
    if (!terms.some((term) => term.sign > 0 && term.value.quantity.mention.kind === "pue")) add(LACKS_PUE, 1);
  }
}

function isAnyAhead(terms: Candidate["terms"], claim: TypedValue): boolean {
  return terms.some(({ value: { at } }) => at > claim.at);
}

const BY_COUNTS = features((count) => `by ${count} counts`);
const COUNT_IN_ROW = feature("count in row");
const COUNT_IN_SENTENCE = feature("count in sentence");
const COUNT_ELSEWHERE = feature("count elsewhere");
const COUNT_LEFT_OUT = feature("count beside another left out");
const COUNT_OF_ONE = feature("count of what is told of one");
const COUNTS_TOLD = features((how) => `by counts ${how}`);
const COUNT_TOLD = features((told) => `count of ${told} told with the claim`);
const COUNT_OF_ALL_LEFT_OUT = feature("count of all told with the claim left out");
const COUNTS_OF = features((kind) => `counts of ${kind}`);

/** Characters between numbers that are multiplied together: "3 variants x 4 seeds". */
const TOGETHER_WITHIN = 80;

function addCounts({ place, cue, counts: near, parts }: AskedOf, counts: Candidate["counts"], terms: Candidate["terms"], add: Add): void {
  add(BY_COUNTS(COUNTS[counts.length] ?? ""), 1);
  add(COUNTS_TOLD(cue.isTotal ? "in a total" : "in no total"), 1);
  for (const { span, row } of counts) {
    const { sentence } = place.mention;
    if (row !== null) add(COUNT_IN_ROW, 1);
    else add(sentence.start <= span.start && span.end <= sentence.end ? COUNT_IN_SENTENCE : COUNT_ELSEWHERE, 1);
  }
  const isBeside = (one: Span): boolean => counts.some(({ span }) => Math.abs(span.start - one.start) < TOGETHER_WITHIN);
  if (near.some((count) => !counts.includes(count) && isBeside(count.span))) add(COUNT_LEFT_OUT, 1);
  if (terms.some(({ value }) => value.isUnscoped)) add(COUNT_OF_ONE, 1);
  add(COUNTS_OF(place.mention.kind), 1);
  for (const { part } of counts) {
    const told = part === null ? undefined : parts.get(part);
    if (told !== undefined) add(COUNT_TOLD(told), 1);
  }
}

const NEAR = features((near) => `near ${near}`);
const SUBJECT = features((kinship) => `subject ${kinship}`);
const OTHER_HARDWARE = feature("other hardware");
const FROM_ROLE = featuresOfTwo((own, other) => `${own} from ${other}`);
const NEARER = features((count) => `nearer ${count}`);
const RIVAL_BESIDE = feature("rival beside");
const ONLY_ONE = feature("only one");
const IN_STEP = feature("in step");
const OUT_OF_STEP = feature("out of step");
const PART_OF_WHOLE = feature("part of a whole");
const WHOLE_OF_PARTS = feature("whole of parts");
const TAKEN = feature("taken by another");
const LEFT_FREE = feature("left free by others");
const CROSSED = feature("terms crossed");
const TOGETHER = feature("terms together");

/** Where one figure stands beside the claim. */
function addFigure({ ledger, place, claim, taken, known }: AskedOf, value: TypedValue, add: Add): void {
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
  if (seen.length > 0) {
    const step = ledger.steps(claim.at, value.at);
    if (step !== null) add(step ? IN_STEP : OUT_OF_STEP, 1);
    if (taken.has(value.at)) add(TAKEN, 1);
    else if (ledger.rivals(value).some(({ at }) => taken.has(at))) add(LEFT_FREE, 1);
  }
  add(NEARER(COUNTS[Math.min(nearer, 3)] ?? ""), 1);
  if (equal > 0) add(RIVAL_BESIDE, 1);
  if (known.isPart(value.at, claim.at)) add(PART_OF_WHOLE, 1);
  if (known.isWhole(value.at, claim.at)) add(WHOLE_OF_PARTS, 1);
  if (seen.length === 0) add(ONLY_ONE, 1);
}

const ALL_BEHIND = feature("all behind");
const SOME_BEHIND = feature("some behind");
const BEHIND_OF_KIND = featuresOfTwo((behind, kind) => `${behind} a claim of ${kind}`);

/** In running text a claim is told before or behind what it was worked out from, or among it. */
function addOrder({ ledger, claim, place }: AskedOf, { terms }: Candidate, add: Add): void {
  let behind = 0;
  for (const { value } of terms) {
    const near = ledger.relations.nearness(claim.at, value.at);
    if (value.at > claim.at && near !== "row" && near !== "other-row") behind += 1;
  }
  if (behind === 0) return;
  const areAll = behind === terms.length;
  add(areAll ? ALL_BEHIND : SOME_BEHIND, 1);
  add(BEHIND_OF_KIND(areAll ? "all behind" : "some behind", place.mention.kind), 1);
}

const FIRST_CHOICE = features((turn) => `${turn} of the nearest`);
const FIRST_CHOICE_WITHIN = featuresOfTwo((turn, near) => `${turn} of the nearest, ${near}`);

/** Whether every figure is the nearest of its kind, and of no other model: together that says more than each by itself. */
function addChoice(asked: AskedOf, candidate: Candidate, { turn }: Way, furthest: string, add: Add): void {
  for (const { value } of candidate.terms) if (!isChoice(asked, value)) return;
  add(FIRST_CHOICE(turn), 1);
  add(FIRST_CHOICE_WITHIN(turn, furthest), 1);
}

function isChoice(asked: AskedOf, value: TypedValue): boolean {
  const known = asked.choices.get(value);
  if (known !== undefined) return known;
  const choice = isNearest(asked, value);
  asked.choices.set(value, choice);
  return choice;
}

function isNearest({ ledger, claim }: AskedOf, value: TypedValue): boolean {
  const { relations } = ledger;
  const own = relations.distance(claim.at, value.at);
  return (
    relations.kinship(claim.at, value.at) !== "other" &&
    ledger
      .rivals(value)
      .every(
        ({ at, log }) => at === value.at || at === claim.at || Math.abs(log - value.log) < 0.01 || relations.distance(claim.at, at) >= own,
      )
  );
}

/** Kinds by which a product is usually multiplied where they are told beside it. */
const MULTIPLIERS: ReadonlySet<string> = new Set(["accelerators", "nodes", "epochs", "pue", "mfu"]);

const NEIGHBORS = 6;

/** What stands with a claim and would multiply, the nearest of each kind. */
export function multipliersOf({ places, relations }: Ledger, claim: number): readonly Multiplier[] {
  const found: Multiplier[] = [];
  for (let step = 1; step <= NEIGHBORS; step += 1)
    for (const at of [claim - step, claim + step]) {
      const kind = places[at]?.mention.kind;
      if (kind === undefined || !MULTIPLIERS.has(kind) || found.some((one) => one.kind === kind)) continue;
      if (relations.isBeside(claim, at) && relations.kinship(claim, at) !== "other") found.push({ kind, isBehind: at > claim });
    }
  return found;
}

/** Whether others of the claim's dimension stand near that are not the same again: what is told in total may hold them. */
export function hasPeersNear({ ranked }: Ledger, claim: TypedValue): boolean {
  return (
    claim.key !== "" &&
    ranked(claim.at, claim.key).some(({ value, distance }) => distance < PEER_WITHIN && Math.abs(value.log - claim.log) > 0.01)
  );
}

/** Of distances as those of relations: what stands in the same part of the text. */
const PEER_WITHIN = 6;

const UNUSED = features((kind) => `unused ${kind}`);
const UNUSED_OF = featuresOfTwo((kind, of) => `unused ${kind} of ${of}`);
const UNUSED_TOLD = featuresOfTwo((kind, where) => `unused ${kind} told ${where}`);

/** What stands with the claim and would multiply, but was left out. */
function addUnused({ multipliers, cue, counts: near, place }: AskedOf, { terms, counts }: Candidate, add: Add): void {
  if (near.length > 0 && counts.length === 0) {
    add(UNUSED(cue.isTotal ? "runs in a total" : "runs"), 1);
    add(UNUSED(`runs of ${place.mention.kind}`), 1);
    if (terms.some(({ value }) => value.isUnscoped)) add(UNUSED("runs of what is told of one"), 1);
  }
  for (const { kind, isBehind } of multipliers) {
    const isCount = kind === "accelerators" || kind === "nodes";
    let isUsed = false;
    // Accelerator-hours count the accelerators already.
    for (const { value } of terms)
      if (value.quantity.mention.kind === kind || (isCount && ("accelerator" in value.dimensions || "node" in value.dimensions)))
        isUsed = true;
    if (isUsed) continue;
    add(UNUSED(kind), 1);
    add(UNUSED_OF(kind, place.mention.kind), 1);
    add(UNUSED_TOLD(kind, isBehind ? "behind" : "before"), 1);
    if (cue.isTotal) add(UNUSED_TOLD(kind, "in a total"), 1);
  }
}

const FURTHEST = features((near) => `furthest ${near}`);
const OF_TWO_SUBJECTS = feature("terms of two subjects");
const OF_TWO_PRODUCTS = feature("terms of two products");

/** Figures of one run are of one model and one product, and told beside each other. */
function addCompany({ ledger }: AskedOf, { terms }: Candidate, add: Add): void {
  const { kinship, hardwareKinship } = ledger.relations;
  let [isOfTwoSubjects, isOfTwoProducts] = [false, false];
  for (let index = 0; index < terms.length; index += 1) {
    const first = terms[index]?.value;
    for (let next = index + 1; next < terms.length; next += 1) {
      const second = terms[next]?.value;
      if (first === undefined || second === undefined) continue;
      if (first.at !== second.at) {
        isOfTwoSubjects ||= kinship(first.at, second.at) === "other";
        isOfTwoProducts ||= hardwareKinship(first.at, second.at) === "other";
      }
      add(ledger.isCrossed(first, second) ? CROSSED : TOGETHER, 1);
    }
  }
  if (isOfTwoSubjects) add(OF_TWO_SUBJECTS, 1);
  if (isOfTwoProducts) add(OF_TWO_PRODUCTS, 1);
}

const NONE_OF = features((kind) => `none of ${kind}`);
const NONE_AS_TOTAL = feature("none told as total");
const NONE_AS_OUTCOME = feature("none told as outcome");
const NONE_ASIDE = feature("none told aside");
const NONE_AS_REST = feature("none told as rest");
const NONE_ROLE = features((role) => `none ${role}`);
const NONE_IN_TABLE = feature("none in table");
const NONE_OF_PART = feature("none of a part");
const NONE_AMONG_MODELS = features((models) => `none among ${models} models`);
const NONE_DIGITS = features((digits) => `none of ${digits} digits`);
const NONE_HEDGED = features((hedge) => `none of what is ${hedge}`);
const NONE_STAGE = features((stage) => `none of stage ${stage}`);

/** Features of a claim that nothing in reach works out. */
export function tellNone({ ledger, place, cue, claim, print }: AskedOf, add: Add): void {
  add(NONE_OF(place.mention.kind), 1);
  if (cue.isTotal) add(NONE_AS_TOTAL, 1);
  if (cue.isOutcome) add(NONE_AS_OUTCOME, 1);
  if (cue.isAside) add(NONE_ASIDE, 1);
  if (cue.isRest) add(NONE_AS_REST, 1);
  if (place.role !== "own") add(NONE_ROLE(place.role), 1);
  if (place.mention.cell !== null) add(NONE_IN_TABLE, 1);
  if (claim.quantity.mention.per !== null) add(NONE_OF_PART, 1);
  add(NONE_AMONG_MODELS(ledger.models(claim.at)), 1);
  add(NONE_DIGITS(print.digits), 1);
  if (print.hedge !== null) add(NONE_HEDGED(print.hedge), 1);
  if (place.mention.stage !== null) add(NONE_STAGE(place.mention.stage), 1);
}

export function featuresOfNone(asked: AskedOf): Features {
  return listed(({ add }) => tellNone(asked, add));
}
