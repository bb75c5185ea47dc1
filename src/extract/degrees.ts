import type { Cell, Table } from "../model/document.ts";
import type { Mention, Statement } from "../model/mention.ts";
import type { Span } from "../model/span.ts";
import { cellAt } from "../model/table-cells.ts";

/** Ways to split a training over accelerators, each with what its degree is called. */
const WAYS = [
  { way: "tensor", key: "TP|(?:[Tt]ensor[\\s-](?:model[\\s-])?|[Mm]odel[\\s-])parallel(?:ism)?", word: "(?:tensor(?:[\\s-]model)?|model)" },
  { way: "pipeline", key: "PP|[Pp]ipeline[\\s-](?:model[\\s-])?parallel(?:ism)?", word: "pipeline" },
  { way: "data", key: "DP|[Dd]ata[\\s-]parallel(?:ism)?", word: "data" },
  { way: "context", key: "CP|[Cc]ontext[\\s-]parallel(?:ism)?", word: "context" },
] as const;

/** Matches "TP=8", "tensor parallelism of 8", "pipeline-parallel size 12"; not "data parallelism on 8". */
const keyed = (names: string): RegExp =>
  new RegExp(`\\b(?:${names})(?:\\s(?:size|degree|rank)s?)?\\s?(?:of\\s|is\\s|was\\s|=\\s?|:\\s?)?(?<degree>\\d{1,5})\\b`, "g");

/** Matches "8-way tensor parallelism", "64-way data and ", "16-way (ZeRO-1) data", "4-way TP"; not "8-way set-associative". */
const counted = (names: string): RegExp => new RegExp(`\\b(?<degree>\\d{1,5})[\\s-]way\\s(?:\\([^()]{1,20}\\)\\s)?(?:${names})\\b`, "gi");

const PATTERNS = WAYS.map(({ way, key, word }) => ({ way, patterns: [keyed(key), counted(`${word}|${key}`)] }));

/** Matches "gradient accumulation of 16", "accumulation steps: 4", "accumulation=8", "accumulates over 12", "accumulate 8 times". */
const ACCUMULATION_OF = /\baccumulat(?:ion|es?|ed|ing)(?:\s(?:steps?|factor))?\s?(?:of\s|over\s|is\s|=\s?|:\s?)?(?<steps>\d{1,4})\b/gi;

/** Matches "16 gradient accumulation steps", "16 accumulation steps"; not "16 steps". */
const ACCUMULATIONS = /\b(?<steps>\d{1,4})\s(?:gradient[\s-])?accumulation\ssteps?\b/gi;

/** Matches "micro batch size of 4", "microbatch of 8"; not "batch size of 256". */
const MICRO = /\bmicro[\s-]?batch(?:[\s-]size)?\s?(?:of\s|is\s|was\s|=\s?|:\s?)?(?<size>\d{1,4})\b/gi;

/**
 * How the sentences of a block tell that a training is split over its accelerators, or its batch over steps; where none tells it whole,
 * how the block does.
 *
 * `text` is that of the block, whose sentences and figures are given; `offset` is where it begins.
 */
export function degreesOfBlock(
  text: string,
  offset: number,
  sentences: readonly Span[],
  mentions: readonly Mention[],
): readonly Statement[] {
  if (!SPLIT.test(text)) return [];
  const told = sentences.flatMap((span) =>
    findDegrees(
      text.slice(span.start - offset, span.end - offset),
      span.start,
      mentions.filter(({ sentence }) => sentence.start === span.start),
    ),
  );
  return told.some(isWhole) || sentences.length < 2 ? told : findDegrees(text, offset, mentions);
}

/** Words that tell of a split, before anything is looked for. */
const SPLIT = /parallel|\b[TPDC]P\b|accumulat|\d[\s-]way\b/i;

/** Whether there is something that the product can be held against. */
function isWhole({ degrees, accelerators, batch, micro, accumulation }: Degrees): boolean {
  const isCounted = accelerators !== null && degrees.length >= 2;
  return isCounted || (batch !== null && micro !== null && accumulation !== null && (accelerators !== null || degrees.length > 0));
}

type Degrees = Extract<Statement, { kind: "degrees" }>;

