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
export const NEARNESS = ["sentence", "row", "block", "table", "adjacent", "section", "far", "other-row"] as const;
export type Nearness = (typeof NEARNESS)[number];

/** The figures of a document with what is attached to them, in reading order. */
export function placesOf(
  document: Document,
  quantities: readonly Quantity[],
  attachments: ReadonlyMap<Mention["id"], Attachment>,
): readonly Place[] {
  const sections: number[] = [];
  let section = 0;
  for (const block of document.blocks) {
    if (block.kind === "heading") section += 1;
    sections.push(section);
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
  const kinds = new Map<string, Set<string>>();
  const tables = new Set<number>();
  for (const { mention } of quantities) {
    const { cell } = mention;
    if (cell === null) continue;
    tables.add(cell.table);
    for (const line of [`${cell.table} r${cell.row}`, `${cell.table} c${cell.column}`])
      kinds.set(line, (kinds.get(line) ?? new Set()).add(`${mention.kind} ${mention.unit}`));
  }
  const mixed = (table: number, side: string): number => {
    const lines = [...kinds].filter(([line]) => line.startsWith(`${table} ${side}`));
    return lines.length === 0 ? 0 : lines.reduce((sum, [, { size }]) => sum + size, 0) / lines.length;
  };
  return new Set([...tables].filter((table) => mixed(table, "c") > mixed(table, "r")));
}

export function nearnessOf(left: Place, right: Place): Nearness {
  const [one, other] = [left.mention, right.mention];
  if (left.grid !== null && right.grid !== null && left.grid.table === right.grid.table)
    return left.grid.line === right.grid.line ? "row" : left.grid.across === right.grid.across ? "other-row" : "table";
  if (one.cell === null && other.cell === null && one.sentence.start === other.sentence.start) return "sentence";
  if (one.block === other.block) return "block";
  if (Math.abs(one.block - other.block) <= ADJACENT_BLOCKS) return "adjacent";
  return left.section === right.section ? "section" : "far";
}

const ADJACENT_BLOCKS = 2;

export type Kinship = "same" | "none" | "other";

/** Whether two names can be of one thing. */
export function kinshipOf(left: string, right: string): Kinship {
  if (left === "" || right === "") return "none";
  return left === right || left.includes(right) || right.includes(left) ? "same" : "other";
}

const COSTS: Readonly<Record<Nearness, number>> = {
  sentence: 0,
  row: 0,
  block: 1,
  table: 2,
  adjacent: 1.6,
  section: 2.4,
  far: 3.2,
  "other-row": 4,
};

/** How far a figure is from a claim, for choosing those that are tried at all: small is near. */
export function distanceOf(claim: Place, other: Place): number {
  const kinship = kinshipOf(claim.subject, other.subject);
  const gap = Math.abs(claim.mention.span.start - other.mention.span.start);
  return (
    COSTS[nearnessOf(claim, other)] +
    (kinship === "other" ? OTHER_SUBJECT : kinship === "same" ? 0 : NO_SUBJECT) +
    Math.min(0.9, gap / 1000)
  );
}

const OTHER_SUBJECT = 3;
const NO_SUBJECT = 0.4;
