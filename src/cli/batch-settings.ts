import type { CheckOptions } from "../model/report.ts";
import { type ReadLimits, USUAL_LIMITS } from "../store/read-limits.ts";
import { toolVersion } from "../store/tool-version.ts";
import { hashOfRules, loadCatalog } from "./catalog-source.ts";
import type { FailLevel } from "./exit-code.ts";
import { requireKnownOptions } from "./known-options.ts";
import { readSettings } from "./settings-file.ts";

/** Options that a result depends on, and its limits. */
export interface CheckingFlags {
  readonly timeout?: number;
  readonly maxMemory?: number;
  readonly assume: Readonly<Record<string, number>>;
  readonly priceDate?: string;
  readonly provider?: string;
  readonly failLevel?: FailLevel;
  readonly rules?: string;
}

/** What papers are checked with, and under which name the results are kept. */
export interface BatchSettings {
  /** The user's own rules. */
  readonly rules: string | null;
  /** Hash of all rules. */
  readonly rulesHash: string;
  /** Version and rules. */
  readonly edition: string;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
  readonly failLevel: FailLevel;
}

/** Options of the command line over those of the settings file. Errors: a folder of rules that is missing is a usage error. */
export async function batchSettings(flags: CheckingFlags): Promise<BatchSettings> {
  const settings = await readSettings(".");
  const rules = flags.rules ?? settings.rules ?? null;
  const hash = await hashOfRules(rules);
  const options = {
    priceDate: flags.priceDate ?? settings.priceDate ?? null,
    provider: flags.provider ?? settings.provider ?? null,
    assume: { ...settings.assume, ...flags.assume },
  };
  const limits = {
    seconds: flags.timeout ?? settings.timeout ?? USUAL_LIMITS.seconds,
    megabytes: flags.maxMemory ?? USUAL_LIMITS.megabytes,
  };
  const failLevel = flags.failLevel ?? settings.failLevel ?? "error";
  return { rules, rulesHash: hash, edition: `${toolVersion()} ${hash}`, options, limits, failLevel };
}

/** Loads what the settings name. Errors: rules or assumptions that cannot be used are usage errors. */
export async function requireUsable({ rules, options }: BatchSettings): Promise<void> {
  const catalog = await loadCatalog(rules);
  requireKnownOptions(catalog, options);
}
