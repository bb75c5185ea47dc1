/** What goes over the wire between the server of the review and its page, or programs: calls are checked by it, and OpenAPI is made of it. */
import { z } from "zod";
import { DECISIONS } from "../report/review.ts";
import { wireDocument } from "../report/wire.ts";

const fingerprint = z.string().regex(/^[0-9a-f]{16}(?:-\d+)?$/);
const figure = wireDocument.shape.findings.element.shape.stated;
const finding = wireDocument.shape.findings.element;

function list<T extends z.ZodType>(of: T) {
  return z.array(of).readonly();
}

// What is sent.

export const decisionInput = z
  .object({
    fingerprint,
    decision: z.enum(DECISIONS).nullable().describe("null takes the decision back"),
    reason: z.string().max(1000).default("").describe("why it is fine: asked for where it is"),
    note: z.string().max(4000).default(""),
  })
  .refine(({ decision, reason }) => decision !== "fine" || reason.trim() !== "", {
    path: ["reason"],
    message: 'what is "fine" needs a reason, for example "different scope" or "rounding"',
  });

export const correctionInput = z.object({
  fingerprint,
  kind: z.enum(["reading", "value", "fill", "provider", "price-date"]),
  mention: z.string().max(40),
  text: z.string().max(1000).describe("the words of the mention as printed"),
  slot: z.string().max(100).default("").describe('what is filled in, for "fill"'),
  before: z.string().max(200),
  after: z.string().min(1).max(200).nullable().describe("null takes the correction back"),
});

const mention = z.string().max(40).describe("id of the mention");
const number = z.number().positive();

const correction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reading"), mention, unit: z.string() }),
  z.object({ kind: z.literal("value"), mention, value: number }),
  z.object({ kind: z.literal("fill"), mention, slot: z.string(), value: number }),
  z.object({ kind: z.literal("provider"), mention, provider: z.string() }),
  z.object({
    kind: z.literal("price-date"),
    mention,
    date: z
      .string()
      .regex(/^(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/, 'write the date as "2019", "2019-06" or "2019-06-27"'),
  }),
]);

export const whatIfInput = z.object({
  document: z.int().min(0),
  corrections: z.array(correction).max(100),
  claim: mention.optional().describe("the claim that is looked at: all that was told of it is asked again, which may take longer"),
});

const LONGEST_TEXT = 2_000_000;

export const textInput = z.object({
  text: z.string().min(1).max(LONGEST_TEXT),
  against: z.string().min(1).max(LONGEST_TEXT).optional().describe("text of the paper that it talks about"),
});

const place = { document: z.int().min(0), start: z.int().min(0).describe("UTF-16 offset into the reading text"), end: z.int().min(1) };

const rectangle = { left: z.number(), top: z.number(), right: z.number(), bottom: z.number() };

/** What was marked: offsets of a text, or what is covered on a page of a PDF. */
export const markedInput = z.union([
  z.object(place),
  z.object({
    document: place.document,
    page: z.int().min(1),
    boxes: z.array(z.object(rectangle)).min(1).max(200).describe("in points from the top left of the page"),
  }),
]);

export const additionInput = z.object({
  ...place,
  kind: z.string().max(60),
  value: z.number().nonnegative(),
  unit: z.string().max(60).describe('as the kinds list it: "gpu-hour"'),
  subject: z.string().trim().max(200).nullable().describe("the model that it is of; null leaves that to the text"),
  removed: z.boolean().default(false).describe("whether it is taken back"),
});

const count = z.coerce.number().int().min(0).default(0);

export const queueInput = z.object({
  since: count.describe("entries that are known"),
  decided: count.describe("the last decision that is known"),
  corrected: count.describe("the last correction that is known"),
  added: count.describe("the last addition that is known"),
});

// What is answered.

export const queueEntry = z.object({
  document: z.int(),
  source: z.string(),
  fingerprint: z.string(),
  id: z.string(),
  verdict: z.string(),
  severity: z.string(),
  confidence: z.number().describe("0 to 1"),
  rule: z.string(),
  kind: z.string(),
  subject: z.string().nullable(),
  text: z.string().describe("the words of the claim"),
  doubt: z.string().nullable().describe("why it stands in no report: it was read with doubt"),
  rank: z.number().describe("place in the queue: the lowest first"),
  revision: z.int().describe("how often the document was checked again; entries of earlier ones hold no more"),
  added: z
    .object({ reviewer: z.string(), at: z.string() })
    .nullable()
    .describe("who marked the claim, which was not found; null where it was"),
});

/** What exports and programs get of a finding beside what the queue lists. */
export const listedFinding = queueEntry.extend({
  page: z.int().nullable(),
  line: z.int().nullable(),
  ratio: z.number().nullable(),
  quote: z.string(),
  speaker: z.string().nullable(),
  message: z.string(),
  working: list(z.string()).describe("the steps, in order"),
});

const signed = { id: z.int(), reviewer: z.string(), at: z.string().describe("ISO time") };

