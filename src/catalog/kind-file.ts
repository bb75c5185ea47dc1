import { z } from "zod";
import { parseRules, type RuleFile } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";

const kindFile = z.strictObject({
  units: z
    .array(
      z.strictObject({
        dimension: z.string().regex(/^[a-z]+$/, "expected one word in lower case"),
        ids: z.array(z.string().min(1)).min(1),
        prints: z.string().min(1).optional(),
      }),
    )
    .default([]),
  kinds: z
    .array(
      z.strictObject({
        kind: z.string().regex(/^[a-z]+(?:-[a-z]+)*$/, "expected lower case words joined by hyphens"),
        dimensions: z.array(z.string().min(1)).min(1),
        adds: z.boolean().default(false),
        setting: z.boolean().default(false),
        product: z.boolean().default(false),
        needs: z.literal("name").optional(),
      }),
    )
    .default([]),
});

/** `rules/kinds.yaml`: the units that figures are counted in, and the kinds that their dimensions make. */
export function readKindFile(file: RuleFile): RuleFileContent {
  const { content, problems, row } = parseRules(file, kindFile);
  if (content === null) return { rules: {}, problems };
  const atoms = content.units.flatMap(({ dimension, ids, prints }, index) =>
    ids.map((id, at) => row({ id, dimension, prints: prints ?? id }, ["units", index, "ids", at])),
  );
  const kinds = content.kinds.map(({ needs, setting, ...kind }, index) =>
    row({ ...kind, id: kind.kind, isNamed: needs !== undefined, isSetting: setting }, ["kinds", index]),
  );
  return { rules: { atoms, kinds }, problems };
}
