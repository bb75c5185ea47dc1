import { z } from "zod";
import { parseEquation } from "./equation-text.ts";
import { parseRules, type RuleFile, type RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id, source } from "./source-table.ts";

const band = z.strictObject({ low: z.number().positive(), high: z.number().positive() });

const equationFile = z.strictObject({
  id,
  title: z.string().min(1),
  status: z.enum(["draft", "stable", "retired"]),
  since: z.string().regex(/^\d+\.\d+\.\d+$/, "expected a version such as 0.1.0"),
  class: z.enum(["D", "A", "M", "P"]),
  equation: z.string().min(1),
  constantDimension: z.string().nullable().default(null),
  slack: band.extend({ because: z.string().min(1) }).default({ low: 1, high: 1, because: "exact but for rounding" }),
  errorBand: band.nullable().default(null),
  severityCap: z.enum(["error", "warning", "note"]),
  asks: z.boolean().default(false),
  confirmsOnly: z.boolean().default(false),
  forwardOnly: z.boolean().default(false),
  sources: z.array(source).min(1),
});

/** `rules/equations/`: one equation to a file, its page beside it. The id repeats the path, so that a message leads to the file. */
export function readEquationFile(file: RuleFile, page: string | null): RuleFileContent {
  const { content, problems: broken, row } = parseRules(file, equationFile);
  if (content === null) return { rules: {}, problems: broken };
  const raw = row(content, []);
  const problems: RuleProblem[] = [];
  const expected = /^equations\/(.*)\.yaml$/.exec(file.path)?.[1] ?? content.id;
  if (content.id !== expected)
    problems.push(raw.problem(["id"], `the file is ${expected}.yaml, the id "${content.id}"; make them the same`));
  if (page === null) problems.push(raw.problem([], `no page beside it; write ${expected.slice(expected.lastIndexOf("/") + 1)}.md`));
  for (const key of ["slack", "errorBand"] as const) {
    const value = content[key];
    if (value !== null && value.low > value.high) problems.push(raw.problem([key, "low"], `${value.low} is above high, ${value.high}`));
  }
  const parsed = parseEquation(content.equation);
  if ("message" in parsed) return { rules: {}, problems: [...problems, raw.problem(["equation"], parsed.message, parsed.offset)] };
  const { equation: _text, constantDimension, ...rest } = content;
  const { offsets, ...sides } = parsed;
  const draft = { equation: { ...rest, ...sides, page: page ?? "" }, constantDimension, offsets };
  return { rules: { equations: [row(draft, [])] }, problems };
}
