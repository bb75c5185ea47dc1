import type { Catalog, Price, PriceKind } from "./catalog.ts";
import type { Interval } from "./interval.ts";

export interface PriceQuestion {
  /** Catalog ids, likeliest first. */
  readonly hardware: readonly string[];
  /** ISO date, as exact as known; null where the document has none: then no price is the likely one. */
  readonly date: string | null;
  /** Without one, the provider that usually rents the hardware. */
  readonly provider?: string | null;
  /** Without one, on demand. */
  readonly kind?: PriceKind | null;
}

export interface PriceAnswer {
  /** Prices of the provider in force at the date, the likeliest first. Empty is unknown, never free. */
  readonly likely: readonly Price[];
  /** Units: currency of the prices, for one canonical unit and hour. Null if nothing of about that time is known. */
  readonly plausible: Interval | null;
  /** What the band rests on: the rows of about that time, cheapest first. */
  readonly around: readonly Price[];
  /** The middle one of these of the kind that is asked for, where large providers have any, of theirs: what to show where no price is likely. */
  readonly typical: Price | null;
}

/** Providers that rent to everybody at a list price, the usual first. */
const LARGE_PROVIDERS: readonly string[] = ["AWS", "Google Cloud", "Microsoft Azure", "Oracle Cloud"];

/** Who rents the chips that only they have. */
const ONLY_PROVIDERS: readonly { readonly prefix: string; readonly provider: string }[] = [
  { prefix: "google-", provider: "Google Cloud" },
  { prefix: "aws-", provider: "AWS" },
];

/** Discounts and rounding beyond the dearest and the cheapest offer that is known. */
const BAND_SLACK = 0.1;

/** Fewer offers are no market: others asked up to this many times more or less. */
const LEAST_OFFERS = 3;
const FEW_OFFERS = 2;

/** A run may be this much older or younger than the page that speaks of it. */
const YEARS_AROUND = 1;

/**
 * What an hour of some hardware cost at a date: the list price, and the band of what may have been paid.
 *
 * The band runs from the cheapest spot price or long commitment to the dearest on-demand price of a large provider, a year around the
 * date. What single papers assumed takes no part in it.
 */
export function priceAt(catalog: Catalog, question: PriceQuestion): PriceAnswer {
  const rows = question.hardware.flatMap((id) => pricesOf(catalog, id));
  const around = rows
    .filter((price) => price.kind !== "assumed_in_paper" && isAround(price, question.date))
    .sort((left, right) => pricePerCanonicalHour(left) - pricePerCanonicalHour(right));
  return { likely: likelyOf(rows, question), plausible: bandOf(around), around, typical: typicalOf(around, question) };
}

/** `around` is sorted, cheapest first. */
function typicalOf(around: readonly Price[], question: PriceQuestion): Price | null {
  const ofKind = around.filter((price) => price.kind === (question.kind ?? "on_demand"));
  const providers = providersFor(question);
  const large = ofKind.filter((price) => providers.some((name) => sameProvider(price.provider, name)));
  const american = large.filter((price) => !isAbroad(price));
  const single = american.filter((price) => price.unit !== "slice");
  const choice = [single, american, large, ofKind].find((prices) => prices.length > 0) ?? [];
  return choice[Math.floor((choice.length - 1) / 2)] ?? null;
}

/** Units: currency of the price, for one canonical unit and hour. */
export function pricePerCanonicalHour(price: Price): number {
  return price.perHour / price.canonicalUnitsPerUnit;
}

const BY_HARDWARE = new WeakMap<Catalog, ReadonlyMap<string, readonly Price[]>>();

function pricesOf(catalog: Catalog, id: string): readonly Price[] {
  let index = BY_HARDWARE.get(catalog);
  if (index === undefined) {
    index = Map.groupBy(catalog.prices, (price) => price.hardware);
    BY_HARDWARE.set(catalog, index);
  }
  return index.get(id) ?? [];
}

function likelyOf(rows: readonly Price[], question: PriceQuestion): readonly Price[] {
  const { date } = question;
  if (date === null) return [];
  const kind = question.kind ?? "on_demand";
  const inForce = rows.filter((price) => price.kind === kind && isInForce(price, date));
  const providers = providersFor(question);
  const provider = providers.find((name) => inForce.some((price) => sameProvider(price.provider, name)));
  if (provider === undefined) return [];
  return inForce
    .filter((price) => sameProvider(price.provider, provider))
    .sort((left, right) => rank(question, left) - rank(question, right) || (left.id < right.id ? -1 : 1));
}

