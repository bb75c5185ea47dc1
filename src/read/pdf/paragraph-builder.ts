import { endsSentence, hasListMarker, hasNoteMark, isCaption, isEquationNumber, sectionDepth } from "./block-pattern.ts";
import { type DocumentStyle, mostFrequent, pitchOf, quantile } from "./document-style.ts";
import { areaOf, type Line, sharesColumn } from "./layout-block.ts";
import type { Area } from "./segment.ts";

/** Lines of one column that belong together, not yet told what they are. */
export interface Paragraph {
  readonly lines: readonly Line[];
  readonly area: Area;
  readonly column: { readonly left: number; readonly right: number };
}

/** A step of lines wider than the usual one by this factor begins a new paragraph. */
const WIDE_STEP = 1.3;
/** The same, inside a paragraph whose own step is known. */
const WIDER_STEP = 1.22;
/** Sizes of one paragraph differ by less than this part. */
const SAME_SIZE = 0.07;
/** In em: a first line is indented by at least so much, and by no more than this. */
const INDENT_FROM_EM = 0.7;
const INDENT_TO_EM = 4;
/** In em: lines that begin within so much of the column's edge begin at it. */
const FLUSH_EM = 0.45;
/** A line that ends so far before the others, in parts of the column, is the last of its paragraph. */
const SHORT_LINE = 0.12;

/**
 * Parts the lines of a column into paragraphs, by steps, sizes, weights, indents, and marks at the beginning of lines.
 *
 * `obstacles` are tables and pictures in the column: lines above and below one do not belong together.
 */
export function buildParagraphs(lines: readonly Line[], style: DocumentStyle, obstacles: readonly Area[]): readonly Paragraph[] {
  if (lines.length === 0) return [];
  const column = columnEdges(lines, style);
  const paragraphs: Paragraph[] = [];
  let open: Line[] = [];
  const end = (): void => {
    if (open.length > 0) paragraphs.push({ lines: open, area: areaOf(open), column });
    open = [];
  };
  lines.forEach((line, index) => {
    if (open.length > 0 && breaks(open, line, lines[index + 1] ?? null, { style, column, obstacles })) end();
    open.push(line);
  });
  end();
  return paragraphs;
}

interface Surroundings {
  readonly style: DocumentStyle;
  readonly column: { readonly left: number; readonly right: number };
  readonly obstacles: readonly Area[];
}

/** Where the lines of a column usually begin and end. */
function columnEdges(lines: readonly Line[], style: DocumentStyle): { readonly left: number; readonly right: number } {
  const long = lines.filter((line) => line.text.length > 20);
  const base = long.length > 0 ? long : lines;
  const lefts = new Map<number, number>();
  for (const line of base) lefts.set(Math.round(line.left), (lefts.get(Math.round(line.left)) ?? 0) + 1);
  const least = quantile(
    base.map((line) => line.left),
    0.04,
  );
  const right = quantile(
    base.map((line) => line.right),
    0.9,
  );
  const usual = mostFrequent(lefts) ?? least ?? 0;
  // The usual left edge is that of a list where lists fill the column.
  const left =
    least !== null && usual - least > INDENT_FROM_EM * style.bodySize && lines.length > 4 ? least : Math.min(usual, least ?? usual);
  return { left, right: right ?? style.right };
}

function breaks(open: readonly Line[], line: Line, next: Line | null, around: Surroundings): boolean {
  const last = open.at(-1);
  const first = open[0];
  if (last === undefined || first === undefined) return false;
  if (last.page !== line.page) return true;
  const step = line.baseline - last.baseline;
  const size = Math.max(last.size, line.size);
  if (step < 0) return true;
  if (around.obstacles.some((area) => area.top > last.top && area.bottom < line.bottom && sharesColumn(area, line))) return true;
  if (isDisplayed(line, around) !== isDisplayed(last, around) && !hasListMarker(first.text)) return true;
  if (step < 0.55 * size) return false;
  const usual = pitchOf(around.style, size);
  const second = open[1];
  const own = second === undefined ? null : second.baseline - first.baseline;
  const widest =
    own !== null && own > 0.8 * usual && own < WIDE_STEP * usual ? Math.max(own * WIDER_STEP + 0.5, usual * 1.1) : usual * WIDE_STEP;
  if (step > widest) return true;
  if (Math.abs(last.size - line.size) > SAME_SIZE * size && !isFragment(line) && !isFragment(last)) return true;
  return breaksByLook(last, line, around) || breaksByMark(open, line, step > 1.12 * usual) || breaksByIndent(open, line, next, around);
}

