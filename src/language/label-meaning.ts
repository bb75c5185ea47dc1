/** What a header, a key or a lead-in says of the numbers that it heads: their kind, unit and scale, by the one grammar of units. */
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { KindDefinition, UnitAtom } from "../model/lexicon.ts";
import { hasRole, isMark, type NumberToken, senseOf, type Token } from "./tokens.ts";
import type { UnitAlgebra } from "./unit-algebra.ts";
import { dimensionOfPhrase, dividedBy, isTooShort, type UnitPhrase, type UnitReader, unitAt } from "./unit-phrase.ts";

export interface LabelMeaning {
  readonly kind: KindDefinition;
  /** What the numbers are multiplied with: "(k)", "in millions", "TFLOP/s". */
  readonly size: number;
  readonly above: readonly UnitAtom[];
  readonly below: readonly UnitAtom[];
  readonly product: HardwareMatch | null;
  /** The label prints a unit; otherwise it is only the usual one. */
  readonly isPrinted: boolean;
}

/** The unit of a kind whose name is enough. */
const USUAL_UNITS: Readonly<Record<string, string>> = {
  accelerators: "gpu",
  nodes: "node",
  batch: "sequence",
  "sequence-length": "token",
  steps: "step",
  epochs: "epoch",
  parameters: "parameter",
  tokens: "token",
  samples: "sample",
  flop: "flop",
  carbon: "t",
  energy: "kWh",
};

/** Kinds without a unit. */
const PURE: ReadonlySet<string> = new Set(["pue", "mfu", "ratio"]);

/** The meaning of the tokens of a label; null where it heads nothing that is known. */
export function labelMeaning(reader: UnitReader, from: number, to: number): LabelMeaning | null {
  const part = reader.tokens.slice(from, to);
  if (part.length === 0 || hasForeign(part)) return null;
  const inner: UnitReader = { ...reader, tokens: part };
  const names = namesOf(part);
  const initial = unitByInitial(inner, names);
  if (initial !== null) return withUnit(inner, initial, names, 1);
  const unit = unitOfLabel(inner);
  const scale = scaleOfLabel(part);
  if (unit !== null) return withUnit(inner, unit, names, scale);
  if (part.some((token) => isUnknown(token))) return null;
  for (const name of names) {
    const meaning = usualMeaning(reader.algebra, name);
    if (meaning !== null && (scale < LEAST_OF_LARGE || LARGE.has(name))) return { ...meaning, size: scale };
  }
  return null;
}

/** "Throughput (T/s)": in brackets behind the name of a rate the first letter of what is counted stands for it. */
function unitByInitial(reader: UnitReader, names: readonly string[]): UnitPhrase | null {
  const { tokens, algebra } = reader;
  const at = tokens.findIndex((token, index) => isMark(token, "(") && tokens[index + 1]?.kind === "word" && isMark(tokens[index + 2], "/"));
  const letter = tokens[at + 1];
  if (at < 0 || letter?.kind !== "word" || letter.end - letter.start > 1 || hasRole(letter, "units")) return null;
  for (const name of names)
    for (const dimension of algebra.kind(name)?.dimensions ?? []) {
      const [counted = "", rest] = dimension.split("/");
      const atom = rest === undefined || !counted.startsWith(letter.text.toLowerCase()) ? null : algebra.atom(counted);
      if (atom !== null) return dividedBy(reader, { above: [atom], next: at + 2, end: letter.end });
    }
  return null;
}

/** A kind in its usual unit; null for what is told in units alone. */
export function usualMeaning(algebra: UnitAlgebra, name: string): LabelMeaning | null {
  const kind = algebra.kind(name);
  const atom = algebra.atom(USUAL_UNITS[name] ?? "");
  if (kind === null || (atom === null && !PURE.has(name))) return null;
  return { kind, size: 1, above: atom === null ? [] : [atom], below: [], product: null, isPrinted: false };
}

