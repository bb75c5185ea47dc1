import type { Catalog } from "../model/catalog.ts";
import type { ReadResult } from "../model/document.ts";
import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { checkDocument } from "../pipeline.ts";
import { readDocument } from "../read/read-document.ts";
import { loadInput } from "./input-file.ts";

/** Bytes to check, under the name that they have in the report. */
export interface LoadedInput {
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly sha256: string | null;
}

/** Reads and checks bytes in this process, without limits: for documents of others there is `isolate/`. */
export async function checkBytes(catalog: Catalog, input: LoadedInput, options: CheckOptions): Promise<DocumentReport> {
  return checkRead(catalog, input, await readDocument(input.bytes, input.source), options);
}

/** Loads, reads and checks a file in this process; `location` is where it is found, if not under its name. Errors: none; what cannot be read fails the report. */
export async function checkFile(catalog: Catalog, source: string, options: CheckOptions, location = source): Promise<DocumentReport> {
  const input = await loadInput(location);
  if (input.kind === "bytes") return checkBytes(catalog, { source, bytes: input.bytes, sha256: input.sha256 }, options);
  const problems = input.result.problems.map((problem) => ({ ...problem, source }));
  return { source, sha256: null, status: "failed", problems, result: null };
}

/** The report on what was read. */
export function checkRead(catalog: Catalog, { source, sha256 }: LoadedInput, read: ReadResult, options: CheckOptions): DocumentReport {
  if (read.document === null) return { source, sha256, status: "failed", problems: read.problems, result: null };
  const result = checkDocument(catalog, read.document, options);
  return { source, sha256, status: read.problems.length > 0 ? "partial" : "checked", problems: read.problems, result };
}
