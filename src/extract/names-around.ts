/** What the words around a number call it: the name of a kind before or behind it, the key before a colon. */

import { type LabelMeaning, labelMeaning, namesOf } from "../language/label-meaning.ts";
import { isWide } from "../language/lexicon-index.ts";
import { hasRole, isKeySign, isMark, type NumberToken, type Token } from "../language/tokens.ts";
import { type UnitReader, unitOf } from "../language/unit-phrase.ts";

/** How many tokens before a number, and behind its unit, a name is looked for. */
const REACH_BEFORE = 7;
const REACH_AFTER = 3;

const ENDS: ReadonlySet<string> = new Set([".", ";", "|", "!", "?", "。", "；"]);

/** A name near a number: on which side, and how far. */
export interface NearName {
  readonly name: string;
  readonly side: "before" | "behind";
  readonly distance: number;
  /** The token that names it. */
  readonly at: number;
}

/** The kinds named around a number and its unit, the nearest first. */
export function namesAround(reader: UnitReader, at: number, next: number): readonly string[] {
  return namesNear(reader, at, next).map(({ name }) => name);
}

/** The names around a number and its unit with their places, the nearest first. */
export function namesNear({ tokens }: UnitReader, at: number, next: number): readonly NearName[] {
  const found: NearName[] = [];
  for (let index = at - 1; index >= Math.max(0, at - REACH_BEFORE); index -= 1) {
    const token = tokens[index];
    // "PUE for 2023: 1.19".
    if (token === undefined || (token.kind === "number" && !isYear(token)) || isEnd(token)) break;
    for (const name of namesOf([token])) found.push({ name, side: "before", distance: at - index + (isComma(token) ? 2 : 0), at: index });
  }
  const subject = subjectBefore(tokens, at);
  if (subject !== null && found.length === 0)
    for (const name of namesOf(tokens.slice(subject, subject + 1))) found.push({ name, side: "before", distance: 1, at: subject });
  for (let index = next - 1; index < Math.min(tokens.length, next + REACH_AFTER); index += 1) {
    const token = tokens[index];
    // "1.58 (PUE)".
    const isBracket = index === next && token?.kind === "mark" && token.text === "(";
    if (token === undefined || token.kind === "number") break;
    if (index >= next && !isBracket && (isEnd(token) || isComma(token) || hasRole(token, "and"))) break;
    for (const name of namesOf([token])) found.push({ name, side: "behind", distance: index - next + 1.5, at: index });
  }
  const isOther = found.some(({ name }) => name === "mfu") && isOfForeign(tokens, at, next);
  return found.filter(({ name }) => !isOther || name !== "mfu").sort((left, right) => left.distance - right.distance);
}

/** Tokens before a verb among which its subject is looked for. */
const REACH_OF_SUBJECT = 24;

/** "The PUE of the site where Wren was trained is 1.25": the place of the name that the number is said to be, far before its verb. */
function subjectBefore(tokens: readonly Token[], at: number): number | null {
  let verb = at - 1;
  while (hasRole(tokens[verb], "hedges")) verb -= 1;
  if (!isCopula(tokens[verb])) return null;
  let subject: number | null = null;
  for (let index = verb - 1; index >= Math.max(0, verb - REACH_OF_SUBJECT); index -= 1) {
    const token = tokens[index];
    // "the PUE of the two halls was".
    const isCount = token?.kind === "number" && token.number.form === "word" && hasRole(tokens[index - 1], "definite");
    if (token === undefined || (token.kind === "number" && !isCount) || isEnd(token) || isComma(token)) break;
    if (hasRole(token, "names") && (hasRole(tokens[index + 1], "of") || hasRole(tokens[index + 1], "stops"))) subject = index;
  }
  return subject;
}

/** "10% of its peak" of a learning rate, "40% of peak write bandwidth": what has a peak is none of the machine's operations. */
function isOfForeign(tokens: readonly Token[], at: number, next: number): boolean {
  const isBreak = (token: Token): boolean => token.kind === "number" || isEnd(token) || isComma(token);
  const before = tokens.slice(Math.max(0, at - REACH_BEFORE), at);
  const behind = tokens.slice(next, next + REACH_BEFORE);
  const end = behind.findIndex(isBreak);
  return [...before.slice(before.findLastIndex(isBreak) + 1), ...(end < 0 ? behind : behind.slice(0, end))].some((token) =>
    hasRole(token, "foreign"),
  );
}

