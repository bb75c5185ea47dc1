import type { RunChecklist } from "./checklist.ts";
import type { Document } from "./document.ts";
import type { Checked } from "./finding.ts";
import type { Extraction } from "./mention.ts";
import type { Problem } from "./problem.ts";
import type { Linked } from "./run.ts";
import type { Decisions } from "./trace.ts";

/** Everything known about one input after the last stage: what reporters read. */
export interface DocumentReport {
  /** The input as the user named it. */
  readonly source: string;
  /** Hex SHA-256 of the bytes; null if they could not be read. */
  readonly sha256: string | null;
  readonly status: "checked" | "partial" | "failed";
  readonly problems: readonly Problem[];
  /** Null if nothing could be read. */
  readonly result: DocumentResult | null;
}

export interface DocumentResult {
  readonly document: Document;
  readonly extraction: Extraction;
  readonly linked: Linked;
  readonly checked: Checked;
  /** What the stages decided on a phrase; only where it was asked for. */
  readonly decisions?: Decisions;
  /** What is stated, derivable and missing; only where it was asked for. */
  readonly checklist?: readonly RunChecklist[];
}

/** What a reporter is given: the documents in the order asked for. */
export interface Report {
  readonly tool: { readonly name: "reckoner"; readonly version: string; readonly rules: string };
  readonly documents: readonly DocumentReport[];
}

/** What the user asked to be taken for granted. */
export interface CheckOptions {
  /** ISO date for look-ups of prices; null takes the document's own. */
  readonly priceDate: string | null;
  /** Cloud provider whose list is preferred; null for the usual one of the hardware. */
  readonly provider: string | null;
  /** Values for slots that the document leaves open: { pue: 1.1 }. */
  readonly assume: Readonly<Record<string, number>>;
  /** Values for slots of the run that a mention belongs to; the last one of a slot stands. */
  readonly filled?: readonly { readonly mention: string; readonly slot: string; readonly value: number }[];
}
