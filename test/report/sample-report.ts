import type { Document } from "../../src/model/document.ts";
import type { About, Finding } from "../../src/model/finding.ts";
import type { Mention, MentionId, MentionKind } from "../../src/model/mention.ts";
import type { Fact, Figure } from "../../src/model/quantity.ts";
import type { DocumentReport, Report } from "../../src/model/report.ts";

const TEXT = `A costly summer

The bill for Vela came to $98,304, the lab says.
The model ran on 128 TPU v3 chips for 4 days; a four-chip device rents for $8 an hour.

Training Lyra cost $10k at $2.50 per GPU-hour.`;

export const sampleDocument: Document = {
  source: "summer.txt",
  mediaType: "text/plain",
  text: TEXT,
  title: "A costly summer",
  date: "2019-08",
  authors: [],
  organizations: [],
  arxivId: null,
  pages: [],
  blocks: [],
  tables: [],
  lines: [
    { start: 0, line: 1 },
    { start: TEXT.indexOf("The bill"), line: 3 },
    { start: TEXT.indexOf("The model"), line: 4 },
    { start: TEXT.indexOf("Training Lyra"), line: 6 },
  ],
  fragments: [],
};

export function figure(value: number, unit: string): Figure {
  return { value, low: value, high: value, unit };
}

function mention(id: string, kind: MentionKind, text: string, value: number, unit: string): Mention {
  const start = TEXT.indexOf(text);
  const span = { start, end: start + text.length };
  const from = TEXT.lastIndexOf("\n", start) + 1;
  const found = TEXT.indexOf("\n", start);
  return {
    id: id as MentionId,
    kind,
    span,
    text,
    number: { span, value, lastPlace: 1, form: "integer", range: null, repair: null },
    unit,
    value,
    hedge: null,
    hardware: null,
    noun: null,
    per: null,
    role: "own",
    roleEvidence: null,
    speaker: null,
    stage: null,
    qualifiers: [],
    sentence: { start: from, end: found < 0 ? TEXT.length : found },
    block: 0,
    cell: null,
    confidence: 1,
    rules: [],
  };
}

const mentions = [
  mention("m1", "cost", "$98,304", 98_304, "USD"),
  mention("m2", "accelerators", "128 TPU v3 chips", 128, "chip"),
  mention("m3", "wall-time", "4 days", 4, "day"),
  mention("m4", "price", "$8 an hour", 8, "USD/device-hour"),
  mention("m5", "cost", "$10k", 10_000, "USD"),
  mention("m6", "price", "$2.50 per GPU-hour", 2.5, "USD/accelerator-hour"),
];

export const deviceFact: Fact = {
  id: "tpu-v3/device",
  title: "TPU v3: 4 chips in a device",
  figure: figure(4, "chip/device"),
  source: "https://vendor.example/tpu",
  nature: "definition",
};

export function about(id: string, claim: string, stated: Figure): About {
  return {
    id: id as About["id"],
    rule: "money/run-cost",
    severity: "error",
    claim: claim as MentionId,
    premises: [],
    subject: null,
    run: null,
    stated,
    steps: [],
    speaker: null,
    correctedBy: null,
    confidence: 0.98,
    remarks: [],
  };
}

export const inconsistent: Finding = {
  ...about("f1", "m1", figure(98_304, "USD")),
  verdict: "inconsistent",
  premises: ["m2", "m3", "m4"] as MentionId[],
  subject: "Vela",
  recomputed: figure(24_576, "USD"),
  ratio: 4,
  cause: {
    diagnosis: "device-price-per-chip",
    factor: 4,
    certainty: "named",
    words: "a price per 4-chip device was charged per chip",
    fits: figure(24_576, "USD"),
  },
  outcomes: [
    { assumes: ["128 counts chips"], weight: 0.9, admissible: true, recomputed: figure(24_576, "USD"), agrees: false },
    { assumes: ["128 counts cores"], weight: 0.07, admissible: false, recomputed: figure(12_288, "USD"), agrees: false },
    { assumes: ["128 counts devices"], weight: 0.03, admissible: false, recomputed: figure(98_304, "USD"), agrees: true },
  ],
  power: 1.1,
  steps: [
    { kind: "read", mention: "m2" as MentionId, slot: "accelerators", figure: figure(128, "chip"), assumes: ["128 counts chips"] },
    { kind: "look-up", fact: deviceFact },
    {
      kind: "compute",
      rule: "money/run-cost",
      terms: [
        { operator: "*", figure: figure(128, "chip") },
        { operator: "*", figure: figure(96, "hour") },
        { operator: "*", figure: figure(2, "USD/chip-hour") },
      ],
      result: figure(24_576, "USD"),
      from: ["m2", "m3", "m4"] as MentionId[],
      facts: [deviceFact],
    },
    { kind: "compare", stated: figure(98_304, "USD"), recomputed: figure(24_576, "USD"), ratio: 4, claim: "m1" as MentionId },
  ],
};

const listPrices: Fact = {
  ...{ id: "tpu-v3/prices", title: "list prices", source: "https://vendor.example/prices", nature: "dated" },
  figure: { value: 4, low: 1, high: 15, unit: "USD/chip-hour", isRange: true },
};

export const untested: Finding = {
  ...about("f1", "m1", figure(98_304, "USD")),
  ...{ verdict: "untested", severity: "note", premises: ["m2", "m3"] as MentionId[], subject: "Vela" },
  recomputed: { value: 49_152, low: 12_288, high: 184_320, unit: "USD" },
  ...{ ratio: 2, cause: null, power: 8 },
  outcomes: [{ assumes: [], weight: 1, admissible: true, recomputed: figure(49_152, "USD"), agrees: true }],
  steps: [{ kind: "look-up", fact: listPrices }],
};

export const unverifiable: Finding = {
  ...about("f2", "m5", figure(10_000, "USD")),
  verdict: "unverifiable",
  severity: "note",
  premises: ["m6"] as MentionId[],
  missing: [
    {
      slot: "accelerator_hours",
      unit: "accelerator-hour",
      needed: 4000,
      solved: figure(4000, "accelerator-hour"),
      fits: { figure: figure(4096, "accelerator-hour"), gives: figure(10_240, "USD"), name: "64 GPUs for 64 hours" },
    },
  ],
};

/** A report on one document with the given findings. */
export function reportOf(findings: readonly Finding[]): Report {
  return { tool: { name: "reckoner", version: "0.0.0", rules: "abc" }, documents: [documentReport(findings)] };
}

export function documentReport(findings: readonly Finding[]): DocumentReport {
  return {
    source: sampleDocument.source,
    sha256: "00",
    status: "checked",
    problems: [],
    result: {
      document: sampleDocument,
      extraction: { mentions, statements: [], subjects: [] },
      linked: { runs: [], quantities: [], statements: [], attachments: new Map() },
      checked: {
        findings,
        withheld: [],
        coverage: {
          claims: findings.length,
          checked: findings.filter(({ verdict }) => verdict !== "untested" && verdict !== "unverifiable").length,
          untested: findings.filter(({ verdict }) => verdict === "untested").length,
          unverifiable: findings.filter((finding) => finding.verdict === "unverifiable").length,
        },
      },
    },
  };
}

export const failedDocument: DocumentReport = {
  source: "scan.pdf",
  sha256: "11",
  status: "failed",
  problems: [{ code: "no-text-layer", source: "scan.pdf", page: null, detail: null }],
  result: null,
};
