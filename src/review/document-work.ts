import type { Catalog } from "../model/catalog.ts";
import type { CheckOptions, DocumentReport, DocumentResult } from "../model/report.ts";
import { checkAgainstSources } from "../pipeline.ts";
import { type Correction, recheckDocument } from "../recheck.ts";
import type { AnnotatedPdf } from "../report/annotated-pdf.ts";
import { checkBytes, type ReadLimits } from "../store/checked-input.ts";
import { type CheckedParts, recheckAgainst } from "./recheck-against.ts";

/** A document as it came. */
export interface Upload {
  readonly source: string;
  readonly bytes: Uint8Array;
}

/** What a document was checked to, by itself or by the paper that it talks about. */
export interface CheckedUpload {
  readonly report: DocumentReport;
  /** Null where it was checked by itself alone. */
  readonly parts: CheckedParts | null;
  /** What kept the paper from being read; null where nothing did. */
  readonly sourceProblem: string | null;
}

/** What takes long with the documents of others, and could hang. */
export type DocumentTask =
  | { readonly kind: "check"; readonly claim: Upload & { readonly sha256: string | null }; readonly against: Upload | null }
  | {
      readonly kind: "what-if";
      readonly result: DocumentResult;
      readonly parts: CheckedParts | null;
      readonly corrections: readonly Correction[];
    }
  | {
      readonly kind: "annotate";
      readonly bytes: Uint8Array;
      readonly result: DocumentResult;
      readonly said: ReadonlyMap<string, readonly string[]>;
    };

/** What each task gives. */
export interface DocumentAnswers {
  readonly check: CheckedUpload;
  readonly "what-if": DocumentResult;
  readonly annotate: AnnotatedPdf;
}

/** Does a task, here and now. Errors: none for what documents hold. */
export async function doDocumentTask(
  catalog: Catalog,
  task: DocumentTask,
  options: CheckOptions,
  limits: ReadLimits,
): Promise<DocumentAnswers[DocumentTask["kind"]]> {
  switch (task.kind) {
    case "check":
      return checkUpload(catalog, task, options, limits);
    case "what-if":
      return whatIfResult(catalog, task, options);
    case "annotate": {
      const { annotatePdf } = await import("../report/annotated-pdf.ts");
      return annotatePdf(task.bytes, task.result, task.said);
    }
  }
}

/** What a document says under corrections. */
export function whatIfResult(
  catalog: Catalog,
  { result, parts, corrections }: Extract<DocumentTask, { kind: "what-if" }>,
  options: CheckOptions,
): DocumentResult {
  return parts === null ? recheckDocument(catalog, result, corrections, options) : recheckAgainst(catalog, parts, corrections, options);
}

async function checkUpload(
  catalog: Catalog,
  { claim, against }: Extract<DocumentTask, { kind: "check" }>,
  options: CheckOptions,
  limits: ReadLimits,
): Promise<CheckedUpload> {
  const report = await checkBytes(catalog, claim, options, limits);
  if (against === null) return { report, parts: null, sourceProblem: null };
  const source = await checkBytes(catalog, { ...against, sha256: null }, options, limits);
  if (source.result === null) return { report, parts: null, sourceProblem: source.problems[0]?.code ?? "damaged" };
  if (report.result === null) return { report, parts: null, sourceProblem: null };
  const parts = { article: report.result, sources: [source.result] };
  return { report: { ...report, result: checkAgainstSources(catalog, parts.article, parts.sources, options) }, parts, sourceProblem: null };
}
