/** Whether a number is a product, a quotient or a sum of figures around it: the best evidence of what it counts. */
import { dimensionOf } from "../language/unit-algebra.ts";
import type { Figure } from "./figure.ts";

export interface Arithmetic {
  readonly kind: "product" | "sum" | "conversion";
  readonly dimension: string;
}

/** How many of the nearest figures are combined. */
export const MOST_FIGURES = 8;
/** How near a product must come, and a sum. */
const SLACK = 0.006;

const HOURS: Readonly<Record<string, number>> = { second: 1 / 3600, minute: 1 / 60, hour: 1, day: 24, week: 168 };

interface Value {
  readonly value: number;
  readonly above: readonly string[];
  readonly below: readonly string[];
  readonly dimension: string;
}

/** All dimensions in which the number is met. */
export function arithmeticOf(value: number, near: readonly Figure[]): readonly Arithmetic[] {
  if (value <= 0) return [];
  const figures = near.slice(0, MOST_FIGURES).flatMap(worthOf);
  const found: Arithmetic[] = [];
  const meets = (other: number): boolean => Math.abs(other / value - 1) <= SLACK;
  const add = (above: readonly (readonly string[])[], below: readonly (readonly string[])[]): void => {
    found.push({ kind: "product", dimension: dimensionOf(above.flat(), below.flat()) });
  };
  const addQuotient = (whole: Value, part: Value, other: Value): void => {
    if (meets(whole.value / (part.value * other.value)))
      add([whole.above, part.below, other.below], [whole.below, part.above, other.above]);
  };
  // Asked of every number, and of all triples around it: nothing is made before one is met.
  for (let first = 0; first < figures.length; first += 1)
    for (let second = first + 1; second < figures.length; second += 1) {
      const [one, two] = [figures[first], figures[second]];
      if (one === undefined || two === undefined) continue;
      if (meets(one.value * two.value)) add([one.above, two.above], [one.below, two.below]);
      if (meets(one.value / two.value)) add([one.above, two.below], [one.below, two.above]);
      if (meets(two.value / one.value)) add([two.above, one.below], [two.below, one.above]);
      if (one.dimension === two.dimension && (meets(one.value + two.value) || meets(Math.abs(one.value - two.value))))
        found.push({ kind: "sum", dimension: one.dimension });
      for (let third = first + 2; third < figures.length; third += 1) {
        const three = figures[third];
        if (three === undefined) continue;
        if (meets(one.value * two.value * three.value)) add([one.above, two.above, three.above], [one.below, two.below, three.below]);
        addQuotient(one, two, three);
        addQuotient(two, one, three);
        addQuotient(three, one, two);
      }
    }
  for (const [dimension, same] of Map.groupBy(figures, (figure) => figure.dimension))
    if (same.length > 2 && meets(same.reduce((sum, figure) => sum + figure.value, 0))) found.push({ kind: "sum", dimension });
  return found;
}

/** Each figure is one of those around several others. */
const WORTHS = new WeakMap<Figure, readonly Value[]>();

function worthOf(figure: Figure): readonly Value[] {
  let worth = WORTHS.get(figure);
  if (worth === undefined) {
    worth = readWorth(figure);
    WORTHS.set(figure, worth);
  }
  return worth;
}

/** A figure in hours, with the dimensions of its unit; nothing for a range or what is zero. */
function readWorth(figure: Figure): readonly Value[] {
  const base = figure.number.value * figure.size;
  if (base <= 0 || figure.number.range !== null) return [];
  const factor =
    figure.above.reduce((product, { id }) => product * (HOURS[id] ?? 1), 1) /
    figure.below.reduce((product, { id }) => product * (HOURS[id] ?? 1), 1);
  const above = figure.above.map(({ dimension }) => dimension);
  const below = [...figure.below.map(({ dimension }) => dimension), ...(figure.per === "node" ? ["node"] : [])];
  return [{ value: base * factor, above, below, dimension: dimensionOf(above, below) }];
}
