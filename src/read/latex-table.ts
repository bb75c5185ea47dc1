import type { Cell } from "../model/document.ts";
import { startsWithFigure } from "./figure-start.ts";
import { figureColumns, type GridTexts, headRowCount } from "./header-rows.ts";
import { bareText, type LatexNode, looseArguments } from "./latex-tree.ts";

/** A cell of a tabular with its place in the grid. */
export interface LatexCell {
  readonly nodes: readonly LatexNode[];
  readonly place: Omit<Cell, "span">;
}

/** Rules between rows; the first one after a row ends the head. */
const HEAD_RULES: ReadonlySet<string> = new Set(["midrule", "hline", "Xhline", "specialrule"]);
/** Rules that draw only, and the optional arguments of which stand beside them. */
const OTHER_RULES: ReadonlySet<string> = new Set([
  "toprule",
  "bottomrule",
  "cmidrule",
  "cline",
  "addlinespace",
  "rowcolor",
  "endhead",
  "endfirsthead",
  "endfoot",
  "endlastfoot",
  "noalign",
]);

/**
 * Lays the rows of a tabular out in their grid.
 *
 * Shape: row-major; \multicolumn and \multirow cells are listed once, and the empty cells that authors leave under a \multirow not at all.
 */
export function layTabular(nodes: readonly LatexNode[]): readonly LatexCell[] {
  const rows: LatexNode[][][] = [];
  let row: LatexNode[][] = [[]];
  let headRows = 0;
  const endRow = (): void => {
    if (row.some((cell) => cell.some((node) => node.type !== "whitespace" && node.type !== "parbreak"))) rows.push(row);
    row = [[]];
  };
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined || node.type === "comment") continue;
    if (node.type === "string" && node.content === "&") row.push([]);
    else if (node.type === "macro" && (node.content === "\\" || node.content === "tabularnewline")) endRow();
    else if (node.type === "macro" && HEAD_RULES.has(node.content)) {
      if (headRows === 0) headRows = rows.length;
    } else if (node.type === "macro" && OTHER_RULES.has(node.content)) index += looseArguments(nodes, index).length;
    else row.at(-1)?.push(node);
  }
  endRow();
  const isRuled = headRows > 0 && headRows < rows.length && !(headRows > 1 && opensWithFigures(rows));
  return place(rows, isRuled ? headRows : unruledHead(rows));
}

/** A rule before the total parts no head from the rows above it. */
function opensWithFigures(rows: readonly (readonly (readonly LatexNode[])[])[]): boolean {
  const texts = rows.map(textsOf);
  const figures = figureColumns(texts);
  const over = (texts[0] ?? []).filter(({ column, text }) => figures.has(column) && text !== "");
  return over.length > 0 && over.every(({ text }) => startsWithFigure(text));
}

function textsOf(row: readonly (readonly LatexNode[])[]): GridTexts {
  return row.map((nodes, column) => ({ text: bareText(nodes).trim(), column, columnSpan: 1 }));
}

/** Without a rule the words over figures are the head; of a table of words alone the first row. */
function unruledHead(rows: readonly (readonly (readonly LatexNode[])[])[]): number {
  const texts = rows.map(textsOf);
  return figureColumns(texts).size === 0 ? 1 : headRowCount(texts, 0);
}

function place(rows: readonly (readonly (readonly LatexNode[])[])[], headRows: number): readonly LatexCell[] {
  const covered = new Map<number, number>();
  const cells: LatexCell[] = [];
  rows.forEach((row, rowIndex) => {
    let column = 0;
    for (const nodes of row) {
      const { content, rowSpan, columnSpan } = spans(nodes);
      const isCovered =
        (covered.get(column) ?? 0) > rowIndex && bareText(content).trim() === "" && !content.some((node) => node.type === "macro");
      if (!isCovered) {
        const height = Math.min(rowSpan, rows.length - rowIndex);
        if (height > 1) covered.set(column, rowIndex + height);
        cells.push({ nodes: content, place: { row: rowIndex, column, rowSpan: height, columnSpan, header: rowIndex < headRows } });
      }
      column += columnSpan;
    }
  });
  return cells;
}

function spans(nodes: readonly LatexNode[]): {
  readonly content: readonly LatexNode[];
  readonly rowSpan: number;
  readonly columnSpan: number;
} {
  const only = nodes.filter((node) => node.type !== "whitespace");
  const [first] = only;
  if (first?.type !== "macro" || (first.content !== "multicolumn" && first.content !== "multirow"))
    return { content: nodes, rowSpan: 1, columnSpan: 1 };
  const own = (first.args ?? []).filter((argument) => argument.openMark === "{").map((argument) => argument.content);
  const loose = looseArguments(only, 0).flatMap((node) => (node.type === "group" ? [node.content] : []));
  const [size, , body] = own.length >= 3 ? own : loose;
  const inner = { content: body ?? nodes, rowSpan: 1, columnSpan: 1 };
  if (first.content === "multirow") return { ...inner, rowSpan: count(size ?? null) };
  return { ...spans(body ?? []), columnSpan: count(size ?? null) };
}

function count(nodes: readonly LatexNode[] | null): number {
  const value = Number(bareText(nodes ?? []).trim());
  return Number.isInteger(value) && value >= 1 && value <= 1000 ? value : 1;
}
