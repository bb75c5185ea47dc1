/**
 * Numbers printed in digits, read by a scanner: groups, decimals, powers of ten, clocks, letters that multiply.
 *
 * Text is folded, and has the marks of English numbers ("1,024.5"). What only looks like a number (a version, a date, "GPT-4") is none.
 */
import type { NumberForm, PrintedNumber } from "../model/mention.ts";
import { isDigit, isLetter, isWide } from "./lexicon-index.ts";

/** A number in digits. */
export interface DigitNumber {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly lastPlace: number;
  readonly form: NumberForm;
  readonly repair: PrintedNumber["repair"];
  /** "5:24:10": hours, minutes and seconds; the value is in seconds. */
  readonly isClock: boolean;
}

/** What a scanner finds at a digit: a number, or how far what is no number goes. */
export type DigitScan = { readonly kind: "number"; readonly number: DigitNumber } | { readonly kind: "other"; readonly end: number };

/** Reads at the first digit of a run; `isOpen` says that what stands before does not make a name or a version of it. */
export function scanDigits(text: string, start: number, isOpen: boolean): DigitScan {
  const clock = clockAt(text, start);
  if (clock !== null) return isOpen && !isTimeOfDay(text, clock) ? { kind: "number", number: clock } : { kind: "other", end: clock.end };
  const whole = groupsAt(text, start);
  const decimals = decimalsAt(text, whole.end);
  const end = decimals.end;
  const isDotted = text[end] === "." && isDigit(text.charCodeAt(end + 1));
  const isDate =
    isHyphenated(text, end) &&
    isDigit(text.charCodeAt(end + 1)) &&
    isHyphenated(text, runEnd(text, end + 1)) &&
    isDigit(text.charCodeAt(runEnd(text, end + 1) + 1));
  const isTime = text[end] === ":" && isDigit(text.charCodeAt(end + 1)) && decimals.count === 0;
  const shape = shapeEnd(text, start);
  if (shape !== null) return { kind: "other", end: shape };
  if (!isOpen || isDotted || isDate || isTime || isOrdinal(text, end)) return { kind: "other", end: skipNoNumber(text, end) };
  return { kind: "number", number: withPower(text, start, end, whole, decimals) };
}

/** Where the shape of a torus or a tensor ends ("8x8x16"), which counts nothing; null for arithmetic with its result, and where there is none. */
function shapeEnd(text: string, start: number): number | null {
  SHAPE.lastIndex = start;
  return SHAPE.test(text) ? SHAPE.lastIndex : null;
}

const SHAPE = /\d+(?:[x×]\d+){2,}(?![\w.,]*\d)(?!\s*[=≈~*×/])/y;

interface Whole {
  readonly end: number;
  readonly value: number;
  readonly trailingZeros: number;
}

/** "1,022,362", "12 000 000" with thin spaces folded to commas, "1'024". */
function groupsAt(text: string, start: number): Whole {
  let end = runEnd(text, start);
  let digits = text.slice(start, end);
  if (digits.length <= 3) {
    while (isGroupMark(text, end) && isGroup(text, end + 1)) {
      digits += text.slice(end + 1, end + 4);
      end += 4;
    }
  }
  return { end, value: Number(digits), trailingZeros: digits.length - digits.replace(/0+$/, "").length };
}

function isGroupMark(text: string, at: number): boolean {
  const mark = text[at];
  return mark === "," || mark === "'" || mark === "_";
}

function isGroup(text: string, at: number): boolean {
  return (
    isDigit(text.charCodeAt(at)) &&
    isDigit(text.charCodeAt(at + 1)) &&
    isDigit(text.charCodeAt(at + 2)) &&
    !isDigit(text.charCodeAt(at + 3))
  );
}

interface Decimals {
  readonly end: number;
  readonly count: number;
  readonly value: number;
  /** "41,66": a comma where a point is meant. */
  readonly isComma: boolean;
}

