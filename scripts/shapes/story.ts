import type { Catalog } from "../../src/model/catalog.ts";
import { type Random, randomOf } from "./random.ts";

export const FACT_KEYS = [
  "parameters",
  "tokens",
  "count",
  "time",
  "device-hours",
  "price",
  "cost",
  "power",
  "pue",
  "energy",
  "intensity",
  "carbon",
] as const;
export type FactKey = (typeof FACT_KEYS)[number];

/** A product whose unit is one processor. */
export interface Product {
  readonly name: string;
  readonly vendor: string;
  readonly watts: number;
}

/** What is told of one training run: each figure in its base unit, and the claim that is wrong, if any. */
export interface Story {
  readonly model: string;
  readonly product: Product;
  readonly facts: ReadonlyMap<FactKey, number>;
  readonly slip: { readonly key: FactKey; readonly factor: number } | null;
}

/** The claims that follow from the other facts. */
export const CLAIMS: ReadonlySet<FactKey> = new Set(["device-hours", "cost", "energy", "carbon"]);

/** Hours, W, kWh, kg and kg/kWh. */
export const BASE: Readonly<Record<FactKey, { readonly kind: string; readonly unit: string }>> = {
  parameters: { kind: "parameters", unit: "parameter" },
  tokens: { kind: "tokens", unit: "token" },
  count: { kind: "accelerators", unit: "accelerator" },
  time: { kind: "wall-time", unit: "hour" },
  "device-hours": { kind: "accelerator-hours", unit: "accelerator-hour" },
  price: { kind: "price", unit: "USD/accelerator-hour" },
  cost: { kind: "cost", unit: "USD" },
  power: { kind: "power", unit: "W" },
  pue: { kind: "pue", unit: "ratio" },
  energy: { kind: "energy", unit: "kWh" },
  intensity: { kind: "carbon-intensity", unit: "kg/kWh" },
  carbon: { kind: "carbon", unit: "kg" },
};

const CLAIM_SETS: readonly (readonly FactKey[])[] = [
  ["device-hours"],
  ["device-hours"],
  ["device-hours", "cost"],
  ["cost"],
  ["energy"],
  ["energy", "carbon"],
  ["device-hours", "energy", "carbon"],
];
const COUNTS = [8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024];
const DAYS = [1.5, 2, 2.5, 3, 4, 5, 6, 7, 9, 10, 12, 14, 18, 21, 28];
const PRICES = [0.9, 1.2, 1.35, 1.8, 2.1, 2.4, 2.75, 3.2];
const LOADS = [0.6, 0.7, 0.8, 0.9];
const PUES = [1.08, 1.1, 1.12, 1.2, 1.25];
const INTENSITIES = [0.028, 0.19, 0.23, 0.31, 0.37, 0.42, 0.55];
const SIZES = [1.1e8, 3.5e8, 1.3e9, 3e9, 7e9, 13e9];
const CORPORA = [6e9, 15e9, 40e9, 90e9];
const SLIPS = [2, 0.5, 4, 8, 10, 0.1, 24];

/** The same run for the same seed, whatever the model is called and the product is. */
export function storyOf(seed: number, model: string, product: Product): Story {
  const random = randomOf(seed);
  const claims = random.pick(CLAIM_SETS);
  const [count, hours] = [random.pick(COUNTS), random.pick(DAYS) * 24];
  const price = random.pick(PRICES);
  const watts = Math.max(10, Math.round((product.watts * random.pick(LOADS)) / 10) * 10);
  const pue = random.chance(0.4) ? random.pick(PUES) : null;
  const intensity = random.pick(INTENSITIES);
  const energy = fourDigits((count * hours * watts * (pue ?? 1)) / 1000);
  const facts = new Map<FactKey, number>([
    ["count", count],
    ["time", hours],
  ]);
  addExtra(facts, random);
  if (claims.includes("device-hours")) facts.set("device-hours", count * hours);
  if (claims.includes("cost")) facts.set("price", price).set("cost", fourDigits(count * hours * price));
  if (claims.includes("energy")) facts.set("power", watts).set("energy", energy);
  if (claims.includes("energy") && pue !== null) facts.set("pue", pue);
  if (claims.includes("carbon")) facts.set("intensity", intensity).set("carbon", fourDigits(energy * intensity));
  const key = claims.at(-1);
  if (key === undefined || !random.chance(0.5)) return { model, product, facts, slip: null };
  const factor = random.pick(SLIPS);
  facts.set(key, fourDigits((facts.get(key) ?? 0) * factor));
  return { model, product, facts, slip: { key, factor } };
}

/** The run with the claim that follows. */
export function unslipped(story: Story): Story {
  if (story.slip === null) return story;
  const { key, factor } = story.slip;
  const facts = new Map(story.facts).set(key, fourDigits((story.facts.get(key) ?? 0) / factor));
  return { ...story, facts, slip: null };
}

/** One more figure that no claim here rests on. */
function addExtra(facts: Map<FactKey, number>, random: Random): void {
  const extra = random.next();
  if (extra < 0.3) facts.set("parameters", random.pick(SIZES));
  else if (extra < 0.5) facts.set("tokens", random.pick(CORPORA));
}

/** Products of the catalog of one structure: processors of their own, with a power that is known and a name with a digit. */
export function plainProducts(catalog: Catalog): readonly Product[] {
  return catalog.accelerators.flatMap(({ kind, unitsInCanonical, aliases, thermalDesignPowerWatts, vendor }) => {
    const name = aliases.find((alias) => /\p{L}.*\d|\d.*\p{L}/u.test(alias));
    const isPlain = kind === "gpu" && Object.keys(unitsInCanonical).length === 1;
    if (!isPlain || name === undefined || thermalDesignPowerWatts === null) return [];
    return [{ name, vendor, watts: thermalDesignPowerWatts }];
  });
}

/** So that a figure can be printed in every unit without being rounded again. */
export function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}
