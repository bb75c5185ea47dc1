import type { WireDocument, WireFinding } from "../report/wire.ts";

/** A finding as the queue lists it. */
export interface QueueEntry {
  readonly document: number;
  readonly source: string;
  readonly fingerprint: string;
  readonly id: string;
  readonly verdict: string;
  readonly severity: string;
  readonly rule: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly ratio: number | null;
  readonly text: string;
  readonly quote: string;
  readonly speaker: string | null;
  readonly message: string;
  /** Place in the queue: the lowest first. */
  readonly rank: number;
}

/** What of a document a person has to judge: what is flagged, then what could not be checked. */
export function queueEntries(document: number, source: string, wire: WireDocument): readonly QueueEntry[] {
  const mentions = new Map(wire.mentions.map((mention) => [mention.id, mention]));
  return wire.findings.flatMap((finding): readonly QueueEntry[] => {
    if (finding.verdict === "consistent") return [];
    const { id, verdict, severity, rule, subject, ratio, quote, speaker, message, fingerprint } = finding;
    const claim = mentions.get(finding.claim);
    return [
      {
        ...{ document, source, fingerprint, id, verdict, severity, rule, subject, ratio, quote, speaker, message },
        ...{ kind: claim?.kind ?? "", text: claim?.text ?? "", rank: rankOf(finding) },
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
