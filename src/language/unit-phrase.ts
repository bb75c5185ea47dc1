/**
 * The one grammar of units: what stands behind a number, in a header, a key or a caption.
 *
 * `unit ((-|·| ) unit)* ((/|per|a|each) unit)*`, where every product of the catalog is a unit, and words may stand between that say
 * nothing of what is counted ("256 rented H100s", "400k optimiser steps").
 */
import type { Catalog } from "../model/catalog.ts";
import type { HardwareMatch } from "../model/hardware-finder.ts";
import type { UnitAtom } from "../model/lexicon.ts";
import { hasRole, isMark, senseOf, type Token } from "./tokens.ts";
import { dimensionOf, type UnitAlgebra, type UnitProduct, unitAlgebra } from "./unit-algebra.ts";

/** A unit as it stands in a text. */
export interface UnitPhrase {
  /** Where it ends in the text, and the token behind it. */
  readonly end: number;
  readonly next: number;
  readonly size: number;
  readonly above: readonly UnitAtom[];
  readonly below: readonly UnitAtom[];
  /** Of how many of the last unit below it is told, where not of one: "per trillion tokens". */
  readonly amount?: number;
  /** The first product named in it. */
  readonly product: HardwareMatch | null;
  /** "each", "apiece": of each of what was counted before. */
  readonly isEach: boolean;
  /** Words said that it is emissions that are weighed. */
  readonly isCarbon: boolean;
  /** How many words stood between. */
  readonly gaps: number;
}

export interface UnitReader {
  readonly tokens: readonly Token[];
  readonly algebra: UnitAlgebra;
}

export function unitReader(catalog: Catalog, tokens: readonly Token[]): UnitReader {
  return { tokens, algebra: unitAlgebra(catalog) };
}

/** The dimension of a phrase: "money/(accelerator*time)". */
export function dimensionOfPhrase({ above, below }: Pick<UnitPhrase, "above" | "below">): string {
  return dimensionOf(
    above.map((atom) => atom.dimension),
    below.map((atom) => atom.dimension),
  );
}

/** Words that may stand between a number and its unit. */
const MOST_GAPS = 3;

/** The unit that begins at a token, or a few words behind it; null where none does. */
export function unitAt(reader: UnitReader, from: number, mostGaps = MOST_GAPS): UnitPhrase | null {
  const { tokens } = reader;
  let at = from;
  let gaps = 0;
  if (isHyphen(tokens[at]) || isQuote(tokens[at])) at += 1;
  if (isPlus(tokens, at)) at += 1;
  if (hasRole(tokens[at], "times") && startsHardware(reader, at + 1)) at += 1;
  at = pastPart(reader, at);
  if (hasRole(tokens[at], "counters")) at += hasRole(tokens[at + 1], "of") ? 2 : 1;
  for (;;) {
    const factor = factorAt(reader, at);
    if (factor !== null && !(gaps > 0 && isTooShort(tokens[at]))) return withDenominators(reader, withTime(reader, { ...factor, gaps }));
    if (gaps >= mostGaps || !isModifier(tokens, at)) return null;
    at += 1;
    // "14.8 trillion diverse and clean tokens".
    if (hasRole(tokens[at], "and") && gaps < mostGaps && isPlainWord(tokens[at - 1]) && isPlainWord(tokens[at + 1])) at += 1;
    if (isHyphen(tokens[at])) {
      // "300 billion n-grams".
      if (isTooShort(tokens[at - 1])) return null;
      at += 1;
    }
    gaps += 1;
  }
}

/** "64 of these GPUs", "12 of the A100s": some of what was told before. */
function pastPart(reader: UnitReader, at: number): number {
  const { tokens } = reader;
  const next = hasRole(tokens[at], "pronouns") ? at + 1 : hasRole(tokens[at], "of") && hasRole(tokens[at + 1], "definite") ? at + 2 : at;
  return next > at && startsHardware(reader, next) ? next : at;
}

/** A letter behind other words is no unit: the "s" of "three major s", the "J" of "Appendix J". */
export function isTooShort(token: Token | undefined): boolean {
  return token !== undefined && token.kind === "word" && token.end - token.start <= 1;
}

function startsHardware(reader: UnitReader, at: number): boolean {
  const token = reader.tokens[at];
  if (token?.kind === "product") return true;
  const unit = unitOf(reader, token);
  if (unit !== null) return unit.above.some(({ dimension }) => dimension === "accelerator" || dimension === "node");
  // "16 x NVIDIA A100", "4 x \"p3.16xlarge\"".
  return isModifier(reader.tokens, at) && reader.tokens[at + 1]?.kind === "product";
}

