/** Labels of the lines of tables: the cells that may say whose figures a row or a column holds. */
import type { Cell, Document, Table } from "../model/document.ts";
import { headLength } from "../model/head-length.ts";
import { append } from "../model/many.ts";
import type { Mention } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import type { SpanIndex } from "../model/span-index.ts";
import { cellAt } from "../model/table-cells.ts";
import { type Placed, SIZE_WORD, tokensOf } from "./terms.ts";
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
  /** The label in a cell. */
  readonly at: (row: number, column: number) => Label | undefined;
  /** The last label of a column that stands above a row, heads not counted, and tells a thing rather than a change to one. */
  readonly changedBy: (row: number, column: number) => Label | undefined;
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
  hardware: SpanIndex<Placed>,
  words: WordClasses,
): TableLabels {
  const kinds = kindsAlong(mentions);
  const figures = new Set(mentions.filter(({ kind }) => kind !== "parameters").map(({ cell }) => `${cell?.row},${cell?.column}`));
  const heads = headsOf(document, table, words);
  const areRowsMeasures = tellsMeasures(document, table, words);
  const labels = table.cells.flatMap((cell): readonly Label[] => {
    if (figures.has(`${cell.row},${cell.column}`)) return [];
    const printed = document.text.slice(cell.span.start, cell.span.end);
    const kept = printed.replace(REMARK, (remark) => (tellsVariant(remark, words) ? ` ${remark.slice(1, -1)} ` : " "));
    const text = kept.replace(/\s+/g, " ").trim() || printed.trim();
    if (!/\p{L}/u.test(text) && !(cell.column === 0 && cell.row > 0 && text !== "")) return [];
    if (isHardwareOnly(cell.span, document.text, hardware)) return [];
    const features = cell.header && cell.row === 0 ? ["in-head"] : [...(heads.get(cell.column) ?? ["under:none"])];
    if (cell.column === 0) features.push("first-column");
    else if (cell.row === 0 && areRowsMeasures && !holdsWord(printed, words, NO_THINGS)) features.push("over-measures");
    append(features, kinds(cell));
    if (/\[\d|et al|\(\d{4}\)/.test(printed)) features.push("cited");
    if (/^(?:[+−–-]\s?\p{L}|w\/o?\s)/u.test(printed.trim())) features.push("change");
    if (/\(ours|\bours\b/i.test(printed)) features.push("ours");
    return [{ cell, span: cell.span, text, features }];
  });
  const byRow = Map.groupBy(labels, ({ cell }) => cell.row);
  const byColumn = Map.groupBy(labels, ({ cell }) => cell.column);
  const things = Map.groupBy(
    labels.filter(({ features }) => !features.includes("change")),
    ({ cell }) => cell.column,
  );
  const rows = new Map<number, readonly RowLabel[]>();
  const headed = headsByColumn(table, labels);
  return {
    table,
    all: labels,
    at: (row, column) => byRow.get(row)?.find(({ cell }) => cell.column === column),
    changedBy: (row, column) => lastAbove(things.get(column) ?? [], row),
    ofRow: (row, column) => {
      const known = rows.get(row) ?? rowLabels(document, table, byRow.get(row) ?? [], byColumn, row);
      rows.set(row, known);
      return known.flatMap(({ label, at }) => ((at === null ? label.cell.column !== column : at < column) ? [label] : []));
    },
    ofColumn: (row, column) => (headed.get(column) ?? []).filter(({ cell }) => cell.row < row),
  };
}

/** Tells of a label whether all figures along its line are of one kind, across lines of many: it says what is measured, not of what. */
function kindsAlong(mentions: readonly Mention[]): (label: Cell) => readonly string[] {
  const [rows, columns] = [new Map<number, Set<string>>(), new Map<number, Set<string>>()];
  for (const { cell, kind } of mentions) {
    if (cell === null) continue;
    rows.set(cell.row, (rows.get(cell.row) ?? new Set()).add(kind));
    columns.set(cell.column, (columns.get(cell.column) ?? new Set()).add(kind));
  }
  const isMixed = (lines: ReadonlyMap<number, ReadonlySet<string>>): boolean => [...lines.values()].some(({ size }) => size > 1);
  const [mixedRows, mixedColumns] = [isMixed(rows), isMixed(columns)];
  return ({ header, row, column }) => {
    const isHead = header && row === 0;
    const along = isHead ? columns.get(column) : rows.get(row);
    if (along === undefined || along.size > 1) return [];
    return (isHead ? mixedRows && !mixedColumns : mixedColumns && !mixedRows) ? ["of-one-kind"] : [];
  };
}

/** "(big)", "(base model)", "(7B)": which member of a family the line is of. */
function tellsVariant(remark: string, words: WordClasses): boolean {
  const [first, second, third] = tokensOf(remark, { start: 0, end: remark.length });
  if (first === undefined || third !== undefined) return false;
  return (words.is(first.text, "variant") || SIZE_WORD.test(first.text)) && (second === undefined || words.is(second.text, "kind"));
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

/** Whether most rows are told by what is measured, so that the columns are of things. */
function tellsMeasures(document: Document, table: Table, words: WordClasses): boolean {
  const rows = table.cells.filter(({ row, column }) => row > 0 && column === 0);
  const measures = rows.filter(({ span: { start, end } }) => holdsWord(document.text.slice(start, end), words, MEASURES));
  return table.columnCount > 2 && rows.length > 1 && 2 * measures.length > rows.length;
}

function holdsWord(label: string, words: WordClasses, kinds: readonly string[]): boolean {
  return tokensOf(label, { start: 0, end: label.length }).some(({ text }) =>
    text
      .split("/")
      .flatMap((part) => part.split("-"))
      .some((word) => kinds.some((kind) => words.is(word, kind))),
  );
}

/** Classes of words that tell what is measured, and those that head a column which is of no thing. */
const MEASURES = ["quantity", "unit"];
const NO_THINGS = [...MEASURES, "stage", "total"];

/** Whether nothing but numbers and marks is left of a cell beside the products that it names. */
function isHardwareOnly(span: Span, text: string, hardware: SpanIndex<Placed>): boolean {
  let rest = text.slice(span.start, span.end);
  for (const { span: named } of hardware.overlapping(span))
    if (named.start >= span.start && named.end <= span.end) rest = rest.replace(text.slice(named.start, named.end), " ");
  return rest.length < span.end - span.start && !/\p{L}{3}/u.test(rest.replace(/\bGPUs?|cards?|cores?|chips?|nodes?|NVIDIA|GB\b/gi, " "));
}

/** A label of a row; `at` is the column of one that stands above a blank cell, null for one that stands in the row. */
interface RowLabel {
  readonly label: Label;
  readonly at: number | null;
}

/** Labels of a row; a blank first cell takes the one above it. */
function rowLabels(
  document: Document,
  table: Table,
  inRow: readonly Label[],
  byColumn: ReadonlyMap<number, readonly Label[]>,
  row: number,
): readonly RowLabel[] {
  const own = inRow.filter(({ cell }) => !(cell.header && cell.row === 0)).map((label): RowLabel => ({ label, at: null }));
  const held = new Set(own.map(({ label }) => label.cell.column));
  const above = [...byColumn.entries()].flatMap(([at, labels]): readonly RowLabel[] => {
    if (held.has(at)) return [];
    const label = lastAbove(labels, row);
    if (label === undefined) return [];
    const blank = cellAt(table, row, at);
    if (blank !== undefined && document.text.slice(blank.span.start, blank.span.end).trim() !== "") return [];
    return blank === undefined && label.cell.row + label.cell.rowSpan <= row ? [] : [{ label, at }];
  });
  return [...own, ...above].sort((left, right) => left.label.cell.column - right.label.cell.column);
}

/** The last of labels from the top that stands above a row, and below the head. */
function lastAbove(labels: readonly Label[], row: number): Label | undefined {
  const last = labels[headLength(labels, ({ cell }) => cell.row < row) - 1];
  return last !== undefined && last.cell.row > 0 ? last : undefined;
}

/** Labels that head each column, those that span several columns last. */
function headsByColumn(table: Table, labels: readonly Label[]): ReadonlyMap<number, readonly Label[]> {
  const heads = new Map<number, Label[]>();
  for (const label of labels) {
    const { cell } = label;
    if ((cell.row > 0 && !cell.header) || cell.columnSpan >= table.columnCount) continue;
    for (let column = cell.column; column < cell.column + cell.columnSpan; column += 1) {
      const known = heads.get(column);
      if (known === undefined) heads.set(column, [label]);
      else known.push(label);
    }
  }
  return heads;
}
