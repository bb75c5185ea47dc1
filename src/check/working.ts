import type { Step } from "../model/finding.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import { figureOf } from "./estimate.ts";

/** The line of the working that says what is read from the page, as it is understood most likely. */
export function readStep({ mention, readings: [{ slot, printed }] }: Quantity): Step {
  return { kind: "read", mention: mention.id, slot, figure: printed, assumes: [] };
}

/** A figure in its base unit, as it is understood most likely. */
export function baseFigure({ readings: [{ width, baseUnit }] }: Quantity): Figure {
  return figureOf(width, baseUnit);
}

/** Its value in the base unit, as it is understood most likely. */
export function faceOf({ readings: [{ width }] }: Quantity): number {
  return width.face;
}

/** A figure without doubt. */
export function exactly(value: number, unit: string): Figure {
  return { value, low: value, high: value, unit };
}

/** One figure multiplied with or divided by another. */
interface OfTwo {
  readonly rule: string;
  readonly first: Quantity;
  readonly operator: "*" | "/";
  readonly second: Quantity;
  /** What is multiplied or divided after them: a unit. */
  readonly rest?: readonly { readonly operator: "*" | "/"; readonly figure: Figure }[];
  readonly result: Figure;
  /** The two in the order in which they are told. */
  readonly told?: readonly [Quantity, Quantity];
}

/** The working of a figure that comes of two: both as they are read, and the line that works it out. */
export function stepsOfTwo({ rule, first, operator, second, rest = [], result, told = [first, second] }: OfTwo): readonly Step[] {
  return [
    ...told.map(readStep),
    {
      kind: "compute",
      rule,
      terms: [{ operator: "*", figure: baseFigure(first) }, { operator, figure: baseFigure(second) }, ...rest],
      result,
      from: told.map(({ mention }) => mention.id),
      facts: [],
    },
  ];
}
