import type { Passage } from "../score/passages.ts";
import type { Piece } from "./piece.ts";
import type { Random } from "./random.ts";
import { headsOf, labellingOf, valuesOf } from "./rows.ts";
import type { FactKey, Story } from "./story.ts";

/** A text in a form. */
export interface Laid {
  readonly media: Passage["media"];
  readonly piece: Piece;
}

export const TABLES = ["markdown table", "html table", "latex table", "transposed table", "aligned table"] as const;
export type TableLayout = (typeof TABLES)[number];

export const LISTS = ["list", "key-value lines", "log", "code block"] as const;
export type ListLayout = (typeof LISTS)[number];

/** Stories as the rows of one table. */
export function tableOf(layout: TableLayout, stories: readonly Story[], random: Random): Laid {
  const keys = new Set<FactKey>(stories.flatMap(({ facts }) => [...facts.keys()]));
  const labellings = labellingOf(keys, random, random.chance(0.8) || layout === "aligned table");
  const lines = stories.map((story) => ({ story, ...valuesOf(story, labellings, random) }));
  const heads = [random.pick(["Model", "Run", "Name"]), ...headsOf(labellings)];
  const grid = [heads, ...lines.map(({ story, rows }) => [story.model, ...rows.map(({ value }) => value)])];
  const printed = lines.flatMap(({ piece }) => piece.printed);
  const caption = random.pick(["Training runs.", "What training took.", "Training compute of the models."]);
  return { media: MEDIA[layout], piece: { text: textOf(layout, grid, caption), printed } };
}

/** One story as a list of keys, or as lines that a program wrote. */
export function listOf(layout: ListLayout, story: Story, random: Random): Laid {
  const labellings = labellingOf(new Set(story.facts.keys()), random, random.chance(0.4));
  const { rows, piece } = valuesOf(story, labellings, random);
  const lines = random.chance(0.5) ? rows : inOrder(rows, random);
  const pairs = lines.map(({ label, value }) => [label, value] as const);
  return {
    media: layout === "log" || layout === "key-value lines" ? "text" : "markdown",
    piece: { text: listText(layout, story, pairs, random), printed: piece.printed },
  };
}

/** The name of a product stays before its count. */
function inOrder<Row extends { readonly key: FactKey | null }>(rows: readonly Row[], random: Random): readonly Row[] {
  const blocks = rows.flatMap((row, index): readonly (readonly Row[])[] => {
    const before = rows[index - 1];
    if (row.key === null) return [];
    return [before?.key === null ? [before, row] : [row]];
  });
  return random.shuffled(blocks).flat();
}

function listText(layout: ListLayout, { model }: Story, pairs: readonly (readonly [string, string])[], random: Random): string {
  switch (layout) {
    case "list": {
      const lead = random.pick([`## ${model}`, `Training of ${model}:`, `${model} was trained with the following setup:`]);
      const strong = random.pick(["**", ""]);
      return `${lead}\n\n${pairs.map(([label, value]) => `- ${strong}${label}:${strong} ${value}`).join("\n")}\n`;
    }
    case "key-value lines":
      return `Model: ${model}\n${pairs.map(([label, value]) => `${label}: ${value}`).join("\n")}\n`;
    case "log":
      return `[train] model: ${model}\n${pairs.map(([label, value]) => `[train] ${label.toLowerCase()}: ${value}`).join("\n")}\n`;
    case "code block":
      return `The settings of ${model}:\n\n\`\`\`yaml\nmodel: ${model}\n${pairs.map(([label, value]) => `${keyOf(label)}: ${value}`).join("\n")}\n\`\`\`\n`;
  }
}

function keyOf(label: string): string {
  return label
    .toLowerCase()
    .replace(/[()]/g, "")
    .replace(/[^\p{L}\p{N}$]+/gu, "_");
}

const MEDIA: Readonly<Record<TableLayout, Passage["media"]>> = {
  "markdown table": "markdown",
  "html table": "html",
  "latex table": "latex",
  "transposed table": "markdown",
  "aligned table": "text",
};

function textOf(layout: TableLayout, grid: readonly (readonly string[])[], caption: string): string {
  switch (layout) {
    case "markdown table":
      return `${caption}\n\n${markdownOf(grid)}\n`;
    case "transposed table":
      return `${caption}\n\n${markdownOf(transposed(grid))}\n`;
    case "html table":
      return `<table>\n<caption>${caption}</caption>\n${grid.map((row, index) => `<tr>${row.map((cell) => (index === 0 ? `<th>${cell}</th>` : `<td>${cell}</td>`)).join("")}</tr>`).join("\n")}\n</table>\n`;
    case "latex table":
      return `\\begin{table}\n\\caption{${caption}}\n\\begin{tabular}{l${"r".repeat((grid[0]?.length ?? 1) - 1)}}\n${grid.map((row) => `${row.map(latex).join(" & ")} \\\\`).join("\n\\hline\n")}\n\\end{tabular}\n\\end{table}\n`;
    case "aligned table":
      return `${caption}\n\n${alignedOf(grid)}\n`;
  }
}

function latex(cell: string): string {
  return cell
    .replace(/[$%#&_]/g, "\\$&")
    .replace(/×/g, "$\\times$")
    .replace(/~/g, "\\textasciitilde ");
}

function markdownOf(grid: readonly (readonly string[])[]): string {
  const [head = [], ...rows] = grid;
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function transposed(grid: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return (grid[0] ?? []).map((_head, column) => grid.map((row) => row[column] ?? ""));
}

function alignedOf(grid: readonly (readonly string[])[]): string {
  const widths = (grid[0] ?? []).map((_head, column) => Math.max(...grid.map((row) => (row[column] ?? "").length)));
  return grid
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
