import type { WireDocument, WireFinding } from "./wire.ts";

/** A document as `reckoner/1` had it: without confidence, and with weak tests among those that agree. */
type OlderFinding = Omit<WireFinding, "confidence" | "strength"> & { readonly confidence?: number; readonly strength: string | null };
interface OlderDocument extends Omit<WireDocument, "findings" | "withheld" | "coverage"> {
  readonly findings: readonly OlderFinding[];
  readonly withheld?: readonly (OlderFinding & Pick<NonNullable<WireDocument["withheld"]>[number], "because">)[];
  readonly coverage: Omit<WireDocument["coverage"], "untested"> & { readonly untested?: number };
}

/** What an older release kept, in the contract of this one: weak agreement is told as untested, and nothing is known of confidence. */
export function currentDocument(kept: WireDocument | OlderDocument): WireDocument {
  if (isCurrent(kept)) return kept;
  const { withheld, coverage, ...document } = kept;
  const findings = document.findings.map(currentFinding);
  const untested = findings.filter(({ verdict }) => verdict === "untested").length;
  return {
    ...document,
    findings,
    ...(withheld === undefined ? {} : { withheld: withheld.map((finding) => ({ ...currentFinding(finding), because: finding.because })) }),
    coverage: { ...coverage, checked: Math.max(0, coverage.checked - untested), untested },
  };
}

function isCurrent(document: WireDocument | OlderDocument): document is WireDocument {
  return document.coverage.untested !== undefined;
}

function currentFinding({ strength, ...finding }: OlderFinding): WireFinding {
  const known = { ...finding, confidence: finding.confidence ?? 0 };
  if (strength === "weak") return { ...known, verdict: "untested", strength: null };
  return {
    ...known,
    strength: strength === "exact" || strength === "strict" || strength === "loose" || strength === "bound" ? strength : null,
  };
}
