import type { WireFigure } from "../src/report/wire.ts";

/** In dollars. */
const CENTS_MATTER_BELOW = 1000;

/** "$61,440"; "$0.55"; "1,331,200 chip-hour"; "3.140e+23 flop". */
export function figureWords({ value, unit }: Pick<WireFigure, "value" | "unit">): string {
  if (unit === "USD") return `$${value.toLocaleString("en-US", { maximumFractionDigits: Math.abs(value) < CENTS_MATTER_BELOW ? 2 : 0 })}`;
  if (unit === "percent") return `${value.toLocaleString("en-US", { maximumSignificantDigits: 4 })}%`;
  const number = Math.abs(value) >= 1e12 ? value.toPrecision(4) : value.toLocaleString("en-US", { maximumSignificantDigits: 6 });
  return unit === "1" ? number : `${number} ${unit}`;
}

/** "accelerator_hours" as a person writes it. */
export function slotWords(slot: string): string {
  return slot.replaceAll("_", " ");
}

/** The last part of a path or address. */
export function nameOf(source: string): string {
  return source.split("/").at(-1) ?? source;
}

/** A number as a field shows it, to be typed over: "512", "5.98e14". */
export function numberText(value: number): string {
  return Math.abs(value) >= 1e9 ? value.toExponential().replace("e+", "e") : String(value);
}
