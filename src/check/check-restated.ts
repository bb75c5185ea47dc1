import type { Finding, Step } from "../model/finding.ts";
import type { MentionKind } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Linked, Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";

/** Outcomes that a document tells more than once: in the abstract, the text and a table. */
const RETOLD: ReadonlySet<MentionKind> = new Set(["wall-time", "accelerator-hours", "cost", "energy", "carbon"]);

/** Two figures that differ by more than this are of two different things. */
const MOST_APART = 1.5;

/**
 * Compares what a document says twice of one run: the later figure is judged by the earlier.
 *
 * Figures of a run are joined by what they are of, not by their value; rounding to one digit is let pass.
 */
export function checkRestated(linked: Linked): readonly Finding[] {
  return linked.runs.flatMap((run) => {
    if (run.subject === null) return [];
    return [...RETOLD].flatMap((kind) => retoldIn(run, kind, linked.runs));
  });
}

function retoldIn(run: Run, kind: MentionKind, runs: readonly Run[]): readonly Finding[] {
  const figures = run.quantities.filter(
    ({ mention, readings }) =>
      mention.kind === kind &&
      mention.per === null &&
      mention.role === "own" &&
      mention.number.form !== "word" &&
      readings.length === 1 &&
      mention.number.range === null,
  );
  const [first, ...later] = figures;
  if (first === undefined) return [];
  return later.flatMap((quantity) => {
    const isElsewhere = quantity.mention.sentence.start !== first.mention.sentence.start && !areInOneTable(quantity, first);
    const isSameSlot = quantity.readings[0].slot === first.readings[0].slot && quantity.readings[0].currency === first.readings[0].currency;
    return isElsewhere && isSameSlot ? (judge(quantity, first, runs) ?? []) : [];
  });
}

/** The rows of one table are of different things, whatever they are called. */
function areInOneTable(left: Quantity, right: Quantity): boolean {
  return left.mention.cell !== null && left.mention.cell.table === right.mention.cell?.table;
}

function judge(quantity: Quantity, first: Quantity, runs: readonly Run[]): Finding | null {
  const [own, other] = [quantity.readings[0], first.readings[0]];
  const factor = own.width.face / own.printed.value;
  const recomputed: Figure = {
    value: other.width.face / factor,
    low: other.width.generous.low / factor,
    high: other.width.generous.high / factor,
    unit: own.printed.unit,
  };
  const ratio = own.width.face / other.width.face;
  const agrees = own.width.generous.low <= other.width.generous.high && other.width.generous.low <= own.width.generous.high;
  if (!agrees && (ratio > MOST_APART || ratio < 1 / MOST_APART)) return null;
  const steps: readonly Step[] = [
    { kind: "read", mention: first.mention.id, slot: other.slot, figure: other.printed, assumes: [] },
    { kind: "compare", stated: own.printed, recomputed, ratio, claim: quantity.mention.id },
  ];
  return statementFinding(quantity.mention, runs, "identity/restated", {
    stated: own.printed,
    recomputed,
    ratio,
    agrees,
    exact: Math.abs(ratio - 1) < 1e-6,
    steps,
    premises: [first.mention.id],
    atMostWarning: true,
  });
}
