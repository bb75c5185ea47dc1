/**
 * Written arithmetic, found by the grammar of `language/expression.ts` in sentences, cells and lines of code with what they printed.
 */

import { lastStarting } from "../language/by-place.ts";
import {
  type Chain,
  chainsIn,
  type Expression,
  isComputed,
  linkAt,
  type Side,
  type WrittenText,
  wholeExpression,
} from "../language/expression.ts";
import { kindOfParts, type LabelMeaning, labelMeaning } from "../language/label-meaning.ts";
import type { TextLine } from "../language/lines.ts";
import { tokensOf } from "../language/tokenize.ts";
import { hasRole } from "../language/tokens.ts";
import { unitReader } from "../language/unit-phrase.ts";
import { largest, smallest } from "../model/many.ts";
import type { Mention, Statement, WrittenAtom, WrittenExpression, WrittenSide } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { faceOnly, factorsIn, isWorkedOut, operandsOf, withPrefix, worthOf } from "../model/written-value.ts";
import type { Figure } from "./figure.ts";
import type { ReadSegment } from "./read-figures.ts";
import { linesOf, type Source } from "./segments.ts";

/** Sides that are said to be equal, in the places of the document; mentions are not known yet. */
export type Equality = readonly Omit<WrittenSide, "mention">[];

/** All written arithmetic of a document, in reading order. */
export function equalitiesIn(source: Source, read: readonly ReadSegment[]): readonly Equality[] {
  const lines = linesOf(source.document);
  const ofBlocks = new Set<number>();
  return read.flatMap(({ segment }): readonly Equality[] => {
    const block = source.document.blocks[segment.block];
    const own = block === undefined ? undefined : lines.get(block);
    const { reader, span } = segment;
    if (own === undefined) return equalitiesOf(chainsIn({ reader, text: source.document.text.slice(span.start, span.end) }), span.start);
    if (ofBlocks.has(segment.block)) return [];
    ofBlocks.add(segment.block);
    return own.flatMap((line, index) => lineEqualities(source, own, line, index));
  });
}

function equalitiesOf(chains: readonly Chain[], offset: number): readonly Equality[] {
  return chains.filter(({ sides }) => sides.length > 1).map(({ sides }) => sides.map((side) => placedSide(side, offset)));
}

function placedSide({ expression, relation, isAbout }: Side, offset: number): Equality[number] {
  return { expression: placed(expression, offset), relation, isAbout };
}

function placed(expression: Expression, offset: number): WrittenExpression {
  const span: Span = { start: expression.start + offset, end: expression.end + offset };
  switch (expression.kind) {
    case "number": {
      const { number, unit } = expression;
      const moved = { ...number, span: { start: number.span.start + offset, end: number.span.end + offset } };
      // "2^20" is worked out, though it is one number of the grammar.
      const plain: WrittenExpression = { kind: "number", span, number: moved, unit };
      return expression.isPower ? { kind: "group", span, inner: plain, unit: null, rounding: "nearest", places: 0 } : plain;
    }
    case "group":
      return { ...expression, span, inner: placed(expression.inner, offset) };
    default:
      return { ...expression, span, left: placed(expression.left, offset), right: placed(expression.right, offset) };
  }
}

function writtenAt({ catalog, document, plain, languages }: Source, { start, end }: Span): WrittenText {
  const text = document.text.slice(start, end);
  return { text, reader: unitReader(catalog, tokensOf(catalog, plain(text), languages)) };
}

/** A line of code with its comment, or a prompt with what was printed. */
function lineEqualities(source: Source, lines: readonly TextLine[], line: TextLine, index: number): readonly Equality[] {
  const written = writtenAt(source, line.body);
  const chains = chainsIn(written);
  const [lone, ...more] = chains.filter(({ sides }) => sides.length === 1);
  const found = [
    ...equalitiesOf(chains, line.body.start),
    ...(line.comment === null ? [] : equalitiesOf(chainsIn(writtenAt(source, line.comment)), line.comment.start)),
  ];
  const [side] = lone?.sides ?? [];
  if (side === undefined || more.length > 0 || chains.length > 1) return found;
  const output = line.comment !== null ? commentSide(source, line.comment) : line.isPrompt ? outputSide(source, lines, index) : null;
  return output === null ? found : [...found, [placedSide(side, line.body.start), output]];
}