/** In em: displayed formulas stand so far from both edges, and about in the middle. */
const DISPLAY_INSET_EM = 2.2;
const DISPLAY_LETTERS = 80;

/** A formula on a line of its own, with or without its number at the edge. */
function isDisplayed(line: Line, { column, style }: Surroundings): boolean {
  if (line.bold || Math.abs(line.size - style.bodySize) > SAME_SIZE * style.bodySize) return false;
  const numbered = line.segments.length > 1 && isEquationNumber(line.segments.at(-1)?.text ?? "");
  const shown = numbered ? line.segments.slice(0, -1) : line.segments;
  const left = (shown[0]?.left ?? line.left) - column.left;
  const right = column.right - (shown.at(-1)?.right ?? line.right);
  const inset = DISPLAY_INSET_EM * line.size;
  if (left < inset || right < inset || line.text.length > DISPLAY_LETTERS) return false;
  return numbered || Math.abs(left - right) < 0.2 * (column.right - column.left);
}

/** A heading, or a table's label, next to text of the same size. */
function breaksByLook(last: Line, line: Line, around: Surroundings): boolean {
  const full = last.right > around.column.right - SHORT_LINE * (around.column.right - around.column.left);
  if (last.bold !== line.bold && !(full && !startsUpper(line.text))) return !full || !last.bold;
  return last.monospaced !== line.monospaced && last.text.length > 12 && line.text.length > 12;
}

/** A raised number or letter before words: the mark of the next footnote. */
const RAISED_MARK = /^[⁰¹²³⁴-⁹ᵃ-ᶻ]/u;

function breaksByMark(open: readonly Line[], line: Line, apart: boolean): boolean {
  const last = open.at(-1);
  const first = open[0];
  if (last === undefined || first === undefined) return false;
  const ended = endsSentence(last.text);
  if (last.bold && line.bold && sectionDepth(last.text) !== null && sectionDepth(line.text) !== null) return true;
  if (isCaption(line.text)) return apart || ended || last.text.length < 30;
  if (hasListMarker(line.text)) return ended || /[:;,]$/.test(last.text) || hasListMarker(first.text) || line.left > first.left + 2;
  return hasNoteMark(line.text) && hasNoteMark(first.text) && (ended || RAISED_MARK.test(line.text));
}

function breaksByIndent(open: readonly Line[], line: Line, next: Line | null, around: Surroundings): boolean {
  const last = open.at(-1);
  const first = open[0];
  if (last === undefined || first === undefined) return false;
  const { column } = around;
  const em = line.size;
  const indent = line.left - column.left;
  const flushLast = Math.abs(last.left - column.left) < FLUSH_EM * em || (open.length > 1 && last.left < line.left - INDENT_FROM_EM * em);
  const short = last.right < column.right - SHORT_LINE * (column.right - column.left);
  const hanging = hasListMarker(first.text) || (open.length > 1 && first.left < last.left - INDENT_FROM_EM * em);
  if (hanging) {
    // Hanging text ends where a line goes back to where its first line began, or further.
    return line.left < last.left - INDENT_FROM_EM * em && (open.length > 1 || short) && (endsSentence(last.text) || short);
  }
  if (flushLast && indent > INDENT_FROM_EM * em && indent < INDENT_TO_EM * em) {
    // The second line of a hanging paragraph is indented too; then the third is as well.
    const hangs = open.length === 1 && next !== null && Math.abs(next.left - line.left) < FLUSH_EM * em && !endsSentence(last.text);
    return !hangs && (endsSentence(last.text) || short || (startsUpper(line.text) && !/[-,]$/.test(last.text)));
  }
  return short && endsSentence(last.text) && startsUpper(line.text) && last.left <= line.left + FLUSH_EM * em;
}

/** A piece of a formula has a size of its own without being another paragraph. */
function isFragment(line: Line): boolean {
  return line.text.length < 8;
}

const UPPER = /^["“‘(]?\p{Lu}/u;

function startsUpper(text: string): boolean {
  return UPPER.test(text);
}
