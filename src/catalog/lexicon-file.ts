import { z } from "zod";
import { LEXICON_ROLES, type LexiconEntry, type LexiconRole } from "../model/lexicon.ts";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";

const words = z.array(z.string().min(1)).min(1);
const table = z.record(z.string(), words).optional();

const lexiconFile = z.strictObject({
  language: z.string().min(1),
  units: table,
  multipliers: table,
  "label-multipliers": table,
  numbers: table,
  hedges: table,
  names: table,
  and: words.optional(),
  articles: words.optional(),
  definite: words.optional(),
  of: words.optional(),
  per: words.optional(),
  times: words.optional(),
  each: words.optional(),
  stops: words.optional(),
  to: words.optional(),
  between: words.optional(),
  contains: words.optional(),
  neutral: words.optional(),
  foreign: words.optional(),
  again: words.optional(),
  further: words.optional(),
  point: words.optional(),
  counters: words.optional(),
  ordinal: words.optional(),
  "per-after": words.optional(),
  pronouns: words.optional(),
  owners: words.optional(),
  "by-the": words.optional(),
  fractions: table,
  passes: words.optional(),
  decimals: words.optional(),
  capitals: z
    .array(z.enum(["nouns"]))
    .min(1)
    .optional(),
  scripts: words.optional(),
  parts: table,
  results: z.partialRecord(z.enum(["is", "told", "or"]), words).optional(),
  operators: z.partialRecord(z.enum(["+", "-", "*", "/", "@"]), words).optional(),
  changes: table,
  totals: words.optional(),
  compared: z.partialRecord(z.enum(["from", "to", "than"]), words).optional(),
  functions: z.partialRecord(z.enum(["up", "down", "nearest", "same"]), words).optional(),
});

/** `rules/lexicon/<language>.yaml`: the words of one language, by what they do in a sentence. */
export function readLexiconFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, lexiconFile);
  if (content === null) return { rules: {}, problems };
  const lexicon = LEXICON_ROLES.flatMap((role) => {
    const section = content[role];
    if (section === undefined) return [];
    if (Array.isArray(section)) return [row(entryOf(content.language, role, "", section), [role])];
    return Object.entries(section).map(([value, list]) => row(entryOf(content.language, role, value, list), [role, value]));
  });
  return { rules: { lexicon }, problems };
}

function entryOf(language: string, role: LexiconRole, value: string, list: readonly string[]): LexiconEntry {
  return { id: `${language}/${role}${value === "" ? "" : `/${value}`}`, language, role, value, words: list };
}
