import { useEffect, useState } from "preact/hooks";
import type { WireDocument, WireFinding } from "../src/report/wire.ts";
import { call, type Entry, type KeptCorrection, type WhatIf } from "./api.ts";
import { applied } from "./corrections.ts";
import { KeptAnswers } from "./kept-answers.ts";
import { wireOf } from "./use-document.ts";

/** Answers that are kept, the last used last. */
const MOST_KEPT = 200;
const answers = new KeptAnswers<WhatIf>(MOST_KEPT);

/** What the checker makes of a document under corrections of a claim. */
function whatIfOf(entry: Entry, wire: WireDocument, corrected: readonly KeptCorrection[]): Promise<WhatIf> | null {
  const { document } = entry;
  const corrections = corrected.flatMap((line) => applied(line, wire) ?? []);
  if (corrections.length === 0) return null;
  const claim = findingOf(entry, wire)?.claim;
  const key = JSON.stringify([document, entry.revision, corrections, claim]);
  return answers.get(key, () => call<WhatIf>("what-if", { document, corrections, claim }));
}

/**
 * What the checker makes of a document under the corrections of a finding.
 *
 * Null where there are none, and until it answers; while it works on another correction of the same claim, what it said before.
 */
export function useWhatIf(
  claim: string | null,
  entry: Entry | null,
  wire: WireDocument | null,
  corrected: readonly KeptCorrection[],
  fail: (words: string) => void,
): WhatIf | null {
  const [answer, setAnswer] = useState<{ readonly claim: string | null; readonly whatIf: WhatIf } | null>(null);
  const hasAny = wire !== null && corrected.some((line) => applied(line, wire) !== null);
  const key = JSON.stringify([claim, entry?.document, entry?.revision, corrected.map(({ id }) => id), hasAny]);
  useEffect(() => {
    const asked = entry === null || wire === null ? null : whatIfOf(entry, wire, corrected);
    let isCurrent = true;
    asked?.then((whatIf) => isCurrent && setAnswer({ claim, whatIf })).catch((error: Error) => isCurrent && fail(error.message));
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return hasAny && answer?.claim === claim ? answer.whatIf : null;
}

/** How a corrected finding is judged now; "gone" where nothing is said of its claim any more. Null until it is known, and where nothing was corrected. */
export function useCorrectedFinding(entry: Entry, corrected: readonly KeptCorrection[]): WireFinding | "gone" | null {
  const [now, setNow] = useState<{ readonly key: string; readonly finding: WireFinding | "gone" } | null>(null);
  const key = JSON.stringify([entry.document, entry.revision, entry.fingerprint, corrected.map(({ id }) => id)]);
  useEffect(() => {
    if (corrected.length === 0) return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const wire = await wireOf(entry);
      const finding = findingOf(entry, wire);
      const whatIf = await whatIfOf(entry, wire, corrected);
      if (isCurrent && finding !== undefined && whatIf !== null) setNow({ key, finding: findingNow(finding, whatIf) ?? "gone" });
    };
    // The line stays as it was found where the document cannot be had; its pane says why.
    ask().catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return corrected.length > 0 && now?.key === key ? now.finding : null;
}

function findingOf({ fingerprint }: Entry, { findings, withheld }: WireDocument): WireFinding | undefined {
  return [...findings, ...(withheld ?? [])].find((finding) => finding.fingerprint === fingerprint);
}

/** A finding under a what-if: on the same claim, by the same rule if there is one. Null where it is gone. */
export function findingNow(finding: WireFinding, whatIf: WhatIf | null): WireFinding | null {
  if (whatIf === null) return finding;
  const same = whatIf.findings.filter(({ claim }) => claim === finding.claim);
  return same.find(({ rule }) => rule === finding.rule) ?? same[0] ?? null;
}
