/** What a number without a unit may be by the words around it, or by its size alone. */
import { COUNTED } from "../language/counted.ts";
import { kindOfUnit, usualMeaning } from "../language/label-meaning.ts";
import { hasRole, type Token } from "../language/tokens.ts";
import { type UnitPhrase, unitAt } from "../language/unit-phrase.ts";
import type { BareNumber, Near } from "./bare-number.ts";
import type { Figure } from "./figure.ts";
import { namesNear } from "./names-around.ts";
import type { Segment } from "./segments.ts";

/** A figure that the number may be, with what speaks for it. */
export interface Possible {
  readonly figure: Figure;
  readonly features: readonly string[];
}

/** The kinds that are named around the number or over it, each in its usual unit. */
export function namedFigures(bare: BareNumber): readonly Possible[] {
  const { reader, labels } = bare.segment;
  const near = namesNear(reader, bare.at, bare.at + 1);
  const names = [...near, ...labels.map((name) => ({ name, side: "label", distance: 1, at: -1 }))];
  const seen = new Set<string>();
  return names.flatMap(({ name, side, distance, at }, index) => {
    if (seen.has(name)) return [];
    seen.add(name);
    const figure = figureOf(bare, name);
    if (figure === null) return [];
    const [from, to] = at < bare.at ? [at + 1, bare.at] : [bare.at + 1, at];
    const isJoined = side !== "label" && !reader.tokens.slice(from, to).some(isOrdinary);
    const features = [
      `named ${side}`,
      `named ${side} ${Math.min(4, Math.round(distance))}`,
      index === 0 ? "named first" : "named after another",
      ...(isJoined ? ["named joined", `named joined ${side}`] : []),
    ];
    return [{ figure, features }];
  });
}

function isOrdinary(token: Token): boolean {
  return token.kind === "word" && token.senses.length === 0;
}

/** Kinds that go by their size alone, from which one is likely. */
const LEAST: readonly (readonly [string, number])[] = [
  ["parameters", 1e6],
  ["tokens", 1e8],
  ["flop", 1e16],
];

/** "1.3 million cells", "61k support tickets": what no lexicon has may be what was learned from. */
const LEAST_THINGS = 1000;

/** "the 13B", "1.4T", "7.4e18": what is so large may be a size, a corpus, a count of operations. */
export function sizedFigures(bare: BareNumber): readonly Possible[] {
  const { number } = bare.token;
  const { scale, reader } = bare.segment;
  const after = reader.tokens[bare.at + 1];
  const things = after !== undefined && isOrdinary(after) && number.value >= LEAST_THINGS ? figureOf(bare, "samples") : null;
  const sizes = number.form === "integer" && scale === 1 ? [] : LEAST;
  return [
    ...(things === null ? [] : [{ figure: { ...things, rule: "size" }, features: ["size of things"] }]),
    ...sizes.flatMap(([kind, least]) => {
      const figure = number.value * scale >= least ? figureOf(bare, kind) : null;
      return figure === null
        ? []
        : [{ figure: { ...figure, size: scale, rule: "size" }, features: scale === 1 ? [] : ["size by its header"] }];
    }),
  ];
}

/** How far behind "of" stands what is counted: "640 of Nvidia's H100 processors". */
const REACH_OF_PART = 6;

/** "32 of the 112 GPUs", "256 of the same cards": so many of what the words behind name. */
export function partsOf(bare: BareNumber): readonly Possible[] {
  const { tokens } = bare.segment.reader;
  if (!hasRole(tokens[bare.at + 1], "of")) return [];
  for (let at = bare.at + 2; at < Math.min(tokens.length, bare.at + 2 + REACH_OF_PART); at += 1) {
    const thing = thingAt(bare.segment, at);
    if (thing !== null) return [{ figure: { ...plainFigure(bare), ...thing, rule: "part" }, features: ["part of behind"] }];
  }
  return [];
}

/** Things that a pronoun may stand for. */
const MOST_THINGS = 3;

