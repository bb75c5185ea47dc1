import { hasRole, isMark, type Token } from "../language/tokens.ts";
import { type UnitReader, unitOf } from "../language/unit-phrase.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Span } from "../model/span.ts";
import { cellsOfRow, headersOf, headersOver } from "../model/table-cells.ts";
import type { AskedOf, PartsTold } from "./asked-of.ts";
import type { Candidate, Count } from "./candidate.ts";
import type { Place } from "./surroundings.ts";

/** The tokens of a stretch of the document, with the words of its languages. */
export type ReaderOf = (span: Span) => UnitReader;

/** How many tokens behind a number the word for what it counts may stand: "five random seeds". */
const REACH_BEHIND = 3;

/**
 * Whole numbers that count runs, seeds or models, or that are multiplied, in reading order: those of the blocks that have figures.
 *
 * `places` are the figures that were read, in reading order.
 */
export function countsOf(readerOf: ReaderOf, document: Document, places: readonly Place[]): readonly Count[] {
  const blocks = new Set(places.flatMap(({ mention: { block } }) => [block - 1, block, block + 1]));
  const tables = new Set(places.flatMap(({ mention: { cell } }) => cell?.table ?? []));
  const inText = [...blocks].flatMap((index) => {
    const block = document.blocks[index];
    return block === undefined || block.kind === "table" ? [] : countsIn(readerOf, block.span);
  });
  return [...inText, ...[...tables].flatMap((table) => countsInRows(readerOf, document, table))]
    .filter(({ span }) => !isRead(span.start))
    .sort((left, right) => left.span.start - right.span.start);

  function isRead(at: number): boolean {
    const low = headLength(places, (place) => place.mention.span.start <= at);
    // Mentions may lie in one another: a few before are looked at.
    return places.slice(Math.max(0, low - 3), low).some(({ mention }) => at < mention.span.end);
  }
}

function countsIn(readerOf: ReaderOf, block: Span): readonly Count[] {
  const reader = readerOf(block);
  const { start } = block;
  return reader.tokens.flatMap((token, at): readonly Count[] => {
    if (token.kind !== "number" || token.isClock || token.number.value < 2 || !Number.isInteger(token.number.value)) return [];
    const counted = countedBehind(reader, at) ?? countedBefore(reader, at);
    if (counted === null) return [];
    const span = { start: start + token.start, end: start + token.end };
    return [{ value: token.number.value, span, part: counted.part, row: null }];
  });
}

/** The numbers of a column that is headed by a word for parts of the work: "Seeds", "Runs". */
function countsInRows(readerOf: ReaderOf, { tables }: Document, index: number): readonly Count[] {
  const table = tables[index];
  if (table === undefined) return [];
  const columns = new Map(
    headersOf(table).flatMap(({ column, span }) => {
      const reader = readerOf(span);
      const [word, ...more] = reader.tokens;
      const part = word?.kind === "word" && more.length === 0 ? partOf(reader, word) : null;
      return part === null ? [] : [[column, part]];
    }),
  );
  if (columns.size === 0) return [];
  return table.cells.flatMap(({ row, column, span, header }): readonly Count[] => {
    const part = columns.get(column);
    if (header || part === undefined) return [];
    const [token, ...more] = readerOf(span).tokens;
    if (token?.kind !== "number" || more.length > 0 || token.number.value < 2 || !Number.isInteger(token.number.value)) return [];
    return [{ value: token.number.value, span, part, row: { table: index, row } }];
  });
}

/** "gradient_accumulation_steps: 8", "Runs: 12": stands behind the word for what it counts, where that is told of several. */
function countedBefore(reader: UnitReader, at: number): Counted | null {
  const { tokens } = reader;
  let before = at - 1;
  while (before >= 0 && (tokens[before]?.kind === "mark" || hasRole(tokens[before], "stops"))) before -= 1;
  const token = tokens[before];
  if (token?.kind !== "word" || at - before > REACH_BEHIND) return null;
  const part = partOf(reader, token);
  return part !== null && (part === ACCUMULATION || token.text.endsWith("s")) ? { part } : null;
}

/** Small batches that are gone through before one step: "seed: 42" counts no seeds, "gradient_accumulation: 8" does. */
const ACCUMULATION = "accumulation";

/** Stands before a word for a part of the work, or before a sign of multiplication: any other number may be a page, a year or a rank. */
function countedBehind(reader: UnitReader, at: number): Counted | null {
  const { tokens } = reader;
  if (hasRole(tokens[at + 1], "times")) return tokens[at + 2]?.kind === "number" ? { part: null } : null;
  // "each of the fourteen ablations": whatever they are, one of them is told of.
  const isOfEach = [at - 1, at - 2].some(
    (of) => hasRole(tokens[of], "of") && (hasRole(tokens[of - 1], "per") || hasRole(tokens[of - 1], "each")),
  );
  if (isOfEach && tokens[at + 1]?.kind === "word" && unitOf(reader, tokens[at + 1]) === null) return { part: "run" };
  const from = isMark(tokens[at + 1], "-") ? at + 2 : at + 1;
  for (const token of tokens.slice(from, from + REACH_BEHIND)) {
    if (token.kind !== "word") return null;
    const unit = unitOf(reader, token);
    if (unit === null) continue;
    const part = partOf(reader, token);
    return part !== null || unit.above[0]?.id === "times" ? { part } : null;
  }
  return null;
}

