import type { PageMaker } from "./prose-pages.ts";
import { Sheet } from "./sheet.ts";

const [LEFT, WIDTH] = [90, 432];
const BEFORE =
  "The table below lists what each run of the year used, as the accounts of the cluster have it, with runs that failed left out of all columns but the last.";
const AFTER = "Most of the energy went into the largest model, as one would expect, and little into the search for its learning rate.";

interface Grid {
  readonly sheet: Sheet;
  /** Left edge of each column. */
  readonly columns: readonly number[];
  readonly leading: number;
}

/** Draws a row with its baseline at y; the first cell to the left, the others around the middle of their column. */
function row({ sheet, columns }: Grid, y: number, cells: readonly string[], face: "plain" | "bold" = "plain"): void {
  for (const [index, cell] of cells.entries()) {
    const x = columns[index];
    if (x === undefined || cell === "") continue;
    sheet.line(index === 0 ? x : x + 35, y, cell, { size: 9, face, align: index === 0 ? "left" : "center" });
  }
}

function rows(grid: Grid, y: number, lines: readonly (readonly string[])[]): number {
  for (const [index, cells] of lines.entries()) row(grid, y + index * grid.leading, cells);
  return y + lines.length * grid.leading;
}

async function page(columns: readonly number[], caption: string): Promise<{ readonly grid: Grid; readonly y: number }> {
  const sheet = await Sheet.open();
  const y = sheet.paragraph(LEFT, 90, WIDTH, BEFORE);
  sheet.line(306, y + 16, caption, { size: 9, align: "center" });
  return { grid: { sheet, columns, leading: 12 }, y: y + 40 };
}

