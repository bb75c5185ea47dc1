import type { Catalog } from "../model/catalog.ts";
import { headLength } from "../model/head-length.ts";
import { isReplaced } from "../model/mention.ts";
import { type DimensionTable, dimensionTable, type Kept } from "./dimension-table.ts";
import { Pairs } from "./pairs.ts";
import type { Ranked, Reach } from "./products.ts";
import { type Relations, relationsOf } from "./relations.ts";
import { type StructureNode, structuresOf } from "./structure.ts";
import { type Grid, gridOf } from "./sums.ts";
import type { Place } from "./surroundings.ts";
import { hasNodes, type TypedValue, typedValues } from "./typed-value.ts";

/** All typed values of a document, put in order for the search. */
export interface Ledger {
  readonly places: readonly Place[];
  readonly relations: Relations;
  readonly byPlace: readonly (readonly TypedValue[])[];
  /** By dimension, in reading order. */
  readonly byKey: ReadonlyMap<string, readonly TypedValue[]>;
  /** By block, in reading order. */
  readonly byBlock: ReadonlyMap<number, readonly TypedValue[]>;
  readonly grid: Grid;
  readonly pairs: Pairs;
  readonly table: DimensionTable;
  readonly structureOf: (result: Kept) => StructureNode;
  /** A peak is stated: more than one rate of one accelerator. */
  readonly isPeakStated: boolean;
  /** The one product that the document names beside figures; null where there are several. */
  readonly onlyHardware: string | null;
  /** How many models the figures around one are told to be of: one, a few, many. */
  readonly models: (at: number) => string;
  /** How many figures stand around one, itself among them. */
  readonly company: (at: number) => number;
  /** Whether one figure is as far along in its series as another in its own, which is as long; null where they are in no such series. */
  readonly steps: (left: number, right: number) => boolean | null;
  /** Figures of the same dimension as one that could stand in its place, itself among them. */
  readonly rivals: (value: TypedValue) => readonly TypedValue[];
  /** Whether another figure of the dimension of one stands between two, or nearer to the other. */
  readonly isCrossed: (first: TypedValue, second: TypedValue) => boolean;
  /** The values of each dimension that are nearest to a figure. */
  readonly ranked: (at: number, key: string) => readonly Ranked[];
}

export function ledgerOf(catalog: Catalog, text: string, places: readonly Place[]): Ledger {
  const company = {
    hasEpochs: places.some(({ mention }) => mention.kind === "epochs"),
    countsNodes: places.some(({ mention }) => mention.kind === "nodes"),
    hasNodes: places.some(({ mention }) => mention.kind === "nodes") || hasNodes(text),
  };
  const table = dimensionTable();
  const byPlace = places.map(({ quantity }, at) => (isUsable(quantity.mention) ? typedValues(catalog, table, quantity, at, company) : []));
  const mentions = places.map(({ mention }) => mention);
  // What is taken back gives nothing.
  const all = byPlace.flatMap((values, at) => (mentions[at] !== undefined && isReplaced(mentions[at], mentions) ? [] : values));
  const byKey = Map.groupBy(all, ({ key }) => key);
  const relations = relationsOf(places);
  const rivals = rivalsOf(byKey);
  const surroundings = surroundingsOf(places);
  return {
    places,
    relations,
    pairs: new Pairs(),
    byPlace,
    byKey,
    byBlock: Map.groupBy(all, ({ quantity }) => quantity.mention.block),
    table,
    structureOf: structuresOf({ catalog, table, keys: [...new Set(all.map(({ kept }) => kept))] }),
    isPeakStated: places.some(
      ({ mention }) => mention.kind === "flop-rate" && mention.number.value > 0 && mention.text.toLowerCase().includes("peak"),
    ),
    onlyHardware: onlyOf(places),
    models: (at) => modelsOf(surroundings(at)),
    company: (at) => surroundings(at).length,
    steps: stepsOf(places),
    rivals,
    isCrossed: crossingsOf(rivals, relations),
    ranked: rankingOf(byKey, relations),
    grid: gridOf(all, places),
  };
}

