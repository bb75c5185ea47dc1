import { useEffect, useState } from "preact/hooks";
import type { WireDocument, WireFinding } from "../src/report/wire.ts";
import { call, type KeptCorrection, type WhatIf } from "./api.ts";
import { applied } from "./corrections.ts";

/**
 * What the checker makes of a document under the corrections of a finding.
 *
 * Null where there are none, and until it answers; while it works on another correction of the same claim, what it said before.
 */
export function useWhatIf(
  claim: string | null,
  document: number | null,
  wire: WireDocument | null,
  corrected: readonly KeptCorrection[],
  fail: (words: string) => void,
): WhatIf | null {
  const [answer, setAnswer] = useState<{ readonly claim: string | null; readonly whatIf: WhatIf } | null>(null);
  const corrections = wire === null ? [] : corrected.flatMap((line) => applied(line, wire) ?? []);
  const key = JSON.stringify([claim, document, corrections]);
  useEffect(() => {
    if (document === null || corrections.length === 0) return undefined;
    let isCurrent = true;
    call<WhatIf>("what-if", { document, corrections })
      .then((whatIf) => isCurrent && setAnswer({ claim, whatIf }))
      .catch((error: Error) => isCurrent && fail(error.message));
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return corrections.length > 0 && answer?.claim === claim ? answer.whatIf : null;
}

/** A finding under a what-if: on the same claim, by the same rule if there is one. Null where it is gone. */
export function findingNow(finding: WireFinding, whatIf: WhatIf | null): WireFinding | null {
  if (whatIf === null) return finding;
  const same = whatIf.findings.filter(({ claim }) => claim === finding.claim);
  return same.find(({ rule }) => rule === finding.rule) ?? same[0] ?? null;
}
