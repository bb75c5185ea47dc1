import type { Catalog } from "../model/catalog.ts";
import type { Interval } from "../model/interval.ts";
import type { Mention } from "../model/mention.ts";
import type { Quantity, Reading } from "../model/quantity.ts";
import type { DimensionTable, Kept } from "./dimension-table.ts";
import { type Dimensions, isEmpty, keyOf, NO_DIMENSION, readDimensions, times } from "./dimensions.ts";

/** One way to understand a figure, as a number with a dimension. Values are natural logarithms, for all of them are factors. */
export interface TypedValue {
  /** Place of the quantity among those of the document, in reading order. */
  readonly at: number;
  readonly quantity: Quantity;
  readonly reading: Reading;
  readonly dimensions: Dimensions;
  readonly key: string;
  readonly kept: Kept;
  readonly face: number;
  readonly log: number;
  readonly strict: Interval;
  readonly generous: Interval;
  readonly weight: number;
  /** The figure is of one of something ("per run"), and is taken here for what is asked of. */
  readonly isUnscoped: boolean;
  /** A percentage taken for what it makes of a whole: "30 % more" for 1.3, "80 % less" for 0.2. */
  readonly change: "more" | "less" | null;
  /** What the figure is taken for beside what it is printed as: "one node" for a count that may be of each; null for nothing. */
  readonly takenFor: string | null;
  /** Half the width that rounding gives it, as a premise and as a claim, whose hedge is believed. */
  readonly half: number;
  readonly claimHalf: number;
  /** What is added up in a sum: the value itself, then the ends of `strict` and `generous`. */
  readonly linear: Linear;
}

export type Linear = readonly [number, number, number, number, number];

/** A value before it takes part in the search. */
type Draft = Omit<TypedValue, "kept" | "half" | "claimHalf" | "linear">;

/** Dimensions of the slots of a catalog. */
export interface Slots {
  readonly of: (slot: string) => Dimensions | null;
  /** Whether a slot, or one over it, has some dimensions; money of any country is money, and a node as good as an accelerator. */
  readonly has: (dimensions: Dimensions) => boolean;
}

const SLOTS = new WeakMap<Catalog, Slots>();

/** Dimensions that are worked out of others. */
export const DERIVED: Readonly<Record<string, string>> = { energy: "power*time" };

/** A catalog is never changed, so its dimensions are read once. */
export function slotsOf(catalog: Catalog): Slots {
  const known = SLOTS.get(catalog);
  if (known !== undefined) return known;
  const byId = new Map(
    catalog.slots.map((slot) => [slot.id as string, slot.dimension === "1" ? NO_DIMENSION : readDimensions(slot.dimension, DERIVED)]),
  );
  const keys = new Set([...byId.values()].flatMap((dimensions) => [keyOf(dimensions), keyOf(times(NO_DIMENSION, dimensions, -1))]));
  const plain = (dimensions: Dimensions): Dimensions =>
    Object.fromEntries(
      Object.entries(dimensions).map(([name, power]) => [
        name.startsWith("money ") ? "money" : name === "node" ? "accelerator" : name,
        power,
      ]),
    );
  const slots: Slots = {
    of: (slot) => byId.get(slot) ?? null,
    has: (dimensions) => !isEmpty(dimensions) && keys.has(keyOf(plain(dimensions))),
  };
  SLOTS.set(catalog, slots);
  return slots;
}

/** What a denominator counts, by its word; a word that is not here is a dimension of its own. */
const COUNTED: Readonly<Record<string, string>> = {
  gpu: "accelerator",
  chip: "accelerator",
  card: "accelerator",
  device: "accelerator",
  module: "accelerator",
  server: "node",
  machine: "node",
  instance: "node",
  host: "node",
  iteration: "step",
  update: "step",
  image: "sample",
  sequence: "sample",
  word: "token",
  seed: "run",
  trial: "run",
  experiment: "run",
  model: "run",
  fold: "run",
  part: "run",
  configuration: "run",
  job: "run",
};

const NODE_WORDS = new RegExp(
  `\\b(?:node|${Object.keys(COUNTED)
    .filter((word) => COUNTED[word] === "node")
    .join("|")})`,
  "i",
);

/** Whether a text speaks of machines that hold accelerators. */
export function hasNodes(text: string): boolean {
  return NODE_WORDS.test(text);
}

/** A reading lighter than this rescues no claim: that it fits is a slip that explains. */
const LEAST_WEIGHT = 0.1;

/** What a document tells beside its figures, which opens other ways to understand them. */
export interface Company {
  readonly hasEpochs: boolean;
  readonly hasNodes: boolean;
  /** It counts its machines. */
  readonly countsNodes: boolean;
}

