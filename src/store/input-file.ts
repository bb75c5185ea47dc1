import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import { isAddress } from "./address.ts";

/** The bytes of an input, or why there are none. */
export type InputBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly sha256: string }
  | { readonly kind: "unread"; readonly result: ReadResult };

/** Files larger than this are not loaded: no paper is, and the bytes must fit into memory several times. */
const LARGEST_BYTES = 500_000_000;

/**
 * Loads one input: a path, "-" for standard input, or an address that is fetched.
 *
 * Errors: an input that is missing or must not be read is a problem, not an exception.
 */
export async function loadInput(source: string): Promise<InputBytes> {
  if (isAddress(source)) return loadAddress(source);
  try {
    if (source !== "-") {
      const { size } = await stat(source);
      if (size > LARGEST_BYTES) return unread("too-large", source, `${Math.round(size / 1e6)} MB`);
    }
    const bytes = source === "-" ? await standardInput() : await readFile(source);
    return { kind: "bytes", bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const known = CODES[code];
    if (known === undefined) throw error;
    // What a folder lists under a name that is no text cannot be found under the text that stands for it.
    const detail =
      known.code === "not-found" && source.includes("\uFFFD") ? "a name that is not valid UTF-8 cannot be opened" : known.detail;
    return unread(known.code, source, detail);
  }
}

/** What fetches is loaded only when there is something to fetch. */
async function loadAddress(source: string): Promise<InputBytes> {
  const { loadRemote } = await import("./remote-input.ts");
  const input = await loadRemote(source, null);
  if (input.kind === "unchanged") throw new Error(`${source}: the server was asked for the content, and says that it is unchanged`);
  return input;
}

const CODES: Readonly<Record<string, { readonly code: ProblemCode; readonly detail: string | null }>> = {
  ENOENT: { code: "not-found", detail: null },
  ENOTDIR: { code: "not-found", detail: null },
  EISDIR: { code: "wrong-type", detail: "folder" },
  EACCES: { code: "not-readable", detail: "permission denied" },
  EPERM: { code: "not-readable", detail: "permission denied" },
  EIO: { code: "not-readable", detail: "the disk reports an error" },
};

async function standardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function unread(code: ProblemCode, source: string, detail: string | null): InputBytes {
  return { kind: "unread", result: { document: null, problems: [{ code, source, page: null, detail }] } };
}
