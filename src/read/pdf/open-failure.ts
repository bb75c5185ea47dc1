import type { Problem } from "../../model/problem.ts";

/** How far from its beginning a file may say that it is a PDF, in bytes. Source: ISO 32000-1, annex H.3.4.1. */
const HEADER_BYTES = 1024;
/** How far from its end a whole file says so, in bytes: some programs append white space or a signature. */
const TRAILER_BYTES = 2048;
const HEADER = "%PDF-";
const TRAILER = "%%EOF";

/** True when the bytes begin like a PDF. */
export function isPdf(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, HEADER_BYTES)).includes(HEADER);
}

/** True when the end of the file is missing. */
export function isCutOff(bytes: Uint8Array): boolean {
  return !latin1(bytes.subarray(Math.max(0, bytes.length - TRAILER_BYTES))).includes(TRAILER);
}

/** What kept a PDF from being opened. */
export function openProblem(error: unknown, bytes: Uint8Array, source: string): Problem {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException") return { code: "encrypted", source, page: null, detail: null };
  if (isCutOff(bytes)) return { code: "truncated", source, page: null, detail: null };
  return { code: "damaged", source, page: null, detail: messageOf(error) };
}

/** The engine's words, in one short line. */
export function messageOf(error: unknown): string | null {
  if (!(error instanceof Error) || error.message === "") return null;
  return error.message.split("\n", 1)[0]?.slice(0, LONGEST_DETAIL) ?? null;
}

const LONGEST_DETAIL = 120;

function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
