import type { Block, Document, MediaType, Table } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import { type Byline, bylineBelow } from "./byline.ts";
import type { DocumentDraft } from "./document-draft.ts";
import { continuesHead, figureColumns, isOuterHead, wordsOver } from "./header-rows.ts";
import { arxivIdIn, arxivMonth, datelineDate } from "./printed-date.ts";
import { isAppendix, isPingback, type SectionKind, sectionKind } from "./section-name.ts";

/** What a reader knows beside the text. Null where the format does not say. */
export interface Particulars {
  readonly source: string;
  readonly mediaType: MediaType;
  readonly title: string | null;
  readonly date: string | null;
  readonly arxivId: string | null;
  /** Who wrote it, where the format says so; absent where only the text may. */
  readonly byline?: Byline;
}

/**
 * A draft as a Document: sections of comments and references marked, captions joined to their tables, title and date found.
 *
 * Shape: spans stay as drafted; only the kinds of blocks change, and tables inside comments are no longer listed.
 */
export function finishDocument(draft: DocumentDraft, particulars: Particulars): Document {
  draft.close();
  const text = draft.text();
  const marked = markSections(draft.blocks, text);
  const { blocks, tables } = joinCaptions(marked, draft.tables, text);
  const arxivId = particulars.arxivId ?? arxivIdIn(fileName(particulars.source));
  const printed = particulars.date ?? openingDate(blocks, text);
  const title = particulars.title ?? openingTitle(blocks, text);
  const { authors, organizations } = withText(particulars.byline, () => bylineBelow(blocks, text, title));
  return {
    source: particulars.source,
    mediaType: particulars.mediaType,
    text,
    title,
    authors,
    organizations,
    date: printed ?? (arxivId === null ? null : arxivMonth(arxivId)),
    arxivId,
    pages: [],
    blocks,
    tables,
    lines: draft.lines,
    fragments: [],
    ...(draft.apart.length === 0 ? {} : { setApart: draft.apart.map((span) => withoutSpace(text, span)) }),
  };
}

/** White space before what is set apart is written with it. */
function withoutSpace(text: string, { start, end }: Span): Span {
  return { start: end - text.slice(start, end).trimStart().length, end };
}

/** What a format says of the authors, and where it says nothing, what is printed. */
function withText(said: Byline | undefined, printed: () => Byline): Byline {
  return said === undefined || said.authors.length + said.organizations.length === 0 ? printed() : said;
}

/** Kinds that a section of comments or references takes over; code and tables keep theirs in a bibliography. */
function sectionBlock(block: Block, kind: SectionKind): Block {
  if (kind === "body") return block;
  if (kind === "references" && (block.kind === "code" || block.kind === "table" || block.kind === "comment")) return block;
  return { ...block, kind: kind === "comment" ? "comment" : "references", level: null };
}

/** A section ends at the next heading of its own level or above; what headings without a level end is guessed from their words. */
function markSections(blocks: readonly Block[], text: string): readonly Block[] {
  let section: SectionKind = "body";
  let level = 0;
  return blocks.map((block) => {
    const words = text.slice(block.span.start, Math.min(block.span.end, block.span.start + 220));
    const opens = opensSection(block, words);
    if (opens !== "body" && section !== "comment") {
      section = opens;
      level = block.level ?? 0;
    } else if (block.kind === "heading" && endsSection(block, words, section, level)) {
      section = "body";
    }
    return sectionBlock(block, section);
  });
}

function opensSection(block: Block, words: string): SectionKind {
  if (block.kind === "heading") return sectionKind(words);
  if (block.kind !== "paragraph" && block.kind !== "list-item") return "body";
  if (isPingback(words)) return "comment";
  // Pasted text has lost its headings, so a line of its own counts as one, but only where the words leave no doubt.
  const kind = words.length < 200 && !words.includes("\n") ? sectionKind(words) : "body";
  return kind;
}

function endsSection(block: Block, words: string, section: SectionKind, level: number): boolean {
  if (section === "body") return false;
  if (block.level !== null && block.level < GUESSED_LEVEL && level < GUESSED_LEVEL && level > 0) return block.level <= level;
  return section === "references" && isAppendix(words);
}

/** The level given to headings that were guessed from plain text: they say nothing about order. */
export const GUESSED_LEVEL = 6;

/** "Table 3:", "Tab. 2.", "TABLE IV -"; not "Tables were set", "Table salt". */
const TABLE_LABEL = /^(?:table|tab\.)\s+(?:[A-Z]?\d+(?:\.\d+)*|[IVX]+)\b[\s:.–—|-]/i;
/** Remarks under a table: "Note: ...", "Source: ...", "† with TF32", "* per GPU", "ᵃ at the wall"; not "Notebooks". */
const TABLE_NOTE = /^(?:notes?\s*:|source\s*:|[†‡*§¹²³ᵃᵇᶜᵈᶠᵍʰⁱʲᵏ]\s*\S)/i;