function isEnd(token: Token): boolean {
  return token.kind === "mark" && ENDS.has(token.text);
}

function isYear({ number }: NumberToken): boolean {
  return number.form === "integer" && number.value >= 1990 && number.value <= 2040;
}

function isComma(token: Token): boolean {
  return token.kind === "mark" && (token.text === "," || token.text === "(" || token.text === ")");
}

const CONNECTORS: ReadonlySet<string> = new Set([":", "=", "→", "：", "＝"]);

/** The key of a value: the tokens before a colon or an equals sign; null where none stands right before the number. */
export function labelBefore(reader: UnitReader, at: number): { readonly from: number; readonly to: number } | null {
  const { tokens } = reader;
  let index = at - 1;
  while (index >= 0 && (isFiller(reader, tokens[index]) || isStar(tokens[index]))) index -= 1;
  const connector = tokens[index];
  if (connector?.kind !== "mark" || !CONNECTORS.has(connector.text)) return settingBefore(tokens, at);
  if (isUnknownKey(tokens[index - 1], connector)) return null;
  let to = index;
  while (to > 0 && isStar(tokens[to - 1])) to -= 1;
  if (connector.text === "=" && isSymbol(tokens[to - 1])) return { from: to - 1, to };
  const isGlued = isKeySign(tokens, index);
  const startOf = (end: number): number => {
    let start = end;
    while (start > 0 && !isBoundary(tokens, start - 1) && !(isGlued && start < end && isSpaced(tokens, start))) start -= 1;
    return start;
  };
  let from = startOf(to);
  // "batch size (w. parallel, accumulation) = 128": a remark that is more than a unit is no part of the key.
  const open = isMark(tokens[to - 1], ")") ? tokens.findLastIndex((token, place) => place < to && isMark(token, "(")) : -1;
  if (open > 0 && from > open) [from, to] = [startOf(open), open];
  // "32 (images per GPU) * 4 (nodes) = 128": the last factor is no key of the product.
  const isFactor = connector.text === "=" && tokens[from - 1]?.kind === "number" && hasRole(tokens[from - 2], "times");
  // "on 64 A100s: 4,608": what is counted is no key.
  const isCounted = tokens[from - 1]?.kind === "number" && hasRole(tokens[from - 2], "stops");
  return from < to && !isFactor && !isCounted ? { from, to } : null;
}

/** "on 64 GPUs with TP=8": the word before an equals sign is the key, whatever stands before it. */
function isUnknownKey(key: Token | undefined, sign: Token): boolean {
  return sign.kind === "mark" && sign.text === "=" && key?.kind === "word" && key.senses.length === 0;
}

/** "tokens_per_sec 112252.8": the name of a setting is a key, whatever stands between. */
function settingBefore(tokens: readonly Token[], at: number): { readonly from: number; readonly to: number } | null {
  let from = at;
  while (from > 0 && !isBoundary(tokens, from - 1) && !(from < at && isSpaced(tokens, from))) from -= 1;
  const isSetting = tokens.slice(from, at).some((token) => isMark(token, "_"));
  return isSetting && isSpaced(tokens, at) ? { from, to: at } : null;
}

/** "run=wren world_size=128": what stands before a space is no part of the key that is glued to its sign. */
function isSpaced(tokens: readonly Token[], at: number): boolean {
  return (tokens[at - 1]?.end ?? 0) < (tokens[at]?.start ?? 0);
}

/** The N of "writing N = 2.3B": a letter that stands for a quantity, whatever stands before it. */
function isSymbol(token: Token | undefined): boolean {
  return token?.kind === "word" && token.end - token.start === 1 && hasRole(token, "names");
}

/** Hedges and signs of money stand between a key and its number. */
function isFiller(reader: UnitReader, token: Token | undefined): boolean {
  return hasRole(token, "hedges") || unitOf(reader, token)?.above[0]?.dimension === "money";
}

/** Marks of emphasis that a plain text keeps. */
function isStar(token: Token | undefined): boolean {
  return token?.kind === "mark" && (token.text === "*" || token.text === "`" || token.text === '"' || token.text === "'");
}

const BOUNDARIES: ReadonlySet<string> = new Set([",", ";", "|", "•", ".", ":", "=", "{", "}", "·"]);

function isBoundary(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || token.kind === "number") return token?.kind === "number";
  return token.kind === "mark" && BOUNDARIES.has(token.text);
}

