/** Numbers of several parts: "5h 54m", "1 day 11 hours", "2-3 weeks", "18.2 ± 0.4". */

import type { UnitAtom } from "../model/lexicon.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { hasRole, type Token } from "./tokens.ts";
import { type UnitReader, unitOf } from "./unit-phrase.ts";

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_800,
  year: 31_557_600,
};

export interface CompositeTime {
  readonly number: PrintedNumber;
  readonly atom: UnitAtom;
  readonly next: number;
  readonly end: number;
}

/** "5h 54m", "1 day 11 hours", "3 days and 4 hours": a time in the smallest of its units; null for what has only one. */
export function compositeTime(reader: UnitReader, at: number): CompositeTime | null {
  const { tokens, algebra } = reader;
  const first = tokens[at];
  if (first === undefined) return null;
  let [next, end, seconds, parts] = [at, first.start, 0, 0];
  let last: UnitAtom | null = null;
  let place = 1;
  for (;;) {
    const start = parts > 0 ? skipJoint(tokens, next) : next;
    const token = tokens[start];
    const number = token?.kind === "number" ? token : null;
    // "three weeks and a day".
    if (number === null && !hasRole(token, "articles")) break;
    const unit: TimeUnit | null =
      number?.isClock === true
        ? clockBehind(reader, start, last)
        : (timeAt(reader, start + 1, last) ?? (start === next ? untoldAt(reader, start, last) : null));
    const value = number?.number.value ?? 1;
    if (unit === null || (last !== null && (SECONDS[unit.atom.id] ?? 0) >= (SECONDS[last.id] ?? 0))) break;
    if (parts > 0 && value * (SECONDS[unit.atom.id] ?? 1) >= 2 * (SECONDS[last?.id ?? ""] ?? 1)) break;
    seconds += value * (SECONDS[unit.atom.id] ?? 1);
    [last, next, end, place] = [unit.atom, unit.next, unit.end, number?.number.lastPlace ?? 1];
    parts += 1;
  }
  if (parts < 2 || last === null) return null;
  const value = seconds / (SECONDS[last.id] ?? 1);
  const number: PrintedNumber = {
    span: { start: first.start, end },
    value: Number(value.toPrecision(12)),
    lastPlace: place,
    form: "composite",
    range: null,
    repair: null,
  };
  return algebra.kind("wall-time") === null ? null : { number, atom: last, next, end };
}

interface TimeUnit {
  readonly atom: UnitAtom;
  readonly next: number;
  readonly end: number;
}

/** The clock of "3d 08:00:00", whose value is in seconds. */
function clockBehind({ tokens, algebra }: UnitReader, at: number, last: UnitAtom | null): TimeUnit | null {
  const second = algebra.atom("second");
  const token = tokens[at];
  return token === undefined || second === null || last?.id !== "day" ? null : { atom: second, next: at + 1, end: token.end };
}

/** The minutes of "1 h 55", which nobody calls so. */
function untoldAt({ tokens, algebra }: UnitReader, at: number, last: UnitAtom | null): TimeUnit | null {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  const atom = last?.id === "hour" ? algebra.atom("minute") : null;
  if (token?.kind !== "number" || before === undefined || atom === null || token.start - before.end > 1) return null;
  const isMinutes = token.number.form === "integer" && token.number.value < 60 && token.end - token.start === 2;
  return isMinutes && (after === undefined || (after.kind === "mark" && !hasRole(after, "times")) || hasRole(after, "stops"))
    ? { atom, next: at + 1, end: token.end }
    : null;
}

function skipJoint(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  const isJoint = hasRole(token, "and") || (token?.kind === "mark" && (token.text === "," || token.text === "-"));
  // "two weeks plus some ten hours".
  return isJoint ? (hasRole(token, "and") && hasRole(tokens[at + 1], "hedges") ? at + 2 : at + 1) : at;
}

/** A unit of time; an "m" behind hours or before seconds is minutes. */
function timeAt(reader: UnitReader, from: number, last: UnitAtom | null): TimeUnit | null {
  const token = reader.tokens[from];
  const unit = unitOf(reader, token);
  const atom = unit?.above[0];
  if (token === undefined) return null;
  if (atom?.dimension === "time" && unit?.above.length === 1 && unit.below.length === 0) return { atom, next: from + 1, end: token.end };
  const minute = reader.algebra.atom("minute");
  const isMinutes = token.kind === "word" && token.text === "m" && (last !== null || reader.tokens[from + 1]?.kind === "number");
  return isMinutes && minute !== null ? { atom: minute, next: from + 1, end: token.end } : null;
}