function decimalsAt(text: string, at: number): Decimals {
  const mark = text[at];
  const end = runEnd(text, at + 1);
  const count = end - at - 1;
  const isComma = mark === "," && count >= 1 && count <= 2 && text[end] !== ",";
  if (count === 0 || (mark !== "." && !isComma)) return { end: at, count: 0, value: 0, isComma: false };
  return { end, count, value: Number(text.slice(at + 1, end)) / 10 ** count, isComma };
}

function withPower(text: string, start: number, end: number, whole: Whole, decimals: Decimals): DigitNumber {
  const mantissa = whole.value + decimals.value;
  const place = decimals.count > 0 ? 10 ** -decimals.count : whole.value === 0 ? 1 : 10 ** whole.trailingZeros;
  const isBase = decimals.count === 0 && (mantissa === 10 || mantissa === 2);
  const raised = isBase ? raisedAt(text, end) : null;
  if (raised !== null) {
    const value = mantissa ** raised.power;
    return plain(start, raised.end, value, mantissa === 2 ? 1 : value, mantissa === 2 ? "integer" : "scientific");
  }
  const fraction = decimals.count === 0 ? FRACTIONS[text[end] ?? ""] : undefined;
  if (fraction !== undefined) return plain(start, end + 1, mantissa + fraction, fraction, "decimal");
  const power = powerAt(text, end, mantissa);
  if (power === null) {
    const number = plain(start, end, mantissa, place, decimals.count > 0 ? "decimal" : "integer");
    return decimals.isComma ? { ...number, repair: { value: mantissa, reason: "decimal-comma" } } : number;
  }
  const value = mantissa * 10 ** power.power;
  const number = plain(start, power.end, value, place * 10 ** power.power, "scientific");
  return power.lost === null ? number : { ...number, repair: { value, reason: power.lost } };
}