function isHyphen(token: Token | undefined): boolean {
  return token?.kind === "mark" && (token.text === "-" || token.text === "_");
}

/** "100M+ GPU-hours": at least so many. */
function isPlus(tokens: readonly Token[], at: number): boolean {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  return token?.kind === "mark" && token.text === "+" && before?.end === token.start && after?.kind !== "number";
}

const QUOTES: ReadonlySet<string> = new Set(['"', "“", "‘", "„", "'", "`"]);

function isQuote(token: Token | undefined): boolean {
  return token?.kind === "mark" && QUOTES.has(token.text);
}

function isPlainWord(token: Token | undefined): boolean {
  return token?.kind === "word" && token.senses.length === 0;
}

/** An ordinary word that may stand before a unit: "rented", "training", "optimiser"; no verb, preposition, plural or name of a number. */
function isModifier(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== "word" || tokens[at + 1] === undefined) return false;
  if (
    token.senses.some(
      ({ role }) =>
        role === "stops" ||
        role === "and" ||
        role === "definite" ||
        (role === "units" && !isOfUnknownCompound(tokens, at)) ||
        role === "numbers" ||
        role === "articles" ||
        role === "each" ||
        role === "per" ||
        role === "pronouns",
    )
  )
    return false;
  const isPlural = token.text.length > 3 && token.text.endsWith("s") && !token.text.endsWith("ss") && !token.text.endsWith("'s");
  return !isPlural || token.senses.length > 0;
}

/** The sense of a token as a unit; null if it is none. */
export function unitOf(reader: UnitReader, token: Token | undefined): UnitProduct | null {
  const sense = senseOf(token, "units");
  return sense === null ? null : reader.algebra.product(sense.value);
}

/** One unit or product, with the noun that says what of it is counted: "H100 GPUs", "TPU v3 chips", "CPU cores", "kWh". */
function factorAt(reader: UnitReader, at: number): UnitPhrase | null {
  const { tokens, algebra } = reader;
  const token = tokens[at];
  if (token?.kind === "product") {
    const bare =
      token.match.system !== null ? algebra.atom("node") : token.match.slice !== null ? algebra.atom("slice") : algebra.atom("gpu");
    if (bare === null) return null;
    let [next, end] = [at + 1, token.end];
    if (isPluralEnd(tokens[next], end)) [next, end] = [next + 1, tokens[next]?.end ?? end];
    // "A100-equivalent hours".
    if (isOfUnknownCompound(tokens, at) && unitOf(reader, tokens[at + 3])?.above[0]?.dimension === "time") return null;
    const noun = nounAt(reader, next);
    const atom = noun?.atom ?? (isCloudTpu(token.match) ? (algebra.atom("cloud-tpu") ?? bare) : bare);
    return phrase({ end: noun?.end ?? end, next: noun?.next ?? next, above: [atom], product: token.match });
  }
  const unit = unitOf(reader, token);
  if (unit === null || token === undefined || isOfUnknownCompound(tokens, at)) return null;
  const first = unit.above[0];
  if (first?.dimension === "accelerator" && unit.above.length === 1) {
    const place = hasRole(tokens[at + 1], "of") ? at + 2 : at + 1;
    const named = tokens[place];
    // "96 tarjetas H100", "8 GPUs NVIDIA A100": the noun before its product.
    const machine = named?.kind === "product" ? nounAt(reader, place + 1)?.atom.dimension : null;
    const isOfMachine = machine === "node" || machine === "pod";
    if (
      named?.kind === "product" &&
      !isOfMachine &&
      named.match.system === null &&
      named.start - token.end <= MOST_BETWEEN_NOUN_AND_PRODUCT
    )
      return phrase({ end: named.end, next: place + 1, above: [first], product: named.match });
    const noun = nounAt(reader, at + 1);
    if (noun !== null)
      return phrase({
        end: noun.end,
        next: noun.next,
        above: [first.id === "cpu" || noun.atom.dimension === "node" || noun.atom.id !== "card" ? noun.atom : first],
        product: noun.product,
      });
  }
  const made = phrase({ end: token.end, next: at + 1, above: unit.above, below: unit.below, size: unit.size, product: null });
  return first?.dimension === "mass" ? withCarbon(reader, made) : made;
}

const MOST_BETWEEN_NOUN_AND_PRODUCT = 5;

/** "GPU-tuntia", "second-hand": a unit glued to a word that no lexicon has is something else; not the "10-minute" of "10-minute-long". */
function isOfUnknownCompound(tokens: readonly Token[], at: number): boolean {
  const [before, token, hyphen, after] = [tokens[at - 1], tokens[at], tokens[at + 1], tokens[at + 2]];
  if (isHyphen(before) && before?.end === token?.start) return false;
  const isGlued = isHyphen(hyphen) && hyphen?.start === token?.end && hyphen?.end === after?.start;
  return isGlued && after?.kind === "word" && after.senses.length === 0 && after.text === after.text.toLowerCase();
}

