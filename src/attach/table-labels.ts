/** Labels of the lines of tables: the cells that may say whose figures a row or a column holds. */
import type { Cell, Document, Table } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { tokensOf } from "./terms.ts";
import type { WordClasses } from "./word-classes.ts";

/** A cell as the label of a line. */
export interface Label {
  readonly cell: Cell;
  readonly span: Span;
  /** Without reference marks and remarks in brackets. */
  readonly text: string;
  /** What the head of its column says, for the label of a row: "label" where it heads names. */
  readonly features: readonly string[];
}

/** The labels of a table, asked by place. */
export interface TableLabels {
  readonly table: Table;
  readonly all: readonly Label[];
  /** The labels of the row and of the column of a cell, nearest to the edge first. */
  readonly ofRow: (row: number, column: number) => readonly Label[];
  readonly ofColumn: (row: number, column: number) => readonly Label[];
}

/** Reference marks, footnote signs, remarks in brackets: "[14]", "†", "(ours)". */
const REMARK = /\[[^\]]*\]|\([^()]*\)|[†‡*⁎¹²³⁴-⁹]+$/gu;

/** Finds the labels of a table that holds figures. `mentions` are those in its cells. */
export function labelsOf(
  document: Document,
  table: Table,
  mentions: readonly Mention[],
  hardware: readonly Span[],
  words: WordClasses,
): TableLabels {
  const figures = new Set(mentions.filter(({ kind }) => kind !== "parameters").map(({ cell }) => `${cell?.row},${cell?.column}`));
  const heads = headsOf(document, table, words);
  const labels = table.cells.flatMap((cell): readonly Label[] => {
    if (figures.has(`${cell.row},${cell.column}`)) return [];
    const printed = document.text.slice(cell.span.start, cell.span.end);
    const text = printed.replace(REMARK, " ").replace(/\s+/g, " ").trim() || printed.trim();
    if (!/\p{L}/u.test(text) && !(cell.column === 0 && cell.row > 0 && text !== "")) return [];
    if (isHardwareOnly(cell.span, document.text, hardware)) return [];
    const features = cell.header && cell.row === 0 ? ["in-head"] : [...(heads.get(cell.column) ?? ["under:none"])];
    if (cell.column === 0) features.push("first-column");
    if (/\[\d|et al|\(\d{4}\)/.test(printed)) features.push("cited");
    if (/^(?:[+−–-]\s?\p{L}|w\/o?\s)/u.test(printed.trim())) features.push("change");
    if (/\(ours|\bours\b/i.test(printed)) features.push("ours");
    return [{ cell, span: cell.span, text, features }];
  });
  const byRow = Map.groupBy(labels, ({ cell }) => cell.row);
  const byColumn = Map.groupBy(labels, ({ cell }) => cell.column);
  return {
    table,
    all: labels,
    ofRow: (row, column) => rowLabels(document, table, byRow, byColumn, row, column),
    ofColumn: (row, column) => columnLabels(table, labels, row, column),
  };
}

/** What the heads of the columns say of what stands below: classes of their words. */
function headsOf(document: Document, table: Table, words: WordClasses): ReadonlyMap<number, readonly string[]> {
  const heads = new Map<number, string[]>();
  for (const cell of table.cells) {
    if (cell.row > 0) break;
    const text = document.text.slice(cell.span.start, cell.span.end);
    const features: string[] = text.trim() === "" ? ["under:blank"] : [];
    for (const { text: word } of tokensOf(text, { start: 0, end: text.length }))
      for (const kind of ["label", "stage", "quantity", "place"])
        if (words.is(word, kind) && !features.includes(`under:${kind}`)) features.push(`under:${kind}`);
    for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1)
      heads.set(column, features.length === 0 ? ["under:other"] : features);
  }
  return heads;
}

/** Whether nothing but numbers and marks is left of a cell beside the products that it names. */
function isHardwareOnly(span: Span, text: string, hardware: readonly Span[]): boolean {
  let rest = text.slice(span.start, span.end);
  for (const named of hardware)
    if (named.start >= span.start && named.end <= span.end) rest = rest.replace(text.slice(named.start, named.end), " ");
  return rest.length < span.end - span.start && !/\p{L}{3}/u.test(rest.replace(/\bGPUs?|cards?|cores?|chips?|nodes?|NVIDIA|GB\b/gi, " "));
}

/** Labels of a row; a blank first cell takes the one above it. */
function rowLabels(
  document: Document,
  table: Table,
  byRow: ReadonlyMap<number, readonly Label[]>,
  byColumn: ReadonlyMap<number, readonly Label[]>,
  row: number,
  column: number,
): readonly Label[] {
  const own = (byRow.get(row) ?? []).filter(({ cell }) => cell.column !== column && !(cell.header && cell.row === 0));
  const above = [...byColumn.entries()].flatMap(([at, labels]) => {
    if (at >= column || own.some(({ cell }) => cell.column === at)) return [];
    const blank = table.cells.find((cell) => cell.row === row && cell.column === at);
    if (blank !== undefined && document.text.slice(blank.span.start, blank.span.end).trim() !== "") return [];
    const label = labels.findLast(({ cell }) => cell.row < row && cell.row > 0);
    return label === undefined || (blank === undefined && label.cell.row + label.cell.rowSpan <= row) ? [] : [label];
  });
  return [...own, ...above].sort((left, right) => left.cell.column - right.cell.column);
}

/** Labels above a figure in its column: heads, those that span several columns last. */
function columnLabels(table: Table, labels: readonly Label[], row: number, column: number): readonly Label[] {
  return labels.filter(
    ({ cell }) =>
      cell.row < row &&
      (cell.row === 0 || cell.header) &&
      cell.column <= column &&
      column < cell.column + cell.columnSpan &&
      cell.columnSpan < table.columnCount,
  );
}
