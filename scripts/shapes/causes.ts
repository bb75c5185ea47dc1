import type { Catalog } from "../../src/model/catalog.ts";
import { checkText } from "./checked-text.ts";
import { draw, laidAs, SHAPES } from "./laws.ts";
import { passageOf } from "./piece.ts";
import { type Random, randomOf } from "./random.ts";
import { CLAIMS, type FactKey, fourDigits, plainProducts, type Story, unslipped } from "./story.ts";

/** How often a wrong figure is explained, of those that are told, notes too. */
export interface CauseResult {
  readonly texts: number;
  /** Wrong by a ratio that nobody's slip makes: told, and told with a cause. */
  readonly random: Share;
  /** Wrong by a slip that people make: told, and told with its cause. */
  readonly slips: Share;
  /** Texts that came out wrong, each with what was read. */
  readonly failures: readonly string[];
}

interface Share {
  readonly told: number;
  readonly explained: number;
}

interface Slip {
  readonly factor: number;
  readonly names: readonly string[];
}

/** Random ratios lie between these, either way. */
const LEAST_RATIO = 1.3;
const MOST_RATIO = 40;

const POINT: readonly Slip[] = [10, 0.1].map((factor) => ({ factor, names: ["decimal-point"] }));
const THOUSAND: readonly Slip[] = [1000, 0.001].map((factor) => ({ factor, names: ["thousand"] }));

/** Slips that leave a trace by themselves, by the claim that they are made in. */
const SLIPS: Readonly<Partial<Record<FactKey, readonly Slip[]>>> = {
  "device-hours": [...POINT, { factor: 1 / 24, names: ["day-for-hour"] }, { factor: 60, names: ["hour-for-minute"] }],
  cost: [...POINT, ...THOUSAND],
  energy: [...POINT, ...THOUSAND],
  carbon: [...POINT, ...THOUSAND, { factor: 2.20462, names: ["pound"] }, { factor: 12 / 44, names: ["carbon-for-carbon-dioxide"] }],
};

/** Tries generated texts of the seeds from 1 on, each once with a random ratio and once with a slip. */
export async function tryCauses(catalog: Catalog, texts: number): Promise<CauseResult> {
  const products = plainProducts(catalog);
  const counts = { random: { told: 0, explained: 0 }, slips: { told: 0, explained: 0 } };
  const failures: string[] = [];
  for (let seed = 1; seed <= texts; seed += 1) {
    for (const kind of ["random", "slips"] as const) {
      const random = randomOf(seed);
      const right = unslipped(draw(seed, products, random));
      const key = [...CLAIMS].findLast((claim) => right.facts.has(claim)) ?? "device-hours";
      const slip = kind === "random" ? { factor: ratioOf(random), names: [] } : random.pick(SLIPS[key] ?? POINT);
      const story = slippedBy(right, key, slip.factor);
      const laid = laidAs(random.pick(SHAPES), story, random);
      const { wire, lines } = await checkText(catalog, passageOf(`cause-${seed}`, laid.media, laid.piece));
      const ids = new Set(wire.mentions.filter(({ kind: of }) => of === KINDS[key]).map(({ id }) => id));
      const told = wire.findings.filter(({ claim, verdict }) => ids.has(claim) && verdict === "inconsistent");
      if (told.length === 0) continue;
      const causes = told.flatMap(({ cause }) => cause?.diagnosis ?? []);
      const isExplained = kind === "random" ? causes.length > 0 : causes.some((cause) => slip.names.includes(cause));
      counts[kind].told += 1;
      if (isExplained) counts[kind].explained += 1;
      if (isExplained === (kind === "random"))
        failures.push([`seed ${seed}, ${kind}, ${key} times ${slip.factor}:`, laid.piece.text.trim(), ...lines()].join("\n"));
    }
  }
  return { texts, ...counts, failures };
}

const KINDS: Readonly<Partial<Record<FactKey, string>>> = {
  "device-hours": "accelerator-hours",
  cost: "cost",
  energy: "energy",
  carbon: "carbon",
};

function ratioOf(random: Random): number {
  const ratio = LEAST_RATIO * (MOST_RATIO / LEAST_RATIO) ** random.next();
  return random.chance(0.5) ? ratio : 1 / ratio;
}

function slippedBy(story: Story, key: FactKey, factor: number): Story {
  const facts = new Map(story.facts).set(key, fourDigits((story.facts.get(key) ?? 0) * factor));
  return { ...story, facts, slip: { key, factor } };
}
