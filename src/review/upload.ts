import type { CheckedParts } from "../isolate/recheck-against.ts";
import type { DocumentReport } from "../model/report.ts";

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
