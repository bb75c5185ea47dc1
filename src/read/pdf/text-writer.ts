import type { Block, Cell, Fragment, Page, Table } from "../../model/document.ts";
import type { Span } from "../../model/span.ts";
import type { LineJoiner } from "../line-joiner.ts";
import type { LayoutBlock, Line } from "./layout-block.ts";
import { onPage, type Turn } from "./page-content.ts";
import type { Segment } from "./segment.ts";
import type { TableCompanions } from "./table-companions.ts";

/** A page as displayed, and how its layout frame lies on it. */
export interface WrittenPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly turn: Turn;
}

export interface WrittenText {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
  readonly fragments: readonly Fragment[];
  readonly pages: readonly Page[];
}

/** What is written, and what goes with it. */
export interface WritingMatter {
  readonly blocks: readonly LayoutBlock[];
  readonly pages: readonly WrittenPage[];
  /** Captions and notes of tables, by the block of the table. */
  readonly companions: ReadonlyMap<LayoutBlock, TableCompanions>;
}

/** Writes blocks as one text, noting for every run of glyphs where it stands on the page. */
export function writeText(matter: WritingMatter, joiner: LineJoiner): WrittenText {
  const writer = new Writer(matter.pages, joiner);
  for (const block of matter.blocks) writer.block(block);
  return writer.finish(matter.companions);
}

class Writer {
  readonly #pages: ReadonlyMap<number, WrittenPage>;
  readonly #joiner: LineJoiner;
  readonly #chunks: string[] = [];
  readonly #blocks: Block[] = [];
  readonly #tables: { readonly block: LayoutBlock; readonly table: Table }[] = [];
  readonly #spans = new Map<LayoutBlock, Span>();
  readonly #fragments: Fragment[] = [];
  /** Where the text of each page begins. */
  readonly #starts = new Map<number, number>();
  #length = 0;

  constructor(pages: readonly WrittenPage[], joiner: LineJoiner) {
    this.#pages = new Map(pages.map((page) => [page.number, page]));
    this.#joiner = joiner;
  }

  block(block: LayoutBlock): void {
    if (block.grid === null && block.lines.length === 0) return;
    if (this.#length > 0) this.#emit("\n\n");
    const start = this.#length;
    if (block.grid === null) this.#lines(block.lines, block.kind === "code" ? "\n" : null);
    else this.#table(block, start);
    const span = { start, end: this.#length };
    this.#spans.set(block, span);
    this.#blocks.push({ kind: block.kind, span, level: block.level });
  }

  finish(companions: ReadonlyMap<LayoutBlock, TableCompanions>): WrittenText {
    const ordered = [...this.#pages.values()].sort((one, other) => one.number - other.number);
    let end = this.#length;
    const pages: Page[] = [];
    for (const page of ordered.toReversed()) {
      // A page without text is an empty stretch where its text would stand.
      const start = Math.min(this.#starts.get(page.number) ?? end, end);
      pages.unshift({ number: page.number, span: { start, end }, width: page.width, height: page.height });
      end = start;
    }
    const spanOf = (block: LayoutBlock | null | undefined): Span | null => (block == null ? null : (this.#spans.get(block) ?? null));
    const tables = this.#tables.map(({ block, table }) => {
      const beside = companions.get(block);
      return { ...table, caption: spanOf(beside?.caption), notes: spanOf(beside?.notes) };
    });
    return { text: this.#chunks.join(""), blocks: this.#blocks, tables, fragments: this.#fragments, pages };
  }

  /** `separator` stands between lines whatever they end in; null joins them as words are joined. */
  #lines(lines: readonly Line[], separator: string | null): void {
    lines.forEach((line, index) => {
      const next = lines[index + 1];
      this.#page(line.page);
      line.segments.forEach((segment, at) => {
        const isLast = at === line.segments.length - 1;
        const join = !isLast
          ? { drop: 0, between: " " }
          : next === undefined
            ? { drop: 0, between: "" }
            : this.#join(line.text, next.text, separator);
        this.#segment(segment, line.page, join.drop);
        this.#emit(join.between);
      });
    });
  }

  #join(text: string, next: string, separator: string | null): { readonly drop: number; readonly between: string } {
    return separator === null ? this.#joiner(text, next) : { drop: 0, between: separator };
  }

  #table(block: LayoutBlock, start: number): void {
    const grid = block.grid;
    if (grid === null) return;
    this.#page(block.page);
    const cells: Cell[] = [];
    let row = 0;
    grid.cells.forEach((cell, index) => {
      if (index > 0) this.#emit(cell.row === row ? "\t" : "\n");
      row = cell.row;
      const from = this.#length;
      cell.segments.forEach((segment, at) => {
        const next = cell.segments[at + 1];
        const join = next === undefined ? { drop: 0, between: "" } : this.#joiner(segment.text, next.text);
        this.#segment(segment, block.page, join.drop);
        this.#emit(join.between);
      });
      const { row: atRow, column, rowSpan, columnSpan, header } = cell;
      cells.push({ span: { start: from, end: this.#length }, row: atRow, column, rowSpan, columnSpan, header });
    });
    const span = { start, end: this.#length };
    this.#tables.push({
      block,
      table: { span, caption: null, notes: null, rowCount: grid.rowCount, columnCount: grid.columnCount, cells },
    });
  }

  #segment(segment: Segment, pageNumber: number, drop: number): void {
    const length = segment.text.length - drop;
    if (length <= 0) return;
    const span: Span = { start: this.#length, end: this.#length + length };
    this.#emit(segment.text.slice(0, length));
    const page = this.#pages.get(pageNumber);
    if (page === undefined || page.turn === 0) {
      const edges = drop === 0 ? segment.edges : segment.edges.slice(0, length + 1);
      this.#fragments.push({ span, page: pageNumber, edges, top: segment.top, bottom: segment.bottom });
    } else this.#turnedSegment(segment, span, page);
  }

  /** On a turned page letters stand above each other, so each has a fragment of its own. */
  #turnedSegment(segment: Segment, span: Span, page: WrittenPage): void {
    for (let index = 0; index < span.end - span.start; index += 1) {
      const left = segment.edges[index] ?? segment.left;
      const right = segment.edges[index + 1] ?? left;
      const box = onPage({ left, right, top: segment.top, bottom: segment.bottom }, page.width, page.height, page.turn);
      const at = span.start + index;
      this.#fragments.push({
        span: { start: at, end: at + 1 },
        page: page.number,
        edges: [box.left, box.right],
        top: box.top,
        bottom: box.bottom,
      });
    }
  }

  #page(number: number): void {
    if (!this.#starts.has(number)) this.#starts.set(number, this.#length);
  }

  #emit(text: string): void {
    if (text === "") return;
    this.#chunks.push(text);
    this.#length += text.length;
  }
}
