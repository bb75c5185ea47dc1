import type { Finding, FindingId } from "../model/finding.ts";
import type { PrintedNumber } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { readStep } from "./working.ts";

/** Reasons that no honest print has; a comma for a decimal point may be a foreign hand, but not in a column of points. */
const SURE: ReadonlySet<string> = new Set(["missing-exponent-mark", "lost-superscript", "power-for-energy"]);

/** Relative difference up to which another figure of the run confirms what a broken number was meant to be. */
const CONFIRMING = 0.05;

type Repair = NonNullable<PrintedNumber["repair"]>;

/** Tells numbers that cannot be what was meant: "3.14+23" for 3.14e23, "41,66" for 41.66. */
export function checkPrint(quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return quantities.flatMap((quantity): readonly Finding[] => {
    const { mention, readings } = quantity;
    const { repair } = mention.number;
    if (repair === null || mention.confidence < 0.7) return [];
    const run = runs.find((candidate) => candidate.quantities.includes(quantity)) ?? null;
    const { printed } = readings[0];
    const isConfirmed = quantities.some(
      (other) =>
        other !== quantity &&
        other.mention.number.repair === null &&
        other.mention.kind === mention.kind &&
        Math.abs(other.readings[0].width.face / readings[0].width.face - 1) <= CONFIRMING,
    );
    return [
      {
        id: "" as FindingId,
        rule: "number/print",
        severity: SURE.has(repair.reason) || isAmongPoints(quantity, quantities) ? "warning" : "note",
        verdict: "malformed",
        claim: mention.id,
        premises: [],
        subject: run?.subject ?? null,
        run: run?.id ?? null,
        stated: printed,
        steps: [readStep(quantity)],
        speaker: mention.speaker,
        correctedBy: null,
        confidence: 1,
        remarks: [],
        repair: { ...printed, ...repaired(repair, printed.unit) },
        reason: repair.reason,
        confirmed: isConfirmed,
      },
    ];
  });
}

/** Other cells of a column with decimals that show how it prints them. */
const LEAST_CELLS = 2;

/** "41,66" in a column that prints "12.50" and "83.25", and no other comma. */
function isAmongPoints({ mention }: Quantity, quantities: readonly Quantity[]): boolean {
  const { cell } = mention;
  if (cell === null) return false;
  const others = quantities.filter(
    (other) => other.mention !== mention && other.mention.cell?.table === cell.table && other.mention.cell.column === cell.column,
  );
  const withPoints = others.filter(({ mention: { text } }) => /\d\.\d/.test(text));
  return withPoints.length >= LEAST_CELLS && others.every(({ mention: { number } }) => number.repair === null);
}

/** What was meant: the number as it should be, or its unit. */
function repaired({ value, reason }: Repair, unit: string): Figure {
  return { value, low: value, high: value, unit: reason === "power-for-energy" ? `${unit}h` : unit };
}
