import type { WireDocument, WireFinding } from "../report/wire.ts";
import type { Adder, ListedFinding } from "./api-shapes.ts";

/** What of a document a person may judge: what is flagged, then what was read with doubt, what could not be checked or tested, and what adds up. */
export function queueEntries(
  { document, source, revision }: Pick<ListedFinding, "document" | "source" | "revision">,
  wire: WireDocument,
  adders: ReadonlyMap<string, Adder> = NOBODY,
): readonly ListedFinding[] {
  const mentions = new Map(wire.mentions.map((mention) => [mention.id, mention]));
  const doubts = new Map((wire.withheld ?? []).map(({ id, because }) => [id, because]));
  // A claim that adds up is told once, and not where anything else is said of it.
  const judged = new Set(wire.findings.flatMap(({ verdict, claim }) => (verdict === "consistent" ? [] : [claim])));
  return [...wire.findings, ...(wire.withheld ?? [])].flatMap((finding): readonly ListedFinding[] => {
    if (finding.verdict === "consistent") {
      if (judged.has(finding.claim)) return [];
      judged.add(finding.claim);
    }
    const { id, verdict, severity, confidence, rule, subject, ratio, page, line, quote, speaker, message, fingerprint, steps } = finding;
    const claim = mentions.get(finding.claim);
    const doubt = doubts.get(id) ?? null;
    return [
      {
        ...{
          document,
          source,
          revision,
          added: adders.get(finding.claim) ?? null,
          fingerprint,
          id,
          verdict,
          severity,
          confidence,
          rule,
          subject,
          ratio,
        },
        ...{ page, line, quote, speaker, message },
        ...{ kind: claim?.kind ?? "", text: claim?.text ?? "", working: steps.map(({ text }) => text) },
        ...{ doubt: doubt === null ? null : DOUBTS[doubt], rank: rankOf(finding, doubt !== null) },
      },
    ];
  });
}

const NOBODY: ReadonlyMap<string, Adder> = new Map();

const DOUBTS = { "low-confidence": "a figure may not be what it was taken for", "unclear-run": "it is unclear which run a figure is of" };

const SEVERITIES = ["error", "warning", "note"];
/** Steps between classes; no figure is off by more than e to this power. */
const CLASS = 1000;

/**
 * Most consequential first: severity, then how far off.
 *
 * What was read with doubt comes after what is sure, and what could not be checked or tested stands behind it, first of it what has an answer, and what adds up last.
 */
function rankOf({ verdict, severity, ratio, missing }: WireFinding, isDoubtful: boolean): number {
  if (verdict === "consistent") return CLASS * (SEVERITIES.length + 4);
  if (verdict === "untested") return CLASS * (SEVERITIES.length + 3);
  if (verdict === "unverifiable") return CLASS * (SEVERITIES.length + (missing.some(({ solved }) => solved !== null) ? 1 : 2));
  const off = ratio === null || ratio <= 0 ? 0 : Math.abs(Math.log(ratio));
  return CLASS * (isDoubtful ? SEVERITIES.length : SEVERITIES.indexOf(severity)) - Math.min(off, CLASS - 1);
}
