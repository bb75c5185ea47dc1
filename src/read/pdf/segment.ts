import { largest } from "../../model/many.ts";
import { accented, raised } from "./glyph-text.ts";
import type { Piece } from "./page-content.ts";
import { WORD_GAP_EM } from "./piece-builder.ts";

/** A rectangle, in points from the top left corner. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Words on one line that stand together: no gap in it is wide enough to part columns or cells. */
export interface Segment extends Area {
  /** From left to right. */
  readonly pieces: readonly Piece[];
  readonly text: string;
  /** Left edge of each code unit, then the right edge of the last. */
  readonly edges: readonly number[];
  readonly baseline: number;
  /** Of most of its letters. */
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly monospaced: boolean;
  readonly font: string;
  /** Of its first piece, in the order of drawing. */
  readonly rank: number;
  /** The picture that draws it; 0 for text of the page itself. */
  readonly picture: number;
}

/** Smaller than this part of the line's size, a raised or lowered glyph is a script. Source: TeX sets scripts at 0.67 to 0.75. */
const SCRIPT_SIZE = 0.86;
/** How far a superscript stands above the line, in em of the line. */
const RAISED_FROM_EM = 0.12;
const RAISED_TO_EM = 0.8;
/** Heights of print around the baseline, in em; they hold the letters of common fonts. */
const ASCENT_EM = 0.78;
const DESCENT_EM = 0.22;

/** Makes a segment of pieces on one line, in any order. */
export function composeSegment(unsorted: readonly Piece[]): Segment {
  const pieces = isSorted(unsorted) ? unsorted : [...unsorted].sort((one, other) => one.left - other.left);
  const base = mainPiece(pieces);
  const written = writePieces(pieces, base);
  const first = pieces[0] ?? base;
  const last = pieces.at(-1) ?? base;
  let letters = 0;
  let bold = 0;
  let italic = 0;
  let monospaced = 0;
  let right = last.right;
  for (const piece of pieces) {
    const count = piece.text.length;
    letters += count;
    if (piece.font.bold) bold += count;
    if (piece.font.italic) italic += count;
    if (piece.font.monospaced) monospaced += count;
    right = Math.max(right, piece.right);
  }
  return {
    pieces,
    ...written,
    left: first.left,
    right,
    top: base.baseline - ASCENT_EM * base.size,
    bottom: base.baseline + DESCENT_EM * base.size,
    baseline: base.baseline,
    size: base.size,
    bold: bold > letters * 0.7,
    italic: italic > letters * 0.7,
    monospaced: monospaced > letters * 0.7,
    font: base.font.name,
    rank: first.rank,
    picture: first.picture,
  };
}

/** Where a piece stands on a line of this size and baseline: on it, or as a script above or below it. */
function levelOf(piece: Piece, size: number, baseline: number): "base" | "raised" | "lowered" {
  if (piece.size > SCRIPT_SIZE * size) return "base";
  const rise = baseline - piece.baseline;
  if (rise > RAISED_FROM_EM * size && rise < RAISED_TO_EM * size) return "raised";
  return rise < 0 ? "lowered" : "base";
}

function isSorted(pieces: readonly Piece[]): boolean {
  for (let index = 1; index < pieces.length; index += 1) {
    if ((pieces[index]?.left ?? 0) < (pieces[index - 1]?.left ?? 0)) return false;
  }
  return true;
}

/** The largest size that has this part of the letters is the size of the line: "10⁻¹²" has more raised glyphs than others. */
const MAIN_PART = 0.3;

/** A piece of the size in which the line is set; scripts are not it, even where they are many. */
function mainPiece(pieces: readonly Piece[]): Piece {
  const first = pieces[0];
  if (first === undefined) throw new RangeError("a segment has at least one piece");
  if (pieces.length === 1) return first;
  const letters = new Map<number, number>();
  let all = 0;
  for (const piece of pieces) {
    letters.set(piece.size, (letters.get(piece.size) ?? 0) + piece.text.length);
    all += piece.text.length;
  }
  let best: Piece | null = null;
  for (const piece of pieces) {
    if ((letters.get(piece.size) ?? 0) >= MAIN_PART * all && (best === null || piece.size > best.size)) best = piece;
  }
  return best ?? first;
}

const DIGIT_END = /\d$/;
/** A number cut by the thin space that TeX sets after a comma in formulas: "6," before "144". */
const NUMBER_AND_COMMA = /(?:^|[^\d.])\d{1,3}(?:,\d{3})*,$/;
const THREE_DIGITS = /^\d{3}(?!\d)/;
/** The widest thin space, in em. */
const THIN_SPACE_EM = 0.21;

