/** A Markdown table of an excerpt: where it stands, and its cells. */
export interface TextTable {
  readonly start: number;
  readonly end: number;
  /** The first row is the header. */
  readonly rows: readonly (readonly string[])[];
}

/** Lines that begin with a bar, with the dashes under the first. */
const TABLE = /(?:^\|.*\|\n)(?:^\|(?:---\|)+\n)(?:^\|.*\|\n?)+/gm;

export function tablesOf(text: string): readonly TextTable[] {
  return [...text.matchAll(TABLE)].map((match) => {
    const [header, , ...rest] = match[0].trimEnd().split("\n");
    const rows = [header, ...rest].map((line) =>
      (line ?? "")
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    return { start: match.index, end: match.index + match[0].length, rows };
  });
}

/** The text with another table in the place of one. */
export function withTable(text: string, table: TextTable, rows: readonly (readonly string[])[]): string {
  const [header, ...rest] = rows.map((row) => `| ${row.join(" | ")} |\n`);
  const dashes = `|${"---|".repeat(rows[0]?.length ?? 0)}\n`;
  return text.slice(0, table.start) + header + dashes + rest.join("") + text.slice(table.end);
}
