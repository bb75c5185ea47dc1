import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import { findHardware } from "../model/hardware-finder.ts";
import type { Span } from "../model/span.ts";

/** A product named somewhere in the text, with or without a figure beside it. */
export interface NamedHardware {
  readonly span: Span;
  /** As printed: "A100-80GB". */
  readonly text: string;
  /** Catalog ids it may be; never empty. */
  readonly ids: readonly string[];
}

/** The products named in a part of the text, in reading order. A short name ("K40", "T4") counts only beside words of hardware. */
export function hardwareIn(catalog: Catalog, document: Document, span: Span): readonly NamedHardware[] {
  const text = document.text.slice(span.start, span.end);
  const isOfHardware = HARDWARE_WORD.test(text);
  return findHardware(catalog)
    .find(text)
    .filter((match) => (isOfHardware || !match.needsContext) && isProduct(match.text, match.accelerators))
    .map((match) => ({
      span: { start: span.start + match.span.start, end: span.start + match.span.end },
      text: match.text,
      ids: match.accelerators,
    }));
}

/** "TPU" alone names no product. */
function isProduct(printed: string, ids: readonly string[]): boolean {
  return ids.length === 1 || /\d/.test(printed);
}

/** Matches "GPUs", "NVIDIA", "TFLOPS", "a2x"; not "paper". */
const HARDWARE_WORD = /\b(?:GPUs?|TPUs?|NVIDIA|Nvidia|Tesla|GeForce|accelerators?|cards?|T?FLOPS|chips?|instances?)\b|[vagp]\d+x/i;
