/** The cells of a table, each read by its own words and by the header over it or the label of its row. */

import type { CellContext, TableContext } from "../language/cell-context.ts";
import { findCues } from "../language/cues.ts";
import { FOREIGN, hasForeign, type LabelMeaning, labelMeaning, namesOf, scaleOfLabel } from "../language/label-meaning.ts";
import { isDigit } from "../language/lexicon-index.ts";
import type { Label } from "../language/table-frame.ts";
import { tokensOf } from "../language/tokenize.ts";
import { hasRole, isMark, type Token } from "../language/tokens.ts";
import { type UnitReader, unitAt, unitReader } from "../language/unit-phrase.ts";
import type { Catalog, CueKind } from "../model/catalog.ts";
import type { Cell } from "../model/document.ts";
import type { HardwareName } from "../model/mention.ts";
import { type Figure, nameOf } from "./figure.ts";
import { figuresIn } from "./figures.ts";

export interface CellText {
  readonly cell: Cell;
  /** Folded. */
  readonly text: string;
  readonly reader: UnitReader;
  readonly figures: readonly Figure[];
  /** A product that only the header or the label names. */
  readonly hardware: HardwareName | null;
  /** The kinds that headers and labels name. */
  readonly labels: readonly string[];
  /** What they say of its numbers. */
  readonly label: LabelMeaning | null;
  /** The words of the labels that say what is counted. */
  readonly header: string;
  /** What the header multiplies its numbers with, where it says no more of them. */
  readonly scale: number;
  /** It heads a column or names a row. */
  readonly isLabel: boolean;
  /** Labels call it a comparison; a percentage of another cell is a score. */
  readonly isCompared: boolean;
}

/** What a table is read with. */
export interface TableSource {
  readonly catalog: Catalog;
  readonly languages: readonly string[];
  /** Masses are emissions here. */
  readonly isOfCarbon: boolean;
}

const RATIO = "ratio";

/** What labels say of cells that compare. */
const COMPARING: ReadonlySet<CueKind> = new Set(["cell-compared", "goes-up", "goes-down", "is-share"]);

/** What a header may state itself ("days on 8 x A100", "MFU at 312 TFLOP/s"). */
const IN_HEADERS: ReadonlySet<string> = new Set(["accelerators", "nodes", "price", "power", "flop-rate", "carbon-intensity"]);

