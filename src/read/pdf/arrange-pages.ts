import { append } from "../../model/many.ts";
import { classifyPage, START } from "./block-kind.ts";
import { joinContinued } from "./continuations.ts";
import { documentStyle, type SegmentedPage } from "./document-style.ts";
import { commonGutters, type Gutter, pageGutters } from "./gutters.ts";
import { areaOf, type LayoutBlock, lineOf, rowsOf } from "./layout-block.ts";
import { frameSize, onPage, type PageContent, type Piece, type TurnedPiece } from "./page-content.ts";
import { layOutPage } from "./page-layout.ts";
import { partReaderNotes } from "./reader-notes.ts";
import { type SortedPage, sortRunningMatter } from "./running-matter.ts";
import { composeSegment, type Segment } from "./segment.ts";
import { buildSegments } from "./segment-builder.ts";

/** All text of a document as blocks in reading order. */
export interface ArrangedPages {
  readonly blocks: readonly LayoutBlock[];
  readonly segments: readonly Segment[];
  /** What is printed up the margin of the first page. */
  readonly stamp: string;
}

/** Arranges the pieces of all pages: style and columns are measured over the whole document, then each page is laid out. */
export function arrangePages(pages: readonly PageContent[]): ArrangedPages {
  const parted = partReaderNotes(pages);
  const segmented = pages.map((page, index): SegmentedPage => {
    const { width, height } = frameSize(page.width, page.height, page.turn);
    return { number: page.number, width, height, segments: buildSegments(parted[index]?.text ?? page.pieces) };
  });
  const style = documentStyle(segmented);
  const sorted = sortRunningMatter(segmented, style);
  const own = sorted.map((page) => pageGutters(page.body, style));
  const common = commonGutters(own);
  let state = START;
  const blocks: LayoutBlock[] = [];
  pages.forEach((content, index) => {
    const page = sorted[index];
    if (page === undefined) return;
    const gutters = guttersOf(page, own[index] ?? [], common);
    const classified = classifyPage(layOutPage(content, page, gutters, style), { content, style, state });
    state = classified.state;
    append(blocks, [...asideBlocks(content, page, buildSegments(parted[index]?.notes ?? [])), ...classified.blocks]);
  });
  const stamp = (pages[0]?.turned ?? []).map((turned) => turned.piece.text).join(" ");
  return { blocks: joinContinued(blocks), segments: segmented.flatMap((page) => page.segments), stamp };
}

/** A page without enough lines to tell has the columns of the others, if its lines keep to them. */
function guttersOf(page: SortedPage, own: readonly Gutter[], common: readonly Gutter[]): readonly Gutter[] {
  if (own.length > 0 || common.length === 0) return own;
  const long = page.body.filter((segment) => segment.text.length > 15 && segment.picture === 0);
  const crossing = long.filter((segment) =>
    common.some((gutter) => segment.left < gutter.left - 2 && segment.right > gutter.right + 2),
  ).length;
  return crossing <= 0.5 * long.length ? common : own;
}

/** Headers, line numbers, margin notes and turned text: kept, but in no sentence. */
function asideBlocks(content: PageContent, page: SortedPage, notes: readonly Segment[]): readonly LayoutBlock[] {
  const blocks: LayoutBlock[] = [];
  const add = (kind: "furniture" | "comment", segments: readonly Segment[], rows = rowsOf(segments)): void => {
    if (segments.length === 0) return;
    const area = areaOf(segments);
    const lines = rows.map((row) => lineOf(row, content.number));
    blocks.push({ kind, level: null, page: content.number, area, column: area, lines, grid: null });
  };
  add("furniture", page.running);
  add("furniture", page.lineNumbers);
  add("comment", [...page.notes, ...notes]);
  // Turned text runs up or down the page, so its order is the order in which it was drawn.
  const turned = turnedSegments(content);
  add(
    "furniture",
    turned,
    turned.map((segment) => [segment]),
  );
  return blocks;
}

/** Turned text as segments whose letters each stand in their place on the page. */
function turnedSegments(content: PageContent): readonly Segment[] {
  return content.turned.flatMap((turned) => (content.turn === 0 ? [composeSegment([uprightPiece(turned, content)])] : []));
}

/** A turned piece in the frame of the page, as high as it runs, its letters side by side. */
function uprightPiece({ piece, turn }: TurnedPiece, content: PageContent): Piece {
  const area = {
    left: piece.left,
    right: piece.right,
    top: piece.baseline - 0.78 * piece.size,
    bottom: piece.baseline + 0.22 * piece.size,
  };
  const box = onPage(area, content.width, content.height, turn);
  const step = (box.right - box.left) / Math.max(1, piece.text.length);
  const edges = [...piece.edges.keys()].map((index) => box.left + index * step);
  return { ...piece, edges, left: box.left, right: box.right, baseline: box.bottom, size: Math.max(1, box.right - box.left) };
}
