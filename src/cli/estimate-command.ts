import { estimatePhrase } from "../pipeline.ts";
import { estimationPage } from "../report/estimation-page.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { requireKnownSlots } from "./option-values.ts";
import { print, standardOutput } from "./output.ts";
import { UsageError } from "./usage-error.ts";

export interface EstimateFlags {
  readonly assume: Readonly<Record<string, number>>;
  readonly priceDate?: string;
  readonly provider?: string;
  readonly rules?: string;
  readonly color: boolean;
}

/** Works out what a phrase of hardware and time costs, draws and computes, under every reading of its units. */
export async function estimateCommand(phrase: string, flags: EstimateFlags): Promise<ExitCode> {
  if (phrase.trim() === "") throw new UsageError('no phrase: say what ran for how long, for example "512 TPU v3 chips for 2.5 days"');
  const catalog = await loadCatalog(flags.rules ?? null);
  requireKnownSlots(
    flags.assume,
    catalog.slots.map((slot) => slot.id),
  );
  const options = { priceDate: flags.priceDate ?? null, provider: flags.provider ?? null, assume: flags.assume };
  const estimation = estimatePhrase(catalog, phrase, options);
  await print(estimationPage(estimation, standardOutput(flags.color)));
  return estimation.readings.length > 0 ? 0 : 2;
}