/** "# = 10752", "// 61440 GPU-hours": the value of the line, where the comment begins with one. */
function commentSide(source: Source, comment: Span): Equality[number] | null {
  const written = writtenAt(source, comment);
  const from = written.reader.tokens.findIndex((token) => token.kind !== "mark" || (token.text !== "#" && token.text !== "/"));
  const link = linkAt(written, from);
  const whole = wholeExpression(written, link?.next ?? from, link !== null);
  if (whole === null || isComputed(whole)) return null;
  return { expression: placed(whole, comment.start), relation: link === null ? "printed" : "equals", isAbout: link?.isAbout ?? false };
}

/** The line under a prompt, where it is one number. */
function outputSide(source: Source, lines: readonly TextLine[], prompt: number): Equality[number] | null {
  const output = lines.find(({ outputOf }) => outputOf === prompt);
  if (output === undefined) return null;
  const whole = wholeExpression(writtenAt(source, output.body), 0, false);
  return whole === null || isComputed(whole) ? null : { expression: placed(whole, output.body.start), relation: "printed", isAbout: false };
}

/** How near a result must be to what was worked out for no figure to be made of it. */
const NEAR = 0.005;

type Operand = Extract<WrittenExpression, { kind: "number" }>;

interface Result {
  readonly equality: Equality;
  /** What the key or the words before the computation name. */
  readonly named: LabelMeaning | null;
}

/** Figures that only a key, a header or a name makes figures. */
const NAMED: ReadonlySet<string> = new Set(["key", "key with unit", "name"]);

/**
 * The figures, with what written arithmetic says of them: a key or a name before a computation is that of its result, not of its
 * factors, and what a result counts is told by the units of its factors where it prints none.
 */
export function withResults(read: readonly ReadSegment[], equalities: readonly Equality[]): readonly ReadSegment[] {
  const changed = new Map<number, Figure[]>();
  const figuresOf = (index: number): Figure[] => {
    const figures = changed.get(index) ?? [...(read[index]?.figures ?? [])];
    changed.set(index, figures);
    return figures;
  };
  const places = read
    .map(({ segment: { span } }, index) => ({ span, index }))
    .toSorted((left, right) => left.span.start - right.span.start);
  const at = (offset: number): number | undefined => {
    const place = lastStarting(places, offset, ({ span }) => span.start);
    return place !== undefined && offset < place.span.end ? place.index : undefined;
  };
  for (const equality of equalities) {
    const first = at(smallest(equality.map(({ expression }) => expression.span.start)));
    const named = first === undefined ? null : nameOf(read[first], equality);
    const last = equality.at(-1)?.expression;
    const isNameOfResult = last?.kind === "number" && last.unit === null;
    for (const { expression } of equality) {
      const index = isWorkedOut(expression) ? at(expression.span.start) : undefined;
      const segment = index === undefined ? undefined : read[index]?.segment;
      if (index === undefined || segment === undefined) continue;
      const factors = factorsIn(expression).map(({ number }) => number.span.start - segment.span.start);
      changed.set(
        index,
        figuresOf(index).filter((figure) => {
          const held = factors.filter((factor) => figure.start <= factor && factor < figure.end).length;
          return held === 0 || (held === 1 && !(isNameOfResult && NAMED.has(figure.rule)));
        }),
      );
    }
    const result = last;
    const index = result?.kind === "number" ? at(result.number.span.start) : undefined;
    const entry = index === undefined ? undefined : read[index];
    if (result?.kind !== "number" || index === undefined || entry === undefined) continue;
    const figure = resultFigure({ segment: entry.segment, figures: figuresOf(index) }, result, { equality, named });
    if (figure !== null) figuresOf(index).push(figure);
  }
  return read.map((entry, index) => {
    const figures = changed.get(index);
    return figures === undefined ? entry : { ...entry, figures: figures.toSorted((left, right) => left.from - right.from) };
  });
}

/** How many tokens before a computation the name of what it gives may stand. */
const REACH_OF_NAME = 8;

/** The meaning of the key of a value, of the header of a cell, or of the words before a computation. */
function nameOf(entry: ReadSegment | undefined, equality: Equality): LabelMeaning | null {
  if (entry === undefined) return null;
  const { segment } = entry;
  if (segment.label !== null) return segment.label;
  const start = (equality[0]?.expression.span.start ?? 0) - segment.span.start;
  const end = segment.reader.tokens.findIndex((token) => token.start >= start);
  const before = segment.reader.tokens.slice(0, Math.max(0, end)).findLastIndex((token) => hasRole(token, "names"));
  return before < 0 || before < end - REACH_OF_NAME ? null : labelMeaning(segment.reader, before, before + 1);
}

