import { attachedAt, type Document, fileOf, lineOf, pageOf } from "../model/document.ts";
import type { Finding, Step } from "../model/finding.ts";
import type { Mention } from "../model/mention.ts";
import type { Figure, Quantity } from "../model/quantity.ts";
import type { DocumentReport, DocumentResult, Report } from "../model/report.ts";
import { foldedSubject } from "../model/run.ts";
import { checklistRows } from "./checklist-words.ts";
import { fingerprintsOf } from "./fingerprint.ts";
import { findingMessage } from "./message.ts";
import { inPageWords, nounOf } from "./page-words.ts";
import { problemWords } from "./problem-words.ts";
import { type ReportSubject, reportSubject, sentenceParts } from "./report-subject.ts";
import { stepSource, stepWords } from "./step-words.ts";
import type { WireDocument, WireFigure, WireFinding, WireMention, WireReport } from "./wire.ts";

/** The report in the words of the contract. */
export function toWireReport(report: Report): WireReport {
  const documents = report.documents.map(toWireDocument);
  const findings = { consistent: 0, untested: 0, depends: 0, inconsistent: 0, impossible: 0, malformed: 0, unverifiable: 0 };
  for (const document of documents) for (const finding of document.findings) findings[finding.verdict] += 1;
  return {
    schema: "reckoner/2",
    tool: { name: report.tool.name, version: report.tool.version, rules: report.tool.rules },
    documents,
    summary: { documents: documents.length, failed: documents.filter((document) => document.status === "failed").length, findings },
  };
}

/** One document in the words of the contract; a failed one has no mentions, and is never clean. */
export function toWireDocument(report: DocumentReport): WireDocument {
  const { result } = report;
  const problems = report.problems.map((problem) => ({ code: problem.code, message: problemWords(problem), page: problem.page }));
  const head = { source: report.source, sha256: report.sha256, status: report.status, problems };
  if (result === null) {
    const none = { mediaType: null, pages: null, title: null, date: null };
    return { ...head, ...none, mentions: [], runs: [], findings: [], coverage: { claims: 0, checked: 0, untested: 0, unverifiable: 0 } };
  }
  const { document } = result;
  const subject = reportSubject(result);
  const fingerprints = fingerprintsOf(result);
  // Of a source, only what a finding rests on is told.
  const used = new Set(result.checked.findings.flatMap((finding) => finding.premises));
  const quantities = new Map(result.linked.quantities.map((quantity) => [quantity.mention.id, quantity]));
  return {
    ...head,
    mediaType: document.mediaType,
    pages: ownPages(document),
    title: document.title,
    date: document.date,
    authors: [...document.authors],
    organizations: [...document.organizations],
    mentions: result.extraction.mentions
      .filter((mention) => attachedAt(document, mention.span) === null || used.has(mention.id))
      .map((mention) => toWireMention(result, subject, mention, quantities.get(mention.id))),
    runs: toWireRuns(result),
    findings: result.checked.findings.map((finding) => toWireFinding(subject, finding, fingerprints.get(finding.id) ?? "")),
    withheld: result.checked.withheld.map(({ finding, because }) => ({
      ...toWireFinding(subject, finding, fingerprints.get(finding.id) ?? ""),
      because,
    })),
    ...(result.checklist === undefined
      ? {}
      : { checklist: checklistRows(result).map(({ subject: name, rows }) => ({ subject: name, facts: rows.map((row) => ({ ...row })) })) }),
    coverage: coverageOf(result),
  };
}

function coverageOf({ checked: { coverage } }: DocumentResult): WireDocument["coverage"] {
  const { claims, checked, untested, unverifiable } = coverage;
  return { claims, checked, untested, unverifiable };
}

/** One run for each subject, with all that the document itself tells of it; figures without a subject stay as they stand together. */
function toWireRuns({ linked }: DocumentResult): WireDocument["runs"] {
  const groups = Map.groupBy(linked.runs, (run) => (run.subject === null ? run.id : foldedSubject(run.subject)));
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs;
    const own = runs.flatMap((run) => run.quantities.filter(({ mention }) => !run.lent.has(mention.id)).map(({ mention }) => mention.id));
    return first === undefined || own.length === 0 ? [] : [{ id: first.id, subject: first.subject, mentions: [...new Set(own)] }];
  });
}

/** Pages of the document itself. */
function ownPages(document: Document): number | null {
  const count = document.pages.filter((page) => attachedAt(document, page.span) === null).length;
  return count === 0 ? null : count;
}

