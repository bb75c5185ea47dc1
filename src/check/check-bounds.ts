import { type Catalog, sourceOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Finding, Step } from "../model/finding.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { Figure, Quantity, Slot } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { brokenBound, MARGIN } from "./broken-bound.ts";
import { pairsOf } from "./own-pairs.ts";
import { impliedByTokens, impliedUtilization } from "./utilization-bounds.ts";
import { exactly, readStep } from "./working.ts";

/** A limit that one stated figure can break by itself. */
interface Limit {
  readonly slot: Slot;
  readonly side: "least" | "most";
  readonly value: number;
  /** In the unit of the slot. */
  readonly unit: string;
  readonly name: string;
  readonly source: string;
}

/** Definitions and physics: nothing on earth lies outside. */
const LIMITS: readonly Limit[] = [
  { slot: "pue", side: "least", value: 1, unit: "1", name: "PUE", source: "its definition: all energy over that of the machines" },
  { slot: "mfu", side: "most", value: 1, unit: "1", name: "utilization", source: "its definition: a share of the peak" },
  {
    slot: "carbon_intensity",
    side: "most",
    value: 1.3,
    unit: "kg/kWh",
    name: "carbon intensity of electricity",
    source: "oil shale and lignite, the dirtiest fuels that are burnt for it",
  },
];

/** A share cannot fall by more than all of it. */
const MOST_REDUCTION = 100;

/**
 * Tells figures that no reading can make possible: a PUE below one, a utilization above one, electricity dirtier than any fuel makes
 * it, a reduction by more than everything, more compute than the hardware can do in the time.
 */
export function checkBounds(
  catalog: Catalog,
  document: Document,
  runs: readonly Run[],
  quantities: readonly Quantity[],
): readonly Finding[] {
  return [
    ...quantities.flatMap((quantity) => beforeRelease(catalog, document.date, quantity, runs)),
    ...quantities.flatMap((quantity) => [
      ...brokenLimits(quantity, runs),
      ...overReduced(quantity, runs),
      ...oversizedSlice(catalog, quantity, runs),
    ]),
    ...runs.flatMap((run) => [
      ...impliedIntensity(run),
      ...impliedUtilization(catalog, run),
      ...impliedByTokens(catalog, document, run),
      ...utilizationsTurned(run),
    ]),
  ];
}

function brokenLimits(quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention, readings } = quantity;
  if (mention.role === "hypothetical" || mention.confidence < LEAST_CONFIDENCE) return [];
  return LIMITS.filter((limit) => readings.every((reading) => reading.slot === limit.slot && isBeyond(limit, reading.width.strict))).map(
    (limit) =>
      brokenBound(quantity, runs, {
        rule: `bound/${limit.slot.replaceAll("_", "-")}`,
        bound: { name: limit.name, limit: exactly(limit.value, limit.unit), source: limit.source },
        severity: mention.confidence >= SURE_CONFIDENCE ? "error" : "warning",
      }),
  );
}

const LEAST_CONFIDENCE = 0.85;
const SURE_CONFIDENCE = 0.95;

function isBeyond(limit: Limit, width: { readonly low: number; readonly high: number }): boolean {
  if (limit.side === "most") return width.low > limit.value * MARGIN;
  // A PUE has few digits, so a hundredth below its limit is wrong already; 0 or a tenth is another quantity.
  return width.high < limit.value && width.low > limit.value / 2;
}

/** "300% less": nothing can shrink by more than itself. */
/** "300% lower"; not "300% faster", which may be meant as a rate. */
function overReduced(quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention } = quantity;
  const isReduction = mention.kind === "ratio" && mention.unit === "percent" && mention.qualifiers.includes("less");
  if (!isReduction || mention.number.range !== null || mention.number.value <= MOST_REDUCTION) return [];
  const bound = { name: "a reduction", limit: exactly(MOST_REDUCTION, "percent"), source: "nothing can shrink by more than itself" };
  return [brokenBound(quantity, runs, { rule: "bound/reduction", bound, severity: "warning" })];
}

/** "a v3-4096 slice": larger than the pod that it is cut from. */
function oversizedSlice(catalog: Catalog, quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention, readings } = quantity;
  if (mention.kind !== "accelerators" || mention.noun !== "slice" || mention.per !== null) return [];
  const accelerator = readings[0].hardware === null ? null : hardwareById(catalog, readings[0].hardware);
  const pod = accelerator?.podCanonicalUnits ?? null;
  if (accelerator === null || pod === null || !readings.every((reading) => reading.width.strict.low > pod * MARGIN)) return [];
  const bound = {
    name: `a ${accelerator.name} pod`,
    limit: exactly(pod, accelerator.canonicalUnit),
    source: sourceOf(accelerator),
  };
  return [brokenBound(quantity, runs, { rule: "bound/slice", bound, severity: "warning" })];
}

