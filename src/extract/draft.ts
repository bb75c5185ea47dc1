import type { CountNoun, HardwareName, MentionKind, PrintedNumber } from "../model/mention.ts";
import type { NumberToken } from "./numbers.ts";

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

/** The contract's unit for a count of hardware. */
export function countUnit(noun: CountNoun): string {
  switch (noun) {
    case "chip":
      return "chip";
    case "core":
      return "core";
    case "device":
    case "cloud-tpu":
      return "device";
    case "node":
    case "host":
      return "node";
    case "slice":
      return "core";
    default:
      return "accelerator";
  }
}

/** A draft of a figure that names no hardware and is of the whole. */
export function simpleDraft(token: NumberToken, kind: Draft["kind"], unit: string, end: number, confidence: number, rule: string): Draft {
  const { start, number } = token;
  return { kind, start, end, number, unit, value: number.value, hardware: null, noun: null, per: null, confidence, rule };
}
