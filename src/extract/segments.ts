/** A document as the stretches that are read by themselves: sentences, lines of code, cells; each with its tokens and its figures. */

import { type TableContext, tableContexts } from "../language/cell-context.ts";
import { fold } from "../language/fold.ts";
import { FOREIGN, hasForeign, type LabelMeaning, labelMeaning, namesOf } from "../language/label-meaning.ts";
import { legendEntries } from "../language/legends.ts";
import { type Entry, LETTER, trimmed } from "../language/line-parts.ts";
import { lineGroups, type TextLine } from "../language/lines.ts";
import { withEnglishMarks } from "../language/number-marks.ts";
import { splitSentences } from "../language/sentences.ts";
import { spokenIn } from "../language/spoken.ts";
import { tokensOf } from "../language/tokenize.ts";
import { type UnitReader, unitAt, unitReader } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Block, BlockKind, Document } from "../model/document.ts";
import type { HardwareName, Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { cellsOfRow } from "../model/table-cells.ts";
import { decimalMarkOf, withPoints } from "./decimal-mark.ts";
import { type Figure, nameOf } from "./figure.ts";
import { figuresIn } from "./figures.ts";
import { withShares } from "./shares.ts";
import { cellTexts, startsWithNumber } from "./table-figures.ts";

/** A stretch of the document, and what the grammar finds in it. */
export interface Segment {
  /** Where its text stands in the document. */
  readonly span: Span;
  /** Folded, with the marks of English numbers. */
  readonly text: string;
  readonly reader: UnitReader;
  readonly figures: readonly Figure[];
  /** The sentence, row or line that it is part of. */
  readonly sentence: Span;
  readonly block: number;
  readonly place: "prose" | "heading" | "list" | "code" | "cell" | "label";
  readonly cell: Mention["cell"];
  /** The kinds that the header or label of a cell names. */
  readonly labels: readonly string[];
  /** What the key, header or label of a value says of its numbers. */
  readonly label: LabelMeaning | null;
  /** The words of that header or label; empty outside of tables. */
  readonly header: string;
  /** What the header multiplies its numbers with, and says nothing else of them: "Seen (B)". */
  readonly scale: number;
  /** A product that only the header over it names. */
  readonly hardware: HardwareName | null;
  /** A percentage may be a comparison here: not in a cell that no label calls one. */
  readonly isCompared: boolean;
}

const READ: ReadonlySet<BlockKind> = new Set(["heading", "paragraph", "list-item", "caption", "footnote", "quote", "table", "code"]);

/** A document with what makes its text plain: characters, and the marks in numbers of its language. */
export interface Source {
  readonly catalog: Catalog;
  readonly document: Document;
  readonly plain: (text: string) => string;
  readonly isOfCarbon: (index: number) => boolean;
  /** The languages that it is written in. */
  readonly languages: readonly string[];
  /** Its words that end in a stop. */
  readonly abbreviations: ReadonlySet<string>;
}

export function sourceOf(catalog: Catalog, document: Document): Source {
  const spoken = spokenIn(catalog, document.text);
  const exchanged = spoken.hasDecimalCommas ? withEnglishMarks : decimalMarkOf(document) === "comma" ? withPoints : null;
  const plain = exchanged === null ? fold : (text: string): string => fold(exchanged(text));
  const { languages } = spoken;
  return { catalog, document, plain, isOfCarbon: carbonIn(document), languages, abbreviations: abbreviationsOf(catalog, languages) };
}

const ABBREVIATIONS = new WeakMap<Catalog, Map<string, ReadonlySet<string>>>();

/** The words of some languages that end in a stop, in small letters: found once for all documents that are written in them. */
function abbreviationsOf(catalog: Catalog, languages: readonly string[]): ReadonlySet<string> {
  const known = ABBREVIATIONS.get(catalog) ?? new Map<string, ReadonlySet<string>>();
  ABBREVIATIONS.set(catalog, known);
  const key = languages.join(" ");
  let words = known.get(key);
  if (words === undefined) {
    const spoken = catalog.lexicon.filter(({ language }) => languages.includes(language)).flatMap((entry) => entry.words);
    words = new Set(spoken.filter((word) => word.length > 1 && word.endsWith(".")).map((word) => word.toLowerCase()));
    known.set(key, words);
  }
  return words;
}

/** Whether emissions are spoken of in a block or near it: grams far from that are of something else. */
function carbonIn({ blocks, text }: Document): (index: number) => boolean {
  const near = new Set<number>();
  for (const [index, { span }] of blocks.entries()) {
    const own = text.slice(span.start, span.end).toLowerCase();
    if (OF_CARBON.some((word) => own.includes(word))) for (let at = index - REACH; at <= index + REACH; at += 1) near.add(at);
  }
  return (index) => near.has(index);
}

const OF_CARBON: readonly string[] = ["co2", "co₂", "carbon", "emission"];

/** In blocks. */
const REACH = 6;

/** All segments in reading order. */
export function segmentsOf(source: Source): readonly Segment[] {
  const folded = source.document.tables.length === 0 ? "" : source.plain(source.document.text);
  const contexts = source.document.tables.length === 0 ? [] : tableContexts(source.catalog, source.document);
  const lines = linesOf(source.document);
  const segments = source.document.blocks.flatMap((block, index) => {
    if (!READ.has(block.kind)) return [];
    return block.kind === "table" ? tableSegments(source, folded, index, contexts) : blockSegments(source, block, index, lines);
  });
  return withShares(segments);
}

const PLACES: Partial<Readonly<Record<BlockKind, Segment["place"]>>> = { heading: "heading", "list-item": "list", code: "code" };

function blockSegments(source: Source, block: Block, index: number, lines: LineIndex): readonly Segment[] {
  const place = PLACES[block.kind] ?? "prose";
  const own = lines.get(block);
  const legends = legendsOver(source.document, index);
  if (own !== undefined)
    return own.flatMap((line) => legendSegments(source, line.body, legends, index, place) ?? lineSegments(source, line, index, place));
  const raw = source.document.text.slice(block.span.start, block.span.end);
  return splitSentences(raw, block.span.start, source.abbreviations).flatMap(
    (span) => legendSegments(source, span, legends, index, place) ?? [textSegment(source, span, span, index, place)],
  );
}

/** What leads in to a block: the nearest paragraph above, or heading, over the items between. */
function legendsOver({ blocks }: Document, index: number): readonly Span[] {
  for (let at = index - 1; at >= Math.max(0, index - MOST_ITEMS); at -= 1) {
    const block = blocks[at];
    if (block?.kind === "paragraph" || block?.kind === "heading") return [block.span];
    if (block?.kind !== "list-item") return [];
  }
  return [];
}

const MOST_ITEMS = 40;

/** The numbers of an item by what a legend says of them; null where none does, of two at least. */
function legendSegments(
  source: Source,
  item: Span,
  legends: readonly Span[],
  index: number,
  place: Segment["place"],
): readonly Segment[] | null {
  const found = legendEntries(source.document.text, item, legends);
  if (found === null) return null;
  const parts = found.entries.flatMap((entry) => entrySegments(source, entry, item, index, place, null));
  if (parts.filter(({ label }) => label !== null).length < 2) return null;
  return found.head.end > found.head.start ? [textSegment(source, found.head, item, index, place), ...parts] : parts;
}

/** The lines of code and of keys and values, by their block. */
type LineIndex = ReadonlyMap<Block, readonly TextLine[]>;

export function linesOf(document: Document): LineIndex {
  const lines = lineGroups(document).flatMap((group) => (group.kind === "list" ? [] : group.lines));
  return Map.groupBy(lines, ({ block }) => block);
}

/** A line: each value by its key, then what is left of it, and its comment. */
function lineSegments(source: Source, line: TextLine, index: number, place: Segment["place"]): readonly Segment[] {
  const entries = line.entry === null ? line.fields : [line.entry];
  if (entries.length === 0) return [textSegment(source, line.span, line.span, index, place)];
  const comment = line.comment === null ? [] : [textSegment(source, line.comment, line.span, index, place)];
  const told = entries.length === 1 && line.comment !== null ? unitOfComment(source, line.comment) : null;
  const rest = restOf(source.document.text, line, entries).map((span) => textSegment(source, span, line.span, index, place));
  return [...entries.flatMap((entry) => entrySegments(source, entry, line.span, index, place, told)), ...rest, ...comment].sort(
    (left, right) => left.span.start - right.span.start,
  );
}

/** What stands between the fields of a line, and is none itself: the "iter 400/9000" of "iter 400/9000 | loss: 2.1 | lr: 3e-4". */
function restOf(text: string, line: TextLine, entries: readonly Entry[]): readonly Span[] {
  const spans: Span[] = [];
  let from = line.body.start;
  for (const { key, value } of [...entries, { key: { start: line.body.end, end: line.body.end }, value: line.body }]) {
    const rest = trimmed(text, { start: from, end: Math.max(from, key.start) });
    if (rest.end > rest.start && LETTER.test(text.slice(rest.start, rest.end))) spans.push(rest);
    from = Math.max(from, key.end, value.end);
  }
  return entries.length > 1 ? spans : [];
}

/** The unit that a comment begins with, which is that of the value before it: "rate: 2.19 # USD per GPU-hour". */
function unitOfComment(source: Source, comment: Span): LabelMeaning | null {
  const text = source.plain(source.document.text.slice(comment.start, comment.end));
  const { tokens, algebra } = unitReader(source.catalog, tokensOf(source.catalog, text, source.languages));
  const first = tokens.findIndex(({ kind }) => kind !== "mark");
  const unit = first < 0 ? null : unitAt({ tokens, algebra }, first, 0);
  if (unit === null) return null;
  const meaning = labelMeaning({ tokens, algebra }, first, unit.next);
  return meaning?.isPrinted === true ? meaning : null;
}

/** The value of a key: read by its own words, and a number without a unit by what the key says. */
function entrySegments(
  source: Source,
  { key, value }: Entry,
  sentence: Span,
  index: number,
  place: Segment["place"],
  told: LabelMeaning | null,
): readonly Segment[] {
  const { catalog, languages, document, plain, isOfCarbon } = source;
  if (value.end <= value.start) return [textSegment(source, key, sentence, index, place)];
  const path = plain(document.text.slice(key.start, key.end));
  // "perf/mfu", "train.global_step": the last part says what it is.
  const last = path.includes(" ") ? path : path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf(".")) + 1);
  const named = unitReader(catalog, tokensOf(catalog, last, languages));
  const meaning = labelMeaning(named, 0, named.tokens.length);
  const label = meaning?.isPrinted === true ? meaning : (told ?? meaning);
  const text = plain(document.text.slice(value.start, value.end));
  const reader = unitReader(catalog, tokensOf(catalog, text, languages));
  const figures = figuresIn(reader, {
    label: startsWithNumber(reader) ? label : null,
    isOfCarbon: isOfCarbon(index) || label?.kind.kind === "carbon",
  });
  const isForeign = hasForeign(named.tokens);
  const labels = [...(label === null ? [] : [label.kind.kind]), ...namesOf(named.tokens), ...(isForeign ? [FOREIGN] : [])];
  const hardware = label?.product == null ? null : nameOf(label.product);
  return [
    {
      span: value,
      text,
      reader,
      figures,
      sentence,
      block: index,
      place,
      cell: null,
      labels,
      label,
      header: "",
      scale: 1,
      hardware,
      isCompared: true,
    },
  ];
}