/** Where a text tells how a training is split: one value of each, or none. */
function findDegrees(text: string, offset: number, mentions: readonly Mention[]): readonly Degrees[] {
  const degrees = PATTERNS.flatMap(({ way, patterns }) => {
    const found = valuesOf(text, patterns, "degree");
    return found.length === 1 && found[0] !== undefined ? [{ way, value: found[0] }] : found.length > 1 ? [{ way, value: Number.NaN }] : [];
  });
  // Two degrees of one kind are of two configurations.
  if (degrees.some(({ value }) => Number.isNaN(value))) return [];
  const [accumulation, ...accumulations] = valuesOf(text, [ACCUMULATION_OF, ACCUMULATIONS], "steps");
  const [micro, ...micros] = valuesOf(text, [MICRO], "size");
  if (accumulations.length > 0 || micros.length > 0) return [];
  const accelerators = onlyOne(mentions, ({ kind, per }) => kind === "accelerators" && per === null);
  const batch = onlyOne(mentions, ({ kind, per, unit, span }) => {
    const before = text.slice(Math.max(0, span.start - offset - 32), span.start - offset);
    return kind === "batch" && per === null && unit !== "token" && !/micro|per[\s-](?:gpu|device)/i.test(before);
  });
  if (degrees.length === 0 && (accumulation === undefined || micro === undefined)) return [];
  return [
    {
      kind: "degrees",
      span: { start: offset, end: offset + text.length },
      degrees,
      folded: [],
      accumulation: accumulation ?? null,
      micro: micro ?? null,
      accelerators: accelerators?.id ?? null,
      batch: batch?.id ?? null,
    },
  ];
}

/** Matches headers such as "TP", "Tensor MP size", "# pipeline-parallel ranks"; not "Model", "Data size", "TPU". */
const headed = (short: string, word: string): RegExp =>
  new RegExp(`^\\W*(?:${short}|(?:${word})[\\s-](?:model[\\s-])?(?:MP|parallel(?:ism)?))(?:[\\s-](?:size|degree|rank)s?)?\\W*$`, "i");

const COLUMNS = [
  { way: "tensor", header: headed("[TM]P", "tensor|model") },
  { way: "pipeline", header: headed("PP", "pipeline") },
  { way: "data", header: headed("(?:FS|HS)?DP", "data") },
  { way: "context", header: headed("CP", "context") },
  { way: "expert", header: headed("EP", "experts?") },
  { way: "sequence", header: headed("SP", "sequence") },
] as const;

type Way = (typeof COLUMNS)[number]["way"];

/** The degrees that each row of a table tells in columns of their own, with the one count of accelerators of the row. */
export function findRowDegrees(table: Table, index: number, text: string, mentions: readonly Mention[]): readonly Statement[] {
  const print = ({ span }: Cell): string => text.slice(span.start, span.end).trim();
  const columns = table.cells.flatMap((cell) => {
    const found = cell.header && cell.columnSpan === 1 ? COLUMNS.find(({ header }) => header.test(print(cell))) : undefined;
    return found === undefined ? [] : [{ way: found.way, column: cell.column }];
  });
  const ways = new Set(columns.map(({ way }) => way));
  if (!ways.has("data") || ways.size < columns.length) return [];
  const byRow = Map.groupBy(
    mentions.filter(({ cell }) => cell?.table === index),
    ({ cell }) => cell?.row ?? -1,
  );
  return [...byRow].flatMap(([row, inside]): readonly Statement[] => {
    const accelerators = onlyOne(inside, ({ kind, per }) => kind === "accelerators" && per === null);
    const told = columns.map(({ way, column }) => {
      const cell = cellAt(table, row, column);
      return { way, value: cell === undefined ? 0 : degreeIn(print(cell)) };
    });
    const degrees = told.flatMap(({ way, value }) => (isFolded(way) ? [] : [{ way, value }]));
    // A tick under "SP" tells that sequences are split, not how often.
    const folded = told.flatMap(({ way, value }) => (isFolded(way) && value > 0 ? [value] : []));
    if (accelerators === null || degrees.some(({ value }) => value === 0)) return [];
    const span = accelerators.sentence;
    return [{ kind: "degrees", span, degrees, folded, accumulation: null, micro: null, accelerators: accelerators.id, batch: null }];
  });
}

function isFolded(way: Way): way is "expert" | "sequence" {
  return way === "expert" || way === "sequence";
}

/** The degree that a cell prints; 0 for a dash, "auto" or a range. */
function degreeIn(cell: string): number {
  return /^\d{1,5}$/.test(cell) ? Number(cell) : 0;
}

function valuesOf(text: string, patterns: readonly RegExp[], group: string): readonly number[] {
  const found = patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(({ groups }) => Number(groups?.[group] ?? 0)));
  return [...new Set(found.filter((value) => value > 0))];
}

function onlyOne(mentions: readonly Mention[], fits: (mention: Mention) => boolean): Mention | null {
  const found = mentions.filter(fits);
  return found.length === 1 ? (found[0] ?? null) : null;
}
