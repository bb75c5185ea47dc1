import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Cell, type Document, pageOf, type Table, textOf } from "../../src/model/document.ts";
import { readPdf } from "../../src/read/pdf/read-pdf.ts";
import type { Share } from "./tally.ts";

/** What the reader makes of the phrases that people marked by hand in real papers. */
export interface ReadingScore {
  readonly phrases: Share;
  readonly cells: Share;
  /** One line for each miss: document, page, what was looked for. */
  readonly misses: readonly string[];
}

interface GoldPhrase {
  readonly page?: number;
  readonly phrase: string;
  readonly row?: string;
  readonly column?: string;
}

interface Gold {
  readonly document: string;
  readonly quantities?: readonly GoldPhrase[];
  readonly silent?: readonly GoldPhrase[];
}

/** Scores the PDF reader: phrases that stand unbroken on their page, and cells under their row and column. */
export async function scoreReading(corpus: string, only: string | null): Promise<ReadingScore> {
  const score = { phrases: { of: 0, hit: 0 }, cells: { of: 0, hit: 0 } };
  const misses: string[] = [];
  for (const file of readdirSync(join(corpus, "gold")).sort()) {
    const gold = parse(readFileSync(join(corpus, "gold", file), "utf8")) as Gold;
    if (!gold.document.endsWith(".pdf") || (only !== null && !file.includes(only))) continue;
    const { document } = await readPdf(readFileSync(join(corpus, gold.document)), gold.document);
    const folded = document === null ? null : foldText(document.text);
    for (const entry of [...(gold.quantities ?? []), ...(gold.silent ?? [])]) {
      score.phrases.of += 1;
      const onPage = document !== null && folded !== null && standsOnPage(document, folded, entry);
      if (onPage) score.phrases.hit += 1;
      else misses.push(`${gold.document} page ${entry.page}: phrase "${entry.phrase}"`);
      if (entry.row === undefined || entry.column === undefined) continue;
      score.cells.of += 1;
      const inTable = document?.tables.some((table) => hasCell(document, table, entry)) ?? false;
      if (inTable) score.cells.hit += 1;
      else misses.push(`${gold.document} page ${entry.page}: cell "${entry.phrase}" in row "${entry.row}", column "${entry.column}"`);
    }
  }
  return { ...score, misses };
}

/** Text in plain characters, with the place of each in the text as read. */
interface FoldedText {
  readonly text: string;
  readonly places: readonly number[];
}

function foldText(text: string): FoldedText {
  let folded = "";
  const places: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const plain = fold(text.charAt(index));
    if (/^\s$/.test(plain) && /\s$/.test(folded)) continue;
    folded += plain;
    for (let unit = 0; unit < plain.length; unit += 1) places.push(index);
  }
  return { text: folded, places };
}

/** Superscripts as digits, one kind of space, of dash and of quote. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\s/g, " ")
    .replace(/[−–‐‑]/g, "-")
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/∼/g, "~");
}

function standsOnPage(document: Document, folded: FoldedText, entry: GoldPhrase): boolean {
  const phrase = fold(entry.phrase).replace(/ +/g, " ");
  for (let at = folded.text.indexOf(phrase); at >= 0; at = folded.text.indexOf(phrase, at + 1)) {
    const start = folded.places[at];
    if (start !== undefined && (entry.page === undefined || pageOf(document, { start, end: start }) === entry.page)) return true;
  }
  return false;
}

function hasCell(document: Document, table: Table, entry: GoldPhrase): boolean {
  if (pageOf(document, table.span) !== entry.page) return false;
  const phrase = fold(entry.phrase).replace(/ +/g, " ");
  return table.cells.some((cell) => {
    if (!fold(textOf(document, cell.span)).includes(phrase)) return false;
    const labels = table.cells.filter(
      (other) => (other.column < cell.column || other.column === 0) && covers(other.row, other.rowSpan, cell.row),
    );
    // A row that is one cell across all columns is a heading for the rows below it.
    const section = table.cells.findLast((other) => other.columnSpan === table.columnCount && other.row < cell.row);
    if (section !== undefined) labels.push(section);
    const heads = table.cells.filter((other) => other.header && covers(other.column, other.columnSpan, cell.column));
    return sameWords(wordsOf(document, labels), entry.row ?? "") && sameWords(wordsOf(document, heads), entry.column ?? "");
  });
}

function covers(from: number, count: number, at: number): boolean {
  return from <= at && at < from + count;
}

function wordsOf(document: Document, cells: readonly Cell[]): string {
  return cells.map((cell) => textOf(document, cell.span)).join(" ");
}

/** Every word of the gold label stands in the label that was read; gold may add a word or two to tell rows apart. */
function sameWords(read: string, gold: string): boolean {
  const squeezed = plain(read);
  const words = gold.split(/[\s/()]+/).filter((word) => plain(word) !== "");
  const found = words.filter((word) => squeezed.includes(plain(word))).length;
  return words.length === 0 || found >= words.length * 0.6;
}

function plain(text: string): string {
  return fold(text)
    .toLowerCase()
    .replace(/[^a-z0-9#]/g, "");
}
