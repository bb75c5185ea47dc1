import { z } from "zod";
import type { Price } from "../model/catalog.ts";
import { append } from "../model/many.ts";
import { parseRules, type Row, type RuleFile, type RuleProblem } from "./rule-file.ts";
import type { RuleFileContent } from "./rule-set.ts";
import { confidence, id, isoDate, resolveSources, sourceIds, sourceTable } from "./source-table.ts";

const price = z.strictObject({
  id,
  provider: z.string().min(1),
  sku: z.string().min(1),
  hardware: z.string().min(1),
  unit: z.string().min(1),
  canonicalUnitsPerUnit: z.number().positive(),
  kind: z.enum(["on_demand", "spot", "preemptible", "reserved_1y", "reserved_3y", "capacity_block", "assumed_in_paper"]),
  region: z.string().min(1).default("any"),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "expected a currency such as USD")
    .default("USD"),
  perHour: z.number().positive(),
  /** What else the price pays for: nothing, the host machine, or whatever the source says. */
  includes: z.enum(["gpu_only", "tpu_only", "vm", "tpu_vm", "stated"]),
  validFrom: isoDate.nullable().default(null),
  validTo: isoDate.nullable().default(null),
  observed: z.array(isoDate).default([]),
  note: z.string().nullable().default(null),
  confidence,
  sources: sourceIds,
});

const priceFile = z.strictObject({ sources: sourceTable, prices: z.array(price).min(1) });

/** `rules/prices/`: what an hour cost, when and where. */
export function readPriceFile(file: RuleFile): RuleFileContent {
  const { content, problems: broken, row } = parseRules(file, priceFile);
  const problems: RuleProblem[] = [...broken];
  const prices: Row<Price>[] = [];
  for (const [index, value] of (content?.prices ?? []).entries()) {
    const raw = row(value, ["prices", index]);
    const { sources, problems: unknown } = resolveSources(raw, content?.sources ?? {});
    append(problems, unknown);
    if (value.validFrom !== null && value.validTo !== null && isAfter(value.validFrom, value.validTo))
      problems.push(raw.problem(["validTo"], `${value.validTo} is before validFrom, ${value.validFrom}`));
    prices.push(row({ ...value, sources }, ["prices", index]));
  }
  return { rules: { prices }, problems };
}

/** Dates of different exactness are compared as far as both go: 2019 is not after 2019-06. */
function isAfter(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  return left.slice(0, length) > right.slice(0, length);
}
