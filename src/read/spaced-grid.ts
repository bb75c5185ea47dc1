import { startsWithFigure } from "./figure-start.ts";
import { figureColumns, type GridText, headRowCount } from "./header-rows.ts";
import { filledRow, isRule, type Line, rowsAboveRule, runsOf, type TextGrid } from "./text-grid.ts";

/** A stretch of a line that white space of two columns or more sets apart. */
interface Segment {
  readonly text: string;
  /** Columns of print, in which wide characters take two. */
  readonly start: number;
  readonly end: number;
}

interface Column {
  readonly start: number;
  readonly end: number;
}

/** Two spaces or a tab inside a line; most text has none. */
const COLUMN_GAP = /\S(?: {2}|\t)/;
/** Text between runs of spaces; single spaces belong to it. */
const SEGMENT = /\S+(?: \S+)*/g;
/** Text of a rule that is cut into columns: "====  =====". */
const RULE_PART = /[-=~]+/g;
const WORD = /\S+/g;
const TAB_STOP = 8;
/** Characters that take two columns of print: Chinese, Japanese, Korean, full-width forms. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/;
/** The longest label of a group of rows that may stand on a line alone. */
const GROUP_CHARACTERS = 40;
/** Signs in which lines of code end or definitions hang, and heads of columns do not. */
const CODE_MARK = /[:;,{(=\\]$|^(?:--?\w|#|\/\/)|=/;
/** A sentence in a cell: prose with two spaces after its stops. */
const SENTENCE = /^\p{L}+ .*[.!?]$/u;
const SENTENCE_END = /[.!?…]["”’)\]]*$/;

/**
 * The tables among the lines whose columns are set apart by white space alone.
 *
 * `strict` asks for a head of words over figures, as code needs; else a table of labels and figures may have none.
 */
export function spacedGrids(lines: readonly Line[], strict: boolean): readonly TextGrid[] {
  if (!lines.some((line) => COLUMN_GAP.test(line.text))) return [];
  const segments = lines.map((line) => (isRule(line.text) || isCommand(line.text) ? [] : segmentsOf(line.text)));
  const isRow = (index: number): boolean => (segments[index]?.length ?? 0) >= 2;
  const isDrawn = (index: number): boolean => isRule(lines[index]?.text ?? "");
  const isGroup = (index: number): boolean => {
    const only = segments[index]?.length === 1 ? segments[index][0] : undefined;
    if (only === undefined || only.text.length > GROUP_CHARACTERS || SENTENCE_END.test(only.text)) return false;
    return index > 1 && (isRow(index - 1) || isDrawn(index - 1)) && isRow(index + 1) && (isRow(index + 2) || isRow(index - 2));
  };
  const runs = runsOf(lines.length, (index) => isRow(index) || isDrawn(index) || isGroup(index));
  return runs.flatMap(([from, to]) => {
    // A head whose columns are one space apart is no row by itself.
    const headed =
      segments[from - 1]?.length === 1 ? gridOf(lines.slice(from - 1, to), segments.slice(from - 1, to), from - 1, strict) : null;
    const isHeaded = headed !== null && headed.rows[0]?.cells.every((cell) => cell.text !== "" && cell.columnSpan === 1) === true;
    return isHeaded ? headed : (gridOf(lines.slice(from, to), segments.slice(from, to), from, strict) ?? []);
  });
}

function gridOf(lines: readonly Line[], segments: readonly (readonly Segment[])[], from: number, strict: boolean): TextGrid | null {
  const printed = lines.flatMap((line, index) => {
    const parts = segments[index] ?? [];
    return parts.length === 0 ? [] : [{ line, parts }];
  });
  const ruled = rowsAboveRule(lines.map((line) => line.text));
  if (printed.length < (ruled > 0 || isWideRow(printed.map(({ parts }) => parts.length)) ? 2 : 3)) return null;
  const columns = ruleColumns(lines) ?? coreColumns(printed.map((row) => row.parts));
  const rows = printed.map((row, index) => {
    const head = index === 0 && columns !== null && row.parts.length < columns.length ? headWords(row.line.text, columns) : null;
    return { line: row.line, cells: head ?? (columns === null ? inOrder(row.parts) : placed(row.parts, columns)) };
  });
  const width = columns?.length ?? rows[0]?.cells.length ?? 0;
  if (width < 2 || (columns === null && rows.some((row) => row.cells.length !== width))) return null;
  const cells = rows.map((row) => row.cells);
  const headRows = width === 2 && ruled === 0 && !isOneUnit(cells.slice(1)) ? 0 : headRowCount(cells, ruled);
  if (!holdsFigures(cells, headRows, columns !== null)) return null;
  if (
    headRows === 0
      ? strict || !isLabelled(cells)
      : strict &&
        cells
          .slice(0, headRows)
          .flat()
          .some((cell) => CODE_MARK.test(cell.text))
  ) {
    return null;
  }
  const filled = rows.map((row) => ({ line: row.line, cells: filledRow(row.cells, width) }));
  return { from, to: from + lines.length, rows: filled, headRows };
}

/** What was typed at a prompt, over what it printed: "$ squeue -u me   # mine". */
function isCommand(text: string): boolean {
  return text.trimStart().startsWith("$ ");
}

/** A head over one row, of as many columns as no two lines of text share by chance. */
function isWideRow(counts: readonly number[]): boolean {
  return counts.every((count) => count === counts[0] && count >= LEAST_OF_ONE_ROW);
}

const LEAST_OF_ONE_ROW = 4;

function segmentsOf(text: string, pattern = SEGMENT): readonly Segment[] {
  const expanded = text.includes("\t") ? withoutTabs(text) : text;
  const isWide = WIDE.test(expanded);
  return [...expanded.trimEnd().matchAll(pattern)].map((match) => {
    const start = isWide ? printWidth(expanded.slice(0, match.index)) : match.index;
    return { text: match[0], start, end: start + (isWide ? printWidth(match[0]) : match[0].length) };
  });
}

function withoutTabs(text: string): string {
  let expanded = "";
  for (const part of text.split("\t")) {
    if (expanded !== "" || text.startsWith("\t")) expanded += " ".repeat(Math.max(2, TAB_STOP - (expanded.length % TAB_STOP)));
    expanded += part;
  }
  return expanded;
}

function printWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}

/** Columns that a rule with gaps draws: "=====  ====". */
function ruleColumns(lines: readonly Line[]): readonly Column[] | null {
  for (const line of lines) {
    if (!isRule(line.text)) continue;
    const parts = [...line.text.matchAll(RULE_PART)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
    if (parts.length >= 2 && !/[|+]/.test(line.text)) return parts;
  }
  return null;
}

/** Columns where the rows with the most segments agree; null where they overlap. */
function coreColumns(rows: readonly (readonly Segment[])[]): readonly Column[] | null {
  // The second largest size: one line alone may have two spaces where no column ends.
  const [largest, second] = [...rows.map((row) => row.length)].sort((left, right) => right - left);
  const width = second ?? largest ?? 0;
  const core = rows.filter((row) => row.length === width);
  const all = columnsOf(core, width);
  if (isApart(all) && (width > 2 || isAligned(core))) return all;
  const body = columnsOf(core.slice(1), width);
  return core.length > 2 && isApart(body) && (width > 2 || isAligned(core.slice(1))) ? body : null;
}

function columnsOf(core: readonly (readonly Segment[])[], width: number): readonly Column[] {
  const columns = Array.from({ length: width }, () => ({ start: Number.POSITIVE_INFINITY, end: 0 }));
  for (const row of core) {
    columns.forEach((column, index) => {
      column.start = Math.min(column.start, row[index]?.start ?? 0);
      column.end = Math.max(column.end, row[index]?.end ?? 0);
    });
  }
  return columns;
}

function isApart(columns: readonly Column[]): boolean {
  return columns.every((column, index) => index === 0 || (columns[index - 1]?.end ?? 0) < column.start);
}

/** Two columns are a table where the second one has an edge. */
function isAligned(core: readonly (readonly Segment[])[]): boolean {
  const [first] = core;
  return core.every((row) => row[1]?.start === first?.[1]?.start) || core.every((row) => row[1]?.end === first?.[1]?.end);
}

function inOrder(parts: readonly Segment[]): readonly GridText[] {
  return parts.map((part, column) => ({ text: part.text, column, columnSpan: 1 }));
}

function placed(parts: readonly Segment[], columns: readonly Column[]): readonly GridText[] {
  if (parts.length === columns.length) return inOrder(parts);
  const cells: GridText[] = [];
  for (const part of parts.flatMap((whole) => splitAtGap(whole, columns))) {
    const over = columns.flatMap((column, index) => (part.start < column.end && part.end > column.start ? [index] : []));
    const column = over[0] ?? nearest(part, columns);
    const last = cells.at(-1);
    if (last !== undefined && last.column + last.columnSpan > column) {
      cells[cells.length - 1] = {
        ...last,
        text: `${last.text} ${part.text}`,
        columnSpan: Math.max(last.columnSpan, (over.at(-1) ?? column) - last.column + 1),
      };
    } else cells.push({ text: part.text, column, columnSpan: Math.max(1, over.length) });
  }
  return cells;
}

/** A head whose words stand one space apart: each column has words that begin or end where it does; null for other words. */
function headWords(text: string, columns: readonly Column[]): readonly GridText[] | null {
  if (columns.length < 3) return null;
  const cells: (Segment & { readonly column: number })[] = [];
  for (const word of segmentsOf(text, WORD)) {
    const column = overlapped(word, columns);
    const last = cells.at(-1);
    if (startsWithFigure(word.text) || (last !== undefined && column < last.column)) return null;
    if (last?.column === column) cells[cells.length - 1] = { ...last, text: `${last.text} ${word.text}`, end: word.end };
    else cells.push({ ...word, column });
  }
  const isNear = (left: number, right: number): boolean => Math.abs(left - right) <= 1;
  const fits = (column: Column, cell: Segment | undefined): boolean =>
    cell !== undefined && (isNear(cell.start, column.start) || isNear(cell.end, column.end));
  if (cells.length !== columns.length || !columns.every((column, index) => fits(column, cells[index]))) return null;
  return cells.map(({ text: words, column }) => ({ text: words, column, columnSpan: 1 }));
}

/** The column that a word stands over most, or next to. */
function overlapped(word: Segment, columns: readonly Column[]): number {
  let [best, most] = [nearest(word, columns), 0];
  columns.forEach((column, index) => {
    const shared = Math.min(word.end, column.end) - Math.max(word.start, column.start);
    if (shared > most) [best, most] = [index, shared];
  });
  return best;
}

/** A label that one space alone sets apart from the figure of the next column is two cells. */
function splitAtGap(part: Segment, columns: readonly Column[]): readonly Segment[] {
  for (let at = part.text.indexOf(" "); at >= 0; at = part.text.indexOf(" ", at + 1)) {
    const middle = part.start + at;
    const isGap = columns.some((column, index) => index > 0 && middle >= (columns[index - 1]?.end ?? 0) && middle < column.start);
    const right = part.text.slice(at + 1);
    if (isGap && startsWithFigure(right)) {
      return [{ ...part, text: part.text.slice(0, at), end: middle }, ...splitAtGap({ ...part, text: right, start: middle + 1 }, columns)];
    }
  }
  return [part];
}

function nearest(part: Segment, columns: readonly Column[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  columns.forEach((column, index) => {
    const distance = Math.max(column.start - part.end, part.start - column.end);
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

/** Most rows have a figure, and behind the first column; columns that are not aligned must have one in every row. */
function holdsFigures(cells: readonly (readonly GridText[])[], headRows: number, aligned: boolean): boolean {
  const body = cells.slice(Math.max(1, headRows));
  const figured = body.filter((row) => row.some((cell) => cell.column > 0 && startsWithFigure(cell.text)));
  if (body.flat().filter((cell) => SENTENCE.test(cell.text)).length * 2 > body.length) return false;
  return aligned ? figured.length * 5 >= body.length * 3 && figureColumns(body).size > 0 : figured.length === body.length;
}

/** What stands behind its figures is the same in all cells of a column; in a list of keys and values each has its own. */
function isOneUnit(cells: readonly (readonly GridText[])[]): boolean {
  const values = cells.flatMap((row) => row.filter((cell) => cell.column === 1).map((cell) => cell.text));
  const units = new Set(values.filter(startsWithFigure).map((value) => value.replace(FIGURES, "")));
  return units.size <= 1;
}

/** Figures, what signs and groups them, and multipliers right behind them. */
const FIGURES = /^[^\p{L}%]*\p{L}?(?![\p{L}])/u;

/** Labels in the first column, figures in another: what a table without a head must have. */
function isLabelled(cells: readonly (readonly GridText[])[]): boolean {
  const figures = figureColumns(cells);
  return !figures.has(0) && figures.size > 0;
}
