import type { Document } from "../model/document.ts";
import type { Mention } from "../model/mention.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Attachment } from "../model/run.ts";
import { foldedSubject } from "../model/run.ts";

/** What is attached to a figure, and where it stands. */
export interface Place {
  readonly quantity: Quantity;
  readonly mention: Mention;
  /** Folded; empty for none. */
  readonly subject: string;
  /** As printed. */
  readonly subjectName: string | null;
  readonly hardware: string;
  readonly role: Mention["role"];
  /** Number of the section, counted by headings. */
  readonly section: number;
  /** Number of the list in whose entries it stands; null elsewhere. */
  readonly list: number | null;
  /** Where it stands in a table: the line of its thing, and the place along that line; null in prose. */
  readonly grid: GridPlace | null;
}

/** A cell by the thing that it tells of and by what it tells; rows and columns change places where each column is a thing. */
export interface GridPlace {
  readonly table: number;
  readonly line: number;
  readonly across: number;
}

/** How near two figures stand, nearest first. */
export const NEARNESS = ["sentence", "row", "block", "list", "table", "adjacent", "section", "far", "other-row"] as const;
export type Nearness = (typeof NEARNESS)[number];

/** The figures of a document with what is attached to them, in reading order. */
export function placesOf(
  document: Document,
  quantities: readonly Quantity[],
  attachments: ReadonlyMap<Mention["id"], Attachment>,
): readonly Place[] {
  const sections: number[] = [];
  const lists: (number | null)[] = [];
  let section = 0;
  for (const [index, { kind }] of document.blocks.entries()) {
    if (kind === "heading") section += 1;
    sections.push(section);
    lists.push(kind !== "list-item" ? null : (lists.at(-1) ?? index));
  }
  const turned = turnedTables(quantities);
  return quantities.map((quantity) => {
    const { mention } = quantity;
    const { cell } = mention;
    const attachment = attachments.get(mention.id);
    return {
      quantity,
      mention,
      subject: foldedSubject(attachment?.subject ?? null),
      subjectName: attachment?.subject ?? null,
      hardware: quantity.readings[0].hardware ?? "",
      role: attachment?.role ?? mention.role,
      section: sections[mention.block] ?? 0,
      list: lists[mention.block] ?? null,
      grid:
        cell === null
          ? null
          : turned.has(cell.table)
            ? { table: cell.table, line: cell.column, across: cell.row }
            : { table: cell.table, line: cell.row, across: cell.column },
    };
  });
}

/** Tables whose columns are things: a row holds one kind of figure, a column several. */
function turnedTables(quantities: readonly Quantity[]): ReadonlySet<number> {
  const tables = new Map<number, Record<"row" | "column", Map<number, Set<string>>>>();
  for (const { mention } of quantities) {
    const { cell } = mention;
    if (cell === null) continue;
    const kinds = tables.get(cell.table) ?? { row: new Map(), column: new Map() };
    tables.set(cell.table, kinds);
    for (const side of ["row", "column"] as const)
      kinds[side].set(cell[side], (kinds[side].get(cell[side]) ?? new Set()).add(`${mention.kind} ${mention.unit}`));
  }
  const mixed = (lines: ReadonlyMap<number, ReadonlySet<string>>): number =>
    lines.size === 0 ? 0 : [...lines.values()].reduce((sum, { size }) => sum + size, 0) / lines.size;
  return new Set([...tables].flatMap(([table, { row, column }]) => (mixed(column) > mixed(row) ? [table] : [])));
}
