import type { Catalog } from "../model/catalog.ts";
import type { Cause, Finding } from "../model/finding.ts";
import type { Linked } from "../model/run.ts";
import { slipOf } from "./diagnose.ts";
import { slipOfPen } from "./digit-slips.ts";
import { quantitiesById } from "./quantities-by-id.ts";

/** What is known less well than this, high over low, names no digit: a price of the time, a default. */
const WIDEST_FOR_A_DIGIT = 1.3;

/** Names what explains the disagreement where its check did not: a factor of the units in it, or a wrong digit. */
export function withCause(catalog: Catalog, linked: Linked, finding: Finding): Finding {
  if (finding.verdict !== "inconsistent" || finding.severity === "note" || finding.cause?.certainty === "named") return finding;
  // Two tellings of one figure: neither is worked out from the other.
  if (finding.rule === "pair/same") return finding;
  const cause = finding.cause ?? slipOfStatement(catalog, linked, finding);
  // What is added up is no product: a table's wrong line is found where its sum is made.
  const isProduct = finding.rule !== "table/total";
  const isSharp = finding.recomputed.high / finding.recomputed.low <= WIDEST_FOR_A_DIGIT;
  const pen = cause?.certainty === "named" || !isProduct || !isSharp ? null : slipOfPen(finding, linked.quantities);
  const best = pen?.certainty === "named" ? pen : (cause ?? pen);
  return best === null ? finding : { ...finding, cause: best };
}

/** The factor of a statement that is checked without an equation of the catalog. */
function slipOfStatement(catalog: Catalog, linked: Linked, finding: Finding & { readonly verdict: "inconsistent" }): Cause | null {
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  const known = quantitiesById(linked.quantities);
  const readings = [...ids].flatMap((id) => known.get(id)?.readings ?? []);
  return slipOf(catalog, {
    ratio: finding.ratio,
    reach: { low: finding.ratio, high: finding.ratio },
    slots: new Set(readings.map((reading) => reading.slot)),
    hardware: new Set(readings.flatMap((reading) => reading.hardware ?? [])),
    beside: [],
  });
}