/** The typed values of a figure, likeliest first. */
export function typedValues(
  catalog: Catalog,
  table: DimensionTable,
  quantity: Quantity,
  at: number,
  { hasEpochs, hasNodes, countsNodes }: Company,
): readonly TypedValue[] {
  const slots = slotsOf(catalog);
  const admitted = quantity.readings.filter(({ contradictsPrint, weight }) => !contradictsPrint && weight >= LEAST_WEIGHT);
  const values = (admitted.length > 0 ? admitted : quantity.readings).flatMap((reading) => ofReading(slots, quantity, reading, at));
  const nodes = ofNodes(slots, quantity, at);
  const epochs = values.flatMap((value) => (hasEpochs ? ofOneEpoch(value) : ofOnlyEpoch(value)));
  const each = hasNodes ? values.flatMap((value) => ofOneNode(value)) : [];
  const single = values.flatMap((value) => [
    ...ofOneAccelerator(value),
    ...ofAllAccelerators(value),
    ...ofOnlyNode(value, countsNodes),
    ...ofEnergy(value),
  ]);
  const seen = new Set<string>();
  return [...nodes, ...values, ...epochs, ...each, ...single, ...ofChange(values)].flatMap((value): readonly TypedValue[] => {
    const key = `${value.key} ${value.log}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [finished(table, value)];
  });
}

function finished(table: DimensionTable, value: Draft): TypedValue {
  const { log, strict, generous, quantity } = value;
  return {
    ...value,
    kept: table.of(value.key, value.dimensions),
    half: halfWidth(strict, log),
    claimHalf: halfWidth(quantity.mention.hedge === null ? strict : generous, log),
    linear: [Math.exp(log), Math.exp(strict.low), Math.exp(strict.high), Math.exp(generous.low), Math.exp(generous.high)],
  };
}

/** The longer way from a value to an end of its interval; an open end tells nothing. */
export function halfWidth({ low, high }: Interval, at: number): number {
  const [down, up] = [at - low, high - at];
  return Math.max(Number.isFinite(down) ? down : 0, Number.isFinite(up) ? up : 0);
}

function ofReading(slots: Slots, quantity: Quantity, reading: Reading, at: number): readonly Draft[] {
  const { mention } = quantity;
  // A token passes through the activated parameters alone, which are told beside the total.
  if (!(reading.width.face > 0) || reading.slot === "total_parameters") return [];
  const told = rateOf(mention) ?? dimensionsOf(slots, reading, mention);
  if (told === null) return [];
  const own = made(quantity, reading, at, told.dimensions, told.scale, reading.weight, false);
  const scope = mention.per === null ? undefined : (COUNTED[mention.per] ?? mention.per);
  if (scope === undefined || scope !== "run" || (told.dimensions["run"] ?? 0) === 0) return [own];
  return [own, made(quantity, reading, at, times(told.dimensions, { run: 1 }, 1), told.scale, reading.weight, true)];
}

function made(
  quantity: Quantity,
  reading: Reading,
  at: number,
  dimensions: Dimensions,
  scale: number,
  weight: number,
  isUnscoped: boolean,
): Draft {
  const { width } = reading;
  const log = (value: number): number => Math.log(Math.max(value, 0) * scale);
  return {
    at,
    quantity,
    reading,
    dimensions,
    key: keyOf(dimensions),
    face: width.face * scale,
    log: log(width.face),
    strict: { low: log(width.strict.low), high: log(width.strict.high) },
    generous: { low: log(width.generous.low), high: log(width.generous.high) },
    weight,
    isUnscoped,
    change: null,
    takenFor: null,
  };
}

interface Told {
  readonly dimensions: Dimensions;
  /** What turns the reading's value into the base units of the dimensions. */
  readonly scale: number;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, second: 1, min: 60, minute: 60, h: 3600, hour: 3600, day: 86400, d: 86400 };

/** Rates by their unit, "token/s/accelerator", in hours; null for what is no rate. */
function rateOf(mention: Mention): Told | null {
  if (mention.kind !== "throughput" && mention.kind !== "ratio") return null;
  const [above = "", ...below] = mention.unit.split("/");
  if (mention.kind === "ratio" && below.length === 0) return null;
  let dimensions: Dimensions = { [COUNTED[above] ?? above]: 1 };
  let scale = 1;
  for (const unit of [...below, ...(mention.kind === "throughput" && mention.per !== null && below.length < 2 ? [mention.per] : [])]) {
    const seconds = SECONDS[unit];
    if (seconds !== undefined) scale *= 3600 / seconds;
    dimensions = times(
      dimensions,
      { [seconds === undefined ? (COUNTED[unit] ?? (unit === "core" ? "accelerator" : unit)) : "time"]: 1 },
      -1,
    );
  }
  return { dimensions, scale };
}

function dimensionsOf(slots: Slots, reading: Reading, mention: Mention): Told | null {
  const known = slots.of(reading.slot);
  const cut = reading.slot.indexOf("_per_");
  const plain = known ?? (cut < 0 ? unknownSlot(mention) : slots.of(reading.slot.slice(0, cut)));
  if (plain === null) return null;
  let dimensions = hardwareIn(plain, reading, mention);
  // Rates of work are told by the second.
  let scale = mention.kind === "flop-rate" ? 3600 : 1;
  if (known !== null && reading.slot.endsWith("_1e12_token")) scale = 1e-12;
  if (reading.currency !== null) dimensions = moneyIn(dimensions, reading.currency);
  if (mention.kind === "accelerator-hours" && !mention.unit.includes("-")) dimensions = { [`money ${mention.unit}`]: 1 };
  if (known === null && cut >= 0) {
    const per = reading.slot.slice(cut + "_per_".length);
    if (per === "1e12_token") {
      dimensions = times(dimensions, { token: 1 }, -1);
      scale = 1e-12;
    } else if (per !== "all_runs") {
      const name = COUNTED[per] ?? per;
      // A power of each accelerator is a power by accelerator already.
      if ((dimensions[name] ?? 0) >= 0) dimensions = times(dimensions, { [name]: 1 }, -1);
    }
  }
  // Hours and kilowatts: an hour of a kilowatt is a kilowatt-hour.
  return { dimensions, scale };
}

function unknownSlot(mention: Mention): Dimensions | null {
  if (mention.kind === "batch") return { [mention.unit === "token" || mention.unit === "word" ? "token" : "sample"]: 1, step: -1 };
  return null;
}

/** Cores of no known product are no accelerators, and CPUs none that others are counted with. */
function hardwareIn(dimensions: Dimensions, reading: Reading, mention: Mention): Dimensions {
  const power = dimensions["accelerator"] ?? 0;
  const noun = mention.noun;
  if (power === 0 || noun === null) return dimensions;
  if (noun !== "cpu" && (reading.hardware !== null || (noun !== "core" && noun !== "gcd"))) return dimensions;
  return times(times(dimensions, { accelerator: 1 }, -power), { [noun]: 1 }, power);
}

function moneyIn(dimensions: Dimensions, currency: string): Dimensions {
  const power = dimensions["money"] ?? 0;
  return power === 0 ? dimensions : times(times(dimensions, { money: 1 }, -power), { [`money ${currency}`]: 1 }, power);
}

/** A machine of a known make is so many accelerators, and a node all the same. */
function ofNodes(slots: Slots, quantity: Quantity, at: number): readonly Draft[] {
  const { mention, readings } = quantity;
  const [first] = readings;
  const slot =
    mention.kind === "nodes"
      ? "nodes"
      : mention.kind === "accelerator-hours" && mention.unit.startsWith("node-")
        ? "node_hours"
        : mention.kind === "price" && mention.unit.includes("/node-")
          ? "price_per_node"
          : null;
  if (slot === null || first.slot === slot || !(first.width.face > 0)) return [];
  const factor = first.conversion.find(({ figure }) => figure.unit.endsWith("/node"))?.figure.value;
  const dimensions = slots.of(slot);
  if (dimensions === null || factor === undefined) return [];
  const scale = slot === "price_per_node" ? factor : 1 / factor;
  const typed = slot === "price_per_node" && first.currency !== null ? moneyIn(dimensions, first.currency) : dimensions;
  return [made(quantity, { ...first, slot, assumes: [] }, at, typed, scale, 1, false)];
}

/** The same number, told of each of something, or of all of them: so much less likely than as it is printed. */
function counted(value: Draft, name: string, power: 1 | -1, likelihood: number): Draft {
  const dimensions = times(value.dimensions, { [name]: 1 }, power);
  return {
    ...value,
    dimensions,
    key: keyOf(dimensions),
    weight: value.weight * likelihood,
    isUnscoped: false,
    takenFor: `${power > 0 ? "all of" : "one"} ${name}`,
  };
}

/** Tokens and samples may be those of the corpus, which is gone through once an epoch; the other way round where they are told to be. */
function ofOneEpoch(value: Draft): readonly Draft[] {
  return value.key === "token1" || value.key === "sample1" ? [counted(value, "epoch", -1, ONE_EPOCH)] : [];
}

const ONE_EPOCH = 0.5;

/** Where nothing tells how often a corpus is gone through, one pass may be all there is. */
function ofOnlyEpoch(value: Draft): readonly Draft[] {
  return value.dimensions["epoch"] === -1 ? [counted(value, "epoch", 1, ONE_EPOCH)] : [];
}

const CHANGED = 0.5;

/** What a percentage makes of a whole that it is added to, or taken from. */
function ofChange(values: readonly Draft[]): readonly Draft[] {
  return values.flatMap((value): readonly Draft[] => {
    const { mention } = value.quantity;
    if (mention.kind !== "ratio" || mention.unit !== "percent") return [];
    return (["more", "less"] as const).flatMap((change): readonly Draft[] => {
      const sign = change === "more" ? 1 : -1;
      const at = (log: number): number => Math.log(Math.max(1 + sign * Math.exp(log), 0));
      const over = ({ low, high }: Interval): Interval => (sign > 0 ? { low: at(low), high: at(high) } : { low: at(high), high: at(low) });
      const face = 1 + sign * value.face;
      if (!(face > 0)) return [];
      const { strict, generous, weight } = value;
      return [{ ...value, change, face, log: Math.log(face), strict: over(strict), generous: over(generous), weight: weight * CHANGED }];
    });
  });
}

const ONE_ACCELERATOR = 0.3;

/** A pace, a price by the hour and a batch may be those of each accelerator: "tok/s" in a table whose caption says of what. */
function ofOneAccelerator(value: Draft): readonly Draft[] {
  const { quantity, dimensions } = value;
  const { kind } = quantity.mention;
  const isPace =
    (kind === "throughput" || kind === "price") &&
    dimensions["time"] === -1 &&
    dimensions["node"] === undefined &&
    dimensions["power"] === undefined;
  if (!(isPace || kind === "batch") || quantity.mention.per !== null || (dimensions["accelerator"] ?? 0) !== 0) return [];
  return [counted(value, "accelerator", -1, ONE_ACCELERATOR)];
}

const ALL_ACCELERATORS = 0.3;

/** Where nothing says of how many, a power may be that of all, and hours those of all devices; hours of each are those of the clock. */
function ofAllAccelerators(value: Draft): readonly Draft[] {
  const { quantity, key } = value;
  const { kind, per, unit, number } = quantity.mention;
  if (kind === "power" && key === "accelerator-1 power1" && per === null && !unit.includes("/"))
    return [counted(value, "accelerator", 1, ALL_ACCELERATORS)];
  if (kind !== "wall-time") return [];
  if (key === "accelerator-1 time1") return [counted(value, "accelerator", 1, 1)];
  const isOpen = key === "time1" && per === null && unit === "hour" && number.form !== "composite";
  return isOpen ? [counted(value, "accelerator", 1, ALL_ACCELERATORS)] : [];
}

const FOR_ENERGY = 0.3;

/** "at 31 cents each": a price whose unit is not printed may be that of a kilowatt-hour. */
function ofEnergy(value: Draft): readonly Draft[] {
  const { mention } = value.quantity;
  if (mention.kind !== "price" || value.dimensions["accelerator"] !== -1 || value.dimensions["time"] !== -1) return [];
  if (mention.text.includes("/") || mention.text.split(" ").length >= LEAST_WORDS_OF_RATE) return [];
  const dimensions = times(times(value.dimensions, { accelerator: 1 }, 1), { power: 1 }, -1);
  return [{ ...value, dimensions, key: keyOf(dimensions), weight: value.weight * FOR_ENERGY, isUnscoped: false, takenFor: "energy" }];
}

/** Words of a price that tells what it is for: "a dollar an hour". */
const LEAST_WORDS_OF_RATE = 4;

const ONLY_NODE = 0.3;

/** "The box drew 2.1 kW", "a rented box of eight cards": what is of the only machine is of all. */
function ofOnlyNode(value: Draft, countsNodes: boolean): readonly Draft[] {
  const { kind } = value.quantity.mention;
  const isOfOne = kind === "power" || (!countsNodes && (kind === "accelerators" || kind === "price"));
  return value.dimensions["node"] === -1 && isOfOne ? [counted(value, "node", 1, ONLY_NODE)] : [];
}

/** Most accelerators that one machine holds. */
const MOST_IN_A_NODE = 16;
const ONE_NODE = 0.3;

/** "16 nodes, each with four GPUs": a few accelerators beside nodes may be those of each, and a power that of one machine. */
function ofOneNode(value: Draft): readonly Draft[] {
  const { quantity, key } = value;
  const { kind, per } = quantity.mention;
  const isCount = kind === "accelerators" && key === "accelerator1" && value.face <= MOST_IN_A_NODE;
  if (per !== null || !(isCount || (kind === "power" && key === "power1"))) return [];
  return [counted(value, "node", -1, ONE_NODE)];
}
