import { onTestFailed } from "vitest";
import { decisionLines } from "../../scripts/score/decision-lines.ts";
import { readingLines } from "../../scripts/score/reading-lines.ts";
import type { DocumentResult } from "../../src/model/report.ts";
import { withDecisions } from "../../src/pipeline.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

/** Where the test that runs fails, prints what was read in its text, what was found and, of a short one, what was decided on the way. */
export function tellIfFailed(text: string, result: DocumentResult | null): void {
  onTestFailed(async () => {
    const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)} ...` : text;
    const decided = result === null || result.document.text.length > LONGEST_TEXT ? [] : decisionLines(await withAll(result));
    console.error([`in: ${shown}`, ...readingLines(result), ...decided].join("\n"));
  });
}

const LONGEST_TEXT = 2000;

async function withAll(result: DocumentResult): Promise<DocumentResult> {
  const { catalog } = await openCatalog({ overlay: null });
  return withDecisions(catalog, result, [{ start: 0, end: result.document.text.length }]);
}
