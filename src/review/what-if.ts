import type { WireFinding } from "../report/wire.ts";
import type { Outcome, WhatIf } from "./api-shapes.ts";

/** What is judged otherwise than before. A claim that another equation now checks is the same claim. */
export function changedFindings(before: readonly WireFinding[], after: readonly WireFinding[]): WhatIf["changed"] {
  const [old, now] = [byClaim(before), byClaim(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key), now.get(key)];
    const shown = right ?? left;
    if (shown === undefined || (left !== undefined && right !== undefined && told(left) === told(right))) return [];
    return [{ rule: shown.rule, claim: shown.claim, before: outcomeOf(left), after: outcomeOf(right) }];
  });
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

function told({ verdict, severity, stated, recomputed }: WireFinding): string {
  return JSON.stringify([verdict, severity, stated, recomputed]);
}
