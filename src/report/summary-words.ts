import { countedNoun } from "../model/noun-words.ts";
import type { DocumentResult, Report } from "../model/report.ts";
import { isFlagged } from "./report-subject.ts";

/** How much of a document was seen, claimed, checked and flagged. */
export interface Tally {
  readonly mentions: number;
  readonly claims: number;
  readonly checked: number;
  readonly untested: number;
  readonly flagged: number;
  readonly unverifiable: number;
}

export function tally(result: DocumentResult): Tally {
  return {
    mentions: result.extraction.mentions.length,
    ...result.checked.coverage,
    flagged: result.checked.findings.filter(isFlagged).length,
  };
}

/** "26 figures found, 16 claims: 12 checked, 1 flagged, 1 plausible but not tested, 2 could not be checked". No claim is said to be no claim, never a pass. */
export function summaryWords(counts: Tally): string {
  const mentions = `${countedNoun(counts.mentions, "figure")} found`;
  if (counts.claims === 0) return `${mentions}, no claim that could be checked`;
  const untested = counts.untested === 0 ? "" : `${counts.untested} plausible but not tested, `;
  return `${mentions}, ${countedNoun(counts.claims, "claim")}: ${counts.checked} checked, ${counts.flagged} flagged, ${untested}${counts.unverifiable} could not be checked`;
}

/** The last line over several documents: "12 documents, 1 could not be read: 5 flagged in 3". */
export function totalWords(report: Report): string {
  const results = report.documents.flatMap((document) => (document.result === null ? [] : [tally(document.result)]));
  const failed = report.documents.filter((document) => document.status === "failed").length;
  const flagged = results.reduce((sum, counts) => sum + counts.flagged, 0);
  const holders = results.filter((counts) => counts.flagged > 0).length;
  const unread = failed === 0 ? "" : `, ${failed} could not be read`;
  return `${countedNoun(report.documents.length, "document")}${unread}: ${flagged === 0 ? "nothing flagged" : `${flagged} flagged in ${holders}`}`;
}
