/**
 * A document in, the phrases that state quantities out, exactly as printed and with exact offsets.
 *
 * Nothing is converted and nothing is decided: a bare "512 TPU v3" is a mention without a noun. A cheap scan picks the sentences that
 * can hold a quantity; only those are read closely.
 */

import { splitSentences } from "../language/sentences.ts";
import type { Catalog } from "../model/catalog.ts";
import type { Block, BlockKind, Document, Table } from "../model/document.ts";
import type { Extraction, HardwareName, Mention, MentionId, Statement } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { cellsOfRow, headersOf } from "../model/table-cells.ts";
import { deniedIn } from "./clauses.ts";
import { isContinental, withEnglishMarks } from "./continental.ts";
import { decimalMarkOf, withPoints } from "./decimal-mark.ts";
import { findDegrees, findRowDegrees } from "./degrees.ts";
import type { Draft } from "./draft.ts";
import { fold } from "./fold.ts";
import { findHardwareIn, nameOf } from "./hardware-phrases.ts";
import { findPeriods } from "./periods.ts";
import { draftProse } from "./prose.ts";
import { findShapes } from "./shapes.ts";
import { findArithmetic, findConversions } from "./statements.ts";
import { findSubjects } from "./subjects.ts";
import { draftTable, rowHardware, rowLabel } from "./tables.ts";
import { formatsOf, hedgeAfter, hedgeBefore, qualifiersOf, roleOf, speakerOf, stageOf } from "./wording.ts";

const READ: ReadonlySet<BlockKind> = new Set(["heading", "paragraph", "list-item", "caption", "footnote", "quote", "table"]);

/** A sentence worth reading holds a figure or a number word, and a word of our units, hardware or money. */
const FIGURE = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|half|single|hours?|days?|weeks?)\b/i;
const UNIT =
  /gpu|tpu|[avhpbtk]\d{2,3}|core|chip|node|dgx|hour|\bh\b|\d\s?(?:hr?|secs?)\b|hrs|tage|stunden|heure|jours|semaine|mois|horas|días|semanas|meses|jahre?n?\b|années|años|tonn|tonelad|nodos|knoten|day|week|month|minute|second|\bmin|[$€£¥]|usd|dollar|美元|元|天|小时|watt|\d\s?[km]?w\b|joule|\d\s?[mg]j\b|wh\b|co\s?2|co₂|xlarge|\bv[2-7][ep]?-\d|litepod|gcds?\b|\bmi\d{3}|pue|flop|mfu|utili|token|param|step|iteration|updates|epoch|batch|length|sample|image|\bgb\b|\btb\b|cheaper|faster|word|model size|%\sof\b|carbon|emitted|利用率|长度|美金|accelerator|device|rtx|gtx|titan|ascend|gaudi|trainium|activated|\d:\d\d|\d\s?[x×]\s|speed-?up|times|ratio|factor of|\bcosts?\b|训练|成本/i;

export function extractMentions(catalog: Catalog, document: Document): Extraction {
  const drafts: Placed[] = [];
  const sentences: Span[] = [];
  const mark = decimalMarkOf(document);
  const exchanged = isContinental(document.text) ? withEnglishMarks : mark === "comma" ? withPoints : null;
  const plain = exchanged === null ? fold : (text: string): string => fold(exchanged(text));
  const folded = document.tables.length === 0 ? "" : plain(document.text);
  for (const [index, block] of document.blocks.entries()) {
    if (!READ.has(block.kind) && block.kind !== "code") continue;
    if (block.kind === "table") drafts.push(...readTable(catalog, document, folded, index));
    else drafts.push(...readBlock({ catalog, document, plain }, block, index, sentences));
  }
  const mentions = (mark === "point" ? drafts : drafts.map(withoutComma))
    .sort((left, right) => left.start - right.start || left.end - right.end)
    .map((placed, index) => mentionOf(document, placed, index));
  const statements = findStatements({ catalog, document, plain }, mentions, sentences);
  const subjects = mentions.length === 0 ? [] : findSubjects(catalog, document);
  return { mentions, statements, subjects };
}

/** A draft with offsets into the document and the context it stood in. */
interface Placed extends Draft {
  readonly sentence: Span;
  readonly block: number;
  readonly cell: Mention["cell"];
  readonly context: string;
}

/** A document with what makes its text plain: characters, and the marks in numbers of its language. */
interface Source {
  readonly catalog: Catalog;
  readonly document: Document;
  readonly plain: (text: string) => string;
}

