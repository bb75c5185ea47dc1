import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";
import type { CheckOptions } from "../model/report.ts";
import type { Run } from "../model/run.ts";
import type { Ground } from "./derive.ts";
import { given } from "./estimate.ts";
import { peakFacts } from "./peak-facts.ts";
import { priceFacts } from "./price-facts.ts";
import { usualFacts } from "./usual-facts.ts";

/** Where the estimates for a run come from. */
export function groundOf(
  catalog: Catalog,
  document: Document,
  run: Run,
  options: CheckOptions,
  settled: Ground["settled"] = new Set(),
  isForeign: Ground["isForeign"] = () => false,
): Ground {
  const { units, family } = constantsOf(catalog);
  const canonical =
    run.quantities.flatMap((quantity) => quantity.readings).find((reading) => reading.slot === "accelerators")?.baseUnit ?? "accelerator";
  return {
    catalog,
    run,
    settled,
    isForeign,
    baseUnit: (slot) => (units.get(slot) ?? slot).replace("accelerator", canonical),
    outside: (slot, claim) => {
      const filled = options.filled?.findLast(
        (each) => each.slot === slot && run.quantities.some(({ mention }) => mention.id === each.mention),
      );
      const assumed = filled?.value ?? options.assume[slot];
      if (assumed !== undefined) {
        const unit = units.get(slot) ?? "1";
        return [given(slot, assumed, unit, filled === undefined ? "given on the command line" : "filled in by a reviewer")];
      }
      if (slot === "peak_flop_rate") return peakFacts(catalog, run);
      if (slot === "price") return priceFacts(catalog, run, claim, document.date, options);
      // What rests on what is usual is only good to judge the outcome.
      return isOfEnergy(claim) ? usualFacts(catalog, run, slot, { document, block: claim.block }) : [];
    },
    compatible: (left, right) => left === null || right === null || left === right || family.get(left) === family.get(right),
  };
}

interface Constants {
  /** Units of slots, and the family of each product, by their ids. */
  readonly units: ReadonlyMap<string, string>;
  readonly family: ReadonlyMap<string, string>;
}

const CONSTANTS = new WeakMap<Catalog, Constants>();

function constantsOf(catalog: Catalog): Constants {
  const known = CONSTANTS.get(catalog);
  if (known !== undefined) return known;
  const constants = {
    units: new Map(catalog.slots.map((slot) => [slot.id as string, slot.unit])),
    family: new Map(catalog.accelerators.map(({ id, kind, family }) => [id as string, `${kind} ${family}`])),
  };
  CONSTANTS.set(catalog, constants);
  return constants;
}

function isOfEnergy({ kind, qualifiers }: Mention): boolean {
  return kind === "energy" || kind === "carbon" || (kind === "cost" && qualifiers.includes("electricity"));
}
