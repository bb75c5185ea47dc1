import { PostgresDialect } from "kysely";
import { Pool } from "pg";

/** Connections that one process holds for results; papers take seconds, their rows milliseconds. */
const MOST_CONNECTIONS = 4;
/** Milliseconds. */
const CONNECTION_TIMEOUT = 10_000;

/** A PostgreSQL server for Kysely. Errors: none here; the first query tells of a server that cannot be used. */
export function postgresDialect(url: string): PostgresDialect {
  const pool = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    application_name: "reckoner",
    // A server that is gone without a word is noticed, though only after minutes.
    keepAlive: true,
    keepAliveInitialDelayMillis: CONNECTION_TIMEOUT,
  });
  // A connection that breaks while idle harms nobody; the next query opens another, or tells why it cannot.
  pool.on("error", () => undefined);
  // One that breaks between two statements of a transaction tells it by the next of them.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return new PostgresDialect({ pool });
}
