import type { Piece } from "./page-content.ts";
import { composeSegment, type Segment } from "./segment.ts";

/** A wider gap, in em, parts two segments: it may be a gutter, or the space between two cells. */
const SEGMENT_GAP_EM = 0.75;
/** How far a piece may step back over the one before it: kerning, accents. */
const OVERLAP_EM = 0.6;
/** Baselines of one line differ by less than this, in em, except for scripts. */
const LINE_DRIFT_EM = 0.2;
/** How far scripts may stand above and below the line, in em of the larger glyph. */
const SCRIPT_RISE_EM = 0.75;
const SCRIPT_DROP_EM = 0.4;
const SCRIPT_SIZE = 0.86;

/**
 * Joins the pieces of a page to segments.
 *
 * First along the order of drawing, which keeps scripts beside their base, then from left to right for files that draw a line in parts.
 */
export function buildSegments(pieces: readonly Piece[]): readonly Segment[] {
  return joinByPlace(chainsOf(pieces)).map((chain) => composeSegment(chain.pieces));
}

interface Chain {
  pieces: Piece[];
  left: number;
  right: number;
  /** Of its largest piece. */
  baseline: number;
  size: number;
}

function chainsOf(pieces: readonly Piece[]): readonly Chain[] {
  const chains: Chain[] = [];
  let chain: Chain | null = null;
  for (const piece of pieces) {
    if (chain !== null && continues(chain, piece)) extend(chain, piece);
    else {
      chain = { pieces: [piece], left: piece.left, right: piece.right, baseline: piece.baseline, size: piece.size };
      chains.push(chain);
    }
  }
  return chains;
}

function continues(chain: Chain, piece: Piece): boolean {
  const last = chain.pieces.at(-1);
  if (last === undefined || last.picture !== piece.picture) return false;
  const size = Math.max(last.size, piece.size);
  const gap = piece.left - chain.right;
  if (gap > SEGMENT_GAP_EM * size || gap < -OVERLAP_EM * size) return false;
  return onOneLine(chain, piece);
}

function onOneLine(
  chain: { readonly baseline: number; readonly size: number },
  piece: { readonly baseline: number; readonly size: number },
): boolean {
  const rise = chain.baseline - piece.baseline;
  const larger = Math.max(chain.size, piece.size);
  const smaller = Math.min(chain.size, piece.size);
  if (Math.abs(rise) <= LINE_DRIFT_EM * smaller) return true;
  if (smaller > SCRIPT_SIZE * larger) return false;
  // A script may come before the base as well as after it.
  const scriptRise = piece.size < chain.size ? rise : -rise;
  return scriptRise < SCRIPT_RISE_EM * larger && scriptRise > -SCRIPT_DROP_EM * larger;
}

function extend(chain: Chain, piece: Piece): void {
  chain.pieces.push(piece);
  chain.left = Math.min(chain.left, piece.left);
  chain.right = Math.max(chain.right, piece.right);
  if (piece.size > chain.size) {
    chain.size = piece.size;
    chain.baseline = piece.baseline;
  }
}

/** Chains of one line that stand side by side become one; the sweep goes down the page, so it takes n log n steps. */
function joinByPlace(chains: readonly Chain[]): readonly Chain[] {
  const sorted = [...chains].sort((one, other) => one.baseline - other.baseline || one.left - other.left);
  const result: Chain[] = [];
  let open: Chain[] = [];
  for (const chain of sorted) {
    const near: Chain[] = [];
    for (const candidate of open) {
      if (chain.baseline - candidate.baseline > SCRIPT_RISE_EM * Math.max(candidate.size, chain.size)) result.push(candidate);
      else near.push(candidate);
    }
    const partner = near.find((candidate) => adjacent(candidate, chain));
    if (partner === undefined) near.push(chain);
    else absorb(partner, chain);
    open = near;
  }
  return joinLines([...result, ...open]);
}

/** A second pass joins what only became adjacent by the first. */
function joinLines(chains: readonly Chain[]): readonly Chain[] {
  const sorted = [...chains].sort((one, other) => one.baseline - other.baseline || one.left - other.left);
  const result: Chain[] = [];
  let row: Chain[] = [];
  const endRow = (): void => {
    row.sort((one, other) => one.left - other.left);
    let last: Chain | null = null;
    for (const chain of row) {
      if (last !== null && adjacent(last, chain)) absorb(last, chain);
      else {
        last = chain;
        result.push(chain);
      }
    }
    row = [];
  };
  for (const chain of sorted) {
    const first = row[0];
    if (first !== undefined && chain.baseline - first.baseline > LINE_DRIFT_EM * Math.min(first.size, chain.size)) endRow();
    row.push(chain);
  }
  endRow();
  return result;
}

function adjacent(one: Chain, other: Chain): boolean {
  if (one.pieces[0]?.picture !== other.pieces[0]?.picture || !onOneLine(one, other)) return false;
  const size = Math.max(one.size, other.size);
  const gap = Math.max(other.left - one.right, one.left - other.right);
  // Scripts hug their base; a wide gap beside one is another line's. Halves of a fraction stand inside the line.
  const scripts = Math.min(one.size, other.size) < SCRIPT_SIZE * size;
  if (scripts && gap < 0) return isInside(one, other) || isInside(other, one) || gap >= -OVERLAP_EM * size;
  return gap <= (scripts ? 0.35 : SEGMENT_GAP_EM) * size && gap >= -OVERLAP_EM * size;
}

function isInside(script: Chain, line: Chain): boolean {
  return script.size < line.size && script.left > line.left && script.right < line.right;
}

function absorb(one: Chain, other: Chain): void {
  for (const piece of other.pieces) extend(one, piece);
}
