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
