import { startsWithFigure } from "./figure-start.ts";
import { type GridText, headRowCount } from "./header-rows.ts";
import { filledRow, type Line, runsOf, type TextGrid } from "./text-grid.ts";

/** Heads of columns are short. */
const LONGEST_HEAD = 48;

/** A head of so many keys needs but one line under it. */
const LEAST_OF_RECORD = 4;
/** A name as programs write it: "duration_s", "gpu-hours"; not "12", "two words". */
const KEY = /^\p{L}[\p{L}\p{N}_.\-/]*$/u;

/**
 * The tables among the lines whose cells one sign sets apart: a tab, a comma, a semicolon.
 *
 * A tab is enough where all lines have as many; commas and semicolons, which prose has too, need a head of short words over figures.
 */
export function separatedGrids(lines: readonly Line[], strict: boolean): readonly TextGrid[] {
  for (const separator of ["\t", ",", ";"]) {
    const split = lines.map((line) => (line.text.includes(separator) ? fieldsOf(line.text, separator) : []));
    const counts = split.map((fields) => fields.length);
    const runs = runsOf(lines.length, (index) => (counts[index] ?? 0) >= 2).flatMap((run) =>
      separator === "\t" ? [run] : evenRuns(run, counts),
    );
    const grids = runs.flatMap(([from, to]) => {
      const isInside = lines.slice(from, to).every((line) => line.text.trim().includes("\t"));
      const isLoose = separator === "\t" && !strict && to - from === lines.length && isInside;
      return gridOf(lines.slice(from, to), split.slice(from, to), from, separator, isLoose) ?? [];
    });
    if (grids.length > 0) return grids;
  }
  return [];
}

/** A run cut where the number of fields changes: a line of prose above a table has commas, too. */
function evenRuns([from, to]: readonly [number, number], counts: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let index = from; index < to; index += 1) {
    const last = runs.at(-1);
    if (last !== undefined && counts[index] === counts[last[0]]) last[1] = index + 1;
    else runs.push([index, index + 1]);
  }
  return runs;
}

function gridOf(
  lines: readonly Line[],
  split: readonly (readonly string[])[],
  from: number,
  separator: string,
  isLoose: boolean,
): TextGrid | null {
  const width = split[0]?.length ?? 0;
  // A row may end before its last cells where those are blank; commas are too common for that.
  const isOdd = (fields: readonly string[]): boolean => (separator === "\t" ? fields.length > width : fields.length !== width);
  const head = split[0] ?? [];
  const isRecord = head.length >= LEAST_OF_RECORD && head.every((text) => KEY.test(text));
  if (lines.length < (isLoose || isRecord ? 2 : 3) || split.some(isOdd)) return null;
  if (!isLoose && head.some((text) => text.length > LONGEST_HEAD || startsWithFigure(text))) return null;
  const rows = lines.map((line, index) => ({
    line,
    cells: filledRow(
      (split[index] ?? []).map((text, column): GridText => ({ text, column, columnSpan: 1 })),
      width,
    ),
  }));
  const cells = rows.map((row) => row.cells);
  const computed = headRowCount(cells, 0);
  const headRows = isLoose ? Math.max(1, computed) : computed;
  const body = split.slice(headRows);
  const figured = body.filter((fields) => fields.slice(1).some((text) => startsWithFigure(text)));
  // Where things stand side by side, some rows are of words: "license,mit,custom".
  const hasFigures = figured.length >= (isRecord ? 1 : 2) && figured.length * 2 > body.length;
  return isLoose || (headRows > 0 && hasFigures) ? { from, to: from + lines.length, rows, headRows } : null;
}

/** Fields of a line; a quoted one may hold the separator, and doubles its quotes. */
function fieldsOf(line: string, separator: string): readonly string[] {
  if (separator === "\t" || !line.includes('"')) {
    return line
      .trimEnd()
      .split(separator)
      .map((part) => part.trim());
  }
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (const character of line.trimEnd()) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      fields.push(field.trim());
      field = "";
    } else field += character;
  }
  return [...fields, field.trim()];
}