function textSegment(source: Source, span: Span, sentence: Span, index: number, place: Segment["place"]): Segment {
  const text = source.plain(source.document.text.slice(span.start, span.end));
  const reader = unitReader(source.catalog, tokensOf(source.catalog, text, source.languages));
  const figures = figuresIn(reader, { label: null, isOfCarbon: source.isOfCarbon(index) });
  return {
    span,
    text,
    reader,
    figures,
    sentence,
    block: index,
    place,
    cell: null,
    labels: [],
    label: null,
    header: "",
    scale: 1,
    hardware: null,
    isCompared: true,
  };
}

function tableSegments(source: Source, folded: string, index: number, contexts: readonly TableContext[]): readonly Segment[] {
  const { document } = source;
  const block = document.blocks[index];
  const tableIndex = document.tables.findIndex((table) => table.span.start === block?.span.start);
  const context = contexts[tableIndex];
  if (block === undefined || context === undefined) return [];
  const rows = new Map<number, Span>();
  return cellTexts({ ...source, isOfCarbon: source.isOfCarbon(index) }, context, folded).map(({ cell, isLabel, ...read }) => {
    const sentence = rows.get(cell.row) ?? rowSpan(context, cell.row);
    rows.set(cell.row, sentence);
    const place = isLabel ? "label" : "cell";
    return { ...read, span: cell.span, sentence, block: index, place, cell: { table: tableIndex, row: cell.row, column: cell.column } };
  });
}

/** From the first cell of a row that is not empty to the last. */
function rowSpan({ table }: TableContext, row: number): Span {
  let [start, end] = [Infinity, -Infinity];
  for (const { span } of cellsOfRow(table, row)) {
    if (span.end <= span.start) continue;
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return { start, end };
}
