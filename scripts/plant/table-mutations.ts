import type { Claim } from "./claims.ts";
import { tablesOf, withTable } from "./table-text.ts";

/** One change of a table: a whole text, not only a figure. */
export interface TableMutation {
  readonly family: string;
  readonly text: string;
  /** What is said of the change in a list. */
  readonly told: string;
  readonly names: readonly string[];
}

/** A row of the sum is left out: the total is too large for the others. */
export function rowsLost({ excerpt, finding, mentions }: Claim): readonly TableMutation[] {
  if (finding.rule !== "table/total") return [];
  const parts = mentions.filter((mention) => mention.id !== finding.claim && mention.cell !== null);
  return parts.flatMap((part): readonly TableMutation[] => {
    const at = excerpt.at(part.span);
    const claim = mentions.find(({ id }) => id === finding.claim);
    // Of one line by itself a total says nothing; a row that holds the total cannot be lost.
    if (at === null || parts.length < 3 || part.cell?.row === claim?.cell?.row) return [];
    const start = excerpt.text.lastIndexOf("\n", at.start) + 1;
    const end = excerpt.text.indexOf("\n", at.end) + 1;
    const text = excerpt.text.slice(0, start) + excerpt.text.slice(end);
    return [{ family: "M11 a row lost", text, told: `without "${part.text}"`, names: ["missing-row"] }];
  });
}

/** The cell of a claim holds what another line of its column holds. */
export function cellsCopied({ excerpt, finding, mentions, beside }: Claim): readonly (TableMutation & { readonly factor: number })[] {
  const own = mentions.find(({ id }) => id === finding.claim);
  const at = own === undefined ? null : excerpt.at(own.span);
  if (own === undefined || at === null) return [];
  // What says "1.0x" is what the others are measured by.
  const siblings = beside.filter(({ kind, value }) => kind !== "ratio" || value !== 1);
  return siblings.slice(0, MOST_SIBLINGS).map((sibling) => ({
    family: "M21 copied from another row",
    text: excerpt.text.slice(0, at.start) + sibling.text + excerpt.text.slice(at.end),
    told: `"${own.text}" -> "${sibling.text}"`,
    factor: sibling.value / own.value,
    // A figure of one digit comes twice by chance.
    names: sibling.text.replaceAll(/\D/g, "").length < 2 ? [] : ["copied-row"],
  }));
}

const MOST_SIBLINGS = 3;

/** The same table in another order or turned around: none may raise an alarm. */
export function tablesTurned(text: string): readonly { readonly name: string; readonly text: string }[] {
  return tablesOf(text).flatMap((table) => {
    const [header = [], ...rows] = table.rows;
    const total = rows.findIndex((row) => /^\W*(?:sub)?total|^sum|^overall/i.test(row[0] ?? ""));
    // Totals stand where they sum what is above them.
    // Groups with a base line each have an order, too.
    const bases = rows.flat().filter((cell) => /^\D*\b1(?:\.0+)? ?[x×]/.test(cell) || /\(1(?:\.0+)? ?[x×]\)/.test(cell));
    const reordered = total < 0 && bases.length < 2 ? [header, ...rows.toReversed()] : null;
    const columns = header.map((_, index) => (index === 0 ? 0 : header.length - index));
    const swapped = table.rows.map((row) => columns.map((column) => row[column] ?? ""));
    const turned = header.map((_, column) => table.rows.map((row) => row[column] ?? ""));
    const isSquare = table.rows.every((row) => row.length === header.length && row.filter((cell) => cell !== "").length >= 2);
    return [
      ...(reordered === null || rows.length < 2 ? [] : [{ name: "rows in another order", text: withTable(text, table, reordered) }]),
      ...(header.length > 2 ? [{ name: "columns in another order", text: withTable(text, table, swapped) }] : []),
      ...(isSquare && header.length > 2 && rows.length > 1 ? [{ name: "table turned around", text: withTable(text, table, turned) }] : []),
    ];
  });
}