export interface NumberRange {
  readonly number: PrintedNumber;
  readonly next: number;
  readonly end: number;
}

/** "2-3", "24 to 48", "between 90 and 100", "$41-$140", "18.2 ± 0.4"; null for a number by itself, and for "from 40 to 60". */
export function rangeAt(reader: UnitReader, at: number): NumberRange | null {
  const { tokens } = reader;
  const low = tokens[at];
  const isRepeated = isUnitRepeated(reader, at);
  const place = isRepeated ? at + 2 : at + 1;
  const joint = tokens[place];
  if (low?.kind !== "number" || low.isClock || joint === undefined) return null;
  const spread = spreadAt(tokens, at + 1);
  if (spread !== null) {
    const { value } = low.number;
    const number = {
      ...low.number,
      span: { start: low.start, end: spread.end },
      range: { low: value - spread.value, high: value + spread.value },
    };
    return { number, next: spread.next, end: spread.end };
  }
  const before = tokens[at - 1];
  const isBetween = hasRole(joint, "and") && (hasRole(before, "between") || hasRole(tokens[at - 2], "between"));
  if (!isBetween && !isJoint(tokens, place)) return null;
  if (!isBetween && isFrom(tokens, at)) return null;
  const sign = unitOf(reader, tokens[place + 1])?.above[0]?.dimension === "money";
  const index = sign ? place + 2 : place + 1;
  const high = tokens[index];
  if (high?.kind !== "number" || high.isClock) return null;
  const lower = sharedScale(low.number, high.number);
  if (lower >= high.number.value || high.number.value > MOST_SPREAD * lower) return null;
  const number: PrintedNumber = {
    ...high.number,
    span: { start: low.start, end: high.end },
    value: (lower + high.number.value) / 2,
    range: { low: lower, high: high.number.value },
  };
  return { number, next: index + 1, end: high.end };
}

/** "33% to 39%": the unit stands behind both ends. */
function isUnitRepeated({ tokens }: UnitReader, at: number): boolean {
  const [unit, again] = [tokens[at + 1], tokens[at + 4]];
  return (
    unit !== undefined &&
    again !== undefined &&
    "text" in unit &&
    "text" in again &&
    unit.text === again.text &&
    hasRole(unit, "units") &&
    tokens[at + 3]?.kind === "number"
  );
}

/** Ends further apart are no range. */
const MOST_SPREAD = 20;

/** A dash or "to"; a hyphen only between digits that touch it. */
function isJoint(tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (!hasRole(token, "to") || token === undefined || before === undefined || after === undefined) return false;
  if (token.kind === "mark" && token.text === "-") {
    const isSpaced =
      before.end + 1 === token.start && token.end + 1 === after.start && !isOperator(tokens[at - 2]) && !isOperator(tokens[at + 2]);
    return isSpaced || (before.end === token.start && token.end === after.start);
  }
  return true;
}

/** A sign of a computation: what stands between two of them is no range. */
function isOperator(token: Token | undefined): boolean {
  return hasRole(token, "times") || (token?.kind === "mark" && OPERATORS.has(token.text));
}

const OPERATORS: ReadonlySet<string> = new Set(["+", "-", "=", "/", "("]);

/** "from 40 to 60": before and after, no range. */
function isFrom(tokens: readonly Token[], at: number): boolean {
  return [tokens[at - 1], tokens[at - 2]].some(
    (token) => token?.kind === "word" && hasRole(token, "again") && hasRole(token, "stops") && !hasRole(token, "to"),
  );
}

function spreadAt(tokens: readonly Token[], at: number): { readonly value: number; readonly next: number; readonly end: number } | null {
  const token = tokens[at];
  const isSign = token?.kind === "mark" && token.text === "±";
  const isPlain =
    token?.kind === "mark" &&
    token.text === "+" &&
    tokens[at + 1]?.start === token.end &&
    tokens[at + 2]?.end === (tokens[at + 3]?.start ?? 0) - 0;
  const value = tokens[isSign ? at + 1 : at + 3];
  if ((!isSign && !isPlain) || value?.kind !== "number") return null;
  return { value: value.number.value, next: isSign ? at + 2 : at + 4, end: value.end };
}

/** "5 to 10k": the lower end has the multiplier of the upper one, where it has none of its own and would be less by it. */
function sharedScale(low: PrintedNumber, high: PrintedNumber): number {
  const scale = [1e12, 1e9, 1e6, 1e3].find(
    (size) => high.value >= size && high.lastPlace >= size / 1e3 && low.value * size < high.value && low.value < 1e3,
  );
  return scale !== undefined && low.value < high.value / 1e3 ? low.value * scale : low.value;
}
