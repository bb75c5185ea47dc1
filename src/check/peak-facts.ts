import { type Accelerator, type Catalog, sourceOf } from "../model/catalog.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { Fact } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { type Estimate, known } from "./estimate.ts";
import { exactly } from "./working.ts";

/** Precisions that models are trained in, the usual first. */
const TRAINED_IN: readonly string[] = ["bf16_matrix", "fp16_matrix", "fp16_vector", "fp32_vector"];
const EIGHT_BIT: readonly string[] = ["fp8_matrix"];

/**
 * The dense peak of the run's hardware in the precision that models are trained in.
 *
 * Units: flop/s of one canonical unit. Several where the name may be of several products; empty where the hardware is unknown.
 */
export function peakFacts(catalog: Catalog, run: Run): readonly Estimate[] {
  const named = run.quantities.filter(
    ({ mention }) => mention.kind === "accelerators" || mention.kind === "accelerator-hours" || mention.hardware !== null,
  );
  const besideFigures = named.flatMap(({ readings, mention }) => [
    ...readings.flatMap((reading) => reading.hardware ?? []),
    ...(mention.hardware?.accelerators ?? []),
  ]);
  const ids = [...new Set([...besideFigures, ...run.hardware])];
  // Of a training in eight bits, a share may be one of either peak.
  const isEightBit = run.quantities.some(({ mention }) => mention.qualifiers.includes("fp8"));
  return ids.flatMap((id) => {
    const accelerator = hardwareById(catalog, id);
    if (accelerator === null) return [];
    return [peakFact(accelerator, TRAINED_IN), isEightBit ? peakFact(accelerator, EIGHT_BIT) : null].filter((fact) => fact !== null);
  });
}

function peakFact(accelerator: Accelerator, precisions: readonly string[]): Estimate | null {
  const precision = precisions.find((name) => accelerator.densePeakTeraflops[name] !== undefined);
  const teraflops = precision === undefined ? undefined : accelerator.densePeakTeraflops[precision];
  if (precision === undefined || teraflops === undefined) return null;
  const value = teraflops * 1e12;
  const at = { low: value, high: value };
  const fact = factOfPeak({ accelerator, precision, value, isSparse: false });
  return known("peak_flop_rate", fact, { face: value, strict: at, generous: at }, UNIT_OF_PEAK, null, accelerator.id);
}

export const UNIT_OF_PEAK = "flop/s/accelerator";

/** A peak of one product, by the name under which the catalog keeps it. Units: flop/s of one accelerator. */
export interface Peak {
  readonly accelerator: Accelerator;
  readonly precision: string;
  readonly value: number;
  readonly isSparse: boolean;
}

/** A peak as a step of a working tells it. */
export function factOfPeak({ accelerator, precision, value, isSparse }: Peak): Fact {
  return {
    id: `${accelerator.id} ${precision}${isSparse ? " sparse" : ""}`,
    title: `${accelerator.name}: ${isSparse ? "sparse" : "dense"} ${precision.replace("_", " ")} peak`,
    figure: exactly(value, UNIT_OF_PEAK),
    source: sourceOf(accelerator),
    nature: "dated",
  };
}
