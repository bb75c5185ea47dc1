import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { SqliteDialect } from "kysely";

/** Milliseconds that a writer waits for another process before it gives up. */
const BUSY_TIMEOUT = 30_000;

/**
 * A file of SQLite for Kysely, through the engine that comes with Node.
 *
 * Write-ahead logging lets a second process read while one writes, and a killed process leaves whole transactions only.
 */
export function sqliteDialect(path: string): SqliteDialect {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  return new SqliteDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        return {
          reader: GIVES_ROWS.test(sql),
          all: (parameters) => statement.all(...values(parameters)),
          run: (parameters) => statement.run(...values(parameters)),
          iterate: (parameters) => statement.iterate(...values(parameters)),
        };
      },
    },
  });
}

/** "select ...", "with ...", "pragma ...", "insert ... returning id"; not "insert into ...". */
const GIVES_ROWS = /^\s*(?:select|with|pragma)\b|\breturning\b/i;

function values(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters.map((value) => {
    if (value === null || typeof value === "number" || typeof value === "bigint" || typeof value === "string") return value;
    if (value instanceof Uint8Array) return value;
    throw new TypeError(`a store holds text and numbers, not ${typeof value}`);
  });
}
