import type { Catalog, Equation } from "../model/catalog.ts";
import type { EstimatedFigure, EstimatedReading, Estimation, EstimationDefault } from "../model/estimation.ts";
import type { PhraseSetting } from "../model/phrase-setting.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { CheckOptions } from "../model/report.ts";
import type { Run, RunId } from "../model/run.ts";
import { type Estimate, figureOf, given, solve } from "./estimate.ts";
import { intensityDefault, optimalTokens, parametersDefault, priceDefault } from "./estimate-defaults.ts";
import { peakFacts } from "./peak-facts.ts";
import { type Given, readingsOf } from "./phrase-readings.ts";
import { usualFacts } from "./usual-facts.ts";

export interface Phrase {
  readonly phrase: string;
  readonly date: string | null;
  readonly quantities: readonly Quantity[];
  readonly setting: PhraseSetting;
  /** Slots that the words ask for: "how many H100s"; empty where they ask for nothing by name. */
  readonly asked: readonly string[];
  /** Whether the tokens are asked for that make the most of the compute. */
  readonly isOptimal: boolean;
}

/**
 * Whatever a phrase leaves open and the equations give, in every direction; one entry for every reading of a count, likeliest first.
 *
 * What is typed is exact, unless a hedge or a range says otherwise. What is neither typed nor follows is looked up, or taken as it
 * usually is, and told as such.
 */
export function estimateFrom(catalog: Catalog, input: Phrase, options: CheckOptions): Estimation {
  const mentions = input.quantities.map((quantity) => quantity.mention);
  const price = priceDefault(catalog, input.setting, { ...options, priceDate: options.priceDate ?? input.date });
  const bases = readingsOf(input.quantities, price?.width.face ?? null);
  const readings = bases.map((base) => readingFrom(catalog, input, options, base)).filter(({ results }) => results.length > 0);
  return { phrase: input.phrase, mentions, readings, missing: readings.length > 0 ? [] : missingOf(bases[0] ?? new Map()) };
}

function readingFrom(catalog: Catalog, input: Phrase, options: CheckOptions, base: Given): EstimatedReading {
  const solved = solvedOf(catalog, input, options, base);
  // What an hour costs is told where nobody says how many there are.
  const open = SHOWN.filter((slot) => !base.has(slot) && !(slot === "cost_rate" && solved.has("cost")));
  const order = [...input.asked, ...open.filter((slot) => !input.asked.includes(slot))];
  const found = order.flatMap((slot): readonly Estimate[] => {
    const estimate = base.has(slot) ? undefined : solved.get(slot);
    // What is only looked up is no result.
    return estimate === undefined || estimate.equations.length + Number(isOptimal(estimate)) === 0 ? [] : [estimate];
  });
  const first = base.get("accelerators") ?? base.get("accelerator_hours");
  return {
    assumes: first?.assumes ?? [],
    weight: first?.weight ?? 1,
    results: found.map(resultOf),
    defaults: defaultsOf(found),
  };
}

function isOptimal({ slot, facts }: Estimate): boolean {
  return slot === "tokens" && facts.some(({ id }) => id === "optimal tokens");
}

/** What is told, in the order in which people ask for it. */
const SHOWN: readonly string[] = [
  ...[
    "wall_time",
    "accelerators",
    "nodes",
    "accelerator_hours",
    "cost",
    "cost_rate",
    "energy",
    "electricity_cost",
    "carbon",
    "flop",
    "tokens",
    "parameters",
  ],
  ...["throughput_total", "throughput", "mfu", "price", "power", "pue", "carbon_intensity", "steps", "epochs"],
];

/**
 * The ways to each slot, the plainest first: sets of other slots that an equation of the catalog ties it to.
 *
 * Not every equation is a way: those that only confirm, or that need what no phrase says, would lead round in circles.
 */
const WAYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  wall_time: [
    ["accelerator_hours", "accelerators"],
    ["tokens", "throughput", "accelerators"],
    ["tokens", "throughput_total"],
    ["steps", "wall_time_per_step"],
    ["epochs", "wall_time_per_epoch"],
    ["flop", "accelerators", "flop_rate"],
    ["cost", "accelerators", "price"],
    ["energy", "power_total"],
  ],
  accelerators: [
    ["nodes", "accelerators_per_node"],
    ["accelerator_hours", "wall_time"],
    ["throughput_total", "throughput"],
    ["flop", "wall_time", "flop_rate"],
    ["cost", "wall_time", "price"],
  ],
  nodes: [["accelerators", "accelerators_per_node"]],
  accelerator_hours: [
    ["accelerators", "wall_time"],
    ["node_hours", "accelerators_per_node"],
    ["tokens", "accelerator_hours_per_1e12_token"],
    ["tokens", "throughput"],
    ["flop", "flop_rate"],
    ["cost", "price"],
    ["energy", "power", "pue"],
  ],
  cost: [
    ["accelerator_hours", "price"],
    ["nodes", "wall_time", "price_per_node"],
    ["cost_rate", "wall_time"],
  ],
  cost_rate: [
    ["accelerators", "price"],
    ["nodes", "price_per_node"],
  ],
  price: [["cost", "accelerator_hours"]],
  energy: [
    ["accelerator_hours", "power", "pue"],
    ["power_total", "wall_time"],
    ["carbon", "carbon_intensity"],
  ],
  electricity_cost: [["energy", "energy_price"]],
  power: [["energy", "accelerator_hours", "pue"]],
  pue: [["energy", "accelerator_hours", "power"]],
  carbon: [["energy", "carbon_intensity"]],
  carbon_intensity: [["carbon", "energy"]],
  flop: [
    ["parameters", "tokens"],
    ["accelerator_hours", "flop_rate"],
  ],
  flop_rate: [
    ["flop_rate_total", "accelerators"],
    ["mfu", "peak_flop_rate"],
  ],
  tokens: [
    ["epochs", "tokens_per_epoch"],
    ["steps", "batch_tokens"],
    ["steps", "batch", "sequence_length"],
    ["throughput_total", "wall_time"],
    ["throughput", "accelerator_hours"],
    ["flop", "parameters"],
  ],
  steps: [
    ["tokens", "batch_tokens"],
    ["wall_time", "wall_time_per_step"],
  ],
  epochs: [["tokens", "tokens_per_epoch"]],
  parameters: [["flop", "tokens"]],
  throughput_total: [
    ["throughput", "accelerators"],
    ["tokens", "wall_time"],
  ],
  throughput: [
    ["throughput_total", "accelerators"],
    ["mfu", "peak_flop_rate", "parameters"],
    ["tokens", "accelerator_hours"],
  ],
  mfu: [
    ["parameters", "throughput", "peak_flop_rate"],
    ["flop", "accelerator_hours", "peak_flop_rate"],
    ["flop_rate", "peak_flop_rate"],
  ],
};

type LookUp = (slot: string) => Estimate | null;

/**
 * Every slot that follows: first from what is given alone, then with what is looked up or usual.
 *
 * Each round adds what follows from the rounds before, so that the shortest way is taken and no slot is worked out from itself.
 */
function solvedOf(catalog: Catalog, input: Phrase, options: CheckOptions, base: Given): Given {
  const lookUp = lookUpOf(catalog, input, options);
  const known = new Map(base);
  const add = (slot: string, estimate: Estimate | null): void => {
    if (estimate !== null && !known.has(slot)) known.set(slot, estimate);
  };
  for (const [slot, value] of Object.entries(options.assume))
    known.set(slot, given(slot, value, unitOf(catalog, slot), "given on the command line"));
  for (const slot of FACTS) add(slot, lookUp(slot));
  const parameters = known.get("parameters");
  if (input.isOptimal && parameters !== undefined) add("tokens", optimalTokens(parameters));
  for (const slots of [[], ...LOOKED_UP]) {
    for (const slot of slots) add(slot, known.has(slot) ? null : lookUp(slot));
    closeOver(catalog, input.setting.hardware, known);
  }
  return known;
}

/** Adds whatever follows, round by round, until nothing does. */
function closeOver(catalog: Catalog, hardware: readonly string[], known: Map<string, Estimate>): void {
  for (;;) {
    const found = Object.entries(WAYS).flatMap(([slot, ways]): [string, Estimate][] => {
      if (known.has(slot)) return [];
      for (const names of ways) {
        const inputs = names.flatMap((name) => known.get(name) ?? []);
        const solved = inputs.length < names.length ? null : through(catalog, slot, inputs, unitIn(catalog, slot, inputs, hardware));
        if (solved !== null) return [[slot, solved]];
      }
      return [];
    });
    if (found.length === 0) return;
    for (const [slot, estimate] of found) known.set(slot, estimate);
  }
}

/** What the words of a phrase say of these is as good as typed: the product has its peak, the model its size. */
const FACTS: readonly string[] = ["peak_flop_rate", "parameters"];

/** What nobody types, and everybody takes for granted; what the first gives of the others, such as the power drawn, is not looked up. */
const LOOKED_UP: readonly (readonly string[])[] = [["pue"], ["price", "power", "carbon_intensity", "mfu"]];

function lookUpOf(catalog: Catalog, input: Phrase, options: CheckOptions): LookUp {
  const { setting } = input;
  const run: Run = {
    ...{ id: "r1" as RunId, subject: null, quantities: input.quantities, tie: "sentence", lent: new Set() },
    hardware: setting.hardware,
  };
  const date = options.priceDate ?? input.date;
  return (slot) => {
    switch (slot) {
      case "price":
        return priceDefault(catalog, setting, { ...options, priceDate: date });
      case "parameters":
        return parametersDefault(setting);
      case "peak_flop_rate":
        return peakFacts(catalog, run)[0] ?? null;
      case "carbon_intensity":
        return intensityDefault(setting, date) ?? usualFacts(catalog, run, slot, null)[0] ?? null;
      case "pue":
      case "power":
      case "mfu":
        return usualFacts(catalog, run, slot, null)[0] ?? null;
      default:
        return null;
    }
  };
}

