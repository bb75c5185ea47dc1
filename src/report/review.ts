import { z } from "zod";

/** What a person found of a finding. */
export const DECISIONS = ["confirmed", "fine", "misread", "unsure"] as const;

/** One decision, keyed by the fingerprint of its finding, so that it survives a new run of the tool. */
export const review = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}(?:-\d+)?$/, 'a fingerprint has 16 hex digits, for example "3f5a0c9b2d7e4f81"'),
  decision: z.enum(DECISIONS),
  reason: z.string().default(""),
  author: z.string().min(1),
  at: z.iso.date().describe("the day of the decision"),
});

export type Review = z.infer<typeof review>;

/** How a decision reads for others. What was misread or is unsure is published by nobody. */
export const REVIEW_RATINGS: Readonly<Partial<Record<Review["decision"], { readonly value: number; readonly name: string }>>> = {
  confirmed: { value: 1, name: "Does not add up" },
  fine: { value: 5, name: "Fine" },
};

const DECIDED: Readonly<Record<Review["decision"], string>> = {
  confirmed: "Confirmed",
  fine: "Found to be fine",
  misread: "Found to be misread",
  unsure: "Left open",
};

/** "Confirmed by Ada on 2026-01-02: told them." */
export function reviewWords({ decision, author, at, reason }: Review): string {
  const remark = reason.trim().replace(/\.$/, "");
  return `${DECIDED[decision]} by ${author} on ${at}${remark === "" ? "" : `: ${remark}`}.`;
}

/** What was found fine or misread by somebody, and confirmed by nobody: of what reviewers disagree about, the flag stays. */
export function passedByReview(reviews: readonly Review[]): ReadonlySet<string> {
  const confirmed = new Set(reviews.flatMap(({ fingerprint, decision }) => (decision === "confirmed" ? [fingerprint] : [])));
  return new Set(
    reviews.flatMap(({ fingerprint, decision }) =>
      (decision === "fine" || decision === "misread") && !confirmed.has(fingerprint) ? [fingerprint] : [],
    ),
  );
}
