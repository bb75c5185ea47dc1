import { onTestFailed } from "vitest";
import { readingLines } from "../../scripts/score/reading-lines.ts";
import type { DocumentResult } from "../../src/model/report.ts";

/** Where the test that runs fails, prints what was read in its text and what was found. */
export function tellIfFailed(text: string, result: DocumentResult | null): void {
  onTestFailed(() => {
    console.error([`in: ${text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)} ...` : text}`, ...readingLines(result)].join("\n"));
  });
}

const LONGEST_TEXT = 2000;
