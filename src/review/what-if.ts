import type { WireFinding } from "../report/wire.ts";
import type { Outcome, WhatIf } from "./api-shapes.ts";

/**
 * What is judged otherwise than before. A claim that another equation now checks is the same claim.
 *
 * `uncorrected` is what was told by the same means without corrections, where that is less than `before`: only what parts it from `after` has changed.
 */
export function changedFindings(
  before: readonly WireFinding[],
  after: readonly WireFinding[],
  uncorrected: readonly WireFinding[] = before,
): WhatIf["changed"] {
  const [old, now] = [byClaim(uncorrected), byClaim(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key), now.get(key)];
    const shown = right ?? left;
    if (shown === undefined || told(left) === told(right)) return [];
    const same = before.filter(({ claim }) => claim === shown.claim);
    const known = same.find(({ rule }) => rule === shown.rule) ?? same[0] ?? left;
    if (told(known) === told(right)) return [];
    return [{ rule: shown.rule, claim: shown.claim, before: outcomeOf(known), after: outcomeOf(right) }];
  });
}

/** Whether all that is told of a claim is told by other findings as well. */
export function isToldBy(findings: readonly WireFinding[], claim: string, others: readonly WireFinding[]): boolean {
  const isTold = ({ verdict }: WireFinding): boolean => others.some((other) => other.claim === claim && other.verdict === verdict);
  return findings.every((finding) => finding.claim !== claim || isTold(finding));
}

/** By claim and rule; the only finding of a claim by the claim alone, whatever its rule is. */
function byClaim(findings: readonly WireFinding[]): ReadonlyMap<string, WireFinding> {
  const counts = Map.groupBy(findings, ({ claim }) => claim);
  return new Map(
    findings.map((finding) => [counts.get(finding.claim)?.length === 1 ? finding.claim : `${finding.claim} ${finding.rule}`, finding]),
  );
}

function outcomeOf(finding: WireFinding | undefined): Outcome | null {
  return finding === undefined ? null : { verdict: finding.verdict, severity: finding.severity, recomputed: finding.recomputed };
}

function told(finding: WireFinding | undefined): string | null {
  return finding === undefined ? null : JSON.stringify([finding.verdict, finding.severity, finding.stated, finding.recomputed]);
}
