import type { WireDocument } from "./wire.ts";

/** The columns of a table of findings. */
export const FINDING_COLUMNS = [
  "source",
  "title",
  "page",
  "line",
  "verdict",
  "severity",
  "confidence",
  "rule",
  "subject",
  "speaker",
  "claim",
  "stated",
  "unit",
  "recomputed",
  "recomputed_unit",
  "ratio",
  "cause",
  "missing",
  "message",
] as const;

/** The columns that hold numbers; all others hold text. */
export const FINDING_NUMBERS: Readonly<Record<string, "INT32" | "DOUBLE">> = {
  ...{ page: "INT32", line: "INT32", confidence: "DOUBLE", stated: "DOUBLE", recomputed: "DOUBLE", ratio: "DOUBLE" },
};

/** One finding, by column. */
export type FindingRow = Readonly<Record<(typeof FINDING_COLUMNS)[number], string | number | null>>;

/** The findings of one document, consistent ones too. */
export function findingRows(document: WireDocument): readonly FindingRow[] {
  const claims = new Map(document.mentions.map((mention) => [mention.id, mention.text]));
  return document.findings.map((finding) => ({
    source: document.source,
    title: document.title,
    page: finding.page,
    line: finding.line,
    verdict: finding.verdict,
    severity: finding.severity,
    confidence: finding.confidence,
    rule: finding.rule,
    subject: finding.subject,
    speaker: finding.speaker,
    claim: claims.get(finding.claim) ?? null,
    stated: finding.stated.value,
    unit: finding.stated.unit,
    recomputed: finding.recomputed?.value ?? null,
    recomputed_unit: finding.recomputed?.unit ?? null,
    ratio: finding.ratio,
    cause: finding.cause?.words ?? null,
    missing: finding.missing.map((item) => item.slot).join(" "),
    message: finding.message,
  }));
}
