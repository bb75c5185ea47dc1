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
  if (kind.kind === "accelerators") return wholeBefore(reader, at, unit);
  if (!kind.adds || kind.kind === "nodes" || kind.kind === "steps") return null;
  const part = partBefore(reader, at);
  return part === "step" && !(kind.kind === "wall-time" && SHORT.has(unit.above[0]?.id ?? "")) ? null : part;
}

/** Units that the time of a step is told in. */
const SHORT: ReadonlySet<string> = new Set(["second", "millisecond", "minute"]);

/** "nodes of four A100s", "a box with 8 H100s", "64 nodes (8x H100 each)", "each node has 8 GPUs". */
function wholeBefore(reader: UnitReader, at: number, unit: Pick<UnitPhrase, "isEach" | "above">): string | null {
  const part = unit.above[0]?.id ?? "";
  const { tokens } = reader;
  let contains = 0;
  let isFar = false;
  for (let index = at - 1; index >= Math.max(0, at - REACH); index -= 1) {
    const token = tokens[index];
    if (token === undefined || (token.kind === "mark" && ENDS.has(token.text))) return null;
    const atom = unitOf(reader, token)?.above[0];
    const isDevice = atom !== undefined && DEVICES.has(atom.id) && PARTS_OF_DEVICES.has(part) && atom.id !== part;
    const isNode = atom?.dimension === "node" || (token.kind === "product" && token.match.system !== null && unit.isEach);
    if (isNode || isDevice) {
      if (isFar) return isOne(tokens, index) ? (isNode ? "node" : "device") : null;
      const isOfOne = unit.isEach || hasRole(tokens[index - 1], "per") || (contains > 0 && index >= at - REACH_OF_CONTENT);
      return isOfOne ? (isNode ? "node" : "device") : null;
    }
    if (hasRole(token, "contains")) contains += 1;
    else if (token.kind === "number" || (!unit.isEach && token.kind === "word" && token.senses.length === 0)) {
      // "A device, which costs $8 per hour, has four chips": the verb right before the count goes back to its subject.
      if (!hasRole(tokens[at - 1], "contains")) return null;
      isFar = true;
    } else if (!unit.isEach && token.kind === "mark" && token.text === "(") return isPerNode(tokens, index) ? "node" : null;
  }
  return null;
}

/** "a TPU v3 device", "each node": an article or its like stands before the thing or its product. */
function isOne(tokens: readonly Token[], at: number): boolean {
  return [at - 1, at - 2].some(
    (index) => hasRole(tokens[index], "articles") || hasRole(tokens[index], "each") || hasRole(tokens[index], "per"),
  );
}

/** Units of hardware that hold others, and what they hold. */
const DEVICES: ReadonlySet<string> = new Set(["device", "cloud-tpu", "board", "module", "superchip"]);
const PARTS_OF_DEVICES: ReadonlySet<string> = new Set(["chip", "core", "gcd", "gpu", "module"]);

const REACH_OF_CONTENT = 6;

/** "per node (eight A800s ...)". */
function isPerNode(tokens: readonly Token[], bracket: number): boolean {
  return hasRole(tokens[bracket - 1], "units", "node") && hasRole(tokens[bracket - 2], "per");
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
function partBefore(reader: UnitReader, at: number): string | null {
  const { tokens } = reader;
  for (let index = at - 1; index >= Math.max(0, at - REACH); index -= 1) {
    const token = tokens[index];
    if (token === undefined || (token.kind === "mark" && ENDS.has(token.text))) return null;
    if (token.kind === "word" && WHOLE.has(token.text.toLowerCase())) return null;
    const atom = unitOf(reader, token)?.above[0];
    const amount = atom?.dimension === "token" ? amountBefore(tokens, index) : null;
    if (amount !== null) return `${amount.toExponential().replace("+", "")} token`;
    if (atom === undefined || (atom.dimension !== "part" && atom.dimension !== "epoch" && atom.dimension !== "step")) continue;
    if (
      atom.id === "model" ||
      atom.id === "language" ||
      atom.id === "user" ||
      atom.id === "request" ||
      atom.id === "batch" ||
      atom.id === "task" ||
      atom.id === "game"
    )
      continue;
    const lead = tokens[index - 1];
    const isOne = hasRole(lead, "articles") || hasRole(lead, "per") || (lead?.kind === "number" && lead.number.value === 1);
    // "one run costs" tells the whole of a training, "each run costs" that there are others.
    if (atom.id === "run" && !hasRole(lead, "each") && (hasRole(lead, "articles") || lead?.kind === "number")) return null;
    const isEachOf = [index - 1, index - 2, index - 3, index - 4].some((place) => hasRole(tokens[place], "each"));
    if (isOne || isEachOf) return atom.id === "epoch" || atom.id === "step" ? atom.id : atom.id === "fold" ? "fold" : "run";
    if (lead?.kind === "number") return null;
  }
  return null;
}
