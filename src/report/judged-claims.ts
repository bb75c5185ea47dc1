import { isFlagged } from "./report-subject.ts";
import type { WireDocument, WireFinding } from "./wire.ts";

/** That a figure is told twice tests nothing. */
const TOLD_AGAIN = "identity/restated";

const GRAVITY = { error: 0, warning: 1, note: 2 } as const;

/** One finding for each claim of a document: the most severe that is flagged, or else the one that tests it best. By this a report counts claims. */
export function judgedClaims({ findings }: Pick<WireDocument, "findings">): readonly WireFinding[] {
  const tested = findings.filter(({ rule }) => rule !== TOLD_AGAIN);
  return [...Map.groupBy(tested, ({ claim }) => claim).values()].map((same) =>
    same.reduce((best, finding) => (rank(finding) < rank(best) ? finding : best)),
  );
}

function rank(finding: WireFinding): number {
  if (isFlagged(finding)) return GRAVITY[finding.severity];
  return { consistent: 3, untested: 4, unverifiable: 5 }[finding.verdict as "consistent" | "untested" | "unverifiable"];
}
