import { z } from "zod";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id } from "./source-table.ts";

const weightFile = z.strictObject({
  id,
  about: z.string().min(1),
  margin: z.int().min(1),
  weights: z.record(z.string().min(1), z.int()),
});

/** `rules/weights/`: what each feature counts for in one decision. */
export function readWeightFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, weightFile);
  if (content === null) return { rules: {}, problems };
  return { rules: { decisions: [row(content, [])] }, problems };
}
