import type { Catalog } from "../model/catalog.ts";
import type { EstimatedFigure, EstimatedReading, Estimation } from "../model/estimation.ts";
import type { Quantity } from "../model/quantity.ts";
import type { CheckOptions } from "../model/report.ts";
import type { Run, RunId } from "../model/run.ts";
import { type Estimate, figureOf, given, solve, stated } from "./estimate.ts";
import { peakFacts } from "./peak-facts.ts";
import { priceFacts } from "./price-facts.ts";
import { usualFacts } from "./usual-facts.ts";

export interface Phrase {
  readonly phrase: string;
  readonly date: string | null;
  readonly quantities: readonly Quantity[];
}

/**
 * Accelerator-hours, cost, energy, carbon and compute of a phrase that names hardware and time, or hours of accelerators; one entry
 * for every reading of the count, likeliest first. What the phrase does not say is looked up, or taken as it usually is, and said so.
 */
export function estimateFrom(catalog: Catalog, input: Phrase, options: CheckOptions): Estimation {
  const mentions = input.quantities.map((quantity) => quantity.mention);
  const stated = (slot: string): readonly Estimate[] => statedIn(input.quantities, slot);
  const [counts, hours] = [stated("accelerators"), stated("accelerator_hours")];
  const time = stated("wall_time")[0] ?? null;
  const missing = [...(counts.length === 0 ? ["accelerators"] : []), ...(time === null ? ["wall_time"] : [])];
  if (missing.length > 0 && hours.length === 0) return { phrase: input.phrase, mentions, readings: [], missing };
  const products = input.quantities.flatMap(({ readings }) => readings.flatMap(({ hardware }) => hardware ?? []));
  const hardware = [...new Set(products)];
  const run: Run = { id: "r1" as RunId, subject: null, quantities: input.quantities, hardware, tie: "sentence", lent: new Set() };
  const units = new Map(catalog.slots.map((slot) => [slot.id as string, slot.unit]));
  const claim = input.quantities[0]?.mention;
  const premise = (slot: string): Estimate | null => {
    const assumed = options.assume[slot];
    if (assumed !== undefined) return given(slot, assumed, units.get(slot) ?? "1", "given on the command line");
    const looked = slot === "price" && claim !== undefined ? priceFacts(catalog, run, claim, input.date, options) : [];
    return (
      stated(slot)[0] ??
      looked[0] ??
      (slot === "peak_flop_rate" ? peakFacts(catalog, run)[0] : usualFacts(catalog, run, slot, null)[0]) ??
      null
    );
  };
  const bases = missing.length > 0 ? hours : counts;
  const readings = bases.map(
    (base): EstimatedReading => ({
      assumes: base.assumes,
      weight: base.weight,
      results: resultsOf(catalog, base, time, premise).map(resultOf),
    }),
  );
  return { phrase: input.phrase, mentions, readings, missing: [] };
}

/** Whatever follows from a count and a time, or from hours of accelerators. */
function resultsOf(
  catalog: Catalog,
  base: Estimate,
  time: Estimate | null,
  premise: (slot: string) => Estimate | null,
): readonly Estimate[] {
  const from = (slot: string, unit: string, ...inputs: readonly (Estimate | null)[]): Estimate | null => {
    const all = inputs.filter((input) => input !== null);
    return all.length < inputs.length ? null : through(catalog, slot, all, unit);
  };
  const isCount = base.slot === "accelerators";
  const hours = isCount ? from("accelerator_hours", `${base.baseUnit}-hour`, base, time) : base;
  const [price, power, pue] = [premise("price"), premise("power"), premise("pue")];
  const cost = isCount ? from("cost", price?.currency ?? "USD", base, time, price) : from("cost", price?.currency ?? "USD", hours, price);
  const energy = from("energy", "kWh", hours, power, pue);
  const carbon = from("carbon", "kg", energy, premise("carbon_intensity"));
  const rate = from("flop_rate", "flop/s/accelerator", premise("mfu"), premise("peak_flop_rate"));
  const flop = isCount ? from("flop", "flop", base, time, rate) : null;
  return [hours, cost, energy, carbon, flop].filter((estimate) => estimate !== null);
}

function resultOf(estimate: Estimate): EstimatedFigure {
  const natures = new Set(estimate.facts.map((fact) => fact.nature));
  const isListed = estimate.slot === "cost" && natures.has("dated");
  return {
    slot: estimate.slot,
    figure: figureOf(estimate.width, estimate.baseUnit),
    remark: isListed ? "at list price" : null,
    steps: estimate.steps,
  };
}

function statedIn(quantities: readonly Quantity[], slot: string): readonly Estimate[] {
  return quantities.flatMap((quantity) =>
    quantity.readings.filter((reading) => reading.slot === slot).map((reading) => stated(quantity, reading)),
  );
}

/** Solves the equation of the catalog that gives `slot` from just these inputs. */
function through(catalog: Catalog, slot: string, inputs: readonly Estimate[], unit: string): Estimate | null {
  const names = new Set(inputs.map((input) => input.slot));
  const equation = catalog.equations.find(
    (candidate) =>
      candidate.result === slot && candidate.terms.length === names.size && candidate.terms.every((term) => names.has(term.slot)),
  );
  return equation === undefined ? null : solve(equation, slot, inputs, unit);
}
