import type { CountNoun, HardwareName, MentionKind, PrintedNumber } from "../model/mention.ts";

/** A mention before it knows its sentence, role and place; positions count from the start of the folded stretch it was read in. */
export interface Draft {
  readonly kind: MentionKind;
  readonly start: number;
  readonly end: number;
  readonly number: PrintedNumber;
  readonly unit: string;
  readonly value: number;
  readonly hardware: HardwareName | null;
  readonly noun: CountNoun | null;
  readonly per: string | null;
  readonly confidence: number;
  readonly rule: string;
  /** What a header says of the figures under it that its kind does not: "gross", "measured". */
  readonly qualifiers?: readonly string[];
}