/** Every cell with its figures. Shape: `text` is that of the whole document, folded. */
export function cellTexts({ catalog, languages, isOfCarbon }: TableSource, context: TableContext, text: string): readonly CellText[] {
  // A label is read for every cell that it stands over or before.
  const [printed, readers] = [new Map<Cell, string>(), new Map<Cell, UnitReader>()];
  const words = (cell: Cell): string => {
    const known = printed.get(cell) ?? grouped(text.slice(cell.span.start, cell.span.end));
    printed.set(cell, known);
    return known;
  };
  const reader = (cell: Cell): UnitReader => {
    const known = readers.get(cell) ?? unitReader(catalog, tokensOf(catalog, words(cell), languages));
    readers.set(cell, known);
    return known;
  };
  const led = leadMeaning(catalog, context, text, languages);
  const told = toldUnits(catalog, context, text, languages);
  const meanings = labelReader(
    { catalog, languages, isOfCarbon },
    words,
    told.length > 0 ? 1 : scaleOfCaption(catalog, context, text),
    told,
  );
  const byRow = isByRow(context, meanings);
  const isOfMachines = (labels: readonly Label[]): boolean => MACHINES.has(meanings(labels)?.kind.kind ?? "");
  const countsMachines = (): boolean =>
    context.cells.some(
      ({ cell, above, left }) => isOfMachines(above) || isOfMachines(left) || reader(cell).tokens.some(({ kind }) => kind === "product"),
    );
  // A line or column that is headed by it leaves nothing to the others.
  const isHeaded = context.cells.some(({ above, left }) =>
    [above, left].some((labels) => led !== null && meanings(labels)?.kind === led.kind),
  );
  const ledCells = isHeaded ? null : led;
  // What times are of that no column tells of.
  const ledHours = led === null || countsMachines() ? null : led;
  const comparing = new Map<string, boolean>();
  const isComparing = (told: string): boolean => {
    const known = comparing.get(told) ?? comparesIn(catalog, told, languages);
    comparing.set(told, known);
    return known;
  };
  const isOfRatios = context.caption !== null && isComparing(text.slice(context.caption.start, context.caption.end));
  const heads = context.table.cells.filter((cell) => context.headRows.has(cell.row) && words(cell).trim() !== "");
  return [
    ...heads.map((cell) => headText(cell, words(cell), reader(cell), isOfCarbon)),
    ...context.cells.flatMap((at): readonly CellText[] => {
      const { cell } = at;
      if (words(cell).trim() === "") return [];
      const own = reader(cell);
      const isLabel = cell.column < context.labelColumns && (byRow || meanings(at.above) === null);
      const labelled = isLabel
        ? null
        : ((byRow ? meanings(at.left) : meanings(at.above)) ?? (byRow ? meanings(at.above) : meanings(at.left)));
      const label = isLabel ? null : labelled === null ? ledCells : hoursAsLed(labelled, ledHours);
      const figures = figuresIn(own, {
        label: startsWithNumber(own) ? label : null,
        isOfCarbon: isOfCarbon || label?.kind.kind === "carbon",
      });
      const isProductColumn = (byRow ? at.left : at.above).some((entry) => entry.cell !== cell && isOnlyProduct(reader(entry.cell).tokens));
      const labels = [...at.left, ...at.above]
        .filter((entry) => entry.cell !== cell)
        .flatMap(({ cell: label }) => {
          const { tokens } = reader(label);
          return [...namesOf(tokens), ...(hasForeign(tokens) ? [FOREIGN] : [])];
        });
      const hardware = label?.product == null ? null : nameOf(label.product);
      return [
        {
          cell,
          text: words(cell),
          reader: own,
          figures,
          hardware,
          label,
          scale: label === null ? scaleOfHeader((byRow ? at.left : at.above).map((entry) => reader(entry.cell).tokens)) : 1,
          header: (byRow ? at.left : at.above).map((entry) => words(entry.cell)).join(" "),
          labels: [...(label === null ? [] : [label.kind.kind]), ...labels, ...(isProductColumn ? ["accelerators"] : [])],
          isLabel,
          isCompared:
            isOfRatios ||
            !figures.some(({ kind }) => kind.kind === RATIO) ||
            [...at.left, ...at.above].some((entry) => isComparing(words(entry.cell))),
        },
      ];
    }),
  ];
}

/** Whether words say that figures under them compare: "share", "vs. one node", "gain". */
function comparesIn(catalog: Catalog, told: string, languages: readonly string[]): boolean {
  if (namesOf(unitReader(catalog, tokensOf(catalog, told, languages)).tokens).includes(RATIO)) return true;
  return findCues(catalog, told)
    .within({ start: 0, end: told.length })
    .some(({ kind }) => COMPARING.has(kind));
}

/** "508 976": a cell that is one number, its thousands grouped by blanks. Shape: as long as before. */
function grouped(text: string): string {
  const [first = "", ...rest] = text.trim().split(" ");
  const isDigits = (part: string): boolean => part !== "" && [...part].every((letter) => isDigit(letter.charCodeAt(0)));
  const isOne = rest.length > 0 && first.length <= 3 && isDigits(first) && rest.every((part) => part.length === 3 && isDigits(part));
  return isOne ? text.replace(text.trim(), [first, ...rest].join(",")) : text;
}

function headText(cell: Cell, text: string, reader: UnitReader, isOfCarbon: boolean): CellText {
  const figures = figuresIn(reader, { label: null, isOfCarbon })
    .map((figure) => rateOf(reader, figure) ?? figure)
    .filter(({ kind }) => IN_HEADERS.has(kind.kind));
  return { cell, text, reader, figures, hardware: null, label: null, labels: [], header: "", scale: 1, isLabel: true, isCompared: false };
}

/** "@ $2.10" over a column: what an hour of each device costs, by which the column was worked out. */
function rateOf({ tokens, algebra }: UnitReader, figure: Figure): Figure | null {
  const isRate = figure.kind.kind === "cost" && isMark(tokens[figure.from - 1], RATE);
  const [price, gpu, hour] = [algebra.kind("price"), algebra.atom("gpu"), algebra.atom("hour")];
  return !isRate || price === null || gpu === null || hour === null ? null : { ...figure, kind: price, below: [gpu, hour] };
}

const RATE = "@";

/** The cost of what stands under a rate: in its money. */
function costAtRate(reader: UnitReader): LabelMeaning | null {
  if (!reader.tokens.some((token) => isMark(token, RATE))) return null;
  const rate = figuresIn(reader, { label: null, isOfCarbon: false }).find(
    ({ kind, from }) => kind.kind === "cost" && isMark(reader.tokens[from - 1], RATE),
  );
  return rate === undefined ? null : { kind: rate.kind, size: 1, above: rate.above, below: [], product: null, isPrinted: true };
}

