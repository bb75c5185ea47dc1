import type { Interval } from "./interval.ts";
import type { Mention } from "./mention.ts";

/** A list that cannot be empty. */
export type NonEmpty<T> = readonly [T, ...T[]];

/** A value with its unit, ready to be printed. */
export interface Figure {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** In the words of the contract: "USD", "accelerator-hour", "day". */
  readonly unit: string;
  /** The page prints both ends ("$41-$140"): `low` and `high` are these, and `value` is only their middle. */
  readonly isRange?: true;
}

/**
 * What a printed number may stand for: three nested sets, checked in this order.
 *
 * `face` is the printed value; `strict` what its rounding allows; `generous` what an honest author may have meant
 * (truncation, hedges, durations rounded to halves).
 */
export interface Width {
  readonly face: number;
  readonly strict: Interval;
  readonly generous: Interval;
}

/** The quantities that equations speak of, each with its base unit. */
export type Slot = string;

/** A mention with every way it can be understood. */
export interface Quantity {
  readonly mention: Mention;
  /** Likeliest first; weights sum to 1. */
  readonly readings: NonEmpty<Reading>;
}

/** One way to understand a mention: "512 TPU v3" as chips, cores or devices. */
export interface Reading {
  readonly slot: Slot;
  /** In the slot's base unit (chips, hours, chip-hours, USD, USD per chip-hour, kW, kWh, kg ...). */
  readonly width: Width;
  /** Posterior weight, 0 to 1. */
  readonly weight: number;
  /** What is taken for granted, as words: "512 counts chips". Empty if nothing is. */
  readonly assumes: readonly Assumption[];
  /** Whether the printed noun allows it: "512 chips" read as devices is not admissible, whatever its weight. */
  readonly contradictsPrint: boolean;
  /** Catalog id of the product, if it was named or settled. */
  readonly hardware: string | null;
  /** The currency of a price or cost ("USD"); figures in different currencies are never joined. Null for the rest. */
  readonly currency: string | null;
  /** The number in the unit of this reading as the page has it: 8 USD/device-hour. */
  readonly printed: Figure;
  /** What turns `printed` into the base unit, left to right: / 4 chip/device. Empty if it is in the base unit already. */
  readonly conversion: readonly Conversion[];
  /** The unit of `width`, in the words of the contract: "chip", "USD/chip-hour", "hour". */
  readonly baseUnit: string;
}

/** One factor between the printed unit and the base unit. */
export interface Conversion {
  readonly operator: "*" | "/";
  readonly figure: Figure;
  /** The catalog fact it comes from; null for a definition of time, mass or the like. */
  readonly fact: Fact | null;
}

/** A named choice; two readings agree when their assumptions on the same subject agree. */
export interface Assumption {
  /** "unit of m3" */
  readonly about: string;
  /** "chip" */
  readonly choice: string;
  /** Catalog facts it rests on: "TPU v3: 4 chips in a device". */
  readonly facts: readonly Fact[];
}

/** A catalog fact that was used. */
export interface Fact {
  readonly id: string;
  readonly title: string;
  readonly figure: Figure;
  readonly source: string;
  /** A definition (2 cores to a chip) may carry an error; "shared" is a constant that the lines of a table have in common; a dated fact (a price) at most a warning; a default at most a note. */
  readonly nature: "definition" | "shared" | "dated" | "default";
}
