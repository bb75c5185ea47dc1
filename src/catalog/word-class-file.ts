import { z } from "zod";
import type { WordClass } from "../model/catalog.ts";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id } from "./source-table.ts";

const wordClassFile = z.strictObject({ names: z.array(z.strictObject({ id, words: z.string().min(1) })).min(1) });

/** A file of `rules/lexicon/` with words that stand in and beside names, by class. */
export function readWordClassFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, wordClassFile);
  const wordClasses = (content?.names ?? []).map((entry, index) => {
    const value: WordClass = { id: entry.id, words: entry.words.split(/\s+/).filter((word) => word !== "") };
    return row(value, ["names", index]);
  });
  return { rules: { wordClasses }, problems };
}
