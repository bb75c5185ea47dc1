import { z } from "zod";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";

const slotName = z.string().regex(/^[a-z][a-z0-9_]*$/, "expected lower case words joined by underscores");

const slotFile = z.strictObject({
  /** Each dimension by name: "base", or a product of dimensions named before it. */
  dimensions: z.record(z.string(), z.string()).default({}),
  slots: z
    .array(
      z.strictObject({
        id: slotName,
        title: z.string().min(1),
        dimension: z.string().min(1),
        unit: z.string().min(1),
        usual: z
          .strictObject({
            value: z.number().positive(),
            low: z.number().positive(),
            high: z.number().positive(),
            source: z.string().min(1),
          })
          .optional(),
      }),
    )
    .default([]),
});

/** `rules/slots.yaml`: the quantities that equations may speak of. */
export function readSlotFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, slotFile);
  return {
    rules: {
      slots: (content?.slots ?? []).map((slot, index) => row(slot, ["slots", index])),
      dimensions: Object.entries(content?.dimensions ?? {}).map(([name, made]) => row({ id: name, made }, ["dimensions", name])),
    },
    problems,
  };
}