/** The name that stands right before or behind a number that has no unit: "batch size of 512", "ctx 8192", "1.2 PUE". */
export function nearestName(reader: UnitReader, at: number, next: number): LabelMeaning | null {
  const { tokens } = reader;
  let index = at - 1;
  let words = 0;
  while (index >= 0 && words <= MOST_CONNECTING && isConnecting(tokens[index])) {
    if (tokens[index]?.kind === "word") words += 1;
    index -= 1;
  }
  const before = named(reader, index);
  if (
    before !== null &&
    (before.kind.isNamed ||
      index === at - 1 ||
      words === 0 ||
      hasRole(tokens[at - 1], "of") ||
      isCopula(tokens[at - 1]) ||
      isWideWord(tokens[at - 1]))
  )
    return before;
  const after = tokens[next];
  return after !== undefined && after.start - (tokens[next - 1]?.end ?? 0) <= 1 ? namedOnly(reader, next) : null;
}

/** "the training steps are 1M". */
function isCopula(token: Token | undefined): boolean {
  return hasRole(token, "again") && hasRole(token, "stops") && !hasRole(token, "to");
}

/** "参数量为 1300 亿": languages without spaces glue what joins a name to its number. */
function isWideWord(token: Token | undefined): boolean {
  return token?.kind === "word" && isWide(token.text.charCodeAt(0)) && token.senses.length > 0;
}

const MOST_CONNECTING = 4;

function isConnecting(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === "mark")
    return token.text === "(" || token.text === "-" || token.text === '"' || token.text === "=" || token.text === ":" || token.text === "*";
  return (
    token.kind === "word" &&
    !hasRole(token, "names") &&
    (hasRole(token, "stops") ||
      hasRole(token, "articles") ||
      hasRole(token, "of") ||
      hasRole(token, "hedges") ||
      token.senses.length === 0) &&
    !hasRole(token, "and")
  );
}

/** A name that is not the unit of another number before it. */
function named(reader: UnitReader, index: number): LabelMeaning | null {
  const token = reader.tokens[index];
  if (token === undefined || !hasRole(token, "names")) return null;
  const isCounted = reader.tokens[index - 1]?.kind === "number" && unitOf(reader, token) !== null;
  // "the warm-up training steps".
  const isOther = [index - 1, index - 2].some((place) => hasRole(reader.tokens[place], "foreign"));
  return isCounted || isOther ? null : namedOnly(reader, index);
}

function namedOnly(reader: UnitReader, index: number): LabelMeaning | null {
  const meaning = labelMeaning(reader, index, index + 1);
  return meaning !== null && !(meaning.isPrinted && !meaning.kind.isNamed && NEED_KEY.has(meaning.kind.kind)) ? meaning : null;
}

/** Kinds whose unit alone, beside a number without one, says nothing: "GPUs 8" needs its colon. */
const NEED_KEY: ReadonlySet<string> = new Set([
  "wall-time",
  "cost",
  "price",
  "energy",
  "power",
  "accelerators",
  "nodes",
  "accelerator-hours",
  "flop",
  "flop-rate",
  "throughput",
  "memory",
  "carbon",
  "tokens",
  "samples",
]);

/** How far words that make something else of a number may stand. */
const REACH_OF_FOREIGN = 8;

/** Words near by that make something else of a figure than one of training: "vocabulary", "learning rate", "speech"; and a denial. */
export function foreignNear({ tokens }: UnitReader, from: number, next: number): readonly string[] {
  const isBreak = (token: Token): boolean => token.kind === "number" || (token.kind === "mark" && token.text !== "-" && token.text !== '"');
  const before = tokens.slice(Math.max(0, from - REACH_OF_FOREIGN), from);
  const behind = tokens.slice(next, next + REACH_OF_FOREIGN);
  const near = before.slice(before.findLastIndex(isBreak) + 1);
  const end = behind.findIndex(isBreak);
  const after = end < 0 ? behind : behind.slice(0, end);
  const features: string[] = [];
  if (near.some((token) => hasRole(token, "foreign"))) features.push("foreign before");
  if (
    hasRole(
      near.findLast((token) => !hasRole(token, "stops") && !hasRole(token, "hedges")),
      "foreign",
    )
  )
    features.push("foreign right before");
  if (after.some((token) => hasRole(token, "foreign"))) features.push("foreign behind");
  if (hasRole(after[0], "foreign")) features.push("foreign right behind");
  if (near.some((token) => token.kind === "word" && token.text === "not")) features.push("not before");
  return features;
}
