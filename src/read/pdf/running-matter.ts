import type { DocumentStyle, SegmentedPage } from "./document-style.ts";
import { rowsOf } from "./layout-block.ts";
import type { Segment } from "./segment.ts";

/** A page with what is not the author's running text set apart. */
export interface SortedPage {
  readonly body: readonly Segment[];
  /** Headers, footers, page numbers. */
  readonly running: readonly Segment[];
  readonly lineNumbers: readonly Segment[];
  /** Notes that readers wrote in the margin. */
  readonly notes: readonly Segment[];
}

/** The parts of a page, from its edges, in which running headers and footers stand. */
const EDGE_PART = 0.125;
/** A header takes up to so many rows. */
const EDGE_ROWS = 3;
/** A row that stands in its place on so many pages is no accident; in a short document two will do. */
const REPEATS = 3;
const REPEATS_IN_SHORT = 2;
const SHORT_DOCUMENT_PAGES = 4;

/** Tells running headers and footers, page numbers, line numbers and margin notes from the text, over all pages at once. */
export function sortRunningMatter(pages: readonly SegmentedPage[], style: DocumentStyle): readonly SortedPage[] {
  const edges = pages.map((page) => edgeRows(page));
  const counts = new Map<string, number>();
  for (const rows of edges) {
    for (const key of new Set(rows.flatMap((row) => row.keys))) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const needed = pages.length <= SHORT_DOCUMENT_PAGES ? REPEATS_IN_SHORT : REPEATS;
  return pages.map((page, index) => {
    const running = new Set<Segment>();
    const rows = edges[index] ?? [];
    for (const side of ["top", "bottom"] as const) {
      for (const row of rows.filter((candidate) => candidate.side === side)) {
        const repeated = row.keys.some((key) => (counts.get(key) ?? 0) >= needed);
        if (!repeated && !PAGE_NUMBER.test(row.text)) break;
        for (const segment of row.segments) running.add(segment);
      }
    }
    return sortPage(page, style, running);
  });
}

interface EdgeRow {
  readonly side: "top" | "bottom";
  readonly text: string;
  /** Text without numbers, and place; two keys, so that rounding never parts what belongs together. */
  readonly keys: readonly string[];
  readonly segments: readonly Segment[];
}

/** "12", "- 3 -", "Page 4 of 9", "iv", "4/12"; not "2019 was", "12.5". */
const PAGE_NUMBER = /^(?:page\s*)?[–—-]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[–—-]?(?:\s*(?:of|\/)\s*\d{1,4})?$/i;
const DIGITS = /\d+/g;

/** The rows nearest to the upper and the lower edge, outermost first. */
function edgeRows(page: SegmentedPage): readonly EdgeRow[] {
  const zone = EDGE_PART * page.height;
  const near = (side: "top" | "bottom"): readonly EdgeRow[] => {
    const segments = page.segments.filter((segment) => (side === "top" ? segment.baseline < zone : segment.baseline > page.height - zone));
    const rows = [...rowsOf(segments)];
    if (side === "bottom") rows.reverse();
    return rows.slice(0, EDGE_ROWS).map((row) => {
      const text = row.map((segment) => segment.text).join(" ");
      const shape = `${side} ${text.replace(DIGITS, "#")}`;
      const place = (row[0]?.baseline ?? 0) / 3;
      return { side, text, keys: [`${shape} ${Math.floor(place)}`, `${shape} +${Math.floor(place + 0.5)}`], segments: row };
    });
  };
  return [...near("top"), ...near("bottom")];
}

/** Units: points. Text that begins so far outside the running text is in the margin. */
const MARGIN_SLACK = 3;

function sortPage(page: SegmentedPage, style: DocumentStyle, running: ReadonlySet<Segment>): SortedPage {
  const lineNumbers = findLineNumbers(page, style, running);
  const body: Segment[] = [];
  const notes: Segment[] = [];
  for (const segment of page.segments) {
    if (running.has(segment) || lineNumbers.has(segment)) continue;
    const outside = segment.right < style.left - MARGIN_SLACK || segment.left > style.right + MARGIN_SLACK;
    if (outside && segment.picture === 0) notes.push(segment);
    else body.push(segment);
  }
  return { body, running: [...running], lineNumbers: [...lineNumbers], notes };
}

/** "7", "042"; not "4.1". */
const LINE_NUMBER = /^\d{1,4}$/;
/** So many numbers below each other, nearly all one more than the last, are line numbers. */
const FEWEST_LINE_NUMBERS = 6;
const COUNTING_PART = 0.8;
/** Units: points. Numbers of one column are aligned at the left or at the right. */
const ALIGNED = 2;

/** Numbers in the margin that count up by one (or by a fixed step) from line to line, as drafts for review have them. */
function findLineNumbers(page: SegmentedPage, style: DocumentStyle, running: ReadonlySet<Segment>): ReadonlySet<Segment> {
  const numbers = page.segments.filter((segment) => !running.has(segment) && segment.picture === 0 && LINE_NUMBER.test(segment.text));
  const found = new Set<Segment>();
  for (const edge of ["left", "right"] as const) {
    const sorted = [...numbers].sort((one, other) => one[edge] - other[edge] || one.baseline - other.baseline);
    let column: Segment[] = [];
    const endColumn = (): void => {
      if (column.length >= FEWEST_LINE_NUMBERS && countsUp(column) && inMargin(column, style))
        for (const segment of column) found.add(segment);
      column = [];
    };
    for (const segment of sorted) {
      if (column[0] !== undefined && segment[edge] - column[0][edge] > ALIGNED) endColumn();
      column.push(segment);
    }
    endColumn();
  }
  return found;
}

function countsUp(column: readonly Segment[]): boolean {
  const values = [...column].sort((one, other) => one.baseline - other.baseline).map((segment) => Number(segment.text));
  const steps = values.slice(1).map((value, index) => value - (values[index] ?? 0));
  const step = steps[0] ?? 0;
  const usual = steps.filter((each) => each === 1).length >= steps.filter((each) => each === step).length ? 1 : step;
  return usual > 0 && steps.filter((each) => each === usual).length >= COUNTING_PART * steps.length;
}

/** A first column of a table counts up too, but stands where running text stands. */
function inMargin(column: readonly Segment[], style: DocumentStyle): boolean {
  return (
    column.every((segment) => segment.right <= style.left + ALIGNED) || column.every((segment) => segment.left >= style.right - ALIGNED)
  );
}
