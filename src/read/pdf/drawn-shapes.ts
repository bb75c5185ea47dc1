import { OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { type GraphicsState, type Matrix, mappedBounds } from "./graphics-state.ts";
import type { DrawnRule, Rule } from "./page-content.ts";

/** Units: points. A rule is thinner than this, and longer than the next. */
const RULE_THICKNESS = 2.5;
const RULE_LENGTH = 5;
/** Paths with more numbers than this are drawings; nobody rules a table in one stroke of hundreds of lines. */
const LONGEST_RULED_PATH = 600;
/** Units: square points. Smaller pictures are bullets and specks. */
const SMALLEST_PICTURE = 150;
/** More shapes than this on one page are a plot or a map, of which no more need be known. */
const MOST_SHAPES = 20_000;

/** Operators of `constructPath` data. Source: pdf.js 5.4, DrawOPS. */
const MOVE = 0;
const LINE = 1;
const CURVE = 2;
const CLOSE = 3;

/** The straight lines and the pictures that a page draws. */
export class DrawnShapes {
  readonly horizontals: DrawnRule[] = [];
  readonly verticals: DrawnRule[] = [];
  readonly pictures: Rule[] = [];

  addPicture(bounds: readonly [number, number, number, number]): void {
    const [left, top, right, bottom] = bounds;
    if ((right - left) * (bottom - top) < SMALLEST_PICTURE || this.pictures.length > MOST_SHAPES) return;
    this.pictures.push({ left, top, right, bottom });
  }

  addPath(args: readonly unknown[], state: GraphicsState): void {
    const paint = args[0];
    const data = Array.isArray(args[1]) ? (args[1] as readonly unknown[])[0] : null;
    if (paint === OPS.endPath || !(data instanceof Float32Array)) return;
    const stroked = paint === OPS.stroke || paint === OPS.closeStroke;
    const half = stroked ? (state.lineWidth * Math.hypot(state.matrix[0], state.matrix[1])) / 2 : 0;
    if (data.length > LONGEST_RULED_PATH) {
      this.#addDrawing(data, state.matrix);
      return;
    }
    for (const part of subpaths(data)) this.#addSubpath(part, state, half, stroked);
  }

  #addDrawing(data: Float32Array, matrix: Matrix): void {
    let [x0, y0, x1, y1] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const part of subpaths(data)) {
      x0 = Math.min(x0, part.x0);
      y0 = Math.min(y0, part.y0);
      x1 = Math.max(x1, part.x1);
      y1 = Math.max(y1, part.y1);
    }
    if (x0 <= x1) this.addPicture(mappedBounds(matrix, x0, y0, x1, y1));
  }

  #addSubpath(part: Subpath, state: GraphicsState, half: number, stroked: boolean): void {
    const { picture } = state;
    const [left, top, right, bottom] = mappedBounds(state.matrix, part.x0, part.y0, part.x1, part.y1);
    const width = right - left;
    const height = bottom - top;
    if (height + 2 * half <= RULE_THICKNESS) {
      if (width >= RULE_LENGTH) this.#addRule(this.horizontals, { left, right, top: top - half, bottom: bottom + half, picture });
    } else if (width + 2 * half <= RULE_THICKNESS) {
      if (height >= RULE_LENGTH) this.#addRule(this.verticals, { left: left - half, right: right + half, top, bottom, picture });
    } else if (part.curved || !part.upright) {
      this.addPicture([left, top, right, bottom]);
    } else if (stroked) {
      // A frame is four rules.
      this.#addRule(this.horizontals, { left, right, top: top - half, bottom: top + half, picture });
      this.#addRule(this.horizontals, { left, right, top: bottom - half, bottom: bottom + half, picture });
      this.#addRule(this.verticals, { left: left - half, right: left + half, top, bottom, picture });
      this.#addRule(this.verticals, { left: right - half, right: right + half, top, bottom, picture });
    }
  }

  #addRule(list: DrawnRule[], rule: DrawnRule): void {
    if (list.length < MOST_SHAPES) list.push(rule);
  }
}

interface Subpath {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  curved: boolean;
  /** All lines level or plumb. */
  upright: boolean;
}

function* subpaths(data: Float32Array): Generator<Subpath> {
  let part: Subpath | null = null;
  let x = 0;
  let y = 0;
  for (let index = 0; index < data.length; ) {
    const operator = data[index] ?? CLOSE;
    if (operator === CLOSE) {
      index += 1;
      continue;
    }
    const count = operator === CURVE ? 6 : 2;
    if (operator === MOVE) {
      if (part !== null) yield part;
      x = data[index + 1] ?? 0;
      y = data[index + 2] ?? 0;
      part = { x0: x, y0: y, x1: x, y1: y, curved: false, upright: true };
    } else if (part !== null) {
      const fromX = x;
      const fromY = y;
      for (let at = index + 1; at < index + count; at += 2) {
        x = data[at] ?? x;
        y = data[at + 1] ?? y;
        part.x0 = Math.min(part.x0, x);
        part.y0 = Math.min(part.y0, y);
        part.x1 = Math.max(part.x1, x);
        part.y1 = Math.max(part.y1, y);
      }
      if (operator === CURVE) part.curved = true;
      else if (operator === LINE && Math.abs(x - fromX) > 0.5 && Math.abs(y - fromY) > 0.5) part.upright = false;
    }
    index += count + 1;
  }
  if (part !== null) yield part;
}
