/**
 * The gold of a passage as mentions: what an extractor that makes no mistake would find.
 *
 * Readers strip markup, so words and numbers of the passage are aligned with those of the document, and a phrase is where its words
 * came to stand.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { splitSentences } from "../../src/language/sentences.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Document } from "../../src/model/document.ts";
import { findHardware } from "../../src/model/hardware-finder.ts";
import type { HardwareName, Hedge, Mention, MentionId, MentionKind, Role } from "../../src/model/mention.ts";
import { contains, overlaps, type Span } from "../../src/model/span.ts";
import { cellsOfRow } from "../../src/model/table-cells.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { joinPassages } from "./joined.ts";

/** A figure of the gold. */
export interface GoldFigure {
  readonly phrase: string;
  readonly kind: MentionKind;
  readonly value: number;
  readonly unit: string;
  readonly subject?: string;
  readonly hardware?: string;
  readonly hedge?: string;
  readonly per?: string;
  readonly nth?: number;
  readonly low?: number;
  readonly high?: number;
  readonly about?: "other";
  readonly hypothetical?: boolean;
  /** The passage that it is of, where several are one document. */
  readonly part?: string;
}

export interface GoldPassage {
  readonly id: string;
  readonly genre: string;
  readonly media: "text" | "markdown" | "html" | "latex";
  readonly text: string;
  readonly quantities: readonly GoldFigure[];
}

/** A passage as the stages see it, with the gold of each mention. */
export interface PassageMentions {
  readonly passage: GoldPassage;
  readonly document: Document;
  readonly mentions: readonly Mention[];
  readonly goldOf: ReadonlyMap<MentionId, GoldFigure>;
  /** Phrases that were not found again in the document. */
  readonly lost: readonly string[];
}

const ENDING = { text: "txt", markdown: "md", html: "html", latex: "tex" } as const;

/** All passages of a folder, by file and in its order. */
export function readPassages(folder: string): readonly GoldPassage[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return files.sort().flatMap((file) => {
    const rows = parse(readFileSync(join(folder, file), "utf8")) as readonly (Omit<GoldPassage, "genre" | "quantities"> & {
      readonly quantities?: readonly GoldFigure[];
    })[];
    return rows.map((row) => ({ ...row, genre: file.replace(".yaml", ""), quantities: row.quantities ?? [] }));
  });
}

/** Passages of one genre as sections of long documents, with the gold of all of them. */
export function joinedPassages(catalog: Catalog, passages: readonly GoldPassage[]): readonly GoldPassage[] {
  return [...Map.groupBy(passages, ({ genre }) => genre)].flatMap(([genre, list]) =>
    joinPassages(catalog, list).map(({ media, text, parts }, index): GoldPassage => {
      const quantities = parts.flatMap(({ passage, start }) =>
        passage.quantities.flatMap((gold) => {
          const at = startOf(passage.text, gold);
          return at < 0 ? [] : [{ ...gold, nth: timesUntil(text, gold.phrase, start + at), part: passage.id }];
        }),
      );
      return { id: `joined-${genre}-${index}`, genre, media, text, quantities };
    }),
  );
}

/** How often a phrase stands in a text, up to where it begins once more. */
function timesUntil(text: string, phrase: string, last: number): number {
  let count = 0;
  for (let at = text.indexOf(phrase); at >= 0 && at <= last; at = text.indexOf(phrase, at + 1)) count += 1;
  return count;
}

export async function mentionsOfPassage(catalog: Catalog, passage: GoldPassage): Promise<PassageMentions | null> {
  const { document } = await readDocument(new TextEncoder().encode(passage.text), `${passage.id}.${ENDING[passage.media]}`);
  if (document === null) return null;
  const places = aligned(wordsOf(plainSource(passage.text)), wordsOf(document.text));
  const placed = passage.quantities.flatMap((gold) => {
    const span = placeOf(passage.text, gold, places);
    return span === null ? [] : [{ gold, span }];
  });
  const ordered = placed.toSorted((left, right) => left.span.start - right.span.start || left.span.end - right.span.end);
  const mentions = ordered.map(({ gold, span }, index) => mentionOf(catalog, document, gold, span, index));
  return {
    passage,
    document,
    mentions,
    goldOf: new Map(mentions.map((mention, index) => [mention.id, ordered[index]?.gold ?? raise()])),
    lost: passage.quantities.filter((gold) => !placed.some((entry) => entry.gold === gold)).map(({ phrase }) => phrase),
  };
}

function raise(): never {
  throw new Error("a mention without gold");
}

interface Word {
  readonly text: string;
  readonly span: Span;
}

/** The text with tags and commands blanked out, at the same offsets. */
function plainSource(text: string): string {
  return text.replace(/<\/?[a-z][^>]*>|\\[a-zA-Z]+|&[a-z]+;/g, (markup) => " ".repeat(markup.length));
}

/** Runs of letters and runs of digits, folded. */
function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/\p{L}+|\p{N}+/gu)].flatMap((match) => {
    const span = { start: match.index, end: match.index + match[0].length };
    const folded = match[0].normalize("NFKC").toLowerCase();
    return /\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(folded)
      ? [...match[0]].map((letter, at) => ({ text: letter, span: { start: span.start + at, end: span.start + at + 1 } }))
      : [{ text: folded, span }];
  });
}

