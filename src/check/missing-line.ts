import type { Cause } from "../model/finding.ts";
import type { Interval } from "../model/interval.ts";
import { largest, smallest } from "../model/many.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import { faceOf } from "./working.ts";

/** A total of a table, and the figures of its column that it may be the sum of. */
export interface Total {
  readonly total: Quantity;
  readonly parts: readonly Quantity[];
  /** Its own words say that it sums some lines alone: "Total (rented)", or a sentence above the table. */
  readonly isOfSome: boolean;
  /** What the same lines print of the power of one accelerator or its price. */
  readonly rates: readonly Quantity[];
}

/** How far a missing line may lie from the others in what it has for each of another column. */
const LIKE_THE_OTHERS: Interval = { low: 0.7, high: 1.4 };

/** What one more line would have to hold; named where another column lacks a line like it. */
export function missingLine(total: Total, short: readonly Total[], sum: number): Cause | null {
  const gap = gapOf(total);
  if (gap <= 0) return null;
  const { printed, width } = total.total.readings[0];
  const factor = width.face / printed.value;
  const other = short.find((candidate) => candidate.total !== total.total && isLikeTheOthers(total, candidate));
  const amount = amountWords(gap / factor, printed.unit);
  const beside = other === undefined ? "" : ` and ${otherAmount(other)} in the other column${rateWords(total, other)}`;
  return {
    diagnosis: "missing-row",
    factor: printed.value / sum,
    certainty: other === undefined ? "possible" : "named",
    words: `a row is missing: one with ${amount}${beside} closes the sum`,
    fits: null,
  };
}

function otherAmount(other: Total): string {
  const { printed, width } = other.total.readings[0];
  return amountWords((gapOf(other) * printed.value) / width.face, printed.unit);
}

/** Which outcome a rate turns accelerator-hours into. */
const RATE_OF: Partial<Record<MentionKind, MentionKind>> = { energy: "power", carbon: "power", cost: "price" };

/** How far lines may differ in what a rate makes of an hour, beyond rounding, for it to be one constant. */
const MOST_SPREAD = 1.01;

/** ", at 350 W,": the rate that the missing line must have had, where the other lines turn hours into the outcome by theirs; "" otherwise. */
function rateWords(total: Total, other: Total): string {
  const [hours, outcome] = total.total.mention.kind === "accelerator-hours" ? [total, other] : [other, total];
  const kind = RATE_OF[outcome.total.mention.kind];
  if (kind === undefined || hours.total.mention.kind !== "accelerator-hours") return "";
  const lines = hours.parts.flatMap((part) => {
    const [amount] = outcome.parts.filter((each) => isOneLine(each, part));
    const [rate, ...others] = hours.rates.filter((each) => each.mention.kind === kind && isOneLine(each, part));
    return amount === undefined || rate === undefined || others.length > 0
      ? []
      : [{ rate, constant: faceOf(amount) / (faceOf(part) * faceOf(rate)) }];
  });
  const constants = lines.map(({ constant }) => constant);
  const [low, high] = [smallest(constants), largest(constants)];
  const [first] = lines;
  if (first === undefined || lines.length < 2 || lines.length < hours.parts.length || high > low * MOST_SPREAD) return "";
  const constant = constants.reduce((sum, each) => sum + each, 0) / constants.length;
  const { printed, width } = first.rate.readings[0];
  const needed = (gapOf(outcome) / (gapOf(hours) * constant)) * (printed.value / width.face);
  const value = Number(needed.toPrecision(RATE_DIGITS));
  return `, at ${amountWords(value, printed.unit)},`;
}

const RATE_DIGITS = 3;

function isOneLine(left: Quantity, right: Quantity): boolean {
  const [one, other] = [left.mention.cell, right.mention.cell];
  return one !== null && other !== null && (one.row === other.row || one.column === other.column);
}

/** "1,038,336 accelerator-hours", "153.92 t". */
function amountWords(value: number, unit: string): string {
  const number = Number(value.toPrecision(9)).toLocaleString("en-US", { maximumFractionDigits: 2 });
  return `${number} ${/-(?:hour|day)$|^hour$/.test(unit) ? `${unit}s` : unit}`;
}

/** Whether the two gaps stand to each other as the two columns do in the lines that are there. */
function isLikeTheOthers(total: Total, other: Total): boolean {
  const ratios = total.parts.flatMap((part) => {
    const beside = other.parts.find((candidate) => isOneLine(candidate, part));
    return beside === undefined ? [] : [faceOf(beside) / faceOf(part)];
  });
  const ratio = gapOf(other) / gapOf(total);
  return ratios.length >= 2 && ratio >= smallest(ratios) * LIKE_THE_OTHERS.low && ratio <= largest(ratios) * LIKE_THE_OTHERS.high;
}

/** How much the total has beyond the sum of its lines. Units: the base unit. */
export function gapOf(total: Total): number {
  return total.total.readings[0].width.face - total.parts.reduce((sum, part) => sum + part.readings[0].width.face, 0);
}
