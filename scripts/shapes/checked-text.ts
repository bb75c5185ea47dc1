import type { Catalog } from "../../src/model/catalog.ts";
import type { WireDocument } from "../../src/report/wire.ts";
import { checkBytes } from "../../src/store/checked-input.ts";
import { type Passage, sourceOf } from "../score/passages.ts";
import { readingLines } from "../score/reading-lines.ts";
import { SCORE_OPTIONS, toWire } from "../score/wire-document.ts";

/** What came out of a text, as a user gets it, and in a line for each figure and finding. */
export interface CheckedText {
  readonly wire: WireDocument;
  readonly lines: () => readonly string[];
}

/** Errors: a text that gives no document throws. */
export async function checkText(catalog: Catalog, passage: Passage): Promise<CheckedText> {
  const input = { source: sourceOf(passage), bytes: new TextEncoder().encode(passage.text), sha256: null };
  const report = await checkBytes(catalog, input, SCORE_OPTIONS);
  const wire = toWire(catalog, report);
  if (wire === null) throw new Error(`no document came of ${passage.text}`);
  return { wire, lines: () => readingLines(report.result) };
}
