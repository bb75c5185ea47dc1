import type { Catalog } from "../model/catalog.ts";
import { isKnownProvider } from "../model/price-lookup.ts";
import type { CheckOptions } from "../model/report.ts";
import { didYouMean, UsageError } from "./usage-error.ts";

/** Refuses options that would do nothing: an assumption that no equation could use, a provider without a price. */
export function requireKnownOptions(catalog: Catalog, { assume, provider }: CheckOptions): void {
  const slots = catalog.slots.map(({ id }) => id);
  for (const key of Object.keys(assume)) {
    if (!slots.includes(key))
      throw new UsageError(`--assume ${key}: no equation has this quantity${didYouMean(key, slots)}; known are ${slots.join(", ")}`);
  }
  if (provider === null || isKnownProvider(catalog.prices, provider)) return;
  // What a paper assumed is a price, and nobody's list.
  const asked = catalog.prices.filter(({ kind }) => kind !== "assumed_in_paper");
  const known = [...new Set(asked.map((price) => price.provider))].sort();
  throw new UsageError(`unknown provider "${provider}"${didYouMean(provider, known)}; known are ${known.join(", ")}`);
}