function providersFor(question: PriceQuestion): readonly string[] {
  if (question.provider !== undefined && question.provider !== null) return [question.provider];
  const first = question.hardware[0] ?? "";
  const only = ONLY_PROVIDERS.find((row) => first.startsWith(row.prefix));
  return only === undefined ? LARGE_PROVIDERS : [only.provider];
}

/** Whether any of some prices is of a provider, by whatever name it goes. */
export function isKnownProvider(prices: readonly Price[], name: string): boolean {
  return prices.some((price) => sameProvider(price.provider, name));
}

const NEWEST = new WeakMap<Catalog, string | null>();

/** The newest day on which the catalog has seen a price: what "now" is for whoever asks without a date. Null for a catalog without prices. */
export function newestPriceDate(catalog: Catalog): string | null {
  let newest = NEWEST.get(catalog);
  if (newest === undefined) {
    newest = catalog.prices
      .flatMap(({ observed }) => observed)
      .reduce<string | null>((last, day) => (last === null || day > last ? day : last), null);
    NEWEST.set(catalog, newest);
  }
  return newest;
}

/** "google", "Google Cloud" and "GCP" are one. */
function sameProvider(left: string, right: string): boolean {
  return providerKey(left) === providerKey(right);
}

const PROVIDER_WORDS: readonly { readonly key: string; readonly words: RegExp }[] = [
  { key: "google", words: /\bgoogle\b|\bgcp\b/i },
  { key: "aws", words: /\baws\b|\bamazon\b/i },
  { key: "azure", words: /\bazure\b|\bmicrosoft\b/i },
];

function providerKey(name: string): string {
  return PROVIDER_WORDS.find((row) => row.words.test(name))?.key ?? name.toLowerCase();
}

/** The likelier product first, then American list prices of a single unit, then the better source. */
function rank(question: PriceQuestion, price: Price): number {
  const product = question.hardware.indexOf(price.hardware);
  const abroad = isAbroad(price) ? 1 : 0;
  const slice = price.unit === "slice" ? 1 : 0;
  const trust = { high: 0, medium: 1, low: 2 }[price.confidence];
  return product * 1000 + abroad * 100 + slice * 10 + trust;
}

/** Whether the price is asked elsewhere than in the United States, whose list prices are quoted. */
function isAbroad(price: Price): boolean {
  return price.region !== "any" && !/\bus\b|^us-|east us/i.test(price.region);
}

function bandOf(around: readonly Price[]): Interval | null {
  const first = around[0];
  const last = around.at(-1);
  if (first === undefined || last === undefined) return null;
  const dearest = around
    .filter((price) => price.kind === "on_demand" && LARGE_PROVIDERS.some((name) => sameProvider(name, price.provider)))
    .at(-1);
  const low = pricePerCanonicalHour(first) * (1 - BAND_SLACK);
  const high = pricePerCanonicalHour(dearest ?? last) * (1 + BAND_SLACK);
  return around.length < LEAST_OFFERS ? { low: low / FEW_OFFERS, high: high * FEW_OFFERS } : { low, high };
}

/** Whether the price was surely asked at the date: it is known since when, or was seen before and after. */
function isInForce(price: Price, date: string): boolean {
  const from = price.validFrom ?? earliest(price.observed);
  return from !== null && !isBefore(date, from) && (price.validTo === null || !isBefore(price.validTo, date));
}

/** Whether the price was asked within a year of the date; a price without any date counts for every time. */
function isAround(price: Price, date: string | null): boolean {
  if (date === null) return true;
  const from = price.validFrom ?? earliest(price.observed);
  const isTooLate = from !== null && isBefore(shifted(date, YEARS_AROUND), from);
  const isTooEarly = price.validTo !== null && isBefore(price.validTo, shifted(date, -YEARS_AROUND));
  return !isTooLate && !isTooEarly;
}

function earliest(dates: readonly string[]): string | null {
  return dates.reduce<string | null>((first, date) => (first === null || isBefore(date, first) ? date : first), null);
}

/** Dates of different exactness are compared as far as both go: 2019-06 is not before 2019. */
function isBefore(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  return left.slice(0, length) < right.slice(0, length);
}

function shifted(date: string, years: number): string {
  return `${String(Number(date.slice(0, 4)) + years).padStart(4, "0")}${date.slice(4)}`;
}