function readBlock({ catalog, document, plain }: Source, block: Block, index: number, sentences: Span[]): readonly Placed[] {
  const raw = document.text.slice(block.span.start, block.span.end);
  if (!FIGURE.test(raw) || !UNIT.test(raw)) return [];
  const isCode = block.kind === "code";
  const told = isCode ? commentsIn(raw, block.span.start) : splitSentences(raw, block.span.start);
  return told.flatMap((sentence) => {
    const text = document.text.slice(sentence.start, sentence.end);
    if (!FIGURE.test(text) || !UNIT.test(text)) return [];
    sentences.push(sentence);
    const folded = plain(text);
    const drafts = draftProse(folded, findHardwareIn(catalog, folded), raw, { lines: text, around: () => textAround(document, index) })
      // "9 Step Towards a Trillion": the number of a section.
      .filter((draft) => block.kind !== "heading" || draft.start > 0 || !NUMBERED.has(draft.kind));
    const denied = drafts.length === 0 ? [] : deniedIn(folded);
    return drafts
      .filter((draft) => !denied.some((span) => span.start <= draft.start && draft.end <= span.end))
      .map((draft) => (isCode ? { ...draft, confidence: Math.min(draft.confidence, COMMENT_CONFIDENCE) } : draft))
      .map((draft) => place(draft, sentence.start, { sentence, block: index, cell: null, context: folded }));
  });
}

