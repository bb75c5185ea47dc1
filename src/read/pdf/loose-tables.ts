import { hasLeaders, hasListMarker, isEquationNumber, isTableCaption } from "./block-pattern.ts";
import { captionSegments } from "./caption-segments.ts";
import { type DocumentStyle, pitchOf } from "./document-style.ts";
import { areaOf, rowsOf, sharesColumn } from "./layout-block.ts";
import type { Area, Segment } from "./segment.ts";
import { filledCells } from "./table-grid.ts";
import { type ReadTable, table } from "./table-region.ts";
import { isValue } from "./table-rows.ts";

/** A step of rows wider than so many usual ones ends a table. */
const WIDEST_STEP = 2.4;
/** Without a caption, a table has at least so many rows and columns, and so many of its cells are values. */
const FEWEST_ROWS = 3;
const FEWEST_COLUMNS = 3;
const VALUE_PART = 0.5;
/** Rows between a table and its caption: none, or the lines of a long caption. */
const CAPTION_LINES = 6;
/** Marks that stand before items: "•", "1.", "(a)", "[12]", "–"; not "12". */
const ITEM_MARK = /^(?:[•‣◦▪■●➢–—∗*-]|\(?\w{1,3}[.)]|\[\d{1,3}\])$/;

/**
 * Finds tables without rules around them, in the text of one column.
 *
 * Rows of several cells in a row are one if a caption says so, or if most of it is numbers; formulas, lists and contents pages are not.
 */
export function looseTables(segments: readonly Segment[], obstacles: readonly Area[], style: DocumentStyle): readonly ReadTable[] {
  const rows = rowsOf(segments);
  const captions = new Set(captionSegments(segments).filter((segment) => isTableCaption(segment.text)));
  const found: ReadTable[] = [];
  for (const run of runsOf(rows, obstacles, style)) {
    const inside = rows.slice(run.from, run.to).flat();
    if (isListOrFormula(rows.slice(run.from, run.to))) continue;
    const region = { ...areaOf(inside), segments: inside, horizontals: [], verticals: [] };
    const [read] = table(region);
    if (read === undefined) continue;
    if (isCaptioned(rows, run, captions) ? read.grid.rowCount >= 2 : isNumeric(read)) found.push(read);
  }
  return found;
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Stretches of rows with several segments each, near to each other. */
function runsOf(rows: readonly (readonly Segment[])[], obstacles: readonly Area[], style: DocumentStyle): readonly Run[] {
  const runs: Run[] = [];
  let from = -1;
  let last = -1;
  const end = (): void => {
    if (from >= 0 && last - from >= 1) runs.push({ from, to: last + 1 });
    from = -1;
  };
  rows.forEach((row, index) => {
    const above = rows[last];
    if (from >= 0 && above !== undefined) {
      const step = (row[0]?.baseline ?? 0) - (above[0]?.baseline ?? 0);
      const far = step > WIDEST_STEP * pitchOf(style, row[0]?.size ?? style.bodySize);
      const parted = obstacles.some(
        (area) => area.top > (above[0]?.top ?? 0) && area.bottom < (row[0]?.bottom ?? 0) && sharesColumn(area, areaOf(row)),
      );
      if (far || parted || index - last > 2) end();
    }
    if (row.length < 2) return;
    if (from < 0) from = index;
    last = index;
  });
  end();
  return runs;
}

function isListOrFormula(rows: readonly (readonly Segment[])[]): boolean {
  const odd = rows.filter((row) => {
    const first = row[0]?.text ?? "";
    const last = row.at(-1)?.text ?? "";
    return (
      ITEM_MARK.test(first) || hasListMarker(first) || isEquationNumber(last) || hasLeaders(row.map((segment) => segment.text).join(" "))
    );
  }).length;
  return odd >= 0.3 * rows.length;
}

function isCaptioned(rows: readonly (readonly Segment[])[], run: Run, captions: ReadonlySet<Segment>): boolean {
  const isCaptionRow = (index: number): boolean => rows[index]?.some((segment) => captions.has(segment)) ?? false;
  for (let index = run.from - 1; index >= 0 && index >= run.from - CAPTION_LINES; index -= 1) {
    if (isCaptionRow(index)) return true;
  }
  return isCaptionRow(run.to);
}

function isNumeric(read: ReadTable): boolean {
  if (read.grid.rowCount < FEWEST_ROWS || read.grid.columnCount < FEWEST_COLUMNS) return false;
  const filled = filledCells(read.grid).filter((cell) => cell.column > 0);
  const values = filled.filter((cell) => isValue(cell.segments.map((segment) => segment.text).join(" "))).length;
  return values >= VALUE_PART * filled.length && filled.length >= 0.6 * read.grid.rowCount * (read.grid.columnCount - 1);
}
