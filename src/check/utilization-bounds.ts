import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { Bound, Finding, Severity } from "../model/finding.ts";
import { hardwareById } from "../model/hardware-finder.ts";
import { largest } from "../model/many.ts";
import type { Quantity, Reading } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { brokenBound, MARGIN } from "./broken-bound.ts";
import { distanceBetween } from "./derive.ts";
import { MOST_DISTANCE, pairsOf } from "./own-pairs.ts";
import { exactly, readStep } from "./working.ts";

/** The share of the peak that stated compute asks for, under the readings and precisions that make it least. */
export function impliedUtilization(catalog: Catalog, run: Run): readonly Finding[] {
  return pairsOf(run, "flop", "wall_time").flatMap(([flop, time]) => {
    const most = mostCompute(catalog, run, [flop, time]);
    if (most === null || flop.readings[0].width.generous.low <= most.flop * MARGIN) return [];
    const steps = [readStep(most.count), readStep(time), readStep(flop)];
    return [
      brokenBound(flop, [run], { rule: "bound/utilization", bound: most.bound, severity: "warning", premises: [most.count, time], steps }),
    ];
  });
}

/** Operations for each parameter and token: the least that any use takes, and what training takes. */
const LEAST_FLOP = 2;
const TRAINING_FLOP = 6;

/** Larger models are mostly sparse, and only what a token passes through counts. */
const MOST_DENSE_PARAMETERS = 3e11;

/** Matches "mixture-of-experts", "MoE", "activated parameters", "sparse model"; not "sparse attention". */
const SPARSE = /\b(?:mixture[\s-]of[\s-]experts|MoE|experts|activated|sparse(?:ly)?[\s-](?:model|activated|gated|network))\b/i;

/**
 * The same where parameters and tokens are told instead of compute: what not even one forward pass of each token fits into cannot be,
 * and what training does not fit into is odd.
 *
 * Of models that are or may be sparse nothing is said.
 */
export function impliedByTokens(catalog: Catalog, document: Document, run: Run): readonly Finding[] {
  return pairsOf(run, "tokens", "wall_time").flatMap(([tokens, time]) => {
    const [pair] = pairsOf(run, "parameters", "tokens");
    const parameters = pair?.[0];
    const most = mostCompute(catalog, run, [tokens, time], (count) => likelyReadings(catalog, count));
    if (parameters === undefined || most === null) return [];
    if (parameters.readings[0].width.generous.low > MOST_DENSE_PARAMETERS || SPARSE.test(blockText(document, tokens))) return [];
    const [size, amount] = [parameters.readings[0].width, tokens.readings[0].width];
    const steps = [readStep(parameters), readStep(most.count), readStep(time), readStep(tokens)];
    const premises = [parameters, most.count, time];
    const tell = (factor: number, share: number, severity: Severity): readonly Finding[] => {
      const name = `${share === 1 ? "" : `${share * 100}% of `}${most.bound.name} at ${factor} FLOP for each parameter and token`;
      const limit = exactly(Math.floor((share * most.flop) / (size.face * factor)), "token");
      const bound: Bound = { ...most.bound, name, limit };
      return [brokenBound(tokens, [run], { rule: "bound/utilization", bound, severity, premises, steps })];
    };
    if (size.generous.low * amount.generous.low * LEAST_FLOP > most.flop * MARGIN) return tell(LEAST_FLOP, 1, "warning");
    return size.face * amount.face * TRAINING_FLOP > most.flop * USUAL_SHARE ? tell(TRAINING_FLOP, USUAL_SHARE, "note") : [];
  });
}

function blockText(document: Document, { mention }: Quantity): string {
  const span = document.blocks[mention.block]?.span;
  return span === undefined ? "" : document.text.slice(span.start, span.end);
}

/** The largest share of its dense peak that anybody got out of hardware in a long training. */
const USUAL_SHARE = 0.7;

/** A count lighter than this, or of more than a pod, is nobody's. */
const LEAST_WEIGHT = 0.1;

function likelyReadings(catalog: Catalog, count: Quantity): readonly Reading[] {
  const podOf = (id: string | null): number => (id === null ? null : hardwareById(catalog, id)?.podCanonicalUnits) ?? Infinity;
  const likely = count.readings.filter(
    ({ weight, contradictsPrint, width, hardware }) => weight >= LEAST_WEIGHT && !contradictsPrint && width.face <= podOf(hardware),
  );
  return likely.length > 0 ? likely : count.readings;
}

/** What the accelerators of a run can compute in a time at most; null where their number or peak is not known. */
function mostCompute(
  catalog: Catalog,
  run: Run,
  [claim, time]: readonly [Quantity, Quantity],
  readings: (count: Quantity) => readonly Reading[] = (count) => count.readings,
): { readonly flop: number; readonly count: Quantity; readonly bound: Bound } | null {
  const count = run.quantities.find(
    (quantity) => quantity.readings[0].slot === "accelerators" && distanceBetween(quantity.mention, claim.mention) < MOST_DISTANCE,
  );
  if (count === undefined || run.lent.has(count.mention.id)) return null;
  const most = largest(readings(count).map((reading) => reading.width.generous.high * peakOf(catalog, reading.hardware)));
  const flop = most * time.readings[0].width.generous.high * SECONDS_IN_HOUR;
  if (!Number.isFinite(flop) || flop <= 0) return null;
  const bound: Bound = {
    name: "what the hardware can compute in the time",
    limit: exactly(flop, "flop"),
    source: "its highest dense peak, under the reading that gives most",
  };
  return { flop, count, bound };
}

const SECONDS_IN_HOUR = 3600;

/** The highest dense peak of a product in any precision. Units: flop/s. Infinite for a product that is not known. */
function peakOf(catalog: Catalog, hardware: string | null): number {
  const accelerator = hardware === null ? null : hardwareById(catalog, hardware);
  const peaks = Object.values(accelerator?.densePeakTeraflops ?? {});
  return peaks.length === 0 ? Infinity : largest(peaks) * 1e12;
}
