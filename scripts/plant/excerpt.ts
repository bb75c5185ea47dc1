import type { Document, Table } from "../../src/model/document.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Mention } from "../../src/model/mention.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import type { Span } from "../../src/model/span.ts";

/** What a finding rests on, as a short Markdown text of its own, in which figures can be changed. */
export interface Excerpt {
  readonly text: string;
  /** Where a stretch of the document stands in the excerpt; null if it does not. */
  readonly at: (span: Span) => Span | null;
}

interface Piece {
  readonly from: Span;
  readonly to: number;
}

/** The blocks and tables of a claim and its premises, with the headings over them. */
export function excerptOf({ document, extraction }: DocumentResult, finding: Finding): Excerpt {
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  const mentions = extraction.mentions.filter((mention) => ids.has(mention.id));
  const tables = new Set(mentions.flatMap(({ cell }) => (cell === null ? [] : [cell.table])));
  const blocks = new Set(mentions.filter(({ cell }) => cell === null).map(({ block }) => block));
  const writer = new Writer(document);
  if (document.title !== null) writer.line(`# ${plain(document.title)}`);
  let heading = -1;
  for (const [index, block] of document.blocks.entries()) {
    const table = document.tables.findIndex(
      (candidate) => tables.has(document.tables.indexOf(candidate)) && within(candidate.span, block.span),
    );
    if (!blocks.has(index) && table < 0) continue;
    const above = document.blocks.findLastIndex((candidate, position) => position < index && candidate.kind === "heading");
    if (above > heading) {
      writer.span("## ", document.blocks[above]?.span ?? { start: 0, end: 0 });
      heading = above;
    }
    const entry = document.tables[table];
    if (table >= 0 && entry !== undefined) writer.table(entry, mentions);
    else if (block.kind === "heading") {
      writer.span("## ", block.span);
      heading = index;
    } else writer.span("", block.span);
  }
  return { text: writer.text, at: (span) => writer.at(span) };
}

class Writer {
  text = "";
  readonly #document: Document;
  readonly #pieces: Piece[] = [];

  constructor(document: Document) {
    this.#document = document;
  }

  line(words: string): void {
    this.text += `${words}\n\n`;
  }

  span(mark: string, span: Span): void {
    this.text += mark;
    this.#add(span);
    this.text += "\n\n";
  }

  table(table: Table, mentions: readonly Mention[]): void {
    if (table.caption !== null) this.span("", table.caption);
    const used = new Set(mentions.flatMap(({ cell }) => (cell === null ? [] : [cell.row])));
    for (let row = 0; row < table.rowCount; row += 1) {
      for (let column = 0; column < table.columnCount; column += 1) {
        this.text += "| ";
        const cell = table.cells.find((candidate) => candidate.row === row && candidate.column === column);
        if (cell !== undefined && cell.span.end > cell.span.start) this.#add(cell.span);
        this.text += " ";
      }
      this.text += "|\n";
      if (row === 0) this.text += `${"|---".repeat(table.columnCount)}|\n`;
    }
    this.text += used.size > 0 ? "\n" : "";
    if (table.notes !== null) this.span("", table.notes);
  }

  #add(span: Span): void {
    this.#pieces.push({ from: span, to: this.text.length });
    this.text += plain(this.#document.text.slice(span.start, span.end));
  }

  at(span: Span): Span | null {
    const piece = this.#pieces.find(({ from }) => from.start <= span.start && span.end <= from.end);
    if (piece === undefined) return null;
    const start = piece.to + span.start - piece.from.start;
    return { start, end: start + span.end - span.start };
  }
}

/** One line, as long as it was, without what Markdown would take for marks. */
function plain(text: string): string {
  return text.replace(/[\n\r\t|<>_`[\]]|\*(?! )|(?<! )\*/g, " ");
}

function within(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
