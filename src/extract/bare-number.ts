/** Numbers without a unit, and what is told of the figures around them. */

import { hasRole, type NumberToken, type Token } from "../language/tokens.ts";
import { headLength } from "../model/head-length.ts";
import type { Figure } from "./figure.ts";
import { beginsBar } from "./progress-bar.ts";
import type { Segment } from "./segments.ts";

/** A number that no unit makes a figure. */
export interface BareNumber {
  readonly segment: Segment;
  readonly at: number;
  readonly token: NumberToken;
  /** What the grammar takes it for by a name or a list alone. */
  readonly proposed: Figure | null;
}

/** A figure near it, and how many figures and sentences lie between. */
export interface Near {
  readonly figure: Figure;
  readonly segment: Segment;
}

/** What stands around a bare number. */
export interface Around {
  /** Figures before it and behind it, nearest first. */
  readonly before: readonly Near[];
  readonly behind: readonly Near[];
  /** Units without a number: "In GPU-hours, that is ...". */
  readonly leads: readonly Near[];
  /** The sentences before, nearest first. */
  readonly earlier: readonly Segment[];
}

/** What the grammar knows by a name or a list, without a unit beside the number. */
const OPEN: ReadonlySet<string> = new Set(["name", "key", "key with unit", "shared unit"]);

/** Whether what a figure is of is asked once more, beside the figures around it. */
export function isOpen({ rule, number, from, next }: Figure): boolean {
  return OPEN.has(rule) && number.range === null && next === from + 1;
}

/** The numbers of a segment without a unit. */
export function bareNumbers(segment: Segment, figures: readonly Figure[]): readonly BareNumber[] {
  return segment.reader.tokens.flatMap((token, at) => {
    const { tokens } = segment.reader;
    if (token.kind !== "number" || token.isClock || isOfUnknownKey(tokens, at) || isOfCompound(tokens, at) || beginsBar(tokens, at + 2))
      return [];
    const next = figures[headLength(figures, (figure) => figure.next <= at)];
    const proposed = next !== undefined && next.from <= at ? next : null;
    return proposed !== null && !isOpen(proposed) ? [] : [{ segment, at, token, proposed }];
  });
}

/** "64-way", "16-bit": a count of what the word glued to it says; a size may be glued to anything ("the 7B-chat"). */
function isOfCompound(tokens: readonly Token[], at: number): boolean {
  const [token, hyphen, word] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  const isGlued = hyphen?.kind === "mark" && hyphen.text === "-" && hyphen.start === token?.end && word?.start === hyphen.end;
  return isGlued && word?.kind === "word" && word.senses.length === 0 && token?.kind === "number" && token.number.form !== "decimal";
}

/** "TP=8": the value of a key that is known for nothing is nothing of what stands around. */
function isOfUnknownKey(tokens: readonly Token[], at: number): boolean {
  const [key, sign] = [tokens[at - 2], tokens[at - 1]];
  const isKey = key?.kind === "word" && (key.senses.length === 0 || hasRole(key, "foreign"));
  return sign?.kind === "mark" && sign.text === "=" && isKey && key.end - key.start > 1;
}
