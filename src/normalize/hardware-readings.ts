import { type Accelerator, type Catalog, type ReadingRule, type System, sourceOf } from "../model/catalog.ts";
import type { HardwareUnit } from "../model/hardware-unit.ts";
import type { CountNoun, Mention } from "../model/mention.ts";
import { withArticle } from "../model/noun-words.ts";
import type { Conversion, Fact } from "../model/quantity.ts";

/** One way to understand the unit of hardware in a count, an hour or a price. */
export interface UnitReading {
  readonly unit: HardwareUnit;
  readonly weight: number;
  /** Canonical units in one: 4 chips in a device. */
  readonly factor: number;
  readonly canonicalUnit: HardwareUnit;
  readonly accelerator: Accelerator | null;
  /** Null where nothing needs converting. */
  readonly conversion: Conversion | null;
  readonly contradictsPrint: boolean;
}

/** Readings lighter than this are not even listed. */
const LEAST_WEIGHT_LISTED = 0.02;

/**
 * Every unit of hardware that the printed noun may mean, likeliest first.
 *
 * Shape: weights sum to 1 over the units that the product has; a unit it has not is dropped.
 * Source: `rules/readings/`.
 */
export function unitReadings(
  catalog: Catalog,
  mention: Mention,
  products: readonly Accelerator[],
  system: System | null,
): readonly UnitReading[] {
  const product = products[0] ?? null;
  if (system !== null) return [systemReading(catalog, system)];
  if (product === null) return [plain(mention.noun)];
  const noun = mention.noun ?? "bare";
  const rule = ruleFor(catalog, product, noun, mention.value);
  const listed = rule === null ? [{ unit: defaultUnit(product, noun), weight: 1 }] : rule.readings;
  const known = listed.filter((reading) => reading.weight >= LEAST_WEIGHT_LISTED && agreedFactor(products, reading.unit) !== null);
  const total = known.reduce((sum, reading) => sum + reading.weight, 0);
  if (total === 0) return [plain(noun)];
  const printedUnit = unitOfNoun(noun, product);
  return known
    .map((reading) => {
      const factor = agreedFactor(products, reading.unit) ?? 1;
      return {
        unit: reading.unit,
        weight: reading.weight / total,
        factor,
        canonicalUnit: product.canonicalUnit,
        accelerator: product,
        conversion: factor === 1 ? null : conversionOf(product, reading.unit, factor),
        contradictsPrint: printedUnit !== null && reading.unit !== printedUnit && agreedFactor(products, printedUnit) !== factor,
      };
    })
    .sort((left, right) => right.weight - left.weight);
}

/** The unit that a printed noun names outright; null where it leaves the unit open. */
function unitOfNoun(noun: CountNoun, product: Accelerator): HardwareUnit | null {
  switch (noun) {
    case "bare":
      return null;
    case "slice":
      return product.slice?.counts ?? null;
    case "cloud-tpu":
      return "device" in product.unitsInCanonical ? "device" : product.canonicalUnit;
    case "gpu":
      return Object.keys(product.unitsInCanonical).length > 1 ? null : product.canonicalUnit;
    default:
      return noun in product.unitsInCanonical ? noun : null;
  }
}

function defaultUnit(product: Accelerator, noun: CountNoun): HardwareUnit {
  return unitOfNoun(noun, product) ?? product.canonicalUnit;
}

/** The first rule for the product's id, else its family, else its kind, else all; rules with a range of counts before those without. */
function ruleFor(catalog: Catalog, product: Accelerator, noun: CountNoun, count: number): ReadingRule | null {
  const scopes = [product.id, product.family, product.kind, null];
  const holds = catalog.readings.filter(
    (rule) => rule.nouns.includes(noun) && (rule.counts === null || (count >= rule.counts.low && count <= rule.counts.high)),
  );
  for (const scope of scopes) {
    const inScope = holds.filter((rule) => (scope === null ? rule.hardware.length === 0 : rule.hardware.includes(scope)));
    const best = inScope.find((rule) => rule.counts !== null) ?? inScope[0];
    if (best !== undefined) return best;
  }
  return null;
}

/** Canonical units in one unit, where every product the name may mean agrees; else null. */
function agreedFactor(products: readonly Accelerator[], unit: HardwareUnit): number | null {
  const factors = new Set(products.map((product) => product.unitsInCanonical[unit] ?? (unit === product.canonicalUnit ? 1 : null)));
  const [only] = factors;
  return factors.size === 1 && only !== undefined ? only : null;
}

function conversionOf(product: Accelerator, unit: HardwareUnit, factor: number): Conversion {
  const isFraction = factor < 1;
  const count = isFraction ? 1 / factor : factor;
  const [part, whole] = isFraction ? [unit, product.canonicalUnit] : [product.canonicalUnit, unit];
  return {
    operator: isFraction ? "/" : "*",
    figure: { value: count, low: count, high: count, unit: `${part}/${whole}` },
    fact: hierarchyFact(product, part, whole, count),
  };
}

function hierarchyFact(product: Accelerator, part: HardwareUnit, whole: HardwareUnit, count: number): Fact {
  return {
    id: `${product.id}/${whole}`,
    title: `${product.name}: ${count} ${part}${count === 1 ? "" : "s"} in ${withArticle(whole)}`,
    figure: { value: count, low: count, high: count, unit: `${part}/${whole}` },
    source: sourceOf(product),
    nature: "definition",
  };
}

function systemReading(catalog: Catalog, system: System): UnitReading {
  const [id, count] = Object.entries(system.contains)[0] ?? ["", 1];
  const accelerator = catalog.accelerators.find((candidate) => candidate.id === id) ?? null;
  const unit = accelerator?.canonicalUnit ?? "accelerator";
  const figure = { value: count, low: count, high: count, unit: `${unit}/node` };
  return {
    unit: "node",
    weight: 1,
    factor: count,
    canonicalUnit: unit,
    accelerator,
    conversion: {
      operator: "*",
      figure,
      fact: {
        id: system.id,
        title: `${system.name}: ${count} in one machine`,
        figure,
        source: sourceOf(system),
        nature: "definition",
      },
    },
    contradictsPrint: false,
  };
}

/** An unnamed product: the count stands as it is. */
function plain(noun: CountNoun | null): UnitReading {
  const unit = noun === null || noun === "bare" || noun === "gpu" ? "accelerator" : noun;
  return { unit, weight: 1, factor: 1, canonicalUnit: unit, accelerator: null, conversion: null, contradictsPrint: false };
}
