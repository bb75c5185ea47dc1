import { tokensOf } from "../language/tokenize.ts";
import { hasRole } from "../language/tokens.ts";
import { type UnitReader, unitOf, unitReader } from "../language/unit-phrase.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import type { Span } from "../model/span.ts";
import { headersOf } from "../model/table-cells.ts";
import type { Candidate, Count } from "./candidate.ts";
import type { Place } from "./surroundings.ts";

/** How many tokens behind a number the word for what it counts may stand: "five random seeds". */
const REACH_BEHIND = 3;

/**
 * Whole numbers that count runs, seeds or models, or that are multiplied, in reading order: those of the blocks that have figures.
 *
 * `places` are the figures that were read, in reading order.
 */
export function countsOf(catalog: Catalog, document: Document, places: readonly Place[]): readonly Count[] {
  const blocks = new Set(places.flatMap(({ mention: { block } }) => [block - 1, block, block + 1]));
  const tables = new Set(places.flatMap(({ mention: { cell } }) => cell?.table ?? []));
  const inText = [...blocks].flatMap((index) => {
    const block = document.blocks[index];
    return block === undefined || block.kind === "table" ? [] : countsIn(catalog, document.text, block.span);
  });
  return [...inText, ...[...tables].flatMap((table) => countsInRows(catalog, document, table))]
    .filter(({ span }) => !isRead(span.start))
    .sort((left, right) => left.span.start - right.span.start);

  function isRead(at: number): boolean {
    const low = headLength(places, (place) => place.mention.span.start <= at);
    // Mentions may lie in one another: a few before are looked at.
    return places.slice(Math.max(0, low - 3), low).some(({ mention }) => at < mention.span.end);
  }
}

function countsIn(catalog: Catalog, text: string, { start, end }: Span): readonly Count[] {
  const reader = unitReader(catalog, tokensOf(catalog, text.slice(start, end)));
  return reader.tokens.flatMap((token, at): readonly Count[] => {
    if (token.kind !== "number" || token.isClock || token.number.value < 2 || !Number.isInteger(token.number.value)) return [];
    const isCount = countsBehind(reader, at) || countsBefore(reader, at);
    return isCount ? [{ value: token.number.value, span: { start: start + token.start, end: start + token.end }, row: null }] : [];
  });
}

/** The numbers of a column that is headed by a word for parts of the work: "Seeds", "Runs". */
function countsInRows(catalog: Catalog, { text, tables }: Document, index: number): readonly Count[] {
  const table = tables[index];
  if (table === undefined) return [];
  const readerOf = ({ start, end }: Span): UnitReader => unitReader(catalog, tokensOf(catalog, text.slice(start, end)));
  const columns = headersOf(table).flatMap(({ column, span }) => {
    const reader = readerOf(span);
    const [word, ...more] = reader.tokens;
    return word?.kind === "word" && more.length === 0 && unitOf(reader, word)?.above[0]?.dimension === "part" ? [column] : [];
  });
  if (columns.length === 0) return [];
  return table.cells.flatMap(({ row, column, span, header }): readonly Count[] => {
    if (header || !columns.includes(column)) return [];
    const [token, ...more] = readerOf(span).tokens;
    if (token?.kind !== "number" || more.length > 0 || token.number.value < 2 || !Number.isInteger(token.number.value)) return [];
    return [{ value: token.number.value, span, row: { table: index, row } }];
  });
}

/** "gradient_accumulation_steps: 8", "Runs: 12": stands behind the word for what it counts, where that is told of several. */
function countsBefore(reader: UnitReader, at: number): boolean {
  const { tokens } = reader;
  let before = at - 1;
  while (before >= 0 && (tokens[before]?.kind === "mark" || hasRole(tokens[before], "stops"))) before -= 1;
  const token = tokens[before];
  if (token?.kind !== "word" || at - before > REACH_BEHIND) return false;
  const atom = unitOf(reader, token)?.above[0];
  return atom?.dimension === "part" && (atom.id === ACCUMULATION || token.text.endsWith("s"));
}

/** Small batches that are gone through before one step: "seed: 42" counts no seeds, "gradient_accumulation: 8" does. */
const ACCUMULATION = "accumulation";

/** Stands before a word for a part of the work, or before a sign of multiplication: any other number may be a page, a year or a rank. */
function countsBehind(reader: UnitReader, at: number): boolean {
  const { tokens } = reader;
  if (hasRole(tokens[at + 1], "times")) return tokens[at + 2]?.kind === "number";
  for (const token of tokens.slice(at + 1, at + 1 + REACH_BEHIND)) {
    if (token.kind !== "word") return false;
    const unit = unitOf(reader, token);
    if (unit !== null) return unit.above[0]?.dimension === "part" || unit.above[0]?.id === "times";
  }
  return false;
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
