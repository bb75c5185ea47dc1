import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Bound, Finding, Step } from "../model/finding.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { Figure, Quantity, Reading, Slot } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { brokenBound, exactly, readStep } from "./broken-bound.ts";
import { distanceBetween } from "./derive.ts";

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

/** A limit broken by less than this is odd, not impossible: it may be rounding or a figure for something a little different. */
const MARGIN = 1.1;

/** Figures further apart than one block may be of different things. */
const MOST_DISTANCE = 2;

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
function overReduced(quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention } = quantity;
  const isReduction = mention.kind === "ratio" && mention.unit === "percent" && REDUCTION.test(mention.text);
  if (!isReduction || mention.number.range !== null || mention.number.value <= MOST_REDUCTION) return [];
  const bound = { name: "a reduction", limit: exactly(MOST_REDUCTION, "percent"), source: "nothing can shrink by more than itself" };
  return [brokenBound(quantity, runs, { rule: "bound/reduction", bound, severity: "warning" })];
}

/** Matches "% less", "percent reduction"; not "% faster", which may be meant as a rate. */
const REDUCTION = /(?:less|fewer|lower|cheaper|reduction|decrease)\s*$/i;

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
    source: accelerator.sources[0]?.title ?? "hardware catalog",
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
    source: accelerator.sources[0]?.title ?? "hardware catalog",
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
  const pairs = pairsOf(run, "carbon", "energy").filter((pair) => pair.every(({ mention }) => /\p{L}/u.test(mention.text)));
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

/** The share of the peak that stated compute asks for, under the readings and precisions that make it least. */
function impliedUtilization(catalog: Catalog, run: Run): readonly Finding[] {
  return pairsOf(run, "flop", "wall_time").flatMap(([flop, time]) => {
    const most = mostCompute(catalog, run, [flop, time]);
    if (most === null || flop.readings[0].width.generous.low <= most.flop * MARGIN) return [];
    const steps = [readStep(most.count), readStep(time), readStep(flop)];
    return [
      brokenBound(flop, [run], { rule: "bound/utilization", bound: most.bound, severity: "warning", premises: [most.count, time], steps }),
    ];
  });
}

/** Operations for each parameter and token: the least that any use takes, and what training takes. */
const LEAST_FLOP = 2;
const TRAINING_FLOP = 6;

/** Larger models are mostly sparse, and only what a token passes through counts. */
const MOST_DENSE_PARAMETERS = 3e11;

/** Matches "mixture-of-experts", "MoE", "activated parameters", "sparse model"; not "sparse attention". */
const SPARSE = /\b(?:mixture[\s-]of[\s-]experts|MoE|experts|activated|sparse(?:ly)?[\s-](?:model|activated|gated|network))\b/i;

/**
 * The same where parameters and tokens are told instead of compute: what not even one forward pass of each token fits into cannot be,
 * and what training does not fit into is odd.
 *
 * Of models that are or may be sparse nothing is said.
 */
function impliedByTokens(catalog: Catalog, document: Document, run: Run): readonly Finding[] {
  return pairsOf(run, "tokens", "wall_time").flatMap(([tokens, time]) => {
    const [pair] = pairsOf(run, "parameters", "tokens");
    const parameters = pair?.[0];
    const most = mostCompute(catalog, run, [tokens, time], (count) => likelyReadings(catalog, count));
    if (parameters === undefined || most === null) return [];
    const size = parameters.readings[0].width.generous.low;
    const around = document.text.slice(
      document.blocks[tokens.mention.block]?.span.start ?? 0,
      document.blocks[tokens.mention.block]?.span.end ?? 0,
    );
    const amount = size * tokens.readings[0].width.generous.low;
    if (size > MOST_DENSE_PARAMETERS || SPARSE.test(around) || amount * TRAINING_FLOP <= most.flop) return [];
    const isImpossible = amount * LEAST_FLOP > most.flop * MARGIN;
    const factor = isImpossible ? LEAST_FLOP : TRAINING_FLOP;
    const limit = exactly(Math.floor(most.flop / (parameters.readings[0].width.face * factor)), "token");
    const bound: Bound = { ...most.bound, name: `${most.bound.name} at ${factor} FLOP for each parameter and token`, limit };
    const steps = [readStep(parameters), readStep(most.count), readStep(time), readStep(tokens)];
    const premises = [parameters, most.count, time];
    return [brokenBound(tokens, [run], { rule: "bound/utilization", bound, severity: isImpossible ? "warning" : "note", premises, steps })];
  });
}

/** A count lighter than this, or of more than a pod, is nobody's. */
const LEAST_WEIGHT = 0.1;

function likelyReadings(catalog: Catalog, count: Quantity): readonly Reading[] {
  const podOf = (id: string | null): number => (id === null ? null : hardwareById(catalog, id)?.podCanonicalUnits) ?? Infinity;
  const likely = count.readings.filter(
    ({ weight, contradictsPrint, width, hardware }) => weight >= LEAST_WEIGHT && !contradictsPrint && width.face <= podOf(hardware),
  );
  return likely.length > 0 ? likely : count.readings;
}

/** What the accelerators of a run can compute in a time at most; null where their number or peak is not known. */
function mostCompute(
  catalog: Catalog,
  run: Run,
  [claim, time]: readonly [Quantity, Quantity],
  readings: (count: Quantity) => readonly Reading[] = (count) => count.readings,
): { readonly flop: number; readonly count: Quantity; readonly bound: Bound } | null {
  const count = run.quantities.find(
    (quantity) => quantity.readings[0].slot === "accelerators" && distanceBetween(quantity.mention, claim.mention) < MOST_DISTANCE,
  );
  if (count === undefined || run.lent.has(count.mention.id)) return null;
  const most = Math.max(...readings(count).map((reading) => reading.width.generous.high * peakOf(catalog, reading.hardware)));
  const flop = most * time.readings[0].width.generous.high * SECONDS_IN_HOUR;
  if (!Number.isFinite(flop) || flop <= 0) return null;
  const bound: Bound = {
    name: "what the hardware can compute in the time",
    limit: exactly(flop, "flop"),
    source: "its highest dense peak, under the reading that gives most",
  };
  return { flop, count, bound };
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

const SECONDS_IN_HOUR = 3600;

/** The highest dense peak of a product in any precision. Units: flop/s. Infinite for a product that is not known. */
function peakOf(catalog: Catalog, hardware: string | null): number {
  const accelerator = hardware === null ? null : hardwareById(catalog, hardware);
  const peaks = Object.values(accelerator?.densePeakTeraflops ?? {});
  return peaks.length === 0 ? Infinity : Math.max(...peaks) * 1e12;
}

/** Pairs of own figures of two slots that stand together; none where the run has several of one. */
function pairsOf(run: Run, left: Slot, right: Slot): readonly (readonly [Quantity, Quantity])[] {
  const of = (slot: Slot): readonly Quantity[] =>
    run.quantities.filter(
      ({ mention, readings }) =>
        readings[0].slot === slot && !run.lent.has(mention.id) && mention.role !== "hypothetical" && mention.confidence >= SURE_CELL,
    );
  const [ones, others] = [of(left), of(right)];
  const [one, other] = [ones[0], others[0]];
  if (one === undefined || other === undefined || ones.length > 1 || others.length > 1) return [];
  return distanceBetween(one.mention, other.mention) < MOST_DISTANCE ? [[one, other]] : [];
}

const SURE_CELL = 0.9;

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
