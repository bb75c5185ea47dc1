import type { Cause } from "../model/finding.ts";
import { inDigits } from "../model/in-digits.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { around, slippedFrom } from "./digit-slips.ts";

/** Factors by which one figure of a sum or of a line may be off: a prefix, a unit of time or of mass, a currency. */
const FACTORS: readonly {
  readonly factor: number;
  readonly diagnosis: string;
  readonly words: string;
  readonly kinds: readonly MentionKind[];
}[] = [
  { factor: 1000, diagnosis: "thousand", words: "a prefix was lost", kinds: [] },
  { factor: 24, diagnosis: "day-for-hour", words: "days were taken for hours", kinds: ["wall-time", "accelerator-hours"] },
  { factor: 60, diagnosis: "hour-for-minute", words: "hours were taken for minutes", kinds: ["wall-time"] },
  { factor: 7, diagnosis: "week-for-day", words: "weeks were taken for days", kinds: ["wall-time"] },
  { factor: 2.2046, diagnosis: "pound", words: "pounds were taken for kilograms", kinds: ["carbon"] },
  { factor: 1.1023, diagnosis: "short-ton", words: "short tons were taken for tonnes", kinds: ["carbon"] },
  { factor: 44 / 12, diagnosis: "carbon-for-carbon-dioxide", words: "carbon was taken for carbon dioxide", kinds: ["carbon"] },
  { factor: 6.9, diagnosis: "yuan-for-dollar", words: "yuan were taken for dollars", kinds: ["cost"] },
];

/** How near a figure must come to a factor beyond the rounding of its digits, and the most that rounding may add. */
const TOLERANCE = 0.003;
const MOST_ROUNDING = 0.02;

/** What would make one figure what the others ask for. */
export interface LineSlip {
  readonly diagnosis: string;
  /** Printed over meant. */
  readonly factor: number;
  readonly words: string;
  /** How far the figure is from what the slip makes of it. Units: logarithm. */
  readonly distance: number;
}

/**
 * The slip that parts a figure from what the others of its line or sum ask for: a known factor of its unit, or a wrong digit.
 *
 * Units: `meant` in the base unit of the quantity's first reading; `doubt`, how far it is known, as a share of it.
 */
export function lineSlip({ mention, readings: [reading] }: Quantity, meant: number, doubt = 0): LineSlip | null {
  const { number, text } = mention;
  if (!(meant > 0) || !Number.isFinite(meant) || number.value === 0 || number.range !== null) return null;
  const ratio = reading.width.face / meant;
  const rounding = Math.min(MOST_ROUNDING, number.lastPlace / 2 / number.value);
  const [known] = FACTORS.filter(({ kinds }) => kinds.length === 0 || kinds.includes(mention.kind))
    .flatMap(({ factor, diagnosis, words }) =>
      [factor, 1 / factor].map((each) => ({ diagnosis, factor: ratio, words, distance: Math.abs(Math.log(ratio / each)) })),
    )
    .filter(({ distance }) => distance < TOLERANCE + rounding + doubt)
    .sort((left, right) => left.distance - right.distance);
  if (known !== undefined) return { ...known, words: `${known.words} in "${text}"` };
  const scale = reading.width.face / number.value;
  const near = around(number, meant / scale);
  const slip = slippedFrom(number, { low: near.low * (1 - doubt), high: near.high * (1 + doubt) });
  if (slip === null) return null;
  const digits = inDigits(slip);
  return {
    diagnosis: "digit-slip",
    factor: ratio,
    words: `a possible typo, "${text}" for ${digits}`,
    distance: Math.abs(Math.log((slip * scale) / meant)),
  };
}

/** The cause that the slips of several figures make together, the nearest first: named where there is one, possible where there are more. */
export function causeOfSlips(slips: readonly (LineSlip | null)[]): Cause | null {
  const found = slips.flatMap((slip) => slip ?? []).toSorted((left, right) => left.distance - right.distance);
  const [first] = found;
  if (first === undefined) return null;
  return {
    diagnosis: first.diagnosis,
    factor: first.factor,
    certainty: found.length === 1 ? "named" : "possible",
    words: found.map(({ words }) => words).join(", or "),
    fits: null,
  };
}