function isCloudTpu(match: HardwareMatch): boolean {
  return match.text.toLowerCase().startsWith("cloud tpu");
}

function phrase(parts: Partial<UnitPhrase> & Pick<UnitPhrase, "end" | "next" | "above" | "product">): UnitPhrase {
  return { size: 1, below: [], isEach: false, isCarbon: false, gaps: 0, ...parts };
}

/** The glued "s" of "H100s". */
function isPluralEnd(token: Token | undefined, end: number): boolean {
  return token?.kind === "word" && token.start === end && (token.text === "s" || token.text === "'s");
}

interface Noun {
  readonly atom: UnitAtom;
  readonly end: number;
  readonly next: number;
  readonly product: HardwareMatch | null;
}

/** "chips", "GPU cores", "SXM boxes" behind a product or a bare "GPU". */
function nounAt(reader: UnitReader, from: number): Noun | null {
  const { tokens } = reader;
  let at = from;
  let found: Noun | null = null;
  for (let steps = 0; steps < 3; steps += 1) {
    if (isHyphen(tokens[at])) at += 1;
    const token = tokens[at];
    if (token === undefined) break;
    if (token.kind === "product") {
      const next = nounAt(reader, at + 1);
      return next === null || token.match.slice !== null ? found : { ...next, product: next.product ?? token.match };
    }
    const unit = unitOf(reader, token);
    const atom = unit?.above.length === 1 && unit.below.length === 0 ? unit.above[0] : undefined;
    if (atom !== undefined && (atom.dimension === "accelerator" || atom.dimension === "node" || atom.dimension === "pod")) {
      found = { atom, end: token.end, next: at + 1, product: null };
      at += 1;
      continue;
    }
    if (found !== null || steps > 0 || !isModifier(tokens, at) || token.kind !== "word" || token.senses.length > 0) break;
    at += 1;
  }
  return found;
}

/** Mass of what: "kg of CO2e", "tons of carbon dioxide equivalent". */
function withCarbon(reader: UnitReader, mass: UnitPhrase): UnitPhrase {
  const { tokens } = reader;
  let at = mass.next;
  let result = mass;
  for (let steps = 0; steps < 6; steps += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (senseOf(token, "names", "carbon") !== null) result = { ...result, isCarbon: true, end: token.end, next: at + 1 };
    else if (isEquivalent(token)) result = result.isCarbon ? { ...result, end: token.end, next: at + 1 } : result;
    else if (!(hasRole(token, "of") || isHyphen(token) || isStopOf(tokens, at))) break;
    at += 1;
  }
  return result;
}

/** The stop of "eq.". */
function isStopOf(tokens: readonly Token[], at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  return token?.kind === "mark" && token.text === "." && before !== undefined && before.end === token.start && isEquivalent(before);
}

function isEquivalent(token: Token): boolean {
  return (
    token.kind === "word" &&
    (token.text === "e" || token.text.toLowerCase().startsWith("eq") || token.text.toLowerCase().startsWith("équiv"))
  );
}

/** "GPU-hours", "H100 GPU days", "chips × hours"; "hours of GPU time" the other way round. */
function withTime(reader: UnitReader, factor: UnitPhrase): UnitPhrase {
  const { tokens } = reader;
  const first = factor.above[0];
  if (first === undefined || factor.above.length !== 1 || factor.below.length > 0) return factor;
  let at = factor.next;
  if (first.dimension === "accelerator" || first.dimension === "node") {
    const token = tokens[at];
    if (token !== undefined && (isHyphen(token) || hasRole(token, "times") || (token.kind === "mark" && token.text === "."))) at += 1;
    const time = unitOf(reader, tokens[at]);
    const atom = time?.above[0];
    // "H800 卡时": one word for the hours of what is named before it.
    const [owner, hour] = time?.above ?? [];
    if (factor.product !== null && time?.above.length === 2 && owner?.dimension === first.dimension && hour?.dimension === "time")
      return { ...factor, above: [owner, hour], end: tokens[at]?.end ?? factor.end, next: at + 1 };
    if (atom?.dimension !== "time" || time === null || time.above.length !== 1 || time.below.length > 0) return factor;
    return { ...factor, above: [first, atom], end: tokens[at]?.end ?? factor.end, next: at + 1 };
  }
  if (first.dimension !== "time") return factor;
  // "hours of GPU time", "horas-GPU", "heures de calcul GPU".
  if (hasRole(tokens[at], "of")) at += 1;
  else if (!isHyphen(tokens[at]) && tokens[at]?.start !== factor.end + 1) return factor;
  else if (isHyphen(tokens[at])) at += 1;
  else if (!isForeign(tokens[factor.next - 1])) return factor;
  if (isForeign(tokens[factor.next - 1]) && isModifier(tokens, at) && isHardwareNoun(reader, at + 1)) at += 1;
  const owner = factorAt(reader, at);
  const unit = owner?.above[0];
  if (owner === null || unit?.dimension !== "accelerator" || owner.above.length !== 1) return factor;
  return { ...factor, above: [unit, first], end: owner.end, next: owner.next, product: owner.product };
}

