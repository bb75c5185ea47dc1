/**
 * Mentions in, quantities out: every way a mention can be understood, in the base unit of the slot that equations speak of.
 *
 * Nothing is decided here: a bare "512 TPU v3" keeps its three readings, with weights. What belongs to which run is the linker's
 * business, what agrees with what the checker's.
 */
import type { Accelerator, Catalog, System } from "../model/catalog.ts";
import { scale } from "../model/interval.ts";
import { isUnitUntold, type Mention, type MentionId, type MentionKind } from "../model/mention.ts";
import { pricePerCanonicalHour } from "../model/price-lookup.ts";
import type { Conversion, Figure, NonEmpty, Quantity, Reading, Width } from "../model/quantity.ts";
import type { Attachment } from "../model/run.ts";
import { type Company, companyIn, corpusReading, parameterReading, sampleReading, timeReadings } from "./company.ts";
import { type UnitReading, unitReadings } from "./hardware-readings.ts";
import { productsOf } from "./products.ts";
import { hoursIn, ratioUnit, scaleOf } from "./unit-scale.ts";
import { widthOf } from "./width.ts";

/** More hours than one machine has in three years cannot be wall-clock time: the figure adds up many devices. */
const MOST_WALL_HOURS = 26_280;

export function normalizeMentions(
  catalog: Catalog,
  mentions: readonly Mention[],
  attachments: ReadonlyMap<MentionId, Attachment>,
): readonly Quantity[] {
  const company = companyIn(mentions);
  return mentions.map((mention) => ({
    mention,
    readings: readingsOf(catalog, company, mention, productsOf(catalog, mention, attachments.get(mention.id))),
  }));
}

function readingsOf(catalog: Catalog, company: Company, mention: Mention, products: readonly Accelerator[]): NonEmpty<Reading> {
  const product = OF_A_PRODUCT.has(mention.kind) ? (products[0] ?? null) : null;
  switch (mention.kind) {
    case "accelerators":
    case "nodes":
      return countReadings(catalog, mention, products);
    case "accelerator-hours":
      return hoursReadings(catalog, mention, products);
    case "batch":
      return batchReadings(catalog, mention, product);
    case "flop-rate":
      return rateReadings(catalog, mention, product);
    case "energy":
      return energyReadings(catalog, mention, product);
    case "carbon":
      return massReadings(catalog, mention);
    case "price":
      return priceReadings(catalog, mention, products);
    case "wall-time":
      return timeReadings(company, mention, scalarReading(catalog, mention, product));
    case "parameters":
      return [parameterReading(company, mention, scalarReading(catalog, mention, product))];
    case "tokens":
      return [corpusReading(company, mention, scalarReading(catalog, mention, product))];
    case "samples":
      return [sampleReading(company, mention, scalarReading(catalog, mention, product))];
    default:
      return [scalarReading(catalog, mention, product)];
  }
}

/** What a product does or draws; a time or a cost is read alike on all of them. */
const OF_A_PRODUCT: ReadonlySet<MentionKind> = new Set(["flop-rate", "mfu", "throughput", "power", "step-time", "memory"]);

function countReadings(catalog: Catalog, mention: Mention, products: readonly Accelerator[]): NonEmpty<Reading> {
  const system = systemOf(catalog, mention);
  if (mention.kind === "nodes" && system === null) return [scalarReading(catalog, mention, products[0] ?? null)];
  const slot = mention.per === null ? "accelerators" : slotFor("accelerators", mention.per);
  return nonEmpty(
    unitReadings(catalog, mention, products, system).map((unit) =>
      build(mention, {
        slot,
        unit,
        printedUnit: unit.unit,
        baseUnit: unit.canonicalUnit,
        factor: unit.factor,
        conversion: unit.conversion === null ? [] : [unit.conversion],
      }),
    ),
    scalarReading(catalog, mention, products[0] ?? null),
  );
}

/** How likely "128K tokens" is 128 x 1,024, and a million its square. */
const BINARY_WEIGHT = 0.1;
const BINARY_THOUSAND = 1.024;

