import type { Step } from "./finding.ts";
import type { Mention } from "./mention.ts";
import type { Figure } from "./quantity.ts";

/** What a phrase such as "512 TPU v3 chips for 2.5 days" works out to, under every reading of it. */
export interface Estimation {
  readonly phrase: string;
  /** The figures that were found in the phrase, for the words of the steps. */
  readonly mentions: readonly Mention[];
  /** Likeliest first; empty if the phrase has no hardware and time. */
  readonly readings: readonly EstimatedReading[];
  /** Names of slots that would have to be given for an estimate; empty where there is one. */
  readonly missing: readonly string[];
}

/** The figures under one combination of readings. */
export interface EstimatedReading {
  /** "512 counts chips"; empty if nothing is ambiguous. */
  readonly assumes: readonly string[];
  readonly weight: number;
  /** Accelerator-hours, cost, energy, floating-point operations: whatever can be worked out. */
  readonly results: readonly EstimatedFigure[];
}

export interface EstimatedFigure {
  /** Slot name: "cost". */
  readonly slot: string;
  readonly figure: Figure;
  /** Why the value is no more than an upper bound or a list price, where it is: "at peak". */
  readonly remark: string | null;
  readonly steps: readonly Step[];
}
