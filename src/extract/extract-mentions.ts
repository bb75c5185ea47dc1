/**
 * A document in, the phrases that state quantities out, exactly as printed and with exact offsets.
 *
 * Each sentence, cell and line is read by one grammar of numbers and units; what its words mean stands in `rules/lexicon/`.
 */

import { fold } from "../language/fold.ts";
import { withEnglishMarks } from "../language/number-marks.ts";
import { spokenIn } from "../language/spoken.ts";
import { senseOf, type Token, tokensOf } from "../language/tokens.ts";
import { type UnitReader, unitReader } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Block, BlockKind, Document } from "../model/document.ts";
import type { Extraction, HardwareName, Hedge, Mention, MentionId, Statement } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { cellsOfRow } from "../model/table-cells.ts";
import { decimalMarkOf, withPoints } from "./decimal-mark.ts";
import { findDegrees, findRowDegrees } from "./degrees.ts";
import type { Draft } from "./draft.ts";
import { draftOf } from "./figure.ts";
import { figuresIn } from "./figures.ts";
import { findPeriods } from "./periods.ts";
import { splitSentences } from "./sentences.ts";
import { findShapes } from "./shapes.ts";
import { findArithmetic, findConversions } from "./statements.ts";
import { findSubjects } from "./subjects.ts";
import { tableFigures } from "./table-figures.ts";
import { formatsOf, qualifiersOf, roleOf, speakerOf, stageOf } from "./wording.ts";

const READ: ReadonlySet<BlockKind> = new Set(["heading", "paragraph", "list-item", "caption", "footnote", "quote", "table", "code"]);

/** A document with what makes its text plain: characters, and the marks in numbers of its language. */
interface Source {
  readonly catalog: Catalog;
  readonly document: Document;
  readonly plain: (text: string) => string;
  /** The languages that it is written in. */
  readonly languages: readonly string[];
  /** Its words that end in a stop. */
  readonly abbreviations: ReadonlySet<string>;
  readonly isOfCarbon: boolean;
  readonly currency: string;
}

export function extractMentions(catalog: Catalog, document: Document): Extraction {
  const mark = decimalMarkOf(document);
  const spoken = spokenIn(catalog, document.text);
  const exchanged = spoken.hasDecimalCommas ? withEnglishMarks : mark === "comma" ? withPoints : null;
  const plain = exchanged === null ? fold : (text: string): string => fold(exchanged(text));
  const source = {
    catalog,
    document,
    plain,
    languages: spoken.languages,
    abbreviations: abbreviationsOf(catalog, spoken.languages),
    isOfCarbon: isOfCarbon(document.text),
    currency: "USD",
  };
  const folded = document.tables.length === 0 ? "" : plain(document.text);
  const sentences: Span[] = [];
  const placed = document.blocks.flatMap((block, index) => {
    if (!READ.has(block.kind)) return [];
    return block.kind === "table" ? readTable(source, folded, index) : readBlock(source, block, index, sentences);
  });
  const mentions = (mark === "point" ? placed : placed.map(withoutComma))
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .map((entry, index) => mentionOf(document, entry, index));
  const statements = findStatements(source, mentions, sentences);
  return { mentions, statements, subjects: mentions.length === 0 ? [] : findSubjects(catalog, document) };
}

function abbreviationsOf({ lexicon }: Catalog, languages: readonly string[]): ReadonlySet<string> {
  const spoken = lexicon.filter(({ language }) => languages.includes(language));
  return new Set(
    spoken.flatMap(({ words }) => words.filter((word) => word.length > 1 && word.endsWith(".")).map((word) => word.toLowerCase())),
  );
}

/** Whether a text speaks of emissions at all. */
function isOfCarbon(text: string): boolean {
  return ["CO2", "CO₂", "carbon", "emission"].some((word) => text.includes(word));
}

interface Placed extends Draft {
  readonly hedge: { readonly hedge: Hedge; readonly start: number } | null;
  readonly sentence: Span;
  readonly block: number;
  readonly cell: Mention["cell"];
  readonly context: string;
}

function readBlock(source: Source, block: Block, index: number, sentences: Span[]): readonly Placed[] {
  const raw = source.document.text.slice(block.span.start, block.span.end);
  const spans = block.kind === "code" ? linesOf(raw, block.span.start) : splitSentences(raw, block.span.start, source.abbreviations);
  return spans.flatMap((sentence) => {
    sentences.push(sentence);
    const context = source.plain(source.document.text.slice(sentence.start, sentence.end));
    const reader = unitReader(source.catalog, tokensOf(source.catalog, context, source.languages));
    return figuresIn(reader, { label: null, isOfCarbon: source.isOfCarbon }).map((figure) =>
      place(draftOf(reader.algebra, figure, source.currency), hedgeOf(reader.tokens, figure.from, figure.next), sentence.start, {
        sentence,
        block: index,
        cell: null,
        context,
      }),
    );
  });
}

