import { z } from "zod";
import type { Diagnosis } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { parseRules, type Row, type RuleFile, type RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id, resolveSources, sourceIds, sourceTable } from "./source-table.ts";

const diagnosis = z.strictObject({
  id,
  factors: z.array(z.number().positive()).default([]),
  tolerance: z.number().min(0).max(0.5),
  gate: z.array(z.string()).default([]),
  units: z.array(z.string()).default([]),
  hardware: z.array(z.string()).default([]),
  words: z.string().min(1),
  prior: z.number().positive().max(1),
  sources: sourceIds,
});

const diagnosisFile = z.strictObject({ sources: sourceTable, diagnoses: z.array(diagnosis).min(1) });

/** `rules/diagnoses/`: known slips and the factors they leave. */
export function readDiagnosisFile(file: RuleFile): RuleFileContent {
  const { content, problems: broken, row } = parseRules(file, diagnosisFile);
  const problems: RuleProblem[] = [...broken];
  const diagnoses: Row<Diagnosis>[] = [];
  for (const [index, value] of (content?.diagnoses ?? []).entries()) {
    const { sources, problems: unknown } = resolveSources(row(value, ["diagnoses", index]), content?.sources ?? {});
    append(problems, unknown);
    diagnoses.push(row({ ...value, sources }, ["diagnoses", index]));
  }
  return { rules: { diagnoses }, problems };
}