/** The kind of a unit, by its name where one is printed; null where a dimension is of no kind. */
export function kindOfUnit(
  reader: UnitReader,
  unit: Pick<UnitPhrase, "above" | "below" | "isCarbon">,
  names: readonly string[],
): KindDefinition | null {
  const kinds = reader.algebra.kindsOf(dimensionOfPhrase(unit));
  const named = kinds.find(({ kind }) => names.includes(kind) || (kind === "carbon" && unit.isCarbon));
  // What is divided says itself what it is: no other kind is told in tokens by parameter.
  const only = unit.below.length > 0 && kinds.length === 1 ? kinds[0] : undefined;
  return named ?? kinds.find((kind) => !kind.isNamed) ?? only ?? null;
}

/** Dimensions that a figure of a whole may be told for one of. */
const PARTS: ReadonlySet<string> = new Set(["part", "epoch", "step", "sample", "accelerator", "node", "parameter", "pod", "token"]);

/** What a step takes so many of. */
const BATCHED: ReadonlySet<string> = new Set(["token", "sample"]);

/** The kind of a unit; what it is only for one of is taken off its end until there is one. */
export function kindOfParts(
  reader: UnitReader,
  unit: Pick<UnitPhrase, "above" | "below" | "isCarbon">,
  names: readonly string[],
): KindDefinition | null {
  for (let count = unit.below.length; count >= 0; count -= 1) {
    const below = unit.below.slice(0, count);
    const taken = unit.below.slice(count);
    const isOfMoney = unit.above[0]?.dimension === "money";
    if (!taken.every(({ dimension }) => PARTS.has(dimension) && !(isOfMoney && dimension === "token"))) return null;
    const isOfStep = taken.some(({ dimension }) => dimension === "step") && BATCHED.has(unit.above[0]?.dimension ?? "");
    if (isOfStep || taken.some(({ id }) => id === "batch")) return reader.algebra.kind("batch");
    const kind = kindOfUnit(reader, { above: unit.above, below, isCarbon: unit.isCarbon }, names);
    if (kind !== null) return kind;
  }
  return null;
}

function withUnit(reader: UnitReader, printed: UnitPhrase, names: readonly string[], scale: number): LabelMeaning | null {
  const price = priceOfLabel(reader, printed, names);
  if (price !== null) return price;
  const head = headOfLabel(reader, printed);
  if (head !== null) return usualMeaning(reader.algebra, head);
  const part = partOfLabel(reader, printed);
  const whole = { ...printed, below: [...printed.below, ...part] };
  const isWhole = part.length > 0 && (kindOfUnit(reader, whole, names) ?? kindOfParts(reader, whole, names)) !== null;
  const unit = isWhole ? whole : printed;
  // "batch (tokens)": what needs its name and has it is that.
  const named = reader.algebra.kindsOf(dimensionOfPhrase(unit)).find(({ kind, isNamed }) => isNamed && names.includes(kind));
  const kind = named ?? kindOfParts(reader, unit, names);
  if (kind === null || (scale >= LEAST_OF_LARGE && !LARGE.has(kind.kind))) return null;
  return { kind, size: unit.size * scale, above: unit.above, below: unit.below, product: unit.product, isPrinted: true };
}

/** "price_per_gpu_hour": money without a sign of which, for what stands behind "per"; dollars, as such keys mean. */
function priceOfLabel(reader: UnitReader, { above, below }: UnitPhrase, names: readonly string[]): LabelMeaning | null {
  const dollar = reader.algebra.atom("USD");
  const isSold = above.every(({ dimension }) => dimension === "accelerator" || dimension === "node" || dimension === "time");
  if (dollar === null || !isSold || below.length > 0 || !(names.includes("price") || names.includes("cost"))) return null;
  if (!reader.tokens.some((token) => hasRole(token, "per") && !hasRole(token, "articles"))) return null;
  const kind = kindOfUnit(reader, { above: [dollar], below: above, isCarbon: false }, names);
  return kind?.kind === "price" ? { kind, size: 1, above: [dollar], below: above, product: null, isPrinted: true } : null;
}

/** "gpu_energy", "GPU power": the last word is what is told, what stands before it is only whose. */
function headOfLabel({ tokens, algebra }: UnitReader, unit: UnitPhrase): string | null {
  const dimension = unit.above[0]?.dimension;
  if (unit.above.length > 1 || unit.below.length > 0 || (dimension !== "accelerator" && dimension !== "node")) return null;
  const head = tokens[unit.next]?.kind === "mark" && tokens[unit.next]?.start === unit.end ? tokens[unit.next + 1] : tokens[unit.next];
  const name = namesOf(head === undefined ? [] : [head])[0];
  const kind = name === undefined ? null : algebra.kind(name);
  return kind === null || kind.dimensions.some((one) => one.split("/")[0]?.includes(dimension)) ? null : kind.kind;
}

