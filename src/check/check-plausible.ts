import type { Accelerator, Catalog } from "../model/catalog.ts";
import type { Bound, Finding } from "../model/finding.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import { largest } from "../model/many.ts";
import type { Quantity, Slot } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { brokenBound } from "./broken-bound.ts";
import { distanceBetween } from "./derive.ts";
import { exactly } from "./working.ts";

/** What is usual of a figure by itself; beyond it lies nothing that anybody has told so far. */
const USUAL: readonly {
  readonly slot: Slot;
  readonly most: number;
  readonly unit: string;
  readonly rule: string;
  readonly name: string;
  readonly source: string;
}[] = [
  {
    slot: "price",
    most: 60,
    unit: "USD/accelerator-hour",
    rule: "bound/price",
    name: "a price of one accelerator for an hour",
    source: "the dearest in the price catalog is a third of it",
  },
  {
    slot: "energy_price",
    most: 1,
    unit: "USD/kWh",
    rule: "bound/electricity-price",
    name: "a price of electricity",
    source: "no tariff of a country is as high",
  },
];

/** A board with its share of the host, fans and network draws no more than this many times its limit. */
const MOST_DRAW = 1.5;

/** No model was shown more tokens for each of its parameters. */
const MOST_TOKENS_OF_A_PARAMETER = 20_000;

/** Bytes of a parameter at the least, and how much of a model can be kept outside the memory of accelerators. */
const LEAST_BYTES = 2;
const MOST_OFFLOAD = 4;

/** Figures further apart than one block may be of different things. */
const MOST_DISTANCE = 2;

/** Odd figures: each is possible, but mostly a slip of a unit or a prefix. Notes, never more. */
export function checkPlausible(catalog: Catalog, runs: readonly Run[], quantities: readonly Quantity[]): readonly Finding[] {
  return [
    ...quantities.flatMap((quantity) => [
      ...unusual(quantity, runs),
      ...overdrawn(catalog, quantity, runs),
      ...halfChips(catalog, quantity, runs),
    ]),
    ...runs.flatMap((run) => [...overfed(run), ...overflowing(catalog, run)]),
  ];
}

function unusual(quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  if (!isSure(quantity)) return [];
  return USUAL.filter(({ slot, most }) =>
    quantity.readings.every((reading) => reading.slot === slot && reading.currency === "USD" && reading.width.strict.low > most),
  ).map(({ rule, name, most, unit, source }) =>
    brokenBound(quantity, runs, { rule, bound: { name, limit: exactly(most, unit), source }, severity: "note" }),
  );
}

/** A mean power far above the limit of the one product that it can be of. */
function overdrawn(catalog: Catalog, quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention, readings } = quantity;
  // Without "per GPU" it may be the power of all of them.
  if (readings[0].slot !== "power" || !isSure(quantity) || !mention.qualifiers.includes("each")) return [];
  const run = runs.find((candidate) => candidate.quantities.includes(quantity));
  const named = mention.hardware === null ? (run?.hardware ?? []) : mention.hardware.accelerators;
  const limits = named.map((id) => hardwareById(catalog, id)?.thermalDesignPowerWatts ?? Infinity);
  const watts = largest(limits, 0);
  // A column of power may be of the whole: what all of them may draw together is not odd.
  const count = largest(
    (run?.quantities ?? []).flatMap(({ readings: [{ slot, width }] }) => (slot === "accelerators" ? [width.face] : [])),
    1,
  );
  if (readings[0].width.generous.low * 1000 <= watts * MOST_DRAW * count && count > 1 && mention.cell !== null) return [];
  if (watts === 0 || !Number.isFinite(watts) || readings[0].width.generous.low * 1000 <= watts * MOST_DRAW) return [];
  const bound: Bound = {
    name: "what one accelerator draws with its share of the host",
    limit: exactly(watts * MOST_DRAW, "W"),
    source: `${MOST_DRAW} times the power limit of the hardware`,
  };
  return [brokenBound(quantity, runs, { rule: "bound/power", bound, severity: "note" })];
}

