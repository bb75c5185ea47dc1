/** What a rate is charged for where the sentence names it first: "A TPU v3 device, which costs $8 per hour". */
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { UnitAtom } from "../model/lexicon.ts";
import { hasRole, type Token } from "./tokens.ts";
import { type UnitReader, unitAt, unitOf } from "./unit-phrase.ts";

export interface Owner {
  readonly atom: UnitAtom;
  readonly product: HardwareMatch | null;
}

/** How far before a rate its owner may stand, in tokens. */
const REACH = 16;

const ENDS: ReadonlySet<string> = new Set([".", ";", "!", "?", "。", "；", "|"]);

/** The one thing of hardware whose rate a figure at a token is; null where none is named, or many are counted. */
export function ownerBefore(reader: UnitReader, at: number): Owner | null {
  const { tokens } = reader;
  let from = at - 1;
  while (from >= Math.max(0, at - REACH) && !isEnd(tokens[from])) from -= 1;
  // "512 TPU v3 chips" is not cut in the middle.
  while (tokens[from]?.kind === "number" || tokens[from]?.kind === "product") from -= 1;
  const piece = soldPiece(reader, Math.max(from + 1, 0), at);
  if (piece !== null) return piece;
  let isCounted = false;
  for (let index = Math.max(from + 1, 0); index < at; index += 1) {
    const thing = unitAt(reader, index, 0);
    const atom = thing?.above[0];
    if (thing === null || atom === undefined || thing.next > at) continue;
    const isOwning = thing.above.length === 1 && thing.below.length === 0 && OWNING.has(atom.dimension);
    const begins = describedFrom(reader, index, thing.next);
    if (isOwning && isMany(tokens, begins)) isCounted = true;
    // The first is rented, not what it holds: "a node with H100s"; behind many, one of which it is said that it is one.
    else if (isOwning && (!isCounted || isOne(tokens, begins)) && !isPartOfName(tokens, thing.next))
      return isFollowedByMany(reader, thing.next, at) ? null : { atom, product: thing.product };
    index = thing.next - 1;
  }
  return null;
}

/** "four nodes at $32 an hour each", "96 H100s at 13.5k tokens/s apiece": the many of hardware that a figure is told for one of, nearest first. */
export function manyBefore(reader: UnitReader, at: number): Owner | null {
  const { tokens } = reader;
  for (let index = at - 1; index >= Math.max(0, at - REACH) && !isEnd(tokens[index]); index -= 1) {
    const thing = unitAt(reader, index, 0);
    const atom = thing?.above[0];
    if (thing === null || atom === undefined || thing.next > at) continue;
    const isOwning = thing.above.length === 1 && thing.below.length === 0 && OWNING.has(atom.dimension);
    if (isOwning && isMany(tokens, describedFrom(reader, index, thing.next))) return { atom, product: thing.product };
  }
  return null;
}

/** "£1.50 an hour for each of the 100 cards": the many that stand behind a rate. */
export function eachOfBehind(reader: UnitReader, next: number): Owner | null {
  const { tokens } = reader;
  if (!hasRole(tokens[next], "each") && !(hasRole(tokens[next], "per") && !hasRole(tokens[next], "articles"))) return null;
  if (!hasRole(tokens[next + 1], "of")) return null;
  for (let index = next + 2; index < next + REACH_OF_MANY && !isEnd(tokens[index]); index += 1) {
    const thing = unitAt(reader, index, 0);
    const atom = thing?.above[0];
    if (thing !== null && atom !== undefined && thing.above.length === 1 && thing.below.length === 0)
      return OWNING.has(atom.dimension) ? { atom, product: thing.product } : null;
  }
  return null;
}

/** Tokens from a rate to the things it is told for each of: "for each of the 100 cards". */
const REACH_OF_MANY = 6;

/** Where a machine begins that is told by what it holds: "an 8-GPU node" is one. */
function describedFrom({ tokens, algebra }: UnitReader, at: number, next: number): number {
  const [joint, last] = [tokens[at], tokens[next - 1]];
  const isJoined = (joint?.kind === "mark" && joint.text === "-") || hasRole(joint, "times");
  if (!isJoined || tokens[at - 1]?.kind !== "number") return at;
  const isOf = (token: Token | undefined, dimension: string): boolean =>
    unitOf({ tokens, algebra }, token)?.above[0]?.dimension === dimension;
  const holds = tokens.slice(at + 1, next - 1).some((token) => token.kind === "product" || isOf(token, "accelerator"));
  return holds && isOf(last, "node") ? at - 1 : at;
}

const OWNING: ReadonlySet<string> = new Set(["accelerator", "node"]);

/** "rents its TPUs by the host": the piece that is sold, whatever is named before it; null where none is told. */
function soldPiece(reader: UnitReader, from: number, to: number): Owner | null {
  for (let index = from; index < to; index += 1) {
    const piece = hasRole(reader.tokens[index], "by-the") ? unitAt(reader, index + 1, 0) : null;
    const [atom, ...more] = piece?.above ?? [];
    if (piece !== null && atom !== undefined && more.length === 0 && piece.below.length === 0 && OWNING.has(atom.dimension))
      return { atom, product: piece.product };
  }
  return null;
}

/** A count of more than one before a thing, perhaps behind a word: "64 rented H100s". */
function isMany(tokens: readonly Token[], at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 3); index -= 1) {
    const token = tokens[index];
    if (token?.kind === "number") return token.number.value !== 1;
    if (token?.kind !== "word" || hasRole(token, "stops") || hasRole(token, "articles") || hasRole(token, "per")) return false;
  }
  return false;
}

/** "a device", "each rented node": perhaps behind a word. */
function isOne(tokens: readonly Token[], at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 3); index -= 1) {
    const token = tokens[index];
    if (token?.kind === "number") return token.number.value === 1;
    if (hasRole(token, "articles") || hasRole(token, "per")) return true;
    if (token?.kind !== "word" || hasRole(token, "stops")) return false;
  }
  return false;
}

/** "an H100 cluster costs": the thing is one word of a name of something larger; "an H100 rents for" goes on with a verb. */
function isPartOfName(tokens: readonly Token[], next: number): boolean {
  const [last, after] = [tokens[next - 1], tokens[next]];
  const isPlural = last?.kind === "word" && last.text.endsWith("s");
  return !isPlural && after?.kind === "word" && after.senses.length === 0 && !after.text.endsWith("s");
}

/** "GPUs are $2 an hour, and 64 H100s ...": how many are rented stands behind, and the rate may be that of all. */
function isFollowedByMany(reader: UnitReader, from: number, at: number): boolean {
  for (let index = from; index < at; index += 1) {
    const unit = unitAt(reader, index, 0);
    const between = reader.tokens.slice(from, index);
    const isHeld = between.some((token) => hasRole(token, "contains")) || isOpened(between);
    if (unit !== null && OWNING.has(unit.above[0]?.dimension ?? "") && isMany(reader.tokens, index)) return !isHeld;
  }
  return false;
}

/** "A device (four chips)": what stands in brackets behind a thing is what it holds. */
function isOpened(tokens: readonly Token[]): boolean {
  const marks = tokens.flatMap((token) => (token.kind === "mark" ? token.text : []));
  return marks.lastIndexOf("(") > marks.lastIndexOf(")");
}

function isEnd(token: Token | undefined): boolean {
  return token?.kind === "mark" && ENDS.has(token.text);
}
