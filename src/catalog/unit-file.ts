import { z } from "zod";
import type { UnitSize } from "../model/catalog.ts";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";

const unitSize = z.strictObject({
  id: z.string().min(1),
  base: z.string().min(1),
  size: z.number().positive(),
});

const unitFile = z.strictObject({ units: z.array(unitSize).min(1) });

/** `rules/units/`: how many of its base unit each unit holds. */
export function readUnitFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, unitFile);
  return { rules: { units: (content?.units ?? []).map((unit: UnitSize, index) => row(unit, ["units", index])) }, problems };
}
