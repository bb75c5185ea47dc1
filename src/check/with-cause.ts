import type { Catalog } from "../model/catalog.ts";
import type { Cause, Finding } from "../model/finding.ts";
import type { Mention, MentionKind } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Linked } from "../model/run.ts";
import { slipOf } from "./diagnose.ts";
import { slipOfPen, swappedDigits } from "./digit-slips.ts";
import { quantitiesById } from "./quantities-by-id.ts";

/** What is known less well than this, high over low, names no digit: a price of the time, a default. */
const WIDEST_FOR_A_DIGIT = 1.3;

/** Names what explains the disagreement where its check did not: a factor of the units in it, or a wrong digit. */
export function withCause(catalog: Catalog, linked: Linked, finding: Finding): Finding {
  if (finding.verdict !== "inconsistent" || finding.severity === "note") return finding;
  // Two tellings of one figure: neither is worked out from the other.
  if (finding.rule === "pair/same") return finding;
  const isOfEquation = catalog.equations.some(({ id }) => id === finding.rule);
  const copied = copiedFrom(linked, finding);
  if (finding.cause?.certainty === "named" && !isOfEquation && (copied === null || finding.cause.diagnosis === "missing-row"))
    return finding;
  // What is added up is no product: a table's wrong line is found where its sum is made.
  const isProduct = !SUMS.has(finding.rule);
  const cause = finding.cause ?? (isProduct ? slipOfStatement(catalog, linked, finding) : null);
  const isAtFace = cause !== null && (cause.fits !== null || Math.abs(finding.ratio / cause.factor - 1) <= AT_FACE);
  if (isAtFace && cause.certainty === "named") return { ...finding, cause };
  // A digit that makes the figures agree to the last place is more than a factor that rounding or leaks admit.
  const isSharp = finding.recomputed.high / finding.recomputed.low <= WIDEST_FOR_A_DIGIT;
  const pen = isProduct && isSharp ? slipOfPen(finding, linked.quantities) : null;
  const swapped = isProduct && isSharp ? swappedDigits(finding, linked.quantities) : null;
  const best = copied ?? (isAtFace || !isProduct ? cause : null) ?? pen ?? cause ?? swapped;
  return best === null ? finding : { ...finding, cause: best };
}

/**
 * The claim holds what another line of its column holds, to the digit: it was copied from there.
 *
 * Shape: null outside tables, for round figures, and where other lines share the print too, so that it says nothing.
 */
function copiedFrom({ quantities }: Linked, { claim }: Finding): Cause | null {
  const own = quantitiesById(quantities).get(claim)?.mention;
  const cell = own?.cell ?? null;
  if (own === undefined || cell === null || own.number.value === 0) return null;
  if (Math.round(own.number.value / own.number.lastPlace) < LEAST_COPIED) return null;
  const table = linesOf(quantities);
  const down = table.columns.get(placeOf(cell.table, cell.column));
  // Where a column mixes kinds, each column is a thing, and its like stand in the row.
  const line = (down?.kinds.size ?? 0) > 1 ? table.rows.get(placeOf(cell.table, cell.row)) : down;
  const same = (line?.byText.get(own.text) ?? []).filter(({ id, kind }) => id !== claim && kind === own.kind);
  if (same.length !== 1) return null;
  return {
    diagnosis: "copied-row",
    factor: 1,
    certainty: "possible",
    words: `"${own.text}" was copied from another line of its column, where it stands too`,
    fits: null,
  };
}

/** The figures of one row or column of a table. */
interface Line {
  readonly kinds: Set<MentionKind>;
  readonly byText: Map<string, Mention[]>;
}

interface Lines {
  readonly rows: ReadonlyMap<string, Line>;
  readonly columns: ReadonlyMap<string, Line>;
}

const LINES = new WeakMap<readonly Quantity[], Lines>();

/** The lines of all tables, made once for all findings. */
function linesOf(quantities: readonly Quantity[]): Lines {
  let lines = LINES.get(quantities);
  if (lines === undefined) {
    const [rows, columns] = [new Map<string, Line>(), new Map<string, Line>()];
    for (const { mention } of quantities) {
      if (mention.cell === null) continue;
      addTo(rows, placeOf(mention.cell.table, mention.cell.row), mention);
      addTo(columns, placeOf(mention.cell.table, mention.cell.column), mention);
    }
    lines = { rows, columns };
    LINES.set(quantities, lines);
  }
  return lines;
}

function placeOf(table: number, line: number): string {
  return `${table} ${line}`;
}

function addTo(lines: Map<string, Line>, place: string, mention: Mention): void {
  const line = lines.get(place) ?? { kinds: new Set(), byText: new Map() };
  lines.set(place, line);
  line.kinds.add(mention.kind);
  const same = line.byText.get(mention.text);
  if (same === undefined) line.byText.set(mention.text, [mention]);
  else same.push(mention);
}

/** Figures of fewer digits come twice by chance. */
const LEAST_COPIED = 10;

/** Checks whose figures are no product: a factor of one of them is none of the result. */
const SUMS: ReadonlySet<string> = new Set(["table/total", "table/stages", "ratio/of-two", "accelerator-hours/phases"]);

/** How near the ratio of the face values must be to a factor to leave no room for another explanation. */
const AT_FACE = 0.01;

/** The factor of a statement that is checked without an equation of the catalog. */
function slipOfStatement(catalog: Catalog, linked: Linked, finding: Finding & { readonly verdict: "inconsistent" }): Cause | null {
  const ids = new Set<string>([finding.claim, ...finding.premises]);
  const known = quantitiesById(linked.quantities);
  const readings = [...ids].flatMap((id) => known.get(id)?.readings ?? []);
  return slipOf(catalog, {
    ratio: finding.ratio,
    reach: { low: finding.ratio, high: finding.ratio },
    rounding: { low: finding.stated.low / finding.recomputed.high, high: finding.stated.high / finding.recomputed.low },
    slots: new Set(readings.map((reading) => reading.slot)),
    units: new Set(readings.map(({ printed }) => printed.unit)),
    hardware: new Set(readings.flatMap((reading) => reading.hardware ?? [])),
    run: null,
  });
}
