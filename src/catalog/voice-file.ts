import { z } from "zod";
import { CUES } from "../model/catalog.ts";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { id } from "./source-table.ts";

const voiceFile = z.strictObject({
  cues: z.array(z.strictObject({ id, cue: z.enum(CUES), words: z.array(z.string().min(1)).min(1) })).default([]),
});

/** `rules/lexicon/voice.yaml`: words that tell whose figure is told, how sure it is, and what it is of. */
export function readVoiceFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, voiceFile);
  return { rules: { cues: (content?.cues ?? []).map((words, index) => row(words, ["cues", index])) }, problems };
}