/** Makers use their chips before they sell them, by about so much. Units: years. */
const EARLY_USE = 1.5;

/** Hardware that was not there when the document was written: the name or the date is wrong. */
function beforeRelease(catalog: Catalog, date: string | null, quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention } = quantity;
  if (mention.kind !== "accelerators" || mention.role !== "own" || date === null) return [];
  // A name may be of several products: the first that was there counts.
  const named = (mention.hardware?.accelerators ?? []).map((id) => hardwareById(catalog, id));
  const dated = named.flatMap((accelerator) => (accelerator?.released == null ? [] : [{ accelerator, released: accelerator.released }]));
  const [first] = dated.toSorted((left, right) => yearOf(left.released) - yearOf(right.released));
  if (first === undefined || dated.length < named.length) return [];
  const { accelerator, released } = first;
  const [written, there] = [yearOf(date), yearOf(released)];
  if (written + 1 >= there - EARLY_USE) return [];
  const bound = {
    name: `the release of ${accelerator.name}`,
    limit: exactly(Math.floor(there), "year"),
    source: sourceOf(accelerator),
  };
  return [brokenBound(quantity, runs, { rule: "bound/release", bound, severity: "note" })];
}

/** "2019-06" is 2019.42; a date without its month may be any day of the year. */
function yearOf(date: string): number {
  const [year, month] = date.split("-").map(Number);
  return (year ?? 0) + ((month ?? 1) - 1) / 12;
}

/** The intensity that stated carbon and energy of one sentence or row ask for. */
function impliedIntensity(run: Run): readonly Finding[] {
  const limit = LIMITS.find((candidate) => candidate.slot === "carbon_intensity");
  // A column of figures that prints no unit may be of pounds.
  const pairs = pairsOf(run, "carbon", "energy").filter((pair) =>
    // What is told to stay below something is a remark, and mostly on a part.
    pair.every(({ mention }) => /\p{L}/u.test(mention.text) && mention.hedge !== "under" && mention.hedge !== "up-to"),
  );
  if (limit === undefined) return [];
  return pairs.flatMap(([carbon, energy]) => {
    const [mass, used] = [carbon.readings[0].width, energy.readings[0].width];
    const low = mass.generous.low / used.generous.high;
    if (!(low > limit.value * MARGIN)) return [];
    const steps = [readStep(carbon), readStep(energy), quotient(carbon, energy, "kg/kWh", "bound/carbon-intensity")];
    const bound = { name: limit.name, limit: exactly(limit.value, limit.unit), source: limit.source };
    return [brokenBound(carbon, [run], { rule: "bound/carbon-intensity", bound, severity: "warning", premises: [energy], steps })];
  });
}

/** Recomputed activations only add to what the hardware does: its utilization is at least that of the model. */
function utilizationsTurned(run: Run): readonly Finding[] {
  return pairsOf(run, "hfu", "mfu").flatMap(([hardware, model]) => {
    if (!(hardware.readings[0].width.generous.high < model.readings[0].width.generous.low)) return [];
    const { value } = model.readings[0].printed;
    const bound = {
      name: "utilization of the hardware",
      limit: exactly(value, model.readings[0].printed.unit),
      source: "its definition: all that is computed, recomputed activations as well",
    };
    return [brokenBound(hardware, [run], { rule: "bound/hfu", bound, severity: "warning", premises: [model] })];
  });
}

function quotient(over: Quantity, under: Quantity, unit: string, rule: string): Step {
  const [left, right] = [over, under].map(
    ({ readings: [{ width, baseUnit }] }): Figure => ({
      value: width.face,
      low: width.generous.low,
      high: width.generous.high,
      unit: baseUnit,
    }),
  );
  if (left === undefined || right === undefined) throw new Error("a quotient has two figures");
  const value = left.value / right.value;
  return {
    kind: "compute",
    rule,
    terms: [
      { operator: "*", figure: left },
      { operator: "/", figure: right },
    ],
    result: { value, low: left.low / right.high, high: left.high / right.low, unit },
    from: [over.mention.id, under.mention.id],
    facts: [],
  };
}