/** "513 TPU v3 cores": cores come two to a chip. */
function halfChips(catalog: Catalog, quantity: Quantity, runs: readonly Run[]): readonly Finding[] {
  const { mention, readings } = quantity;
  const product = readings[0].hardware === null ? null : hardwareById(catalog, readings[0].hardware);
  const inCore = product?.unitsInCanonical["core"];
  if (
    mention.kind !== "accelerators" ||
    mention.noun !== "core" ||
    product === null ||
    inCore === undefined ||
    inCore >= 1 ||
    !isSure(quantity)
  )
    return [];
  const chips = mention.value * inCore;
  if (mention.value <= 1 / inCore || Number.isInteger(chips) || mention.number.form !== "integer") return [];
  const bound = {
    name: `whole chips of ${product.name}`,
    limit: exactly(Math.floor(chips), product.canonicalUnit),
    source: `${1 / inCore} cores to a chip`,
  };
  return [brokenBound(quantity, runs, { rule: "bound/cores", bound, severity: "note" })];
}

function overfed(run: Run): readonly Finding[] {
  const [parameters, tokens] = [onlyOf(run, "parameters"), onlyOf(run, "tokens")];
  if (parameters === null || tokens === null || distanceBetween(parameters.mention, tokens.mention) >= MOST_DISTANCE) return [];
  const most = parameters.readings[0].width.generous.high * MOST_TOKENS_OF_A_PARAMETER;
  if (tokens.readings[0].width.generous.low <= most) return [];
  const bound = {
    name: "tokens for each parameter",
    limit: exactly(MOST_TOKENS_OF_A_PARAMETER, "token/parameter"),
    source: "no model was shown more so far",
  };
  return [brokenBound(tokens, [run], { rule: "bound/tokens-per-parameter", bound, severity: "note", premises: [parameters] })];
}

/** Parameters that would not fit into the memory of all accelerators, not even with much of them kept elsewhere. */
function overflowing(catalog: Catalog, run: Run): readonly Finding[] {
  const [parameters, count] = [onlyOf(run, "parameters"), onlyOf(run, "accelerators")];
  if (parameters === null || count === null || distanceBetween(parameters.mention, count.mention) >= MOST_DISTANCE) return [];
  const named = count.mention.hardware?.accelerators ?? [];
  const bytes = named.length === 0 ? Infinity : largest(named.map((id) => bytesOf(hardwareById(catalog, id))));
  const most = largest(count.readings.map((reading) => reading.width.generous.high)) * bytes;
  const needed = parameters.readings[0].width.generous.low * LEAST_BYTES;
  if (!Number.isFinite(most) || needed <= most * MOST_OFFLOAD) return [];
  const bound = {
    name: "what the memory of the accelerators holds",
    limit: exactly(Math.floor((most * MOST_OFFLOAD) / LEAST_BYTES), "parameter"),
    source: `${LEAST_BYTES} bytes to a parameter, and ${MOST_OFFLOAD} times the memory in the catalog`,
  };
  return [brokenBound(parameters, [run], { rule: "bound/memory", bound, severity: "note", premises: [count] })];
}

function bytesOf(product: Accelerator | null): number {
  return (product?.memoryGigabytes ?? Infinity) * 1e9;
}

/** The only own figure of a slot; null where there are several. */
function onlyOf(run: Run, slot: Slot): Quantity | null {
  const found = run.quantities.filter((quantity) => quantity.readings[0].slot === slot && !run.lent.has(quantity.mention.id));
  const [only] = found;
  return only !== undefined && found.length === 1 && isSure(only) ? only : null;
}

function isSure({ mention }: Quantity): boolean {
  return mention.role !== "hypothetical" && mention.confidence >= SURE_CONFIDENCE && mention.number.repair === null;
}

const SURE_CONFIDENCE = 0.9;
