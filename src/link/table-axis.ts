import type { Cell, Document, Table } from "../model/document.ts";
import { smallest } from "../model/many.ts";
import type { Mention } from "../model/mention.ts";
import { contains, type Span } from "../model/span.ts";
import { cellAt, cellsOfRow, headersOf } from "../model/table-cells.ts";

/** Which way the items of a table run: one in each row, or one in each column. */
export type Axis = "row" | "column";

/** A table with figures in it: which way its items run, and the label of each. */
export interface Grid {
  readonly index: number;
  readonly table: Table;
  readonly axis: Axis;
  /** The cell that names the item of a row or column; null where only a quantity or nothing stands. */
  readonly labelOf: (position: number) => Cell | null;
  /** Row or column of a mention, along the axis. */
  readonly positionOf: (mention: Mention) => number;
}

/**
 * Reads the layout of a table off the kinds of its figures: where each column holds one kind, the items are in the rows.
 *
 * A table with a single row or column of figures is decided by its labels: words for quantities label the other side.
 */
export function gridOf(document: Document, index: number, mentions: readonly Mention[], names: readonly Span[] = []): Grid | null {
  const table = document.tables[index];
  if (table === undefined) return null;
  const own = mentions.filter((mention) => mention.cell?.table === index);
  const isHeaded = isHeadedByNames(table, names);
  const axis = isHeaded ? "column" : axisOf(document, table, own);
  const labels = new Map<number, Cell | null>();
  const labelOf = (position: number): Cell | null => {
    const known = labels.get(position);
    if (known !== undefined) return known;
    // Below names, words in the rows ("two" machines) are no names.
    const label =
      axis === "row"
        ? rowLabel(document, table, own, position)
        : columnLabel(document, table, isHeaded ? 0 : firstFigureIn(own, position), position);
    labels.set(position, label);
    return label;
  };
  return {
    index,
    table,
    axis,
    labelOf,
    positionOf: (mention) => (axis === "row" ? (mention.cell?.row ?? 0) : (mention.cell?.column ?? 0)),
  };
}

/** Whether models head the columns and none of the rows is labelled with one: what stands in a column is of its model then. */
function isHeadedByNames(table: Table, names: readonly Span[]): boolean {
  const isNamed = (cell: Cell): boolean => names.some((name) => contains(cell.span, name));
  const headers = cellsOfRow(table, 0).filter((cell) => cell.column > 0 && cell.span.end > cell.span.start);
  const labels = table.cells.filter((cell) => cell.row > 0 && cell.column === 0);
  const named = headers.filter(isNamed).length;
  return named >= 2 && named * 2 > headers.length && !labels.some(isNamed);
}

function axisOf(document: Document, table: Table, mentions: readonly Mention[]): Axis {
  const columns = evenness(mentions, (mention) => mention.cell?.column ?? 0);
  const rows = evenness(mentions, (mention) => mention.cell?.row ?? 0);
  if (columns !== rows) return columns > rows ? "row" : "column";
  const first = table.cells.filter((cell) => cell.column === 0 && cell.row > 0 && cell.span.end > cell.span.start);
  const quantities = first.filter((cell) => isQuantityLabel(document.text.slice(cell.span.start, cell.span.end)));
  return quantities.length * 2 > first.length && (table.columnCount > 2 || mentions.length > 2) ? "column" : "row";
}

/** Share of the lines with two figures and more whose figures all are of one kind, as a measure of how much a line is one quantity. */
function evenness(mentions: readonly Mention[], lineOf: (mention: Mention) => number): number {
  const long = [...Map.groupBy(mentions, lineOf).values()].filter((line) => line.length > 1);
  if (long.length === 0) return 0;
  return long.filter((line) => new Set(line.map((mention) => mention.kind)).size === 1).length / long.length;
}

/** The leftmost cell of a row that names something; a merged or blank cell takes the one above it. */
function rowLabel(document: Document, table: Table, mentions: readonly Mention[], row: number): Cell | null {
  const named = namedCell(document, table, row);
  if (named !== null) return named;
  const firstFigure = smallest(mentions.filter((mention) => mention.cell?.row === row).map((mention) => mention.cell?.column ?? 0));
  for (let column = 0; column <= Math.min(firstFigure, table.columnCount - 1); column += 1) {
    for (let above = row; above >= 0; above -= 1) {
      const cell = cellAt(table, above, column);
      if (cell === undefined) continue;
      const text = document.text.slice(cell.span.start, cell.span.end).trim();
      if (text === "" && above > 0) continue;
      if (above !== row && cell.header) break;
      if (isLabel(text, column === firstFigure)) return cell;
      break;
    }
  }
  return null;
}

