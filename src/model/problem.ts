/**
 * Something the user gave us that could not be used, wholly or in part.
 *
 * Data only: `report/problem-words.ts` turns it into a sentence that names the input and the remedy.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** The input as the user named it: a path, "-" for standard input, or a flag. */
  readonly source: string;
  /** 1-based page where the trouble is on one page only. */
  readonly page: number | null;
  /** What was found, in a few words, to be shown beside the sentence; null when the code says it all. */
  readonly detail: string | null;
}

export type ProblemCode =
  | "not-found"
  | "missing-input"
  | "not-readable"
  | "not-a-file"
  | "not-fetched"
  | "no-readable-files"
  | "empty-file"
  | "not-a-pdf"
  | "wrong-type"
  | "encrypted"
  | "no-text-layer"
  | "page-without-text"
  | "page-unreadable"
  | "truncated"
  | "damaged"
  | "too-large"
  | "too-slow"
  | "out-of-memory"
  | "process-ended"
  | "not-utf8"
  | "bad-rules"
  | "bad-config"
  | "bad-option"
  | "internal";
