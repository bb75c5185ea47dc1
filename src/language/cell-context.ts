import type { Catalog } from "../model/catalog.ts";
import type { Block, Cell, Document, Table } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import { lastStarting } from "./by-place.ts";
import { type CellContent, type CellWords, cellWords, type NamedAggregate } from "./cell-words.ts";
import { type Label, tableFrame } from "./table-frame.ts";

/** What stands around one cell of the body of a table. Which axis names quantities is left open: both are told. */
export interface CellContext {
  readonly cell: Cell;
  readonly content: CellContent;
  /** Headers over it, outermost first. */
  readonly above: readonly Label[];
  /** Labels of its row, outermost first: rows that name a group, labels that span it, labels left of it. */
  readonly left: readonly Label[];
  /** Words in other columns of its row that are no figures: an entry, a machine. */
  readonly beside: readonly Cell[];
  /** Its row and its column, where their label names a total, a subtotal or a mean. */
  readonly row: Aggregation | null;
  readonly column: Aggregation | null;
  /** For "same" and its like: the cells whose words hold here, first the one above, then the one to the left. */
  readonly standsFor: readonly Cell[];
}

/** A row or a column that sums or averages others. */
export interface Aggregation extends NamedAggregate {
  /** Rows or columns that it is of, where its label names nothing else: those of its group for a subtotal, else all since the last total. */
  readonly over: readonly number[];
}

/** One table with what stands around it. */
export interface TableContext {
  readonly table: Table;
  readonly caption: Span | null;
  readonly notes: Span | null;
  /** The last paragraph, list item or heading above, if nothing else stands between. */
  readonly before: Block | null;
  /** The first paragraph below, if nothing else stands between. */
  readonly after: Block | null;
  readonly headRows: ReadonlySet<number>;
  readonly groupRows: ReadonlySet<number>;
  /** Leading columns that hold labels. */
  readonly labelColumns: number;
  /** Cells of the body, labels included, in the order of the text. */
  readonly cells: readonly CellContext[];
}

/** The tables of a document, each with what stands around it and around each of its cells. */
export function tableContexts(catalog: Catalog, document: Document): readonly TableContext[] {
  const words = cellWords(catalog);
  const surroundings = surroundingsByStart(document);
  return document.tables.map((table) => {
    const around = surroundings.get(table.span.start) ?? { before: null, after: null };
    return { table, caption: table.caption, notes: table.notes, ...around, ...cellsInContext(document, table, words) };
  });
}

/** All labels of a cell whatever the axis: of its row, then of its column. */
export function labelsOf(context: CellContext): readonly Label[] {
  return [...context.left, ...context.above];
}

/** The cell of the body that an offset stands in; null for heads and for what is no table. */
export function cellContextAt(
  contexts: readonly TableContext[],
  offset: number,
): { readonly of: TableContext; readonly at: CellContext } | null {
  const of = lastStarting(contexts, offset, (context) => context.table.span.start);
  if (of === undefined || offset >= of.table.span.end) return null;
  const at = lastStarting(of.cells, offset, ({ cell }) => cell.span.start);
  return at === undefined || offset >= at.cell.span.end ? null : { of, at };
}

type Cells = Pick<TableContext, "headRows" | "groupRows" | "labelColumns" | "cells">;