/** Kinds that are told in billions and more; the "(T)" over a batch says tokens. */
const LARGE: ReadonlySet<string> = new Set(["parameters", "tokens", "samples", "flop", "flop-rate", "cost"]);
const LEAST_OF_LARGE = 1e9;

/** What a label says outside of its brackets that it is for one of: "elapsed time per iteration (ms)". */
function partOfLabel({ tokens, algebra }: UnitReader, { above, below }: UnitPhrase): readonly UnitAtom[] {
  const at = tokens.findIndex((token, index) => index > 0 && isDivisor(token));
  const unit = at < 0 ? null : unitAt({ tokens, algebra }, at + 1, 0);
  if (unit === null || unit.below.length > 0) return [];
  const own = new Set([...above, ...below].map(({ dimension }) => dimension));
  return unit.above.some(({ dimension }) => own.has(dimension)) ? [] : unit.above;
}

function isDivisor(token: Token | undefined): boolean {
  return token?.kind === "word" && isPer(token);
}

/** "per", "/"; not "a", which may be either. */
function isPer(token: Token | undefined): boolean {
  return hasRole(token, "per") && !hasRole(token, "articles");
}

/** Among the kinds that a label names: it has words that make something else of its numbers. */
export const FOREIGN = "foreign";

/** Whether one of its words makes something else of the numbers of a label; not the part in "min/seed", "hours per fold". */
export function hasForeign(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    const before = tokens[at - 1];
    const isPart = hasRole(token, "units") && (isMark(before, "/") || isDivisor(before));
    return hasRole(token, "foreign") && !isPart;
  });
}

/** The kinds that a stretch names, the longest words first. */
export function namesOf(tokens: readonly Token[]): readonly string[] {
  return tokens
    .filter((token) => hasRole(token, "names"))
    .sort((left, right) => right.end - right.start - (left.end - left.start))
    .flatMap((token) => ("senses" in token ? token.senses.filter(({ role }) => role === "names").map(({ value }) => value) : []));
}

/** A unit in brackets or behind "in" goes first; what a number counts ("days on 8 x A100") is a figure of its own. */
function unitOfLabel(reader: UnitReader): UnitPhrase | null {
  const { tokens } = reader;
  let [first, last]: [UnitPhrase | null, UnitPhrase | null] = [null, null];
  const names = namesOf(tokens);
  for (let at = 0; at < tokens.length; at += 1) {
    const before = tokens[at - 1];
    // "(×10²⁰)" scales what is told.
    if (hasRole(tokens[at], "times") && tokens[at + 1]?.kind === "number") continue;
    const isCounted = (before?.kind === "number" && !isScale(before)) || (hasRole(before, "times") && tokens[at - 2]?.kind === "number");
    const unit = unitAt(reader, at, 0);
    // "fennel-ct", "p": a hundredth of some money heads nothing by its sign.
    const [money] = unit?.above ?? [];
    const isHundredth = money?.dimension === "money" && (money.id === "cent" || (unit?.size ?? 1) < 1);
    const sign = isHundredth ? tokens[(unit?.next ?? 0) - 1] : undefined;
    const isSign = sign?.kind === "word" && sign.end - sign.start <= 2;
    // "if you want it in GPU hours": a pronoun among words heads nothing, where "it/s" does.
    const isPronoun = hasRole(tokens[at], "stops") && unit?.below.length === 0 && before?.kind === "word";
    if (unit === null || isSign || isPronoun || isOnlyProduct(reader, unit) || isStrayLetter(reader, unit, at, names)) continue;
    const isBracketed = before?.kind === "mark" && (before.text === "(" || before.text === "[" || before.text === ",");
    const isScaled = tokens[at - 2]?.kind === "mark" && (hasRole(before, "multipliers") || isScale(before));
    if (first !== null && isBracketed && first.next === at - 1 && isOfDevices(first) && isOfTime(unit))
      return { ...unit, above: [...first.above, ...unit.above] };
    if ((isBracketed || isScaled) && !(first !== null && first.above.length + first.below.length > 1)) return unit;
    // "gpu_power_w", "energy_kwh": the unit ends the name of a setting.
    if (unit.next === tokens.length && tokens.some((token) => token.kind === "mark" && token.text === "_")) return unit;
    // "price per GPU-hour ($)", "S/s": what is told is not what it is told for one of; "time / h" names what is told in it.
    if (isDivisor(before) || (isPer(before) && isOfTime(unit)))
      last ??= reader.algebra.kindsOf(dimensionOfPhrase(unit)).some(({ kind }) => names.includes(kind)) ? unit : null;
    else if (!isCounted) first ??= unit;
    at = unit.next - 1;
  }
  return first ?? last;
}

