import type { Report } from "../model/report.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { isFlagged } from "./report-subject.ts";
import { type Review, reviewWords } from "./review.ts";
import type { WireDocument, WireFinding } from "./wire.ts";

/** A report without the findings that somebody has accepted before. */
export interface Sifted {
  readonly report: Report;
  /** Fingerprints that took a finding out. */
  readonly used: ReadonlySet<string>;
}

/** A document of the contract without the findings that somebody has accepted; `used` gets the fingerprints that took one out. */
export function withoutAcceptedFindings(document: WireDocument, accepted: ReadonlySet<string>, used: Set<string>): WireDocument {
  const isAccepted = (finding: WireFinding): boolean => isFlagged(finding) && accepted.has(finding.fingerprint);
  const taken = document.findings.filter(isAccepted);
  if (taken.length === 0) return document;
  for (const { fingerprint } of taken) used.add(fingerprint);
  return { ...document, findings: document.findings.filter((finding) => !isAccepted(finding)) };
}

/** Takes flagged findings out of a report whose fingerprint is among the accepted. Claims stay counted as checked. */
export function withoutAccepted(report: Report, accepted: ReadonlySet<string>): Sifted {
  const used = new Set<string>();
  const documents = report.documents.map((document) => {
    const { result } = document;
    if (result === null) return document;
    const fingerprints = fingerprintsOf(result);
    const findings = result.checked.findings.filter((finding) => {
      const fingerprint = fingerprints.get(finding.id) ?? "";
      if (!isFlagged(finding) || !accepted.has(fingerprint)) return true;
      used.add(fingerprint);
      return false;
    });
    const told = new Set(findings);
    const taken = result.checked.findings.filter((finding) => !told.has(finding)).map(({ claim }) => claim);
    return { ...document, result: { ...result, checked: { ...result.checked, findings, accepted: taken } } };
  });
  return { report: { ...report, documents }, used };
}

/** A report that tells of each finding what persons decided, behind its message. */
export function withReviews(report: Report, reviews: readonly Review[]): Report {
  const byFinding = Map.groupBy(reviews, ({ fingerprint }) => fingerprint);
  const documents = report.documents.map((document) => {
    const { result } = document;
    if (result === null) return document;
    const fingerprints = fingerprintsOf(result);
    const findings = result.checked.findings.map((finding) => {
      const lines = byFinding.get(fingerprints.get(finding.id) ?? "") ?? [];
      const remarks = lines.map((line) => ({ kind: "reviewed", words: reviewWords(line) }) as const);
      return remarks.length === 0 ? finding : { ...finding, remarks: [...finding.remarks, ...remarks] };
    });
    return { ...document, result: { ...result, checked: { ...result.checked, findings } } };
  });
  return { ...report, documents };
}

/** The same for a document of the contract. */
export function withReviewWords(document: WireDocument, reviews: ReadonlyMap<string, readonly Review[]>): WireDocument {
  if (reviews.size === 0) return document;
  const findings = document.findings.map((finding) => {
    const lines = reviews.get(finding.fingerprint) ?? [];
    return lines.length === 0 ? finding : { ...finding, message: [finding.message, ...lines.map(reviewWords)].join(" ") };
  });
  return { ...document, findings };
}
