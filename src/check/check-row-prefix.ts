import type { Document, Table } from "../model/document.ts";
import type { Finding } from "../model/finding.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Run } from "../model/run.ts";
import { cellAt } from "../model/table-cells.ts";
import { areAtOnePace, compareStretches, type Stretch } from "./check-prefix.ts";
import { type TableLine, tableLines } from "./table-lines.ts";
import { faceOf } from "./working.ts";

/** What a training is measured by. */
const PROGRESS: readonly string[] = ["steps", "epochs", "tokens", "samples"];

/** What its time is told in. */
const TIMES: readonly string[] = ["wall_time", "accelerator_hours"];

/** Set-up and compilation take their share of a shorter time. Units: hours. */
const LEAST_HOURS = 1;

/** Lines that keep one pace beside the one that they are measured by, before one that does not is more than a note. */
const LEAST_AGREEING = 2;

/** Matches headers of what a training leads to: "Val. loss", "GLUE", "Top-1 acc.", "Cost ($)"; not "Resolution", "Optimizer". */
const RESULT =
  /\b(?:loss|ppl|perplexity|acc(?:uracy)?|scores?|glue|squad|mnli|bleu|rouge|f1|fid|m?ap|m?iou|em|wer|cer|elo|avg|average|top-?[15]|eval\w*|val(?:idation)?|test|dev|results?|costs?|price|energy|k?wh|carbon|co2\w*|emissions?|flops?|days?|hours?|time)\b|[$€£]/iu;

/** Matches what sets the pace whatever it is called: "Avg. length", "Test batch"; not "Val. loss". */
const PACE = /\b(?:batch|length|len|resolution|size|rate)\b/i;

/** A line of a table with a progress and the time it took. */
interface Row extends Stretch {
  readonly line: TableLine;
  /** What the line is of: its label without the progress, and all that sets its pace. */
  readonly setting: string;
}

/**
 * Checks the times of lines of a table that differ in nothing but how far they trained: at one pace, half of the steps takes half of
 * the time.
 *
 * Only where the lines name the same hardware, and agree in every cell that is no result. What they share but do not tell may change
 * the pace, so that it is a note, and a warning where at least two others keep the pace.
 */
export function checkRowPrefix(document: Document, quantities: readonly Quantity[], runs: readonly Run[]): readonly Finding[] {
  return tableLines(document, quantities).flatMap(({ table: index, isTransposed, lines }) => {
    const table = document.tables[index];
    if (table === undefined) return [];
    const settings = settingsOf(document, table, isTransposed);
    const rows = lines.flatMap((line) => rowOf(line, settings(line)));
    const groups = Map.groupBy(rows, ({ setting, steps, time }) => [setting, steps.readings[0].slot, time.readings[0].slot].join("\n"));
    return [...groups.values()].flatMap((group) => judge(group, runs));
  });
}

function rowOf(line: TableLine, cells: string): readonly Row[] {
  const told = line.quantities.filter(({ mention }) => mention.role === "own" && mention.per === null && mention.number.range === null);
  const progress = told.filter(({ readings }) => PROGRESS.includes(readings[0].slot));
  const times = told.filter(({ readings }) => TIMES.includes(readings[0].slot));
  const counts = told.filter(({ readings }) => readings[0].slot === "accelerators");
  const [steps, time, count] = [progress[0], times[0], counts[0]];
  if (steps === undefined || time === undefined || count === undefined || line.isTotal) return [];
  if (progress.length > 1 || times.length > 1 || counts.length > 1 || faceOf(time) < LEAST_HOURS) return [];
  const hardware = `${faceOf(count)} ${count.readings[0].hardware}`;
  return [{ line, steps, time, setting: `${hardware}\n${cells}` }];
}

/** "Wren-Small (200k steps)" without the progress; "Wren-Small". */
function withoutProgress(label: string): string {
  return label
    .toLowerCase()
    .replace(/[(,]?\s*[\d.,]+\s?[kmbt]?\s?(?:%|steps?|iterations?|updates|epochs?|tokens|samples)(?:\strained)?\)?/g, "")
    .trim();
}

/** The cells of a line that are no results, as one text; a blank label is that of the line above. */
function settingsOf(document: Document, table: Table, isTransposed: boolean): (line: TableLine) => string {
  const textAt = (line: number, place: number): string => {
    const cell = isTransposed ? cellAt(table, place, line) : cellAt(table, line, place);
    return cell === undefined ? "" : document.text.slice(cell.span.start, cell.span.end).trim();
  };
  const places = Array.from({ length: isTransposed ? table.rowCount : table.columnCount }, (_, place) => place).slice(1);
  const labelAbove = (line: number): string => (line < 0 ? "" : textAt(line, 0) || labelAbove(line - 1));
  return ({ index, quantities }) => {
    const measured = new Set(
      quantities
        .filter(({ readings }) => [...PROGRESS, ...TIMES].includes(readings[0].slot))
        .map(({ mention }) => (isTransposed ? mention.cell?.row : mention.cell?.column)),
    );
    const isResult = (place: number): boolean => RESULT.test(textAt(0, place)) && !PACE.test(textAt(0, place));
    const settings = places.filter((place) => !measured.has(place) && !isResult(place));
    return [withoutProgress(labelAbove(index)), ...settings.map((place) => textAt(index, place))].join("\t");
  };
}

/** Lines at the pace that most of them keep, the one that trained furthest first, and those that do not. */
function judge(group: readonly Row[], runs: readonly Run[]): readonly Finding[] {
  const rows = [...group].sort((left, right) => faceOf(right.steps) - faceOf(left.steps));
  const agreeing = (base: Row): readonly Row[] => rows.filter((row) => row !== base && areAtOnePace(base, row));
  const base = rows.reduce<Row | undefined>(
    (best, row) => (best === undefined || agreeing(row).length > agreeing(best).length ? row : best),
    undefined,
  );
  if (base === undefined || new Set(rows.map(({ steps }) => faceOf(steps))).size < rows.length) return [];
  const others = rows.filter((row) => row !== base);
  const kept = agreeing(base).length;
  const broken = others.length - kept;
  // Where most lines have a pace of their own, something else sets it.
  if (others.length > 1 && broken > kept) return [];
  const most = kept >= LEAST_AGREEING && kept > broken ? "warning" : "note";
  return others.map((row) => compareStretches(base, row, runs, most));
}