/** The "J" of "Appendix J": a letter behind a word is a unit only of what the label names. */
function isStrayLetter({ tokens, algebra }: UnitReader, unit: UnitPhrase, at: number, names: readonly string[]): boolean {
  const before = tokens[at - 1];
  const isAlone = unit.next === at + 1 && isTooShort(tokens[at]) && before?.kind === "word" && before.senses.length === 0;
  return isAlone && !algebra.kindsOf(dimensionOfPhrase(unit)).some(({ kind }) => names.includes(kind));
}

function isOfDevices({ above, below }: UnitPhrase): boolean {
  return above.length === 1 && below.length === 0 && above[0]?.dimension === "accelerator";
}

function isOfTime({ above, below }: UnitPhrase): boolean {
  return above.length === 1 && below.length === 0 && above[0]?.dimension === "time";
}

/** "P100", "V100x64": a product by itself is a thing of the row or column, "H100s" and "A100 GPUs" count. */
function isOnlyProduct({ tokens }: UnitReader, unit: UnitPhrase): boolean {
  const [last, after] = [tokens[unit.next - 1], tokens[unit.next]];
  if (unit.product === null || unit.above.length > 1 || unit.below.length > 0 || unit.product.slice !== null) return false;
  const isPlural = last?.kind === "word";
  return !isPlural || (hasRole(after, "times") && tokens[unit.next + 1]?.kind === "number");
}

/** "(k)", "in thousands", "x 10^21", "N/10^9", "(B)": what multiplies every number; 1 for nothing. */
export function scaleOfLabel(tokens: readonly Token[]): number {
  for (const [at, token] of tokens.entries()) {
    const isFactor = hasRole(tokens[at - 1], "times") || isMark(tokens[at - 1], "/");
    if (token.kind === "number" && token.number.form === "scientific" && isFactor) return token.number.value;
    if (token.kind === "number" && token.number.form === "integer" && token.number.value >= 1e3 && hasRole(tokens[at - 1], "times"))
      return token.number.value;
    if (isScale(token)) return token.number.value;
    if (token.kind !== "word") continue;
    const multiplier = token.senses.find(({ role }) => role === "multipliers");
    if (multiplier !== undefined) return Number(multiplier.value);
  }
  return tokens.some(isOfLarge) ? smallScaleOf(tokens) : 1;
}

/** "tokens (b)", "params_m": a letter that the label has in small letters, in brackets or at the end of the name of a setting. */
function smallScaleOf(tokens: readonly Token[]): number {
  const isClosed = isMark(tokens.at(-1), ")");
  const letter = tokens.at(isClosed ? -2 : -1);
  const isSetApart = isMark(tokens.at(isClosed ? -3 : -2), isClosed ? "(" : "_");
  return Number((isSetApart ? senseOf(letter, "label-multipliers")?.value : null) ?? 1);
}

/** A word for what is told in millions and more. */
function isOfLarge(token: Token): boolean {
  return (
    "senses" in token &&
    token.senses.some(({ role, value }) => (role === "names" && LARGE.has(value)) || (role === "units" && LARGE.has(`${value}s`)))
  );
}

/** The 万 of "费用（万元）": a power of ten in a word. */
function isScale(token: Token | undefined): token is NumberToken {
  return (
    token?.kind === "number" &&
    token.number.form === "word" &&
    token.number.value >= 1000 &&
    Number.isInteger(Math.log10(token.number.value))
  );
}

function isUnknown(token: Token): boolean {
  return token.kind === "word" && token.senses.length === 0;
}
