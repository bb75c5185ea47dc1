import type { Step } from "./finding.ts";
import type { Mention } from "./mention.ts";
import type { Fact, Figure } from "./quantity.ts";

/** What a phrase such as "Llama-3-8B on 15T tokens with 2048 H100 at 40% MFU" works out to, under every reading of it. */
export interface Estimation {
  readonly phrase: string;
  /** The figures that were found in the phrase, for the words of the steps. */
  readonly mentions: readonly Mention[];
  /** Likeliest first; empty where nothing can be worked out. */
  readonly readings: readonly EstimatedReading[];
  /** Names of slots of which one more would have to be given; empty where there is an estimate. */
  readonly missing: readonly string[];
}

/** The figures under one combination of readings. */
export interface EstimatedReading {
  /** "512 counts chips"; empty if nothing is ambiguous. */
  readonly assumes: readonly string[];
  readonly weight: number;
  /** Whatever is not given and can be worked out, what was asked for first. */
  readonly results: readonly EstimatedFigure[];
  /** What the phrase does not say and was taken for granted. */
  readonly defaults: readonly EstimationDefault[];
}

export interface EstimatedFigure {
  /** Slot name: "cost". */
  readonly slot: string;
  readonly figure: Figure;
  readonly steps: readonly Step[];
}

/** A value that was looked up or is usual, because the phrase does not give it. */
export interface EstimationDefault {
  readonly slot: string;
  readonly fact: Fact;
  /** The option that puts another value in its place: "--assume pue=1.2". */
  readonly change: string;
}

/** A name in a phrase that the catalog has not: the estimate would go on without it. */
export interface UnknownName {
  readonly kind: "place" | "product" | "model" | "provider";
  readonly text: string;
  /** The names that would have been understood. */
  readonly known: readonly string[];
}