function cellsInContext(document: Document, table: Table, words: CellWords): Cells {
  const text = (cell: Cell): string => document.text.slice(cell.span.start, cell.span.end);
  const contents = new Map(table.cells.map((cell) => [cell, words.contentOf(text(cell))]));
  const contentOf = (cell: Cell): CellContent => contents.get(cell) ?? "blank";
  const frame = tableFrame(table, contentOf);
  const named = (labels: readonly Label[]): NamedAggregate | null => {
    const own = labels.filter(({ place }) => place === "left" || place === "above").at(-1);
    return own === undefined ? null : words.aggregateOf(text(own.cell));
  };
  const bodyRows = [...new Set(table.cells.map((cell) => cell.row))].filter((row) => !frame.headRows.has(row) && !frame.groupRows.has(row));
  const rows = aggregations(
    bodyRows.map((row) => ({ index: row, named: named(frame.left(row, table.columnCount)) })),
    (row) => frame.groupRows.has(row - 1) || frame.headRows.has(row - 1),
  );
  const columns = aggregations(
    figureColumns(table, frame.labelColumns).map((column) => ({
      index: column,
      named: named(frame.above(bodyRows[0] ?? 0, { column, columnSpan: 1 })),
    })),
    () => false,
  );
  const standing = new Map<number, Cell>();
  const cells = table.cells.filter((cell) => !frame.headRows.has(cell.row));
  const beside = wordsByRow(cells, frame.labelColumns, contentOf);
  let previous: Cell | null = null;
  return {
    headRows: frame.headRows,
    groupRows: frame.groupRows,
    labelColumns: frame.labelColumns,
    cells: cells.map((cell) => {
      const content = contentOf(cell);
      const left = previous !== null && previous.row === cell.row ? previous : null;
      const standsFor =
        content === "same" ? [standing.get(cell.column), left].filter((found) => found !== undefined && found !== null) : [];
      if (content === "figure" || content === "words") {
        standing.set(cell.column, cell);
        previous = cell;
      } else if (left === null) previous = null;
      return {
        cell,
        content,
        above: frame.above(cell.row, cell),
        left: frame.left(cell.row, cell.column),
        beside: (beside.get(cell.row) ?? []).filter((other) => other !== cell),
        row: rows.get(cell.row) ?? null,
        column: columns.get(cell.column) ?? null,
        standsFor,
      };
    }),
  };
}

function figureColumns(table: Table, labelColumns: number): readonly number[] {
  return [...new Set(table.cells.map((cell) => cell.column))]
    .filter((column) => column >= labelColumns)
    .sort((left, right) => left - right);
}

function wordsByRow(
  cells: readonly Cell[],
  labelColumns: number,
  contentOf: (cell: Cell) => CellContent,
): ReadonlyMap<number, readonly Cell[]> {
  return Map.groupBy(
    cells.filter((cell) => cell.column >= labelColumns && !cell.header && contentOf(cell) === "words"),
    (cell) => cell.row,
  );
}

/** What each line that is an aggregate is of; `opens` is true for the first line of a group. */
function aggregations(
  lines: readonly { readonly index: number; readonly named: NamedAggregate | null }[],
  opens: (index: number) => boolean,
): ReadonlyMap<number, Aggregation> {
  const found = new Map<number, Aggregation>();
  const everything: number[] = [];
  // Since the last total, and since the last subtotal or the begin of a group; a list that was told is never added to.
  let section: number[] = [];
  let group: number[] = [];
  let isTold = false;
  for (const { index, named } of lines) {
    if (named?.whole === true) {
      const over = named.kind === "subtotal" ? group : isTold && section.length === 0 ? [...everything] : section;
      found.set(index, { ...named, over });
      if (named.kind === "subtotal") group = [];
      else isTold = true;
      continue;
    }
    if (isTold) [section, isTold] = [[], false];
    if (opens(index)) group = [];
    if (named !== null) found.set(index, { ...named, over: [] });
    everything.push(index);
    section.push(index);
    group.push(index);
  }
  return found;
}

type Surroundings = Pick<TableContext, "before" | "after">;

/** What stands around each table, in one pass over the blocks. */
function surroundingsByStart(document: Document): ReadonlyMap<number, Surroundings> {
  const parts = new Set(
    document.tables.flatMap(({ caption, notes }) => [caption, notes].flatMap((span) => (span === null ? [] : [span.start]))),
  );
  const found = new Map<number, { before: Block | null; after: Block | null }>();
  let before: Block | null = null;
  let open: { after: Block | null } | null = null;
  for (const block of document.blocks) {
    if (
      block.kind === "caption" ||
      block.kind === "footnote" ||
      block.kind === "furniture" ||
      block.kind === "comment" ||
      parts.has(block.span.start)
    )
      continue;
    if (block.kind === "table") {
      const around: { before: Block | null; after: Block | null } = { before, after: null };
      found.set(block.span.start, around);
      [before, open] = [null, around];
      continue;
    }
    const isProse = block.kind === "paragraph" || block.kind === "list-item" || block.kind === "quote";
    if (open !== null && isProse) open.after = block;
    open = null;
    before = isProse || block.kind === "heading" ? block : null;
  }
  return found;
}
