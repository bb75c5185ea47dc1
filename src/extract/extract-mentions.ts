/**
 * A document in, the phrases that state quantities out, exactly as printed and with exact offsets.
 *
 * Each sentence, cell and line is read by one grammar of numbers and units; what its words mean stands in `rules/lexicon/`.
 */

import { type CueIndex, cuesIn, findCues } from "../language/cues.ts";
import { hasRole, senseOf, type Token } from "../language/tokens.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import {
  type Extraction,
  type Hedge,
  type Mention,
  type MentionId,
  type MentionKind,
  RETRACTED,
  type Statement,
} from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { type Comparison, changeStatements, comparisonsIn, withRatios } from "./comparisons.ts";
import { findConversions } from "./conversions.ts";
import { decimalMarkOf } from "./decimal-mark.ts";
import { degreesOfBlock, findRowDegrees } from "./degrees.ts";
import type { Draft } from "./draft.ts";
import { draftOf, type Figure } from "./figure.ts";
import { findPeriods } from "./periods.ts";
import { qualifiersAround, withQualifiers } from "./qualifiers.ts";
import { type ReadSegment, readFigures } from "./read-figures.ts";
import { type Segment, type Source, sourceOf } from "./segments.ts";
import { findShapes } from "./shapes.ts";
import { EIGHT_BIT, formatsOf, qualifiersOf } from "./wording.ts";
import { arithmeticStatements, type Equality, equalitiesIn, withResults } from "./written-arithmetic.ts";

/** A document in, its mentions, statements and names out. */
export function extractMentions(catalog: Catalog, document: Document): Extraction {
  const source = sourceOf(catalog, document);
  const cues = cuesIn(catalog, document.text);
  const figures = readFigures(source);
  const equalities = equalitiesIn(source, figures);
  const computed = withResults(figures, equalities);
  const comparisons = comparisonsIn(computed);
  const read = withRatios(computed, comparisons);
  const currencies = currenciesOf(read);
  const placed = read.flatMap((entry, at) =>
    entry.figures.flatMap((_, index) => placedFigure(catalog, entry, index, currencies[at] ?? "USD") ?? []),
  );
  const isPaidByNode = placed.some(({ kind, unit }) => kind === "price" && unit.includes("/node-"));
  const offers = offersIn(placed);
  const counted = placed.filter(
    (entry) => (entry.kind !== "nodes" || entry.rule !== "article" || isPaidByNode) && !(isOne(entry) && offers.has(entry.sentence.start)),
  );
  const mentions = (decimalMarkOf(document) === "point" ? counted : counted.map(withoutComma))
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .map((entry, index) => mentionOf(cues, document, entry, index));
  const statements = findStatements(source, mentions, { read, equalities, comparisons });
  return { mentions, statements, subjects: [] };
}

/** Sentences that tell what one thing is sold for and made of, and nothing else: "One device (four chips) costs $8 an hour" counts no devices of a run. */
function offersIn(placed: readonly Placed[]): ReadonlySet<number> {
  const bySentence = Map.groupBy(placed, ({ sentence }) => sentence.start);
  const isOffer = (figures: readonly Placed[]): boolean =>
    figures.some(({ kind }) => kind === "price") &&
    figures.every((figure) => figure.kind === "price" || (figure.kind === "accelerators" && (figure.per !== null || isOne(figure))));
  return new Set([...bySentence].flatMap(([start, figures]) => (isOffer(figures) ? [start] : [])));
}

function isOne({ kind, number }: Placed): boolean {
  return kind === "accelerators" && number.value === 1;
}

interface Placed extends Draft {
  readonly hedge: { readonly hedge: Hedge; readonly start: number } | null;
  readonly sentence: Span;
  readonly block: number;
  readonly cell: Mention["cell"];
  readonly context: string;
}

/** Cents are those of the currency of their segment, else of the nearest that has one; of dollars where there is none. Shape: one for each segment. */
function currenciesOf(read: readonly ReadSegment[]): readonly string[] {
  const told = read.map(({ figures }) => figures.flatMap(({ above }) => above).find(isMoney)?.id ?? null);
  const known = told.flatMap((currency, at) => (currency === null ? [] : [{ currency, at }]));
  return told.map((own, at) => {
    const next = headLength(known, (other) => other.at < at);
    const near = [known[next - 1], known[next]].flatMap((other) => other ?? []);
    const [nearest] = near.sort((left, right) => Math.abs(left.at - at) - Math.abs(right.at - at));
    return own ?? nearest?.currency ?? "USD";
  });
}

