import { largest } from "../model/many.ts";
import { figureColumns, type GridText, headRowCount } from "./header-rows.ts";
import { filledRow, type GridRow, isRule, type Line, rowsAboveRule, runsOf, type TextGrid } from "./text-grid.ts";

/** Lines and corners drawn with the box characters of Unicode, in the signs of the keyboard. */
const BOX_SIGNS: Readonly<Record<string, string>> = Object.fromEntries([
  ...[..."─━═╌┄"].map((sign) => [sign, "-"]),
  ...[..."│┃║"].map((sign) => [sign, "|"]),
  ...[..."┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪╭╮╰╯┏┓┗┛┣┫┳┻╋┡┩╇"].map((sign) => [sign, "+"]),
]);
/** Any of the box characters. */
const BOX_SIGN = /[\u2500-\u257f]/g;
/** A bar of the keyboard or one that is drawn; most text has none. */
const ANY_BAR = /[|│┃║]/;
/** A row of a table with bars: "| a | b |", "a | b"; not "a || b". */
const BARRED = /^[^|]*\|[^|]/;
/** A row that a bar opens, as no sentence does. */
const OPEN_BAR = /^\s*[|+]/;
/** A branch of a drawn tree, a corner of a box: "+-- leaf"; not a rule. */
const BRANCH = /^[\s|]*\+/;
/** A rule that crosses the lines between columns. */
const CROSSED = /[|+]/;
/** A cell that is a field of a log: "loss: 2.1"; not "Note:". */
const FIELD_CELL = /^[^:]{1,40}:\s+\S/;
/** A bar that is no text: not "\|". */
const BAR = /(?<!\\)\|/g;

/**
 * The tables among the lines whose columns are set apart by bars, with or without rules of dashes and corners.
 *
 * `strict` asks for a head, as code needs. Fields of a log between bars ("loss: 2.1 | lr: 3e-4") are no table.
 */
export function barredGrids(lines: readonly Line[], strict: boolean): readonly TextGrid[] {
  if (!lines.some((line) => ANY_BAR.test(line.text))) return [];
  const drawn = lines.map((line) => line.text.replace(BOX_SIGN, (sign) => BOX_SIGNS[sign] ?? sign));
  const fits = (index: number): boolean => isRule(drawn[index] ?? "") || BARRED.test(drawn[index] ?? "");
  return runsOf(lines.length, fits).flatMap(([from, to]) => {
    const grid = gridOf(lines.slice(from, to), drawn.slice(from, to), from, strict);
    return grid !== null && (to - from === lines.length || isPlain(drawn.slice(from, to))) ? [grid] : [];
  });
}

/** Among other lines, only bars on the outside or a rule show a table. */
function isPlain(drawn: readonly string[]): boolean {
  return drawn.every((line) => OPEN_BAR.test(line)) || drawn.some((line) => isRule(line) && CROSSED.test(line));
}

function gridOf(lines: readonly Line[], drawn: readonly string[], from: number, strict: boolean): TextGrid | null {
  const rowIndexes = [...drawn.keys()].filter((index) => !isRule(drawn[index] ?? ""));
  if (rowIndexes.length < 2) return null;
  const borders = bordersOf(drawn);
  const split = rowIndexes.map((index) => cellsOf(drawn[index] ?? "", borders));
  const cells = split.flat();
  if (!isEven(split) || rowIndexes.some((index) => BRANCH.test(drawn[index] ?? ""))) return null;
  if (cells.filter((cell) => FIELD_CELL.test(cell.text)).length * 2 >= cells.length) return null;
  const width = cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0);
  if (width < 2) return null;
  const rows = rowIndexes.flatMap((index, at): readonly (GridRow & { readonly index: number })[] => {
    const line = lines[index];
    return line === undefined ? [] : [{ line, cells: filledRow(split[at] ?? [], width), index }];
  });
  const headRows = headRowCount(
    rows.map((row) => row.cells),
    rowsAboveRule(drawn),
  );
  if (strict && headRows === 0) return null;
  return { from, to: from + lines.length, rows: joinedRows(rows, drawn, headRows), headRows };
}

/** Most rows of a table have as many columns as the others; lines of a drawing have not. */
function isEven(rows: readonly (readonly GridText[])[]): boolean {
  const widths = rows.map((cells) => (cells.at(-1)?.column ?? 0) + (cells.at(-1)?.columnSpan ?? 0));
  const tally = [...Map.groupBy(widths, (width) => width).values()].map((same) => same.length);
  return largest(tally, 0) * 3 >= widths.length * 2;
}

/** Where bars stand in most rows; none where the table is not drawn with corners, for then nothing is aligned. */
function bordersOf(drawn: readonly string[]): readonly number[] {
  const corners = new Set<number>();
  for (const line of drawn) {
    if (!isRule(line) || !line.includes("+")) continue;
    for (let at = line.indexOf("+"); at >= 0; at = line.indexOf("+", at + 1)) corners.add(at);
  }
  return [...corners].sort((left, right) => left - right);
}

function cellsOf(row: string, borders: readonly number[]): readonly GridText[] {
  const opened = OPEN_BAR.test(row);
  const bars = [...row.matchAll(BAR)].map((match) => match.index);
  const edges = [...(opened ? [] : [-1]), ...bars];
  if (row.slice((edges.at(-1) ?? -1) + 1).trim() !== "") edges.push(row.length);
  const aligned = opened && borders.length > 2 && edges.every((edge) => borders.includes(edge));
  const cells: GridText[] = [];
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const [start, end] = [edges[index] ?? 0, edges[index + 1] ?? 0];
    const column = aligned ? borders.indexOf(start) : index;
    const columnSpan = aligned ? borders.indexOf(end) - column : 1;
    cells.push({
      text: row
        .slice(start + 1, end)
        .replaceAll("\\|", "|")
        .trim(),
      column,
      columnSpan,
    });
  }
  return cells;
}

/** A line without a figure goes on with the row above, where rules set rows apart: cells that hold more than one line. */
function joinedRows(
  rows: readonly (GridRow & { readonly index: number })[],
  drawn: readonly string[],
  headRows: number,
): readonly GridRow[] {
  const figures = figureColumns(rows.slice(headRows).map((row) => row.cells));
  const isLined = drawn.some((line) => isRule(line) && line.includes("=")) && figures.size > 0;
  const joined: GridRow[] = [];
  rows.forEach((row, at) => {
    const above = joined.at(-1);
    const isBelow = isLined && at > headRows && !isRule(drawn[row.index - 1] ?? "");
    const goesOn = isBelow && row.cells.every((cell) => !figures.has(cell.column) || cell.text === "" || PART.test(cell.text));
    if (above === undefined || !goesOn || above.cells.length !== row.cells.length) joined.push({ line: row.line, cells: row.cells });
    else joined[joined.length - 1] = { line: above.line, cells: above.cells.map((cell, index) => withMore(cell, row.cells[index])) };
  });
  return joined;
}

/** A second line of a cell: words, not a figure or a dash. */
const PART = /^[^\d\W]/u;

function withMore(cell: GridText, more: GridText | undefined): GridText {
  return { ...cell, text: `${cell.text} ${more?.text ?? ""}`.trim() };
}
