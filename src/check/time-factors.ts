import type { Catalog } from "../model/catalog.ts";

/** How many of a shorter unit of time a longer one has: 3,600 seconds an hour. */
export interface TimeFactor {
  readonly value: number;
  readonly longer: string;
  readonly shorter: string;
}

const FACTORS = new WeakMap<Catalog, readonly TimeFactor[]>();

/** All factors between units of time that are whole; a year of the calendar has 365 days. */
export function timeFactors(catalog: Catalog): readonly TimeFactor[] {
  const known = FACTORS.get(catalog);
  if (known !== undefined) return known;
  const hours = new Map(catalog.units.flatMap(({ id, base, size }) => (base === "hour" && id !== "month" ? [[id, size] as const] : [])));
  const day = hours.get("day") ?? 24;
  if (hours.has("year")) hours.set("year", Math.floor((hours.get("year") ?? 0) / day) * day);
  const units = [...hours];
  const factors = units.flatMap(([longer, many]) =>
    units.flatMap(([shorter, few]): readonly TimeFactor[] => {
      const value = Math.round(many / few);
      return value > 1 && Math.abs(many / few / value - 1) < 1e-9 ? [{ value, longer, shorter }] : [];
    }),
  );
  FACTORS.set(catalog, factors);
  return factors;
}
