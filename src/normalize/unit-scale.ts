import type { Catalog } from "../model/catalog.ts";

/** How a unit of the contract turns into the base unit of its slot. */
export interface UnitScale {
  /** Base units in one: 24 hours in a day. */
  readonly factor: number;
  readonly base: string;
}

const BY_ID = new WeakMap<Catalog, ReadonlyMap<string, UnitScale>>();

/**
 * The base unit of a unit and how many of them it holds; a unit that the catalog does not have is its own base.
 *
 * Units: hours, kilowatts, kilowatt-hours, kilograms, flop, and shares of one.
 */
export function scaleOf(catalog: Catalog, unit: string): UnitScale {
  let units = BY_ID.get(catalog);
  if (units === undefined) {
    units = new Map(catalog.units.map(({ id, base, size }) => [id, { factor: size, base }]));
    BY_ID.set(catalog, units);
  }
  return units.get(unit) ?? { factor: 1, base: unit };
}

/** Hours in one of a unit of time; 1 for anything else. */
export function hoursIn(catalog: Catalog, unit: string): number {
  const { factor, base } = scaleOf(catalog, unit);
  return base === "hour" ? factor : 1;
}

/** How many of one unit another holds: "kg/g"; what both are told for one of says nothing of that. */
export function ratioUnit(base: string, unit: string): string {
  const [[of = "", ...per], [each = "", ...eachPer]] = [base.split("/"), unit.split("/")];
  return per.join("/") === eachPer.join("/") ? `${of}/${each}` : `${base}/${unit}`;
}
