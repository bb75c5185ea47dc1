import type { Catalog } from "../model/catalog.ts";
import { headLength } from "../model/head-length.ts";
import { type DimensionTable, dimensionTable } from "./dimension-table.ts";
import type { Reach } from "./products.ts";
import type { Grid } from "./sums.ts";
import { distanceOf, type Place } from "./surroundings.ts";
import { hasNodes, type TypedValue, typedValues } from "./typed-value.ts";

/** All typed values of a document, put in order for the search. */
export interface Ledger {
  readonly places: readonly Place[];
  readonly byPlace: readonly (readonly TypedValue[])[];
  /** By dimension, in reading order. */
  readonly byKey: ReadonlyMap<string, readonly TypedValue[]>;
  readonly grid: Grid;
  readonly table: DimensionTable;
  /** A peak is stated: more than one rate of one accelerator. */
  readonly isPeakStated: boolean;
  /** The one product that the document names beside figures; null where there are several. */
  readonly onlyHardware: string | null;
  /** Figures of the same dimension as one that could stand in its place. */
  readonly rivals: (value: TypedValue, place: Place) => readonly TypedValue[];
}

export function ledgerOf(catalog: Catalog, text: string, places: readonly Place[]): Ledger {
  const company = {
    hasEpochs: places.some(({ mention }) => mention.kind === "epochs"),
    hasNodes: places.some(({ mention }) => mention.kind === "nodes") || hasNodes(text),
  };
  const byPlace = places.map(({ quantity }, at) => (isUsable(quantity.mention) ? typedValues(catalog, quantity, at, company) : []));
  const byKey = new Map<string, TypedValue[]>();
  const lines = new Map<string, TypedValue[]>();
  const push = (map: Map<string, TypedValue[]>, key: string, value: TypedValue): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [value]);
    else known.push(value);
  };
  for (const values of byPlace)
    for (const value of values) {
      push(byKey, value.key, value);
      const grid = places[value.at]?.grid ?? null;
      if (grid === null) continue;
      push(lines, `c${grid.table} ${grid.across}`, value);
      push(lines, `r${grid.table} ${grid.line}`, value);
    }
  return {
    places,
    byPlace,
    byKey,
    table: dimensionTable(),
    isPeakStated: places.some(({ mention }) => mention.kind === "flop-rate" && mention.number.value > 0 && /peak/i.test(mention.text)),
    onlyHardware: onlyOf(places),
    rivals: (value) => around(byKey.get(value.key) ?? [], value.at).filter((rival) => rival.at !== value.at),
    grid: {
      column: (table, column) => lines.get(`c${table} ${column}`) ?? [],
      row: (table, row) => lines.get(`r${table} ${row}`) ?? [],
    },
  };
}

function onlyOf(places: readonly Place[]): string | null {
  const names = new Set(places.flatMap(({ hardware }) => (hardware === "" ? [] : [hardware])));
  const [first] = names;
  return names.size === 1 && first !== undefined ? first : null;
}

/** A vague number ("a few days") neither supports nor claims. */
function isUsable({ number }: Place["mention"]): boolean {
  return number.form !== "vague";
}

/** Figures of one dimension that are tried for a claim. */
const MOST_OF_A_KEY = 4;

const MOST_OF_A_WIDE_KEY = 12;

/** What is this much further than the nearest of its kind is not tried beside it. */
const FURTHER = 2.6;

/** Of very many figures of one dimension those around the claim are looked at. */
const MOST_LOOKED_AT = 28;

/** The figures of one dimension that are nearest to a claim. */
export function nearest(ledger: Ledger, claim: TypedValue, key: string, most: number): readonly TypedValue[] {
  return ranked(ledger, claim, key)
    .slice(0, most)
    .map(({ value }) => value);
}

interface Ranked {
  readonly value: TypedValue;
  readonly distance: number;
}

function ranked(ledger: Ledger, claim: TypedValue, key: string): readonly Ranked[] {
  const place = ledger.places[claim.at];
  if (place === undefined) return [];
  return around(ledger.byKey.get(key) ?? [], claim.at)
    .filter((value) => value.at !== claim.at)
    .map((value) => ({ value, distance: distanceTo(ledger, place, value) }))
    .sort((left, right) => left.distance - right.distance);
}

function distanceTo(ledger: Ledger, place: Place, value: TypedValue): number {
  const other = ledger.places[value.at];
  return other === undefined ? Infinity : distanceOf(place, other) + (1 - value.weight);
}

function around(all: readonly TypedValue[], at: number): readonly TypedValue[] {
  if (all.length <= MOST_LOOKED_AT) return all;
  const low = headLength(all, (value) => value.at < at);
  const from = Math.max(0, Math.min(low - MOST_LOOKED_AT / 2, all.length - MOST_LOOKED_AT));
  return all.slice(from, from + MOST_LOOKED_AT);
}

/** `isWide` tries what stands far, too, as one would to excuse a figure. */
export function reachOf(ledger: Ledger, claim: TypedValue, isWide = false): Omit<Reach, "definitions"> {
  const holding = new Map<string, Ranked[]>();
  for (const key of ledger.byKey.keys()) {
    if (key === "") continue;
    const near = ranked(ledger, claim, key);
    const furthest = (near[0]?.distance ?? 0) + (isWide ? Infinity : FURTHER);
    for (const each of near.slice(0, isWide ? MOST_OF_A_WIDE_KEY : MOST_OF_A_KEY)) {
      if (each.distance > furthest) break;
      for (const name of Object.keys(each.value.dimensions)) {
        const known = holding.get(name);
        if (known === undefined) holding.set(name, [each]);
        else known.push(each);
      }
    }
  }
  for (const each of holding.values()) each.sort((left, right) => left.distance - right.distance);
  const numbers = nearest(ledger, claim, "", MOST_OF_A_KEY).filter(({ quantity }) => NUMBERS.has(quantity.mention.kind));
  const values = new Map([...holding].map(([name, all]) => [name, all.map(({ value }) => value)]));
  return { holding: (name) => values.get(name) ?? [], numbers, table: ledger.table };
}

const NUMBERS: ReadonlySet<string> = new Set(["pue", "mfu", "ratio"]);
