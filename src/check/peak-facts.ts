import { type Accelerator, type Catalog, sourceOf } from "../model/catalog.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import type { Run } from "../model/run.ts";
import { type Estimate, known } from "./estimate.ts";

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
  const unit = "flop/s/accelerator";
  const fact = {
    id: `${accelerator.id} ${precision}`,
    title: `${accelerator.name}: dense ${precision.replace("_", " ")} peak`,
    figure: { value, low: value, high: value, unit },
    source: sourceOf(accelerator),
    nature: "dated" as const,
  };
  const at = { low: value, high: value };
  return known("peak_flop_rate", fact, { face: value, strict: at, generous: at }, unit, null, accelerator.id);
}