/** "One epoch costs 0.8 kWh; we ran 120 of them", "each A100 ... 256 of them": what a pronoun stands for, of the things named before it, nearest first. */
export function referredTo(bare: BareNumber, earlier: readonly Segment[]): readonly Possible[] {
  if (!hasRole(bare.segment.reader.tokens[bare.at + 1], "pronouns")) return [];
  const found: Possible[] = [];
  for (const segment of [bare.segment, ...earlier]) {
    const { tokens } = segment.reader;
    const isOwn = segment === bare.segment;
    for (let at = (isOwn ? bare.at : tokens.length) - 1; at >= 0 && found.length < MOST_THINGS; at -= 1) {
      const thing = thingAt(segment, at);
      if (thing === null || found.some(({ figure }) => figure.kind === thing.kind)) continue;
      const lead = tokens[tokens[at - 1]?.kind === "product" ? at - 2 : at - 1];
      const single = hasRole(lead, "articles") || hasRole(lead, "each") || hasRole(lead, "per") || isOne(lead) ? "one" : "some";
      const features = [`referred ${found.length}`, `referred ${isOwn ? "same" : "other"} sentence`, `referred to ${single}`];
      found.push({ figure: { ...plainFigure(bare), ...thing, rule: "part" }, features });
    }
  }
  return found;
}

function isOne(token: Token | undefined): boolean {
  return token?.kind === "number" && token.number.value === 1;
}

/** A thing that is counted piece by piece, named at a token. */
function thingAt({ reader }: Segment, at: number): Pick<Figure, "kind" | "above" | "product"> | null {
  const unit = unitAt(reader, at, 0);
  const [atom, ...more] = unit?.above ?? [];
  if (unit === null || atom === undefined || more.length > 0 || unit.below.length > 0 || !COUNTED.has(atom.dimension)) return null;
  const kind = kindOfUnit(reader, unit, []);
  return kind === null ? null : { kind, above: [atom], product: unit.product };
}

/** What a price is for, behind a number without a currency: "1.90 per GPU-hour", "another 960 hours at 2.40". */
export function pricedFigures(bare: BareNumber, divided: UnitPhrase, before: readonly Near[]): readonly Possible[] {
  const { algebra } = bare.segment.reader;
  const [price, dollar] = [algebra.kind("price"), algebra.atom("USD")];
  const hours = before.find(({ figure, segment }) => segment === bare.segment && figure.kind.kind === "accelerator-hours")?.figure;
  const isTold = divided.below.some(({ dimension }) => dimension === "time");
  if (price === null || dollar === null || bare.token.number.form !== "decimal" || (!isTold && hours === undefined)) return [];
  const money = before.find(({ figure }) => figure.above[0]?.dimension === "money")?.figure.above[0] ?? dollar;
  const below = isTold ? divided.below : (hours?.above ?? []);
  const [end, next] = isTold ? [divided.end, divided.next] : [bare.token.end, bare.at + 1];
  const figure = { ...plainFigure(bare), kind: price, above: [money], below, product: divided.product ?? hours?.product ?? null };
  return [{ figure: { ...figure, end, next, rule: "priced" }, features: [isTold ? "priced per hour" : "priced behind hours"] }];
}

/** Whether pieces of it are counted, which "of them" may stand for. */
export function isCountable({ above, below }: Figure): boolean {
  const [atom, ...more] = above;
  return atom !== undefined && more.length === 0 && below.length === 0 && COUNTED.has(atom.dimension);
}

/** A batch of so many is told in tokens. */
const LEAST_TOKENS = 100_000;

function figureOf(bare: BareNumber, name: string): Figure | null {
  const { algebra } = bare.segment.reader;
  const meaning = usualMeaning(algebra, name);
  if (meaning === null) return null;
  const tokenAtom = name === "batch" && bare.token.number.value >= LEAST_TOKENS ? algebra.atom("token") : null;
  return { ...plainFigure(bare), kind: meaning.kind, above: tokenAtom === null ? meaning.above : [tokenAtom] };
}

function plainFigure({ token, at }: BareNumber): Omit<Figure, "kind" | "above"> {
  return {
    start: token.start,
    end: token.end,
    from: at,
    next: at + 1,
    number: token.number,
    size: 1,
    below: [],
    product: null,
    per: null,
    isEach: false,
    confidence: 0.8,
    rule: "named",
    qualifiers: [],
  };
}
