import type { Catalog } from "../model/catalog.ts";
import type { Candidate, Shape } from "./candidate.ts";
import type { Cue } from "./cues.ts";
import type { Ledger } from "./reach.ts";
import { equationOf } from "./signatures.ts";
import type { Support } from "./support.ts";
import { distanceOf, kinshipOf, NEARNESS, nearnessOf, type Place } from "./surroundings.ts";
import type { TypedValue } from "./typed-value.ts";

/** Features of a candidate or of no candidate at all, each with how often or how much. */
export type Features = ReadonlyMap<string, number>;

/** What is known of a claim before its candidates are looked at. */
export interface AskedOf {
  readonly catalog: Catalog;
  readonly ledger: Ledger;
  readonly claim: TypedValue;
  readonly place: Place;
  readonly cue: Cue;
}

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

/** What a candidate has of features; one may be told several times, and then counts as often. */
export function tellFeatures(asked: AskedOf, candidate: Candidate, support: Support, add: Add): void {
  const { shape, claim } = candidate;
  const group = GROUPS[shape];
  add(`shape ${shape}`);
  add(`${group} of ${claim.quantity.mention.kind}`);
  if (asked.cue.isTotal) add(`${group} told as total`);
  if (asked.cue.isOutcome) add(`${group} told as outcome`);
  if (asked.cue.isAside) add(`${group} told aside`);
  if (claim.quantity.mention.cell !== null) add(`${group} in table`);
  addWeights(candidate, add);
  const named = shape === "product" ? equationOf(asked.catalog, candidate) : null;
  const turn =
    shape !== "product"
      ? group
      : named === null
        ? "unnamed"
        : named.isForward
          ? named.equation.severityCap === "note"
            ? "estimate"
            : "equation"
          : "turned";
  add(turn);
  if (shape === "product") add(`${turn} of ${claim.quantity.mention.kind}`);
  addSupport(support, turn, add);
  switch (group) {
    case "product":
      addProduct(asked, candidate, add);
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

export function featuresOf(asked: AskedOf, candidate: Candidate, support: Support): Features {
  const features = new Map<string, number>();
  tellFeatures(asked, candidate, support, (name, amount = 1) => features.set(name, (features.get(name) ?? 0) + amount));
  return features;
}

function addSupport({ holds, fails }: Support, group: string, add: Add): void {
  if (holds === 0 && fails === 0) return;
  if (holds === 0) add(`${group} fails elsewhere`, Math.min(fails, 3));
  else if (holds >= 2 * fails) add(`${group} holds ${holds === 1 ? "once" : holds === 2 ? "twice" : "often"} elsewhere`);
  else add(`${group} holds here and there`);
}

export type Add = (name: string, amount?: number) => void;

function addWeights({ claim, terms }: Candidate, add: Add): void {
  const weights = [claim, ...terms.map(({ value }) => value)];
  add(
    "log weight",
    weights.reduce((sum, { weight }) => sum + Math.log(weight), 0),
  );
  const unscoped = weights.filter(({ isUnscoped }) => isUnscoped).length;
  if (unscoped > 0) add("unscoped", unscoped);
}

function addProduct(asked: AskedOf, candidate: Candidate, add: Add): void {
  const { terms, definitions, counts } = candidate;
  add(`product of ${terms.length}`);
  for (const { definition } of definitions) add(definition.source === null ? "by definition" : "by a fact");
  addCounts(asked, counts, terms, add);
  for (const term of terms) addTerm(asked, term.value, "", add);
  addOrder(asked, candidate, add);
  addUnused(asked, candidate, add);
  addSpread(asked, candidate, add);
  for (const { value } of terms) {
    if (value.quantity.mention.kind === "pue" || value.quantity.mention.kind === "mfu" || value.quantity.mention.kind === "ratio")
      add(`number ${value.quantity.mention.kind}`);
    if (value.quantity.mention.kind === asked.place.mention.kind) add("of its own kind");
  }
}

function addCounts({ place }: AskedOf, counts: Candidate["counts"], terms: Candidate["terms"], add: Add): void {
  if (counts.length === 0) return;
  add(`by ${counts.length} counts`);
  for (const { span, isOfRuns } of counts) {
    if (isOfRuns) add("count of runs");
    const { sentence } = place.mention;
    add(sentence.start <= span.start && span.end <= sentence.end ? "count in sentence" : "count elsewhere");
  }
  if (terms.some(({ value }) => value.isUnscoped)) add("count of what is told of one");
}

/** Where one term stands beside the claim. */
function addTerm({ ledger, place, claim }: AskedOf, value: TypedValue, prefix: string, add: Add): void {
  const other = ledger.places[value.at];
  if (other === undefined) return;
  const near = nearnessOf(place, other);
  add(`${prefix}near ${near}`);
  add(`${prefix}subject ${kinshipOf(place.subject, other.subject)}`);
  if (kinshipOf(place.hardware, other.hardware) === "other") add(`${prefix}other hardware`);
  if (place.role !== other.role) add(`${prefix}${place.role} from ${other.role}`);
  const own = distanceOf(place, other);
  let [nearer, equal] = [0, 0];
  const seen = new Set<number>();
  for (const rival of ledger.rivals(value, place)) {
    const rivalPlace = ledger.places[rival.at];
    if (rivalPlace === undefined || rival.at === claim.at || seen.has(rival.log) || Math.abs(rival.log - value.log) < 0.01) continue;
    seen.add(rival.log);
    const distance = distanceOf(place, rivalPlace);
    if (distance < own) nearer += 1;
    else if (distance < own + 1) equal += 1;
  }
  add(`${prefix}nearer ${Math.min(nearer, 3)}`);
  if (equal > 0) add(`${prefix}rival beside`);
  if (nearer + equal === 0 && seen.size === 0) add(`${prefix}only one`);
}

/** In running text a claim is told before or behind what it was worked out from, or among it. */
function addOrder({ ledger, place }: AskedOf, { terms }: Candidate, add: Add): void {
  const behind = terms.filter(({ value }) => {
    const other = ledger.places[value.at];
    if (other === undefined || other.mention.span.start <= place.mention.span.start) return false;
    const near = nearnessOf(place, other);
    return near !== "row" && near !== "other-row";
  }).length;
  if (behind > 0) add(behind === terms.length ? "all behind" : "some behind");
}

/** Kinds by which a product is usually multiplied where they are told beside it. */
const MULTIPLIERS: ReadonlySet<string> = new Set(["accelerators", "nodes", "epochs", "pue"]);

/** What stands with the claim and would multiply, but was left out. */
function addUnused({ ledger, place, claim }: AskedOf, { terms }: Candidate, add: Add): void {
  const used = new Set(terms.map(({ value }) => value.quantity.mention.kind));
  const unused = new Set<string>();
  // Accelerator-hours count the accelerators already.
  if (terms.some(({ value }) => "accelerator" in value.dimensions || "node" in value.dimensions))
    for (const kind of ["accelerators", "nodes"]) used.add(kind as "nodes");
  for (let at = Math.max(0, claim.at - NEIGHBORS); at <= claim.at + NEIGHBORS; at += 1) {
    const other = ledger.places[at];
    if (other === undefined || at === claim.at || !MULTIPLIERS.has(other.mention.kind) || used.has(other.mention.kind)) continue;
    const near = nearnessOf(place, other);
    if ((near === "sentence" || near === "row" || near === "block") && kinshipOf(place.subject, other.subject) !== "other")
      unused.add(other.mention.kind);
  }
  for (const kind of unused) add(`unused ${kind}`);
}

const NEIGHBORS = 6;

function addSpread({ ledger, place }: AskedOf, { terms }: Candidate, add: Add): void {
  let worst = 0;
  let other = 0;
  for (const { value } of terms) {
    const at = ledger.places[value.at];
    if (at === undefined) continue;
    worst = Math.max(worst, NEARNESS.indexOf(nearnessOf(place, at)));
    for (const { value: second } of terms) {
      const beside = ledger.places[second.at];
      if (beside !== undefined && second.at > value.at && kinshipOf(at.subject, beside.subject) === "other") other += 1;
    }
  }
  add(`furthest ${NEARNESS[worst]}`);
  if (other > 0) add("terms of two subjects");
}

function addSame(asked: AskedOf, { claim, terms }: Candidate, add: Add): void {
  const value = terms[0]?.value;
  const other = value === undefined ? undefined : asked.ledger.places[value.at];
  if (value === undefined || other === undefined) return;
  const isUnit = value.quantity.mention.unit !== claim.quantity.mention.unit || value.quantity.mention.noun !== claim.quantity.mention.noun;
  const kind = isUnit ? "other unit" : "one unit";
  const gap = Math.abs(value.at - claim.at) === 1 ? gapOf(value, claim) : Infinity;
  add(`same in ${kind}`);
  add(`same in ${kind}, ${nearnessOf(asked.place, other)}`);
  add(`same in ${kind}, gap ${gap <= 6 ? "least" : gap <= 15 ? "small" : "wide"}`);
  if (asked.cue.isAside) add(`same in ${kind}, aside`);
  if (asked.cue.isOutcome) add(`same in ${kind}, outcome`);
  if (value.at > claim.at) add("same behind");
  add(`same subject ${kinshipOf(asked.place.subject, other.subject)}`);
  if (asked.place.role !== other.role) add("same of other role");
}

function gapOf(left: TypedValue, right: TypedValue): number {
  const [first, second] = left.at < right.at ? [left, right] : [right, left];
  return second.quantity.mention.span.start - first.quantity.mention.span.end;
}

function addSum(asked: AskedOf, { terms, series, claim }: Candidate, add: Add): void {
  add(`sum ${series}`);
  if (asked.cue.isTotal) add(`sum ${series} told as total`);
  add(`sum of ${terms.length <= 4 ? terms.length : "more"}`);
  const places = terms.flatMap(({ value }) => asked.ledger.places[value.at] ?? []);
  const subjects = new Set(places.map(({ subject }) => subject));
  if (subjects.size === terms.length) add("sum of all subjects");
  else if (subjects.size > 1) add("sum of some subjects");
  if (places.some(({ subject }) => subject === asked.place.subject && subject !== "") && subjects.size > 1) add("sum with its own subject");
  if (new Set([claim, ...terms.map(({ value }) => value)].map(({ quantity }) => quantity.mention.unit)).size > 1) add("sum of units");
  if (places.every((place) => nearnessOf(place, asked.place) === "sentence")) add("sum in sentence");
  if (
    new Set(places.map(({ mention }) => mention.block)).size === places.length &&
    (series === "before" || series === "after" || series === "all")
  )
    add("sum of blocks");
  if (places.some((place) => place.role !== asked.place.role)) add("sum of roles");
  // A longer series of the same figures is there.
  const peers = asked.ledger.byKey.get(claim.key)?.length ?? 0;
  if (peers === terms.length + 1) add("sum of all there are");
  const values = terms.map(({ value }) => value.log);
  const most = Math.max(...values);
  if (claim.log < most - 1e-9) add("sum below a part");
}

function addPair(asked: AskedOf, { terms, shape }: Candidate, add: Add): void {
  const [first, second] = terms.map(({ value }) => value);
  if (first === undefined || second === undefined) return;
  const [one, other] = [asked.ledger.places[first.at], asked.ledger.places[second.at]];
  if (one === undefined || other === undefined) return;
  add(`pair ${shape} ${nearnessOf(asked.place, one)}`, 0.5);
  add(`pair ${shape} ${nearnessOf(asked.place, other)}`, 0.5);
  add(`pair apart ${nearnessOf(one, other)}`);
  if (one.mention.kind === other.mention.kind) add("pair of a kind");
  const kinship = kinshipOf(one.subject, other.subject);
  add(`pair subject ${kinship}`);
  const apart = Math.abs(first.at - second.at);
  add(apart === 1 ? "pair beside" : apart <= 3 ? "pair near" : "pair wide");
  const steps = Math.min(Math.abs(asked.claim.at - first.at), Math.abs(asked.claim.at - second.at));
  add(`pair steps ${steps <= 1 ? "one" : steps <= 3 ? "few" : "many"}`);
  if (first.quantity.mention.unit !== second.quantity.mention.unit) add("pair of units");
  if (one.mention.cell !== null && other.mention.cell !== null && one.mention.cell.column !== other.mention.cell.column)
    add("pair of columns");
  if (asked.place.mention.unit === "percent") add(`pair ${shape} percent`);
  if (asked.cue.change !== null) add(`pair ${shape} told as ${asked.cue.change}`);
  if (first.log > second.log) add(`pair ${shape} above one`);
}

/** Features of a claim that nothing in reach works out. */
export function featuresOfNone({ place, cue, claim }: AskedOf): Features {
  const features = new Map<string, number>();
  features.set(`none of ${place.mention.kind}`, 1);
  if (cue.isTotal) features.set("none told as total", 1);
  if (cue.isOutcome) features.set("none told as outcome", 1);
  if (cue.isAside) features.set("none told aside", 1);
  if (place.role !== "own") features.set(`none ${place.role}`, 1);
  if (place.mention.cell !== null) features.set("none in table", 1);
  if (claim.quantity.mention.per !== null) features.set("none of a part", 1);
  return features;
}