/** A batch in round thousands of tokens: people who count in powers of two write K for 1,024. */
function batchReadings(catalog: Catalog, mention: Mention, product: Accelerator | null): NonEmpty<Reading> {
  const decimal = scalarReading(catalog, mention, product);
  const { value, lastPlace } = mention.number;
  if (mention.unit !== "token" || mention.number.range !== null || lastPlace < 1000 || value < 1000) return [decimal];
  const factor = lastPlace >= 1e5 ? BINARY_THOUSAND ** 2 : BINARY_THOUSAND;
  const about = `thousands of ${mention.id}`;
  const figure = { value: factor, low: factor, high: factor, unit: "token/token" };
  return [
    { ...decimal, weight: 1 - BINARY_WEIGHT, assumes: [{ about, choice: "K stands for 1,000", facts: [] }] },
    {
      ...decimal,
      width: scaleWidth(decimal.width, factor),
      weight: BINARY_WEIGHT,
      assumes: [{ about, choice: "K stands for 1,024", facts: [] }],
      conversion: [...decimal.conversion, { operator: "*", figure, fact: null }],
    },
  ];
}

/** "100 MWh" of a run: at the meter of the data center, or of the machines alone. */
function energyReadings(catalog: Catalog, mention: Mention, product: Accelerator | null): NonEmpty<Reading> {
  const whole = scalarReading(catalog, mention, product);
  if (whole.slot !== "energy" || mention.qualifiers.includes("with-pue")) return [whole];
  return [
    { ...whole, weight: 0.6 },
    { ...whole, slot: "machine_energy", weight: 0.4 },
  ];
}

/** In what emissions may be counted that a table tells without a unit, the printed guess first. */
const MASSES: readonly string[] = ["t", "kg", "lb"];
const GUESSED_MASS = 0.6;

/** "480" under "CO2e": all units are tried, the same one for all figures of a table. */
function massReadings(catalog: Catalog, mention: Mention): NonEmpty<Reading> {
  const told = scalarReading(catalog, mention, null);
  if (!isUnitUntold(mention)) return [told];
  const others = MASSES.filter((unit) => unit !== mention.unit);
  const assumes = (unit: string): Reading["assumes"] => [
    { about: `mass of table ${mention.cell?.table}`, choice: `emissions are counted in ${unit}`, facts: [] },
  ];
  return [
    { ...told, weight: GUESSED_MASS, assumes: assumes(mention.unit) },
    ...others.map((unit) => ({
      ...scalarReading(catalog, { ...mention, unit }, null),
      weight: (1 - GUESSED_MASS) / others.length,
      assumes: assumes(unit),
    })),
  ];
}

/** No device does more in a second than this, and no cluster that is worth telling does less than the other. Units: flop/s. */
const MOST_OF_A_DEVICE = 5e15;
const LEAST_OF_A_CLUSTER = 2e13;

/** "163 teraFLOP/s": of each device or of them all, where the print does not say and it could be either. */
function rateReadings(catalog: Catalog, mention: Mention, product: Accelerator | null): NonEmpty<Reading> {
  const whole = scalarReading(catalog, mention, product);
  const { face } = whole.width;
  if (whole.slot !== "flop_rate_total" || face > MOST_OF_A_DEVICE) return [whole];
  const one: Reading = { ...whole, slot: "flop_rate", baseUnit: "flop/s/accelerator", weight: 1 };
  if (face < LEAST_OF_A_CLUSTER) return [one];
  return [
    { ...one, weight: 0.6 },
    { ...whole, weight: 0.4 },
  ];
}

/** "67,584 chip-hours", "2.5k core-days": the noun is read in every way, the time unit as printed. */
function hoursReadings(catalog: Catalog, mention: Mention, products: readonly Accelerator[]): NonEmpty<Reading> {
  const timeUnit = mention.unit.slice(mention.unit.lastIndexOf("-") + 1);
  const hours = hoursIn(catalog, timeUnit);
  if (isOfUnknownNodes(catalog, mention, products))
    return [ofNodes(mention, slotFor("node_hours", mention.per), "node-hour", timeUnit, hours)];
  const rate = scaledToTrillion(mention.per);
  const time = [...timeConversion(timeUnit, hours), ...rate];
  const readings = unitReadings(catalog, mention, products, systemOf(catalog, mention)).map((unit) =>
    build(mention, {
      slot: slotFor("accelerator_hours", mention.per),
      unit,
      printedUnit: `${unit.unit}-${timeUnit}`,
      baseUnit: `${unit.canonicalUnit}-hour`,
      factor: unit.factor * hours * factorOf(rate),
      conversion: [...(unit.conversion === null ? [] : [unit.conversion]), ...time],
    }),
  );
  return nonEmpty(readings, scalarReading(catalog, mention, products[0] ?? null));
}

