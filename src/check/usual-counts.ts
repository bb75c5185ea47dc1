import type { Catalog } from "../model/catalog.ts";
import type { Missing } from "../model/finding.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Estimate } from "./estimate.ts";

/**
 * The count of hardware near a solved one that people really use: a power of two, in the unit that the price or the hours count.
 *
 * Shape: null unless a count is missing and such a number reproduces the claim within what its digits allow. `solved` is in the unit
 * of the printed noun ("248 core").
 */
export function fittingCount(
  catalog: Catalog,
  estimate: Estimate,
  claim: Quantity,
  slot: string,
): { readonly solved: NonNullable<Missing["solved"]>; readonly fits: Missing["fits"] } | null {
  if (slot !== "accelerators") return null;
  const priced = estimate.premises
    .flatMap((premise) => premise.readings)
    .find((reading) => reading.slot === "price" && reading.hardware !== null);
  const product = catalog.accelerators.find((accelerator) => accelerator.id === priced?.hardware) ?? null;
  const unit = priced?.printed.unit.split("/")[1]?.replace(/-hour$/, "") ?? estimate.baseUnit;
  const perUnit = product?.unitsInCanonical[unit] ?? 1;
  const value = estimate.width.face / perUnit;
  const solved = { value, low: estimate.width.generous.low / perUnit, high: estimate.width.generous.high / perUnit, unit };
  const nearest = 2 ** Math.round(Math.log2(value));
  const reading = claim.readings[0];
  const gives = (reading.printed.value * nearest) / value;
  if (gives < reading.printed.low || gives > reading.printed.high * 1.0001) return { solved, fits: null };
  const isSlice = product?.slice !== null && product?.slice.counts === unit;
  const name = isSlice ? `a ${product?.slice?.prefixes[0]}-${nearest} slice` : `${nearest} ${unit}s`;
  const figure = { value: nearest, low: nearest, high: nearest, unit };
  return { solved, fits: { figure, gives: { value: gives, low: gives, high: gives, unit: reading.printed.unit }, name } };
}