/** Whether a cell or a value begins with a number, but for signs and words of grammar before it. */
export function startsWithNumber({ tokens }: UnitReader): boolean {
  const first = tokens.findIndex((token) => token.kind === "number");
  const isSmall = (token: (typeof tokens)[number]): boolean =>
    token.kind === "mark" || (token.kind === "word" && token.senses.length > 0 && !hasRole(token, "foreign"));
  return first >= 0 && tokens.slice(0, first).every(isSmall);
}

type Meanings = (labels: readonly Label[]) => LabelMeaning | null;

/** Reads the labels of a cell: the innermost says most; what stands over it helps where it says too little. */
function labelReader(
  { catalog, languages }: TableSource,
  words: (cell: Cell) => string,
  scale: number,
  told: readonly ToldUnit[],
): Meanings {
  const known = new Map<string, LabelMeaning | null>();
  const meaning = (text: string): LabelMeaning | null => {
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    const reader = unitReader(catalog, tokensOf(catalog, text, languages));
    const found = isBareProduct(reader.tokens) ? null : (costAtRate(reader) ?? labelMeaning(reader, 0, reader.tokens.length));
    const scaled = found !== null && found.size === 1 && scale !== 1 && !found.kind.isNamed ? { ...found, size: scale } : found;
    known.set(text, scaled);
    return scaled;
  };
  const startsWithPer = (text: string): boolean => hasRole(tokensOf(catalog, text, languages)[0], "per");
  return (labels) => {
    const texts = labels
      .filter(({ place }) => place !== "filled")
      .map(({ cell }) => words(cell).trim())
      .filter((text) => text !== "");
    const [last, all] = [texts.at(-1) ?? "", texts.join(" ")];
    const whole = texts.length > 1 ? meaning(all) : null;
    const own = meaning(last);
    // "per GPU" under "Throughput (tok/s)" goes on from it.
    if (whole !== null && startsWithPer(last)) return whole;
    const unit =
      own?.isPrinted === true
        ? undefined
        : told.find(({ name }) => contentOf(tokensOf(catalog, last, languages)).some((word) => name.has(word)));
    return (unit === undefined ? null : meaning(`${last} (${unit.unit})`)) ?? own ?? whole;
  };
}

/** A column by its words, and the unit that its numbers are in. */
interface ToldUnit {
  readonly name: ReadonlySet<string>;
  readonly unit: string;
}

/** "Duration in hours; cost in thousand US dollars": the units that the lines around a table tell of one of its columns each. */
function toldUnits(catalog: Catalog, context: TableContext, text: string, languages: readonly string[]): readonly ToldUnit[] {
  const { caption, notes, before, after } = context;
  return [caption, notes, before?.span ?? null, after?.span ?? null].flatMap((span) => {
    if (span === null) return [];
    const line = text.slice(span.start, span.end);
    const { tokens } = unitReader(catalog, tokensOf(catalog, line, languages));
    const isEnd = (token: Token | undefined): boolean =>
      token === undefined || (token.kind === "mark" && ".,;:()".includes(token.text)) || hasRole(token, "and");
    return tokens.flatMap((token, at): readonly ToldUnit[] => {
      if (token.kind !== "word" || token.text !== "in") return [];
      let from = at;
      while (from > 0 && !isEnd(tokens[from - 1])) from -= 1;
      let to = at + 1;
      while (!isEnd(tokens[to]) && !isStop(tokens[to])) to += 1;
      const [first, last] = [tokens[at + 1], tokens[to - 1]];
      const name = new Set(contentOf(tokens.slice(from, at)));
      if (name.size === 0 || to <= at + 1 || first === undefined || last === undefined) return [];
      const unit = line.slice(first.start, last.end);
      const reader = unitReader(catalog, tokensOf(catalog, unit, languages));
      return unitAt(reader, 0, 0) === null && scaleOfLabel(reader.tokens) === 1 ? [] : [{ name, unit }];
    });
  });
}

/** "in hours at $2 an hour": what is told of them, too. */
function isStop(token: Token | undefined): boolean {
  return token?.kind === "number" || hasRole(token, "stops");
}

