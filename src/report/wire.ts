import { z } from "zod";
import { VERDICTS } from "../model/finding.ts";
import { MENTION_KINDS } from "../model/mention.ts";

/**
 * The JSON contract `reckoner/2`.
 *
 * Adding a key is fine; renaming one is a new schema number. `wire-report.ts` converts by hand, so the model may be renamed freely.
 */
const figure = z.object({
  value: z.number(),
  low: z.number().nullable().describe("null where it has no lower end"),
  high: z.number().nullable().describe("null where it has no upper end"),
  unit: z.string(),
});

const mention = z.object({
  id: z.string(),
  kind: z.string().describe(`a kind of rules/kinds.yaml: ${MENTION_KINDS.join(", ")}, and those that rules of one's own add`),
  text: z.string().describe("exactly as printed"),
  source: z.string().nullable().describe("the source given with --against that it stands in; null for the document itself"),
  page: z.int().nullable().describe("1-based; null for text"),
  line: z.int().nullable().describe("1-based line of the source; null for PDF"),
  start: z.int().describe("UTF-16 offset into the reading text"),
  end: z.int(),
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  unit: z.string(),
  hedge: z.string().nullable(),
  per: z.string().nullable(),
  hardware: z.string().nullable(),
  subject: z.string().nullable(),
  role: z.enum(["own", "other", "hypothetical"]),
  qualifiers: z
    .array(z.string())
    .optional()
    .describe("what the words say of its kind: activated, preemptible, each ...; absent where nothing is said"),
  stage: z.string().nullable().describe("what the figure is about, where the words say so: pretrain, finetune, rl, inference ..."),
  confidence: z.number(),
  readings: z.array(
    z.object({
      unit: z.string(),
      weight: z.number(),
      assumes: z.array(z.string()),
      base: figure.describe("every value the print allows, in the base unit of its kind: figures of one base unit can be compared"),
    }),
  ),
  quote: z.string().describe("the sentence or the line of the table that it stands in"),
});

const finding = z.object({
  id: z.string(),
  rule: z.string(),
  verdict: z.enum(VERDICTS),
  strength: z.enum(["exact", "strict", "loose", "bound"]).nullable().describe("of the test that a consistent claim has passed"),
  severity: z.enum(["error", "warning", "note"]),
  confidence: z.number().min(0).max(1).describe("that the figures are what they were taken for, and of one run"),
  claim: z.string().describe("id of the mention that is judged"),
  subject: z.string().nullable(),
  speaker: z.string().nullable(),
  page: z.int().nullable(),
  line: z.int().nullable(),
  file: z.string().optional().describe("the file that the line is of, where the document is made of several"),
  stated: figure,
  recomputed: figure.nullable(),
  ratio: z.number().nullable(),
  cause: z
    .object({
      diagnosis: z.string(),
      factor: z.number(),
      certainty: z.enum(["named", "possible"]),
      words: z.string(),
      fits: figure.nullable(),
    })
    .nullable(),
  missing: z.array(
    z.object({
      slot: z.string(),
      unit: z.string().optional().describe("in which --assume takes it"),
      needed: z.number().nullable().optional().describe("the solved value in that unit"),
      solved: figure.nullable(),
      fits: z.object({ name: z.string(), figure, gives: figure }).nullable(),
    }),
  ),
  readings: z.array(
    z.object({
      assumes: z.array(z.string()),
      weight: z.number(),
      admissible: z.boolean(),
      value: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      unit: z.string(),
      agrees: z.boolean(),
    }),
  ),
  steps: z.array(z.object({ text: z.string(), from: z.array(z.string()), source: z.string().nullable() })),
  noun: z
    .string()
    .nullable()
    .describe("what the page calls an accelerator of this run: GPU, TPU, card, chip; null where it has no other word"),
  fingerprint: z.string().describe("stays while the sentence of the claim, the rule and the subject do"),
  quote: z.string().describe("the sentence of the claim"),
  message: z.string(),
});

const problem = z.object({ code: z.string(), message: z.string(), page: z.int().nullable() });

const coverage = z.object({
  claims: z.int(),
  checked: z.int().describe("judged by a test that would have caught a factor of 2"),
  untested: z.int().describe("plausible by what is usual, and no more: not among the checked"),
  unverifiable: z.int(),
});

export const wireDocument = z.object({
  source: z.string(),
  mediaType: z.string().nullable(),
  sha256: z.string().nullable(),
  pages: z.int().nullable(),
  title: z.string().nullable(),
  date: z.string().nullable(),
  authors: z.array(z.string()).optional(),
  organizations: z.array(z.string()).optional(),
  status: z.enum(["checked", "partial", "failed"]),
  problems: z.array(problem),
  mentions: z.array(mention),
  runs: z.array(z.object({ id: z.string(), subject: z.string().nullable(), mentions: z.array(z.string()) })),
  findings: z.array(finding),
  withheld: z
    .array(finding.extend({ because: z.enum(["low-confidence", "unclear-run"]) }))
    .optional()
    .describe("what was read with doubt: for a person to look at, no part of the verdicts"),
  checklist: z
    .array(
      z.object({
        subject: z.string(),
        facts: z.array(z.object({ fact: z.string(), status: z.enum(["stated", "derivable", "missing"]), detail: z.string() })),
      }),
    )
    .optional()
    .describe("only with --checklist"),
  coverage,
});

export const wireReport = z.object({
  schema: z.literal("reckoner/2"),
  tool: z.object({ name: z.literal("reckoner"), version: z.string(), rules: z.string() }),
  documents: z.array(wireDocument),
  summary: z.object({
    documents: z.int(),
    failed: z.int(),
    findings: z.object({
      consistent: z.int(),
      untested: z.int(),
      depends: z.int(),
      inconsistent: z.int(),
      impossible: z.int(),
      malformed: z.int(),
      unverifiable: z.int(),
    }),
  }),
});

export type WireReport = z.infer<typeof wireReport>;
export type WireDocument = z.infer<typeof wireDocument>;
export type WireMention = z.infer<typeof mention>;
export type WireFinding = z.infer<typeof finding>;
export type WireFigure = z.infer<typeof figure>;

/** The contract as JSON Schema, for other languages. */
export function wireJsonSchema(): unknown {
  return { title: "reckoner/2", ...z.toJSONSchema(wireReport) };
}
