/** A store that cannot be used, in one line: what, where, and what to do. Shown without a stack. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Runs work on a store. Errors: what the database or the network says about the place of the store becomes a StoreError; others go on. */
export async function tellingStoreErrors<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const words = storeErrorWords(error);
    throw words === null ? error : new StoreError(`${shown}: ${words}`, { cause: error });
  }
}

/** Words for an error of SQLite, PostgreSQL or the way there; null where it is none of them. */
export function storeErrorWords(error: unknown): string | null {
  if (!(error instanceof Error) || error instanceof StoreError) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "ERR_SQLITE_ERROR") return sqliteWords("errcode" in error ? Number(error.errcode) : 0, error.message);
  if ("severity" in error)
    return POSTGRES_WORDS[code] ?? POSTGRES_WORDS[code.slice(0, 2)] ?? `the server reports: ${firstLine(error.message)}`;
  if (UNREACHABLE.has(code)) return `the server cannot be reached (${code}); check host and port, and whether it runs`;
  return DRIVER_WORDS.find(({ says }) => says.test(error.message))?.words ?? null;
}

/** Primary result codes of SQLite. Source: sqlite.org/rescode.html. */
const SQLITE_WORDS: Readonly<Record<number, string>> = {
  5: "another process keeps it locked; wait for it to end",
  8: "cannot be written; check its permissions",
  10: "the disk reports an error",
  11: "the file is damaged; remove it, and the papers are checked again",
  13: "the disk is full",
  14: "cannot be opened; check the name of its folder and the permissions",
  26: "the file is no store of reckoner; name another file",
};

function sqliteWords(errcode: number, message: string): string {
  // Extended codes keep the primary one in their lowest byte.
  return SQLITE_WORDS[errcode & 0xff] ?? `the database reports: ${firstLine(message)}`;
}

/** Codes and classes of codes. Source: PostgreSQL documentation, appendix A. */
const POSTGRES_WORDS: Readonly<Record<string, string>> = {
  "28P01": "the server refuses user or password; check both in the address",
  "28": "the server refuses this user; check the address and its pg_hba.conf",
  "3D000": "no such database; create it first, for example with createdb",
  "42501": "this user may not create or change the tables; grant it CREATE on the database",
  "53300": "the server has no connection left; use fewer workers or raise max_connections",
  "53": "the server is short of memory or disk",
  "57": "the server ended the connection; run the same command again when it is back",
  "25006": "the server is a read-only copy; name the primary one",
};

const UNREACHABLE: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
]);

/** What the driver says without a code. */
const DRIVER_WORDS: readonly { readonly says: RegExp; readonly words: string }[] = [
  {
    says: /password must be a|password authentication|SASL/i,
    words: "the server asks for a password; write it as postgres://user:password@host/...",
  },
  { says: /timeout/i, words: "the server does not answer; check host and port" },
  { says: /does not support SSL/i, words: "the server has no TLS; leave sslmode out of the address" },
  {
    says: /self.signed certificate|unable to verify/i,
    words: "the certificate of the server cannot be verified; see sslmode and sslrootcert",
  },
  {
    says: /connection terminated|not queryable|connection ended/i,
    words: "the server ended the connection; run the same command again when it is back",
  },
];

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
