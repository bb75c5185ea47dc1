import { createHash } from "node:crypto";

/** What makes two findings the same one, in whatever run they were found. */
export interface FingerprintedFinding {
  readonly quote: string;
  readonly rule: string;
  readonly subject: string | null;
}

/**
 * A name for each finding of a document that outlives ids, pages and line numbers: 16 hex digits over quote, rule and subject.
 *
 * Shape: as many as findings, in their order; the second of equal ones ends in "-2".
 */
export function fingerprintsOf(findings: readonly FingerprintedFinding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ quote, rule, subject }) => {
    const parts = [normalized(quote), rule, subject ?? ""];
    const hash = createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
    const ordinal = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, ordinal);
    return ordinal === 1 ? hash : `${hash}-${ordinal}`;
  });
}

function normalized(quote: string): string {
  return quote.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
