/**
 * One stretch of text as tokens: numbers in every form, words with what they stand for, products, marks.
 *
 * Tokens do not overlap and are in order; a product's name holds no number, and words of several parts are one token.
 */
import type { Catalog } from "../model/catalog.ts";
import { findHardware, type HardwareMatch } from "../model/hardware-finder.ts";
import type { LexiconRole } from "../model/lexicon.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { type DigitNumber, scanDigits } from "./digits.ts";
import { isCurrency, isDigit, isLetter, isWide, type LexiconIndex, lexiconOf, type Sense } from "./lexicon-index.ts";
import { joinNumberWords } from "./number-words.ts";

interface Place {
  readonly start: number;
  readonly end: number;
}

export interface NumberToken extends Place {
  readonly kind: "number";
  readonly number: PrintedNumber;
  /** An hour, minutes and seconds with colons; the value is in seconds. */
  readonly isClock: boolean;
  /** A bare "m" behind it may be a million or minutes: the value is without it. */
  readonly isArticle: boolean;
}

export interface WordToken extends Place {
  readonly kind: "word";
  /** As printed. */
  readonly text: string;
  /** What lexicons say it stands for; empty for an ordinary word. */
  readonly senses: readonly Sense[];
}

export interface ProductToken extends Place {
  readonly kind: "product";
  readonly match: HardwareMatch;
}

export interface MarkToken extends Place {
  readonly kind: "mark";
  readonly text: string;
  readonly senses: readonly Sense[];
}

export type Token = NumberToken | WordToken | ProductToken | MarkToken;

/** The tokens of a folded text, with the words of the languages that its document is in. Shape: positions count from its start. */
export function tokensOf(catalog: Catalog, text: string, languages: readonly string[] = []): readonly Token[] {
  const lexicon = lexiconOf(catalog, languages);
  const products = findHardware(catalog).find(text);
  const raw: RawToken[] = [];
  let next = 0;
  let at = 0;
  while (at < text.length) {
    while (next < products.length && (products[next]?.span.start ?? 0) < at) next += 1;
    const product = products[next];
    if (product !== undefined && product.span.start === at && isBareNumber(text, product, raw.at(-1))) {
      next += 1;
      continue;
    }
    if (product !== undefined && product.span.start === at) {
      raw.push({ kind: "product", start: at, end: product.span.end, match: product });
      at = product.span.end;
      next += 1;
      continue;
    }
    const limit = product?.span.start ?? text.length;
    at = readToken(text, at, limit, lexicon, raw);
  }
  return joinNumberWords(text, raw);
}

/** "4090" names a card only as the plural, or behind a count: "two 4090s", "a 4090"; "4090 steps" counts. */
function isBareNumber(text: string, match: HardwareMatch, last: RawToken | undefined): boolean {
  if (!match.needsContext || !isDigit(text.charCodeAt(match.span.start))) return false;
  if (text.charCodeAt(match.span.end) === 115) return false;
  const isCounted =
    last?.kind === "digits" ||
    (last?.kind === "mark" && last.senses.some(({ role }) => role === "times")) ||
    (last?.kind === "word" && last.senses.some(({ role }) => role === "articles" || role === "numbers" || role === "counters"));
  return !isCounted;
}

/** A token before numbers of several words are put together. */
export type RawToken = (DigitNumber & { readonly kind: "digits" }) | WordToken | ProductToken | MarkToken;

