import type { BlockKind } from "../model/document.ts";
import type { Span } from "../model/span.ts";
import { barredGrids } from "./barred-grid.ts";
import type { DocumentDraft } from "./document-draft.ts";
import { separatedGrids } from "./separated-grid.ts";
import { spacedGrids } from "./spaced-grid.ts";
import { type Line, runsOf, type TextGrid } from "./text-grid.ts";

/** The tables among lines of plain text, in order; `strict` where the lines may be code. */
export function gridsAmong(lines: readonly Line[], strict: boolean): readonly TextGrid[] {
  const finders = [barredGrids, separatedGrids, spacedGrids];
  let found: readonly TextGrid[] = [];
  for (const finder of finders) {
    const more = gapsBetween(found, lines.length)
      .flatMap((gap) => withoutProgress(lines, gap))
      .flatMap(([from, to]) =>
        to - from < 2 ? [] : finder(lines.slice(from, to), strict).map((grid) => ({ ...grid, from: grid.from + from, to: grid.to + from })),
      );
    found = [...found, ...more].sort((left, right) => left.from - right.from);
  }
  return found;
}

/** The filled part of a bar of progress: such a line is no row, however its marks stand. */
const BLOCK_SIGN = /[\u2580-\u259f]/;

function withoutProgress(lines: readonly Line[], [from, to]: readonly [number, number]): readonly (readonly [number, number])[] {
  const isRow = (index: number): boolean => !BLOCK_SIGN.test(lines[from + index]?.text ?? "");
  return runsOf(to - from, isRow).map(([start, end]) => [from + start, from + end] as const);
}

/** What lies before, between and after tables, as [from, to); one more than there are tables. */
export function gapsBetween(grids: readonly TextGrid[], count: number): readonly (readonly [number, number])[] {
  return [...grids, null].map((grid, index) => [grids[index - 1]?.to ?? 0, grid?.from ?? count] as const);
}

/** Writes a table that was found among lines; `clean` makes the text of a cell readable. */
export function writeGrid(
  draft: DocumentDraft,
  grid: TextGrid,
  caption: Span | null,
  clean: (text: string) => string,
  isNumbered = true,
): void {
  const table = draft.openTable();
  grid.rows.forEach((row, index) => {
    for (const { text, column, columnSpan } of row.cells) {
      const place = { row: index, column, rowSpan: 1, columnSpan, header: index < grid.headRows };
      draft.cell(table, place, () => void draft.write(clean(text), isNumbered ? row.line.number : null));
    }
  });
  draft.closeTable(table, caption);
}

/** A line that a shell reads: "$ squeue", "> run"; not "$2 an hour". */
const PROMPT = /^\s*[$>%]\s/;

/**
 * Writes a block of code or of a program's output: tables in it as tables, the line right above one as its caption, the rest as it stands.
 *
 * `kind` is what the block is where it holds no table.
 */
export function writeOutput(draft: DocumentDraft, code: string, firstLine: number | null, kind: BlockKind): void {
  const lines = code.split("\n").map((text, index): Line => ({ text, number: (firstLine ?? 1) + index }));
  const grids = kind === "code" ? gridsAmong(lines, true) : [];
  const isNumbered = firstLine !== null;
  gapsBetween(grids, lines.length).forEach(([from, to], index) => {
    const grid = grids[index];
    const title = grid === undefined ? undefined : lines[to - 1];
    const isTitled = to > from && title !== undefined && isTitle(title.text) && (to - from === 1 || lines[to - 2]?.text.trim() === "");
    writeLines(draft, lines.slice(from, isTitled ? to - 1 : to), kind, isNumbered);
    if (grid === undefined) return;
    const caption = isTitled ? writeTitle(draft, title.text, isNumbered ? title.number : null) : null;
    writeGrid(draft, grid, caption, (text) => text, isNumbered);
  });
}

/** Writes the line right above a table as its caption. */
export function writeTitle(draft: DocumentDraft, text: string, line: number | null): Span | null {
  draft.open("caption", null);
  draft.write(text, line);
  return draft.close()?.span ?? null;
}

function isTitle(text: string): boolean {
  return text.trim() !== "" && !PROMPT.test(text);
}

/** Writes lines as they stand, without blank ones around them. */
function writeLines(draft: DocumentDraft, lines: readonly Line[], kind: BlockKind, isNumbered: boolean): void {
  const first = lines.findIndex((line) => line.text.trim() !== "");
  if (first < 0) return;
  const text = lines.slice(first).map((line) => line.text);
  draft.open(kind, null);
  draft.writeVerbatim(text.join("\n").trimEnd(), isNumbered ? (lines[first]?.number ?? null) : null);
  draft.close();
}