/** A comment of a few words on a line of its own in code. Matches "# on 8 A100 cards for 3 days"; not "x = 8 # cards". */
const COMMENT = /^[ \t]*(?:#+|\/\/|--)[ \t]*(?=\S+[ \t]\S+[ \t]\S)(?<words>.+)$/gm;

/** What code tells in its comments may be an example: it makes no error. */
const COMMENT_CONFIDENCE = 0.85;

/** The comments of code, each line a sentence; the code itself says what may be run, not what was. */
function commentsIn(raw: string, offset: number): readonly Span[] {
  return [...raw.matchAll(COMMENT)].map((match) => {
    const end = offset + match.index + match[0].length;
    return { start: end - (match.groups?.["words"] ?? "").length, end };
  });
}

/** What the number of a heading may be taken for. */
const NUMBERED: ReadonlySet<Draft["kind"]> = new Set(["steps", "samples", "epochs", "tokens", "parameters"]);

/** How many blocks to either side tell what a paragraph is about. */
const BLOCKS_AROUND = 4;

/** The prose before and after a block; all of a short text. */
function textAround(document: Document, index: number): string {
  const near = document.blocks.slice(Math.max(0, index - BLOCKS_AROUND), index + BLOCKS_AROUND + 1);
  const isShort = document.blocks.length <= 2 * BLOCKS_AROUND;
  // A text of a few sentences may say no more than "It took 3 days".
  if (isShort) return `training ${document.text}`;
  return near
    .filter((block) => READ.has(block.kind))
    .map((block) => document.text.slice(block.span.start, block.span.end))
    .join("\n");
}

/** `text` is that of the whole document, folded. */
function readTable(catalog: Catalog, document: Document, text: string, index: number): readonly Placed[] {
  const block = document.blocks[index];
  const tableIndex = document.tables.findIndex((table) => table.span.start === block?.span.start);
  const table = document.tables[tableIndex];
  if (block === undefined || table === undefined) return [];
  const matches = findHardwareIn(catalog, text.slice(block.span.start, block.span.end)).map((match) => ({
    ...match,
    span: { start: match.span.start + block.span.start, end: match.span.end + block.span.start },
  }));
  const caption = table.caption === null ? "" : text.slice(table.caption.start, table.caption.end);
  const hardware = rowHardware(table, text, matches);
  const cells = draftTable(table, text, caption).map(({ draft, row, column }) => {
    const inside = matches.find((match) => draft.start <= match.span.start && match.span.end <= draft.end);
    const own = inside === undefined ? (hardware.get(row) ?? null) : nameOf(inside);
    const withHardware = draft.kind === "accelerators" || draft.kind === "accelerator-hours" ? { ...draft, hardware: own } : draft;
    return place(withHardware, 0, { sentence: rowSpan(table, row), block: index, cell: { table: tableIndex, row, column }, context: "" });
  });
  const read = new Set(cells.map(({ start }) => start));
  const prose = table.cells.flatMap((cell) => {
    const content = text.slice(cell.span.start, cell.span.end);
    // A table of two columns lists keys and values; what stands first is no heading then.
    const isHeader = cell.header && !(table.columnCount === 2 && cell.column === 1);
    if (isHeader || !FIGURE.test(content) || !UNIT.test(content) || read.has(cell.span.start)) return [];
    const isStored = STORED.test(headerWords(table, text, cell.column));
    const isBatch = /\bbatch[\s-]?size\b/i.test(rowLabel(table, text, cell.row));
    const drafts = draftProse(content, findHardwareIn(catalog, content)).filter((draft) => draft.kind !== "memory" || !isStored);
    return drafts.map((draft) =>
      place(isBatch && draft.kind === "tokens" ? { ...draft, kind: "batch" } : draft, cell.span.start, {
        sentence: rowSpan(table, cell.row),
        block: index,
        cell: { table: tableIndex, row: cell.row, column: cell.column },
        context: content,
      }),
    );
  });
  return [...cells, ...prose];
}

/** Matches "Disk size", "Dataset (GB)"; what is stored takes no memory of an accelerator. */
const STORED = /\b(?:disk|storage|data ?sets?|corpus|download|file)\b/i;

function headerWords(table: Table, text: string, column: number): string {
  return headersOf(table)
    .filter((cell) => cell.column <= column && column < cell.column + cell.columnSpan)
    .map((cell) => text.slice(cell.span.start, cell.span.end))
    .join(" ");
}

function rowSpan(table: Table, row: number): Span {
  const spans = cellsOfRow(table, row).flatMap(({ span }) => (span.end > span.start ? [span] : []));
  return { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
}

function place(draft: Draft, offset: number, at: Pick<Placed, "sentence" | "block" | "cell" | "context">): Placed {
  const move = (span: Span): Span => ({ start: span.start + offset, end: span.end + offset });
  const hardware: HardwareName | null =
    draft.hardware === null
      ? null
      : { ...draft.hardware, span: at.cell === null || offset > 0 ? move(draft.hardware.span) : draft.hardware.span };
  return {
    ...draft,
    ...at,
    start: draft.start + offset,
    end: draft.end + offset,
    number: { ...draft.number, span: move(draft.number.span) },
    hardware,
  };
}

function mentionOf(document: Document, placed: Placed, index: number): Mention {
  const base = placed.sentence.start;
  const folded = placed.context;
  const hedge = placed.cell === null && folded !== "" ? hedgeBefore(folded, placed.start - base) : null;
  const start = hedge === null ? placed.start : base + hedge.start;
  const role = placed.cell === null ? roleOf(folded, placed.start - base) : { role: "own" as const, evidence: null };
  return {
    id: `m${index + 1}` as MentionId,
    kind: placed.kind,
    span: { start, end: placed.end },
    text: document.text.slice(start, placed.end),
    number: placed.number,
    unit: placed.unit,
    value: placed.value,
    hedge: hedge?.hedge ?? hedgeAfter(document.text, placed.number.span.end),
    hardware: placed.hardware,
    noun: placed.noun,
    per: placed.per,
    role: role.role,
    roleEvidence: role.evidence === null ? null : { start: base + role.evidence.start, end: base + role.evidence.end },
    speaker: placed.cell === null ? speakerOf(folded) : null,
    stage: placed.cell === null ? stageOf(folded) : null,
    qualifiers: [
      ...(placed.qualifiers ?? []),
      ...qualifiersOf(folded),
      ...formatsOf(document.text.slice(placed.sentence.start, placed.sentence.end)),
    ],
    sentence: placed.sentence,
    block: placed.block,
    cell: placed.cell,
    confidence: placed.confidence,
    rules: [placed.rule],
  };
}

/** A decimal comma is only wrong where points are usual. */
function withoutComma(placed: Placed): Placed {
  return placed.number.repair?.reason === "decimal-comma" ? { ...placed, number: { ...placed.number, repair: null } } : placed;
}

function findStatements({ document, plain }: Source, mentions: readonly Mention[], sentences: readonly Span[]): readonly Statement[] {
  const bySentence = Map.groupBy(mentions, (mention) => mention.sentence.start);
  const ofRows = document.tables.flatMap((table, index) => findRowDegrees(table, index, document.text, mentions));
  const ofSentences = sentences.flatMap((sentence) => {
    const inside = bySentence.get(sentence.start) ?? [];
    const text = plain(document.text.slice(sentence.start, sentence.end));
    return [
      ...findArithmetic(text, sentence.start, inside),
      ...findConversions(text, sentence.start, inside),
      ...findShapes(text, sentence.start, inside),
      ...findPeriods(text, sentence.start, inside),
      ...findDegrees(text, sentence.start, inside),
    ];
  });
  return [...ofSentences, ...ofRows];
}
