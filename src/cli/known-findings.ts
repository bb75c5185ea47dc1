import { existsSync } from "node:fs";
import type { Review } from "../report/review.ts";

/** Findings that are known and let pass, each with its reason; read where it is there. */
const SUPPRESSIONS_FILE = "reckoner.suppressions.yaml";

/** The options that let findings pass. */
export interface KnownFlags {
  readonly baseline?: string;
  readonly suppressions?: string;
  readonly reviews?: string;
}

/** Findings that are not flagged again. */
export interface KnownFindings {
  /** Those of the baseline, the suppressions, and what reviews found fine or misread and nobody confirmed. */
  readonly fingerprints: ReadonlySet<string>;
  /** All decisions, also those that let nothing pass. */
  readonly reviews: readonly Review[];
  /** What is told of them, once it is known which of them met a finding. */
  readonly lines: (used: ReadonlySet<string>) => readonly string[];
}

const NONE: KnownFindings = { fingerprints: new Set(), reviews: [], lines: () => [] };

/** Reads the lists that the options name. Errors: lists that cannot be used are usage errors. */
export async function knownFindings(flags: KnownFlags): Promise<KnownFindings> {
  const suppressionsFile = flags.suppressions ?? (existsSync(SUPPRESSIONS_FILE) ? SUPPRESSIONS_FILE : null);
  if (flags.baseline === undefined && flags.reviews === undefined && suppressionsFile === null) return NONE;
  // Reading lists takes libraries that a call without one need not load.
  const [{ readBaseline, readReviews, readSuppressions }, { passedByReview }] = await Promise.all([
    import("./accepted-findings.ts"),
    import("../report/review.ts"),
  ]);
  const reviews = flags.reviews === undefined ? [] : await readReviews(flags.reviews);
  const suppressions = suppressionsFile === null ? [] : readSuppressions(suppressionsFile);
  const baseline = flags.baseline === undefined ? [] : await readBaseline(flags.baseline);
  return {
    fingerprints: new Set([...baseline, ...passedByReview(reviews), ...suppressions.map(({ fingerprint }) => fingerprint)]),
    reviews,
    lines: (used) => [
      ...(used.size === 0
        ? []
        : [`${used.size} ${used.size === 1 ? "finding is" : "findings are"} in the baseline, reviewed or suppressed, and not shown`]),
      ...suppressions
        .filter(({ fingerprint }) => !used.has(fingerprint))
        .map(({ fingerprint, reason }) => `suppression ${fingerprint} (${reason}) meets no finding; take it out`),
    ],
  };
}
