import type { Choice, Decision, KeptAddition, KeptCorrection } from "./api.ts";

/** Every line that reviewers left, and what stands of them. */
export interface Judgements {
  readonly decisions: ReadonlyMap<number, Decision>;
  readonly corrections: ReadonlyMap<number, KeptCorrection>;
  readonly additions: ReadonlyMap<number, KeptAddition>;
  /** By finding, then by reviewer: the last line of each. */
  readonly standing: ReadonlyMap<string, ReadonlyMap<string, Decision>>;
  /** By finding: the last correction of each figure, in the order in which they were made. */
  readonly corrected: ReadonlyMap<string, readonly KeptCorrection[]>;
}

export const NO_JUDGEMENTS: Judgements = {
  decisions: new Map(),
  corrections: new Map(),
  additions: new Map(),
  standing: new Map(),
  corrected: new Map(),
};

/** Lines as the server sends them. */
export interface Lines {
  readonly decisions: readonly Decision[];
  readonly corrections: readonly KeptCorrection[];
  readonly additions: readonly KeptAddition[];
}

/** With the lines that came; the same object where none is new. Lines may come twice, and late. */
export function withLines(known: Judgements, { decisions, corrections, additions }: Lines): Judgements {
  const isNew =
    decisions.some(({ id }) => !known.decisions.has(id)) ||
    corrections.some(({ id }) => !known.corrections.has(id)) ||
    additions.some(({ id }) => !known.additions.has(id));
  if (!isNew) return known;
  const allDecisions = ordered(known.decisions, decisions);
  const allCorrections = ordered(known.corrections, corrections);
  const standing = new Map<string, Map<string, Decision>>();
  for (const line of allDecisions.values()) {
    const own = standing.get(line.fingerprint) ?? new Map<string, Decision>();
    standing.set(line.fingerprint, own.set(line.reviewer, line));
  }
  return {
    decisions: allDecisions,
    corrections: allCorrections,
    additions: ordered(known.additions, additions),
    standing,
    corrected: standingCorrections(allCorrections),
  };
}

function ordered<T extends { readonly id: number }>(known: ReadonlyMap<number, T>, more: readonly T[]): ReadonlyMap<number, T> {
  const fresh = more.filter(({ id }) => !known.has(id));
  const lines = [...known.values(), ...fresh].sort((left, right) => left.id - right.id);
  return new Map(lines.map((line) => [line.id, line]));
}

function standingCorrections(lines: ReadonlyMap<number, KeptCorrection>): ReadonlyMap<string, readonly KeptCorrection[]> {
  const last = new Map<string, KeptCorrection>();
  for (const line of lines.values()) {
    const key = [line.fingerprint, line.kind, line.mention, line.slot].join("\n");
    last.delete(key);
    last.set(key, line);
  }
  return Map.groupBy(
    [...last.values()].filter(({ after }) => after !== null),
    ({ fingerprint }) => fingerprint,
  );
}

/** What each reviewer decided of a finding, without what was taken back. */
export function choicesOf({ standing }: Judgements, fingerprint: string): readonly (Decision & { readonly decision: Choice })[] {
  return [...(standing.get(fingerprint)?.values() ?? [])].flatMap((line) =>
    line.decision === null ? [] : [{ ...line, decision: line.decision }],
  );
}

/** Whether two reviewers decided otherwise. */
export function isDisputed(judgements: Judgements, fingerprint: string): boolean {
  return new Set(choicesOf(judgements, fingerprint).map(({ decision }) => decision)).size > 1;
}

/** The highest line that is known; lines are in order. */
export function lastId(lines: ReadonlyMap<number, unknown>): number {
  let last = 0;
  for (const id of lines.keys()) last = id;
  return last;
}