function writePieces(unordered: readonly Piece[], base: Piece): { readonly text: string; readonly edges: readonly number[] } {
  if (unordered.length === 1) return { text: base.text, edges: base.edges };
  const { pieces, denominators } = withFractions(unordered, base);
  let text = "";
  const edges: number[] = [];
  let previous: Piece | null = null;
  for (const piece of pieces) {
    if (previous !== null && isDoubled(previous, piece)) continue;
    const under = previous === null ? null : underAccent(previous, piece);
    if (under !== null) {
      text = text.slice(0, -1) + under + piece.text.slice(1);
      edges.length -= 2;
    } else {
      if (denominators.has(piece)) {
        // The stroke of a fraction is drawn between the two, so it has no width of its own.
        text += "/";
        edges.push(edges.at(-1) ?? piece.left);
      } else if (previous !== null && partsWords(previous, piece, text)) {
        text += " ";
        edges.push(piece.left);
      }
      const isRaised =
        !denominators.has(pieces[pieces.indexOf(piece) + 1] ?? piece) && levelOf(piece, base.size, base.baseline) === "raised";
      text += isRaised ? raised(piece.text, DIGIT_END.test(text)) : piece.text;
      if (previous !== null) edges.pop();
    }
    for (const edge of piece.edges) edges.push(edge);
    previous = piece;
  }
  return { text, edges };
}

/** In em of the line: a denominator stands lower than any subscript. Source: TeX, 0.345 against 0.25 and little more. */
const DENOMINATOR_DROP_EM = 0.31;
/** In em: a numerator is centered over its denominator; a superscript begins where its subscript does. */
const CENTERED_EM = 0.2;

/**
 * Pieces in reading order, and the denominators among them.
 *
 * What stands above each other is not in order by place: a subscript is read before its superscript, a numerator before its denominator.
 */
function withFractions(
  pieces: readonly Piece[],
  base: Piece,
): { readonly pieces: readonly Piece[]; readonly denominators: ReadonlySet<Piece> } {
  const low = pieces.filter((piece) => levelOf(piece, base.size, base.baseline) === "lowered");
  const high = pieces.filter((piece) => levelOf(piece, base.size, base.baseline) === "raised");
  const denominators = new Set<Piece>();
  if (low.length === 0 || high.length === 0) return { pieces, denominators };
  const ordered = [...pieces];
  for (const group of adjacentPieces(low)) {
    const [first] = group;
    const left = first?.left ?? 0;
    const right = largest(group.map((piece) => piece.right));
    const above = adjacentPieces(high).find((other) => other.some((piece) => piece.left < right && piece.right > left));
    const head = above?.[0];
    const tail = above?.at(-1);
    if (first === undefined || head === undefined || tail === undefined) continue;
    const center = (head.left + largest((above ?? []).map((piece) => piece.right))) / 2;
    const isFraction =
      first.baseline - base.baseline > DENOMINATOR_DROP_EM * base.size && Math.abs(center - (left + right) / 2) < CENTERED_EM * base.size;
    for (const piece of group) ordered.splice(ordered.indexOf(piece), 1);
    const at = isFraction ? ordered.indexOf(tail) + 1 : ordered.indexOf(head);
    for (const [offset, piece] of group.entries()) ordered.splice(at + offset, 0, piece);
    if (isFraction) denominators.add(first);
  }
  return { pieces: ordered, denominators };
}

/** Pieces in runs without a gap. */
function adjacentPieces(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && piece.left - last.right < 0.5 * piece.size) run.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

function partsWords(left: Piece, right: Piece, before: string): boolean {
  const gap = right.left - left.right;
  const size = Math.max(left.size, right.size);
  if (NUMBER_AND_COMMA.test(before) && THREE_DIGITS.test(right.text) && gap < THIN_SPACE_EM * size && !right.spaced) return false;
  return gap > WORD_GAP_EM * size || (right.spaced && gap > -WORD_GAP_EM * size);
}

/** The same glyphs drawn twice in one place, to look bold. */
function isDoubled(one: Piece, other: Piece): boolean {
  return (
    one.text === other.text && Math.abs(one.left - other.left) < 0.1 * one.size && Math.abs(one.baseline - other.baseline) < 0.1 * one.size
  );
}

/** The first letter of `piece` with the accent that ends the piece before it, if that stands over the letter. */
function underAccent(accent: Piece, piece: Piece): string | null {
  const mark = accent.text.at(-1) ?? "";
  const letter = piece.text.at(0) ?? "";
  const left = accent.edges.at(-2) ?? 0;
  const center = (left + accent.right) / 2;
  if (center < piece.left || center > (piece.edges[1] ?? 0)) return null;
  return accented(mark, letter);
}
