/**
 * Changes that a sentence tells of two of its figures: "from 40 to 25 days, a 38% saving", "16 minutes instead of 40, 2.5x faster".
 *
 * Only where the two stand in a frame of words that compares them, are the only figures of their kind, and one change is told.
 */

import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import { dimensionOfPhrase, type UnitReader, unitOf } from "../language/unit-phrase.ts";
import { largest, smallest } from "../model/many.ts";
import type { ChangeWay, Mention, PrintedNumber, Statement } from "../model/mention.ts";
import type { Figure } from "./figure.ts";
import type { ReadSegment } from "./read-figures.ts";

/** A change in a segment, by the places of its figures in the document. */
export interface Comparison {
  readonly segment: ReadSegment["segment"];
  /** Where the change begins: the sentence before, or the same. */
  readonly before: ReadSegment["segment"];
  readonly from: Figure;
  readonly to: Figure;
  readonly by: Change;
}

interface Change {
  readonly number: PrintedNumber;
  /** "%", "x", a part ("a fifth"), or the factor of a verb ("halved"). */
  readonly unit: "percent" | "times" | "part" | "verb";
  readonly way: ChangeWay;
  /** The token of the number, and the one behind its unit. */
  readonly at: number;
  readonly next: number;
}

/** The change of each segment of prose, where it tells one. */
export function comparisonsIn(read: readonly ReadSegment[]): readonly Comparison[] {
  return read.flatMap((entry, index): readonly Comparison[] => {
    if (entry.segment.cell !== null || entry.figures.length === 0) return [];
    // The "8×" of "8×V100" counts, and compares nothing.
    const isOfCount = (change: Change): boolean =>
      entry.figures.some(({ kind, from, next }) => kind.kind === COUNT && from <= change.at && change.at < next);
    const [by, ...more] = changesIn(entry.segment.reader).filter((change) => !isOfCount(change));
    if (by === undefined || more.length > 0) return [];
    const [pair, ...others] = pairsIn(entry, by);
    const { segment } = entry;
    if (pair !== undefined) return others.length > 0 ? [] : [{ segment, before: segment, by, ...pair }];
    const last = read[index - 1];
    return last === undefined ? [] : pairsAcross(entry, last, by).map((across) => ({ segment, before: last.segment, by, ...across }));
  });
}

/** "Mistletoe cost $12 million. Its successor cost $26 million, twice as much": the only figures of their kind in two sentences. */
function pairsAcross({ segment, figures }: ReadSegment, last: ReadSegment, by: Change): readonly Pair[] {
  if (last.segment.block !== segment.block || last.segment.cell !== null) return [];
  const told = figures.filter((figure) => figure.next < by.at && isApposed(segment.reader.tokens, figure, by));
  return told.flatMap((to): readonly Pair[] => {
    const alike = (figure: Figure): boolean => figure.kind === to.kind && isAlike(figure, to);
    const [from, ...more] = last.figures.filter(alike);
    return from === undefined || more.length > 0 || figures.filter(alike).length > 1 ? [] : [{ from, to }];
  });
}

type Pair = Pick<Comparison, "from" | "to">;

/** Figures next to each other, the only two of their kind, in a frame that compares them. */
function pairsIn({ segment, figures }: ReadSegment, by: Change): readonly Pair[] {
  const own = figures.filter(({ kind, from, next }) => kind.kind !== RATIO && !(from <= by.at && by.at < next));
  return own.flatMap((one, index): readonly Pair[] => {
    const other = own[index + 1];
    if (other !== undefined && isOfOther(segment.reader, [one, other], by)) return [];
    if (other === undefined || !isAlike(one, other) || own.filter((figure) => isAlike(figure, one)).length > 2) return [];
    return frameOf(segment.reader.tokens, one, other, by) ?? [];
  });
}

/** How far behind a change the name of what changes may stand. */
const REACH_OF_NAME = 3;

