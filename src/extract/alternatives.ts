/** What else a figure may be than the grammar's first reading: another kind of the same dimension, a price told like a cost. */

import type { UnitAlgebra } from "../language/unit-algebra.ts";
import { dimensionOfPhrase } from "../language/unit-phrase.ts";
import type { KindDefinition } from "../model/lexicon.ts";
import type { Figure } from "./figure.ts";

/** The figure as every kind that its unit admits, its own first. `prices` are those around, whose unit a bare price goes on from. */
export function alternativesOf(algebra: UnitAlgebra, figure: Figure, prices: readonly Figure[]): readonly Figure[] {
  const kinds: Figure[] = [figure];
  const add = (kind: KindDefinition | null, change: Partial<Figure> = {}): void => {
    if (kind !== null && !kinds.some((known) => known.kind.kind === kind.kind)) kinds.push({ ...figure, ...change, kind });
  };
  const first = figure.above[0];
  const value = figure.number.value * figure.size;
  // "tokens per batch" says what it is.
  const isOfBatch = figure.below.some(({ id }) => id === "batch");
  for (const kind of algebra.kindsOf(dimensionOfPhrase({ above: figure.above, below: [] }))) {
    const isTooLarge = kind.kind === "batch" && first?.dimension === "token" && value > MOST_OF_A_BATCH;
    // A number of sequences is no length of one.
    const isOfMany = kind.kind === "sequence-length" && first?.id === "sequence" && figure.rule === "unit";
    if (!isTooLarge && !isOfMany && !isOfBatch && (figure.below.length === 0 || figure.kind.isNamed)) add(kind);
  }
  if (first === undefined) return kinds;
  const [second, hour] = [algebra.atom("second"), algebra.atom("hour")];
  const isRate =
    first.id === "flop" &&
    value < LEAST_WORK &&
    figure.size >= LEAST_PREFIX &&
    second !== null &&
    figure.below.every(({ dimension }) => dimension === "accelerator" || dimension === "node");
  if (isRate) add(algebra.kind("flop-rate"), { below: [second, ...figure.below] });
  if (first.dimension === "time" && figure.below.length === 0 && SHORT.has(first.id)) add(algebra.kind("step-time"), { per: null });
  addOtherDimensions(algebra, figure, add);
  if (first.dimension === "money" && figure.below.length === 0) add(algebra.kind("price"), priceUnit(algebra, prices));
  // "$2.72 an hour, 34 cents a card".
  if (
    first.dimension === "money" &&
    hour !== null &&
    figure.below.length > 0 &&
    figure.below.every(({ dimension }) => OWNERS.has(dimension))
  )
    add(algebra.kind("price"), { below: [...figure.below, hour] });
  return kinds;
}

const OWNERS: ReadonlySet<string> = new Set(["accelerator", "node"]);

type Add = (kind: KindDefinition | null, change?: Partial<Figure>) => void;

/** What people tell in the unit of something else: hours that are those of all devices, how often a corpus was seen, grams that are per kWh. */
function addOtherDimensions(algebra: UnitAlgebra, figure: Figure, add: Add): void {
  const first = figure.above[0];
  if (first === undefined || figure.above.length > 1 || figure.below.length > 0) return;
  const value = figure.number.value * figure.size;
  const [gpu, epoch, parameter, kWh] = [algebra.atom("gpu"), algebra.atom("epoch"), algebra.atom("parameter"), algebra.atom("kWh")];
  if ((first.id === "hour" || first.id === "day") && gpu !== null && figure.per === null)
    add(algebra.kind("accelerator-hours"), { above: [gpu, first] });
  if (first.dimension === "multiple" && epoch !== null) add(algebra.kind("epochs"), { above: [epoch] });
  const isSize = value >= LEAST_SIZE && (first.dimension === "accelerator" || figure.rule === "shared unit");
  if (isSize && parameter !== null) add(algebra.kind("parameters"), { above: [parameter], size: 1, product: null });
  const grams = first.id === "g" ? value : first.id === "kg" ? value * 1000 : Number.POSITIVE_INFINITY;
  if (grams <= MOST_OF_GRIDS && kWh !== null) add(algebra.kind("carbon-intensity"), { below: [kWh] });
}

/** A model of fewer parameters goes by no size. */
const LEAST_SIZE = 1e6;
/** No grid emits more. Units: g/kWh. */
const MOST_OF_GRIDS = 1500;

/** No batch is larger. Units: tokens. */
const MOST_OF_A_BATCH = 3e8;

/** No training is of fewer operations, and few machines do more in a second. Units: flop. */
const LEAST_WORK = 1e18;
/** A rate is told in tera or more. */
const LEAST_PREFIX = 1e12;

const SHORT: ReadonlySet<string> = new Set(["millisecond", "second", "minute"]);

function priceUnit(algebra: UnitAlgebra, prices: readonly Figure[]): Pick<Figure, "below" | "product"> {
  const known = prices[0];
  if (known !== undefined) return { below: known.below, product: null };
  const [gpu, hour] = [algebra.atom("gpu"), algebra.atom("hour")];
  return { below: gpu === null || hour === null ? [] : [gpu, hour], product: null };
}
