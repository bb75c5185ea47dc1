import { randomUUID } from "node:crypto";
import { Client } from "pg";

/** The server that tests use; a fresh database is made for each, and dropped. */
const SERVER = process.env["RECKONER_TEST_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/test";

/** Whether there is a server. Where there is none, it is said once for each file of tests. */
export async function hasPostgres(): Promise<boolean> {
  const client = new Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    process.stderr.write("no PostgreSQL: set RECKONER_TEST_POSTGRES to the address of one whose user may create databases\n");
    return false;
  }
}

/** A database of its own for one test. */
export interface TestDatabase {
  readonly url: string;
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  drop(): Promise<void>;
}

export async function freshDatabase(): Promise<TestDatabase> {
  const name = `reckoner_${randomUUID().replaceAll("-", "")}`;
  await asked(SERVER, `create database ${name}`);
  const url = addressOf(name);
  return { url, query: (sql) => asked(url, sql), drop: async () => void (await asked(SERVER, `drop database ${name} with (force)`)) };
}

/** The server with another database. */
export function addressOf(database: string, user: string | null = null): string {
  const url = new URL(SERVER);
  url.pathname = `/${database}`;
  if (user !== null) url.username = user;
  return url.href;
}

/** Asks a server one thing, with a connection of its own. */
export async function asked(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
