import { setImmediate } from "node:timers/promises";
import type { Catalog } from "../model/catalog.ts";
import type { ReadResult } from "../model/document.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { checkDocument } from "../pipeline.ts";
import { detectMediaType } from "../read/media-type.ts";
import { readDocument } from "../read/read-document.ts";
import { readText } from "../read/text.ts";
import { loadInput } from "./input-file.ts";
import { type ReadLimits, USUAL_LIMITS } from "./read-limits.ts";

export { type ReadLimits, USUAL_LIMITS };

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
  if (!isPdf(input.bytes, input.source)) return report(catalog, input, await readDocument(input.bytes, input.source), options);
  // PDF is read in a thread of its own, for a broken one may hang or take all memory.
  const { readPdfIsolated } = await import("./pdf-process.ts");
  const reading = readPdfIsolated(input.bytes, input.source, limits);
  // The thread has its work before this one begins with its own.
  await setImmediate();
  warmUp(catalog, options);
  return report(catalog, input, await reading, options);
}

/** Words of every kind that the stages look for, so that each has its libraries and tables at hand. */
const WARM_UP = "We trained it on 8 GPUs for 3 days, which cost $500, but others did not use 4 TPU v3 chips for 2 days.";

let isWarm = false;

/** While a thread reads the first PDF, this one makes ready what the check will need. Changes no result. */
function warmUp(catalog: Catalog, options: CheckOptions): void {
  if (isWarm) return;
  isWarm = true;
  const { document } = readText(new TextEncoder().encode(WARM_UP), "warm-up");
  if (document !== null) checkDocument(catalog, document, options);
}

function isPdf(bytes: Uint8Array, source: string): boolean {
  const detected = detectMediaType(bytes, source);
  return detected.kind === "known" && detected.mediaType === "application/pdf";
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
