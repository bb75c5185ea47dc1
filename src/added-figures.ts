import { splitSentences } from "./language/sentences.ts";
import type { AddedFigure } from "./model/added-figure.ts";
import { type Document, textOf } from "./model/document.ts";
import type { Extraction, Mention, MentionId } from "./model/mention.ts";
import type { Attachment } from "./model/run.ts";
import { contains, overlaps, type Span } from "./model/span.ts";
import { cellsOfRow } from "./model/table-cells.ts";

/**
 * What was extracted, with the figures that a person marked.
 *
 * Shape: one that was read at the place gives way, and its id stays; others get the ids behind all that were read, so that none moves.
 * Mentions stay in reading order. Adding the same again changes nothing.
 * Errors: none; what stands in no block of the document is left out.
 */
export function withAdded(document: Document, extraction: Extraction, added: readonly AddedFigure[]): Extraction {
  let { mentions } = extraction;
  for (const figure of added) {
    const before = mentions.find(({ span }) => overlaps(span, figure.span)) ?? null;
    const mention = mentionOf(document, figure, before, before?.id ?? (`m${mentions.length + 1}` as MentionId));
    if (mention === null) continue;
    const others = mentions.filter(({ id }) => id !== mention.id);
    mentions = [...others, mention].sort((left, right) => left.span.start - right.span.start);
  }
  return { ...extraction, mentions };
}

/** The mention of a marked figure. */
export function addedMention({ mentions }: Extraction, { span }: AddedFigure): Mention | null {
  return mentions.find((mention) => mention.span.start === span.start && mention.span.end === span.end) ?? null;
}

/** Attachments with the models that a person named. */
export function withNamedModels(
  attachments: ReadonlyMap<MentionId, Attachment>,
  extraction: Extraction,
  added: readonly AddedFigure[],
): ReadonlyMap<MentionId, Attachment> {
  const named = new Map(attachments);
  for (const figure of added) {
    const id = addedMention(extraction, figure)?.id;
    const own = id === undefined ? undefined : attachments.get(id);
    if (id !== undefined && own !== undefined && figure.subject !== null)
      named.set(id, { ...own, subject: figure.subject, model: { ...NO_TOTAL, ...own.model, tie: "sentence" }, role: "own" });
  }
  return named;
}

const NO_TOTAL = { isTotal: false, isCited: false } as const;

function mentionOf(document: Document, figure: AddedFigure, before: Mention | null, id: MentionId): Mention | null {
  const { span, kind, value, unit, noun } = figure;
  const block = document.blocks.findIndex((each) => contains(each.span, span));
  if (block < 0) return null;
  const cell = cellOf(document, span);
  const isSame = before !== null && before.kind === kind;
  return {
    ...{ id, kind, span, unit, value, block, cell },
    text: textOf(document, span),
    number: {
      span,
      value,
      lastPlace: lastPlaceOf(value),
      form: Number.isInteger(value) ? "integer" : "decimal",
      range: null,
      repair: null,
    },
    noun: noun ?? (isSame ? before.noun : null),
    hedge: isSame ? before.hedge : null,
    hardware: before?.hardware ?? null,
    per: isSame ? before.per : null,
    qualifiers: isSame ? before.qualifiers : [],
    ...{ role: "own", roleEvidence: null, speaker: null, stage: before?.stage ?? null },
    sentence: before?.sentence ?? sentenceOf(document, span, block, cell),
    // A person has looked at it.
    confidence: 1,
    rules: [],
  };
}

/** Unit of the last place that the number shows: 2.5 has 0.1, 9000 has 1000. */
export function lastPlaceOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return 1;
  const [digits = "", exponent = "0"] = Math.abs(value).toExponential().split("e");
  const decimals = digits.length > 2 ? digits.length - 2 : 0;
  return 10 ** (Number(exponent) - decimals);
}

function cellOf({ tables }: Document, span: Span): Mention["cell"] {
  const table = tables.findIndex((each) => contains(each.span, span));
  const cell = tables[table]?.cells.find((each) => contains(each.span, span));
  return cell === undefined ? null : { table, row: cell.row, column: cell.column };
}

/** The row or the sentence that a span stands in. */
function sentenceOf(document: Document, span: Span, block: number, cell: Mention["cell"]): Span {
  const table = cell === null ? undefined : document.tables[cell.table];
  if (table !== undefined && cell !== null) {
    const row = cellsOfRow(table, cell.row);
    return { start: row[0]?.span.start ?? span.start, end: row.at(-1)?.span.end ?? span.end };
  }
  const whole = document.blocks[block]?.span ?? span;
  return splitSentences(textOf(document, whole), whole.start).find((sentence) => contains(sentence, span)) ?? whole;
}
