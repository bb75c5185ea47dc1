import { z } from "zod";
import type { UnitWord } from "../model/catalog.ts";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";

const unitWord = z.strictObject({
  id: z.string().min(1),
  dimension: z.enum([
    "time",
    "accelerator",
    "node",
    "money",
    "power",
    "energy",
    "mass",
    "flop",
    "flop-rate",
    "token",
    "word",
    "sample",
    "sequence",
    "step",
    "epoch",
    "parameter",
    "byte",
    "percent",
  ]),
  scale: z.number().positive(),
  words: z.array(z.string().min(1)).default([]),
  caseSensitive: z.array(z.string().min(1)).default([]),
});

const unitFile = z.strictObject({ units: z.array(unitWord).min(1) });

/** `rules/units/`: words for units and what they hold. */
export function readUnitFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, unitFile);
  const units = (content?.units ?? []).map((unit: UnitWord, index) => row(unit, ["units", index]));
  const wordless = units.filter(({ value }) => value.words.length + value.caseSensitive.length === 0);
  return {
    rules: { units },
    problems: [...problems, ...wordless.map((unit) => unit.problem([], "has no words; give words or caseSensitive"))],
  };
}
