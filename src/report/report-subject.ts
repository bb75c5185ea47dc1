import { attachedAt, columnOf, type Document, fileOf, lineOf, pageOf, textOf } from "../model/document.ts";
import { type Finding, isPassed, type Verdict } from "../model/finding.ts";
import type { Mention, MentionId } from "../model/mention.ts";
import type { DocumentResult } from "../model/report.ts";
import type { Span } from "../model/span.ts";
import { cellName } from "./cell-words.ts";
import { nounIn } from "./page-nouns.ts";

/** A document with its mentions at hand, for everything that is worded about it. */
export interface ReportSubject {
  readonly document: Document;
  readonly mention: (id: MentionId) => Mention | null;
  /** The sentence or the line of the table that a mention stands in. */
  readonly sentence: (mention: Mention) => string;
  /** Whether a figure of a kind stands in the block of a mention. */
  readonly tells: (kind: string, beside: Mention) => boolean;
  /** What the document calls its accelerators where no figure of a finding says it; null where it has no word for them. */
  readonly noun: () => string | null;
}

export function reportSubject(result: DocumentResult): ReportSubject {
  const byId = new Map(result.extraction.mentions.map((mention) => [mention.id, mention]));
  const { document } = result;
  let noun: string | null | undefined;
  return {
    document,
    mention: (id) => byId.get(id) ?? null,
    sentence: ({ sentence }) => document.text.slice(sentence.start, Math.min(sentence.end, sentence.start + MOST_READ)),
    tells: (kind, beside) =>
      result.extraction.mentions.some((mention) => mention.kind === kind && mention.block === beside.block && mention.id !== beside.id),
    noun: () => {
      noun ??= nounIn(document.text);
      return noun;
    },
  };
}

/** Findings that a reader must look at: neither passed nor without a premise. */
export function isFlagged(finding: { readonly verdict: Verdict }): boolean {
  return !isPassed(finding) && finding.verdict !== "unverifiable";
}

/** Face values of plain figures further apart agree only by what a rule lets leak, and are not said to add up. */
const MOST_ADDED_UP = 0.1;

/** Whether a claim agrees only by what its rule lets leak, and not by a hedge or a range of the page. */
export function isLeaking(subject: Pick<ReportSubject, "mention">, finding: Finding): boolean {
  if (finding.verdict !== "consistent" || finding.strength === "bound" || Math.abs(finding.ratio - 1) <= MOST_ADDED_UP) return false;
  const mentions = [finding.claim, ...finding.premises].map(subject.mention);
  return mentions.every((mention) => mention !== null && mention.hedge === null && mention.number.range === null);
}

/** A figure that is only told again: nothing was worked out. */
export function isRepeated(finding: Finding): boolean {
  if (finding.verdict !== "consistent" || finding.premises.length !== 1 || finding.rule === "pair/same") return false;
  const worked = finding.steps.findLast((step) => step.kind === "compute" && step.rule !== "units");
  return worked === undefined || (worked.kind === "compute" && worked.terms.length === 1);
}

/** What agrees only since the bands are wide: worth a look, and no flag. */
export function isLoose(finding: Finding): boolean {
  return finding.verdict === "consistent" && finding.remarks.some((remark) => remark.kind === "loose-fit");
}

/** "page 4", "line 11", "paper.pdf, page 4" for a source that is attached; "" where nothing is known. */
export function placeWords(document: Document, span: Span): string {
  const source = attachedAt(document, span);
  const place = ownPlaceWords(document, span);
  return source === null ? place : [source, place].filter((part) => part !== "").join(", ");
}

/**
 * "draft.md:11:24", which terminals open; "page 4" for what has pages, "line 11" for what came by standard input.
 *
 * The column is told where the text that is read is that of the file: not in tables of Markdown, and not in what is all markup.
 */
export function linkWords(document: Document, { span, cell }: Mention): string {
  const line = lineOf(document, span);
  if (line === null || document.source === "-" || attachedAt(document, span) !== null) return placeWords(document, span);
  const file = fileOf(document, span) ?? document.source;
  const known = columnOf(document, span);
  if (known !== null) return `${file}:${line}:${known}`;
  if (cell !== null || !WRITTEN_AS_READ.has(document.mediaType)) return `${file}:${line}`;
  const begins = document.lines.findLast((entry) => entry.line === line && entry.start <= span.start)?.start ?? span.start;
  return `${document.source}:${line}:${span.start - begins + 1}`;
}

const WRITTEN_AS_READ: ReadonlySet<Document["mediaType"]> = new Set(["text/plain", "text/markdown"]);

function ownPlaceWords(document: Document, span: Span): string {
  const page = pageOf(document, span);
  if (page !== null) return `page ${page}`;
  const line = lineOf(document, span);
  const file = fileOf(document, span);
  if (file !== null) return `${file}:${line}`;
  return line === null ? "" : `line ${line}`;
}

/** A mention as quoted in a sentence, on one line. */
export function quoted(text: string): string {
  return `"${text.replace(/\s+/g, " ").trim()}"`;
}

/** A mention as quoted, a figure of a table with its row and column: '"41,440" (GPU hours of Lark-S)'. */
export function quotedInPlace(document: Document, mention: Mention): string {
  const name = cellName(document, mention);
  return name === null ? quoted(mention.text) : `${quoted(mention.text)} (${name})`;
}

/** A mention as quoted in its place, with the source it stands in where that is not the document itself. */
export function quotedWithSource(document: Document, mention: Mention): string {
  const words = quotedInPlace(document, mention);
  return attachedAt(document, mention.span) === null ? words : `${words} (${placeWords(document, mention.span)})`;
}

/** The sentence of a claim, cut into what stands before the claim, the claim, and what follows; a table row keeps its cells apart. */
export function sentenceParts(
  subject: ReportSubject,
  mention: Mention,
): { readonly before: string; readonly claim: string; readonly after: string } {
  const { document } = subject;
  const sentence: Span = {
    start: Math.min(mention.sentence.start, mention.span.start),
    end: Math.max(mention.sentence.end, mention.span.end),
  };
  const flat = (span: Span): string => textOf(document, span).replace(/\t/g, " | ").replace(/\s+/g, " ");
  return {
    before: shorten(flat({ start: Math.max(sentence.start, mention.span.start - MOST_READ), end: mention.span.start }), "start"),
    claim: flat(mention.span),
    after: shorten(flat({ start: mention.span.end, end: Math.min(sentence.end, mention.span.end + MOST_READ) }), "end"),
  };
}

/** More of a sentence than this on one side of the claim says nothing about it. */
const SIDE_CHARACTERS = 280;
/** So much is looked at of a sentence that may be a page long, white space and all. */
const MOST_READ = 10 * SIDE_CHARACTERS;

function shorten(text: string, side: "start" | "end"): string {
  if (text.length <= SIDE_CHARACTERS) return side === "start" ? text.trimStart() : text.trimEnd();
  if (side === "end") return `${text.slice(0, text.lastIndexOf(" ", SIDE_CHARACTERS))} ...`;
  return `... ${text.slice(text.indexOf(" ", text.length - SIDE_CHARACTERS) + 1)}`;
}
