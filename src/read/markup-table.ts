import type { Element } from "hast";
import type { Cell } from "../model/document.ts";
import { startsWithFigure } from "./figure-start.ts";
import { attribute, type MarkupNode, plainText } from "./markup-tree.ts";

/** A cell of a table with its place in the grid. */
export interface PlacedCell {
  readonly element: Element;
  readonly place: Omit<Cell, "span">;
}

/** What a table element holds. */
export interface TableGrid {
  readonly caption: Element | null;
  readonly cells: readonly PlacedCell[];
}

/** More columns or rows than this in one cell are a mistake of the page. Source: the limits of the HTML living standard, section 4.9.11. */
const LARGEST_SPAN = 1000;
/** Behind so many columns, cells span one. */
const WIDEST_GRID = 4000;

/**
 * Lays the cells of a table out in its grid, by the table model of HTML.
 *
 * Shape: row-major; a cell that spans is listed once, at its top left.
 */
export function layTable(table: Element): TableGrid {
  /** For each column, the first row that no cell above reaches down to. */
  const freeFrom: number[] = [];
  const cells: PlacedCell[] = [];
  let row = 0;
  for (const entry of rowsOf(table)) {
    let column = 0;
    for (const child of entry.row.children) {
      if (child.type !== "element" || (child.tagName !== "td" && child.tagName !== "th")) continue;
      while ((freeFrom[column] ?? 0) > row) column += 1;
      const rowSpan = spanOf(child, "rowSpan");
      const columnSpan = column < WIDEST_GRID ? spanOf(child, "colSpan") : 1;
      if (rowSpan > 1) for (let across = 0; across < columnSpan; across += 1) freeFrom[column + across] = row + rowSpan;
      cells.push({ element: child, place: { row, column, rowSpan, columnSpan, header: entry.head || child.tagName === "th" } });
      column += columnSpan;
    }
    row += 1;
  }
  return { caption: captionOf(table), cells: withHeaderRow(trimSpans(cells, row)) };
}

/** True for a table that only arranges the page: one cell, one column of long text, or tables inside it. */
export function isLayout(table: Element, grid: TableGrid): boolean {
  if (attribute(table, "role") === "presentation") return true;
  if (grid.cells.length <= 1) return true;
  return grid.cells.some((cell) => holdsTable(cell.element));
}

function holdsTable(node: MarkupNode): boolean {
  if (node.type !== "element") return false;
  return node.children.some((child) => (child.type === "element" && child.tagName === "table") || holdsTable(child));
}

function* rowsOf(table: Element): Generator<{ readonly row: Element; readonly head: boolean }> {
  for (const child of table.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "tr") yield { row: child, head: false };
    if (child.tagName !== "thead" && child.tagName !== "tbody" && child.tagName !== "tfoot") continue;
    for (const row of child.children) {
      if (row.type === "element" && row.tagName === "tr") yield { row, head: child.tagName === "thead" };
    }
  }
}

function captionOf(table: Element): Element | null {
  const found = table.children.find((child) => child.type === "element" && child.tagName === "caption");
  return found !== undefined && found.type === "element" ? found : null;
}

function spanOf(cell: Element, name: "rowSpan" | "colSpan"): number {
  const value = Number(attribute(cell, name) ?? "1");
  return Number.isInteger(value) && value >= 1 ? Math.min(value, LARGEST_SPAN) : 1;
}

/** A span may promise more rows than there are. */
function trimSpans(cells: readonly PlacedCell[], rowCount: number): readonly PlacedCell[] {
  return cells.map((cell) => {
    const room = rowCount - cell.place.row;
    return cell.place.rowSpan <= room ? cell : { ...cell, place: { ...cell.place, rowSpan: room } };
  });
}

/**
 * Marks a first row as header where the page marks none but shows one: bold, or words over numbers.
 *
 * Pages written by hand often use plain cells for the head.
 */
function withHeaderRow(cells: readonly PlacedCell[]): readonly PlacedCell[] {
  if (cells.some((cell) => cell.place.header)) return cells;
  const first = cells.filter((cell) => cell.place.row === 0);
  const rest = cells.filter((cell) => cell.place.row > 0);
  if (first.length < 2 || rest.length === 0) return cells;
  if (first.every((cell) => isBold(cell.element)) && !rest.every((cell) => isBold(cell.element))) return withHead(cells);
  const worded = first.every((cell) => !startsWithFigure(plainText(cell.element).trim()));
  const figures = rest.some((cell) => startsWithFigure(plainText(cell.element).trim()));
  if (!worded || !figures) return cells;
  return withHead(cells);
}

function withHead(cells: readonly PlacedCell[]): readonly PlacedCell[] {
  return cells.map((cell) => (cell.place.row === 0 ? { ...cell, place: { ...cell.place, header: true } } : cell));
}

/** True for a cell all of whose text is bold, or which has none. */
function isBold(element: Element): boolean {
  return element.children.every(
    (child) =>
      (child.type === "text" && child.value.trim() === "") ||
      (child.type === "element" && (child.tagName === "b" || child.tagName === "strong")),
  );
}