/** Pairs of words that a longest common subsequence joins, in order. */
function aligned(source: readonly Word[], target: readonly Word[]): readonly { readonly from: Word; readonly to: Word }[] {
  const width = target.length + 1;
  const table = new Uint16Array((source.length + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column] ?? 0;
  for (let row = source.length - 1; row >= 0; row -= 1) {
    for (let column = target.length - 1; column >= 0; column -= 1) {
      const isSame = source[row]?.text === target[column]?.text;
      table[row * width + column] = isSame ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: { from: Word; to: Word }[] = [];
  for (let row = 0, column = 0; row < source.length && column < target.length; ) {
    const [from, to] = [source[row], target[column]];
    if (from !== undefined && to !== undefined && from.text === to.text && at(row, column) === at(row + 1, column + 1) + 1) {
      pairs.push({ from, to });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}

function placeOf(text: string, gold: GoldFigure, pairs: readonly { readonly from: Word; readonly to: Word }[]): Span | null {
  const start = startOf(text, gold);
  if (start < 0) return null;
  const phrase = { start, end: start + gold.phrase.length };
  const inside = pairs.filter(({ from }) => overlaps(from.span, phrase)).map(({ to }) => to.span);
  if (inside.length === 0) return null;
  return { start: Math.min(...inside.map((span) => span.start)), end: Math.max(...inside.map((span) => span.end)) };
}

/** Where the phrase of a figure begins; -1 where it does not stand so often. */
function startOf(text: string, { phrase, nth = 1 }: GoldFigure): number {
  let start = -1;
  for (let count = 0; count < nth; count += 1) {
    start = text.indexOf(phrase, start + 1);
    if (start < 0) return -1;
  }
  return start;
}

const HEDGES: Readonly<Record<string, Hedge>> = {
  about: "about",
  nearly: "nearly",
  over: "over",
  "slightly over": "slightly-over",
  "up to": "up-to",
  "at most": "up-to",
  under: "under",
  estimated: "estimated",
};

function mentionOf(catalog: Catalog, document: Document, gold: GoldFigure, found: Span, index: number): Mention {
  const place = placeIn(document, found, gold.value);
  const start = place.cellSpan === null ? found.start : Math.max(found.start, place.cellSpan.start);
  const span = { start, end: place.cellSpan === null ? found.end : Math.min(found.end, place.cellSpan.end) };
  const text = document.text.slice(span.start, span.end);
  const digits = /\p{N}[\p{N}.,]*/u.exec(text);
  const numberStart = span.start + (digits?.index ?? 0);
  return {
    id: `m${index + 1}` as MentionId,
    kind: gold.kind,
    span,
    text,
    number: {
      span: { start: numberStart, end: numberStart + (digits?.[0].length ?? text.length) },
      value: gold.value,
      lastPlace: 1,
      form: digits === null ? "word" : "decimal",
      range: gold.low === undefined || gold.high === undefined ? null : { low: gold.low, high: gold.high },
      repair: null,
    },
    unit: gold.unit,
    value: gold.value,
    hedge: HEDGES[gold.hedge ?? ""] ?? null,
    hardware: hardwareIn(catalog, text, span.start),
    noun: null,
    per: gold.per ?? null,
    role: roleOf(gold),
    roleEvidence: null,
    speaker: null,
    stage: null,
    qualifiers: [],
    sentence: place.sentence,
    block: place.block,
    cell: place.cell,
    confidence: 1,
    rules: [],
  };
}

function roleOf(gold: GoldFigure): Role {
  if (gold.hypothetical === true) return "hypothetical";
  return gold.about === "other" ? "other" : "own";
}

/** The product printed in the phrase itself. */
function hardwareIn(catalog: Catalog, text: string, offset: number): HardwareName | null {
  const [first] = findHardware(catalog).find(text);
  if (first === undefined) return null;
  const span = { start: first.span.start + offset, end: first.span.end + offset };
  return { span, text: first.text, accelerators: first.accelerators, system: first.system };
}

interface Place {
  readonly block: number;
  readonly sentence: Span;
  readonly cell: Mention["cell"];
  readonly cellSpan: Span | null;
}

function placeIn(document: Document, span: Span, value: number): Place {
  const block = document.blocks.findIndex((candidate) => candidate.span.start <= span.start && span.start < candidate.span.end);
  const whole = document.blocks[block]?.span ?? { start: 0, end: document.text.length };
  const table = document.tables.findIndex((candidate) => contains(candidate.span, { start: span.start, end: span.start + 1 }));
  const found = document.tables[table];
  // A phrase may run over several cells, to tell which number is meant: the one that prints the value, else the last.
  const cells = found?.cells.filter((cell) => cell.span.end > cell.span.start && overlaps(cell.span, span)) ?? [];
  const printed = cells.find((cell) => document.text.slice(cell.span.start, cell.span.end).replaceAll(",", "") === String(value));
  const cell = printed ?? cells.at(-1);
  if (found !== undefined && cell !== undefined) {
    const spans = cellsOfRow(found, cell.row).flatMap((other) => (other.span.end > other.span.start ? [other.span] : []));
    const sentence = { start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) };
    return { block, sentence, cell: { table, row: cell.row, column: cell.column }, cellSpan: cell.span };
  }
  const text = document.text.slice(whole.start, whole.end);
  const sentences = document.blocks[block]?.kind === "code" ? linesOf(text, whole.start) : splitSentences(text, whole.start);
  const sentence = sentences.find((candidate) => candidate.start <= span.start && span.start < candidate.end) ?? whole;
  return { block, sentence, cell: null, cellSpan: null };
}

function linesOf(text: string, offset: number): readonly Span[] {
  return [...text.matchAll(/[^\n]+/g)].map((match) => ({ start: offset + match.index, end: offset + match.index + match[0].length }));
}
