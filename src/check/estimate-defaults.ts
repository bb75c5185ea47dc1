import { type Catalog, type Price, sourceOf } from "../model/catalog.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { PhraseSetting } from "../model/phrase-setting.ts";
import { isKnownProvider, newestPriceDate, priceAt, pricePerCanonicalHour } from "../model/price-lookup.ts";
import type { Fact } from "../model/quantity.ts";
import type { CheckOptions } from "../model/report.ts";
import { type Estimate, known } from "./estimate.ts";

/**
 * The price of an hour: the median of what was asked on demand at the time, with the least and the most; of one provider, where one is named.
 *
 * Units: currency for one canonical unit and hour. Null where no price is known: an unknown price is never 0.
 */
export function priceDefault(catalog: Catalog, setting: PhraseSetting, options: CheckOptions): Estimate | null {
  const [hardware] = setting.hardware;
  if (hardware === undefined) return null;
  const provider = options.provider ?? setting.provider;
  const date = options.priceDate ?? newestPriceDate(catalog);
  const offers = offersAt(catalog, hardware, date);
  const ofProvider = provider === null ? [] : offers.around.filter((price) => isKnownProvider([price], provider));
  const shown = ofProvider.length > 0 ? ofProvider : offers.around;
  const middle = shown[Math.floor((shown.length - 1) / 2)];
  const [first, last] = [shown[0], shown.at(-1)];
  if (middle === undefined || first === undefined || last === undefined) return null;
  const [value, low, high] = [middle, first, last].map(pricePerCanonicalHour) as [number, number, number];
  const product = hardwareById(catalog, hardware);
  const unit = `${middle.currency}/${product?.canonicalUnit ?? "accelerator"}-hour`;
  const who = ofProvider.length > 0 ? ` of ${middle.provider}` : "";
  const lacking = provider !== null && ofProvider.length === 0 ? `; ${provider} has none on record` : "";
  const fact: Fact = {
    id: middle.id,
    title: `${product?.name ?? hardware}: ${shown.length === 1 ? "the one price" : `median of ${shown.length} prices`} on demand${who}${offers.when}${lacking}`,
    figure: { value, low, high, unit },
    source: [...new Set(shown.map(sourceOf))].slice(0, MOST_SOURCES).join("; "),
    nature: "dated",
  };
  return known(
    "price",
    fact,
    { face: value, strict: { low: value, high: value }, generous: { low, high } },
    unit,
    middle.currency,
    hardware,
  );
}

const MOST_SOURCES = 3;

/** On-demand prices of about a date, cheapest first; those of all times where nobody asked a price then. */
function offersAt(catalog: Catalog, hardware: string, date: string | null): { readonly around: readonly Price[]; readonly when: string } {
  const onDemand = (prices: readonly Price[]): readonly Price[] => {
    const [first] = prices;
    return prices.filter(({ kind, currency }) => kind === "on_demand" && currency === first?.currency);
  };
  const around = onDemand(priceAt(catalog, { hardware: [hardware], date }).around);
  if (around.length > 0) return { around, when: date === null ? "" : `, within a year of ${date}` };
  return {
    around: onDemand(priceAt(catalog, { hardware: [hardware], date: null }).around),
    when: `, of any time (none about ${date ?? "then"})`,
  };
}

/** What the electricity of a place emits, in the year of the date or the last one before it that is known. Units: kg/kWh. */
export function intensityDefault({ place }: PhraseSetting, date: string | null): Estimate | null {
  if (place === null) return null;
  const years = Object.keys(place.kilogramsPerKilowattHour).sort();
  const year = years.findLast((candidate) => date === null || candidate <= date.slice(0, 4)) ?? years[0];
  const value = year === undefined ? undefined : place.kilogramsPerKilowattHour[year];
  if (year === undefined || value === undefined) return null;
  const at = { low: value, high: value };
  const fact: Fact = {
    id: place.id,
    title: `grid of ${place.place} in ${year} (${place.basis})`,
    figure: { value, ...at, unit: "kg/kWh" },
    source: sourceOf(place),
    nature: "dated",
  };
  return known("carbon_intensity", fact, { face: value, strict: at, generous: at }, "kg/kWh", null);
}

/** The size of the model that a phrase names. */
export function parametersDefault({ model }: PhraseSetting): Estimate | null {
  if (model === null) return null;
  const at = { low: model.parameters, high: model.parameters };
  const fact: Fact = {
    id: `size of ${model.text}`,
    title: `size of ${model.text}, all of it (of a mixture of experts, the active parameters count)`,
    figure: { value: model.parameters, ...at, unit: "parameter" },
    source: model.source,
    nature: "definition",
  };
  return known("parameters", fact, { face: model.parameters, strict: at, generous: at }, "parameter", null);
}

/** Tokens for each parameter that make the most of a budget of compute. Source: Hoffmann et al. 2022, Training Compute-Optimal Large Language Models, approach 1 and 2. */
const OPTIMAL_TOKENS = 20;

/** The tokens that make the most of the compute for a model of so many parameters. */
export function optimalTokens(parameters: Estimate): Estimate {
  const face = parameters.width.face * OPTIMAL_TOKENS;
  const at = { low: face, high: face };
  const figure = { value: OPTIMAL_TOKENS, low: OPTIMAL_TOKENS, high: OPTIMAL_TOKENS, unit: "token/parameter" };
  const fact: Fact = {
    id: "optimal tokens",
    title: "tokens for each parameter that make the most of the compute",
    figure,
    source: "Hoffmann et al. 2022, Training Compute-Optimal Large Language Models",
    nature: "default",
  };
  const { value, low, high } = { value: parameters.width.face, ...parameters.width.generous };
  return {
    ...parameters,
    slot: "tokens",
    width: { face, strict: at, generous: at },
    baseUnit: "token",
    facts: [...parameters.facts, fact],
    steps: [
      ...parameters.steps,
      { kind: "look-up", fact },
      {
        kind: "compute",
        rule: "units",
        terms: [
          { operator: "*", figure: { value, low, high, unit: "parameter" } },
          { operator: "*", figure },
        ],
        result: { value: face, ...at, unit: "token" },
        from: parameters.premises.map(({ mention }) => mention.id),
        facts: [],
      },
    ],
  };
}