/** "$0.10 per kWh": what electricity costs, not hardware. */
function energyPrice(catalog: Catalog, mention: Mention): Reading {
  const [currency = "USD", unit = "kWh"] = mention.unit.split("/");
  const size = scaleOf(catalog, unit).factor;
  const plain = scalarReading(catalog, mention, null);
  const figure = { value: size, low: size, high: size, unit: `kWh/${unit}` };
  return {
    ...plain,
    slot: "energy_price",
    width: scaleWidth(plain.width, 1 / size),
    conversion: size === 1 ? [] : [{ operator: "/", figure, fact: null }],
    currency,
    baseUnit: `${currency}/kWh`,
  };
}

/** A machine of which it is not known how many accelerators it has: "node-hours", "$30 per node-hour". */
function isOfUnknownNodes(catalog: Catalog, mention: Mention, products: readonly Accelerator[]): boolean {
  const { noun } = mention;
  if ((noun !== "node" && noun !== "host") || systemOf(catalog, mention) !== null) return false;
  return products.every((product) => product.unitsInCanonical[noun] === undefined && product.unitsInCanonical["device"] === undefined);
}

/** Hours or prices of machines, which are not those of accelerators. Units: `factor` brings the printed number to an hour. */
function ofNodes(mention: Mention, slot: string, baseUnit: string, timeUnit: string, factor: number): Reading {
  const printed = widthOf(mention);
  return {
    slot,
    width: scaleWidth(printed, factor),
    weight: 1,
    assumes: [],
    contradictsPrint: false,
    hardware: null,
    currency: null,
    printed: figureOf(printed, baseUnit.replace("hour", timeUnit)),
    conversion: timeConversion(timeUnit, slot === "price_per_node" ? 1 / factor : factor, slot === "price_per_node" ? "/" : "*"),
    baseUnit,
  };
}

/** Nothing that is rented by the piece costs more an hour. Units: any of the large currencies. */
const MOST_OF_ONE = 25;

/** "$8 an hour per device": divided by the chips of a device. A price per hour of no named thing is the rate of the whole run. */
function priceReadings(catalog: Catalog, mention: Mention, products: readonly Accelerator[]): NonEmpty<Reading> {
  if (mention.unit.endsWith("Wh")) return [energyPrice(catalog, mention)];
  const shape = PRICE_UNIT.exec(mention.unit);
  const currency = shape?.groups?.["currency"] ?? "USD";
  const timeUnit = shape?.groups?.["time"] ?? "hour";
  const hours = hoursIn(catalog, timeUnit);
  const isWhole = shape?.groups?.["noun"] === undefined && mention.noun === null;
  const time = timeConversion(timeUnit, hours, "/");
  if (isWhole) {
    const whole: Reading = {
      ...scalarReading(catalog, mention, products[0] ?? null),
      slot: "cost_rate",
      width: scaleWidth(widthOf(mention), 1 / hours),
      conversion: time,
      currency,
      baseUnit: `${currency}/hour`,
    };
    if (mention.value / hours > MOST_OF_ONE) return [whole];
    const ofOne = priceReadings(catalog, { ...mention, noun: "bare", unit: `${currency}/accelerator-${timeUnit}` }, products);
    return [{ ...whole, weight: 0.5 }, ...ofOne.map((reading) => ({ ...reading, weight: reading.weight * 0.5 }))];
  }
  if (isOfUnknownNodes(catalog, mention, products))
    return [{ ...ofNodes(mention, "price_per_node", `${currency}/node-hour`, timeUnit, 1 / hours), currency }];
  const units = unitReadings(catalog, mention, products, systemOf(catalog, mention));
  // A price that names what it buys leaves nothing open; only a bare one keeps its readings, the list price speaking for one of them.
  const printed = units.filter((unit) => !unit.contradictsPrint);
  const open = printed.length === 1 ? printed.map((unit) => ({ ...unit, weight: 1 })) : listed(catalog, mention, units, hours);
  const readings = open.map((unit) => ({
    ...build(mention, {
      slot: "price",
      unit,
      printedUnit: `${currency}/${unit.unit}-${timeUnit}`,
      baseUnit: `${currency}/${unit.canonicalUnit}-hour`,
      factor: 1 / (unit.factor * hours),
      conversion: [...(unit.conversion === null ? [] : [inverse(unit.conversion)]), ...time],
    }),
    currency,
  }));
  return nonEmpty(readings, { ...scalarReading(catalog, mention, products[0] ?? null), slot: "price", currency });
}

/** Where the price is the list price of one unit of the product and of no other, that unit is likelier by this much. */
const LIST_PRICE_EVIDENCE = 20;

