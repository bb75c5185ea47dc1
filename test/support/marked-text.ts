/**
 * Texts with their figures marked, for tests of what comes after extraction.
 *
 * "{512 TPU v3 chips: accelerators chip}" is a mention; the words after the colon are its kind, then any of its noun, role, stage,
 * "per=epoch", "by=Speaker", "total", "=" (the same as the figure before it, in another unit). Lines beginning with "#" are headings,
 * with "|" rows of a table (the first its header), with "^" captions, with "-" list items; other blocks are paragraphs.
 */
import { attachMentions } from "../../src/attach/attach-mentions.ts";
import { attachModels } from "../../src/attach/attach-models.ts";
import { linkRuns } from "../../src/link/link-runs.ts";
import type { Catalog } from "../../src/model/catalog.ts";
import type { Block, Cell, Document, Table } from "../../src/model/document.ts";
import type {
  CountNoun,
  Extraction,
  HardwareName,
  Mention,
  MentionId,
  MentionKind,
  Role,
  Stage,
  Statement,
} from "../../src/model/mention.ts";
import type { Quantity } from "../../src/model/quantity.ts";
import type { Linked } from "../../src/model/run.ts";
import type { Span } from "../../src/model/span.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";

const { catalog: shipped } = await openCatalog({ overlay: null });

/** A catalog of three products and a few names of models, some of them ordinary words. */
export const SMALL_CATALOG: Catalog = {
  hash: "test",
  accelerators: [
    product("tpu-v3", "TPU v3", "tpu"),
    product("v100", "V100", "gpu"),
    product("a100", "A100", "gpu"),
    product("h100", "H100", "gpu"),
  ],
  systems: [],
  prices: [],
  names: ["XLNet", "BERT-Large", "Transformer (big)", "Claude", "Switch", "GPT-2", "LLaMA-65B", "Grover"].map((name) => ({
    name,
    date: null,
    parameters: null,
  })),
  units: [],
  readings: [],
  equations: [],
  checks: [],
  diagnoses: [],
  slots: [],
  powerUsageEffectiveness: [],
  grids: [],
  cues: shipped.cues,
  decisions: shipped.decisions,
  wordClasses: shipped.wordClasses,
  atoms: shipped.atoms,
  kinds: shipped.kinds,
  lexicon: shipped.lexicon,
};

/** One line for each run: "Heron-XL: 8 V100s | 3 days". */
export function runLines(marked: string, title: string | null = null): readonly string[] {
  return link(marked, title).runs.map(
    (run) => `${run.subject ?? "-"}: ${run.quantities.map((quantity) => quantity.mention.text).join(" | ")}`,
  );
}

/** One line for each figure: "3 days: Heron-XL on V100". */
export function attachmentLines(marked: string, title: string | null = null): readonly string[] {
  const linked = link(marked, title);
  return linked.quantities.map(({ mention }) => {
    const attachment = linked.attachments.get(mention.id);
    return `${mention.text}: ${attachment?.subject ?? "-"}${attachment?.hardware === null || attachment === undefined ? "" : ` on ${attachment.hardware}`}`;
  });
}

export function link(marked: string, title: string | null = null): Linked {
  const { document, mentions, statements } = parse(marked, title);
  const found: Extraction = { mentions, statements, subjects: [] };
  const { extraction, attachments } = attachMentions(SMALL_CATALOG, document, found);
  return linkRuns(document, extraction, extraction.mentions.map(quantityOf), attachments);
}

/** Names found in a text without marks. */
export function subjectLines(text: string, title: string | null = null): readonly string[] {
  const { document, mentions } = parse(text, title);
  return attachModels(SMALL_CATALOG, document, mentions).names.map((subject) => `${subject.text} (${subject.evidence})`);
}

interface Marked {
  readonly document: Document;
  readonly mentions: readonly Mention[];
  readonly statements: readonly Statement[];
}

interface Draft {
  text: string;
  readonly blocks: Block[];
  readonly tables: Table[];
  readonly mentions: Mention[];
  readonly statements: Statement[];
}

function parse(marked: string, title: string | null): Marked {
  const draft: Draft = { text: "", blocks: [], tables: [], mentions: [], statements: [] };
  for (const part of marked.trim().split(/\n\s*\n/)) {
    const lines = part.split("\n").map((line) => line.trim());
    const captions = lines.filter((line) => line.startsWith("^"));
    const rows = lines.filter((line) => line.startsWith("|"));
    const caption = captions.map((line) => addProse(draft, line.slice(1).trim(), "caption"))[0] ?? null;
    if (rows.length > 0) addTable(draft, rows, caption);
    else for (const line of mergedLines(lines.filter((line) => !line.startsWith("^")))) addLine(draft, line);
  }
  const document: Document = {
    source: "test",
    mediaType: "text/plain",
    text: draft.text,
    title,
    date: null,
    authors: [],
    organizations: [],
    arxivId: null,
    pages: [],
    blocks: draft.blocks,
    tables: draft.tables,
    lines: [],
    fragments: [],
  };
  return { document, mentions: draft.mentions, statements: draft.statements };
}

