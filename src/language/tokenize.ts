/**
 * One stretch of text as tokens: numbers in every form, words with what they stand for, products, marks.
 *
 * Tokens do not overlap and are in order; a product's name holds no number, and words of several parts are one token.
 */
import type { Catalog } from "../model/catalog.ts";
import { findHardware, type HardwareMatch } from "../model/hardware-finder.ts";
import type { LexiconRole } from "../model/lexicon.ts";
import { append } from "../model/many.ts";
import { SUPERSCRIPTS, scanDigits } from "./digits.ts";
import { isCurrency, isDigit, isLetter, isWide, type LexiconIndex, lexiconOf, type Sense, type WordHit } from "./lexicon-index.ts";
import { joinNumberWords } from "./number-words.ts";
import type { RawToken, Token } from "./tokens.ts";

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
    last?.kind === "digits" || ((last?.kind === "word" || last?.kind === "mark") && last.senses.some(({ role }) => COUNTING.has(role)));
  return !isCounted;
}

/** What a count ends with: "two", "a", "2x". */
const COUNTING: ReadonlySet<LexiconRole> = new Set(["times", "articles", "numbers", "counters"]);

function readToken(text: string, at: number, limit: number, lexicon: LexiconIndex, out: RawToken[]): number {
  const code = text.charCodeAt(at);
  if (code === 32) return at + 1;
  if (isDigit(code) || isBarePoint(text, at)) {
    const scan = scanDigits(text, at, isOpen(text, at, out.at(-1), out.at(-2)));
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
  const hit = startsWord ? (lexicon.longestAt(text, at) ?? (out.length === 0 ? articleAt(text, at, lexicon) : null)) : null;
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
    // The minutes of "614m20s".
    const isMinutes = text[at] === "m" && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
    const end = isMinutes ? at + 1 : Math.min(wordEnd(text, at), limit);
    const parts = startsWord ? joinedParts(text.slice(at, end), at, lexicon) : [];
    if (parts.length > 1) {
      append(out, parts);
      return end;
    }
    out.push({ kind: "word", start: at, end, text: text.slice(at, end), senses: [] });
    return end;
  }
  out.push({ kind: "mark", start: at, end: at + 1, text: text.charAt(at), senses: [] });
  return at + 1;
}

/** "numParams", "GPUHours": words that are joined by their capitals, where each of them is known; none for any other word. */
function joinedParts(word: string, start: number, lexicon: LexiconIndex): readonly RawToken[] {
  const parts: RawToken[] = [];
  for (let from = 0; from < word.length; ) {
    let to = from + 1;
    while (to < word.length && !opensPart(word, to)) to += 1;
    const text = word.slice(from, to);
    const hit = text.length < SHORTEST_PART || to - from === word.length ? null : lexicon.longestAt(text, 0);
    if (hit === null || hit.end < text.length) return [];
    parts.push({ kind: "word", start: start + from, end: start + to, text, senses: hit.senses });
    from = to;
  }
  return parts;
}

const SHORTEST_PART = 3;

/** A capital behind a small letter, and the last of several capitals before one. */
function opensPart(word: string, at: number): boolean {
  const isCapital = (letter: string): boolean => letter !== letter.toLowerCase();
  const [before, here, after = ""] = [word.charAt(at - 1), word.charAt(at), word.charAt(at + 1)];
  return isCapital(here) && (!isCapital(before) || (after !== "" && after !== after.toUpperCase()));
}

/** "A device": words of one or two letters are matched as they are written, but an article may begin a sentence. */
function articleAt(text: string, at: number, lexicon: LexiconIndex): WordHit | null {
  const end = text.indexOf(" ", at);
  if (end < 0 || end - at > 2) return null;
  const hit = lexicon.longestAt(text.slice(at, end).toLowerCase(), 0);
  return hit?.end === end - at && hit.senses.some(({ role }) => role === "articles") ? { ...hit, end } : null;
}

/** The x of "8xH100", "12x8" and "V100x8", which touches what it multiplies. */
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

/** The point of ".7 kW", where no digit or word ends before it. */
function isBarePoint(text: string, at: number): boolean {
  if (text[at] !== "." || !isDigit(text.charCodeAt(at + 1))) return false;
  const before = text[at - 1];
  return before === undefined || before === " " || before === "(" || before === "$" || before === "~" || before === "=";
}

/** Whether a number may begin here: not in "v3", "GPT-4", "1.2.3", "#12" of a list, but in "US$12", "Rs115", "x8" behind a number. */
function isOpen(text: string, at: number, last: RawToken | undefined, beforeLast: RawToken | undefined): boolean {
  if (last === undefined || last.end < at) return true;
  const before = text.charCodeAt(at - 1);
  if (last.kind === "mark") {
    // The end of "2-3 weeks".
    if (last.text === "-" && beforeLast?.kind === "digits" && beforeLast.end === last.start) return true;
    if (last.text === "-" || last.text === ".") return last.start === 0 || !isWordBefore(text, last.start);
    // "N/10^9" says how large its numbers are, as "A/100" does not.
    if (last.text === "/") return last.start === 0 || !isLetter(text.charCodeAt(last.start - 1)) || isPowerOfTen(text, at);
    if (last.text === ",") return last.start === 0 || !isDigit(text.charCodeAt(last.start - 1));
    return last.text !== "_" && last.text !== "#" && last.text !== "@";
  }
  if (last.kind === "word")
    return isWide(before) || last.senses.some(opensNumber) || (last.text === "m" && isDigit(text.charCodeAt(last.start - 1)));
  return false;
}

function isPowerOfTen(text: string, at: number): boolean {
  return text.startsWith("10", at) && (text[at + 2] === "^" || SUPERSCRIPTS.includes(text[at + 2] ?? " "));
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
