/** What the figures of a phrase mean: every reading of its count, and of its price the one that fits what such hardware costs. */
import type { Quantity, Reading } from "../model/quantity.ts";
import { type Estimate, stated } from "./estimate.ts";

/** The figures of a phrase by slot. */
export type Given = ReadonlyMap<string, Estimate>;

/**
 * The figures by slot, once for every reading of the first count of hardware; of the others the likeliest reading counts.
 *
 * Units: `usualPrice` is what the hardware of the phrase costs, for one device and hour; null where nothing is known of it.
 */
export function readingsOf(quantities: readonly Quantity[], usualPrice: number | null): readonly Given[] {
  const counted = quantities.find(({ readings }) => readings.length > 1 && COUNTS.has(readings[0].slot));
  const alternatives = counted?.readings ?? [null];
  return alternatives.map((choice) => {
    const devices = devicesIn(quantities.map((quantity) => (quantity === counted && choice !== null ? choice : quantity.readings[0])));
    const bySlot = new Map<string, Estimate>();
    for (const quantity of quantities) {
      const reading = quantity === counted && choice !== null ? choice : meantReading(quantity, devices, usualPrice);
      const slot = PLAIN[reading.slot] ?? reading.slot;
      if (!bySlot.has(slot)) bySlot.set(slot, { ...stated(quantity, exact(quantity, reading)), slot });
    }
    return bySlot;
  });
}

const COUNTS: ReadonlySet<string> = new Set(["accelerators", "accelerator_hours"]);

/** In a phrase, energy is what is paid for, and hours of hardware are those of all of it. */
const PLAIN: Readonly<Record<string, string>> = { machine_energy: "energy", summed_time: "accelerator_hours" };

/** How many devices there are; null where the phrase does not say. */
function devicesIn(readings: readonly Reading[]): number | null {
  const faceOf = (slot: string): number | undefined => readings.find((reading) => reading.slot === slot)?.width.face;
  const [each, nodes] = [faceOf("accelerators_per_node"), faceOf("nodes")];
  return faceOf("accelerators") ?? (each === undefined || nodes === undefined ? null : each * nodes);
}

/** "$2 an hour" is of one device or of all of them: whichever is nearer to what one usually costs; of one, where nothing else is known. */
function meantReading({ readings }: Quantity, devices: number | null, usualPrice: number | null): Reading {
  const ofOne = readings.find(({ slot }) => slot === "price");
  const ofAll = readings.find(({ slot }) => slot === "cost_rate");
  if (ofOne === undefined || ofAll === undefined) return readings[0];
  if (devices === null) return ofOne;
  if (usualPrice === null) return readings[0];
  const off = (price: number): number => Math.abs(Math.log(price / usualPrice));
  return off(ofOne.width.face) <= off(ofAll.width.face / devices) ? ofOne : ofAll;
}

/** A typed figure is meant as typed. */
function exact({ mention }: Quantity, reading: Reading): Reading {
  if (mention.hedge !== null || mention.number.range !== null || mention.number.form === "vague") return reading;
  const at = { low: reading.width.face, high: reading.width.face };
  const { value, unit } = reading.printed;
  return { ...reading, width: { face: reading.width.face, strict: at, generous: at }, printed: { value, low: value, high: value, unit } };
}
