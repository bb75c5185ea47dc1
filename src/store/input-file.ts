import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { ReadResult } from "../model/document.ts";
import type { ProblemCode } from "../model/problem.ts";
import { LATEX_NAME } from "../read/latex-inputs.ts";
import { isAddress } from "./address.ts";

/** The bytes of an input, or why there are none. */
export type InputBytes =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly sha256: string }
  | { readonly kind: "unread"; readonly result: ReadResult };

/** More bytes than this are not loaded: no paper has them, and they must fit into memory several times. */
const LARGEST_BYTES = 500_000_000;

type Loaded =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly code: ProblemCode; readonly detail: string };

/**
 * Loads one input: a path, "-" for standard input, or an address that is fetched.
 *
 * Errors: an input that is missing or must not be read is a problem, not an exception.
 */
export async function loadInput(source: string): Promise<InputBytes> {
  if (isAddress(source)) return loadAddress(source);
  try {
    const read = source === "-" ? await wholeOf(process.stdin) : await fileBytes(source);
    if (read.kind === "refused") return unread(read.code, source, read.detail);
    const bytes = source === "-" ? read.bytes : await withPulledIn(source, read.bytes);
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

/** A LaTeX source with the files it pulls in, packed as arXiv hands them out; anything else as it is. */
async function withPulledIn(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  if (!LATEX_NAME.test(path)) return bytes;
  const { packed, projectFiles } = await import("./latex-project.ts");
  const files = await projectFiles(path, bytes);
  return files === null ? bytes : packed(files);
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
  ELOOP: { code: "not-readable", detail: "a link that leads back to itself" },
  ENAMETOOLONG: { code: "not-found", detail: "the name is too long" },
  ENXIO: { code: "not-a-file", detail: null },
  ENODEV: { code: "not-a-file", detail: null },
};

/** The bytes of a regular file. Others have no end, or nobody at their other end, and are not opened. */
async function fileBytes(path: string): Promise<Loaded> {
  const odd = oddKind(await stat(path));
  if (odd !== null) return odd;
  // What has become a pipe since it was looked at does not keep this one waiting.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const about = await file.stat();
    const refused = oddKind(about) ?? (about.size > LARGEST_BYTES ? tooLarge(about.size) : null);
    return refused ?? (await wholeOf(file.createReadStream({ autoClose: false, highWaterMark: CHUNK_BYTES }), about.size));
  } finally {
    await file.close();
  }
}

const CHUNK_BYTES = 1_048_576;

/** What is no regular file, in words; null for one that is. */
export function oddKind(about: Stats): (Loaded & { readonly kind: "refused" }) | null {
  if (about.isFile()) return null;
  if (about.isDirectory()) return { kind: "refused", code: "wrong-type", detail: "folder" };
  const kind = about.isFIFO() ? "pipe" : about.isSocket() ? "socket" : about.isSymbolicLink() ? "link" : "device";
  return { kind: "refused", code: "not-a-file", detail: kind };
}

/** All bytes of a stream, counted as they come, for files grow and some say nothing of their size. */
async function wholeOf(stream: AsyncIterable<Uint8Array>, expected = 0): Promise<Loaded> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop ends the reading.
    if (size > LARGEST_BYTES) return tooLarge(Math.max(size, expected));
    chunks.push(chunk);
  }
  return { kind: "bytes", bytes: Buffer.concat(chunks) };
}

function tooLarge(size: number): Loaded & { readonly kind: "refused" } {
  return { kind: "refused", code: "too-large", detail: `${Math.round(size / 1e6)} MB` };
}

function unread(code: ProblemCode, source: string, detail: string | null): InputBytes {
  return { kind: "unread", result: { document: null, problems: [{ code, source, page: null, detail }] } };
}
