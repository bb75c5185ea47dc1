import type { Review } from "../report/review.ts";
import type { Decision, KeptCorrection, ListedFinding } from "./api-shapes.ts";

/** A finding with what one reviewer decided of it; corrections are those of everybody. */
export interface ReviewedRow extends ListedFinding, Pick<Decision, "decision" | "reason" | "note" | "reviewer" | "at"> {
  readonly corrections: readonly KeptCorrection[];
}

/** One row for each finding and reviewer, most consequential first. A finding that was corrected or added, and not decided, has a row without a decision. */
export function reviewedRows(
  queue: readonly ListedFinding[],
  standing: readonly Decision[],
  corrections: readonly KeptCorrection[],
): readonly ReviewedRow[] {
  const decided = Map.groupBy(standing, ({ fingerprint }) => fingerprint);
  const corrected = Map.groupBy(corrections, ({ fingerprint }) => fingerprint);
  return queue.flatMap((entry): readonly ReviewedRow[] => {
    const own = corrected.get(entry.fingerprint) ?? [];
    const lines = decided.get(entry.fingerprint);
    if (lines !== undefined)
      return lines.map(({ decision, reason, note, reviewer, at }) => ({
        ...entry,
        decision,
        reason,
        note,
        reviewer,
        at,
        corrections: own,
      }));
    const last = own.at(-1) ?? entry.added;
    if (last === null) return [];
    return [{ ...entry, decision: null, reason: "", note: "", reviewer: last.reviewer, at: last.at, corrections: own }];
  });
}

/** What reviewers say of each finding, one line for each, by fingerprint: for notes on a page. */
export function reviewLines(standing: readonly Decision[], corrections: readonly KeptCorrection[]): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  const add = (fingerprint: string, line: string): void => void lines.set(fingerprint, [...(lines.get(fingerprint) ?? []), line]);
  for (const line of standing)
    add(line.fingerprint, [`${line.reviewer}: ${line.decision ?? "no decision"}`, remarkOf(line)].filter(Boolean).join(", "));
  for (const line of corrections) add(line.fingerprint, `corrected: ${correctionWords(line)}`);
  return lines;
}

/** "512 TPU v3 chips": chip -> core, by ada */
export function correctionWords({ kind, text, slot, before, after, reviewer }: KeptCorrection): string {
  const what =
    kind === "fill" ? slot.replaceAll("_", " ") : kind === "provider" || kind === "price-date" ? kind.replace("-", " ") : `"${text}"`;
  return `${what}: ${before === "" ? "not given" : before} -> ${after ?? ""}, by ${reviewer}`;
}

/** A decision as reports and the check take it; none where nothing is decided. */
export function asReview(line: Pick<Decision, "fingerprint" | "decision" | "reviewer" | "at" | "reason" | "note">): readonly Review[] {
  const { fingerprint, decision, reviewer, at } = line;
  return decision === null ? [] : [{ fingerprint, decision, reason: remarkOf(line), author: reviewer, at: dayOf(at) }];
}

/** "2026-01-02" of an ISO time. */
export function dayOf(at: string): string {
  return at.slice(0, DAY_LENGTH);
}

const DAY_LENGTH = 10;

/** Reason and note as one remark. */
export function remarkOf({ reason, note }: Pick<Decision, "reason" | "note">): string {
  return [reason, note].filter((part) => part !== "").join("; ");
}
