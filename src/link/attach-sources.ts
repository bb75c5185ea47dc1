/**
 * An article and the papers it talks about, as one document: positions of the papers stand behind the article, and each run of the
 * article takes the figures that a paper states of the same model.
 */

import type { Block, Document, LineStart, Page, Table } from "../model/document.ts";
import { append } from "../model/many.ts";
import type { Extraction, HardwareName, Mention, MentionId } from "../model/mention.ts";
import { parseModelName } from "../model/model-name.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Linked, Run } from "../model/run.ts";
import type { Span } from "../model/span.ts";

/** What is known of one document before it is checked. */
export interface Known {
  readonly document: Document;
  readonly extraction: Extraction;
  readonly linked: Linked;
}

/** The article with its sources behind it, and the runs of both that are one. */
export interface Joined extends Known {
  /** Runs that hold figures of the article and of a source. */
  readonly shared: readonly Run[];
  /** Mentions of the article; all others are of sources. */
  readonly own: ReadonlySet<MentionId>;
}

/** Blank stretch between two documents, so that nothing of one is near anything of the other. */
const GAP = "\n".repeat(8);
const BLOCKS_BETWEEN = 1000;

export function attachSources(article: Known, sources: readonly Known[]): Joined {
  const own = new Set(article.extraction.mentions.map((mention) => mention.id));
  let joined: Known = article;
  const foreign: Run[] = [];
  for (const source of sources) {
    const moved = moveBehind(joined, source);
    joined = {
      document: appended(joined.document, moved.document, source.document.source),
      extraction: {
        mentions: [...joined.extraction.mentions, ...moved.extraction.mentions],
        statements: joined.extraction.statements,
        subjects: joined.extraction.subjects,
      },
      linked: {
        ...joined.linked,
        quantities: [...joined.linked.quantities, ...moved.linked.quantities],
        attachments: new Map([...joined.linked.attachments, ...moved.linked.attachments]),
      },
    };
    append(foreign, moved.linked.runs);
  }
  return { ...joined, shared: sharedRuns(article.linked.runs, foreign), own };
}

/** Each run of the article with the figures of the runs of sources that are of its model. */
function sharedRuns(own: readonly Run[], foreign: readonly Run[]): readonly Run[] {
  const names = new Set(own.flatMap((run) => run.subject ?? []));
  return own.flatMap((run) => {
    const matching = foreign.filter((other) =>
      run.subject === null ? names.size === 0 && isOnlyModel(foreign) : areOneModel(run.subject, other.subject),
    );
    const exact = matching.filter((other) => other.subject !== null && run.subject !== null && keyOf(other.subject) === keyOf(run.subject));
    return (exact.length > 0 ? exact : matching).map(
      (other): Run => ({
        id: run.id,
        subject: run.subject ?? other.subject,
        quantities: [...run.quantities, ...other.quantities],
        hardware: run.hardware.length > 0 ? run.hardware : other.hardware,
        lent: new Set([...run.lent, ...other.lent]),
        tie: "section",
      }),
    );
  });
}

function isOnlyModel(runs: readonly Run[]): boolean {
  return new Set(runs.flatMap((run) => (run.subject === null ? [] : [keyOf(run.subject)]))).size === 1;
}

/** The same name and variant, or a family and its member. */
function areOneModel(left: string, right: string | null): boolean {
  if (right === null) return false;
  const [one, other] = [parseModelName(left), parseModelName(right)];
  return one.family === other.family && (one.variant === other.variant || one.variant === "" || other.variant === "");
}

function keyOf(name: string): string {
  const { family, variant } = parseModelName(name);
  return `${family}/${variant}`;
}

/** The source as if it were printed behind what is there. */
function moveBehind(before: Known, source: Known): Known {
  const offset = before.document.text.length + GAP.length;
  const blocks = before.document.blocks.length + BLOCKS_BETWEEN;
  const tables = before.document.tables.length;
  const first = before.extraction.mentions.length;
  const span = (at: Span): Span => ({ start: at.start + offset, end: at.end + offset });
  const orNull = (at: Span | null): Span | null => (at === null ? null : span(at));
  const id = (old: MentionId): MentionId => `m${Number(old.slice(1)) + first}` as MentionId;
  const hardware = (name: HardwareName | null): HardwareName | null => (name === null ? null : { ...name, span: span(name.span) });
  const mention = (old: Mention): Mention => ({
    ...old,
    id: id(old.id),
    span: span(old.span),
    number: { ...old.number, span: span(old.number.span) },
    hardware: hardware(old.hardware),
    roleEvidence: orNull(old.roleEvidence),
    sentence: span(old.sentence),
    block: old.block + blocks,
    cell: old.cell === null ? null : { ...old.cell, table: old.cell.table + tables },
  });
  const mentions = new Map(source.extraction.mentions.map((old) => [old.id, mention(old)]));
  const quantities = new Map(
    source.linked.quantities.map((old): [MentionId, Quantity] => [
      old.mention.id,
      { ...old, mention: { ...(mentions.get(old.mention.id) ?? mention(old.mention)), role: old.mention.role } },
    ]),
  );
  const quantity = (old: Quantity): Quantity => quantities.get(old.mention.id) ?? { ...old, mention: mention(old.mention) };
  return {
    document: { ...source.document, ...movedDocument(source.document, span, orNull) },
    extraction: { mentions: [...mentions.values()], statements: [], subjects: [] },
    linked: {
      runs: source.linked.runs.map((run) => ({ ...run, quantities: run.quantities.map(quantity), lent: new Set([...run.lent].map(id)) })),
      quantities: source.linked.quantities.map(quantity),
      statements: [],
      attachments: new Map([...source.linked.attachments].map(([old, attachment]) => [id(old), attachment])),
    },
  };
}

type Placed = Pick<Document, "blocks" | "tables" | "pages" | "lines" | "fragments">;

function movedDocument(document: Document, span: (at: Span) => Span, orNull: (at: Span | null) => Span | null): Placed {
  return {
    blocks: document.blocks.map((block): Block => ({ ...block, span: span(block.span) })),
    tables: document.tables.map(
      (table): Table => ({
        ...table,
        span: span(table.span),
        caption: orNull(table.caption),
        notes: orNull(table.notes),
        cells: table.cells.map((cell) => ({ ...cell, span: span(cell.span) })),
      }),
    ),
    pages: document.pages.map((page): Page => ({ ...page, span: span(page.span) })),
    lines: document.lines.map((line): LineStart => ({ ...line, start: span({ start: line.start, end: line.start }).start })),
    // What is highlighted is the article alone.
    fragments: [],
  };
}

function appended(document: Document, moved: Document, source: string): Document {
  const start = document.text.length + GAP.length;
  const text = `${document.text}${GAP}${moved.text}`;
  return {
    ...document,
    text,
    attached: [...(document.attached ?? []), { source, span: { start, end: text.length } }],
    blocks: [...document.blocks, ...moved.blocks],
    tables: [...document.tables, ...moved.tables],
    pages: [...document.pages, ...moved.pages],
    lines: [...document.lines, ...moved.lines],
  };
}
