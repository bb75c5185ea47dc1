import type { Decision } from "./decision-store.ts";

/** How far two reviewers agree on the findings that both decided. */
export interface Agreement {
  readonly reviewers: readonly [string, string];
  readonly both: number;
  /** Cohen's kappa; null where chance alone would agree always. */
  readonly kappa: number | null;
  /** Fingerprints on which they differ. */
  readonly disagreements: readonly string[];
}

/**
 * Agreement of every pair of reviewers.
 *
 * Source: Cohen, "A coefficient of agreement for nominal scales", 1960.
 */
export function agreements(standing: readonly Decision[]): readonly Agreement[] {
  const decided = standing.filter(({ decision }) => decision !== null);
  const names = [...new Set(decided.map(({ reviewer }) => reviewer))].sort();
  const of = (name: string) => new Map(decided.filter((line) => line.reviewer === name).map((line) => [line.fingerprint, line.decision]));
  return names.flatMap((left, index) => names.slice(index + 1).map((right) => agreement([left, right], of(left), of(right))));
}

type Choices = ReadonlyMap<string, Decision["decision"]>;

function agreement(reviewers: readonly [string, string], left: Choices, right: Choices): Agreement {
  const shared = [...left.keys()].filter((key) => right.has(key));
  const both = shared.length;
  const disagreements = shared.filter((key) => left.get(key) !== right.get(key));
  if (both === 0) return { reviewers, both, kappa: null, disagreements };
  const observed = 1 - disagreements.length / both;
  const share = (side: Choices, choice: unknown): number => shared.filter((key) => side.get(key) === choice).length / both;
  const choices = ["confirmed", "fine", "misread", "unsure"] as const;
  const chance = choices.reduce((sum, choice) => sum + share(left, choice) * share(right, choice), 0);
  return { reviewers, both, kappa: chance === 1 ? null : (observed - chance) / (1 - chance), disagreements };
}