/** "30 hours instead of 45; memory is 20% lower", "1% more accuracy at 1M steps than at 500k": another clause, or the name of something else. */
function isOfOther({ tokens, algebra }: UnitReader, [first, last]: readonly [Figure, Figure], by: Change): boolean {
  const between = by.at >= last.next ? tokens.slice(last.next, by.at) : tokens.slice(by.next, Math.max(by.next, first.from));
  const isApart =
    between.length > FURTHEST || between.some((token) => hasRole(token, "and") || (token.kind === "mark" && token.text === ";"));
  const dimension = dimensionOfPhrase(last);
  const isNamed = [...between, ...tokens.slice(by.next, by.next + REACH_OF_NAME)].some((token) => {
    const kind = algebra.kind(senseOf(token, "names")?.value ?? "");
    return hasRole(token, "foreign") || (kind !== null && kind.kind !== RATIO && !kind.dimensions.includes(dimension));
  });
  return isApart || isNamed;
}

/** How many tokens lie between a change and the figures that it is of. */
const FURTHEST = 12;

const RATIO = "ratio";
const COUNT = "accelerators";

function isAlike(one: Figure, other: Figure): boolean {
  const units = ({ above, below }: Figure): string =>
    [above, below].map((side) => side.map(({ dimension }) => dimension).join("*")).join("/");
  return units(one) === units(other);
}

/** How many tokens before the first figure its "from" may stand, and how many lie between the two. */
const REACH_OF_FROM = 3;
const MOST_BETWEEN = 9;

function frameOf(tokens: readonly Token[], one: Figure, other: Figure, by: Change): readonly Pair[] | null {
  const between = tokens.slice(one.next, other.from).filter((_, index) => {
    // "less than a fifth" says how much, and compares nothing.
    const at = one.next + index;
    return at < by.at - 1 || at >= by.next;
  });
  if (isApposed(tokens, other, by)) return [{ from: one, to: other }];
  if (between.length > MOST_BETWEEN) return null;
  // "30% of Wren's time (80 vs. 640 GPU days)" may be of another time.
  if (by.way === "of" && !(one.next <= by.at && by.next <= other.from)) return null;
  const isJoined = (by: string): boolean => between.some((token) => hasRole(token, "compared", by));
  if (isJoined("than")) return [{ from: other, to: one }];
  // "40 t, twice the 25 t of before", "half as long as the 12 hours".
  const behind = tokens.slice(by.next, other.from);
  const isShare =
    by.way === "of"
      ? behind.length <= REACH_OF_SHARE
      : by.way === "as" && hasRole(behind[0], "changes", "as") && behind.length <= MOST_TO_AS;
  if (one.next <= by.at && by.next <= other.from && isShare) return [{ from: other, to: one }];
  const isLed = tokens.slice(Math.max(0, one.from - REACH_OF_FROM), one.from).some((token) => hasRole(token, "compared", "from"));
  return isLed && isJoined("to") && between.length <= REACH_OF_FROM ? [{ from: one, to: other }] : null;
}

/** "The first took 12 days; this one 36, three times as long": a change that stands behind a figure by itself, and names nothing else that it is of. */
function isApposed(tokens: readonly Token[], other: Figure, by: Change): boolean {
  const isMark = (token: Token | undefined, marks: string): boolean => token?.kind === "mark" && marks.includes(token.text);
  if (by.unit === "verb" || by.way === "of" || by.at !== other.next + 1 || !isMark(tokens[other.next], ",(")) return false;
  let next = by.next;
  while (next < by.next + MOST_TO_AS && (hasRole(tokens[next], "changes") || hasRole(tokens[next], "names"))) next += 1;
  return tokens[next] === undefined || isMark(tokens[next], ".,;)!?");
}

/** Tokens between a part and what it is of: "of the", "as long as the". */
const REACH_OF_SHARE = 3;
const MOST_TO_AS = 4;

/** How far around a change its way is told. */
const REACH_OF_WAY = 4;

function changesIn(reader: UnitReader): readonly Change[] {
  const { tokens } = reader;
  return tokens.flatMap((token, at): readonly Change[] => {
    const verb = senseOf(token, "changes");
    if (verb !== null && Number(verb.value) > 0)
      return [{ number: plain(token, Number(verb.value)), unit: "verb", way: null, at, next: at + 1 }];
    const part = partAt(tokens, at);
    if (part !== null) return [{ ...part, at, way: wayAround(tokens, at, part.next) }];
    const own = unitOf(reader, token);
    // "twice".
    if (own?.above[0]?.dimension === "multiple" && own.size !== 1)
      return [{ number: plain(token, own.size), unit: "times", at, next: at + 1, way: wayAround(tokens, at, at + 1) }];
    if (token.kind !== "number" || token.number.range !== null) return [];
    const dimension = unitOf(reader, tokens[at + 1])?.above[0]?.dimension;
    const unit = dimension === "share" ? "percent" : dimension === "multiple" ? "times" : null;
    return unit === null ? [] : [{ number: token.number, unit, at, next: at + 2, way: wayAround(tokens, at, at + 2) }];
  });
}