function joinCaptions(
  blocks: readonly Block[],
  tables: readonly Table[],
  text: string,
): { readonly blocks: readonly Block[]; readonly tables: readonly Table[] } {
  const joined = [...blocks];
  const indexByStart = new Map(blocks.map((block, index) => [block.span.start, index]));
  const taken = new Set<number>(tables.flatMap((table) => (table.caption === null ? [] : [table.caption.start])));
  const kept: Table[] = [];
  for (const table of tables) {
    const index = indexByStart.get(table.span.start);
    if (index === undefined || joined[index]?.kind === "comment") continue;
    const caption = table.caption ?? captionBeside(joined, index, text, taken);
    if (caption !== null && table.caption === null) {
      const at = indexByStart.get(caption.start);
      const block = at === undefined ? undefined : joined[at];
      if (at !== undefined && block !== undefined) joined[at] = { ...block, kind: "caption", level: null };
      taken.add(caption.start);
    }
    kept.push({ ...withHeadRows(table, text), caption, notes: notesBelow(joined, index + 1, caption, text) });
  }
  return { blocks: joined, tables: kept };
}

/** Notes stand right below a table, or below the caption that does, and may be several. */
function notesBelow(blocks: readonly Block[], from: number, caption: Span | null, text: string): Span | null {
  const start = blocks[from]?.span.start === caption?.start ? from + 1 : from;
  let end = start;
  while (isNote(blocks[end], text)) end += 1;
  const [first, last] = [blocks[start], blocks[end - 1]];
  return end > start && first !== undefined && last !== undefined ? { start: first.span.start, end: last.span.end } : null;
}

function isNote(block: Block | undefined, text: string): boolean {
  if (block === undefined) return false;
  return block.kind === "footnote" || (block.kind === "paragraph" && TABLE_NOTE.test(head(block, text)));
}

/** A table whose head goes on in rows that its markup calls body: an empty head row, units in brackets below their names. */
function withHeadRows(table: Table, text: string): Table {
  const rows = [...Map.groupBy(table.cells, (cell) => cell.row).values()].map((cells) =>
    cells.map((cell) => ({ ...cell, text: text.slice(cell.span.start, cell.span.end) })),
  );
  const marked = rows.findIndex((row) => !row.every((cell) => cell.header));
  const next = rows[marked];
  if (marked < 1 || next === undefined || next.some((cell) => cell.header)) return table;
  const isEmpty = rows.slice(0, marked).every((row) => row.every((cell) => cell.text === ""));
  const goesOn =
    wordsOver(next, figureColumns(rows.slice(marked + 1))) && (isEmpty || continuesHead(next) || isOuterHead(rows[marked - 1] ?? []));
  if (!goesOn) return table;
  return { ...table, cells: table.cells.map((cell) => (cell.row === marked ? { ...cell, header: true } : cell)) };
}

function captionBeside(blocks: readonly Block[], index: number, text: string, taken: ReadonlySet<number>): Span | null {
  for (const neighbor of [blocks[index - 1], blocks[index + 1]]) {
    if (neighbor === undefined || taken.has(neighbor.span.start)) continue;
    const fits = neighbor.kind === "caption" || neighbor.kind === "paragraph" || neighbor.kind === "heading";
    if (fits && TABLE_LABEL.test(head(neighbor, text))) return neighbor.span;
  }
  return null;
}

/** A title stands among the first blocks, or there is none. */
const OPENING_BLOCKS = 12;

function openingTitle(blocks: readonly Block[], text: string): string | null {
  const opening = blocks.slice(0, OPENING_BLOCKS);
  const first = opening.findIndex((block) => block.kind === "heading");
  if (first < 0) return null;
  const top = opening[first];
  if (top === undefined) return null;
  // A section name may stand above the real title ("News", then the title); of headings in a row the longest is it.
  let best = top;
  for (const block of opening.slice(first)) {
    if (block.kind !== "heading" || block.level !== top.level) break;
    if (block.level === GUESSED_LEVEL && length(block) > length(best)) best = block;
  }
  return text.slice(best.span.start, best.span.end).replaceAll("\n", " ");
}

function openingDate(blocks: readonly Block[], text: string): string | null {
  for (const block of blocks.slice(0, OPENING_BLOCKS)) {
    if (block.kind !== "paragraph" && block.kind !== "heading" && block.kind !== "list-item") continue;
    for (const line of text.slice(block.span.start, Math.min(block.span.end, block.span.start + 400)).split("\n")) {
      const date = datelineDate(line);
      if (date !== null) return date;
    }
  }
  return null;
}

function head(block: Block, text: string): string {
  return text.slice(block.span.start, Math.min(block.span.end, block.span.start + 60));
}

function length(block: Block): number {
  return block.span.end - block.span.start;
}

function fileName(source: string): string {
  return source.slice(Math.max(source.lastIndexOf("/"), source.lastIndexOf("\\")) + 1);
}
