import type { Document } from "../model/document.ts";
import type { Span } from "../model/span.ts";

/** Matches "bf16", "mixed precision", "FP8", "half-precision", "TF32"; not "bits of precision". */
const PRECISION = /\b(?:bf16|bfloat16|fp16|float16|fp32|float32|fp8|float8|tf32|int8 training|(?:mixed|half|single|full)[\s-]precision)\b/i;

/** Blocks whose words are not the authors' account of their training. */
const UNREAD: ReadonlySet<string> = new Set(["references", "comment", "furniture"]);

/** Where a document first names the number format of its computations; null where it does not. */
export function findPrecision(document: Document): Span | null {
  for (const block of document.blocks) {
    const match = UNREAD.has(block.kind) ? null : PRECISION.exec(document.text.slice(block.span.start, block.span.end));
    if (match !== null) return { start: block.span.start + match.index, end: block.span.start + match.index + match[0].length };
  }
  return null;
}