/** The cell of a row in a column that is headed as that of the models, where another stands before it: "Modality | Model | ...". */
function namedCell(document: Document, table: Table, row: number): Cell | null {
  const head = headersOf(table).find(
    (cell) => cell.column > 0 && OF_MODELS.test(document.text.slice(cell.span.start, cell.span.end).trim()),
  );
  const cell = head === undefined ? undefined : cellAt(table, row, head.column);
  return cell !== undefined && /\p{L}{2}/u.test(document.text.slice(cell.span.start, cell.span.end)) ? cell : null;
}

const OF_MODELS = /^(?:models?|model names?|networks?|architectures?)$/i;

/** The first row in which a column has a figure. */
function firstFigureIn(mentions: readonly Mention[], column: number): number {
  return smallest(mentions.filter((mention) => mention.cell?.column === column).map((mention) => mention.cell?.row ?? 0));
}

/** The header nearest above the figures of a column that names something. */
function columnLabel(document: Document, table: Table, firstFigure: number, column: number): Cell | null {
  for (let row = firstFigure; row >= 0; row -= 1) {
    const cell = cellsOfRow(table, row).find((candidate) => candidate.column <= column && column < candidate.column + candidate.columnSpan);
    if (cell === undefined || (row === firstFigure && row > 0)) continue;
    const text = document.text.slice(cell.span.start, cell.span.end).trim();
    if (isLabel(text, false)) return cell;
  }
  return null;
}

function isLabel(text: string, isFigure: boolean): boolean {
  if (isFigure) return SIZE_LABEL.test(text);
  return /\p{L}/u.test(text.replace(HARDWARE_WORD, " ")) && !isQuantityLabel(text) && !BARE_NUMBER.test(text);
}

/** Whether a label is a word for a quantity ("Training time", "# GPUs") rather than a name. */
export function isQuantityLabel(text: string): boolean {
  const words = text.replaceAll("_", " ");
  const bare = words.replace(/\([^)]*\)/g, " ");
  return QUANTITY_LABEL.test(/\p{L}/u.test(bare) ? bare : words);
}

/** A size that is the label of its row although it is a figure too: "7B", "1.3b". */
const SIZE_LABEL = /^\d+(?:\.\d+)?\s?[BMT]\b/i;

/** Products and counts, which say on what a row ran and not what: nothing is left of "8x A100 (40GB)", but "BERT" of "BERT (V100)". */
const HARDWARE_WORD =
  /\b(?:\d+ ?[x×]? ?)?(?:NVIDIA|Tesla|Google|Cloud|GeForce|T4s?|[AVHBPK]\d{1,3}s?|GB?H?200|TPU[\w-]*|GPUs?|RTX ?\d*|GTX ?\d*|Ti|MI\d{3}X?|DGX[\w-]*|SXM\d?|PCIe|\d+ ?GB?|v\d+(?:-\d+)?)(?![\p{L}\p{N}])/giu;

const BARE_NUMBER = /^[#№]?[\d.,%–-]+$/;

/** Matches "GPU-hours", "Training time (days)", "in USD", "# Chips", "Batch size"; not "BERT base", "DGX". */
const QUANTITY_LABEL =
  /\b(?:hours?|days?|time|costs?|GPUs?|TPUs?|chips?|nodes|hardware|devices?|accelerators?|energy|power|k?[MG]?Wh|carbon|CO[2₂]e?q?|emitted|emissions?|P?FLOPs?|compute|throughput|batch|MFU|tokens|steps|updates|epochs?|params?|parameters|size|length|memory|rate|dollars?|USD|price|speed-?up|PUE|number of|duration|values?|amount|settings?|configuration|precision|provider|region|intensity|sequence|ctx|optimizer|layers?|heads?|dimension|vocab\w*)\b|[#$€£¥]/i;