/** Cases whose trouble is a table. */
export const TABLE_PAGES: Readonly<Record<string, PageMaker>> = {
  "table-booktabs": async () => {
    const { grid, y } = await page([110, 220, 310, 400], "Table 1: Hardware and time of each model.");
    grid.sheet.rule(105, y - 12, 380, 1);
    row(grid, y, ["Model", "GPUs", "Hours", "kWh"]);
    grid.sheet.rule(105, y + 4, 380);
    const end = rows(grid, y + 15, [
      ["Heron-Small", "8", "24", "61"],
      ["Heron-Base", "16", "96", "490"],
      ["Heron-Large", "64", "288", "5,898"],
    ]);
    grid.sheet.rule(105, end - 8, 380, 1);
    grid.sheet.paragraph(LEFT, end + 20, WIDTH, AFTER);
    return grid.sheet;
  },
  "table-ruled": async () => {
    const { grid, y } = await page([110, 220, 310, 400], "Table 2: Cost of each model.");
    const lines = [
      ["Model", "GPU-hours", "Price ($)", "Cost ($)"],
      ["Heron-Small", "192", "2.50", "480"],
      ["Heron-Base", "1,536", "2.50", "3,840"],
    ];
    for (const [index, cells] of lines.entries()) row(grid, y + index * 16, cells);
    for (let index = 0; index <= lines.length; index += 1) grid.sheet.rule(105, y - 11 + index * 16, 375);
    for (const x of [105, 215, 305, 395, 480]) grid.sheet.upright(x, y - 11, lines.length * 16);
    grid.sheet.paragraph(LEFT, y + 70, WIDTH, AFTER);
    return grid.sheet;
  },
  "table-without-rules": async () => {
    const { grid, y } = await page([110, 220, 310, 400], "Table 3: Steps and time.");
    const end = rows(grid, y, [
      ["Model", "Steps", "Batch", "Days"],
      ["Heron-Small", "100K", "256", "1"],
      ["Heron-Base", "250K", "256", "4"],
      ["Heron-Large", "500K", "1024", "12"],
    ]);
    grid.sheet.paragraph(LEFT, end + 20, WIDTH, AFTER);
    return grid.sheet;
  },
  "table-two-level-header": async () => {
    const { grid, y } = await page([100, 190, 265, 350, 425], "Table 4: Pretraining and fine-tuning.");
    grid.sheet.rule(95, y - 12, 405, 1);
    grid.sheet.line(262, y, "Pretraining", { size: 9, align: "center" });
    grid.sheet.line(422, y, "Fine-tuning", { size: 9, align: "center" });
    grid.sheet.rule(195, y + 4, 135);
    grid.sheet.rule(355, y + 4, 135);
    row(grid, y + 15, ["Model", "GPUs", "Hours", "GPUs", "Hours"]);
    grid.sheet.rule(95, y + 19, 405);
    const end = rows(grid, y + 30, [
      ["Heron-Base", "16", "96", "4", "6"],
      ["Heron-Large", "64", "288", "8", "10"],
    ]);
    grid.sheet.rule(95, end - 8, 405, 1);
    grid.sheet.paragraph(LEFT, end + 20, WIDTH, AFTER);
    return grid.sheet;
  },
  "table-long-cells": async () => {
    const { grid, y } = await page([110, 220, 310, 400], "Table 5: What the runs were for.");
    grid.sheet.rule(105, y - 12, 380, 1);
    row(grid, y, ["Run", "Hardware", "GPU-hours", "Energy"]);
    row(grid, y + 10, ["", "", "used", "(kWh)"]);
    grid.sheet.rule(105, y + 14, 380);
    const end = rows({ ...grid, leading: 11 }, y + 26, [
      ["Search for the", "16 V100", "1,536", "490"],
      ["learning rate", "", "", ""],
    ]);
    grid.sheet.rule(105, end - 7, 380, 0.3);
    const last = rows({ ...grid, leading: 11 }, end + 5, [
      ["Training of the", "64 A100", "18,432", "5,898"],
      ["large model", "(40 GB)", "", ""],
    ]);
    grid.sheet.rule(105, last - 7, 380, 1);
    grid.sheet.paragraph(LEFT, last + 20, WIDTH, AFTER);
    return grid.sheet;
  },
  "table-gaps-and-total": async () => {
    const { grid, y } = await page([110, 220, 310, 400], "Table 6: Energy and carbon. A dash means not measured.");
    grid.sheet.rule(105, y - 12, 380, 1);
    row(grid, y, ["Model", "GPU-hours", "Energy (MWh)", "CO_{2} (kg)"]);
    grid.sheet.rule(105, y + 4, 380);
    const end = rows(grid, y + 15, [
      ["Heron-Small", "192", "0.06", "24"],
      ["Heron-Base", "1,536", "", "196"],
      ["Heron-Large", "18,432", "5.90", "-"],
    ]);
    grid.sheet.rule(105, end - 8, 380);
    row(grid, end + 3, ["Total", "20,160", "", "220"], "bold");
    grid.sheet.rule(105, end + 7, 380, 1);
    grid.sheet.paragraph(LEFT, end + 34, WIDTH, AFTER);
    return grid.sheet;
  },
  "table-in-column": async () => {
    const sheet = await Sheet.open();
    const column = 235;
    const grid: Grid = { sheet, columns: [70, 150, 220], leading: 12 };
    let y = sheet.paragraph(63, 90, column, `${BEFORE} ${AFTER}`);
    y += 20;
    sheet.rule(63, y - 12, column, 1);
    row(grid, y, ["Model", "GPUs", "Days"]);
    sheet.rule(63, y + 4, column);
    const end = rows(grid, y + 15, [
      ["Heron-Base", "16", "4"],
      ["Heron-Large", "64", "12"],
    ]);
    sheet.rule(63, end - 8, column, 1);
    sheet.line(63, end + 8, "Table 7: Two models and their time.", { size: 9 });
    sheet.paragraph(63, end + 34, column, `${AFTER} ${BEFORE}`);
    const right = sheet.paragraph(318, 90, column, `${AFTER} ${BEFORE} ${AFTER}`);
    sheet.paragraph(318, right + 6, column, `${BEFORE} ${AFTER}`);
    return sheet;
  },
};
