import { append } from "../../model/many.ts";
import { endsSentence } from "./block-pattern.ts";
import { areaOf, type LayoutBlock, type Line } from "./layout-block.ts";

/** Kinds through which a sentence can run on. */
const RUNNING: ReadonlySet<string> = new Set(["paragraph", "list-item"]);
/** Kinds that a sentence passes by: they stand between its halves on the page, and not in it. */
const PASSED: ReadonlySet<string> = new Set(["footnote", "caption", "table", "furniture", "comment", "code"]);
/** Sizes of the halves of a paragraph differ by less than this part. */
const SAME_SIZE = 0.06;
/** A line that ends so far before its column's edge ends its paragraph. */
const SHORT_LINE = 0.15;
/** In em: a first line is indented by more than this. */
const INDENT_EM = 0.7;

/**
 * Joins the halves of paragraphs that columns, pages and floats have cut, and moves what stood between out of the sentence.
 *
 * Shape: blocks stay in the order of their pages: what stood between goes before the sentence if it is on the page where the sentence
 * begins, else after it, so that the text of each page stays in one piece.
 */
export function joinContinued(blocks: readonly LayoutBlock[]): readonly LayoutBlock[] {
  const result: LayoutBlock[] = [];
  /** Where in `result` the running text last stood, and what has come since. */
  let open = -1;
  for (const block of blocks) {
    const last = result[open];
    if (RUNNING.has(block.kind) && last !== undefined && runsOn(last, block) && keepsPages(last, block, result, open)) {
      const between = result.splice(open);
      const merged = merge(last, block);
      const lastPage = pageAtEnd(last);
      const rest = between.slice(1);
      const before = block.page === lastPage ? [] : rest.filter((each) => each.page <= lastPage);
      const after = rest.filter((each) => !before.includes(each));
      append(result, [...before, merged, ...after]);
      open = result.length - 1 - after.length;
      continue;
    }
    result.push(block);
    if (RUNNING.has(block.kind)) open = result.length - 1;
    else if (!PASSED.has(block.kind)) open = -1;
  }
  return result;
}

/** A sentence over three pages would have to hold all else of the middle page; it is cut there instead. */
function keepsPages(last: LayoutBlock, block: LayoutBlock, result: readonly LayoutBlock[], open: number): boolean {
  const end = pageAtEnd(last);
  if (last.page === end || block.page === end) return true;
  return !result.slice(open + 1).some((each) => each.page === end);
}

function pageAtEnd(block: LayoutBlock): number {
  return block.lines.at(-1)?.page ?? block.page;
}

const LOWER = /^["“‘(]?\p{Ll}/u;

function runsOn(block: LayoutBlock, next: LayoutBlock): boolean {
  const last = block.lines.at(-1);
  const first = next.lines[0];
  if (last === undefined || first === undefined || next.kind === "list-item") return false;
  const size = Math.max(last.size, first.size);
  if (Math.abs(last.size - first.size) > SAME_SIZE * size || last.monospaced !== first.monospaced) return false;
  const hyphenated = /\p{L}-$/u.test(last.text);
  const lower = LOWER.test(first.text);
  if (sameColumn(last, first)) return (lower || hyphenated) && !endsSentence(last.text) && last.right > block.column.left;
  if (endsSentence(last.text)) return false;
  if (lower || hyphenated) return true;
  const full = last.right > block.column.right - SHORT_LINE * (block.column.right - block.column.left);
  const indented = first.left > next.column.left + INDENT_EM * first.size;
  return full && !indented && last.bold === first.bold && !/:$/.test(last.text);
}

function sameColumn(last: Line, first: Line): boolean {
  return last.page === first.page && first.top > last.top && first.left < last.right && last.left < first.right;
}

function merge(block: LayoutBlock, next: LayoutBlock): LayoutBlock {
  const area = block.page === next.page ? areaOf([block.area, next.area]) : block.area;
  return { ...block, lines: [...block.lines, ...next.lines], area, column: next.column };
}