function linesOf(raw: string, offset: number): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const line of raw.split("\n")) {
    if (line.trim() !== "") spans.push({ start: offset + start, end: offset + start + line.length });
    start += line.length + 1;
  }
  return spans;
}

function readTable(source: Source, folded: string, index: number): readonly Placed[] {
  const { document, catalog } = source;
  const block = document.blocks[index];
  const tableIndex = document.tables.findIndex((table) => table.span.start === block?.span.start);
  const table = document.tables[tableIndex];
  if (block === undefined || table === undefined) return [];
  return tableFigures({ ...source, text: folded }, table).map(({ figure, row, column, offset, text, hardware }) => {
    const reader: UnitReader = unitReader(catalog, tokensOf(catalog, text, source.languages));
    const draft = draftOf(reader.algebra, figure, source.currency);
    const cells = cellsOfRow(table, row).flatMap(({ span }) => (span.end > span.start ? [span] : []));
    const sentence = { start: Math.min(...cells.map((span) => span.start)), end: Math.max(...cells.map((span) => span.end)) };
    return place({ ...draft, hardware: draft.hardware ?? hardware }, hedgeOf(reader.tokens, figure.from, figure.next), offset, {
      sentence,
      block: index,
      cell: { table: tableIndex, row, column },
      context: "",
    });
  });
}

/** The hedge right before a figure, with where it begins, or right behind it. */
function hedgeOf(tokens: readonly Token[], from: number, next: number): Placed["hedge"] {
  for (let index = from - 1; index >= Math.max(0, from - 3); index -= 1) {
    const token = tokens[index];
    const sense = senseOf(token, "hedges");
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
  const isPlus = after?.kind === "mark" && after.text === "+" && tokens[next + 1]?.kind !== "number";
  return isPlus ? { hedge: "over", start: tokens[from]?.start ?? 0 } : null;
}

function place(draft: Draft, hedge: Placed["hedge"], offset: number, at: Pick<Placed, "sentence" | "block" | "cell" | "context">): Placed {
  const move = (span: Span): Span => ({ start: span.start + offset, end: span.end + offset });
  const isOwn = draft.hardware !== null && draft.hardware.span.end <= at.context.length;
  const hardware: HardwareName | null =
    draft.hardware === null
      ? null
      : { ...draft.hardware, span: isOwn || at.cell === null ? move(draft.hardware.span) : draft.hardware.span };
  return {
    ...draft,
    ...at,
    hedge: hedge === null ? null : { hedge: hedge.hedge, start: hedge.start + offset },
    start: draft.start + offset,
    end: draft.end + offset,
    number: { ...draft.number, span: move(draft.number.span) },
    hardware,
  };
}

function mentionOf(document: Document, placed: Placed, index: number): Mention {
  const base = placed.sentence.start;
  const folded = placed.context;
  const start = Math.min(placed.start, placed.hedge?.start ?? placed.start);
  const role = placed.cell === null ? roleOf(folded, placed.start - base) : { role: "own" as const, evidence: null };
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
    role: role.role,
    roleEvidence: role.evidence === null ? null : { start: base + role.evidence.start, end: base + role.evidence.end },
    speaker: placed.cell === null ? speakerOf(folded) : null,
    stage: placed.cell === null ? stageOf(folded) : null,
    qualifiers: [
      ...(placed.qualifiers ?? []),
      ...qualifiersOf(folded),
      ...formatsOf(document.text.slice(placed.sentence.start, placed.sentence.end)),
    ],
    sentence: placed.sentence,
    block: placed.block,
    cell: placed.cell,
    confidence: placed.confidence,
    rules: [placed.rule],
  };
}

function findStatements({ document, plain }: Source, mentions: readonly Mention[], sentences: readonly Span[]): readonly Statement[] {
  const bySentence = Map.groupBy(mentions, (mention) => mention.sentence.start);
  const ofRows = document.tables.flatMap((table, index) => findRowDegrees(table, index, document.text, mentions));
  const ofSentences = sentences.flatMap((sentence) => {
    const folded = plain(document.text.slice(sentence.start, sentence.end));
    const inside = bySentence.get(sentence.start) ?? [];
    return [
      ...findArithmetic(folded, sentence.start, inside),
      ...findConversions(folded, sentence.start, inside),
      ...findShapes(folded, sentence.start, inside),
      ...findPeriods(folded, sentence.start, inside),
      ...findDegrees(folded, sentence.start, inside),
    ];
  });
  return [...ofSentences, ...ofRows];
}

/** A decimal comma is only wrong where points are usual. */
function withoutComma(placed: Placed): Placed {
  return placed.number.repair?.reason === "decimal-comma" ? { ...placed, number: { ...placed.number, repair: null } } : placed;
}