/** Whether only the lexicon of one language has a word: such a language may put what is measured behind its measure. */
function isForeign(token: Token | undefined): boolean {
  const sense = senseOf(token, "units");
  return sense?.isGated === true;
}

function isHardwareNoun(reader: UnitReader, at: number): boolean {
  return unitOf(reader, reader.tokens[at])?.above[0]?.dimension === "accelerator";
}

/** A unit that is read already, with what it is divided by. */
export function dividedBy(reader: UnitReader, unit: Pick<UnitPhrase, "above" | "next" | "end">): UnitPhrase {
  return withDenominators(reader, phrase({ ...unit, product: null }));
}

/** "per GPU per hour", "/s/GPU", "an hour", "a second and GPU", "apiece". */
function withDenominators(reader: UnitReader, made: UnitPhrase): UnitPhrase {
  const { tokens } = reader;
  let result = made;
  for (let steps = 0; steps < 3; steps += 1) {
    let at = steps === 0 ? rateAt(reader, result) : result.next;
    // "gpus_per_node": the name of a setting has no spaces.
    if (tokens[at]?.kind === "mark" && isHyphen(tokens[at]) && hasRole(tokens[at + 1], "per")) at += 1;
    const token = tokens[at];
    if (token === undefined) break;
    if (hasRole(token, "each") && !startsUnit(reader, at + 1)) {
      result = { ...result, isEach: true, end: token.end, next: at + 1 };
      continue;
    }
    const isSlash = token.kind === "mark" && (token.text === "/" || isRateOfSetting(reader, at));
    const isAnd = result.below.length > 0 && (hasRole(token, "and") || isHyphen(token));
    const isSold = !isSlash && !isAnd && isOfSold(reader, at, result);
    if (!isSlash && !isAnd && !isSold && !isPer(reader, at, result)) break;
    at += isSold && !hasRole(token, "definite") ? 2 : 1;
    if (isQuote(tokens[at]) || isHyphen(tokens[at])) at += 1;
    const amount = tokens[at];
    // "per 8-GPU node": what each of the nodes holds, and not how many of them.
    const isHeld = amount?.kind === "number" && isHyphen(tokens[at + 1]) && tokens[at + 1]?.start === amount.end;
    const isAmount = amount?.kind === "number" && !isHeld;
    if (isHeld) at += 2;
    if (isAmount) at += 1;
    const unit = denominatorAt(reader, at);
    if (unit === null || (isHeld && unit.above[0]?.dimension !== "node")) break;
    const time = unit.above[0];
    const isPlainTime = unit.above.length === 1 && time?.dimension === "time";
    const counted = result.above[0]?.dimension;
    // "2 d / 5.5 d / 30 h" lists them.
    if (isSlash && isAmount && time?.dimension === counted) break;
    // "on 64 GPUs for a day" divides nothing.
    if (isPlainTime && result.above.length === 1 && (counted === "accelerator" || counted === "node")) break;
    // "25 MW for a year": what divides makes a kind of its own.
    const divided = dimensionOfPhrase({ above: result.above, below: [...result.below, ...unit.above] });
    // "32 A100s / GPU-hours": a slash sets apart what is a product itself, and makes no kind.
    const isOther = (isSlash && unit.above.length > 1) || (isPlainTime && hasRole(token, "articles") && counted === "power");
    if (isOther && reader.algebra.kindsOf(divided).length === 0) break;
    const isCounted = !isSlash && (counted === "accelerator" || counted === "node" || counted === "time");
    // "on 64 cards for 3 days" with words that divide elsewhere.
    if ((isCounted || isAnd || hasRole(token, "definite")) && isAmount && amount.number.value !== 1) break;
    if (isSlash && !isPlainTime && isAmount && amount.number.value !== 1 && result.above[0]?.dimension !== "money") break;
    result = {
      ...result,
      below: [...result.below, ...unit.above],
      ...amountIn(tokens.slice(isAmount ? at - 1 : at, unit.next)),
      end: unit.end,
      next: unit.next,
      product: result.product ?? unit.product,
    };
  }
  return result;
}