export const decision = z.object({ ...decisionInput.shape, reason: z.string(), note: z.string(), ...signed });
export const keptCorrection = z.object({ ...correctionInput.shape, slot: z.string(), ...signed });
export const keptAddition = z.object({
  ...additionInput.shape,
  removed: z.boolean(),
  document: z.int().nullable().describe("null where no document of the review has these bytes"),
  sha256: z.string().describe("of the bytes of the document"),
  text: z.string().describe("what was marked"),
  ...signed,
});

export const markedAnswer = z.object({
  start: z.int(),
  end: z.int(),
  text: z.string(),
  kind: z.string().nullable().describe("what it looks like; null where it looks like nothing"),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  subject: z.string().nullable(),
});

export const progress = z.object({
  total: z.int(),
  done: z.int(),
  failed: list(z.object({ source: z.string(), code: z.string(), message: z.string() })).describe("of which nothing could be read"),
});

export const queueNews = z.object({
  reviewer: z.string(),
  providers: list(z.string()),
  units: z.record(z.string(), list(z.string())).readonly().describe("the units of each kind that a claim may be added of"),
  progress,
  entries: list(queueEntry),
  decisions: list(decision),
  corrections: list(keptCorrection),
  additions: list(keptAddition),
});

export const findingsAnswer = z.object({
  progress,
  findings: list(listedFinding.extend({ decisions: list(decision), corrections: list(keptCorrection) })),
});

export const documentAnswer = z.object({ document: z.int(), wire: wireDocument });

const box = z.object({ page: z.int(), left: z.number(), top: z.number(), right: z.number(), bottom: z.number() });

export const findInput = z.object({ words: z.string().min(1).max(500), part: count });

export const foundAnswer = z.object({
  places: list(z.object({ start: z.int(), end: z.int(), boxes: list(box).describe("empty for text") })),
  more: z.boolean().describe("whether there are more than are told"),
});

const cell = z.object({ start: z.int(), end: z.int(), header: z.boolean(), columns: z.int(), lines: z.int() });

const partPlaces = z.object({
  source: z.string(),
  pages: list(z.object({ width: z.number(), height: z.number() })).describe("in points; empty for text"),
  boxes: z.record(z.string(), list(box)).readonly().describe("by mention id; empty for text"),
  blocks: list(
    z.object({
      kind: z.string(),
      start: z.int(),
      text: z.string(),
      rows: list(list(cell)).nullable().describe("cells of a table, each with its place in the text of the block"),
    }),
  ).describe("for documents without pages"),
});

export const documentPlaces = z.object({
  wire: wireDocument.nullable().describe("what is found now, where that differs from what was known"),
  problem: z.string().nullable().describe("why it cannot be read now"),
  parts: list(partPlaces).describe("the document, then what it was checked by"),
});

const outcome = z.object({ verdict: z.string(), severity: z.string(), recomputed: figure.nullable() });

export const whatIfAnswer = z.object({
  findings: list(finding),
  changed: list(z.object({ rule: z.string(), claim: z.string(), before: outcome.nullable(), after: outcome.nullable() })),
  milliseconds: z.number(),
});

export const agreement = z.object({
  reviewers: z.tuple([z.string(), z.string()]).readonly(),
  both: z.int().describe("findings that both decided"),
  kappa: z.number().nullable().describe("Cohen's kappa; null where chance alone would agree always"),
  disagreements: list(z.string()).describe("fingerprints on which they differ"),
});

export const decisionsAnswer = z.object({ history: list(decision), agreements: list(agreement) });
export const additionsAnswer = z.object({ history: list(keptAddition) });
export const correctionsAnswer = z.object({ history: list(keptCorrection) });
export const keptAnswer = z.object({ kept: z.literal(true) });
export const refusal = z.object({ error: z.string() });

export type DecisionInput = z.infer<typeof decisionInput>;
export type CorrectionInput = z.infer<typeof correctionInput>;
export type Found = z.infer<typeof foundAnswer>;
export type Marked = z.infer<typeof markedAnswer>;
export type MarkedInput = z.infer<typeof markedInput>;
export type AdditionInput = z.infer<typeof additionInput>;
export type KeptAddition = z.infer<typeof keptAddition>;
/** Who added a claim, and when. */
export type Adder = NonNullable<QueueEntry["added"]>;
/** An addition as a store has it: it knows documents by their bytes. */
export type StoredAddition = Omit<KeptAddition, "document">;
export type QueueEntry = z.infer<typeof queueEntry>;
export type ListedFinding = z.infer<typeof listedFinding>;
export type Decision = z.infer<typeof decision>;
export type KeptCorrection = z.infer<typeof keptCorrection>;
export type Progress = z.infer<typeof progress>;
export type QueueNews = z.infer<typeof queueNews>;
export type DocumentPlaces = z.infer<typeof documentPlaces>;
export type PartPlaces = z.infer<typeof partPlaces>;
export type WhatIf = z.infer<typeof whatIfAnswer>;
export type Outcome = z.infer<typeof outcome>;
export type Agreement = z.infer<typeof agreement>;
export type Correction = z.infer<typeof correction>;
