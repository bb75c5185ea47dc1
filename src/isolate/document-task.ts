import type { Catalog } from "../model/catalog.ts";
import type { Document } from "../model/document.ts";
import type { CheckOptions, DocumentReport, DocumentResult } from "../model/report.ts";
import type { VersionDiff } from "../model/version-diff.ts";
import { checkAgainstSources, compareVersions, withChecklist, withDecisions } from "../pipeline.ts";
import { type Correction, type RecheckOptions, recheckDocument } from "../recheck.ts";
import type { AnnotatedPdf } from "../report/annotated-pdf.ts";
import type { WireDocument } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { checkBytes, checkFile } from "../store/checked-input.ts";
import { placesOf } from "../why.ts";
import { type CheckedParts, recheckAgainst } from "./recheck-against.ts";

/** A document to check: bytes that are here, or a place from which whoever checks it loads them. */
export interface TaskInput {
  /** As it is named in the report; its ending helps to tell the format. */
  readonly source: string;
  readonly content:
    | { readonly kind: "bytes"; readonly bytes: Uint8Array; readonly sha256: string | null }
    | { readonly kind: "file"; readonly location: string };
}

/** What takes long with the documents of others, and could hang. */
export type DocumentTask =
  | { readonly kind: "check"; readonly input: TaskInput; readonly options: CheckOptions }
  /** A check of which only the contract is wanted. */
  | { readonly kind: "wire"; readonly input: TaskInput; readonly options: CheckOptions }
  | { readonly kind: "against"; readonly parts: CheckedParts; readonly options: CheckOptions }
  | { readonly kind: "checklist"; readonly result: DocumentResult }
  /** What was decided on a phrase. */
  | { readonly kind: "decisions"; readonly result: DocumentResult; readonly phrase: string }
  | { readonly kind: "compare"; readonly old: DocumentResult; readonly newer: DocumentResult }
  | {
      readonly kind: "what-if";
      readonly result: DocumentResult;
      readonly parts: CheckedParts | null;
      readonly corrections: readonly Correction[];
      readonly options: RecheckOptions;
    }
  | {
      readonly kind: "annotate";
      readonly bytes: Uint8Array;
      readonly result: DocumentResult;
      readonly said: ReadonlyMap<string, readonly string[]>;
    };

/** What each task gives. */
export interface DocumentAnswers {
  readonly check: DocumentReport;
  readonly wire: WireDocument;
  readonly against: DocumentResult;
  readonly checklist: DocumentResult;
  readonly decisions: DocumentResult;
  readonly compare: VersionDiff;
  readonly "what-if": DocumentResult;
  readonly annotate: AnnotatedPdf;
}

/** Tasks on what was read before. */
type ResultTask = Exclude<DocumentTask, { readonly kind: "check" | "wire" | "annotate" }>;

/** Does a task, here and now, without limits. Errors: none for what documents hold. */
export async function doDocumentTask(catalog: Catalog, task: DocumentTask): Promise<DocumentAnswers[DocumentTask["kind"]]> {
  switch (task.kind) {
    case "check":
      return checkInput(catalog, task.input, task.options);
    case "wire":
      return toWireDocument(await checkInput(catalog, task.input, task.options));
    case "annotate": {
      const { annotatePdf } = await import("../report/annotated-pdf.ts");
      return annotatePdf(task.bytes, task.result, task.said);
    }
    default:
      return doResultTask(catalog, task);
  }
}

/** Does a task on what was read before, at once. */
export function doResultTask(catalog: Catalog, task: ResultTask): DocumentResult | VersionDiff {
  switch (task.kind) {
    case "against":
      return checkAgainstSources(catalog, task.parts.article, task.parts.sources, task.options);
    case "checklist":
      return withChecklist(catalog, task.result);
    case "decisions":
      return withDecisions(catalog, task.result, placesOf(task.result.document, task.phrase));
    case "compare":
      return compareVersions(task.old, task.newer);
    case "what-if": {
      const { result, parts, corrections, options } = task;
      if (parts !== null) return recheckAgainst(catalog, parts, corrections, options);
      return recheckDocument(catalog, result, corrections, options);
    }
  }
}

/** The documents that a task on results works on. */
export function documentsOf(task: ResultTask): readonly Document[] {
  switch (task.kind) {
    case "against":
      return [task.parts.article, ...task.parts.sources].map(({ document }) => document);
    case "compare":
      return [task.old.document, task.newer.document];
    case "what-if":
      return [task.result, ...(task.parts?.sources ?? [])].map(({ document }) => document);
    default:
      return [task.result.document];
  }
}

function checkInput(catalog: Catalog, { source, content }: TaskInput, options: CheckOptions): Promise<DocumentReport> {
  return content.kind === "bytes"
    ? checkBytes(catalog, { source, bytes: content.bytes, sha256: content.sha256 }, options)
    : checkFile(catalog, source, options, content.location);
}
