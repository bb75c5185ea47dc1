import { z } from "zod";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id } from "./source-table.ts";

const checkFile = z.strictObject({
  checks: z.array(z.strictObject({ id, leeway: z.enum(["none", "band", "open"]), because: z.string().min(1) })).default([]),
});

/** `rules/checks.yaml`: what each check that is code lets pass. */
export function readCheckFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, checkFile);
  return { rules: { checks: (content?.checks ?? []).map((check, index) => row(check, ["checks", index])) }, problems };
}