function readToken(text: string, at: number, limit: number, lexicon: LexiconIndex, out: RawToken[]): number {
  const code = text.charCodeAt(at);
  if (code === 32) return at + 1;
  if (isDigit(code)) {
    const scan = scanDigits(text, at, isOpen(text, at, out.at(-1)));
    if (scan.kind === "number" && scan.number.end <= limit) {
      out.push({ kind: "digits", ...scan.number });
      return scan.number.end;
    }
    const end = Math.min(Math.max(scan.kind === "other" ? scan.end : at + 1, at + 1), limit);
    out.push({ kind: "word", start: at, end, text: text.slice(at, end), senses: [] });
    return end;
  }
  if (isTimesSign(text, at, limit, out.at(-1))) {
    out.push({
      kind: "mark",
      start: at,
      end: at + 1,
      text: text.charAt(at),
      senses: [{ role: "times", value: "", language: "symbols", isGated: false }],
    });
    return at + 1;
  }
  const startsWord = !isLetter(code) || isWide(code) || !continuesWord(text, at, out.at(-1));
  const hit = startsWord ? lexicon.longestAt(text, at) : null;
  if (hit !== null && hit.end <= limit) {
    out.push({
      kind: isLetter(code) || hit.end - at > 1 ? "word" : "mark",
      start: at,
      end: hit.end,
      text: text.slice(at, hit.end),
      senses: hit.senses,
    });
    return hit.end;
  }
  if (isLetter(code)) {
    const end = Math.min(wordEnd(text, at), limit);
    out.push({ kind: "word", start: at, end, text: text.slice(at, end), senses: [] });
    return end;
  }
  out.push({ kind: "mark", start: at, end: at + 1, text: text.charAt(at), senses: [] });
  return at + 1;
}

/** The x of "8xH100" and "12x8", which touches what it multiplies. */
function isTimesSign(text: string, at: number, limit: number, last: RawToken | undefined): boolean {
  const letter = text[at];
  if ((letter !== "x" && letter !== "X") || last === undefined || last.end !== at) return false;
  if (last.kind === "product") return isDigit(text.charCodeAt(at + 1));
  if (last.kind !== "digits") return false;
  return at + 1 === limit || isDigit(text.charCodeAt(at + 1));
}

/** A letter behind a letter belongs to the word before, unless that ended as a product or a number does. */
function continuesWord(text: string, at: number, last: RawToken | undefined): boolean {
  return (
    last !== undefined && last.kind === "word" && last.end === at && isLetter(text.charCodeAt(at - 1)) && !isWide(text.charCodeAt(at - 1))
  );
}

function wordEnd(text: string, start: number): number {
  if (isWide(text.charCodeAt(start))) return start + 1;
  let end = start + 1;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    const isInner = (code === 39 || code === 0x2019) && isLetter(text.charCodeAt(end + 1));
    if (!isDigit(code) && !isInner && (!isLetter(code) || isWide(code))) break;
    end += 1;
  }
  return end;
}

/** Whether a number may begin here: not in "v3", "GPT-4", "1.2.3", "#12" of a list, but in "US$12", "Rs115", "x8" behind a number. */
function isOpen(text: string, at: number, last: RawToken | undefined): boolean {
  if (last === undefined || last.end < at) return true;
  const before = text.charCodeAt(at - 1);
  if (last.kind === "mark") {
    if (last.text === "-" || last.text === ".") return last.start === 0 || !isWordBefore(text, last.start);
    if (last.text === "/") return last.start === 0 || !isLetter(text.charCodeAt(last.start - 1));
    if (last.text === ",") return last.start === 0 || !isDigit(text.charCodeAt(last.start - 1));
    return last.text !== "_" && last.text !== "#" && last.text !== "@";
  }
  if (last.kind === "word") return isWide(before) || last.senses.some(opensNumber);
  return false;
}

function isWordBefore(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1);
  return isDigit(code) || (isLetter(code) && !isWide(code));
}

const OPENING: ReadonlySet<LexiconRole> = new Set(["times", "hedges"]);

/** Signs of money and of multiplication may touch the number behind them; so may the time of a composite one ("6h32m"). */
function opensNumber({ role, value }: Sense): boolean {
  return OPENING.has(role) || (role === "units" && (isCurrency(value) || value === "hour" || value === "day" || value === "minute"));
}

/** Whether a word or mark has a role, and, if given, a value. */
export function hasRole(token: Token | undefined, role: LexiconRole, value?: string): boolean {
  return senseOf(token, role, value) !== null;
}

/** The first sense of a token in a role; null if it has none. */
export function senseOf(token: Token | undefined, role: LexiconRole, value?: string): Sense | null {
  if (token === undefined || (token.kind !== "word" && token.kind !== "mark")) return null;
  return token.senses.find((sense) => sense.role === role && (value === undefined || sense.value === value)) ?? null;
}
