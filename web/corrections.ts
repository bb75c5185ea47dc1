import type { WireDocument } from "../src/report/wire.ts";
import type { Correction, KeptCorrection } from "./api.ts";
import { slotWords } from "./figure-words.ts";

/** A kept correction as the checker takes it; null where its figure is not on the page any more. */
export function applied(kept: KeptCorrection, wire: WireDocument): Correction | null {
  const mention = mentionOf(kept, wire);
  if (mention === null || kept.after === null) return null;
  const value = leadingNumber(kept.after);
  switch (kept.kind) {
    case "reading":
      return { kind: "reading", mention, unit: kept.after };
    case "value":
      return { kind: "value", mention, value };
    case "fill":
      return { kind: "fill", mention, slot: kept.slot, value };
    case "provider":
      return { kind: "provider", mention, provider: kept.after };
    case "price-date":
      return { kind: "price-date", mention, date: kept.after };
  }
}

/** "128 chip" is 128. */
export function leadingNumber(text: string): number {
  return Number(text.split(" ", 1)[0]);
}

/** Ids move when a document is read by other rules; the words of a figure stay. */
function mentionOf({ mention, text }: KeptCorrection, wire: WireDocument): string | null {
  const sameText = wire.mentions.filter((candidate) => candidate.text === text);
  const same = sameText.find(({ id }) => id === mention) ?? (sameText.length === 1 ? sameText[0] : undefined);
  return same?.id ?? null;
}

/** What was corrected, in words: "512 TPU v3 chips", "accelerators", "price date". */
export function correctedThing({ kind, text, slot }: Pick<KeptCorrection, "kind" | "text" | "slot">): string {
  if (kind === "fill") return slotWords(slot);
  return kind === "provider" || kind === "price-date" ? kind.replace("-", " ") : `“${text}”`;
}
