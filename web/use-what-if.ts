import { useEffect, useState } from "preact/hooks";
import type { WireDocument, WireFinding } from "../src/report/wire.ts";
import { call, type KeptCorrection, type WhatIf } from "./api.ts";
import { applied } from "./corrections.ts";

/** What the checker makes of a document under the corrections of a finding; null where there are none, and until it answers. */
export function useWhatIf(
  document: number | null,
  wire: WireDocument | null,
  corrected: readonly KeptCorrection[],
  fail: (words: string) => void,
): WhatIf | null {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly whatIf: WhatIf } | null>(null);
  const corrections = wire === null ? [] : corrected.flatMap((line) => applied(line, wire) ?? []);
  const key = JSON.stringify([document, corrections]);
  useEffect(() => {
    if (document === null || corrections.length === 0) return undefined;
    let isCurrent = true;
    call<WhatIf>("what-if", { document, corrections })
      .then((whatIf) => isCurrent && setAnswer({ key, whatIf }))
      .catch((error: Error) => isCurrent && fail(error.message));
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return corrections.length > 0 && answer?.key === key ? answer.whatIf : null;
}

/** A finding under a what-if: on the same claim, by the same rule if there is one. Null where it is gone. */
export function findingNow(finding: WireFinding, whatIf: WhatIf | null): WireFinding | null {
  if (whatIf === null) return finding;
  const same = whatIf.findings.filter(({ claim }) => claim === finding.claim);
  return same.find(({ rule }) => rule === finding.rule) ?? same[0] ?? null;
}
