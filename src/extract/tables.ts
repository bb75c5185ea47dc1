import type { Table } from "../model/document.ts";
import type { HardwareMatch } from "../model/hardware-finder.ts";
import { type MentionKind, UNTOLD_UNIT } from "../model/mention.ts";
import { cellAt, headersOf } from "../model/table-cells.ts";
import { type Draft, simpleDraft } from "./draft.ts";
import { hardwareAt, nameOf } from "./hardware-phrases.ts";
import { BINARY_MILLION, type HeaderMeaning, meaningOf } from "./header-meaning.ts";
import { findNumbers } from "./numbers.ts";
import { energyUnit, timeUnit, unitAfter } from "./units-grammar.ts";

/** A batch of so many is counted in tokens. */
const LEAST_TOKEN_BATCH = 500_000;

/** No device does this many times what its maker says. */
const MOST_SHARE = 1.5;

/** A figure with its unit: "(0.5 epochs)", "32k tokens", "8 GPUs"; not "GPU hours on 300B tokens". */
const SETTING = /^\W{0,2}\d[\d.,]*\s?[kKMBT]?\s?(?:epochs?|tokens?|steps?|gpus?|hours?|days?)(?:\W{0,2}$|\s\d)/i;

/** A cell that is a number with marks around it: "61.2", "$1,890", "3,456†", "12.4*", "$20M+". */
const NUMERIC_CELL =
  /^[~≈<>]?\s?(?:US|A|C)?[$€£]?\s?[\d.,]+(?:\s?[kKMBT])?(?:\s?±\s?[\d.]+)?(?:\s?[x×·*]\s?10[\^⁰¹²³⁴-⁹{}\d-]+)?(?:[eE][+-]?\d+)?(?:\s?(?:–|-)\s?[$€£]?[\d.,]+\s?[kKMB]?)?\s?\+?\s?(?:[a-zA-Zα-ω%†‡*§°/]{0,12})?$/u;

/** Cells of a table whose meaning its headers give; cells of prose are left to the prose grammar. Positions count from the start of `text`. */
export function draftTable(
  table: Table,
  text: string,
  caption: string,
): readonly { readonly draft: Draft; readonly row: number; readonly column: number }[] {
  const drafts: { draft: Draft; row: number; column: number }[] = [];
  const columns = Array.from({ length: table.columnCount }, (_, column) => columnMeaning(table, text, column, caption));
  const rows = Array.from({ length: table.rowCount }, (_, row) => {
    const label = rowLabel(table, text, row);
    // "(0.5 epochs)", "32k tokens": the label is a setting itself, and heads results.
    return SETTING.test(label) ? null : meaningOf(label, caption);
  });
  const isTransposed = listsQuantities(table, columns, rows);
  const meanings = withLikelyMass(isTransposed ? rows : columns);
  for (const cell of table.cells) {
    if (cell.header || (isTransposed && cell.column === 0)) continue;
    const content = withGroups(text.slice(cell.span.start, cell.span.end));
    const meaning = meanings[isTransposed ? cell.row : cell.column] ?? moneyUnder(table, text, cell.column, content);
    if (meaning === null) continue;
    const sizes = meaning.kind === "parameters" ? sizesIn(content, cell.span.start) : [];
    drafts.push(...sizes.map((draft) => ({ row: cell.row, column: cell.column, draft })));
    if (sizes.length > 0 || !NUMERIC_CELL.test(withoutHardware(content).replace(PER_DEVICE, "").trim())) continue;
    const token = findNumbers(content)[0];
    if (token === undefined || token.number.value < (meaning.least ?? 0)) continue;
    // "18x" is how many times another figure, whatever the figure is of.
    if (meaning.kind !== "ratio" && /\d\s?[x×]$/.test(content.trim())) continue;
    // A unit printed in the cell outweighs its header: "356 MWh" under "power consumption" is energy.
    const printed = token.currency === null ? unitAfter(content, token.end) : null;
    const headed = printed === null ? unitInCell(content.slice(token.end), meaning) : printed.unit;
    // A share above one is told in hundredths, whether its header says so or not.
    const own = meaning.kind === "mfu" && headed === "1" && token.number.value > MOST_SHARE ? "percent" : headed;
    const isTokenBatch =
      meaning.kind === "batch" &&
      (printed?.kind === "tokens" || token.number.value >= LEAST_TOKEN_BATCH || meaning.factor === BINARY_MILLION);
    const kind = token.currency !== null && meaning.kind !== "price" ? "cost" : isTokenBatch ? "batch" : (printed?.kind ?? meaning.kind);
    const isMoney = kind === "cost";
    drafts.push({
      row: cell.row,
      column: cell.column,
      draft: {
        kind,
        start: cell.span.start,
        end: cell.span.end,
        number: shift(token.number, cell.span.start),
        unit: isTokenBatch ? "token" : isMoney ? (token.currency ?? meaning.unit) : own,
        value: token.number.value * (printed?.factor ?? meaning.factor),
        hardware: null,
        noun:
          meaning.kind === "accelerators"
            ? meaning.unit === "chip"
              ? "chip"
              : "bare"
            : meaning.kind === "accelerator-hours"
              ? meaning.unit.startsWith("core")
                ? "core"
                : "gpu"
              : null,
        per: meaning.per ?? (kind === "batch" && PER_DEVICE.test(content.trim()) ? "accelerator" : null),
        confidence: 0.9,
        rule: "table cell",
        qualifiers: printed === null ? meaning.qualifiers : meaning.qualifiers.filter((word) => word !== UNTOLD_UNIT),
      },
    });
  }
  return drafts;
}

