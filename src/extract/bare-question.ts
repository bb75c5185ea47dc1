/**
 * Numbers without a unit of their own: "1.1M H800 hours, then another 38K", "in GPU-hours these are 1,536 and 13,824", "the 13B".
 *
 * Each is a question whose answers are the units of the figures around it, the size of a model, and no figure at all. That a product or a
 * sum of other figures meets the number is a feature like others.
 */
import { type Candidate, type Decision, decide } from "../language/decide.ts";
import { kindOfParts, type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import { hasRole, type NumberToken, type Token } from "../language/tokens.ts";
import { dimensionOfPhrase, dividedBy, type UnitPhrase, unitAt, unitOf } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import { weightsOf } from "../model/catalog.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { Figure } from "./figure.ts";
import { arithmeticOf } from "./figure-arithmetic.ts";
import type { Segment } from "./segments.ts";

/** A number that no unit or name makes a figure. */
export interface BareNumber {
  readonly segment: Segment;
  readonly at: number;
  readonly token: NumberToken;
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
}

/** The units of a segment that no number counts: what a sentence or a heading says that its numbers are. */
export function leadsIn(segment: Segment): readonly Near[] {
  const leads = LEADS.get(segment) ?? findLeads(segment);
  LEADS.set(segment, leads);
  return leads;
}

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
    const meaning = isCounted ? null : labelMeaning(reader, at, unit.next);
    if (meaning?.isPrinted === true && (meaning.kind.adds || unit.above.length > 1))
      leads.push({ segment, figure: leadFigure(meaning, at, unit) });
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

/** The numbers of a segment that are no part of a figure. */
export function bareNumbers(segment: Segment, figures: readonly Figure[]): readonly BareNumber[] {
  return segment.reader.tokens.flatMap((token, at) => {
    if (
      token.kind !== "number" ||
      token.isClock ||
      isOfUnknownKey(segment.reader.tokens, at) ||
      figures.some((figure) => figure.from <= at && at < figure.next)
    )
      return [];
    return [{ segment, at, token }];
  });
}

/** "TP=8": the value of a key that is known for nothing is nothing of what stands around. */
function isOfUnknownKey(tokens: readonly Token[], at: number): boolean {
  const [key, sign] = [tokens[at - 2], tokens[at - 1]];
  return sign?.kind === "mark" && sign.text === "=" && key?.kind === "word" && key.senses.length === 0 && key.end - key.start > 1;
}

/** What a bare number may be: of the unit of a figure before or behind it, a size, nothing. */
export function bareCandidates(catalog: Catalog, bare: BareNumber, { before, behind, leads }: Around): readonly Candidate<Figure | null>[] {
  const common = contextFeatures(bare);
  const seen = new Set<string>();
  const candidates: Candidate<Figure | null>[] = [
    { value: null, key: "none", features: ["none", ...common.map((feature) => `none ${feature}`)] },
  ];
  const evidence = arithmeticOf(
    bare.token.number.value,
    [...before, ...behind].map(({ figure }) => figure),
  );
  const divided = dividedBy(bare.segment.reader, { above: [], next: bare.at + 1, end: bare.token.end });
  const add = (near: Near, distance: number, side: string): void => {
    const key = keyOf(near.figure);
    if (seen.has(key)) return;
    seen.add(key);
    const { kind } = near.figure.kind;
    const isSame = near.segment === bare.segment;
    const features = [
      "taken over",
      `kind ${kind}`,
      `${side} ${Math.min(distance, 4)}`,
      isSame ? `${side} same sentence` : `${side} other sentence`,
      `ratio ${ratioOf(bare.token.number.value, near.figure.number.value)}`,
      `form ${bare.token.number.form === near.figure.number.form}`,
      ...common.map((feature) => `like ${feature}`),
    ];
    const dimension = dimensionOfPhrase(near.figure);
    const met = evidence.find((entry) => entry.dimension === dimension);
    if (met !== undefined) features.push("arithmetic", `arithmetic ${met.kind}`);
    if (divided.below.length === 0) candidates.push({ value: asFigure(bare, near.figure), key, features });
    const rate = divided.below.length === 0 ? null : dividedFigure(bare, near.figure, divided);
    if (rate !== null) candidates.push({ value: rate, key, features: [...features, "divided"] });
  };
  for (const lead of leads) {
    if (divided.below.length > 0) continue;
    const where = lead.segment === bare.segment ? "same sentence" : "other sentence";
    const isBefore = lead.segment !== bare.segment || lead.figure.from < bare.at;
    const features = ["led", `led ${where}`, `led ${isBefore ? "before" : "behind"}`, `kind ${lead.figure.kind.kind}`];
    const met = evidence.find((entry) => entry.dimension === dimensionOfPhrase(lead.figure));
    if (met !== undefined) features.push("arithmetic", `arithmetic ${met.kind}`);
    candidates.push({
      value: asFigure(bare, lead.figure),
      key: keyOf(lead.figure),
      features: [...features, ...common.map((feature) => `led ${feature}`)],
    });
  }
  for (const [distance, near] of before.entries()) add(near, distance, "before");
  for (const [distance, near] of behind.entries()) add(near, distance, "behind");
  const size = sizeFigure(catalog, bare);
  if (size !== null && !seen.has("parameters parameter"))
    candidates.push({ value: size, key: "parameters parameter", features: ["size", ...common.map((feature) => `size ${feature}`)] });
  return candidates;
}

/** Candidates of one unit are one answer. */
function keyOf({ kind, above, below }: Figure): string {
  return `${kind.kind} ${above.map(({ prints }) => prints).join("-")}${below.map(({ prints }) => `/${prints}`).join("")}`;
}

/** What a bare number is, or no figure; in doubt it is none. */
export function askBare(catalog: Catalog, bare: BareNumber, around: Around): Decision<Figure | null> {
  return decide(weightsOf(catalog, BARE), bareCandidates(catalog, bare, around));
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

function sizeFigure(catalog: Catalog, { segment, token, at }: BareNumber): Figure | null {
  const kind = segment.reader.algebra.kind("parameters");
  const atom = segment.reader.algebra.atom("parameter");
  const { value, form, lastPlace } = token.number;
  // "5283845.12" has hundredths, which no size has.
  const isSize = value >= LEAST_SIZE && form === "decimal" && lastPlace >= 1;
  if (kind === null || atom === null || !isSize || catalog.kinds.length === 0) return null;
  return {
    start: token.start,
    end: token.end,
    from: at,
    next: at + 1,
    number: token.number,
    kind,
    size: 1,
    above: [atom],
    below: [],
    product: null,
    per: null,
    isEach: false,
    confidence: 0.8,
    rule: "size",
    qualifiers: [],
  };
}

/** A model of fewer parameters goes by no size. */
const LEAST_SIZE = 1e6;

function ratioOf(value: number, other: number): string {
  if (value <= 0 || other <= 0) return "none";
  const times = Math.abs(Math.log10(value / other));
  return times < 0.001 ? "same" : times < 0.5 ? "3" : times < 1.5 ? "30" : times < 3 ? "1000" : "more";
}

/** What the words and marks beside it say. */
function contextFeatures({ segment, at, token }: BareNumber): readonly string[] {
  const { tokens } = segment.reader;
  const features = [`place ${segment.place}`, ...before(segment, at), ...behind(segment, at)];
  const { value, form } = token.number;
  features.push(`form ${form}`);
  if (form === "integer" && value >= 1900 && value <= 2040 && !segment.text.slice(token.start, token.end).includes(","))
    features.push("year");
  if (value < 10 && form !== "decimal") features.push("small");
  if (form === "word" && value === 1) features.push("one");
  if (tokens.length === 1) features.push("alone");
  if (at === 0) features.push("first");
  if (segment.text.slice(token.start, token.end).includes(",")) features.push("grouped");
  return features;
}

function before(segment: Segment, at: number): readonly string[] {
  const { tokens } = segment.reader;
  let index = at - 1;
  const features: string[] = [];
  if (hasRole(tokens[index], "hedges")) {
    features.push("hedged");
    index -= 1;
  }
  const token = tokens[index];
  if (token === undefined) return [...features, "after nothing"];
  features.push(`after ${describe(segment, token)}`);
  if (hasRole(token, "again")) features.push("after again");
  return features;
}

function behind(segment: Segment, at: number): readonly string[] {
  const { tokens } = segment.reader;
  const token = tokens[at + 1];
  if (token === undefined) return ["before nothing"];
  const features = [`before ${describe(segment, token)}`];
  if (hasRole(token, "of") && tokens[at + 2]?.kind === "word") features.push("before of");
  if (hasRole(token, "of") && segment.text.slice(tokens[at + 2]?.start ?? 0, tokens[at + 2]?.end ?? 0) === "them")
    features.push("before of them");
  if (unitOf(segment.reader, token) === null && hasRole(token, "names")) features.push("before a name");
  return features;
}

/** The sort of a token: a mark, a role, an ordinary word. */
function describe(segment: Segment, token: Token): string {
  if (token.kind === "mark") return token.text;
  if (token.kind !== "word") return token.kind;
  const unit = unitOf(segment.reader, token);
  if (unit !== null) return `unit ${unit.above[0]?.dimension ?? ""}`;
  if (token.senses.length === 0) return token.text[0] === token.text[0]?.toLowerCase() ? "word" : "name";
  const word = hasRole(token, "stops") || hasRole(token, "articles") || hasRole(token, "definite");
  return word ? token.text.toLowerCase() : (token.senses[0]?.role ?? "word");
}