/** "11½ days". */
const FRACTIONS: Readonly<Record<string, number>> = { "½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3 };

function plain(start: number, end: number, value: number, lastPlace: number, form: NumberForm): DigitNumber {
  return { start, end, value, lastPlace, form, repair: null, isClock: false };
}

interface Power {
  readonly end: number;
  readonly power: number;
  readonly lost: "missing-exponent-mark" | "lost-superscript" | null;
}

/** "e23", "E+23", "+23" that has lost its e, "x 10^18", "· 10¹⁸", "x 1018" that has lost its height. */
function powerAt(text: string, at: number, mantissa: number): Power | null {
  const mark = text[at];
  if (mark === "e" || mark === "E") {
    const sign = text[at + 1] === "-" || text[at + 1] === "+" ? 1 : 0;
    const end = runEnd(text, at + 1 + sign);
    if (end > at + 1 + sign && end - at <= 4 && !isLetter(text.charCodeAt(end)))
      return { end, power: Number(text.slice(at + 1, end)), lost: null };
    return null;
  }
  if (mark === "+" && mantissa < 10) {
    const end = runEnd(text, at + 1);
    const digits = text.slice(at + 1, end);
    const isPower = digits.length === 2 || (digits.length === 1 && Number(digits) >= 6);
    const goesOn = text[end] === "." && isDigit(text.charCodeAt(end + 1));
    return isPower && !goesOn ? { end, power: Number(digits), lost: "missing-exponent-mark" } : null;
  }
  return timesTen(text, at, mantissa);
}

function timesTen(text: string, from: number, mantissa: number): Power | null {
  let at = from;
  if (text[at] === " ") at += 1;
  if (!TIMES.has(text[at] ?? "")) return null;
  at += 1;
  if (text[at] === " ") at += 1;
  if (text.slice(at, at + 2) !== "10") return null;
  const raised = raisedAt(text, at + 2);
  if (raised !== null) return { ...raised, lost: null };
  const end = runEnd(text, at + 2);
  const flat = Number(text.slice(at + 2, end));
  // "5 × 1024 × 12": a factor among others.
  if (TIMES.has(text[text[end] === " " ? end + 1 : end] ?? "")) return null;
  return end - at === 4 && mantissa < 10 && flat >= LEAST_FLAT_POWER ? { end, power: flat, lost: "lost-superscript" } : null;
}

/** Powers printed flat: fewer digits are a number of their own ("3 x 103"), and no computation takes more. */
export const LEAST_FLAT_POWER = 10;

const TIMES: ReadonlySet<string> = new Set(["x", "×", "·", "*", "⋅", "X"]);
export const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** "^18", "^{18}", "**18", "¹⁸", "^-3". */
function raisedAt(text: string, from: number): { readonly end: number; readonly power: number } | null {
  let at = from;
  let digits = "";
  if (text[at] === "⁻") {
    digits = "-";
    at += 1;
  }
  while (at < text.length && SUPERSCRIPTS.includes(text[at] ?? " ")) {
    digits += String(SUPERSCRIPTS.indexOf(text[at] ?? " "));
    at += 1;
  }
  if (digits.length > 0 && digits !== "-") return { end: at, power: Number(digits) };
  at = from;
  if (text[at] === "^") at += 1;
  else if (text.startsWith("**", at)) at += 2;
  else return null;
  const isBraced = text[at] === "{" || text[at] === "(";
  if (isBraced) at += 1;
  const sign = text[at] === "-" || text[at] === "+" ? 1 : 0;
  const end = runEnd(text, at + sign);
  if (end === at + sign || end - at > 3) return null;
  const isClosed = isBraced && (text[end] === "}" || text[end] === ")");
  return { end: isClosed ? end + 1 : end, power: Number(text.slice(at, end)) };
}

/** Behind a date or before a year: when something was logged, not how long it took. */
function isTimeOfDay(text: string, { start, end }: DigitNumber): boolean {
  const isBehindDate = text[start - 4] === "-" && text[start - 7] === "-" && isDigit(text.charCodeAt(start - 2));
  return isBehindDate || (text[end] === " " && runEnd(text, end + 1) === end + 5);
}

/** "5:24:10": never the time of a day where it stands alone, which has no seconds where people tell it. */
function clockAt(text: string, start: number): DigitNumber | null {
  const day = runEnd(text, start);
  // "2-14:05:10" has days before its hours.
  const hasDays = text[day] === "-" && text[runEnd(text, day + 1)] === ":";
  const from = hasDays ? day + 1 : start;
  const first = runEnd(text, from);
  if (first - from > 3 || text[first] !== ":") return null;
  const second = runEnd(text, first + 1);
  if (second - first !== 3 || text[second] !== ":") return null;
  const third = runEnd(text, second + 1);
  if (third - second !== 3) return null;
  const [hours, minutes, seconds] = [text.slice(from, first), text.slice(first + 1, second), text.slice(second + 1, third)].map(Number);
  const days = hasDays ? Number(text.slice(start, day)) : 0;
  const value = days * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  return { start, end: third, value, lastPlace: 1, form: "composite", repair: null, isClock: true };
}

function runEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

function isHyphenated(text: string, at: number): boolean {
  return text[at] === "-" || text[at] === "/" || text[at] === ".";
}

/** "4th", "2nd". */
function isOrdinal(text: string, at: number): boolean {
  const two = text.slice(at, at + 2).toLowerCase();
  return ORDINALS.has(two) && !isLetter(text.charCodeAt(at + 2));
}

const ORDINALS: ReadonlySet<string> = new Set(["st", "nd", "rd", "th"]);

/** Past the letters, digits and points of what is no number: "1.2.3rc1", "2023-03-11". */
function skipNoNumber(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isJoint = (isHyphenated(text, at) || text[at] === ":") && isDigit(text.charCodeAt(at + 1));
    if (!isDigit(code) && !isJoint && !(isLetter(code) && !isWide(code))) break;
    at += 1;
  }
  return at;
}