/** Emissions of which no unit is told are likelier kilograms beside kilowatt-hours. */
function withLikelyMass(meanings: readonly (HeaderMeaning | null)[]): readonly (HeaderMeaning | null)[] {
  const isSmall = meanings.some((meaning) => meaning?.kind === "energy" && meaning.unit === "kWh");
  return meanings.map((meaning) => (isSmall && meaning?.qualifiers.includes(UNTOLD_UNIT) ? { ...meaning, unit: "kg" } : meaning));
}

/**
 * Whether the rows of a table are quantities and its columns are what has them: where nothing but the first column is headed as a
 * quantity, or where more rows than columns are.
 */
function listsQuantities(table: Table, columns: readonly (HeaderMeaning | null)[], rows: readonly (HeaderMeaning | null)[]): boolean {
  const labelled = rows.filter((meaning) => meaning !== null).length;
  const headed = columns.filter((meaning, column) => meaning !== null && column > 0).length;
  return headed === 0 ? labelled > 0 : labelled >= 3 && labelled * 2 > table.rowCount - 1 && headed * 2 < table.columnCount - 1;
}

/** Matches "1B (1.23B)", "17B (Activated) 109B (Total)", "671B total"; not "7B", "1.3B (ours)". */
const SEVERAL_SIZES = /^\s*~?\d[\d.,]*\s?[MBT]\b(?:\s?\(?(?:\w+\)?\s+)?~?\(?\d[\d.,]*\s?[MBT]\b|\s\(?(?:total|activated|active)\b).*$/is;

/** The sizes of a cell that tells one in two ways, or those of two parts of a model. */
function sizesIn(content: string, offset: number): readonly Draft[] {
  if (!SEVERAL_SIZES.test(content)) return [];
  return findNumbers(content)
    .filter((token) => token.number.value >= LEAST_SIZE)
    .map((token) => {
      const draft = simpleDraft(token, "parameters", "parameter", token.end, 0.8, "sizes in a cell");
      return { ...draft, start: draft.start + offset, end: draft.end + offset, number: shift(draft.number, offset) };
    });
}

/** A model of fewer parameters goes by no size. */
const LEAST_SIZE = 1e6;

/** "2.7M H800" beside "GPU hours" without the product. */
function withoutHardware(content: string): string {
  return content.replace(/(?<=[\d.][kKMBT]?\+?)\s(?:NVIDIA\s)?(?:[A-Z]{1,3}\d{2,4}\w{0,3}|TPU\s?v\d\w?)(?:\s?s)?$/, "");
}

/** Spaces that group the thousands of a number that is the whole cell: "508 976". Shape: same length. */
function withGroups(content: string): string {
  return /^\s*\d{1,3}(?: \d{3})+\s*$/.test(content) ? content.replace(/(?<=\d) (?=\d)/g, ",") : content;
}

/** "16 per GPU", "8/device" in the row of a batch size. */
const PER_DEVICE = /\s?(?:\/|per)\s?(?:gpu|tpu|device|chip|core|card|accelerator)$/i;

/** Sums of money under a header that says no more than "Total". */
function moneyUnder(table: Table, text: string, column: number, content: string): HeaderMeaning | null {
  if (!/^\s?[$€£]\s?\d/.test(content) || column === 0) return null;
  const header = headersOver(table, column).map((cell) => text.slice(cell.span.start, cell.span.end));
  const isTotal = /^\s*(?:(?:grand )?total|sum|bill|amount|price paid)\s*$/i.test(header.at(-1) ?? "");
  return isTotal ? { kind: "cost", unit: "USD", factor: 1, per: null, qualifiers: [], least: null } : null;
}

/** The unit a cell prints beside its number ("36 MWh"), else its header's. */
function unitInCell(after: string, meaning: HeaderMeaning): string {
  const energy = /^\s?(?<unit>[kMG]?Wh)\b/.exec(after);
  if (energy !== null && meaning.kind === "energy") return energyUnit(energy.groups?.["unit"] ?? "kWh");
  const time = /^\s?(?<unit>hours?|hrs?|h|days?|d|mins?|minutes?|s|sec|weeks?)\b/.exec(after);
  if (time !== null && meaning.kind === "wall-time") return timeUnit(time.groups?.["unit"] ?? "h");
  return meaning.unit;
}

/** What the first column may count; anything else there names its row. */
const LEADING: ReadonlySet<MentionKind> = new Set(["accelerators", "nodes", "parameters"]);

/** A header that stands over several columns says less of each than the one under it; the first column has a meaning only if it is headed as a count. */
function columnMeaning(table: Table, text: string, column: number, caption: string): HeaderMeaning | null {
  const headers = headersOver(table, column);
  const words = headers.map((cell) => text.slice(cell.span.start, cell.span.end));
  const isApart = headers.some((cell) => cell.columnSpan > 1) || (words.length > 1 && /\([^)]*\)\s*$/.test(words.at(-1) ?? ""));
  const own = isApart ? meaningOf((words.at(-1) ?? "").trim(), caption) : null;
  const meaning = own ?? meaningOf(words.join(" ").trim(), caption);
  return column > 0 || (meaning !== null && LEADING.has(meaning.kind)) ? meaning : null;
}

function headersOver(table: Table, column: number): Table["cells"] {
  return headersOf(table).filter((cell) => cell.column <= column && column < cell.column + cell.columnSpan);
}

/** The first cell of a row; empty where there is none. */
export function rowLabel(table: Table, text: string, row: number): string {
  const cell = cellAt(table, row, 0);
  return cell === undefined ? "" : text.slice(cell.span.start, cell.span.end).trim();
}

/** The hardware each row speaks of, by the matches inside it; blank cells inherit from above. */
export function rowHardware(table: Table, text: string, matches: readonly HardwareMatch[]): ReadonlyMap<number, Draft["hardware"]> {
  const byRow = new Map<number, Draft["hardware"]>();
  for (const cell of table.cells) {
    if (cell.header) continue;
    const match = matches.find((candidate) => candidate.span.start >= cell.span.start && candidate.span.end <= cell.span.end);
    if (match !== undefined && !byRow.has(cell.row) && hardwareAt(text, match.span.start, matches) !== null)
      byRow.set(cell.row, nameOf(match));
  }
  return byRow;
}

function shift(number: Draft["number"], offset: number): Draft["number"] {
  return { ...number, span: { start: number.span.start + offset, end: number.span.end + offset } };
}
