import type { Catalog } from "../model/catalog.ts";
import type { EstimatedFigure, EstimatedReading, Estimation } from "../model/estimation.ts";
import type { Quantity } from "../model/quantity.ts";
import type { CheckOptions } from "../model/report.ts";
import type { Run, RunId } from "../model/run.ts";
import { type Estimate, figureOf, solve, stated } from "./estimate.ts";
import { priceFacts } from "./price-facts.ts";

export interface Phrase {
  readonly phrase: string;
  readonly date: string | null;
  readonly quantities: readonly Quantity[];
}

/** Accelerator-hours and cost of a phrase that names hardware and time; one entry for every reading of the count, likeliest first. */
export function estimateFrom(catalog: Catalog, input: Phrase, options: CheckOptions): Estimation {
  const mentions = input.quantities.map((quantity) => quantity.mention);
  const counts = statedIn(input.quantities, "accelerators");
  const time = statedIn(input.quantities, "wall_time")[0];
  const missing = [...(counts.length === 0 ? ["accelerators"] : []), ...(time === undefined ? ["wall_time"] : [])];
  if (time === undefined || counts.length === 0) return { phrase: input.phrase, mentions, readings: [], missing };
  const run: Run = { id: "r1" as RunId, subject: null, quantities: input.quantities, hardware: [], tie: "sentence", lent: new Set() };
  const claim = input.quantities[0]?.mention;
  const prices = statedIn(input.quantities, "price");
  const listed = claim === undefined ? [] : priceFacts(catalog, run, claim, input.date, options);
  const price = prices[0] ?? listed[0] ?? null;
  const readings = counts.map((count): EstimatedReading => {
    const hours = through(catalog, "accelerator_hours", [count, time], `${count.baseUnit}-hour`);
    const cost = price === null ? null : through(catalog, "cost", [count, time, price], price.currency ?? "USD");
    const results: EstimatedFigure[] = [];
    if (hours !== null)
      results.push({ slot: "accelerator_hours", figure: figureOf(hours.width, hours.baseUnit), remark: null, steps: hours.steps });
    if (cost !== null)
      results.push({
        slot: "cost",
        figure: figureOf(cost.width, cost.baseUnit),
        remark: prices.length === 0 ? "at list price" : null,
        steps: cost.steps,
      });
    return { assumes: count.assumes, weight: count.weight, results };
  });
  return { phrase: input.phrase, mentions, readings, missing: [] };
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