/** "throughput_tok_s": the second that ends the name of a setting divides. */
function isRateOfSetting(reader: UnitReader, at: number): boolean {
  const { tokens } = reader;
  return isMark(tokens[at], "_") && at + 2 === tokens.length && unitOf(reader, tokens[at + 1])?.above[0]?.id === "second";
}

/** "per trillion tokens", "per 300B tokens": of how many it is told; nothing for one. */
function amountIn(tokens: readonly Token[]): Pick<UnitPhrase, "amount"> {
  const value = tokens.reduce(
    (product, token) => product * (token.kind === "number" ? token.number.value : Number(senseOf(token, "multipliers")?.value ?? 1)),
    1,
  );
  return value === 1 || value <= 0 ? {} : { amount: value };
}

/** "1.38M tokens passed through per second": words that a rate is told with, up to its "per"; else where the unit ends. */
function rateAt(reader: UnitReader, made: UnitPhrase): number {
  const { tokens } = reader;
  const first = made.above[0]?.dimension;
  if (first !== "token" && first !== "sample" && first !== "step") return made.next;
  for (let at = made.next; at < made.next + 4; at += 1) {
    const token = tokens[at];
    if (token?.kind !== "word") break;
    const time = unitOf(reader, tokens[at + 1])?.above[0]?.dimension === "time";
    if (hasRole(token, "per") && time && (!hasRole(token, "articles") || at === made.next)) return at;
    if (hasRole(token, "units")) break;
  }
  return made.next;
}

function startsUnit(reader: UnitReader, at: number): boolean {
  return factorAt(reader, at) !== null;
}

/** Articles divide money, power, rates and work ("$8 an hour", "400 W a card"), of counts only those of machines ("8 GPUs a node"). */
function isPer(reader: UnitReader, at: number, made: UnitPhrase): boolean {
  const token = reader.tokens[at];
  if (!hasRole(token, "per")) return false;
  const isDefinite = hasRole(token, "definite");
  if (!hasRole(token, "articles") && !isDefinite) return true;
  const first = made.above[0]?.dimension;
  if (first === "accelerator") return !isDefinite && unitOf(reader, reader.tokens[at + 1])?.above[0]?.dimension === "node";
  return first !== "node" && !(isDefinite && first === "time");
}

/** "31 cents the kilowatt-hour", "0.31 € for the kWh": money for what is sold by its amount. */
function isOfSold(reader: UnitReader, at: number, made: UnitPhrase): boolean {
  if (made.above[0]?.dimension !== "money" || made.below.length > 0) return false;
  const { tokens } = reader;
  const the = hasRole(tokens[at], "definite") ? at : at + 1;
  if (!hasRole(tokens[the], "definite") || (the > at && !hasRole(tokens[at], "stops"))) return false;
  const sold = denominatorAt(reader, the + 1);
  if (sold === null) return false;
  const [first] = sold.above;
  return first?.dimension === "energy" || sold.above.length > 1 || (the === at && first?.dimension === "time");
}

/** What a figure is divided by: one unit, or hours of hardware, perhaps behind a word ("per environment step", "each training epoch"). */
function denominatorAt(reader: UnitReader, from: number): UnitPhrase | null {
  let at = from;
  for (let gaps = 0; gaps <= 2; gaps += 1) {
    const factor = partAt(reader, at) ?? factorAt(reader, at);
    if (factor !== null) return withTime(reader, factor);
    const [batch, token] = [reader.algebra.atom("batch"), reader.tokens[at]];
    if (batch !== null && token !== undefined && senseOf(token, "names", "batch") !== null)
      return phrase({ end: token.end, next: at + 1, above: [batch], product: null });
    if (!isModifier(reader.tokens, at)) return null;
    at += 1;
    if (isHyphen(reader.tokens[at])) at += 1;
  }
  return null;
}

/** The fold of "1.9 kWh a fold", which is no multiple: what is divided by is a part where a word may be either. */
function partAt({ tokens, algebra }: UnitReader, at: number): UnitPhrase | null {
  const token = tokens[at];
  if (token?.kind !== "word" || token.senses.length < 2) return null;
  const atoms = token.senses.flatMap(({ role, value }) => (role === "units" ? (algebra.product(value)?.above ?? []) : []));
  const part = atoms.find(({ dimension }) => dimension === "part");
  return part === undefined ? null : phrase({ end: token.end, next: at + 1, above: [part], product: null });
}
