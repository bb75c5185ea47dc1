/** Numbers of several words, "3.74 million", "two and a half", "a quarter of a million", put together from the tokens of a text. */
import type { LexiconRole } from "../model/lexicon.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { isCurrency, isLetter, isWide, type Sense } from "./lexicon-index.ts";
import type { NumberToken, RawToken, Token } from "./tokens.ts";

/** All tokens, with numbers of digits, words and multipliers as one token each. */
export function joinNumberWords(text: string, raw: readonly RawToken[]): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < raw.length) {
    const token = raw[at];
    if (token === undefined) break;
    const joined = token.kind === "digits" ? fromDigits(text, raw, at) : fromWords(raw, at);
    if (joined !== null) {
      tokens.push(joined.token);
      at = joined.next;
      continue;
    }
    if (token.kind !== "digits") tokens.push(token);
    at += 1;
  }
  return tokens;
}

/** "Hundred and seventeen thousand": what is left of "a hundred" where a number opens. */
function opensNumber(raw: readonly RawToken[], at: number, multiplier: number): boolean {
  return multiplier === HUNDRED && has(raw[at + 1], "and") && numberOf(raw[at + 2], "numbers") !== null;
}

const HUNDRED = 100;

interface Joined {
  readonly token: NumberToken;
  readonly next: number;
}

/** "2.788M", "3.74 million", "67-billion", "1.5 hundred thousand", "2 1/2" as printed. */
function fromDigits(text: string, raw: readonly RawToken[], at: number): Joined | null {
  const digits = raw[at];
  if (digits?.kind !== "digits") return null;
  let { value, lastPlace, end } = digits;
  let next = at + 1;
  let isMultiplied = false;
  let largest = 1;
  for (;;) {
    const step = skipHyphen(raw, next, end);
    const multiplier = numberOf(raw[step], "multipliers") ?? millionsOf(raw, step, at);
    const token = raw[step];
    if (multiplier === null || token === undefined || token.start - end > 1 || !canMultiply(text, token)) break;
    value *= multiplier;
    lastPlace *= multiplier;
    largest = multiplier;
    end = token.end;
    next = step + 1;
    isMultiplied = true;
  }
  const smaller =
    largest >= LEAST_MYRIAD && isWide(text.charCodeAt(end - 1)) && raw[next]?.kind === "digits" ? fromDigits(text, raw, next) : null;
  if (smaller !== null && smaller.token.start - end <= 1 && smaller.token.number.value < largest) {
    const { number } = smaller.token;
    return {
      token: numberToken(digits.start, smaller.token.end, value + number.value, number.lastPlace, "decimal", null),
      next: smaller.next,
    };
  }
  const half = andAHalf(raw, next);
  if (half !== null && !isMultiplied && digits.form === "integer")
    return { token: numberToken(digits.start, half.end, value + half.value, half.value, "decimal", null), next: half.next };
  const form = isMultiplied && digits.form === "integer" ? "decimal" : digits.form;
  const repair =
    digits.repair === null ? null : { ...digits.repair, value: digits.repair.value * (digits.value === 0 ? 1 : value / digits.value) };
  const token = numberToken(digits.start, end, value, lastPlace, form, repair);
  return { token: { ...token, isClock: digits.isClock }, next };
}

/** Places that a number may go on behind, in digits again: "3亿5000万". */
const LEAST_MYRIAD = 1e4;

/** The "m" of "$2.9m" and "4.4m GPU-hours": a million where money stands before it or what is counted behind it, never metres or minutes. */
function millionsOf(raw: readonly RawToken[], at: number, first: number): number | null {
  const [token, before, after] = [raw[at], raw[first - 1], raw[at + 1]];
  const number = raw[first];
  if (token?.kind !== "word" || token.text !== "m" || number === undefined || token.start !== number.end) return null;
  const isMoney = before !== undefined && number.start - before.end <= 1 && unitValues(before).some((unit) => isCurrency(unit));
  const isCounted = after?.kind === "product" || unitValues(after).some((unit) => !TIMES_OF_CLOCK.has(unit));
  return isMoney || isCounted ? 1e6 : null;
}

const TIMES_OF_CLOCK: ReadonlySet<string> = new Set(["second", "minute", "hour", "day", "year"]);

function unitValues(token: RawToken | undefined): readonly string[] {
  if (token === undefined || !("senses" in token)) return [];
  return token.senses.flatMap((sense: Sense) => (sense.role === "units" ? [sense.value] : []));
}

/** A letter multiplies only where it stands by itself: the M of "2.3M", not of "3 MW"; a lone letter behind a gap only if a capital or k. */
function canMultiply(text: string, token: RawToken): boolean {
  const after = text.charCodeAt(token.end);
  return isWide(text.charCodeAt(token.start)) || !isLetter(after) || isWide(after);
}

