/**
 * Numbers without a unit of their own: "1.1M H800 hours, then another 38K", "in GPU-hours these are 1,536 and 13,824", "the 13B".
 *
 * Each is a question whose answers are the units of the figures around it, the size of a model, and no figure at all. That a product or a
 * sum of other figures meets the number is a feature like others.
 */
import { type Candidate, decide } from "../attach/decide.ts";
import { kindOfParts } from "../language/label-meaning.ts";
import { hasRole, type NumberToken, type Token } from "../language/tokens.ts";
import { dimensionOfPhrase, dividedBy, type UnitPhrase, unitOf } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import { weightsOf } from "../model/catalog.ts";
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

/** The numbers of a segment that are no part of a figure. */
export function bareNumbers(segment: Segment, figures: readonly Figure[]): readonly BareNumber[] {
  return segment.reader.tokens.flatMap((token, at) => {
    if (token.kind !== "number" || token.isClock || figures.some((figure) => figure.from <= at && at < figure.next)) return [];
    return [{ segment, at, token }];
  });
}

/** What a bare number may be: of the unit of a figure before or behind it, a size, nothing. */
export function bareCandidates(
  catalog: Catalog,
  bare: BareNumber,
  before: readonly Near[],
  behind: readonly Near[],
): readonly Candidate<Figure | null>[] {
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
    const key = `${near.figure.kind.kind} ${near.figure.above.map(({ prints }) => prints).join("-")}${near.figure.below.map(({ prints }) => `/${prints}`).join("")}`;
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
  for (const [distance, near] of before.entries()) add(near, distance, "before");
  for (const [distance, near] of behind.entries()) add(near, distance, "behind");
  const size = sizeFigure(catalog, bare);
  if (size !== null && !seen.has("parameters parameter"))
    candidates.push({ value: size, key: "parameters parameter", features: ["size", ...common.map((feature) => `size ${feature}`)] });
  return candidates;
}

/** What a bare number is; null for no figure, and in doubt. */
export function bareFigure(catalog: Catalog, bare: BareNumber, before: readonly Near[], behind: readonly Near[]): Figure | null {
  const { chosen } = decide(weightsOf(catalog, "bare"), bareCandidates(catalog, bare, before, behind));
  return chosen?.value ?? null;
}

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
  if (kind === null || atom === null || token.number.value < LEAST_SIZE || token.number.form !== "decimal" || catalog.kinds.length === 0)
    return null;
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