function isMoney({ dimension, id }: { readonly dimension: string; readonly id: string }): boolean {
  return dimension === "money" && id !== "cent";
}

function placedFigure(catalog: Catalog, { segment, figures }: ReadSegment, index: number, currency: string): Placed | null {
  const figure = figures[index];
  if (figure === undefined) return null;
  const read = draftOf(segment.reader.algebra, figure, currency);
  const around = {
    text: segment.text,
    span: { start: figure.start, end: figure.end },
    from: figures[index - 1]?.end ?? 0,
    to: figures[index + 1]?.start ?? segment.text.length,
    header: segment.header,
  };
  const told = withQualifiers(catalog, read, around);
  const draft = holdsPue(catalog, segment, figures, index) ? { ...told, qualifiers: [...(told.qualifiers ?? []), "with-pue"] } : told;
  const hardware = draft.hardware ?? (PRODUCT_KINDS.has(draft.kind) ? segment.hardware : null);
  const at = { sentence: segment.sentence, block: segment.block, cell: segment.cell, context: segment.text };
  return place({ ...draft, hardware }, hedgeOf(segment.reader.tokens, figure), segment.span.start, at, draft.hardware === null);
}

/** "310 MWh, PUE of 1.15 already included": an energy before a PUE that is told to be in it; "cooling included, at a PUE of 1.3, 147 MWh". */
function holdsPue(catalog: Catalog, { text, header }: Segment, figures: readonly Figure[], index: number): boolean {
  const [last, figure, next] = [figures[index - 1], figures[index], figures[index + 1]];
  if (figure?.kind.kind !== "energy") return false;
  if (last?.kind.kind === "pue" && findCues(catalog, text).has("is-with-pue", { start: 0, end: last.start })) return true;
  if (next?.kind.kind !== "pue") return false;
  const span = { start: next.start, end: next.end };
  const around = { text, span, from: figure.end, to: figures[index + 2]?.start ?? text.length, header };
  return qualifiersAround(catalog, "pue", around).includes("included");
}

const PRODUCT_KINDS: ReadonlySet<string> = new Set(["accelerators", "accelerator-hours", "price"]);

/** Hedges that are words of place, too. */
const SIDES: ReadonlySet<string> = new Set(["over", "under", "up-to"]);

/** "->", "=>": a sign of "over" that ends an arrow. */
function isArrowHead(tokens: readonly Token[], at: number): boolean {
  const [shaft, head] = [tokens[at - 1], tokens[at]];
  const isShaft = shaft?.kind === "mark" && (shaft.text === "-" || shaft.text === "=");
  return isShaft && head?.kind === "mark" && head.text === ">" && shaft.end === head.start;
}

function isArticle(token: Token | undefined): boolean {
  return senseOf(token, "articles") !== null || senseOf(token, "definite") !== null;
}

/** A product, or a word for what is counted. */
function isThing(token: Token | undefined): boolean {
  return token?.kind === "product" || senseOf(token, "units") !== null;
}

/** The hedge right before a figure, with where it begins, or right behind it. */
function hedgeOf(tokens: readonly Token[], { from, next, above }: Pick<Figure, "from" | "next" | "above">): Placed["hedge"] {
  const isTime = above[0]?.dimension === "time" && above.length === 1;
  for (let index = from - 1; index >= Math.max(0, from - 3); index -= 1) {
    const token = tokens[index];
    const sense = isArrowHead(tokens, index) ? null : senseOf(token, "hedges");
    // "over a 50 billion word corpus" says on what, not how much.
    if (sense !== null && index < from - 1 && SIDES.has(sense.value) && isArticle(tokens[from - 1])) return null;
    // "256 chips over three weeks", "358 kW; over 30 days" say how long, not more than what.
    const isOfPart = isTime && sense?.value === "over" && (tokens[index - 1]?.kind ?? "mark") === "mark";
    if (sense !== null && hasRole(token, "operators") && (isOfPart || isThing(tokens[index - 1]))) return null;
    if (sense !== null && token !== undefined) return { hedge: sense.value as Hedge, start: token.start };
    const isSmall =
      token?.kind === "mark" || senseOf(token, "of") !== null || senseOf(token, "articles") !== null || senseOf(token, "units") !== null;
    if (!isSmall) break;
  }
  const after = tokens[next];
  const comma = after?.kind === "mark" && after.text === "," ? tokens[next + 1] : after;
  const sense = senseOf(comma, "hedges");
  const isBehind =
    sense !== null && comma !== undefined && comma.kind === "word" && (comma.text.includes("or ") || comma.text.includes("give"));
  if (isBehind) return { hedge: sense.value as Hedge, start: tokens[from]?.start ?? 0 };
  const isPlus = [from + 1, next].some((at) => {
    const token = tokens[at];
    return token?.kind === "mark" && token.text === "+" && tokens[at + 1]?.kind !== "number";
  });
  return isPlus ? { hedge: "over", start: tokens[from]?.start ?? 0 } : null;
}

