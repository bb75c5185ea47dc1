import { z } from "zod";
import type { GridIntensity, PowerUsageEffectiveness } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { parseRules, type Row, type RuleFile, type RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { confidence, id, resolveSources, sourceIds, sourceTable } from "./source-table.ts";

const year = z.number().int().min(1990).max(2100);

const effectiveness = z.strictObject({
  id,
  operator: z.string().min(1),
  scope: z.string().min(1),
  yearFrom: year.nullable().default(null),
  yearTo: year.nullable().default(null),
  /** The meter cannot show less than the machines draw. */
  value: z.number().min(1).max(5),
  note: z.string().nullable().default(null),
  confidence,
  sources: sourceIds,
});

const grid = z.strictObject({
  id,
  place: z.string().min(1),
  kind: z.enum(["country", "state", "zone", "cloud-region"]),
  provider: z.string().nullable().default(null),
  basis: z.string().min(1),
  /** No fuel emits more than about 1.3 kg for a kWh. */
  kilogramsPerKilowattHour: z.record(z.string().regex(/^\d{4}$/, "expected a year"), z.number().min(0).max(1.3)),
  note: z.string().nullable().default(null),
  confidence,
  sources: sourceIds,
});

const carbonFile = z.strictObject({
  sources: sourceTable,
  powerUsageEffectiveness: z.array(effectiveness).default([]),
  grids: z.array(grid).default([]),
});

/** `rules/carbon/`: what data centers add to the energy of their machines, and what electricity emits. */
export function readCarbonFile(file: RuleFile): RuleFileContent {
  const { content, problems: broken, row } = parseRules(file, carbonFile);
  const problems: RuleProblem[] = [...broken];
  const table = content?.sources ?? {};
  const resolved = (value: { readonly sources: readonly string[] }, keys: readonly (string | number)[]) => {
    const { sources, problems: unknown } = resolveSources(row(value, keys), table);
    append(problems, unknown);
    return sources;
  };
  const powerUsageEffectiveness: readonly Row<PowerUsageEffectiveness>[] = (content?.powerUsageEffectiveness ?? []).map((value, index) => {
    const keys = ["powerUsageEffectiveness", index];
    return row({ ...value, sources: resolved(value, keys) }, keys);
  });
  const grids: readonly Row<GridIntensity>[] = (content?.grids ?? []).map((value, index) => {
    const keys = ["grids", index];
    return row({ ...value, sources: resolved(value, keys) }, keys);
  });
  return { rules: { powerUsageEffectiveness, grids }, problems };
}
