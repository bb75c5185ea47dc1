import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { append } from "../model/many.ts";

/** The columns of a table in their order; those of `numbers` hold numbers, all others text. */
export interface TableShape {
  readonly columns: readonly string[];
  readonly numbers: Readonly<Record<string, "INT32" | "DOUBLE">>;
}

/** A row by column. */
export type TableRow = Readonly<Record<string, string | number | null>>;

/** The table while its rows pass. What is given back is the next piece of the file, which may be empty. */
export interface ParquetTable {
  add(rows: readonly TableRow[]): Uint8Array;
  end(): Uint8Array;
}

/** Rows of a group: readers take groups one by one, and the writer holds no more. */
const GROUP_ROWS = 20_000;

/**
 * A table for programs that read columns.
 *
 * Source: Apache Parquet, written by hyparquet-writer.
 */
export function startParquet(shape: TableShape): ParquetTable {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: schemaFromColumnData({ columnData: columns(shape, []) }) });
  let held: TableRow[] = [];
  const group = (): void => {
    if (held.length > 0)
      file.write({
        columnData: columns(shape, held).map(({ name, data }) => ({ name, data, statistics: name in shape.numbers })),
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

function columns(shape: TableShape, rows: readonly TableRow[]): ColumnSource[] {
  return shape.columns.map((name) => ({
    ...{ name, type: shape.numbers[name] ?? "STRING", nullable: true },
    data: rows.map((row) => row[name] ?? null),
  }));
}

/** What was written since the last time; the writer goes on counting where it is in the file. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}