function skipHyphen(raw: readonly RawToken[], at: number, end: number): number {
  const token = raw[at];
  return token?.kind === "mark" && token.text === "-" && token.start === end && raw[at + 1]?.start === token.end ? at + 1 : at;
}

/** A number that begins with a word: "twenty-four", "a quarter of a million", "half a day", "a dozen", "two and a half", "一千二百". */
function fromWords(raw: readonly RawToken[], at: number): Joined | null {
  const first = raw[at];
  if (first?.kind !== "word") return null;
  const isArticle = has(first, "articles");
  const fraction = fractionAt(raw, at);
  if (fraction !== null) return fraction;
  // "for one and a half days": what only stands for an article elsewhere counts here.
  const more = isArticle ? andAHalf(raw, at + 1) : null;
  if (more !== null) {
    const start = first.start + first.text.lastIndexOf(" ") + 1;
    return { token: numberToken(start, more.end, 1 + more.value, more.value, "word", null), next: more.next };
  }
  if (isWide(first.text.charCodeAt(0))) return fromWideWords(raw, at);
  let next = isArticle ? at + 1 : at;
  let [total, group, seen, place] = [0, 0, 0, 1];
  let end = first.end;
  for (;;) {
    const step = seen > 0 ? skipHyphen(raw, next, end) : next;
    const token = raw[step];
    const value = numberOf(token, "numbers");
    const multiplier = numberOf(token, "multipliers");
    if (token === undefined || (seen > 0 && token.start - end > 1)) break;
    if (value !== null && value >= 1 && joins(group, value)) group += value;
    else if (
      multiplier !== null &&
      token.kind === "word" &&
      (seen > 0 || isArticle || isWide(token.text.charCodeAt(0)) || opensNumber(raw, step, multiplier))
    ) {
      if (token.end - token.start === 1 && !isWide(token.text.charCodeAt(0))) break;
      group = Math.max(group, 1) * multiplier;
      if (multiplier >= 1000) [total, group, place] = [total + group, 0, multiplier];
    } else if (
      seen > 0 &&
      has(token, "and") &&
      joins(group, numberOf(raw[step + 1], "numbers") ?? Number.NaN) &&
      (group >= 100 || (group === 0 && total >= 1000) || isForeignAnd(token))
    ) {
      next = step + 1;
      end = token.end;
      continue;
    } else if (seen > 0 && total === 0 && has(token, "point") && isDigitWord(raw[step + 1])) {
      const decimals = decimalWords(raw, step + 1);
      group += decimals.value;
      [next, end, place] = [decimals.next, decimals.end, decimals.place];
      continue;
    } else {
      const half = seen > 0 && total === 0 ? andAHalf(raw, step) : null;
      if (half === null) break;
      group += half.value;
      [next, end, place] = [half.next, half.end, half.value];
      continue;
    }
    seen += 1;
    end = token.end;
    next = step + 1;
    // "a couple of dozen", "a pair of".
    if (has(raw[next], "of") && numberOf(raw[next + 1], "numbers") !== null && (numberOf(raw[next + 1], "numbers") ?? 0) >= 12) {
      group *= numberOf(raw[next + 1], "numbers") ?? 1;
      end = raw[next + 1]?.end ?? end;
      next += 2;
    }
  }
  if (seen === 0) return null;
  return { token: numberToken(first.start, end, total + group, place, "word", null), next };
}

/** "treinta y dos", "vingt et un": English puts no "and" behind its tens. */
function isForeignAnd(token: RawToken | undefined): boolean {
  return token?.kind === "word" && token.senses.some(({ role, language }) => role === "and" && language !== "en");
}

/** A number of digits and places that touch: "三十二", "两千零四十八", "십육"; by itself a digit or a place only counts what follows. */
function fromWideWords(raw: readonly RawToken[], at: number): Joined | null {
  const first = raw[at];
  if (first?.kind !== "word" || isInsideWord(raw[at - 1], first)) return null;
  let [total, section, digit, place, next, end] = [0, 0, 0, 1, at, first.start];
  for (;;) {
    const token = raw[next];
    const value = numberOf(token, "numbers");
    const multiplier = numberOf(token, "multipliers");
    if (token === undefined || token.start !== end) break;
    if (value !== null && value >= 1 && digit === 0) [digit, place] = [value, 1];
    else if (multiplier !== null && multiplier >= 1e4)
      [total, section, digit, place] = [total + Math.max(section + digit, 1) * multiplier, 0, 0, multiplier];
    else if (multiplier !== null) [section, digit, place] = [section + Math.max(digit, 1) * multiplier, 0, multiplier];
    else if (!(next > at && has(token, "and") && numberOf(raw[next + 1], "numbers") !== null)) break;
    next += 1;
    end = token.end;
  }
  if (next === at || (next === at + 1 && !has(raw[next], "counters") && !has(raw[next], "units"))) return null;
  if (next === at + 1 && digit === 1 && !has(raw[next], "counters")) return null;
  const half = andAHalf(raw, next);
  const value = total + section + digit + (half?.value ?? 0);
  return { token: numberToken(first.start, half?.end ?? end, value, half?.value ?? place, "word", null), next: half?.next ?? next };
}

