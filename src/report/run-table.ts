import { RUN_COLUMNS, type RunRow, type RunValue } from "../model/run-row.ts";
import { csvLine } from "./csv.ts";
import { type ParquetTable, startParquet } from "./parquet.ts";

/** What the table tells of the run itself. */
const HEAD = [
  "Model",
  "Organization",
  "Authors",
  "Publication date",
  "Document",
  "Title",
  "SHA-256",
  "Training hardware",
  "Role",
  "Verdicts",
  "Confidence",
] as const;

/** What the table tells of each value, in a column of its own behind that of the value: "Energy (kWh) [quote]". */
const TOLD = ["unit", "text", "page", "line", "quote", "origin", "role", "verdict", "confidence", "also"] as const;

/** The columns of the table of runs, in their order. */
export const RUN_TABLE_COLUMNS: readonly string[] = [
  ...HEAD,
  ...RUN_COLUMNS.flatMap(({ name }) => [name, ...TOLD.map((told) => `${name} [${told}]`)]),
];

/** The columns that hold numbers; all others hold text. */
const NUMBER_TYPES: Readonly<Record<string, "INT32" | "DOUBLE">> = {
  Confidence: "DOUBLE",
  ...Object.fromEntries(
    RUN_COLUMNS.flatMap(({ name }): [string, "INT32" | "DOUBLE"][] => [
      ...[name, `${name} [confidence]`].map((column): [string, "DOUBLE"] => [column, "DOUBLE"]),
      ...[`${name} [page]`, `${name} [line]`].map((column): [string, "INT32"] => [column, "INT32"]),
    ]),
  ),
};

type Cell = string | number | null;

/** A run by column; what the document does not tell is null. */
function cellsOf(row: RunRow): Readonly<Record<string, Cell>> {
  const { model, organization, authors, date, document, title, sha256, hardware, role, verdicts, confidence } = row;
  const head: readonly Cell[] = [model, organization, authors, date, document, title, sha256, hardware, role, verdicts, confidence];
  const cells: Record<string, Cell> = Object.fromEntries(HEAD.map((name, index) => [name, head[index] ?? null]));
  for (const { name } of RUN_COLUMNS) {
    const value = row.values.get(name);
    cells[name] = value?.value ?? null;
    for (const told of TOLD) cells[`${name} [${told}]`] = value === undefined ? null : toldOf(value, told);
  }
  return cells;
}

function toldOf(value: RunValue, told: (typeof TOLD)[number]): Cell {
  return told === "also" ? (value.also.length === 0 ? null : value.also.join("; ")) : value[told];
}

/** The head line of the table as CSV. */
export const RUNS_CSV_HEAD = csvLine(RUN_TABLE_COLUMNS);

/** The runs of a document as lines of CSV, without the head. */
export function runsCsv(rows: readonly RunRow[]): string {
  return rows
    .map(cellsOf)
    .map((cells) => csvLine(RUN_TABLE_COLUMNS.map((column) => cells[column] ?? null)))
    .join("");
}

/** The table as Parquet, while its rows pass. */
export function startRunsParquet(): { readonly add: (rows: readonly RunRow[]) => Uint8Array; readonly end: () => Uint8Array } {
  const table: ParquetTable = startParquet({ columns: RUN_TABLE_COLUMNS, numbers: NUMBER_TYPES });
  return { add: (rows) => table.add(rows.map(cellsOf)), end: () => table.end() };
}

/** A run as an object of JSON: of each value only what is told. */
export function runJson(row: RunRow): string {
  const { values, ...head } = row;
  return JSON.stringify({ ...head, values: Object.fromEntries(values) });
}
