import { type Catalog, type Price, type PriceKind, sourceOf } from "../model/catalog.ts";
import type { Mention } from "../model/mention.ts";
import { type PriceQuestion, priceAt, pricePerCanonicalHour } from "../model/price-lookup.ts";
import type { CheckOptions } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import { type Estimate, known } from "./estimate.ts";

/** What a printed word says of the price that was paid. */
const KINDS: Readonly<Record<string, PriceKind>> = { preemptible: "preemptible", spot: "spot", "on-demand": "on_demand" };

/**
 * The price of the run's hardware at the document's date, where the document states none.
 *
 * Units: currency for one canonical unit and hour. The face value is the list price; the generous interval is all that may have been
 * paid at the time, or 10% about the price of the kind that the page names. Empty where the hardware or its price is unknown: an
 * unknown price is never 0. Where the run names several products there is a price for each.
 */
export function priceFacts(catalog: Catalog, run: Run, claim: Mention, date: string | null, options: CheckOptions): readonly Estimate[] {
  const { products, qualifiers } = productsOf(run);
  const printed = [...claim.qualifiers, ...qualifiers].find((word) => word in KINDS);
  const kind = printed === undefined ? null : (KINDS[printed] ?? null);
  const found = products.flatMap((hardware) => priceFact(catalog, hardware, kind, date, options) ?? []);
  return found.filter((estimate, index) => found.findIndex((other) => other.facts[0]?.id === estimate.facts[0]?.id) === index);
}

/** What a run counts: its products, as each count may be read, each once, and the words that stand with the counts. */
interface Products {
  readonly products: readonly (readonly string[])[];
  readonly qualifiers: ReadonlySet<string>;
}

const BY_RUN = new WeakMap<Run, Products>();

function productsOf(run: Run): Products {
  const known = BY_RUN.get(run);
  if (known !== undefined) return known;
  const counts = run.quantities.filter(({ mention }) => mention.kind === "accelerators" || mention.kind === "accelerator-hours");
  const lists = counts.map((quantity) => [...new Set(quantity.readings.flatMap((reading) => reading.hardware ?? []))]);
  const distinct = new Map(lists.filter((hardware) => hardware.length > 0).map((hardware) => [hardware.join(), hardware]));
  const products = { products: [...distinct.values()], qualifiers: new Set(counts.flatMap(({ mention }) => mention.qualifiers)) };
  BY_RUN.set(run, products);
  return products;
}

const KNOWN = new WeakMap<Catalog, Map<string, Estimate | null>>();

/** Claims of one document ask for the same again and again. */
function priceFact(
  catalog: Catalog,
  hardware: readonly string[],
  kind: PriceKind | null,
  date: string | null,
  { priceDate, provider }: CheckOptions,
): Estimate | null {
  const question: PriceQuestion = { hardware, date: priceDate ?? date, provider, kind };
  const facts = KNOWN.get(catalog) ?? new Map<string, Estimate | null>();
  KNOWN.set(catalog, facts);
  const key = JSON.stringify(question);
  let fact = facts.get(key);
  if (fact === undefined) {
    fact = lookUp(catalog, question);
    if (facts.size >= MOST_KNOWN) facts.clear();
    facts.set(key, fact);
  }
  return fact;
}

const MOST_KNOWN = 10_000;

function lookUp(catalog: Catalog, question: PriceQuestion): Estimate | null {
  const answer = priceAt(catalog, question);
  const first = answer.likely[0] ?? answer.typical;
  if (first === null) return null;
  const value = pricePerCanonicalHour(first);
  const band = question.kind === null ? (answer.plausible ?? around(value)) : around(value);
  const unit = `${first.currency}/${canonicalUnit(catalog, first)}-hour`;
  const fact = {
    id: first.id,
    title: `${first.provider}, ${first.sku}: ${first.currency} ${first.perHour} an hour (${first.kind.replaceAll("_", " ")})`,
    figure: { value, low: Math.min(value, band.low), high: Math.max(value, band.high), unit },
    source: sourceOf(first),
    nature: "dated" as const,
  };
  const interval = { low: Math.min(value, band.low), high: Math.max(value, band.high) };
  const width = { face: value, strict: { low: value, high: value }, generous: interval };
  return known("price", fact, width, unit, first.currency, first.hardware);
}

function canonicalUnit(catalog: Catalog, price: Price): string {
  return catalog.accelerators.find((accelerator) => accelerator.id === price.hardware)?.canonicalUnit ?? "accelerator";
}

function around(value: number): { readonly low: number; readonly high: number } {
  return { low: value * 0.9, high: value * 1.1 };
}
