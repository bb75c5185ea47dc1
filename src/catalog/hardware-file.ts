import { z } from "zod";
import type { Accelerator, System } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { parseRules, type Row, type RuleFile, type RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { confidence, id, isoDate, resolveSources, sourceIds, sourceTable } from "./source-table.ts";

const words = z.array(z.string().min(1));

const accelerator = z.strictObject({
  id,
  name: z.string().min(1),
  vendor: z.string().min(1),
  family: z.string().min(1),
  kind: z.string().min(1),
  aliases: words.min(1),
  ambiguousAliases: words.default([]),
  aliasesNeedingContext: words.default([]),
  released: isoDate.nullable().default(null),
  canonicalUnit: z.string().min(1),
  unitsInCanonical: z.record(z.string(), z.number().positive()),
  words: z.record(z.string(), words.min(1)).default({}),
  memoryGigabytes: z.number().positive().nullable().default(null),
  densePeakTeraflops: z
    .record(z.string().regex(/^(?:fp|bf|tf|int)\d+_(?:matrix|vector)$/, "expected a precision such as bf16_matrix"), z.number().positive())
    .default({}),
  sparseFactor: z.number().positive().nullable().default(null),
  headlineTraps: z.array(z.strictObject({ value: z.number(), unit: z.string(), means: z.string() })).default([]),
  thermalDesignPowerWatts: z.number().positive().nullable().default(null),
  slice: z
    .strictObject({ prefixes: words.min(1), counts: z.string() })
    .nullable()
    .default(null),
  podCanonicalUnits: z.number().positive().nullable().default(null),
  notes: z.string().nullable().default(null),
  confidence,
  sources: sourceIds,
});

const system = z.strictObject({
  id,
  name: z.string().min(1),
  vendor: z.string().min(1),
  aliases: words.min(1),
  released: isoDate.nullable().default(null),
  contains: z.record(z.string(), z.number().positive()),
  powerKilowattsMax: z.number().positive().nullable().default(null),
  notes: z.string().nullable().default(null),
  confidence,
  sources: sourceIds,
});

const hardwareFile = z.strictObject({
  sources: sourceTable,
  accelerators: z.array(accelerator).default([]),
  systems: z.array(system).default([]),
});

/** `rules/hardware/`: accelerators, and the machines that hold them. */
export function readHardwareFile(file: RuleFile): RuleFileContent {
  const { content, problems: broken, row } = parseRules(file, hardwareFile);
  const problems: RuleProblem[] = [...broken];
  const table = content?.sources ?? {};
  const resolve = <T extends { readonly sources: readonly string[] }>(
    value: T,
    keys: readonly (string | number)[],
  ): Row<Omit<T, "sources"> & Pick<Accelerator, "sources">> => {
    const { sources, problems: unknown } = resolveSources(row(value, keys), table);
    append(problems, unknown);
    return row({ ...value, sources }, keys);
  };
  const accelerators: readonly Row<Accelerator>[] = (content?.accelerators ?? []).map((value, index) =>
    resolve(value, ["accelerators", index]),
  );
  const systems: readonly Row<System>[] = (content?.systems ?? []).map((value, index) => resolve(value, ["systems", index]));
  for (const found of accelerators) append(problems, inconsistencies(found));
  return { rules: { accelerators, systems }, problems };
}

/** What a schema cannot say about one product: its units and words must agree with each other. */
function inconsistencies(found: Row<Accelerator>): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const { canonicalUnit, unitsInCanonical, words: meanings, slice, aliases, aliasesNeedingContext } = found.value;
  const units = Object.keys(unitsInCanonical);
  if (unitsInCanonical[canonicalUnit] !== 1)
    problems.push(found.problem(["unitsInCanonical"], `the canonical unit "${canonicalUnit}" must be listed as 1`));
  for (const [word, meant] of Object.entries(meanings))
    for (const [index, unit] of meant.entries())
      if (!units.includes(unit))
        problems.push(found.problem(["words", word, index], `"${unit}" is not in unitsInCanonical (${units.join(", ")})`));
  if (slice !== null && !units.includes(slice.counts))
    problems.push(found.problem(["slice", "counts"], `"${slice.counts}" is not in unitsInCanonical (${units.join(", ")})`));
  for (const [index, alias] of aliasesNeedingContext.entries())
    if (!aliases.includes(alias))
      problems.push(found.problem(["aliasesNeedingContext", index], `"${alias}" is not in aliases; list it there too`));
  return problems;
}
