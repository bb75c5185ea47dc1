import { diskWords } from "../store/disk-words.ts";

/** A folder that does not take the report, in one line: what, where, and what to do. Shown without a stack. */
export class ReportError extends Error {
  override readonly name = "ReportError";

  /** `reason` is what the disk has against it. */
  constructor(folder: string, reason: string, options?: ErrorOptions) {
    super(`${folder}: the report cannot be written (${reason}); the results are kept: mend that and run the same command again`, options);
  }
}

/** What went wrong with the files of a report, as a ReportError; errors that are none of the disk are given back as they are. */
export function reportError(folder: string, error: unknown): unknown {
  const reason = diskWords(error);
  return reason === null ? error : new ReportError(folder, reason, { cause: error });
}