/** "per fold", "a seed", "each of the five seeds", "min/seed". */
function isOfOne(tokens: readonly Token[], at: number): boolean {
  const lead = tokens[at - 1];
  if (isMark(lead, "/") || hasRole(lead, "articles") || (lead?.kind === "number" && lead.number.value === 1)) return true;
  return tokens.slice(Math.max(0, at - REACH_OF_EACH), at).some((token) => hasRole(token, "each") || isDivisor(token));
}

function isDivisor(token: Token): boolean {
  return hasRole(token, "per") && !hasRole(token, "articles") && !hasRole(token, "definite");
}

/** Characters behind a claim that tell of what it is. */
const REACH_OF_WORDS = 60;

/** Words between "each" and what it is each of. */
const REACH_OF_EACH = 4;

/** What a number counts; null for what is only multiplied. */
interface Counted {
  readonly part: string | null;
}

/** The part of the work that a word tells: "seeds", "folds"; null for any other. */
function partOf(reader: UnitReader, token: Token): string | null {
  const atom = unitOf(reader, token)?.above[0];
  return atom?.dimension === "part" ? atom.id : null;
}

/** The parts that the sentence of a figure names without a number: "over all seeds", "per fold"; of a cell, its labels. */
export function partsToldWith(readerOf: ReaderOf, { text, tables }: Document, places: readonly Place[], at: number): PartsTold {
  const told = new Map<string, "one" | "all">();
  const mention = places[at]?.mention;
  if (mention === undefined) return told;
  const { cell, sentence, span } = mention;
  const table = cell === null ? undefined : tables[cell.table];
  const next = places[at + 1]?.mention.span.start ?? text.length;
  const spans =
    cell === null || table === undefined
      ? [
          { start: sentence.start, end: span.start },
          { start: span.end, end: Math.max(span.end, Math.min(sentence.end, next, span.end + REACH_OF_WORDS)) },
        ]
      : [...headersOver(table, cell.column), ...cellsOfRow(table, cell.row).filter(({ column }) => column < cell.column)].map(
          (label) => label.span,
        );
  for (const span of spans) {
    const reader = readerOf(span);
    for (const [at, token] of reader.tokens.entries()) {
      const part = partOf(reader, token);
      if (part === null) continue;
      // What is told last stands nearest to the claim.
      told.set(part, isOfOne(reader.tokens, at) ? "one" : "all");
    }
  }
  return told;
}

/** Characters around a claim in which its counts stand. */
const REACH = 350;
const MOST_COUNTS = 5;

/** The numbers near a claim by which its premises may be multiplied. */
export function countsNear(counts: readonly Count[], { mention }: Place): readonly Count[] {
  const { cell } = mention;
  const isOfPlace = ({ row }: Count): boolean => row?.table === cell?.table && row?.row === cell?.row;
  const low = headLength(counts, (count) => count.span.start < mention.span.start - REACH);
  const near: Count[] = [];
  for (let index = low; index < counts.length && near.length < 4 * MOST_COUNTS; index += 1) {
    const count = counts[index];
    if (count === undefined || count.span.start > mention.span.end + REACH) break;
    if (isOfPlace(count)) near.push(count);
  }
  const distance = ({ span }: Count): number =>
    Math.abs(span.start - mention.span.start) + (span.start > mention.span.start ? REACH / 2 : 0);
  return near.sort((left, right) => distance(left) - distance(right)).slice(0, MOST_COUNTS);
}

/** A product by one or two numbers of the text. */
export function withCounts(candidate: Candidate, counts: readonly Count[]): readonly Candidate[] {
  const by = (chosen: readonly Count[]): Candidate => {
    const log = chosen.reduce((sum, { value }) => sum + Math.log(value), 0);
    const moved = ({ low, high }: Candidate["strict"]): Candidate["strict"] => ({ low: low + log, high: high + log });
    return {
      ...candidate,
      shape: "product",
      counts: chosen,
      log: candidate.log + log,
      strict: moved(candidate.strict),
      generous: moved(candidate.generous),
    };
  };
  const single = counts.map((count) => by([count]));
  const double = counts.flatMap((first, index) => counts.slice(index + 1).map((second) => by([first, second])));
  return [...single, ...double];
}

/** Whether a product leaves out a count of what the words of its claim tell all of: "over all seeds", and none of the five. */
export function leavesOut({ counts, parts }: Pick<AskedOf, "counts" | "parts">, candidate: Candidate): boolean {
  const isOfAll = ({ part }: Count): boolean => part !== null && parts.get(part) === "all";
  return counts.some((count) => isOfAll(count) && !candidate.counts.some(({ part }) => part === count.part));
}
