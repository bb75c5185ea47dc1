import { noterOf, type Piece } from "./piece.ts";
import { grouped, hedgeOf, printed } from "./printing.ts";
import type { Random } from "./random.ts";
import { FACT_KEYS, type FactKey, fourDigits, type Story } from "./story.ts";

/** A label with the number under or behind it: the unit stands in one of the two. */
interface Labelled {
  readonly label: string;
  /** The figure as it is printed; null for what is no figure, such as the name of the product. */
  readonly key: FactKey | null;
  readonly value: string;
}

/** Ways to label a figure: with the unit in the value, and with the unit in the label. */
interface Labels {
  readonly plain: readonly string[];
  readonly withUnit: readonly (readonly [string, number])[];
}

const LABELS: Readonly<Record<FactKey, Labels>> = {
  parameters: {
    plain: ["Size"],
    withUnit: [
      ["Parameters (B)", 1e9],
      ["Params (M)", 1e6],
    ],
  },
  tokens: { plain: ["Training data"], withUnit: [["Tokens (B)", 1e9]] },
  count: {
    plain: ["Hardware", "Accelerators", "Compute"],
    withUnit: [
      ["GPUs", 1],
      ["Number of GPUs", 1],
    ],
  },
  time: {
    plain: ["Training time", "Wall-clock time", "Duration"],
    withUnit: [
      ["Training time (h)", 1],
      ["Days", 24],
      ["Hours", 1],
    ],
  },
  "device-hours": {
    plain: ["Total compute", "Compute used"],
    withUnit: [
      ["GPU hours", 1],
      ["GPU-hours", 1],
    ],
  },
  price: {
    plain: ["Price", "Rate"],
    withUnit: [
      ["Price per GPU-hour ($)", 1],
      ["$/GPU-hour", 1],
    ],
  },
  cost: {
    plain: ["Cost", "Training cost"],
    withUnit: [
      ["Cost ($)", 1],
      ["Cost (USD)", 1],
    ],
  },
  power: {
    plain: ["Power per GPU"],
    withUnit: [
      ["Power per GPU (W)", 1],
      ["W per GPU", 1],
    ],
  },
  pue: { plain: ["PUE"], withUnit: [["PUE", 1]] },
  energy: {
    plain: ["Energy", "Energy consumed"],
    withUnit: [
      ["Energy (MWh)", 1000],
      ["Energy (kWh)", 1],
    ],
  },
  intensity: {
    plain: ["Carbon intensity"],
    withUnit: [
      ["Carbon intensity (kg CO2e/kWh)", 1],
      ["kg CO2e/kWh", 1],
    ],
  },
  carbon: {
    plain: ["Emissions", "Carbon emitted"],
    withUnit: [
      ["Emissions (t CO2e)", 1000],
      ["kg CO2e", 1],
    ],
  },
};

/** How the labels of a table or list are chosen, once for all its rows. */
export interface Labelling {
  readonly key: FactKey;
  readonly label: string;
  /** The unit of the label; null where each value has its own. */
  readonly size: number | null;
  /** For the count: the label of the product that stands apart; null where it stands with the count. */
  readonly product: string | null;
}

export function labellingOf(keys: ReadonlySet<FactKey>, random: Random, unitsInLabels: boolean): readonly Labelling[] {
  return FACT_KEYS.filter((key) => keys.has(key)).map((key) => {
    const { plain, withUnit } = LABELS[key];
    if (!unitsInLabels) return { key, label: random.pick(plain), size: null, product: null };
    const [label, size] = random.pick(withUnit);
    return { key, label, size, product: key === "count" ? random.pick(["GPU", "GPU type", "Hardware"]) : null };
  });
}

/** The labels of all columns in their order. */
export function headsOf(labellings: readonly Labelling[]): readonly string[] {
  return labellings.flatMap(({ label, product }) => (product === null ? [label] : [product, label]));
}

/** The story as labelled values, in the order of the labels, with its figures. */
export function valuesOf(
  story: Story,
  labellings: readonly Labelling[],
  random: Random,
): { readonly rows: readonly Labelled[]; readonly piece: Piece } {
  const { printed: notes, say } = noterOf(story);
  const rows = labellings.flatMap(({ key, label, size, product }): readonly Labelled[] => {
    const value = story.facts.get(key);
    if (value === undefined) return [{ label, key, value: "-" }];
    const text = size === null ? printed(story, key, random) : numberIn(value, size, key);
    const row = { label, key, value: `${key === "time" && size === null ? hedgeOf(random) : ""}${say(key, text)}` };
    return product === null ? [row] : [{ label: product, key: null, value: story.product.name }, row];
  });
  return { rows, piece: { text: "", printed: notes } };
}

function numberIn(value: number, size: number, key: FactKey): string {
  return key === "price" ? value.toFixed(2) : grouped(fourDigits(value / size));
}
