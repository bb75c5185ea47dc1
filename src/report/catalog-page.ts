import { type Accelerator, type Price, type Source, type System, UNSOURCED } from "../model/catalog.ts";
import { withArticle } from "../model/noun-words.ts";
import { exactFigureWords, numberWords, printedUnit } from "./figure-words.ts";
import { columns, labelled, type Paint, paint, wrapped } from "./terminal-layout.ts";

/** Facts that a search has found. */
export interface FoundFacts {
  readonly accelerators: readonly Accelerator[];
  readonly systems: readonly System[];
  readonly prices: readonly Price[];
  /** Names of all products, found or not, by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

/** More products or prices than this are counted, not listed: the search was too wide. */
const MOST_PRODUCTS = 12;
const MOST_PRICES = 40;

/** Facts for a terminal: hardware and machines with their figures, prices as a table, each with its sources. */
export function catalogPage(found: FoundFacts, terminal: { readonly color: boolean; readonly width: number }): string {
  const brush = paint(terminal.color);
  const page: Page = {
    brush,
    width: Math.min(terminal.width, WIDEST),
    nameOf: found.names,
  };
  const sections = [
    ...found.accelerators.slice(0, MOST_PRODUCTS).map((row) => acceleratorWords(page, row)),
    moreWords(found.accelerators.length - MOST_PRODUCTS, "products"),
    ...found.systems.slice(0, MOST_PRODUCTS).map((row) => systemWords(page, row)),
    moreWords(found.systems.length - MOST_PRODUCTS, "machines"),
    priceWords(page, found.prices.slice(0, MOST_PRICES)),
    moreWords(found.prices.length - MOST_PRICES, "prices"),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

const WIDEST = 120;

interface Page {
  readonly brush: Paint;
  readonly width: number;
  readonly nameOf: ReadonlyMap<string, string>;
}

function acceleratorWords(page: Page, row: Accelerator): string {
  const units = Object.entries(row.unitsInCanonical)
    .filter(([unit]) => unit !== row.canonicalUnit)
    .map(([unit, count]) => unitWords(unit, count, row.canonicalUnit));
  const peaks = Object.entries(row.densePeakTeraflops).map(([precision, peak]) => `${precision.replaceAll("_", " ")} ${numberWords(peak)}`);
  return entry(
    page,
    row.name,
    [row.vendor, row.released ?? "", `confidence ${row.confidence}`],
    [
      ["memory", row.memoryGigabytes === null ? "" : `${numberWords(row.memoryGigabytes)} GB`],
      ["dense peak", peaks.length === 0 ? "" : `${peaks.join(", ")} TFLOP/s per ${row.canonicalUnit}`],
      ["power limit", row.thermalDesignPowerWatts === null ? "" : `${numberWords(row.thermalDesignPowerWatts)} W per ${row.canonicalUnit}`],
      ["units", units.join(", ")],
      ["also called", row.aliases.join(", ")],
      ["note", row.notes ?? ""],
      ["sources", sourceWords(row.sources)],
    ],
  );
}

function systemWords(page: Page, row: System): string {
  const parts = Object.entries(row.contains).map(([id, count]) => `${numberWords(count)} × ${page.nameOf.get(id) ?? id}`);
  return entry(
    page,
    row.name,
    [row.vendor, row.released ?? "", `confidence ${row.confidence}`],
    [
      ["holds", parts.join(", ")],
      ["power", row.powerKilowattsMax === null ? "" : `at most ${numberWords(row.powerKilowattsMax)} kW`],
      ["also called", row.aliases.join(", ")],
      ["note", row.notes ?? ""],
      ["sources", sourceWords(row.sources)],
    ],
  );
}

function entry(page: Page, name: string, about: readonly string[], lines: readonly (readonly [string, string])[]): string {
  const head = `${page.brush.strong(name)}  ${page.brush.quiet(about.filter((word) => word !== "").join(", "))}`;
  const shown = lines
    .filter(([, text]) => text !== "")
    .map(([label, text]) => labelled(page.brush.quiet(label.padEnd(13)), text, page.width, "  "));
  return [wrapped(head, page.width, ""), ...shown].join("\n");
}

function priceWords(page: Page, prices: readonly Price[]): string {
  if (prices.length === 0) return "";
  const head = ["hardware", "price", "kind", "valid", "provider, region [sources]"].map((word) => page.brush.quiet(word));
  // Prices share few sources, so each is written out once, below.
  const listed = ({ sources }: Price): readonly string[] =>
    sources.length === 0 ? [UNSOURCED] : sources.map((source) => sourceWords([source]));
  const sources = [...new Set(prices.flatMap(listed))];
  const marks = (price: Price): string =>
    listed(price)
      .map((source) => sources.indexOf(source) + 1)
      .join(", ");
  const rows = prices.map((price) => [
    page.nameOf.get(price.hardware) ?? price.hardware,
    `${exactFigureWords({ value: price.perHour, low: price.perHour, high: price.perHour, unit: `${price.currency}/${price.unit}-hour` })}${partWords(price)}`,
    price.kind.replaceAll("_", " "),
    `${price.validFrom ?? "?"} to ${price.validTo ?? "now"}`,
    `${[price.provider, price.region].filter((word) => word !== "").join(", ")} [${marks(price)}]`,
  ]);
  const list = sources.map((source, index) => labelled(`[${index + 1}] `, source, page.width, "  "));
  return [page.brush.strong("Prices"), columns([head, ...rows], page.width, "  "), "", ...list].join("\n");
}

/** How much hardware a price buys, where that is not one unit: " of 32". */
function partWords(price: Price): string {
  return price.canonicalUnitsPerUnit > 1 ? ` of ${numberWords(price.canonicalUnitsPerUnit)}` : "";
}

/** "2 cores in a chip", "4 chips in a device": whole numbers, whichever is the larger. */
function unitWords(unit: string, count: number, canonical: string): string {
  return count < 1
    ? `${exactFigureWords({ value: 1 / count, low: 0, high: 0, unit })} in ${withArticle(printedUnit(canonical))}`
    : `${exactFigureWords({ value: count, low: 0, high: 0, unit: canonical })} in ${withArticle(printedUnit(unit))}`;
}

function sourceWords(sources: readonly Source[]): string {
  if (sources.length === 0) return UNSOURCED;
  return sources.map((source) => (source.url === null ? source.title : `${source.title} <${source.url}>`)).join("; ");
}

function moreWords(count: number, what: string): string {
  return count > 0 ? `... and ${count} more ${what}; add a word to the search` : "";
}