/** Solves the equation of the catalog that ties a slot to just these inputs. */
function through(catalog: Catalog, slot: string, inputs: readonly Estimate[], unit: string): Estimate | null {
  const names = new Set([slot, ...inputs.map((input) => input.slot)]);
  const tied = catalog.equations.filter(
    ({ result, terms, confirmsOnly }) =>
      !confirmsOnly && names.has(result) && terms.length + 1 === names.size && terms.every((term) => names.has(term.slot)),
  );
  const isOf = ({ result }: Equation): boolean => result === slot;
  for (const equation of [...tied.filter(isOf), ...tied.filter((each) => !isOf(each))]) {
    const solved = solve(equation, slot, inputs, unit);
    if (solved !== null) return solved;
  }
  return null;
}

function unitOf(catalog: Catalog, slot: string): string {
  return catalog.slots.find(({ id }) => id === slot)?.unit ?? "1";
}

/** The unit of a slot, in the currency and the kind of device that its inputs are in. */
function unitIn(catalog: Catalog, slot: string, inputs: readonly Estimate[], hardware: readonly string[]): string {
  const unit = unitOf(catalog, slot);
  const currency = inputs.find((input) => input.currency !== null)?.currency ?? "USD";
  const device = inputs.flatMap(({ baseUnit }) => /(?:^|\/)(\w+)-hour$/.exec(baseUnit)?.[1] ?? [])[0] ?? countUnit(inputs);
  const canonical = catalog.accelerators.find(({ id }) => id === hardware[0])?.canonicalUnit;
  return unit
    .replace("USD", currency)
    .replace("accelerator-hour", `${device ?? canonical ?? "accelerator"}-hour`)
    .replace(/^accelerator$/, device ?? canonical ?? "accelerator");
}

function countUnit(inputs: readonly Estimate[]): string | undefined {
  return inputs.find(({ slot }) => slot === "accelerators")?.baseUnit;
}

function resultOf(estimate: Estimate): EstimatedFigure {
  return { slot: estimate.slot, figure: readable(estimate.slot, figureOf(estimate.width, estimate.baseUnit)), steps: estimate.steps };
}

/** Larger units for large figures, as people tell them: so many of the base unit. */
const LARGER: Readonly<Record<string, readonly { readonly from: number; readonly size: number; readonly unit: string }[]>> = {
  hour: [
    { from: 48, size: 24, unit: "day" },
    { from: 1, size: 1, unit: "hour" },
    { from: 0, size: 1 / 60, unit: "minute" },
  ],
  kWh: [
    { from: 1e7, size: 1e6, unit: "GWh" },
    { from: 1e4, size: 1e3, unit: "MWh" },
  ],
  kg: [{ from: 1e4, size: 1e3, unit: "t" }],
};

function readable(slot: string, figure: Figure): Figure {
  // Half a device trains nothing.
  if (slot === "accelerators") return scaled(figure, (value) => Math.ceil(value - 1e-9), figure.unit);
  if (slot === "mfu") return scaled(figure, (value) => value * 100, "percent");
  const larger = LARGER[figure.unit]?.find(({ from }) => figure.value >= from);
  return larger === undefined ? figure : scaled(figure, (value) => value / larger.size, larger.unit);
}

function scaled({ value, low, high }: Figure, by: (value: number) => number, unit: string): Figure {
  return { value: by(value), low: by(low), high: by(high), unit };
}

/** Every fact that a result rests on, once, with what puts another value in its place. */
function defaultsOf(estimates: readonly Estimate[]): readonly EstimationDefault[] {
  const found = new Map<string, EstimationDefault>();
  for (const { steps } of estimates)
    for (const step of steps) {
      if (step.kind !== "look-up" || step.fact.id.startsWith("assumed")) continue;
      const { fact } = step;
      const slot = slotOf(fact.id, fact.figure.unit);
      found.set(fact.id, { slot, fact, change: CHANGED_BY[slot] ?? `--assume ${slot}=` });
    }
  return [...found.values()];
}

/** Options that change what is looked up, beside --assume. */
const CHANGED_BY: Readonly<Record<string, string>> = {
  price: "--assume price=, --provider or --price-date",
  carbon_intensity: "--place or --assume carbon_intensity=",
  tokens: "give a number of tokens",
};

function slotOf(id: string, unit: string): string {
  if (id.startsWith("usual ")) return id.slice("usual ".length);
  if (unit === "kW/accelerator") return "power";
  if (unit === "kg/kWh") return "carbon_intensity";
  if (unit === "parameter") return "parameters";
  if (unit === "token/parameter") return "tokens";
  return unit.startsWith("flop/s") ? "peak_flop_rate" : "price";
}

/** What one more figure could be, where nothing follows from what is given. */
function missingOf(base: Given): readonly string[] {
  if (base.has("parameters") && !base.has("tokens")) return ["tokens"];
  if (base.has("tokens") && !base.has("parameters")) return ["parameters"];
  if (base.has("accelerators")) return ["wall_time"];
  if (base.has("accelerator_hours")) return ["hardware"];
  return base.has("wall_time") ? ["accelerators"] : ["accelerators", "wall_time"];
}
