import type { Problem, ProblemCode } from "../model/problem.ts";
import type { WireDocument } from "../report/wire.ts";
import { toWireDocument } from "../report/wire-report.ts";

/** The result of a paper that could not be checked at all. */
export function failedDocument(source: string, code: ProblemCode, detail: string | null): WireDocument {
  return unreadDocument(source, [{ code, source, page: null, detail }]);
}

/** The result of a paper that could not be loaded. */
export function unreadDocument(source: string, problems: readonly Problem[]): WireDocument {
  return toWireDocument({ source, sha256: null, status: "failed", problems, result: null });
}
