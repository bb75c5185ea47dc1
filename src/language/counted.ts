/** What stands before a number and says what it counts, or what it is told for one of. */
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { UnitAtom } from "../model/lexicon.ts";
import { hasRole, senseOf, type Token } from "./tokens.ts";
import { type UnitReader, unitOf } from "./unit-phrase.ts";

/** A thing before its number: "H100 256장", "A100 を 64 枚", "토큰은 1.2조 개". */
export interface Counted {
  readonly atom: UnitAtom;
  readonly product: HardwareMatch | null;
  /** Where the phrase begins in the text. */
  readonly start: number;
  /** The token behind the counter, and where the counter ends in the text. */
  readonly next: number;
  readonly end: number;
  readonly isEach: boolean;
}

/** Dimensions that are counted piece by piece. */
export const COUNTED: ReadonlySet<string> = new Set(["accelerator", "node", "pod", "token", "sample", "parameter", "step", "epoch"]);

/** Words of grammar between a thing and its number. */
const MOST_BETWEEN = 3;

/** What the number at a token counts, where a counter behind it says that something does; null where nothing is named. */
export function countedBefore(reader: UnitReader, at: number, next: number): Counted | null {
  const { tokens, algebra } = reader;
  const counter = tokens[next];
  const isTimes = hasRole(tokens[at - 1], "times") && tokens[at - 2]?.kind === "product" && tokens[at - 3]?.kind !== "number";
  if (!isTimes && !hasRole(counter, "counters")) return null;
  const index = isTimes ? at - 2 : skipBack(tokens, at - 1, MOST_BETWEEN);
  const thing = tokens[index];
  if (thing === undefined) return null;
  const unit = unitOf(reader, thing)?.above[0];
  const owner = thing.kind === "product" ? thing : tokens[index - 1];
  const product = owner?.kind === "product" ? owner.match : null;
  const bare = product === null ? null : algebra.atom(product.system !== null ? "node" : "gpu");
  const atom = unit !== undefined && COUNTED.has(unit.dimension) ? unit : thing.kind === "product" ? bare : null;
  if (atom === null || (thing.kind !== "product" && tokens[index - 1]?.kind === "number")) return null;
  const end = hasRole(counter, "counters") ? counter : tokens[at];
  const after = hasRole(counter, "counters") ? next + 1 : next;
  const start = product !== null && owner !== undefined ? owner.start : thing.start;
  return { atom, product, start, next: after, end: end?.end ?? thing.end, isEach: hasRole(tokens[after], "each") };
}

/** What a figure is divided by, said before its number: "每卡时 12 元", "GPU당 초당 2,580 토큰", "1 GPU あたり 300 円". */
export interface DividedBefore {
  readonly below: readonly UnitAtom[];
  readonly product: HardwareMatch | null;
  readonly start: number;
}

/** The denominators before a number, the nearest last; null where there are none. */
export function dividedBefore(reader: UnitReader, at: number): DividedBefore | null {
  const { tokens } = reader;
  let below: readonly UnitAtom[] = [];
  let product: HardwareMatch | null = null;
  let start = -1;
  let isHalf = false;
  let index = skipBack(tokens, at - 1, MOST_BETWEEN);
  for (let parts = 0; parts < 3; parts += 1) {
    const part = denominatorEndingAt(reader, index);
    if (part === null && isHalf) return null;
    if (part === null) break;
    isHalf = part.isHalf;
    below = [...part.atoms, ...below];
    product = part.product ?? product;
    start = tokens[part.from]?.start ?? start;
    index = part.from - 1;
  }
  return below.length === 0 ? dividedFirst(reader, at) : { below, product, start };
}

/** Words between a denominator that begins a sentence and its figure. */
const MOST_OF_CLAUSE = 4;

/** "Per server we read 6.4 kW": what begins a sentence is said of its first figure. */
function dividedFirst(reader: UnitReader, at: number): DividedBefore | null {
  const { tokens } = reader;
  const [per, first] = tokens;
  if (at > MOST_OF_CLAUSE + 1 || per?.kind !== "word" || !hasRole(per, "per") || hasRole(per, "articles")) return null;
  const atoms = unitOf(reader, first === undefined ? undefined : tokens[1])?.above ?? [];
  const isOfMachine = atoms.length === 1 && atoms.every(({ dimension }) => COUNTED.has(dimension));
  const isPlain = tokens.slice(2, at).every((token) => token.kind === "word" && !hasRole(token, "units") && !hasRole(token, "per"));
  return isOfMachine && isPlain ? { below: atoms, product: null, start: tokens[at]?.start ?? per.start } : null;
}

interface Denominator {
  readonly atoms: readonly UnitAtom[];
  readonly product: HardwareMatch | null;
  readonly from: number;
  /** Only one if what stands before it is another: the hour of "每卡每小时". */
  readonly isHalf: boolean;
}

function denominatorEndingAt(reader: UnitReader, last: number): Denominator | null {
  const { tokens } = reader;
  const isBehind = hasRole(tokens[last], "per-after");
  let atoms: readonly UnitAtom[] = [];
  let product: HardwareMatch | null = null;
  let from = isBehind ? last : last + 1;
  while (atoms.length < 2) {
    const token = tokens[from - 1];
    const atom = unitOf(reader, token)?.above;
    const bare = token?.kind === "product" ? reader.algebra.atom("gpu") : null;
    if (atom === undefined && bare === null) break;
    atoms = [...(atom ?? (bare === null ? [] : [bare])), ...atoms];
    if (token?.kind === "product") product = token.match;
    from -= 1;
  }
  if (atoms.length === 0) return null;
  const before = tokens[from - 1];
  if (isBehind) return { atoms, product, from: before?.kind === "number" && before.number.value === 1 ? from - 1 : from, isHalf: false };
  const isMany = before?.kind === "number" && unitOf(reader, tokens[from])?.above[0]?.dimension === "token";
  const place = hasRole(before, "counters") || isMany ? from - 2 : from - 1;
  const [per, owner] = [tokens[place], tokens[place - 1]];
  if (per?.kind !== "word" || !hasRole(per, "per") || hasRole(per, "articles") || hasRole(per, "definite")) return null;
  const lead = tokens[place - 2];
  const isOfUnit = hasRole(owner, "units");
  const isTaken = owner?.kind === "number" || (isOfUnit && (lead?.kind === "number" || lead?.kind === "mark" || hasRole(lead, "units")));
  return isTaken || isBehindFigure(tokens, place) ? null : { atoms, product, from: place, isHalf: isOfUnit && hasRole(lead, "per") };
}

/** "366 g CO2 per kWh": a number with its unit goes right before. */
function isBehindFigure(tokens: readonly Token[], place: number): boolean {
  let index = place - 1;
  while (index >= place - MOST_OF_UNIT && (hasRole(tokens[index], "units") || senseOf(tokens[index], "names", "carbon") !== null))
    index -= 1;
  return index < place - 1 && tokens[index]?.kind === "number";
}

/** Words of a unit: "g CO2 eq". */
const MOST_OF_UNIT = 3;

/** The first token before that is more than a hedge or a word of grammar. */
function skipBack(tokens: readonly Token[], from: number, most: number): number {
  let index = from;
  while (index > from - most && isSmall(tokens[index])) index -= 1;
  return index;
}

function isSmall(token: Token | undefined): boolean {
  return (
    token?.kind === "word" &&
    !hasRole(token, "units") &&
    !hasRole(token, "and") &&
    !hasRole(token, "per-after") &&
    (hasRole(token, "stops") || hasRole(token, "hedges") || hasRole(token, "of") || hasRole(token, "names"))
  );
}
