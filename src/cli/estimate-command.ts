import { estimatePhrase } from "../pipeline.ts";
import { loadCatalog } from "./catalog-source.ts";
import type { ExitCode } from "./exit-code.ts";
import { requireKnownOptions } from "./known-options.ts";
import { print, standardOutput } from "./output.ts";
import { didYouMean, UsageError } from "./usage-error.ts";

export interface EstimateFlags {
  readonly format: "pretty" | "json";
  readonly assume: Readonly<Record<string, number>>;
  readonly priceDate?: string;
  readonly provider?: string;
  readonly place?: string;
  readonly model?: string;
  readonly rules?: string;
  readonly color: boolean;
}

/** Works out whatever a phrase leaves open, under every reading of its units. Errors: a name that nothing is known of is a usage error. */
export async function estimateCommand(phrase: string, flags: EstimateFlags): Promise<ExitCode> {
  if (phrase.trim() === "") throw new UsageError('no phrase: say what ran for how long, for example "512 TPU v3 chips for 2.5 days"');
  const catalog = await loadCatalog(flags.rules ?? null);
  const options = { priceDate: flags.priceDate ?? null, provider: flags.provider ?? null, assume: flags.assume };
  requireKnownOptions(catalog, options);
  const { estimation, unknown } = estimatePhrase(catalog, phrase, { ...options, place: flags.place ?? null, model: flags.model ?? null });
  const [name] = unknown.filter(({ kind }) => flags.assume[GIVEN_BY[kind]] === undefined);
  if (name !== undefined)
    throw new UsageError(`unknown ${name.kind} "${name.text}"${didYouMean(name.text, name.known)}; ${REMEDIES[name.kind]}`);
  if (flags.format === "json") await print((await import("../report/estimation-json.ts")).estimationJson(estimation));
  else await print((await import("../report/estimation-page.ts")).estimationPage(estimation, standardOutput(flags.color)));
  return estimation.readings.length > 0 ? 0 : 2;
}

/** The value that makes up for a name that is not known. */
const GIVEN_BY = { place: "carbon_intensity", product: "peak_flop_rate", model: "parameters", provider: "price" } as const;

/** What to do about a name that the catalog has not. */
const REMEDIES = {
  place: 'leave it out, or give what its electricity emits ("--assume carbon_intensity=0.4", kg/kWh)',
  product: '"reckoner catalog" searches the hardware that is known',
  model: 'give its size ("a 70B model", or "--assume parameters=7e10")',
  provider: '"reckoner catalog" with the name of a product lists its prices with their providers',
} as const;
