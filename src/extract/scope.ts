/** What a figure is for one of, where the words before it say so: "an epoch takes 6 h", "each of the five seeds", "nodes of four A100s". */

import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import { type UnitPhrase, type UnitReader, unitOf } from "../language/unit-phrase.ts";
import type { KindDefinition } from "../model/lexicon.ts";

/** How far before a figure its scope may stand, in tokens. */
const REACH = 14;

const ENDS: ReadonlySet<string> = new Set([".", ";", "!", "?", "。", "；", "|"]);

/** What the figure at a token is for one of; null for the whole. */
export function scopeOf(
  reader: UnitReader,
  at: number,
  unit: Pick<UnitPhrase, "isEach" | "above" | "next">,
  kind: KindDefinition,
): string | null {
  const unique = eachBefore(reader, at);
  if (kind.kind === "accelerators") return wholeBehind(reader, unit.next) ?? wholeBefore(reader, at, unit) ?? unique;
  if (kind.kind === "nodes") return unique;
  const scheduled = SCHEDULED.has(kind.kind) ? scheduleOf(reader, at, unit.next) : null;
  if (scheduled !== null) return scheduled;
  if (!kind.adds || kind.kind === "steps") return null;
  const part =
    partOfCount(reader, at) ??
    partBefore(reader, at, unit.isEach) ??
    (unit.above[0]?.dimension === "time" ? partBehind(reader, unit.next) : null);
  return part === "step" && !(kind.kind === "wall-time" && SHORT.has(unit.above[0]?.id ?? "")) ? null : part;
}

/** Kinds of which a schedule tells parts. */
const SCHEDULED: ReadonlySet<string> = new Set(["steps", "tokens", "epochs", "samples"]);

/** "the first 2,000 steps", "500 steps of warm-up": only a part of a run; null for all of it. */
function scheduleOf({ tokens }: UnitReader, at: number, next: number): string | null {
  const isBreak = (token: Token): boolean => token.kind === "number" || (token.kind === "mark" && (isEnd(token) || token.text === ","));
  const before = tokens.slice(Math.max(0, at - REACH), at);
  // "400k updates after a short warm-up" are of no warm-up.
  const isOfBehind = hasRole(tokens[next], "of") || !hasRole(tokens[next], "stops");
  const behind = isOfBehind ? tokens.slice(next, next + REACH_BEHIND) : [];
  const told = [...before.slice(before.findLastIndex(isBreak) + 1), ...upTo(behind, isBreak)];
  if (told.some((token) => hasRole(token, "parts", "warm-up"))) return "warm-up";
  return hasRole(tokens[at - 1], "parts", "part") ? "part" : null;
}