function place(
  draft: Draft,
  hedge: Placed["hedge"],
  offset: number,
  at: Pick<Placed, "sentence" | "block" | "cell" | "context">,
  isLent: boolean,
): Placed {
  const move = (span: Span): Span => ({ start: span.start + offset, end: span.end + offset });
  return {
    ...draft,
    ...at,
    hedge: hedge === null ? null : { hedge: hedge.hedge, start: hedge.start + offset },
    start: draft.start + offset,
    end: draft.end + offset,
    number: { ...draft.number, span: move(draft.number.span) },
    hardware: draft.hardware === null || isLent ? draft.hardware : { ...draft.hardware, span: move(draft.hardware.span) },
  };
}

function mentionOf(cues: CueIndex, document: Document, placed: Placed, index: number): Mention {
  const folded = placed.context;
  const start = Math.min(placed.start, placed.hedge?.start ?? placed.start);
  return {
    id: `m${index + 1}` as MentionId,
    kind: placed.kind,
    span: { start, end: placed.end },
    text: document.text.slice(start, placed.end),
    number: placed.number,
    unit: placed.unit,
    value: placed.value,
    hedge: placed.hedge?.hedge ?? null,
    hardware: placed.hardware,
    noun: placed.noun,
    per: placed.per,
    // Whose voice it is and of which stage, the attachment tells.
    role: "own",
    roleEvidence: null,
    speaker: null,
    stage: null,
    qualifiers: [
      ...(placed.qualifiers ?? []),
      ...qualifiersOf(folded),
      ...formatsOf(document.text.slice(placed.sentence.start, placed.sentence.end)).filter(
        (format) => format === EIGHT_BIT || OF_FORMATS.has(placed.kind),
      ),
      ...(cues.has("retracted", placed.sentence) ? [RETRACTED] : []),
    ],
    sentence: placed.sentence,
    block: placed.block,
    cell: placed.cell,
    confidence: placed.confidence,
    rules: [placed.rule],
  };
}

/** Figures that another format of numbers would make others. */
const OF_FORMATS: ReadonlySet<MentionKind> = new Set(["flop-rate", "mfu"]);

interface Found {
  readonly read: readonly ReadSegment[];
  readonly equalities: readonly Equality[];
  readonly comparisons: readonly Comparison[];
}

function findStatements(
  { document, plain }: Source,
  mentions: readonly Mention[],
  { read, equalities, comparisons }: Found,
): readonly Statement[] {
  const bySentence = Map.groupBy(mentions, (mention) => mention.sentence.start);
  const byBlock = Map.groupBy(mentions, ({ block }) => block);
  const ofRows = document.tables.flatMap((table, index) => findRowDegrees(table, index, document.text, mentions));
  const ofSentences = read.flatMap(({ segment }) => {
    if (segment.cell !== null) return [];
    const { text, span } = segment;
    const inside = bySentence.get(segment.sentence.start) ?? [];
    return [
      ...findConversions(segment.reader, span.start, inside),
      ...findShapes(text, span.start, inside),
      ...findPeriods(text, span.start, inside),
    ];
  });
  const ofBlocks = [...Map.groupBy(read, ({ segment }) => (segment.cell === null ? segment.block : -1))].flatMap(([index, segments]) => {
    const block = document.blocks[index];
    if (block === undefined) return [];
    const { start, end } = block.span;
    const sentences = segments.map(({ segment }) => segment.span);
    return degreesOfBlock(plain(document.text.slice(start, end)), start, sentences, byBlock.get(index) ?? []);
  });
  return [
    ...arithmeticStatements(equalities, mentions),
    ...changeStatements(comparisons, mentions),
    ...ofSentences,
    ...ofBlocks,
    ...ofRows,
  ];
}

/** A decimal comma is only wrong where points are usual. */
function withoutComma(placed: Placed): Placed {
  return placed.number.repair?.reason === "decimal-comma" ? { ...placed, number: { ...placed.number, repair: null } } : placed;
}