/** Hangul separates words, so that a syllable behind another one is no word of its own. */
function isInsideWord(before: RawToken | undefined, word: RawToken): boolean {
  return before?.kind === "word" && before.end === word.start && isHangul(before.text.charCodeAt(before.text.length - 1));
}

function isHangul(code: number): boolean {
  return code >= 0xac00 && code <= 0xd7a3;
}

/** Whether a number word goes on with the number before: "twenty" with "four", "four hundred" with "eighty"; "two" not with "three". */
function joins(group: number, value: number): boolean {
  if (group === 0) return value >= 1;
  const tens = group % 100;
  if (tens === 0) return value < 100;
  return tens >= 20 && tens % 10 === 0 && value < 10;
}

/** "half a million", "a quarter of a million", "three quarters of a million", "half a day", "a quarter of an hour". */
function fractionAt(raw: readonly RawToken[], at: number): Joined | null {
  const start = has(raw[at], "articles") ? at + 1 : at;
  const value = numberOf(raw[start], "numbers");
  if (value === null || value <= 0 || value >= 1) return null;
  let next = start + 1;
  if (has(raw[next], "of")) next += 1;
  const hasArticle = has(raw[next], "articles");
  if (hasArticle) next += 1;
  const multiplier = numberOf(raw[next], "multipliers") ?? numberOf(raw[next], "numbers");
  const first = raw[at];
  if (first === undefined) return null;
  if (multiplier !== null && multiplier >= 12) {
    const end = raw[next]?.end ?? first.end;
    return { token: numberToken(first.start, end, value * multiplier, value * multiplier, "word", null), next: next + 1 };
  }
  const end = (hasArticle ? raw[next - 1] : raw[start])?.end ?? first.end;
  return hasArticle || has(raw[next], "units")
    ? { token: numberToken(first.start, end, value, value, "word", null), next: hasArticle ? next : start + 1 }
    : null;
}

/** Whether a word is a digit: "four", "zero". */
function isDigitWord(token: RawToken | undefined): boolean {
  const value = numberOf(token, "numbers");
  return value !== null && value >= 0 && value < 10 && Number.isInteger(value);
}

/** "four", "four five" behind a spoken point. */
function decimalWords(
  raw: readonly RawToken[],
  at: number,
): { readonly value: number; readonly place: number; readonly end: number; readonly next: number } {
  let [next, value, place, end] = [at, 0, 1, 0];
  while (isDigitWord(raw[next])) {
    place /= 10;
    value += (numberOf(raw[next], "numbers") ?? 0) * place;
    end = raw[next]?.end ?? end;
    next += 1;
  }
  return { value, place, end, next };
}

/** "and a half" behind a number; a counter between says the same where a unit follows ("一个半小时"). */
function andAHalf(raw: readonly RawToken[], at: number): { readonly value: number; readonly end: number; readonly next: number } | null {
  const isCounted = has(raw[at], "counters") && has(raw[at + 2], "units");
  if (!has(raw[at], "and") && !isCounted) return null;
  const next = has(raw[at + 1], "articles") ? at + 2 : at + 1;
  const value = numberOf(raw[next], "numbers");
  const token = raw[next];
  return value !== null && value > 0 && value < 1 && token !== undefined ? { value, end: token.end, next: next + 1 } : null;
}

function numberToken(
  start: number,
  end: number,
  value: number,
  lastPlace: number,
  form: PrintedNumber["form"],
  repair: PrintedNumber["repair"],
): NumberToken {
  const number: PrintedNumber = { span: { start, end }, value: withoutNoise(repair?.value ?? value), lastPlace, form, range: null, repair };
  return { kind: "number", start, end, number, isClock: false, isArticle: false };
}

function has(token: RawToken | undefined, role: LexiconRole): boolean {
  return token !== undefined && "senses" in token && token.senses.some((sense: Sense) => sense.role === role);
}

function numberOf(token: RawToken | undefined, role: "numbers" | "multipliers"): number | null {
  if (token === undefined || !("senses" in token)) return null;
  const sense = token.senses.find((candidate: Sense) => candidate.role === role);
  return sense === undefined ? null : Number(sense.value);
}

/** What decimals times powers of ten leave behind in the last bits. */
function withoutNoise(value: number): number {
  return Number(value.toPrecision(14));
}