function onlyOf(places: readonly Place[]): string | null {
  const names = new Set(places.flatMap(({ hardware }) => (hardware === "" ? [] : [hardware])));
  const [first] = names;
  return names.size === 1 && first !== undefined ? first : null;
}

/** A figure's place among those of its kind in its block. */
function stepsOf(places: readonly Place[]): Ledger["steps"] {
  const series = Map.groupBy(places.keys(), (at) => `${places[at]?.mention.block} ${places[at]?.mention.kind} ${places[at]?.mention.unit}`);
  const known = new Map<number, { readonly index: number; readonly length: number }>();
  for (const ats of series.values()) for (const [index, at] of ats.entries()) known.set(at, { index, length: ats.length });
  return (left, right) => {
    const [one, other] = [known.get(left), known.get(right)];
    if (one === undefined || other === undefined || Math.min(one.length, other.length) < 2) return null;
    if (one.length === other.length) return one.index === other.index;
    // The last of the longer series may be the total of the others.
    return Math.abs(one.length - other.length) === 1 && one.index === other.index ? true : null;
  };
}

/** How far around a figure others tell of its company: what a long document has elsewhere is none. Units: characters. */
const AROUND = 1500;

/** The figures around one, itself among them; those of the last one asked for are kept. */
function surroundingsOf(places: readonly Place[]): (at: number) => readonly Place[] {
  const startOf = (at: number): number => places[at]?.mention.span.start ?? 0;
  let [last, kept]: [number, readonly Place[]] = [-1, []];
  return (at) => {
    if (at === last) return kept;
    const start = startOf(at);
    let [from, to] = [at, at + 1];
    while (from > 0 && start - startOf(from - 1) <= AROUND) from -= 1;
    while (to < places.length && startOf(to) - start <= AROUND) to += 1;
    [last, kept] = [at, places.slice(from, to)];
    return kept;
  };
}

function modelsOf(places: readonly Place[]): string {
  const { size } = new Set(places.flatMap(({ subject }) => (subject === "" ? [] : [subject])));
  return size <= 1 ? "one" : size <= 3 ? "a few" : "many";
}

/** A vague number ("a few days") neither supports nor claims. */
function isUsable({ number }: Place["mention"]): boolean {
  return number.form !== "vague";
}

/** Figures of one dimension that are tried for a claim. */
const MOST_OF_A_KEY = 4;

const MOST_OF_A_WIDE_KEY = 12;
const MOST_NUMBERS = 8;

/** What is this much further than the nearest of its kind is not tried beside it. */
const FURTHER = 2.6;

/** Of very many figures of one dimension those around the claim are looked at. */
const MOST_LOOKED_AT = 28;

/** The figures of one dimension that are nearest to a claim, no more than are ranked. */
export function nearest(ledger: Ledger, claim: TypedValue, key: string, most: number): readonly TypedValue[] {
  return ledger
    .ranked(claim.at, key)
    .slice(0, most)
    .map(({ value }) => value);
}

/** Ranks what stands around a figure; all readings of one figure ask for the same. */
function rankingOf(byKey: ReadonlyMap<string, readonly TypedValue[]>, { distance }: Relations): Ledger["ranked"] {
  let last = -1;
  let kept = new Map<string, readonly Ranked[]>();
  return (at, key) => {
    if (at !== last) {
      last = at;
      kept = new Map();
    }
    const known = kept.get(key);
    if (known !== undefined) return known;
    const ranked: Ranked[] = [];
    for (const value of around(byKey.get(key) ?? [], at)) {
      if (value.at === at) continue;
      const far = distance(at, value.at) + (1 - value.weight);
      let place = ranked.length;
      while (place > 0 && (ranked[place - 1]?.distance ?? 0) > far) place -= 1;
      if (place >= MOST_OF_A_WIDE_KEY) continue;
      ranked.splice(place, 0, { value, distance: far });
      if (ranked.length > MOST_OF_A_WIDE_KEY) ranked.pop();
    }
    kept.set(key, ranked);
    return ranked;
  };
}

