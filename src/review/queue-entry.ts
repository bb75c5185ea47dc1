import type { WireDocument, WireFinding } from "../report/wire.ts";
import type { ListedFinding } from "./api-shapes.ts";

/** What of a document a person has to judge: what is flagged, then what could not be checked. */
export function queueEntries(document: number, source: string, wire: WireDocument): readonly ListedFinding[] {
  const mentions = new Map(wire.mentions.map((mention) => [mention.id, mention]));
  return wire.findings.flatMap((finding): readonly ListedFinding[] => {
    if (finding.verdict === "consistent") return [];
    const { id, verdict, severity, rule, subject, ratio, page, line, quote, speaker, message, fingerprint, steps } = finding;
    const claim = mentions.get(finding.claim);
    return [
      {
        ...{ document, source, fingerprint, id, verdict, severity, rule, subject, ratio, page, line, quote, speaker, message },
        ...{ kind: claim?.kind ?? "", text: claim?.text ?? "", rank: rankOf(finding), working: steps.map(({ text }) => text) },
      },
    ];
  });
}

const SEVERITIES = ["error", "warning", "note"];
/** Steps between classes; no figure is off by more than e to this power. */
const CLASS = 1000;

/** Most consequential first: severity, then how far off. What could not be checked stands last, and first of it what has an answer. */
function rankOf({ verdict, severity, ratio, missing }: WireFinding): number {
  if (verdict === "unverifiable") return CLASS * (SEVERITIES.length + (missing.some(({ solved }) => solved !== null) ? 0 : 1));
  const off = ratio === null || ratio <= 0 ? 0 : Math.abs(Math.log(ratio));
  return CLASS * SEVERITIES.indexOf(severity) - Math.min(off, CLASS - 1);
}