function resultFigure({ segment, figures }: ReadSegment, result: Operand, { equality, named }: Result): Figure | null {
  const start = result.number.span.start - segment.span.start;
  const { tokens, algebra } = segment.reader;
  const from = tokens.findIndex((token) => token.kind === "number" && token.start === start);
  const token = tokens[from];
  if (token?.kind !== "number" || figures.some((figure) => figure.number.span.start <= start && start < figure.number.span.end))
    return null;
  const computed = equality.slice(0, -1).findLast(({ expression }) => isWorkedOut(expression))?.expression;
  // What prints its unit and is no figure was found to be none.
  if (computed === undefined || result.unit !== null || result.number.value <= 0) return null;
  const product = unitOfProduct(computed);
  // "54 d * 24" is in hours: a plain number may turn a time into another.
  const isTurned =
    product?.above.some(({ dimension }) => dimension === "time") && operandsOf(computed).some((operand) => operand.unit === null);
  const unit = isTurned ? null : product;
  const atoms = (side: readonly WrittenAtom[]) => side.flatMap(({ id }) => algebra.atom(id) ?? []);
  const printed = { above: atoms(unit?.above ?? []), below: atoms(unit?.below ?? []) };
  const measured = printed.above.length === 0 ? null : kindOfParts(segment.reader, { ...printed, isCarbon: false }, segment.labels);
  const plain = comesOut(computed, result) ? null : algebra.kind(PLAIN);
  const kind = named?.kind ?? measured ?? plain;
  if (kind === null) return null;
  const made = named ?? (measured === null ? { above: [], below: [] } : printed);
  return {
    start,
    end: Math.max(token.end, result.span.end - segment.span.start),
    from,
    next: from + 1,
    number: token.number,
    kind,
    size: named?.size ?? 1,
    above: made.above,
    below: made.below,
    product: named?.product ?? null,
    per: null,
    isEach: false,
    confidence: 0.9,
    rule: "computed",
    qualifiers: [],
  };
}

/** The kind of a number that arithmetic gives and that counts nothing known. */
const PLAIN = "number";

function comesOut(computed: WrittenExpression, { number, unit }: Operand): boolean {
  return [faceOnly, withPrefix].some((worth) => {
    const value = worthOf(computed, worth);
    return value === null || Math.abs(value / (number.value * worth(unit)) - 1) <= Math.max(NEAR, number.lastPlace / number.value);
  });
}

/** The unit that a product of figures has, where every factor but plain numbers has one and they cancel as they are printed. */
function unitOfProduct(
  expression: WrittenExpression,
): { readonly above: readonly WrittenAtom[]; readonly below: readonly WrittenAtom[] } | null {
  if (expression.kind === "number") return { above: expression.unit?.above ?? [], below: expression.unit?.below ?? [] };
  if (expression.kind === "group") return expression.unit ?? unitOfProduct(expression.inner);
  const [left, right] = [unitOfProduct(expression.left), unitOfProduct(expression.right)];
  if (left === null || right === null || expression.operator === "^") return null;
  if (expression.operator === "+" || expression.operator === "-") return left.above.length > 0 ? left : right;
  const isQuotient = expression.operator === "/";
  const above = [...left.above, ...(isQuotient ? right.below : right.above)];
  const below = [...left.below, ...(isQuotient ? right.above : right.below)];
  return without(above, below);
}

function without(above: readonly WrittenAtom[], below: readonly WrittenAtom[]) {
  const rest = [...above];
  const under = below.filter((atom) => {
    const at = rest.findIndex(({ id }) => id === atom.id);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { above: rest, below: under };
}

/** The statements, with the figures that their sides are. */
export function arithmeticStatements(equalities: readonly Equality[], mentions: readonly Mention[]): readonly Statement[] {
  const byNumber = new Map(mentions.map((mention) => [mention.number.span.start, mention.id]));
  return equalities.flatMap((equality): readonly Statement[] => {
    const spans = equality.map(({ expression }) => expression.span);
    return [
      {
        kind: "arithmetic",
        span: { start: smallest(spans.map(({ start }) => start)), end: largest(spans.map(({ end }) => end)) },
        sides: equality.map((side) => ({
          ...side,
          mention: side.expression.kind === "number" ? (byNumber.get(side.expression.number.span.start) ?? null) : null,
        })),
      },
    ];
  });
}
