import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { append } from "../model/many.ts";
import { FINDING_COLUMNS, type FindingRow } from "./finding-table.ts";

/** The columns that hold numbers; all others hold text. */
const NUMBER_TYPES: Readonly<Partial<Record<(typeof FINDING_COLUMNS)[number], "INT32" | "DOUBLE">>> = {
  page: "INT32",
  line: "INT32",
  confidence: "DOUBLE",
  stated: "DOUBLE",
  recomputed: "DOUBLE",
  ratio: "DOUBLE",
};

/** The table while its rows pass. What is given back is the next piece of the file, which may be empty. */
export interface ParquetTable {
  add(rows: readonly FindingRow[]): Uint8Array;
  end(): Uint8Array;
}

/** Rows of a group: readers take groups one by one, and the writer holds no more. */
const GROUP_ROWS = 20_000;

/**
 * The table of findings for programs that read columns.
 *
 * Source: Apache Parquet, written by hyparquet-writer.
 */
export function startParquet(): ParquetTable {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: columns([]) }) });
  let held: FindingRow[] = [];
  const group = (): void => {
    if (held.length > 0)
      file.write({
        columnData: columns(held).map(({ name, data }) => ({ name, data, statistics: name in NUMBER_TYPES })),
        rowGroupSize: GROUP_ROWS,
      });
    held = [];
  };
  return {
    add: (rows) => {
      append(held, rows);
      if (held.length >= GROUP_ROWS) group();
      return taken(writer);
    },
    end: () => {
      group();
      file.finish();
      return taken(writer);
    },
  };
}

function columns(rows: readonly FindingRow[]): ColumnSource[] {
  return FINDING_COLUMNS.map((name) => ({
    ...{ name, type: NUMBER_TYPES[name] ?? "STRING", nullable: true },
    data: rows.map((row) => row[name]),
  }));
}

/** What was written since the last time; the writer goes on counting where it is in the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
