import type { Document, Table } from "../model/document.ts";
import type { Quantity } from "../model/quantity.ts";
import { cellAt } from "../model/table-cells.ts";

/** The figures of a table, one line for each thing it lists: rows as printed, or columns where the things stand side by side. */
export interface TableLines {
  readonly table: number;
  /** Whether each column is a thing and each row a kind of figure. */
  readonly isTransposed: boolean;
  readonly lines: readonly TableLine[];
}

export interface TableLine {
  readonly index: number;
  /** The first cell of the row, or the header of the column. */
  readonly label: string;
  /** "Total", "Sum", "Overall": what it states is the sum of other lines. */
  readonly isTotal: boolean;
  readonly quantities: readonly Quantity[];
}

/** Matches "Total", "Sum (h)", "Overall", "合计", "Total (8B-70B)"; not "Total loss" or "Summary". */
const TOTAL =
  /^[^\p{L}\p{N}Σ]*(?:(?:grand |sub)?totals?|sum|overall|all (?:models|runs|stages)|in total|合计|总计|Σ)(?![\p{L}\p{N}])(?!\s(?:loss|params?|parameters|tokens))/iu;

/** Whether the label of a total says of what it is one: "Total (rented)". */
export function isTotalOfSome(label: string): boolean {
  const [sign = ""] = label.replace(TOTAL, "").trim();
  return "([（".includes(sign) && sign !== "";
}

/** The lines of every table that holds figures, in reading order. */
export function tableLines(document: Document, quantities: readonly Quantity[]): readonly TableLines[] {
  const byTable = Map.groupBy(
    quantities.filter(({ mention }) => mention.cell !== null),
    ({ mention }) => mention.cell?.table ?? -1,
  );
  return [...byTable].flatMap(([index, inside]) => {
    const table = document.tables[index];
    return table === undefined ? [] : [linesOf(document, table, index, inside)];
  });
}

function linesOf(document: Document, table: Table, index: number, inside: readonly Quantity[]): TableLines {
  const kindsIn = (key: "row" | "column"): number => {
    const groups = [...Map.groupBy(inside, ({ mention }) => mention.cell?.[key] ?? -1).values()];
    return groups.filter((group) => new Set(group.map(({ mention }) => mention.kind)).size > 1).length;
  };
  // Where columns mix kinds and rows do not, each column is a thing.
  const isTransposed = kindsIn("column") > kindsIn("row");
  const key = isTransposed ? "column" : "row";
  const groups = Map.groupBy(inside, ({ mention }) => mention.cell?.[key] ?? -1);
  const lines = [...groups]
    .sort(([left], [right]) => left - right)
    .map(([line, members]) => {
      const label = labelOf(document, table, line, isTransposed);
      return { index: line, label, isTotal: TOTAL.test(label), quantities: members };
    });
  return { table: index, isTransposed, lines };
}

function labelOf(document: Document, table: Table, line: number, isTransposed: boolean): string {
  const cell = isTransposed ? cellAt(table, 0, line) : cellAt(table, line, 0);
  return cell === undefined ? "" : document.text.slice(cell.span.start, cell.span.end);
}
