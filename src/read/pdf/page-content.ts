/** How a font looks, as far as layout cares. */
export interface FontLook {
  /** Name in the file without the tag of a subset: "NimbusRomNo9L-Medi". */
  readonly name: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly monospaced: boolean;
}

/**
 * Glyphs in a row without a gap: one font, one size, one baseline.
 *
 * Units: points from the top left corner of the page, turned so that the piece runs from left to right.
 */
export interface Piece {
  readonly text: string;
  /** Left edge of each code unit of `text`, then the right edge of the last. */
  readonly edges: readonly number[];
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  /** Height of the em square. */
  readonly size: number;
  readonly font: FontLook;
  /** Place in the order of drawing. */
  readonly rank: number;
  /** True where a space was drawn before it. */
  readonly spaced: boolean;
  /** The picture that draws it, counted from 1; 0 for text of the page itself. */
  readonly picture: number;
}

/** A straight line as borders and separators are drawn: thin in one direction. */
export interface Rule {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A rule, and the picture that draws it; 0 for a rule of the page itself. */
export interface DrawnRule extends Rule {
  readonly picture: number;
}

/** What a page shows, in the direction in which most of its text runs. */
export interface PageContent {
  /** 1-based. */
  readonly number: number;
  /** Size as displayed. */
  readonly width: number;
  readonly height: number;
  /** Quarter turns, clockwise, from the page as displayed to the frame of `pieces` and `rules`; 0 for nearly all pages. */
  readonly turn: Turn;
  /** In the order of drawing. */
  readonly pieces: readonly Piece[];
  /** Text that runs in another direction: stamps in the margin, labels of axes. Each in the frame of its own turn. */
  readonly turned: readonly TurnedPiece[];
  readonly horizontals: readonly DrawnRule[];
  readonly verticals: readonly DrawnRule[];
  /** Where pictures, included drawings and shaded boxes are. */
  readonly pictures: readonly Rule[];
}

export type Turn = 0 | 1 | 2 | 3;

export interface TurnedPiece {
  readonly turn: Turn;
  readonly piece: Piece;
}

/** Size of a page seen after `turn` quarter turns. */
export function frameSize(width: number, height: number, turn: Turn): { readonly width: number; readonly height: number } {
  return turn % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** A rectangle in a turned frame as it stands on the page as displayed. */
export function onPage(rectangle: Rule, width: number, height: number, turn: Turn): Rule {
  switch (turn) {
    case 0:
      return rectangle;
    case 1:
      return { left: rectangle.top, right: rectangle.bottom, top: height - rectangle.right, bottom: height - rectangle.left };
    case 2:
      return {
        left: width - rectangle.right,
        right: width - rectangle.left,
        top: height - rectangle.bottom,
        bottom: height - rectangle.top,
      };
    case 3:
      return { left: width - rectangle.bottom, right: width - rectangle.top, top: rectangle.left, bottom: rectangle.right };
  }
}

/** A rectangle of the page as displayed, seen in a turned frame. */
export function inFrame(rectangle: Rule, width: number, height: number, turn: Turn): Rule {
  const back: Turn = turn === 1 ? 3 : turn === 3 ? 1 : turn;
  const frame = frameSize(width, height, turn);
  return onPage(rectangle, frame.width, frame.height, back);
}
