import { DECISIONS } from "../report/review.ts";
import type { Agreement, Decision } from "./api-shapes.ts";

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
  const chance = DECISIONS.reduce((sum, choice) => sum + share(left, choice) * share(right, choice), 0);
  return { reviewers, both, kappa: chance === 1 ? null : (observed - chance) / (1 - chance), disagreements };
}
