import { type Catalog, sourceOf } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import { largest, smallest } from "../model/many.ts";
import type { Run } from "../model/run.ts";
import { type Estimate, known } from "./estimate.ts";

/** Share of its limit that a part may draw on average in training: a waiting one little, a board with its share of the host more. */
const DRAW = { low: 0.3, high: 1.5 };

/** A block of a document. */
interface Place {
  readonly document: Document;
  readonly block: number;
}

/**
 * What is usual where a document says nothing: the power limit of its hardware, the PUE of data centers, what grids emit, utilization.
 *
 * `near` is where the claim stands: where the text there names the one country whose grid was used, only that grid counts.
 * Each is a default with all that the catalog holds for it as its interval, so that nothing which rests on it is more than noted.
 * Units: those of the slot. Shape: empty for other slots, and for power where the hardware is unknown.
 */
export function usualFacts(catalog: Catalog, run: Run, slot: string, near: Place | null): readonly Estimate[] {
  switch (slot) {
    case "power":
      return powerFacts(catalog, run);
    case "pue":
      return spansOf(catalog).pue;
    case "carbon_intensity":
      return (near === null ? null : gridNear(catalog, near)) ?? spansOf(catalog).grids;
    default:
      return usualOfSlot(catalog, slot);
  }
}

interface Spans {
  readonly pue: readonly Estimate[];
  readonly grids: readonly Estimate[];
}

/** A catalog is never changed, so what is usual of all its rows is worked out once. */
const SPANS = new WeakMap<Catalog, Spans>();

function spansOf(catalog: Catalog): Spans {
  const known = SPANS.get(catalog);
  if (known !== undefined) return known;
  const emitted = catalog.grids.flatMap((grid) => Object.values(grid.kilogramsPerKilowattHour));
  const effectiveness = catalog.powerUsageEffectiveness.map((row) => row.value);
  const spans = {
    pue: spanOf("pue", "1", "PUE of data centers", effectiveness),
    grids: spanOf("carbon_intensity", "kg/kWh", "carbon intensity of grids", emitted),
  };
  SPANS.set(catalog, spans);
  return spans;
}

function usualOfSlot(catalog: Catalog, id: string): readonly Estimate[] {
  const slot = catalog.slots.find((candidate) => candidate.id === id);
  if (slot?.usual === undefined) return [];
  const { value, low, high, source } = slot.usual;
  const fact = {
    id: `usual ${id}`,
    title: `${slot.title}: ${low} to ${high}, mostly about ${value}`,
    figure: { value, low, high, unit: slot.unit },
    source,
    nature: "default" as const,
  };
  return [known(id, fact, { face: value, strict: { low: value, high: value }, generous: { low, high } }, slot.unit, null)];
}

function powerFacts(catalog: Catalog, run: Run): readonly Estimate[] {
  return run.hardware.flatMap((id) => {
    const accelerator = hardwareById(catalog, id);
    const watts = accelerator?.thermalDesignPowerWatts ?? null;
    if (accelerator === null || watts === null) return [];
    const value = watts / 1000;
    const generous = { low: value * DRAW.low, high: value * DRAW.high };
    const unit = "kW/accelerator";
    const fact = {
      id: `${id} power limit`,
      title: `${accelerator.name}: power limit of ${watts} W`,
      figure: { value, ...generous, unit },
      source: sourceOf(accelerator),
      nature: "default" as const,
    };
    return [known("power", fact, { face: value, strict: { low: value, high: value }, generous }, unit, null, id)];
  });
}

/** The median of some values, with the least and the greatest. */
function spanOf(slot: string, unit: string, title: string, values: readonly number[]): readonly Estimate[] {
  const sorted = values.filter((value) => value > 0).toSorted((left, right) => left - right);
  const [low, high, value] = [sorted[0], sorted.at(-1), sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined || value === undefined) return [];
  const fact = {
    id: `usual ${slot}`,
    title: `${title}: ${low} to ${high}, mostly about ${value}`,
    figure: { value, low, high, unit },
    source: `${sorted.length} values of rules/carbon`,
    nature: "default" as const,
  };
  return [known(slot, fact, { face: value, strict: { low: value, high: value }, generous: { low, high } }, unit, null)];
}

/** Editions of one series, hours of the day and contracts move what a grid emits by so much. */
const GRID_SPREAD = 2;

/** The grids that blocks of a document name: that of a table is asked for by each of its cells. */
const NAMED_GRIDS = new WeakMap<Document, Map<number, readonly Estimate[] | null>>();

function gridNear(catalog: Catalog, { document, block }: Place): readonly Estimate[] | null {
  const blocks = NAMED_GRIDS.get(document) ?? new Map<number, readonly Estimate[] | null>();
  NAMED_GRIDS.set(document, blocks);
  const known = blocks.get(block);
  if (known !== undefined) return known;
  const span = document.blocks[block]?.span;
  const found = span === undefined ? null : gridNamed(catalog, document.text.slice(span.start, span.end));
  blocks.set(block, found);
  return found;
}

/** The grid of the one country in which the text says that something ran; null where it names none, or several. */
function gridNamed(catalog: Catalog, around: string): readonly Estimate[] | null {
  const named = catalog.grids.filter(({ kind, place }) => kind === "country" && around.includes(place) && ranIn(place).test(around));
  const [grid] = named;
  if (grid === undefined || named.length > 1) return null;
  const values = Object.values(grid.kilogramsPerKilowattHour);
  return spanOf("carbon_intensity", "kg/kWh", `carbon intensity of the grid of ${grid.place}`, [
    smallest(values) / GRID_SPREAD,
    ...values,
    largest(values) * GRID_SPREAD,
  ]);
}

/** Matches "in France", "the French"; not "France Telecom": a place at which something ran. */
function ranIn(place: string): RegExp {
  return new RegExp(
    `\\b(?:in|located in|hosted in|grid of|electricity (?:in|of|from))\\s(?:the\\s)?${place.replaceAll(/[().]/g, "\\$&")}(?![\\w-]|\\s[A-Z])`,
  );
}