/** The words of a label by which another line can name it. */
function contentOf(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap((token) => (token.kind === "word" && !hasRole(token, "stops") ? [singular(token.text.toLowerCase())] : []));
}

function singular(word: string): string {
  return word.endsWith("s") ? word.slice(0, -1) : word;
}

/** "GPU hours are in thousands": what the lines around a table say of all of its figures, where neither axis names any. */
function leadMeaning(
  catalog: Catalog,
  { caption, before, after }: TableContext,
  text: string,
  languages: readonly string[],
): LabelMeaning | null {
  for (const span of [caption, before?.span ?? null, after?.span ?? null]) {
    if (span === null) continue;
    const reader = unitReader(catalog, tokensOf(catalog, text.slice(span.start, span.end), languages));
    const found = leadUnit(reader);
    if (found !== null) return found;
  }
  return null;
}

/** "Hours" under "where the H100 hours went": where no machines are counted, times are those that the lines around a table speak of. */
function hoursAsLed(label: LabelMeaning, led: LabelMeaning | null): LabelMeaning {
  const machine = led?.kind.kind === "accelerator-hours" ? led.above.find(({ dimension }) => dimension !== "time") : undefined;
  if (led === null || machine === undefined || label.kind.kind !== "wall-time" || !label.isPrinted) return label;
  return { ...led, size: label.size, above: [machine, ...label.above] };
}

/** Kinds of columns that say themselves of which machines the times are. */
const MACHINES: ReadonlySet<string> = new Set(["accelerators", "nodes", "accelerator-hours"]);

/** The first unit of a sentence that no number counts, if figures of it add up. */
function leadUnit(reader: UnitReader): LabelMeaning | null {
  for (let at = 0; at < reader.tokens.length; at += 1) {
    const unit = unitAt(reader, at, 0);
    if (unit === null) continue;
    const before = reader.tokens[at - 1];
    if (unit.above.length + unit.below.length > 1 && before?.kind !== "number" && !hasRole(before, "per")) {
      const meaning = labelMeaning(reader, at, unit.next);
      if (meaning?.kind.adds === true) return meaning;
    }
    at = unit.next - 1;
  }
  return null;
}

/** A product, or a model that is called like one, says which machine, not what is counted of it. */
function isBareProduct(tokens: readonly Token[]): boolean {
  return tokens.some((token) => token.kind === "product") && !tokens.some((token) => hasRole(token, "units") || hasRole(token, "names"));
}

/** The scale of the innermost header that has one in brackets. */
function scaleOfHeader(labels: readonly (readonly Token[])[]): number {
  const scaled = labels.findLast((tokens) => tokens.some((token) => token.kind === "mark" && token.text === "("));
  return scaled === undefined ? 1 : scaleOfLabel(scaled);
}

/** "MI250" over a column: so many of them, or what was measured on it. */
function isOnlyProduct([first, next]: readonly Token[]): boolean {
  return first?.kind === "product" && (next === undefined || (next.kind === "mark" && next.text === "("));
}

/** "GPU hours in thousands" over the whole table. */
function scaleOfCaption(catalog: Catalog, { caption, before }: TableContext, text: string): number {
  const span = caption ?? before?.span ?? null;
  if (span === null) return 1;
  const { tokens } = unitReader(catalog, tokensOf(catalog, text.slice(span.start, span.end)));
  for (const [at, token] of tokens.entries()) {
    const multiplier = token.kind === "word" ? token.senses.find(({ role }) => role === "multipliers") : undefined;
    const before = tokens[at - 1];
    if (multiplier !== undefined && token.end - token.start > 2 && before?.kind === "word" && before.text === "in")
      return Number(multiplier.value);
  }
  return 1;
}

/** Whether the rows are quantities and the columns what has them. */
function isByRow(context: TableContext, meanings: Meanings): boolean {
  const share = (key: (at: CellContext) => number, labels: (at: CellContext) => readonly Label[]): number => {
    const lines = new Map<number, boolean>();
    for (const at of context.cells) {
      if (at.cell.column < context.labelColumns) continue;
      lines.set(key(at), (lines.get(key(at)) ?? false) || meanings(labels(at)) !== null);
    }
    const known = [...lines.values()].filter((isKnown) => isKnown).length;
    return lines.size === 0 ? 0 : known / lines.size;
  };
  const columns = share(
    (at) => at.cell.column,
    (at) => at.above,
  );
  const rows = share(
    (at) => at.cell.row,
    (at) => at.left.filter(({ place }) => place === "left"),
  );
  return rows > columns;
}
