import type { Finding } from "../../src/model/finding.ts";
import type { Mention } from "../../src/model/mention.ts";
import type { DocumentResult } from "../../src/model/report.ts";

/** A line for each mention, with kind, value, unit, model, hardware and role, then one for each finding. */
export function readingLines(result: DocumentResult | null): readonly string[] {
  if (result === null) return ["  it could not be read"];
  const { extraction, linked, checked } = result;
  if (extraction.mentions.length === 0) return ["  nothing was read in it"];
  return [...extraction.mentions.map((mention) => mentionLine(mention, linked)), ...checked.findings.map(findingLine)];
}

/** What was read in a text that went no further than its mentions. */
export function mentionLine(mention: Mention, linked: DocumentResult["linked"] | null): string {
  const attached = linked?.attachments.get(mention.id);
  const said = [
    `${mention.id} ${JSON.stringify(mention.text)}: ${mention.kind} ${mention.value} ${mention.unit}`,
    mention.per === null ? null : `per ${mention.per}`,
    mention.hedge,
    `of ${attached?.subject ?? "no model"}`,
    `on ${attached?.hardware ?? mention.hardware?.text ?? "no product"}`,
    attached?.role ?? mention.role,
    mention.stage,
  ];
  return `  ${said.filter((part) => part !== null).join(", ")}`;
}

function findingLine(finding: Finding): string {
  const cause = "cause" in finding && finding.cause !== null ? `, ${finding.cause.diagnosis}` : "";
  const recomputed = "recomputed" in finding ? `, works out to ${finding.recomputed.value} ${finding.recomputed.unit}` : "";
  const from = finding.premises.length === 0 ? "" : ` from ${finding.premises.join(", ")}`;
  return `  ${finding.verdict} ${finding.severity} ${finding.rule} on ${finding.claim}${from}${recomputed}${cause}`;
}
