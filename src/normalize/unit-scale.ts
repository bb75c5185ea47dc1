/** How a unit of the contract turns into the base unit of its slot. */
export interface UnitScale {
  /** Base units in one: 24 hours in a day. */
  readonly factor: number;
  readonly base: string;
}

/** Hours in one, by the singular name of the contract. A month is the mean Gregorian one; working time is never assumed. */
export const HOURS: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 168,
  month: 730.5,
  year: 8766,
};

/** Source: International System of Units; pound and short ton by the international avoirdupois definition (1959). */
const SCALES: Readonly<Record<string, UnitScale>> = {
  W: { factor: 1e-3, base: "kW" },
  kW: { factor: 1, base: "kW" },
  MW: { factor: 1e3, base: "kW" },
  GW: { factor: 1e6, base: "kW" },
  J: { factor: 1 / 3.6e6, base: "kWh" },
  MJ: { factor: 1 / 3.6, base: "kWh" },
  GJ: { factor: 1e3 / 3.6, base: "kWh" },
  Wh: { factor: 1e-3, base: "kWh" },
  kWh: { factor: 1, base: "kWh" },
  MWh: { factor: 1e3, base: "kWh" },
  GWh: { factor: 1e6, base: "kWh" },
  TWh: { factor: 1e9, base: "kWh" },
  g: { factor: 1e-3, base: "kg" },
  kg: { factor: 1, base: "kg" },
  t: { factor: 1e3, base: "kg" },
  kt: { factor: 1e6, base: "kg" },
  lb: { factor: 0.45359237, base: "kg" },
  "g/kWh": { factor: 1e-3, base: "kg/kWh" },
  "kg/kWh": { factor: 1, base: "kg/kWh" },
  "t/MWh": { factor: 1, base: "kg/kWh" },
  "kg/MWh": { factor: 1e-3, base: "kg/kWh" },
  "lb/kWh": { factor: 0.45359237, base: "kg/kWh" },
  "lb/MWh": { factor: 0.45359237e-3, base: "kg/kWh" },
  "second/kimg": { factor: 1 / 3.6e6, base: "hour/sample" },
  flop: { factor: 1, base: "flop" },
  "petaflop/s-day": { factor: 8.64e19, base: "flop" },
  percent: { factor: 0.01, base: "1" },
  "%": { factor: 0.01, base: "1" },
};

/**
 * The base unit of a unit and how many of them it holds; a unit that needs no conversion is its own base.
 *
 * Units: hours, kilowatts, kilowatt-hours, kilograms, flop, and shares of one.
 */
export function scaleOf(unit: string): UnitScale {
  const hours = HOURS[unit];
  if (hours !== undefined) return { factor: hours, base: "hour" };
  return SCALES[unit] ?? { factor: 1, base: unit };
}
