import { largest } from "../../model/many.ts";
import type { Piece, Rule } from "./page-content.ts";
import type { Area, Segment } from "./segment.ts";

/** Words of one row that stand together: a cell, or a cell over several columns. */
export interface Chunk {
  readonly pieces: readonly Piece[];
  readonly left: number;
  readonly right: number;
}

/** A strip between two columns. Units: points. */
export interface Separator {
  readonly left: number;
  readonly right: number;
}

/** In em: words further apart are in different chunks. Spaces of numbers with an error ("1.2 ± 0.3") are narrower. */
const CHUNK_GAP_EM = 0.5;
/** In em: a separator that many rows share may be narrower than one that few do. */
const SEPARATOR_EM = 0.4;
const LONELY_SEPARATOR_EM = 0.75;
const MANY_ROWS = 3;
/** The part of the fullest row's chunks that a row must have to say where columns part. */
const FULL_ROW_PART = 0.6;
/** The part of the rows that may run across a separator. */
const CROSSING_PART = 0.08;
/** A plumb rule parts columns if it goes down so much of the table. */
const RULED_PART = 0.4;

/** The words of a row in chunks. */
export function chunksOf(row: readonly Segment[]): readonly Chunk[] {
  const chunks: { pieces: Piece[]; left: number; right: number }[] = [];
  for (const segment of row) {
    let chunk: { pieces: Piece[]; left: number; right: number } | null = null;
    for (const piece of segment.pieces) {
      if (chunk !== null && piece.left - chunk.right <= CHUNK_GAP_EM * segment.size) {
        chunk.pieces.push(piece);
        chunk.right = Math.max(chunk.right, piece.right);
      } else {
        chunk = { pieces: [piece], left: piece.left, right: piece.right };
        chunks.push(chunk);
      }
    }
  }
  return chunks;
}

/** Where the columns of a table part, from left to right. */
export function findSeparators(
  rows: readonly (readonly Chunk[])[],
  table: { readonly area: Area; readonly verticals: readonly Rule[]; readonly size: number },
): readonly Separator[] {
  const most = rows.reduce((count, row) => Math.max(count, row.length), 0);
  if (most < 2) return ruledSeparators(table);
  const full = rows.filter((row) => row.length >= FULL_ROW_PART * most);
  const allowed = full.length <= 4 ? 0 : Math.max(1, Math.floor(CROSSING_PART * full.length));
  const narrowest = (full.length >= MANY_ROWS ? SEPARATOR_EM : LONELY_SEPARATOR_EM) * table.size;
  const open = openStrips(full, allowed).filter((strip) => strip.right - strip.left >= narrowest);
  const ruled = ruledSeparators(table).filter(
    (rule) => !open.some((strip) => rule.left <= strip.right + 1 && rule.right >= strip.left - 1),
  );
  return [...open, ...ruled].sort((one, other) => one.left - other.left);
}

/** Strips crossed by no more than the allowed number of rows. */
function openStrips(rows: readonly (readonly Chunk[])[], allowed: number): readonly Separator[] {
  const events: { readonly x: number; readonly step: number }[] = [];
  for (const row of rows) {
    for (const chunk of row) events.push({ x: chunk.left, step: 1 }, { x: chunk.right, step: -1 });
  }
  events.sort((one, other) => one.x - other.x || other.step - one.step);
  const strips: Separator[] = [];
  let covering = 0;
  let seen = false;
  let openedAt: number | null = null;
  for (const event of events) {
    covering += event.step;
    if (covering > allowed) {
      if (openedAt !== null && seen && event.x > openedAt) strips.push({ left: openedAt, right: event.x });
      openedAt = null;
      seen = true;
    } else if (openedAt === null && seen) openedAt = event.x;
  }
  return strips;
}

/** Plumb rules inside the table, as strips without width. */
function ruledSeparators(table: { readonly area: Area; readonly verticals: readonly Rule[] }): readonly Separator[] {
  const { area } = table;
  const inside = table.verticals
    .filter((rule) => rule.left > area.left + 3 && rule.right < area.right - 3)
    .sort((one, other) => one.left - other.left);
  const found: Separator[] = [];
  let group: Rule[] = [];
  const endGroup = (): void => {
    const height = group.reduce((sum, rule) => sum + rule.bottom - rule.top, 0);
    const x = group[0]?.left;
    if (x !== undefined && height >= RULED_PART * (area.bottom - area.top)) found.push({ left: x, right: x });
    group = [];
  };
  for (const rule of inside) {
    if (group[0] !== undefined && rule.left - group[0].left > 3) endGroup();
    group.push(rule);
  }
  endGroup();
  return found;
}

/** A stretch of columns, both ends included. */
export interface ColumnRange {
  readonly first: number;
  readonly last: number;
}

/** Splits the chunks of a row where a separator falls between two words; what still crosses one spans columns. */
export function splitAtSeparators(row: readonly Chunk[], separators: readonly Separator[]): readonly Chunk[] {
  return row.flatMap((chunk) => {
    let rest: readonly Piece[] = [...chunk.pieces].sort((one, other) => one.left - other.left);
    const parts: Chunk[] = [];
    for (const separator of separators) {
      const middle = (separator.left + separator.right) / 2;
      const at = rest.findIndex((piece) => piece.left >= middle - 0.5);
      const before = rest[at - 1];
      const after = rest[at];
      if (at <= 0 || before === undefined || after === undefined) continue;
      const gap = after.left - before.right;
      // A word space inside a spanning cell may fall on a separator; only a gap as wide as words are far apart elsewhere parts it.
      const parted =
        before.right <= middle + 0.5 &&
        gap > WORD_SPACE_EM * Math.max(before.size, after.size) * (separator.right > separator.left ? 1 : 0.3);
      if (!parted || !rest.slice(0, at).every((piece) => piece.right <= middle + 0.5)) continue;
      parts.push(chunkOf(rest.slice(0, at)));
      rest = rest.slice(at);
    }
    return [...parts, chunkOf(rest)];
  });
}

/** In em: spaces between the words of one cell are at most so wide. */
const WORD_SPACE_EM = 0.36;

function chunkOf(pieces: readonly Piece[]): Chunk {
  return { pieces, left: pieces[0]?.left ?? 0, right: largest(pieces.map((piece) => piece.right)) };
}

/** The columns over which a stretch of x goes. */
export function columnsUnder(stretch: { readonly left: number; readonly right: number }, separators: readonly Separator[]): ColumnRange {
  let first = 0;
  let last = 0;
  separators.forEach((separator, index) => {
    const middle = (separator.left + separator.right) / 2;
    // Letters may lean over a separator a little without being in the next column.
    const lean = Math.min(3, 0.3 * (stretch.right - stretch.left));
    if (stretch.left >= middle - lean) first = index + 1;
    if (stretch.right > middle + lean) last = index + 1;
  });
  return { first: Math.min(first, last), last: Math.max(first, last) };
}
