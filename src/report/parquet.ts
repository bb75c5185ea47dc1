import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { FINDING_COLUMNS, type FindingRow } from "./finding-table.ts";

/** The columns that hold numbers; all others hold text. */
const NUMBER_TYPES: Readonly<Partial<Record<(typeof FINDING_COLUMNS)[number], "INT32" | "DOUBLE">>> = {
  page: "INT32",
  line: "INT32",
  stated: "DOUBLE",
  recomputed: "DOUBLE",
  ratio: "DOUBLE",
};

/**
 * The table of findings for programs that read columns.
 *
 * Source: Apache Parquet, written by hyparquet-writer.
 */
export function parquetFile(rows: readonly FindingRow[]): Uint8Array {
  const columnData = FINDING_COLUMNS.map(
    (name): ColumnSource => ({
      ...{ name, type: NUMBER_TYPES[name] ?? "STRING", nullable: true },
      data: rows.map((row) => row[name]),
    }),
  );
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
