/**
 * Numbers without a unit of their own: "1.1M H800 hours, then another 38K", "in GPU-hours these are 1,536 and 13,824", "the 13B",
 * "parameters: 410".
 *
 * Each is a question whose answers are the units of the figures around it, what the words around call it, what its size alone may be, and
 * no figure at all. That a product or a sum of other figures meets the number is a feature like others.
 */
import { type Candidate, type Decision, decide } from "../language/decide.ts";
import { kindOfParts, type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import { hasRole, isMark, type Token } from "../language/tokens.ts";
import type { UnitAlgebra } from "../language/unit-algebra.ts";
import { dimensionOfPhrase, dividedBy, isTooShort, type UnitPhrase, unitAt, unitOf } from "../language/unit-phrase.ts";
import { weightsOf } from "../model/catalog.ts";
import type { PrintedNumber } from "../model/mention.ts";
import { alternativesOf } from "./alternatives.ts";
import { contextFeatures, sizeOf } from "./bare-context.ts";
import { isCountable, namedFigures, partsOf, pricedFigures, referredTo, sizedFigures } from "./bare-names.ts";
import type { Around, BareNumber, Near } from "./bare-number.ts";
import type { Figure } from "./figure.ts";
import { arithmeticOf } from "./figure-arithmetic.ts";
import { domainFeatures, type FigureScene } from "./scene.ts";
import type { Segment } from "./segments.ts";

/** The units of a segment that no number counts: what a sentence or a heading says that its numbers are. */
export function leadsIn(segment: Segment): readonly Near[] {
  const leads = LEADS.get(segment) ?? findLeads(segment);
  LEADS.set(segment, leads);
  return leads;
}

/** Those that say what the numbers behind a segment are: not the key of a value of its own ("GPU hours: 9,600"). */
export function leadsBehind(segment: Segment): readonly Near[] {
  const { tokens } = segment.reader;
  return leadsIn(segment).filter(({ figure: { next } }) => {
    const sign = QUOTES.some((quote) => isMark(tokens[next], quote)) ? next + 1 : next;
    return !((isMark(tokens[sign], ":") || isMark(tokens[sign], "=")) && tokens[sign + 1]?.kind === "number");
  });
}

const QUOTES = ['"', "'", "`", "*"];

/** Every number of a segment asks for them. */
const LEADS = new WeakMap<Segment, readonly Near[]>();

function findLeads(segment: Segment): readonly Near[] {
  const { reader } = segment;
  const leads: Near[] = [];
  for (let at = 0; at < reader.tokens.length; at += 1) {
    const unit = unitAt(reader, at, 0);
    if (unit === null) continue;
    const isCounted =
      reader.tokens[at - 1]?.kind === "number" || hasRole(reader.tokens[at - 1], "per") || hasRole(reader.tokens[at - 1], "articles");
    // After the 24 of "gpus * days * 24" the unit is another.
    const isMultiplied = hasRole(reader.tokens[unit.next], "times") && reader.tokens[unit.next + 1]?.kind === "number";
    // The "J." of a name.
    const isInitial = unit.next === at + 1 && isTooShort(reader.tokens[at]) && isMark(reader.tokens[unit.next], ".");
    const meaning = isCounted || isMultiplied || isInitial ? null : labelMeaning(reader, at, unit.next);
    if (meaning?.isPrinted === true && !meaning.kind.isNamed) leads.push({ segment, figure: leadFigure(meaning, at, unit) });
    at = unit.next - 1;
  }
  return leads;
}

function leadFigure(meaning: LabelMeaning, at: number, unit: UnitPhrase): Figure {
  const number: PrintedNumber = { span: { start: 0, end: 0 }, value: 1, lastPlace: 1, form: "integer", range: null, repair: null };
  return {
    start: 0,
    end: unit.end,
    from: at,
    next: unit.next,
    number,
    kind: meaning.kind,
    size: meaning.size,
    above: meaning.above,
    below: meaning.below,
    product: meaning.product,
    per: null,
    isEach: false,
    confidence: 0.8,
    rule: "led",
    qualifiers: [],
  };
}

/** What a bare number may be: of the unit of a figure before or behind it, what words call it, a size, nothing. */
export function bareCandidates(
  scene: FigureScene,
  bare: BareNumber,
  { before, behind, leads, earlier }: Around,
): readonly Candidate<Figure | null>[] {
  const common = contextFeatures(bare);
  const domains = domainFeatures(scene, bare.segment, bare.segment.span.start + bare.token.start);
  const evidence = arithmeticOf(
    bare.token.number.value,
    [...before, ...behind].map(({ figure }) => figure),
  );
  const candidates: Candidate<Figure | null>[] = [
    { value: null, key: "none", features: ["none", ...[...common, ...domains].map((feature) => `none ${feature}`)] },
  ];
  const isPronoun = hasRole(bare.segment.reader.tokens[bare.at + 1], "pronouns");
  const add = (value: Figure, source: string, features: readonly string[]): void => {
    const { kind } = value.kind;
    // No share is told as a number above all of it without a sign.
    if (kind === "mfu" && bare.token.number.value > WHOLE) return;
    const met = evidence.find((entry) => entry.dimension === dimensionOfPhrase(value));
    const key = keyOf(value);
    // Candidates of one unit are one answer, and the first of them is the surest.
    const known = candidates.find((candidate) => candidate.key === key)?.value ?? null;
    candidates.push({
      value: known !== null && known.confidence > value.confidence ? known : value,
      key,
      features: [
        source,
        `kind ${kind}`,
        `${source} ${kind}`,
        `${kind} of ${sizeOf(value)}`,
        ...value.above.slice(0, 1).map(({ id }) => `${kind} in ${id}`),
        ...features,
        ...common.flatMap((feature) => [`${source} ${feature}`, `${kind} ${feature}`]),
        ...(met === undefined ? [] : ["arithmetic", `arithmetic ${met.kind}`]),
        ...(isPronoun ? [isCountable(value) ? "a count of them" : "no count of them"] : []),
      ],
    });
  };
  if (bare.proposed !== null)
    for (const value of alternativesOf(bare.segment.reader.algebra, bare.proposed, []))
      add(value, value === bare.proposed ? "grammar" : "not the grammar", [`grammar ${bare.proposed.rule}`]);
  const divided = dividedBy(bare.segment.reader, { above: [], next: bare.at + 1, end: bare.token.end });
  // "Cost ($): 88,480" has its own unit, and takes none over.
  const isUnitless = bare.proposed?.rule !== "key with unit";
  if (isUnitless) addNear(bare, before, "before", divided, add);
  if (isUnitless) addNear(bare, behind, "behind", divided, add);
  if (isUnitless && divided.below.length === 0)
    for (const lead of leads) {
      const where = lead.segment === bare.segment ? "same sentence" : "other sentence";
      const isBefore = lead.segment !== bare.segment || lead.figure.from < bare.at;
      const told = asFigure(bare, lead.figure);
      const ofAll = hoursOfAll(bare.segment.reader.algebra, told).filter((value) =>
        evidence.some(({ dimension }) => dimension === dimensionOfPhrase(value)),
      );
      for (const value of [told, ...ofAll]) add(value, "led", [`led ${where}`, `led ${isBefore ? "before" : "behind"}`]);
    }
  for (const { figure, features } of pricedFigures(bare, divided, before)) add(figure, "priced", features);
  for (const { figure, features } of namedFigures(bare)) add(figure, "named", features);
  for (const { figure, features } of sizedFigures(bare)) add(figure, "size", features);
  for (const { figure, features } of partsOf(bare)) add(figure, "part of", features);
  for (const { figure, features } of referredTo(bare, earlier)) add(figure, "referred", features);
  for (const { dimension, kind } of evidence) {
    const value = workedOut(bare, dimension, [...before, ...behind]);
    if (value !== null) add(value, "worked out", [`worked out by ${kind}`, `worked out of ${digitsOf(bare.token.number)}`]);
  }
  return candidates;
}

/** "In hours that is 14,400": those of all devices, where their number makes them so. */
function hoursOfAll(algebra: UnitAlgebra, figure: Figure): readonly Figure[] {
  return alternativesOf(algebra, figure, []).filter(({ kind }) => kind.kind === "accelerator-hours" && kind !== figure.kind);
}

/** What products and sums of the figures around count, in the unit that it is usually told in. */
const WORKED_OUT: Readonly<Record<string, readonly string[]>> = {
  "accelerator*time": ["gpu", "hour"],
  accelerator: ["gpu"],
  token: ["token"],
};

/** "256 in all" of 64 nodes of four: the number as what the figures around come to; null for what nobody tells without a unit. */
function workedOut(bare: BareNumber, dimension: string, near: readonly Near[]): Figure | null {
  const { reader } = bare.segment;
  // What a cell counts its header says.
  if (bare.segment.cell !== null || isFactor(reader.tokens, bare.at)) return null;
  const money = dimension === "money" ? near.find(({ figure }) => figure.above[0]?.dimension === "money") : undefined;
  const atoms = (WORKED_OUT[dimension] ?? []).flatMap((id) => reader.algebra.atom(id) ?? []);
  const above = money === undefined ? atoms : money.figure.above;
  const kind = above.length === 0 ? null : kindOfParts(reader, { above, below: [], isCarbon: false }, []);
  if (kind === null) return null;
  const { token, at } = bare;
  const own = { start: token.start, end: token.end, from: at, next: at + 1, number: token.number, kind, above };
  return { ...own, size: 1, below: [], product: null, per: null, isEach: false, confidence: 0.8, rule: "worked out", qualifiers: [] };
}

/** "512 (chips) * 2.5 (days)": a factor of what is multiplied out is what that says. */
function isFactor(tokens: readonly Token[], at: number): boolean {
  return [-1, 1].some((step) => {
    for (let index = at + step; Math.abs(index - at) <= MOST_TO_SIGN && tokens[index]?.kind !== "number"; index += step)
      if (hasRole(tokens[index], "times")) return true;
    return false;
  });
}

const MOST_TO_SIGN = 4;

/** Digits up to the last that is not 0; many are met by no chance. */
function digitsOf({ value }: PrintedNumber): string {
  const digits = String(value)
    .replace(".", "")
    .replace(/^0+|0+$/g, "").length;
  return digits >= 4 ? "many digits" : `${digits} digits`;
}

/** All of it, in percent. */
const WHOLE = 100;

type Add = (value: Figure, source: string, features: readonly string[]) => void;

/** The units of the figures on one side, each from the nearest that has it. */
function addNear(bare: BareNumber, near: readonly Near[], side: string, divided: UnitPhrase, add: Add): void {
  const seen = new Set<string>();
  const unit = unitOf(bare.segment.reader, bare.segment.reader.tokens[bare.at + 1])?.above[0]?.dimension;
  const lead = leadOf(bare.segment, bare.at);
  const expected = side === "before" ? expectedAfter(bare, near) : null;
  const isGapped = side === "before" && isBehindName(bare);
  for (const [distance, { figure, segment }] of near.entries()) {
    const isSame = segment === bare.segment;
    // What has a unit of its own borrows no other.
    if (unit !== undefined && figure.above[0] !== undefined && figure.above[0].dimension !== unit) continue;
    const [own, other] = [bare.segment.cell, segment.cell];
    // What stands under another header lends nothing.
    if (own !== null && own.table === other?.table && bare.segment.header !== "" && bare.segment.header !== segment.header) continue;
    const isColumn = own !== null && other !== null && own.table === other.table && own.column === other.column;
    const isParallel = !isSame && own === null && segment.place === bare.segment.place && isSamePlace(bare, segment, figure);
    const key = `${keyOf(figure)}${isColumn} ${isParallel}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const features = [
      `${side} ${Math.min(distance, 4)}`,
      isSame ? `${side} same sentence` : `${side} other sentence`,
      `ratio ${ratioOf(bare.token.number.value, figure.number.value)}`,
      `form ${bare.token.number.form === figure.number.form}`,
      ...goesOn(lead, leadOf(segment, figure.from), expected, figure),
      ...(isGapped && isSame ? ["behind a name alone"] : []),
      ...(isColumn ? ["same column"] : []),
      ...(isParallel ? ["same place of its line"] : []),
      ...(own !== null && other !== null && !isColumn ? ["another column"] : []),
    ];
    if (divided.below.length === 0) add(asFigure(bare, figure), "taken over", features);
    const rate = divided.below.length === 0 ? null : dividedFigure(bare, figure, divided);
    if (rate !== null) add(rate, "taken over", [...features, "divided"]);
  }
}

/** Words of a name behind which a number may stand alone. */
const MOST_OF_NAME = 4;

/** "Wren took 40 days, and Lark 10", "the old one 50 tonnes, the new one 20": behind a name, where the verb and the unit stand before. */
function isBehindName({ segment: { reader, cell }, at }: BareNumber): boolean {
  const { tokens } = reader;
  const after = tokens[at + 1];
  if (cell !== null || (after !== undefined && after.kind !== "mark" && !hasRole(after, "and"))) return false;
  let index = at - 1;
  while (index >= at - MOST_OF_NAME - 1 && isPartOfName(tokens[index])) index -= 1;
  const lead = tokens[index];
  return index < at - 1 && index >= at - MOST_OF_NAME - 1 && (hasRole(lead, "and") || isMark(lead, ",") || isMark(lead, ";"));
}

function isPartOfName(token: Token | undefined): boolean {
  if (token === undefined || token.kind === "number" || hasRole(token, "and")) return false;
  if (token.kind === "mark") return token.text === "-" || token.text === "'";
  return !hasRole(token, "stops") || hasRole(token, "definite") || hasRole(token, "articles");
}

/** Whether a number stands as a figure did: behind the same word, or behind the same kind. */
function goesOn(lead: string | null, other: string | null, expected: string | null, { kind }: Figure): readonly string[] {
  return [
    ...(lead === null || other === null ? [] : [lead === other ? "goes on behind the same word" : "goes on behind another word"]),
    ...(expected === null ? [] : [expected === kind.kind ? "goes on in the same order" : "goes on in another order"]),
  ];
}

/** The word of grammar that leads to a number, over hedges and articles: "for 12 days", "for 20"; null for any other. */
function leadOf({ reader: { tokens } }: Segment, at: number): string | null {
  let index = at - 1;
  while (hasRole(tokens[index], "hedges") || hasRole(tokens[index], "articles")) index -= 1;
  const token = tokens[index];
  return token?.kind === "word" && hasRole(token, "stops") ? token.text.toLowerCase() : null;
}

/** "256 H100s for 12 days ... 128 A100s for 20": the kind that went on behind the last figure of its sentence, when one of its kind stood before. */
function expectedAfter({ segment }: BareNumber, near: readonly Near[]): string | null {
  const [last, ...earlier] = near;
  if (last === undefined || last.segment !== segment) return null;
  const like = earlier.findIndex(({ figure }) => figure.kind === last.figure.kind);
  const next = like > 0 ? earlier[like - 1] : undefined;
  return next === undefined || next.figure.kind === last.figure.kind ? null : next.figure.kind.kind;
}

/** "6 / 4,608 / 1.88" under "1.5 / 1,152 / 0.47": the same number of as many. */
function isSamePlace(bare: BareNumber, segment: Segment, figure: Figure): boolean {
  const counts = (tokens: readonly Token[], at: number): number => tokens.slice(0, at).filter(({ kind }) => kind === "number").length;
  const [own, other] = [bare.segment.reader.tokens, segment.reader.tokens];
  return counts(own, bare.at) === counts(other, figure.from) && counts(own, own.length) === counts(other, other.length);
}

/** Candidates of one unit are one answer. */
function keyOf({ kind, above, below }: Figure): string {
  return `${kind.kind} ${above.map(({ prints }) => prints).join("-")}${below.map(({ prints }) => `/${prints}`).join("")}`;
}

/** What a bare number is, or no figure; in doubt it is none. */
export function askBare(scene: FigureScene, bare: BareNumber, around: Around): Decision<Figure | null> {
  return decide(weightsOf(scene.catalog, BARE), bareCandidates(scene, bare, around));
}

/** The decision whose weights they are. */
export const BARE = "bare";

function asFigure(bare: BareNumber, source: Figure): Figure {
  const { token, at } = bare;
  return {
    ...source,
    start: token.start,
    end: token.end,
    from: at,
    next: at + 1,
    number: token.number,
    product: null,
    per: null,
    isEach: false,
    rule: "taken over",
    confidence: 0.8,
    qualifiers: [],
  };
}

/** "7.4k tok/s per GPU ..., 1.9M together", "640 per GPU": the unit of another rate, over what stands behind the number. */
function dividedFigure(bare: BareNumber, source: Figure, divided: UnitPhrase): Figure | null {
  const own = new Set(divided.below.map(({ dimension }) => dimension));
  const below = [...source.below.filter(({ dimension }) => dimension === "time" && !own.has(dimension)), ...divided.below];
  const kind = kindOfParts(bare.segment.reader, { above: source.above, below, isCarbon: false }, [source.kind.kind]);
  return kind === null ? null : { ...asFigure(bare, source), kind, below, end: divided.end, next: divided.next };
}

function ratioOf(value: number, other: number): string {
  if (value <= 0 || other <= 0) return "none";
  const times = Math.abs(Math.log10(value / other));
  return times < 0.001 ? "same" : times < 0.5 ? "3" : times < 1.5 ? "30" : times < 3 ? "1000" : "more";
}
