import { exactFigureWords, inNoun, rangeWords } from "../src/report/figure-words.ts";
import { visible } from "../src/report/visible.ts";
import type { WireFigure, WireFinding, WireMention } from "../src/report/wire.ts";

/** "$61,440"; "1,331,200 chip-hours": as the reports write it. */
export function figureWords({ value, unit }: Pick<WireFigure, "value" | "unit">): string {
  return exactFigureWords({ value, unit, low: value, high: value });
}

/** What a finding works out to; of what is only bounded, the bounds. */
export function recomputedWords({ verdict, recomputed, noun }: Pick<WireFinding, "verdict" | "recomputed" | "noun">): string {
  if (recomputed === null) return verdict === "unverifiable" ? "cannot be told yet" : "nothing to compare";
  const { value, low, high, unit } = inPageUnit(recomputed, { noun });
  const ends = verdict === "untested" && low !== null && high !== null ? rangeWords({ value, low, high, unit }) : null;
  return ends ?? figureWords({ value, unit });
}

/** A figure in the units of its page: "GPU hours" where it counts GPUs. */
export function inPageUnit<T extends { readonly unit: string }>(figure: T, { noun }: { readonly noun: string | null }): T {
  return noun === null ? figure : { ...figure, unit: inNoun(figure.unit, noun) };
}

/** Two numbers with a dash or a word between them: "$2,074–$6,912", "$30 million and $45 million"; not "TPU v3-8 for 2.5 days" or "10 days". */
const PRINTED_RANGE = /\d(?:\s?\p{L}+)?\s?(?:[–—-]|to|and|bis|至)\s?[$€£¥]?\s?\d/u;

/** What is stated; of a range, both ends. */
export function statedWords({ value, low, high, unit }: WireFigure, claim: Pick<WireMention, "text"> | undefined): string {
  const isRange = low !== null && high !== null && high > low && PRINTED_RANGE.test(claim?.text ?? "");
  return isRange ? `${figureWords({ value: low, unit })} to ${figureWords({ value: high, unit })}` : figureWords({ value, unit });
}

/** "USD/accelerator-hour" as a person writes it. */
export function unitWords(unit: string): string {
  return unit === "1" ? "" : unit.replaceAll("/", " per ");
}

/** "accelerator_hours" as a person writes it. */
export function slotWords(slot: string): string {
  return slot.replaceAll("_", " ");
}

/** The last part of a path or address. */
export function nameOf(source: string): string {
  return visible(source.split("/").at(-1) ?? source);
}

/** A number as a field shows it, to be typed over: "512", "5.98e14". */
export function numberText(value: number): string {
  return Math.abs(value) >= 1e9 ? value.toExponential().replace("e+", "e") : String(value);
}
