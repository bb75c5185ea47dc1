import type { MentionKind } from "./mention.ts";

/** A figure of a training run as one document tells it, without the document it was read from. */
export interface ToldFigure {
  /** The document, as it is named in the report. */
  readonly source: string;
  /** Equal for copies of one file; null where it is not known. */
  readonly sha256: string | null;
  /** The run, as printed: "XLNet-Large". */
  readonly subject: string;
  readonly kind: MentionKind;
  readonly text: string;
  readonly page: number | null;
  readonly line: number | null;
  /** The sentence, or the line of a table. */
  readonly quote: string;
  /** "other" for a figure that the document cites. */
  readonly role: "own" | "other";
  readonly hedge: string | null;
  /** What the figure is for one of: "epoch", "step"; null for the whole. */
  readonly per: string | null;
  /** "pretrain", "finetune" ...; null where the words do not say it. */
  readonly stage: string | null;
  /** The product's name as printed. */
  readonly hardware: string | null;
  /** Each way to understand it, in the base unit of its kind. An end that is missing is infinite. */
  readonly readings: readonly ToldReading[];
}

export interface ToldReading {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly weight: number;
}

/** A figure of one run that documents tell differently. */
export interface Drift {
  /** As the first document prints it. */
  readonly subject: string;
  readonly kind: MentionKind;
  /** One for each document, in the order of the documents; no fewer than two. */
  readonly figures: readonly ToldFigure[];
  /** The largest of the values by the smallest. */
  readonly ratio: number;
  /** Kinds of the figures in which the documents agree, by which they are known to tell of the same run. */
  readonly agreed: readonly MentionKind[];
}

/** What a comparison of documents has found. */
export interface AcrossResult {
  /** Runs that two documents or more are known to tell of. */
  readonly runs: number;
  /** Figures of these runs that documents tell alike. */
  readonly alike: number;
  readonly drifts: readonly Drift[];
}
