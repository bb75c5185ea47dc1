import { headLength } from "./head-length.ts";
import type { Problem } from "./problem.ts";
import type { Span } from "./span.ts";

/**
 * What a reader makes of the bytes: the whole text in reading order, and where it stood.
 *
 * `text` is clean reading text: no markup, hyphenation undone, superscript digits as Unicode superscripts ("10¹⁸"),
 * subscripts as plain digits ("CO2"), ligatures spelled out. Blocks are separated by blank lines; a line break inside a block is
 * white space. Plain data, so that it can cross from a worker.
 */
export interface Document {
  /** The input as the user named it; "-" is standard input. */
  readonly source: string;
  readonly mediaType: MediaType;
  readonly text: string;
  readonly title: string | null;
  /** As printed below the title, or told by the file; empty where nobody is named. */
  readonly authors: readonly string[];
  /** Where the authors work, likewise. */
  readonly organizations: readonly string[];
  /** ISO date as exact as it is known: "2019", "2019-06" or "2019-06-19". Drives the price book. */
  readonly date: string | null;
  readonly arxivId: string | null;
  /** In page order; empty for text, which has no pages. */
  readonly pages: readonly Page[];
  /** In reading order, not overlapping. A table is one block of kind "table" and an entry in `tables`. */
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
  /** For text inputs: where each source line begins in `text`, ascending by `start`. Empty for PDF. */
  readonly lines: readonly LineStart[];
  /** For PDF: where each run of glyphs stood, ascending by `start`. Empty for text. */
  readonly fragments: readonly Fragment[];
  /** Words that markup sets apart from the text around (bold, slanted, code), in reading order; absent where nothing is. */
  readonly setApart?: readonly Span[];
  /** Sources whose text stands behind that of the document itself; absent where there are none. */
  readonly attached?: readonly Attached[];
}

/** A source that the claims of a document are checked against, and where its text stands. */
export interface Attached {
  readonly source: string;
  readonly span: Span;
}

export type MediaType =
  | "application/pdf"
  | "text/plain"
  | "text/markdown"
  | "text/html"
  | "application/x-latex"
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export interface Page {
  /** 1-based. */
  readonly number: number;
  /** The part of `Document.text` whose glyphs stand on this page. Pages do not overlap. */
  readonly span: Span;
  /** Size in PDF points (1/72 inch), as displayed (rotation applied). */
  readonly width: number;
  readonly height: number;
}

/** How a block is to be read. Only "heading" to "table" are read for claims; the rest is kept, and never spliced into a sentence. */
export type BlockKind =
  | "heading"
  | "paragraph"
  | "list-item"
  | "caption"
  | "footnote"
  | "quote"
  | "table"
  /** Source code and commands, program output. */
  | "code"
  /** Bibliography entries. */
  | "references"
  /** Reader comments, pingbacks, margin notes: not the author's words. */
  | "comment"
  /** Page headers and footers, page and line numbers, navigation, text of figures. */
  | "furniture";

export interface Block {
  readonly kind: BlockKind;
  readonly span: Span;
  /** 1 to 6 for headings, else null. */
  readonly level: number | null;
}

export interface Table {
  /** The block of the table, without its caption. */
  readonly span: Span;
  readonly caption: Span | null;
  /** Notes printed under the table, if they could be told apart. */
  readonly notes: Span | null;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Row-major order. A cell that spans rows or columns is listed once, at its top left. Empty cells are listed with an empty span. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly span: Span;
  /** 0-based. */
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly header: boolean;
}

export interface LineStart {
  readonly start: number;
  /** 1-based line of the source. */
  readonly line: number;
  /** The file that it is a line of, where the document is made of several; absent for the source itself. */
  readonly file?: string;
  /** 1-based, where what is read is what stands in the source: of LaTeX, where a line may have several such stretches. */
  readonly column?: number;
}

/** A run of glyphs on one line of a page. */
export interface Fragment {
  readonly span: Span;
  /** 1-based page. */
  readonly page: number;
  /** Left edge of each code unit of the span, then the right edge of the last: `span.end - span.start + 1` numbers, in points from the left. */
  readonly edges: readonly number[];
  /** In points from the top of the page as displayed. */
  readonly top: number;
  readonly bottom: number;
}

/** A rectangle on a page, in points from its top left corner. */
export interface Box {
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What a reader returns. Text is never wrong, only unread: whatever could be read is in `document`, the rest in `problems`. */
export interface ReadResult {
  readonly document: Document | null;
  readonly problems: readonly Problem[];
}

/** The source that a stretch of the text is of; null for the document's own. */
export function attachedAt(document: Document, span: Span): string | null {
  const found = (document.attached ?? []).find((attached) => attached.span.start <= span.start && span.start < attached.span.end);
  return found?.source ?? null;
}

/** The 1-based page on which a span begins; null for text, which has no pages. */
export function pageOf(document: Document, span: Span): number | null {
  const page = lastStartingBefore(document.pages, span.start, (entry) => entry.span.start);
  return page === undefined || attachedAt(document, page.span) !== attachedAt(document, span) ? null : page.number;
}

/** The 1-based source line on which a span begins; null for PDF. */
export function lineOf(document: Document, span: Span): number | null {
  return lineStartOf(document, span)?.line ?? null;
}

/** The file that a line is of, where the document is made of several; null where it is the source itself. */
export function fileOf(document: Document, span: Span): string | null {
  return lineStartOf(document, span)?.file ?? null;
}

/** The 1-based column of a LaTeX source in which a span begins; null where it is not known. */
export function columnOf(document: Document, span: Span): number | null {
  const entry = lineStartOf(document, span);
  return entry?.column === undefined ? null : entry.column + span.start - entry.start;
}

function lineStartOf(document: Document, span: Span): LineStart | null {
  const entry = lastStartingBefore(document.lines, span.start, (line) => line.start);
  if (entry === undefined || attachedAt(document, { start: entry.start, end: entry.start }) !== attachedAt(document, span)) return null;
  return entry;
}

/** Rectangles that cover exactly the glyphs of a span, one for each line of print; none for text. */
export function boxesOf(document: Document, span: Span): readonly Box[] {
  const boxes: Box[] = [];
  for (let index = firstEndingAfter(document.fragments, span.start); index < document.fragments.length; index += 1) {
    const fragment = document.fragments[index];
    if (fragment === undefined || fragment.span.start >= span.end) break;
    const from = Math.max(span.start, fragment.span.start) - fragment.span.start;
    const to = Math.min(span.end, fragment.span.end) - fragment.span.start;
    const left = fragment.edges[from];
    const right = fragment.edges[to];
    if (left === undefined || right === undefined || to <= from) continue;
    boxes.push({
      page: fragment.page,
      left: Math.min(left, right),
      top: fragment.top,
      right: Math.max(left, right),
      bottom: fragment.bottom,
    });
  }
  return boxes;
}

/** The text under a span. */
export function textOf(document: Document, span: Span): string {
  return document.text.slice(span.start, span.end);
}

function lastStartingBefore<T>(sorted: readonly T[], offset: number, start: (entry: T) => number): T | undefined {
  return sorted[Math.max(0, headLength(sorted, (entry) => start(entry) <= offset) - 1)];
}

function firstEndingAfter(fragments: readonly Fragment[], offset: number): number {
  return headLength(fragments, (fragment) => fragment.span.end <= offset);
}