function upTo(tokens: readonly Token[], isBreak: (token: Token) => boolean): readonly Token[] {
  const end = tokens.findIndex(isBreak);
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** "each token is sent to 4 nodes": what is counted for one of many, right before it in its clause. */
function eachBefore(reader: UnitReader, at: number): string | null {
  const { tokens } = reader;
  for (let index = at - 1; index >= Math.max(1, at - REACH); index -= 1) {
    const token = tokens[index];
    if (token === undefined || isEnd(token) || token.kind === "number") return null;
    const atom = unitOf(reader, token)?.above[0];
    if (atom === undefined) continue;
    const lead = tokens[index - 1];
    const isEach = hasRole(lead, "per") && !hasRole(lead, "articles");
    return isEach && (atom.dimension === "token" || atom.dimension === "sample" || atom.id === "layer") ? atom.id : null;
  }
  return null;
}

function isEnd(token: Token): boolean {
  return token.kind === "mark" && ENDS.has(token.text);
}

/** How far behind a figure its scope may stand. */
const REACH_BEHIND = 5;

/** "80 hours to finish one epoch", "3 h for each seed": nothing but words of grammar and one other between. */
function partBehind(reader: UnitReader, next: number): string | null {
  const { tokens } = reader;
  if (!hasRole(tokens[next], "stops")) return null;
  for (let index = next + 1; index < next + REACH_BEHIND; index += 1) {
    const [token, lead] = [tokens[index], tokens[index - 1]];
    if (token?.kind === "number" && token.number.value === 1 && token.number.form === "word") continue;
    if (token?.kind !== "word") return null;
    const atom = unitOf(reader, token)?.above[0];
    const isOne = hasRole(lead, "per") || hasRole(lead, "articles") || lead?.kind === "number";
    if (atom !== undefined)
      return isOne && (atom.dimension === "epoch" || atom.id === "seed" || atom.id === "fold") ? wordOfPart(atom.id) : null;
  }
  return null;
}

function wordOfPart(id: string): string {
  return id === "epoch" || id === "step" || id === "fold" || id === "model" ? id : "run";
}

/** Units that the time of a step is told in. */
const SHORT: ReadonlySet<string> = new Set(["second", "millisecond", "minute"]);

/** "four GH200s in a node", "eight GCDs to every node". */
function wholeBehind(reader: UnitReader, next: number): string | null {
  const { tokens } = reader;
  const lead = hasRole(tokens[next], "stops") ? next + 1 : next;
  const isOfEach = hasRole(tokens[lead], "per") && (lead > next || !hasRole(tokens[lead], "articles"));
  return isOfEach && isNode(reader, tokens[lead + 1]) ? "node" : null;
}

/** Whether what stands at a place tells of what the figure right before it is: "four cards in every node, so 160", "11 h per epoch, 33 h". */
function isOfFigureBefore({ tokens }: UnitReader, at: number): boolean {
  let index = at - 1;
  let leads = 0;
  while (hasRole(tokens[index], "per") || hasRole(tokens[index], "articles") || hasRole(tokens[index], "stops")) {
    if (hasRole(tokens[index], "per")) leads += 1;
    index -= 1;
  }
  if (leads === 0) return false;
  while (hasRole(tokens[index], "units") || tokens[index]?.kind === "product") index -= 1;
  return index < at - 2 && tokens[index]?.kind === "number";
}

/** "nodes of four A100s", "a box with 8 H100s", "64 nodes (8x H100 each)", "each node has 8 GPUs". */
function wholeBefore(reader: UnitReader, at: number, unit: Pick<UnitPhrase, "isEach" | "above">): string | null {
  const part = unit.above[0]?.id ?? "";
  const { tokens } = reader;
  const [before, holder] = [tokens[at - 1], tokens[at - 2]];
  // "64 workers, each with one A100", "16 nodes × 8 H100".
  if (hasRole(before, "contains") && hasRole(holder, "each")) return "node";
  if (hasRole(before, "times") && (isNode(reader, holder) || (isClosing(holder) && isNode(reader, tokens[at - 3])))) return "node";
  let contains = 0;
  let isFar = false;
  let isSaidAgain = false;
  for (let index = at - 1; index >= Math.max(0, at - REACH); index -= 1) {
    const token = tokens[index];
    if (token === undefined || (token.kind === "mark" && ENDS.has(token.text))) return null;
    const atom = unitOf(reader, token)?.above[0];
    const isDevice = atom !== undefined && DEVICES.has(atom.id) && PARTS_OF_DEVICES.has(part) && atom.id !== part;
    const isHolder = isNode(reader, token) || (token.kind === "product" && token.match.system !== null && unit.isEach);
    if (isHolder || isDevice) {
      if (isHolder && !unit.isEach && isOfFigureBefore(reader, index)) return null;
      if (isFar) return isOne(tokens, index) ? (isHolder ? "node" : "device") : null;
      // "16 devices, which are 64 chips": all of them, counted otherwise.
      if (isSaidAgain && !isOne(tokens, index)) return null;
      // "one board, four chips": the same thing, counted in its parts.
      const isOnePiece = isDevice && isNumberOne(tokens[index - 1]) && index >= at - 2;
      const isOfOne = isOnePiece || unit.isEach || hasRole(tokens[index - 1], "per") || (contains > 0 && index >= at - REACH_OF_CONTENT);
      if (isHolder && !unit.isEach && isTooManyForOne(tokens, index, at)) return null;
      return isOfOne ? (isHolder ? "node" : "device") : null;
    }
    // "Each node has four MI250X, that is eight GCDs": what is told again is of the same.
    if (isSaidAgain && token.kind === "number") return isInParts(token, tokens[at]) && isOfOneNode(reader, index) ? "node" : null;
    isSaidAgain ||= hasRole(token, "results");
    if (hasRole(token, "contains")) contains += 1;
    else if (token.kind === "number" || (!unit.isEach && token.kind === "word" && token.senses.length === 0)) {
      // "A device, which costs $8 per hour, has four chips": the verb right before the count goes back to its subject.
      if (!hasRole(tokens[at - 1], "contains")) return null;
      isFar = true;
    } else if (!unit.isEach && token.kind === "mark" && token.text === "(")
      return isMultiplied(reader, index, at) ? "node" : heldBy(reader, index, part);
  }
  return null;
}

/** Whether a number is another one counted in chips, dies or cores: of "8 A100s, i.e. 96 devices in total" it is not. */
function isInParts(one: Token, other: Token | undefined): boolean {
  return one.kind === "number" && other?.kind === "number" && PARTS_OF_ONE.has(other.number.value / one.number.value);
}

const PARTS_OF_ONE: ReadonlySet<number> = new Set([1, 2, 4, 8]);

/** Whether a count is that of one machine: "each of its nodes has four". */
function isOfOneNode(reader: UnitReader, at: number): boolean {
  if (!hasRole(reader.tokens[at - 1], "contains")) return false;
  for (let index = at - 2; index >= Math.max(0, at - REACH_OF_CONTENT); index -= 1)
    if (isNode(reader, reader.tokens[index])) return isOne(reader.tokens, index);
  return false;
}

/** So many devices the machines hold that most people rent; more of them, in as many machines as go into their number, are all there are. */
const MOST_OF_ONE = 8;

/** "The four nodes hold 16 GPUs": in all of them. */
function isTooManyForOne(tokens: readonly Token[], holder: number, at: number): boolean {
  const [held, count] = [tokens[at], tokens[holder - 1]?.kind === "number" ? tokens[holder - 1] : tokens[holder - 2]];
  if (held?.kind !== "number" || count?.kind !== "number" || held.number.value <= MOST_OF_ONE) return false;
  return count.number.value > 1 && held.number.value % count.number.value === 0;
}

/** "a TPU v3 device", "each node": an article or its like stands before the thing or its product. */
function isOne(tokens: readonly Token[], at: number): boolean {
  return [at - 1, at - 2].some(
    (index) =>
      hasRole(tokens[index], "articles") || hasRole(tokens[index], "each") || hasRole(tokens[index], "per") || isNumberOne(tokens[index]),
  );
}

function isNumberOne(token: Token | undefined): boolean {
  return token?.kind === "number" && token.number.value === 1;
}

/** Units of hardware that hold others, and what they hold. */
const DEVICES: ReadonlySet<string> = new Set(["device", "cloud-tpu", "board", "module", "superchip"]);
const PARTS_OF_DEVICES: ReadonlySet<string> = new Set(["chip", "core", "gcd", "gpu", "module"]);

const REACH_OF_CONTENT = 6;

/** "per node (eight A800s ...)", "a TPU v3 device (four chips)": what one thing holds, in brackets behind it. */
function heldBy(reader: UnitReader, bracket: number, part: string): string | null {
  const thing = reader.tokens[bracket - 1];
  if (!isOne(reader.tokens, bracket - 1)) return null;
  if (isNode(reader, thing)) return "node";
  return DEVICES.has(unitOf(reader, thing)?.above[0]?.id ?? "") && PARTS_OF_DEVICES.has(part) ? "device" : null;
}

function isNode(reader: UnitReader, token: Token | undefined): boolean {
  return unitOf(reader, token)?.above[0]?.dimension === "node";
}

function isClosing(token: Token | undefined): boolean {
  return token?.kind === "mark" && token.text === ")";
}

/** "4 nodes (8x A100)": what is multiplied in brackets right behind machines. */
function isMultiplied(reader: UnitReader, bracket: number, at: number): boolean {
  return bracket === at - 1 && hasRole(reader.tokens[at + 1], "times") && isNode(reader, reader.tokens[bracket - 1]);
}

/** "16 epochs of 15 minutes", "60 trials of 25 min": of how many of what one takes so much. */
function partOfCount(reader: UnitReader, at: number): string | null {
  const { tokens } = reader;
  const of = hasRole(tokens[at - 1], "hedges") ? at - 2 : at - 1;
  const [count, part] = [tokens[of - 2], unitOf(reader, tokens[of - 1])?.above[0]];
  if (!hasRole(tokens[of], "of") || count?.kind !== "number" || count.number.value <= 1 || part === undefined) return null;
  const isPart = part.dimension === "part" || part.dimension === "epoch" || part.dimension === "step";
  return isPart && !WHOLES.has(part.id) ? wordOfPart(part.id) : null;
}

/** Words that a figure of the whole is told with, between a part and the figure. */
const WHOLE: ReadonlySet<string> = new Set([
  "all",
  "total",
  "whole",
  "altogether",
  "together",
  "overall",
  "so",
  "hence",
  "thus",
  "therefore",
  "giving",
  "entire",
]);

/** "for each trillion tokens": of how many tokens something is told; null where they are no measure. */
function amountBefore(tokens: readonly Token[], at: number): number | null {
  const [amount, per] = [tokens[at - 1], tokens[at - 2]];
  const value = amount?.kind === "number" ? amount.number.value : Number(senseOf(amount, "multipliers")?.value ?? 0);
  return value > 0 && hasRole(per, "per") && !hasRole(per, "articles") ? value : null;
}

/** "an epoch took", "each seed", "one fold means", "per run:"; the nearest part before the figure in its clause. */
function partBefore(reader: UnitReader, at: number, isEach: boolean): string | null {
  const { tokens } = reader;
  let isOfSentence = true;
  for (let index = at - 1; index >= Math.max(0, at - REACH); index -= 1) {
    const token = tokens[index];
    if (token === undefined) return null;
    // "That is 14,062 updates. 0.42 s each."
    if (isEnd(token)) {
      if (!isEach || !isOfSentence) return null;
      isOfSentence = false;
      continue;
    }
    if (token.kind === "word" && !isEach && WHOLE.has(token.text.toLowerCase())) return null;
    const atom = unitOf(reader, token)?.above[0];
    const amount = atom?.dimension === "token" ? amountBefore(tokens, index) : null;
    if (amount !== null) return `${amount.toExponential().replace("+", "")} token`;
    if (atom === undefined || (atom.dimension !== "part" && atom.dimension !== "epoch" && atom.dimension !== "step")) continue;
    if (isOfFigureBefore(reader, index)) return null;
    const first = skipModifiers(tokens, index - 1);
    const lead = tokens[first];
    const isEvery = hasRole(lead, "per") && !hasRole(lead, "articles") && !hasRole(lead, "definite");
    if (WHOLES.has(atom.id) && !(isEvery && atom.id === "model")) continue;
    if (!isOfSentence) return lead?.kind === "number" ? wordOfPart(atom.id) : null;
    const isOne = hasRole(lead, "articles") || hasRole(lead, "per") || (lead?.kind === "number" && (lead.number.value === 1 || isEach));
    const isEachOf = [index - 1, index - 2, index - 3, index - 4].some((place) => hasRole(tokens[place], "each"));
    // "one run costs" tells the whole of a training, "each run costs" that there are others.
    if (atom.id === "run" && !isEachOf && (hasRole(lead, "articles") || lead?.kind === "number")) return null;
    if (isOne || isEachOf) return wordOfPart(atom.id);
    if (lead?.kind === "number") return null;
  }
  return null;
}

/** Parts that a figure is seldom of by itself: "a model took 3 days" is the whole. */
const WHOLES: ReadonlySet<string> = new Set(["model", "language", "user", "request", "batch", "task", "game"]);

/** Back over the words that say which part it is: "a training step", "each optimizer step". */
function skipModifiers(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at > from - 2) {
    const token = tokens[at];
    const isPlain =
      token?.kind === "word" &&
      !hasRole(token, "stops") &&
      !hasRole(token, "per") &&
      !hasRole(token, "units") &&
      !hasRole(token, "each") &&
      !hasRole(token, "articles");
    if (!isPlain) break;
    at -= 1;
  }
  return at;
}