/** "a fifth", "two thirds", "a quarter". */
function partAt(tokens: readonly Token[], at: number): Pick<Change, "number" | "unit" | "next"> | null {
  const [token, after] = [tokens[at], tokens[at + 1]];
  if (token === undefined) return null;
  if (token.kind === "number" && token.number.form === "word" && token.number.value < 1)
    return { number: token.number, unit: "part", next: at + 1 };
  const count = token.kind === "number" && token.number.form === "word" ? token.number.value : hasRole(token, "articles") ? 1 : null;
  const parts = senseOf(after, "fractions");
  if (count === null || parts === null || after === undefined) return null;
  return {
    number: { ...plain(token, count / Number(parts.value)), span: { start: token.start, end: after.end } },
    unit: "part",
    next: at + 2,
  };
}

/** The nearest word that says which way it goes: behind it, then before it. */
function wayAround(tokens: readonly Token[], at: number, next: number): ChangeWay {
  if (hasRole(tokens[next], "of") || hasRole(tokens[next], "definite")) return "of";
  const around = [...tokens.slice(next, next + REACH_OF_WAY), ...tokens.slice(Math.max(0, at - REACH_OF_WAY), at).reverse()];
  for (const token of around) {
    if (token.kind === "number") continue;
    const way = senseOf(token, "changes")?.value;
    if (way === "less" || way === "more" || way === "speed" || way === "as") return way;
  }
  return null;
}

function plain(token: Token, value: number): PrintedNumber {
  return { span: { start: token.start, end: token.end }, value, lastPlace: 1e-3, form: "word", range: null, repair: null };
}

/** The figures, with the ratios that only the frame around them makes figures. */
export function withRatios(read: readonly ReadSegment[], comparisons: readonly Comparison[]): readonly ReadSegment[] {
  const bySegment = new Map(comparisons.map((comparison) => [comparison.segment, comparison]));
  return read.map((entry) => {
    const found = bySegment.get(entry.segment);
    const kind = entry.segment.reader.algebra.kind(RATIO);
    if (found === undefined || kind === null || (found.by.unit !== "percent" && found.by.unit !== "times")) return entry;
    const { number, at, next } = found.by;
    if (entry.figures.some((figure) => figure.from <= at && at < figure.next)) return entry;
    const unit = unitOf(entry.segment.reader, entry.segment.reader.tokens[next - 1]);
    const figure: Figure = {
      start: number.span.start,
      end: entry.segment.reader.tokens[next - 1]?.end ?? number.span.end,
      from: at,
      next,
      number,
      kind,
      size: unit?.size ?? 1,
      above: unit?.above ?? [],
      below: [],
      product: null,
      per: null,
      isEach: false,
      confidence: 0.9,
      rule: "compared",
      qualifiers: [],
    };
    return { ...entry, figures: [...entry.figures, figure].toSorted((left, right) => left.from - right.from) };
  });
}

/** The statements, with the figures that stand in them. */
export function changeStatements(comparisons: readonly Comparison[], mentions: readonly Mention[]): readonly Statement[] {
  const byNumber = new Map(mentions.map((mention) => [mention.number.span.start, mention.id]));
  return comparisons.flatMap(({ segment: { span }, before: { span: earlier }, from, to, by }): readonly Statement[] => {
    const before = byNumber.get(from.number.span.start + earlier.start);
    const after = byNumber.get(to.number.span.start + span.start);
    if (before === undefined || after === undefined) return [];
    const ends = [from.start + earlier.start, from.end + earlier.start, to.start + span.start, to.end + span.start];
    const ratio = byNumber.get(by.number.span.start + span.start) ?? null;
    const { unit, way, number } = by;
    const placed = { ...number, span: { start: number.span.start + span.start, end: number.span.end + span.start } };
    return [
      {
        kind: "change",
        span: { start: smallest(ends), end: largest(ends) },
        from: before,
        to: after,
        ratio,
        unit,
        way,
        number: placed,
      },
    ];
  });
}
