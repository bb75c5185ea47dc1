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
