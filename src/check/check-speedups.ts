import type { Document } from "../model/document.ts";
import type { Finding } from "../model/finding.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { statementFinding } from "./statement-finding.ts";
import { type TableLine, tableLines } from "./table-lines.ts";
import { stepsOfTwo } from "./working.ts";

/** What a speed-up is told of. */
const MEASURED: ReadonlySet<string> = new Set([
  "wall_time",
  "throughput",
  "throughput_total",
  "sample_throughput_total",
  "cost",
  "accelerator_hours",
]);

/** A line of a table that tells a figure and how many times better it is than the line marked "1.0x". */
interface Told {
  readonly ratio: Quantity;
  readonly measured: Quantity;
}

/**
 * Checks the speed-ups of a table against its times: "9.5 days (1.0x)", "4.7 days (2.0x)".
 *
 * The line that says 1 is what the lines after it are measured by. Times fall and rates rise with a speed-up.
 */
export function checkSpeedups(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return tableLines(document, quantities).flatMap(({ lines }) => {
    let base: Told | null = null;
    const findings: Finding[] = [];
    for (const told of lines.flatMap(toldBy)) {
      if (told.ratio.mention.value === 1) base = told;
      else if (base !== null && base.measured.readings[0].slot === told.measured.readings[0].slot) {
        const finding = judge(told, base, runs);
        if (finding !== null) findings.push(finding);
      }
    }
    return findings;
  });
}

/** A ratio with the figure it stands beside: of its own cell, else the only one of its line. */
function toldBy(line: TableLine): readonly Told[] {
  return line.quantities.flatMap((ratio) => {
    const { mention } = ratio;
    if (mention.kind !== "ratio" || mention.unit !== "times") return [];
    const measured = line.quantities.filter(
      (quantity) => MEASURED.has(quantity.readings[0].slot) && quantity.mention.number.range === null,
    );
    const own = measured.filter((quantity) => quantity.mention.cell?.column === mention.cell?.column);
    const only = own.length === 1 ? own[0] : measured.length === 1 ? measured[0] : undefined;
    return only === undefined ? [] : [{ ratio, measured: only }];
  });
}

function judge(told: Told, base: Told, runs: readonly Run[]): Finding | null {
  const isRate = told.measured.readings[0].slot.includes("throughput");
  const [over, under] = isRate ? [told.measured, base.measured] : [base.measured, told.measured];
  const [top, bottom] = [over.readings[0].width, under.readings[0].width];
  if (bottom.generous.low <= 0 || bottom.face <= 0) return null;
  const { mention, readings } = told.ratio;
  const stated = readings[0].printed;
  const recomputed: Figure = {
    value: top.face / bottom.face,
    low: top.generous.low / bottom.generous.high,
    high: top.generous.high / bottom.generous.low,
    unit: stated.unit,
  };
  const agrees = stated.low <= recomputed.high && recomputed.low <= stated.high;
  const steps = stepsOfTwo({ rule: "table/speed-up", first: over, operator: "/", second: under, result: recomputed });
  return statementFinding(mention, runs, "table/speed-up", {
    stated,
    recomputed,
    agrees,
    steps,
    premises: [over.mention.id, under.mention.id],
    atMostWarning: true,
  });
}
