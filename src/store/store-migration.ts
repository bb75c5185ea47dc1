import { type Kysely, Migrator, sql } from "kysely";
import { StoreError } from "./store-error.ts";
import type { StorePlace } from "./store-place.ts";
import { migrationSteps, type StoreTables } from "./store-tables.ts";

/**
 * Brings the tables of a store up to date; several processes may try it at once.
 *
 * Errors: a file with the tables of another program, and a store of a newer release, are StoreErrors.
 */
export async function migrateStore(database: Kysely<StoreTables>, place: StorePlace, schema: string | null): Promise<void> {
  const steps = migrationSteps(place.kind);
  if (place.kind === "file") await refuseOtherPrograms(database, place.shown);
  const migrations = Object.entries(steps).map(([name, step]) => [
    name,
    { up: (tables: Kysely<unknown>) => step(schema === null ? tables : tables.withSchema(schema)) },
  ]);
  const { error } = await new Migrator({
    db: database,
    provider: { getMigrations: async () => Object.fromEntries(migrations) },
    ...(schema === null ? {} : { migrationTableSchema: schema }),
  }).migrateToLatest();
  if (error === undefined) return;
  // Kysely says so where steps have been taken that this release does not know.
  if (error instanceof Error && error.message.startsWith("corrupted migrations")) {
    throw new StoreError(`${place.shown}: written by a newer release of reckoner; install that release, or name another store`);
  }
  throw error;
}

/** A database that has tables, but none that a store begins with, belongs to somebody else. */
async function refuseOtherPrograms(database: Kysely<StoreTables>, shown: string): Promise<void> {
  const { rows } = await sql<{ readonly name: string }>`select name from sqlite_master where type = 'table'`.execute(database);
  if (rows.length === 0 || rows.some(({ name }) => name === "kysely_migration")) return;
  throw new StoreError(`${shown}: a database of another program, no store of reckoner; name another file`);
}
