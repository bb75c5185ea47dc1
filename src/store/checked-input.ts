import type { Catalog } from "../model/catalog.ts";
import type { ReadResult } from "../model/document.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { checkDocument } from "../pipeline.ts";
import { detectMediaType } from "../read/media-type.ts";
import { readDocument } from "../read/read-document.ts";
import { loadInput } from "./input-file.ts";

/** What one document may cost. */
export interface ReadLimits {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Limits for a person who waits: a thesis of a thousand pages takes a quarter of them. */
export const USUAL_LIMITS: ReadLimits = { seconds: 120, megabytes: 2048 };

/** Reads and checks one file, or standard input ("-"). Errors: none; what cannot be read gives a failed report that says why. */
export async function checkFile(catalog: Catalog, source: string, options: CheckOptions, limits: ReadLimits): Promise<DocumentReport> {
  const input = await loadInput(source);
  if (input.kind === "unread") return report(catalog, { source, sha256: null }, input.result, options);
  return checkBytes(catalog, { source, bytes: input.bytes, sha256: input.sha256 }, options, limits);
}

/** Checks bytes that are already loaded. */
export async function checkBytes(
  catalog: Catalog,
  input: { readonly source: string; readonly bytes: Uint8Array; readonly sha256: string | null },
  options: CheckOptions,
  limits: ReadLimits,
): Promise<DocumentReport> {
  return report(catalog, input, await readBytes(input.bytes, input.source, limits), options);
}

/** PDF is read in a process of its own, for a broken one may hang or take all memory; the rest is read here. */
async function readBytes(bytes: Uint8Array, source: string, limits: ReadLimits): Promise<ReadResult> {
  const detected = detectMediaType(bytes, source);
  if (detected.kind === "known" && detected.mediaType === "application/pdf") {
    const { readPdfIsolated } = await import("./pdf-process.ts");
    return readPdfIsolated(bytes, source, limits);
  }
  return readDocument(bytes, source);
}

function report(
  catalog: Catalog,
  input: { readonly source: string; readonly sha256: string | null },
  read: ReadResult,
  options: CheckOptions,
): DocumentReport {
  const { source, sha256 } = input;
  if (read.document === null) return { source, sha256, status: "failed", problems: read.problems, result: null };
  const result = checkDocument(catalog, read.document, options);
  return { source, sha256, status: read.problems.length > 0 ? "partial" : "checked", problems: read.problems, result };
}