function toWireMention(result: DocumentResult, subject: ReportSubject, mention: Mention, quantity: Quantity | undefined): WireMention {
  const attachment = result.linked.attachments.get(mention.id);
  const printed = quantity?.readings[0].printed;
  return {
    id: mention.id,
    kind: mention.kind,
    text: mention.text,
    source: attachedAt(result.document, mention.span),
    page: pageOf(result.document, mention.span),
    line: lineOf(result.document, mention.span),
    start: mention.span.start,
    end: mention.span.end,
    value: mention.value,
    low: finite(printed?.low ?? mention.value),
    high: finite(printed?.high ?? mention.value),
    unit: mention.unit,
    hedge: mention.hedge,
    per: mention.per,
    hardware: attachment?.hardware ?? mention.hardware?.text ?? null,
    subject: attachment?.subject ?? null,
    role: attachment?.role ?? mention.role,
    ...(mention.qualifiers.length === 0 ? {} : { qualifiers: [...mention.qualifiers] }),
    stage: mention.stage,
    confidence: mention.confidence,
    readings: (quantity?.readings ?? []).map(({ printed: { unit }, weight, assumes, width, baseUnit }) => ({
      ...{ unit, weight, assumes: assumes.map((assumption) => assumption.choice) },
      base: toWireFigure({ value: width.face, ...width.generous, unit: baseUnit }),
    })),
    quote: quoteOf(subject, mention),
  };
}

function fileEntry(file: string | null): { readonly file?: string } {
  return file === null ? {} : { file };
}

function toWireFinding(subject: ReportSubject, finding: Finding, fingerprint: string): WireFinding {
  const mention = subject.mention(finding.claim);
  const compared = "recomputed" in finding ? finding : null;
  const outcomes = compared?.outcomes ?? (finding.verdict === "impossible" ? finding.outcomes : []);
  return {
    id: finding.id,
    rule: finding.rule,
    verdict: finding.verdict,
    strength: finding.verdict === "consistent" ? finding.strength : null,
    severity: finding.severity,
    confidence: finding.confidence,
    claim: finding.claim,
    subject: finding.subject,
    speaker: finding.speaker,
    page: mention === null ? null : pageOf(subject.document, mention.span),
    line: mention === null ? null : lineOf(subject.document, mention.span),
    ...fileEntry(mention === null ? null : fileOf(subject.document, mention.span)),
    stated: toWireFigure(finding.stated),
    recomputed: compared === null ? null : toWireFigure(compared.recomputed),
    ratio: compared === null ? null : compared.ratio,
    cause:
      compared === null || compared.cause === null
        ? null
        : { ...compared.cause, fits: compared.cause.fits === null ? null : toWireFigure(compared.cause.fits) },
    missing: finding.verdict === "unverifiable" ? finding.missing.map(toWireMissing) : [],
    readings: outcomes.map((outcome) => ({
      assumes: [...outcome.assumes],
      weight: outcome.weight,
      admissible: outcome.admissible,
      ...toWireFigure(outcome.recomputed),
      agrees: outcome.agrees,
    })),
    steps: inPageWords(subject, finding).steps.map((step) => ({
      text: stepWords(subject, step),
      from: mentionsOf(step),
      source: stepSource(step),
    })),
    noun: nounOf(subject, finding),
    fingerprint,
    quote: mention === null ? "" : quoteOf(subject, mention),
    message: findingMessage(subject, finding),
  };
}

/** The sentence, or the line of a table. */
function quoteOf(subject: ReportSubject, mention: Mention): string {
  const { before, claim, after } = sentenceParts(subject, mention);
  return `${before}${claim}${after}`;
}

function toWireMissing(missing: Extract<Finding, { verdict: "unverifiable" }>["missing"][number]): WireFinding["missing"][number] {
  return {
    slot: missing.slot,
    unit: missing.unit,
    needed: missing.needed,
    solved: missing.solved === null ? null : toWireFigure(missing.solved),
    fits:
      missing.fits === null
        ? null
        : { name: missing.fits.name, figure: toWireFigure(missing.fits.figure), gives: toWireFigure(missing.fits.gives) },
  };
}

function mentionsOf(step: Step): string[] {
  switch (step.kind) {
    case "read":
      return [step.mention];
    case "compute":
      return [...step.from];
    case "compare":
      return [step.claim];
    case "look-up":
      return [];
  }
}

function toWireFigure(figure: Figure): WireFigure {
  return { value: figure.value, low: finite(figure.low), high: finite(figure.high), unit: figure.unit };
}

/** JSON has no infinity; an end that is missing is null. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
