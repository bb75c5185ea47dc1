/** Tokens of a stretch of text: numbers in every form, words with what they stand for, products, marks. */
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { LexiconRole } from "../model/lexicon.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { DigitNumber } from "./digits.ts";
import type { Sense } from "./lexicon-index.ts";

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

/** A token before numbers of several words are put together. */
export type RawToken = (DigitNumber & { readonly kind: "digits" }) | WordToken | ProductToken | MarkToken;

/** Whether a word or mark has a role, and, if given, a value. */
export function hasRole(token: Token | undefined, role: LexiconRole, value?: string): boolean {
  return senseOf(token, role, value) !== null;
}

/** The first sense of a token in a role; null if it has none. */
export function senseOf(token: Token | undefined, role: LexiconRole, value?: string): Sense | null {
  if (token === undefined || (token.kind !== "word" && token.kind !== "mark")) return null;
  return token.senses.find((sense) => sense.role === role && (value === undefined || sense.value === value)) ?? null;
}

export function isMark(token: Token | undefined, text: string): boolean {
  return token?.kind === "mark" && token.text === text;
}

/** A sign of equality that is glued to what stands before it, which it makes the key of a value: "seq_len=2048". */
export function isKeySign(tokens: readonly Token[], at: number): boolean {
  const sign = tokens[at];
  return isMark(sign, "=") && tokens[at - 1]?.end === sign?.start;
}
