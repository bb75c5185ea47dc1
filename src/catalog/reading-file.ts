import { z } from "zod";
import type { ReadingRule } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { parseRules, type Row, type RuleFile, type RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id, resolveSources, sourceIds, sourceTable } from "./source-table.ts";

const readingRule = z.strictObject({
  id,
  hardware: z.array(z.string()).default([]),
  nouns: z.array(z.string()).min(1),
  counts: z.strictObject({ low: z.number(), high: z.number() }).nullable().default(null),
  readings: z.array(z.strictObject({ unit: z.string(), weight: z.number().positive().max(1) })).min(1),
  because: z.string().min(1),
  sources: sourceIds,
});

const readingFile = z.strictObject({ sources: sourceTable, readings: z.array(readingRule).min(1) });

/** Weights are shares of one; rounding to two places may leave this much. */
const WEIGHT_SLACK = 0.011;

/** `rules/readings/`: what a printed noun may mean. */
export function readReadingFile(file: RuleFile): RuleFileContent {
  const { content, problems: broken, row } = parseRules(file, readingFile);
  const problems: RuleProblem[] = [...broken];
  const readings: Row<ReadingRule>[] = [];
  for (const [index, value] of (content?.readings ?? []).entries()) {
    const raw = row(value, ["readings", index]);
    const { sources, problems: unknown } = resolveSources(raw, content?.sources ?? {});
    append(problems, unknown);
    const total = value.readings.reduce((sum, reading) => sum + reading.weight, 0);
    if (Math.abs(total - 1) > WEIGHT_SLACK)
      problems.push(raw.problem(["readings"], `weights add up to ${Number(total.toFixed(3))}; they must add up to 1`));
    readings.push(row({ ...value, sources }, ["readings", index]));
  }
  return { rules: { readings }, problems };
}