function listed(catalog: Catalog, mention: Mention, units: readonly UnitReading[], hours: number): readonly UnitReading[] {
  const weights = units.map((unit) => {
    const perCanonicalHour = mention.value / (unit.factor * hours);
    const isListed = catalog.prices.some(
      (price) =>
        price.hardware === unit.accelerator?.id &&
        price.kind === "on_demand" &&
        Math.abs(pricePerCanonicalHour(price) / perCanonicalHour - 1) < 0.01,
    );
    return isListed ? unit.weight * LIST_PRICE_EVIDENCE : unit.weight;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return units.map((unit, index) => ({ ...unit, weight: (weights[index] ?? 0) / total }));
}

/** "USD/device-hour", "USD/hour", "CNY/accelerator-hour"; not "USD". */
const PRICE_UNIT = /^(?<currency>[A-Z]{3})\/(?:(?<noun>[a-z-]+)-)?(?<time>second|minute|hour|day|week|month|year)$/;

interface Parts {
  readonly slot: string;
  readonly unit: UnitReading;
  readonly printedUnit: string;
  readonly baseUnit: string;
  readonly factor: number;
  readonly conversion: readonly Conversion[];
}

function build(mention: Mention, parts: Parts): Reading {
  const printed = widthOf(mention);
  const isChoice = parts.unit.weight < 1;
  return {
    slot: parts.slot,
    width: scaleWidth(printed, parts.factor),
    weight: parts.unit.weight,
    assumes: isChoice
      ? [
          {
            about: `unit of ${mention.noun === "gpu" ? "bare" : (mention.noun ?? "bare")} ${parts.unit.accelerator?.family ?? ""} ${parts.unit.accelerator?.id ?? ""}`,
            choice: parts.unit.unit,
            facts: parts.conversion.flatMap((step) => step.fact ?? []),
          },
        ]
      : [],
    contradictsPrint: parts.unit.contradictsPrint,
    hardware: parts.unit.accelerator?.id ?? null,
    currency: null,
    printed: printedFigure(mention, printed, parts.printedUnit),
    conversion: parts.conversion,
    baseUnit: parts.baseUnit,
  };
}

function scalarReading(catalog: Catalog, mention: Mention, product: Accelerator | null): Reading {
  const unit = scaleOf(catalog, mention.unit);
  const printed = widthOf(mention);
  const factorFigure = { value: unit.factor, low: unit.factor, high: unit.factor, unit: ratioUnit(unit.base, mention.unit) };
  const rate = scaledToTrillion(mention.per);
  return {
    slot: scalarSlot(catalog, mention, product),
    width: scaleWidth(printed, unit.factor * factorOf(rate)),
    weight: 1,
    assumes: [],
    contradictsPrint: false,
    hardware: product?.id ?? null,
    currency: mention.kind === "cost" ? mention.unit : null,
    printed: printedFigure(mention, printed, mention.unit),
    conversion: [...(unit.factor === 1 ? [] : [{ operator: "*" as const, figure: factorFigure, fact: null }]), ...rate],
    baseUnit: unit.base,
  };
}

/** An accelerator of no known power limit draws no more than this by itself, in kilowatts, unless its kind is a whole wafer. */
const MOST_KILOWATTS = 30;

/** Above its limit, what else the machine draws for it is counted in: so many times the limit at most. */
const MOST_OVER_LIMIT = 3;

/** More accelerators than this are in no machine. */
const MOST_IN_A_MACHINE = 16;

/** What a power is of: one accelerator where it can draw so much, else the machine that holds it, else all of them. */
function powerSlot({ qualifiers, per, unit }: Mention, kilowatts: number, product: Accelerator | null): string {
  if (per !== null || OF_ONE.test(unit) || qualifiers.includes("each")) return "power";
  const limit = (product?.thermalDesignPowerWatts ?? 0) / 1000;
  const most = limit > 0 ? MOST_OVER_LIMIT * limit : MOST_KILOWATTS;
  if (qualifiers.includes("whole") || kilowatts > most * (limit > 0 ? MOST_IN_A_MACHINE : 1)) return "power_total";
  return kilowatts > most ? "power_per_node" : "power";
}

const OF_ONE = /\/(?:accelerator|gpu|chip|core|device|node)$/;

/** The slot of a kind that needs no reading of hardware; rates of one accelerator and of the whole machine are different slots. */
function scalarSlot(catalog: Catalog, mention: Mention, product: Accelerator | null): string {
  const isPerAccelerator = OF_ONE.test(mention.unit);
  switch (mention.kind) {
    case "wall-time":
      return mention.value * hoursIn(catalog, mention.unit) > MOST_WALL_HOURS && mention.per === null
        ? "summed_time"
        : slotFor("wall_time", mention.per);
    case "throughput": {
      const rate = mention.unit.startsWith("sample") ? "sample_throughput" : "throughput";
      return slotFor(isPerAccelerator ? rate : `${rate}_total`, mention.per);
    }
    case "batch":
      // Words of a batch are neither its tokens nor its sequences.
      return slotFor(mention.unit === "token" ? "batch_tokens" : mention.unit === "word" ? "batch_words" : "batch", mention.per);
    case "tokens":
      // A corpus is counted in words, and once; what is seen in training in tokens.
      // "180K hours per trillion tokens, 14.8T tokens": no tokens are told for so many tokens.
      if (mention.per?.endsWith("token") === true) return "tokens";
      return slotFor("tokens", mention.unit === "word" && mention.per === null ? "epoch" : mention.per);
    case "step-time":
      return slotFor("wall_time", mention.unit.endsWith("/kimg") ? "sample" : "step");
    case "cost":
      return mention.qualifiers.includes("electricity") ? "electricity_cost" : slotFor("cost", mention.per);
    case "mfu":
      return mention.qualifiers.includes("hardware") ? "hfu" : slotFor("mfu", mention.per);
    case "power":
      return slotFor(powerSlot(mention, mention.value * scaleOf(catalog, mention.unit).factor, product), mention.per);
    case "flop-rate":
      return slotFor(isPerAccelerator ? "flop_rate" : "flop_rate_total", mention.per);
    default:
      return slotFor(mention.kind.replaceAll("-", "_"), mention.per);
  }
}

/** A figure for one epoch is another quantity than the figure for the run: "wall_time_per_epoch"; for any number of tokens, that for a trillion. */
function slotFor(slot: string, per: string | null): string {
  if (per === null) return slot;
  return `${slot}_per_${amountOf(per) === null ? per.replaceAll(/[^a-z0-9]+/gi, "_").toLowerCase() : "1e12_token"}`;
}

/** What figures for a part of the tokens are scaled to. */
const TOKENS_OF_A_RATE = 1e12;

/** The number in "3e11 token"; null for what is no number of tokens. */
function amountOf(per: string): number | null {
  const amount = /^(?<amount>[\d.]+(?:e\d+)?) token$/.exec(per)?.groups?.["amount"];
  return amount === undefined ? null : Number(amount);
}

/** What brings a figure for some of the tokens to that for a trillion; none for any other figure. */
function scaledToTrillion(per: string | null): readonly Conversion[] {
  const amount = per === null ? null : amountOf(per);
  if (amount === null || amount === TOKENS_OF_A_RATE) return [];
  const factor = TOKENS_OF_A_RATE / amount;
  return [{ operator: "*", figure: { value: factor, low: factor, high: factor, unit: `1e12 token/${per}` }, fact: null }];
}

function factorOf(conversions: readonly Conversion[]): number {
  return conversions.reduce((factor, { operator, figure }) => (operator === "*" ? factor * figure.value : factor / figure.value), 1);
}

function systemOf(catalog: Catalog, mention: Mention): System | null {
  const id = mention.hardware?.system ?? null;
  return id === null ? null : (catalog.systems.find((system) => system.id === id) ?? null);
}

function timeConversion(unit: string, hours: number, operator: "*" | "/" = "*"): readonly Conversion[] {
  if (hours === 1) return [];
  return [{ operator, figure: { value: hours, low: hours, high: hours, unit: `hour/${unit}` }, fact: null }];
}

function inverse(conversion: Conversion): Conversion {
  return { ...conversion, operator: conversion.operator === "*" ? "/" : "*" };
}

function scaleWidth(width: Width, factor: number): Width {
  return { face: width.face * factor, strict: scale(width.strict, factor), generous: scale(width.generous, factor) };
}

/** The figure in the unit of a reading; of a range the two ends as they are printed. */
function printedFigure(mention: Mention, width: Width, unit: string): Figure {
  const isRange = mention.number.range !== null && mention.number.form !== "vague";
  return isRange ? { value: width.face, ...width.strict, unit, isRange } : figureOf(width, unit);
}

function figureOf(width: Width, unit: string): Figure {
  return { value: width.face, low: width.generous.low, high: width.generous.high, unit };
}

function nonEmpty(readings: readonly Reading[], otherwise: Reading): NonEmpty<Reading> {
  const [first, ...rest] = readings;
  return first === undefined ? [otherwise] : [first, ...rest];
}
