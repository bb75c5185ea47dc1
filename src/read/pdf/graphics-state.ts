import { largest, smallest } from "../../model/many.ts";

/** Six numbers of an affine map: x' = a x + c y + e, y' = b x + d y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Matrix, inner: Matrix): Matrix {
  return [
    outer[0] * inner[0] + outer[2] * inner[1],
    outer[1] * inner[0] + outer[3] * inner[1],
    outer[0] * inner[2] + outer[2] * inner[3],
    outer[1] * inner[2] + outer[3] * inner[3],
    outer[0] * inner[4] + outer[2] * inner[5] + outer[4],
    outer[1] * inner[4] + outer[3] * inner[5] + outer[5],
  ];
}

/** The upright rectangle around a mapped rectangle: left, top, right, bottom. */
export function mappedBounds(matrix: Matrix, x0: number, y0: number, x1: number, y1: number): readonly [number, number, number, number] {
  const xs = [
    x0 * matrix[0] + y0 * matrix[2],
    x1 * matrix[0] + y0 * matrix[2],
    x0 * matrix[0] + y1 * matrix[2],
    x1 * matrix[0] + y1 * matrix[2],
  ];
  const ys = [
    x0 * matrix[1] + y0 * matrix[3],
    x1 * matrix[1] + y0 * matrix[3],
    x0 * matrix[1] + y1 * matrix[3],
    x1 * matrix[1] + y1 * matrix[3],
  ];
  return [smallest(xs) + matrix[4], smallest(ys) + matrix[5], largest(xs) + matrix[4], largest(ys) + matrix[5]];
}

/** What `q` saves and `Q` restores, as far as text and lines need it. Source: ISO 32000-1, 8.4 and 9.3. */
export interface GraphicsState {
  matrix: Matrix;
  textMatrix: Matrix;
  /** Pen and start of line, in text space. */
  x: number;
  y: number;
  lineX: number;
  lineY: number;
  fontId: string;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  horizontalScale: number;
  leading: number;
  rise: number;
  lineWidth: number;
  /** The rest is not of the page but of this reader: whether a matrix was set, and something drawn, since the last `q`. */
  moved: boolean;
  painted: boolean;
  picture: number;
}

export function initialState(matrix: Matrix): GraphicsState {
  return {
    matrix,
    textMatrix: IDENTITY,
    x: 0,
    y: 0,
    lineX: 0,
    lineY: 0,
    fontId: "",
    fontSize: 0,
    charSpacing: 0,
    wordSpacing: 0,
    horizontalScale: 1,
    leading: 0,
    rise: 0,
    lineWidth: 1,
    moved: false,
    painted: false,
    picture: 0,
  };
}