/** Lines of one paragraph are one; headings and list items stand for themselves. */
function mergedLines(lines: readonly string[]): readonly string[] {
  const merged: string[] = [];
  for (const line of lines) {
    const isOwn = /^(?:#|- )/.test(line) || merged.length === 0 || /^#/.test(merged.at(-1) ?? "");
    if (isOwn) merged.push(line);
    else merged.push(`${merged.pop() ?? ""} ${line}`);
  }
  return merged;
}

function addLine(draft: Draft, line: string): void {
  const heading = /^(#+) (.*)$/.exec(line);
  if (heading !== null) addProse(draft, heading[2] ?? "", "heading", heading[1]?.length ?? 1);
  else addProse(draft, line.replace(/^- /, ""), line.startsWith("- ") ? "list-item" : "paragraph");
}

function addProse(draft: Draft, marked: string, kind: Block["kind"], level: number | null = null): Span {
  if (draft.text !== "") draft.text += "\n\n";
  const start = draft.text.length;
  const marks = addMarked(draft, marked);
  const span = { start, end: draft.text.length };
  draft.blocks.push({ kind, span, level });
  for (const mark of marks)
    addMention(draft, mark, { block: draft.blocks.length - 1, sentence: sentenceAround(draft.text, span, mark.span), cell: null });
  return span;
}

function addTable(draft: Draft, rows: readonly string[], caption: Span | null): void {
  if (draft.text !== "") draft.text += "\n\n";
  const start = draft.text.length;
  const cells: Cell[] = [];
  const pending: { mark: Mark; row: number; column: number; rowStart: number }[] = [];
  const columns = rows.map((row) => row.replace(/^\||\|$/g, "").split("|"));
  for (const [row, texts] of columns.entries()) {
    if (row > 0) draft.text += "\n";
    const rowStart = draft.text.length;
    for (const [column, text] of texts.entries()) {
      if (column > 0) draft.text += "\t";
      const cellStart = draft.text.length;
      for (const mark of addMarked(draft, text.trim())) pending.push({ mark, row, column, rowStart });
      cells.push({ span: { start: cellStart, end: draft.text.length }, row, column, rowSpan: 1, columnSpan: 1, header: row === 0 });
    }
  }
  const span = { start, end: draft.text.length };
  draft.blocks.push({ kind: "table", span, level: null });
  draft.tables.push({ span, caption, notes: null, rowCount: rows.length, columnCount: columns[0]?.length ?? 0, cells });
  for (const { mark, row, column, rowStart } of pending) {
    const rowEnd = draft.text.indexOf("\n", rowStart);
    const sentence = { start: rowStart, end: rowEnd < 0 ? span.end : rowEnd };
    addMention(draft, mark, { block: draft.blocks.length - 1, sentence, cell: { table: draft.tables.length - 1, row, column } });
  }
}

interface Mark {
  readonly span: Span;
  readonly words: readonly string[];
}

/** Appends the text without its marks, and says where they stood. */
function addMarked(draft: Draft, marked: string): readonly Mark[] {
  const marks: Mark[] = [];
  let last = 0;
  for (const match of marked.matchAll(/\{([^{}]+?): ([^{}]+)\}/g)) {
    draft.text += marked.slice(last, match.index);
    const start = draft.text.length;
    draft.text += match[1] ?? "";
    marks.push({ span: { start, end: draft.text.length }, words: (match[2] ?? "").split(" ") });
    last = match.index + match[0].length;
  }
  draft.text += marked.slice(last);
  return marks;
}

function sentenceAround(text: string, block: Span, mark: Span): Span {
  let start = block.start;
  for (const match of text.slice(block.start, block.end).matchAll(/[.!?]["”)]?\s+(?=[\p{Lu}“"])/gu)) {
    const end = block.start + match.index + match[0].length;
    if (end > mark.start) return { start, end };
    start = end;
  }
  return { start, end: block.end };
}

const NOUNS: ReadonlySet<string> = new Set(["chip", "core", "device", "cloud-tpu", "gpu", "node", "bare"]);
const ROLES: ReadonlySet<string> = new Set(["own", "other", "hypothetical"]);
const STAGES: ReadonlySet<string> = new Set(["pretrain", "finetune", "rl", "distill", "search", "inference", "profile", "data", "all"]);

function addMention(draft: Draft, mark: Mark, place: Pick<Mention, "block" | "sentence" | "cell">): void {
  const text = draft.text.slice(mark.span.start, mark.span.end);
  const [kind = "", ...words] = mark.words;
  const value = Number(/[\d.,]*\d/.exec(text)?.[0].replace(/,/g, "") ?? "1") * (/\d(?:\.\d+)?[kK]\b/.test(text) ? 1000 : 1);
  const previous = draft.mentions.at(-1);
  const id = `m${draft.mentions.length + 1}` as MentionId;
  draft.mentions.push({
    id,
    kind: kind as MentionKind,
    span: mark.span,
    text,
    number: { span: mark.span, value, lastPlace: 1, form: "integer", range: null, repair: null },
    unit: unitOf(kind, text),
    value,
    hedge: null,
    hardware: hardwareOf(kind, text, mark.span),
    noun: (words.find((word) => NOUNS.has(word)) ?? null) as CountNoun | null,
    per: words.find((word) => word.startsWith("per="))?.slice(4) ?? null,
    role: (words.find((word) => ROLES.has(word)) ?? "own") as Role,
    roleEvidence: null,
    speaker: words.find((word) => word.startsWith("by="))?.slice(3) ?? null,
    stage: (words.find((word) => STAGES.has(word)) ?? null) as Stage | null,
    qualifiers: [],
    confidence: 1,
    rules: [],
    ...place,
  });
  if (words.includes("=") && previous !== undefined)
    draft.statements.push({ kind: "conversion", span: mark.span, left: previous.id, right: id, relation: "is" });
}

const TIME_UNIT = /\b(second|minute|hour|day|week|month|year)s?\b/i;
const HOURS: Readonly<Record<string, number>> = { second: 1 / 3600, minute: 1 / 60, hour: 1, day: 24, week: 168, month: 730.5, year: 8766 };

function unitOf(kind: string, text: string): string {
  const time = TIME_UNIT.exec(text)?.[1]?.toLowerCase() ?? "hour";
  if (kind === "wall-time" || kind === "step-time") return time;
  if (kind === "accelerator-hours") return `accelerator-${time}`;
  if (kind === "price") return /chip|core|device|GPU|TPU|[VAH]100/.test(text) ? "USD/accelerator-hour" : "USD/hour";
  return { accelerators: "accelerator", nodes: "node", cost: "USD", energy: "MWh", power: "W", carbon: "t" }[kind] ?? kind;
}

function hardwareOf(kind: string, text: string, span: Span): HardwareName | null {
  const found = SMALL_CATALOG.accelerators.find((accelerator) => text.includes(accelerator.name));
  if (found !== undefined)
    return {
      span: { start: span.start + text.indexOf(found.name), end: span.start + text.indexOf(found.name) + found.name.length },
      text: found.name,
      accelerators: [found.id],
      system: null,
    };
  const bare = /Cloud TPU|[GT]PU/.exec(text)?.[0];
  return bare === undefined || !/accelerators|price|accelerator-hours/.test(kind)
    ? null
    : { span, text: bare, accelerators: [], system: null };
}

/** One reading, in base units where units of time convert. */
function quantityOf(mention: Mention): Quantity {
  const hours = mention.kind === "wall-time" ? (HOURS[mention.unit] ?? 1) : 1;
  const face = mention.value * hours;
  const baseUnit = mention.kind === "wall-time" ? "hour" : mention.unit;
  const figure = { value: mention.value, low: mention.value, high: mention.value, unit: mention.unit };
  return {
    mention,
    readings: [
      {
        slot: mention.kind,
        width: { face, strict: { low: face, high: face }, generous: { low: face, high: face } },
        weight: 1,
        assumes: [],
        contradictsPrint: false,
        hardware: mention.hardware?.accelerators[0] ?? null,
        currency: mention.kind === "cost" || mention.kind === "price" ? "USD" : null,
        printed: figure,
        conversion: [],
        baseUnit,
      },
    ],
  };
}

function product(id: string, name: string, kind: string): Catalog["accelerators"][number] {
  return {
    id,
    name,
    vendor: "",
    family: name,
    kind,
    aliases: [name],
    ambiguousAliases: [],
    aliasesNeedingContext: [],
    released: null,
    canonicalUnit: kind === "tpu" ? "chip" : "gpu",
    unitsInCanonical: { gpu: 1 },
    words: {},
    memoryGigabytes: null,
    densePeakTeraflops: {},
    sparseFactor: null,
    headlineTraps: [],
    thermalDesignPowerWatts: null,
    slice: null,
    podCanonicalUnits: null,
    notes: null,
    confidence: "high",
    sources: [],
  };
}