function around(all: readonly TypedValue[], at: number): readonly TypedValue[] {
  if (all.length <= MOST_LOOKED_AT) return all;
  const low = headLength(all, (value) => value.at < at);
  const from = Math.max(0, Math.min(low - MOST_LOOKED_AT / 2, all.length - MOST_LOOKED_AT));
  return all.slice(from, from + MOST_LOOKED_AT);
}

function rivalsOf(byKey: ReadonlyMap<string, readonly TypedValue[]>): Ledger["rivals"] {
  const known = new Map<TypedValue, readonly TypedValue[]>();
  return (value) => {
    let rivals = known.get(value);
    if (rivals === undefined) {
      rivals = around(byKey.get(value.key) ?? [], value.at);
      known.set(value, rivals);
    }
    return rivals;
  };
}

/** Pairs of figures that are kept: the claims around one have mostly the same, those far from it none. */
const MOST_CROSSINGS = 100_000;

/** Two figures are together in many candidates. */
function crossingsOf(rivals: Ledger["rivals"], { rank }: Relations): Ledger["isCrossed"] {
  const known = new Map<TypedValue, Map<TypedValue, boolean>>();
  let count = 0;
  const crosses = (first: TypedValue, second: TypedValue): boolean => {
    const [near, apart] = [rank(first.at, second.at), Math.abs(first.at - second.at)];
    const isNearer = (value: TypedValue, other: TypedValue): boolean =>
      rivals(value).some(
        ({ at, log }) =>
          at !== value.at && Math.abs(at - other.at) < apart && Math.abs(log - value.log) >= 0.01 && rank(at, other.at) <= near,
      );
    return isNearer(first, second) || isNearer(second, first);
  };
  return (first, second) => {
    let ofFirst = known.get(first);
    if (ofFirst === undefined) {
      ofFirst = new Map();
      known.set(first, ofFirst);
    }
    let isCrossed = ofFirst.get(second);
    if (isCrossed === undefined) {
      isCrossed = crosses(first, second);
      count += 1;
      if (count > MOST_CROSSINGS) {
        known.clear();
        count = 0;
      }
      ofFirst.set(second, isCrossed);
    }
    return isCrossed;
  };
}

/** `isWide` tries what stands far, too, as one would to excuse a figure. */
export function reachOf(ledger: Ledger, claim: TypedValue, isWide = false): Omit<Reach, "definitions"> {
  const holding = new Map<string, Ranked[]>();
  for (const key of ledger.byKey.keys()) {
    if (key === "") continue;
    const near = ledger.ranked(claim.at, key);
    const furthest = (near[0]?.distance ?? 0) + (isWide ? Infinity : FURTHER);
    const nearest = near.slice(0, isWide ? MOST_OF_A_WIDE_KEY : MOST_OF_A_KEY).filter(({ distance }) => distance <= furthest);
    // "32, 64 and 128 cards for three, five and eleven days": what stands in step is meant, whatever model it was taken to be of.
    const inStep = near.filter((each) => !nearest.includes(each) && ledger.steps(claim.at, each.value.at) === true);
    for (const each of [...nearest, ...inStep]) {
      for (const name in each.value.dimensions) {
        const known = holding.get(name);
        if (known === undefined) holding.set(name, [each]);
        else known.push(each);
      }
    }
  }
  for (const each of holding.values()) each.sort((left, right) => left.distance - right.distance);
  const numbers = ledger
    .ranked(claim.at, "")
    .slice(0, MOST_NUMBERS)
    .filter(({ value }) => NUMBERS.has(value.quantity.mention.kind));
  return { holding: (name) => holding.get(name) ?? NONE, numbers, table: ledger.table, structure: ledger.structureOf(claim.kept) };
}

const NONE: readonly Ranked[] = [];

const NUMBERS: ReadonlySet<string> = new Set(["pue", "mfu", "ratio"]);
