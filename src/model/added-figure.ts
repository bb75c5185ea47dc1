import type { CountNoun, MentionKind } from "./mention.ts";
import type { Span } from "./span.ts";

/** A figure that a person has marked, since the extractor did not read it, or not as what it is. */
export interface AddedFigure {
  /** What was marked. */
  readonly span: Span;
  readonly kind: MentionKind;
  /** In `unit`. */
  readonly value: number;
  /** In the words of the contract: "hour", "accelerator-hour". */
  readonly unit: string;
  /** What is counted, where the unit says so; null for the rest. */
  readonly noun: CountNoun | null;
  /** The model that it is of; null leaves that to what the text says. */
  readonly subject: string | null;
}
