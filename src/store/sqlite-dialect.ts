import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type DialectAdapter, SqliteAdapter, SqliteDialect } from "kysely";

/** Milliseconds that a writer waits for another process before it gives up. */
const BUSY_TIMEOUT = 30_000;

/**
 * A file of SQLite for Kysely, through the engine that comes with Node.
 *
 * Write-ahead logging lets a second process read while one writes, and a killed process leaves whole transactions only.
 */
export function sqliteDialect(path: string): SqliteDialect {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  try {
    // A result has some kilobytes, and is read as a whole: of pages of the usual size, it takes many. A store that is there keeps its own.
    database.exec("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  } catch (error) {
    database.close();
    throw error;
  }
  return new WholeStepsDialect({
    database: {
      close: () => database.close(),
      prepare: (sql) => {
        // Every transaction of a store writes. One that takes the lock at once waits for others; one that takes it later may have to fail.
        const statement = database.prepare(sql === "begin" ? "begin immediate" : sql);
        // Where the disk is full, SQLite has taken the transaction back itself; to ask for it again would hide the reason.
        if (sql === "rollback" && !database.isTransaction) return NOTHING_TO_DO;
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

/** A statement whose work is done already. */
const NOTHING_TO_DO = { reader: false, all: () => [], run: () => ({ changes: 0, lastInsertRowid: 0 }), iterate: () => [].values() };

/** SQLite takes changes of tables back, too, so that a process that is killed while it brings a store up to date leaves the old one. */
class WholeStepsDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new WholeStepsAdapter();
  }
}

class WholeStepsAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
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
