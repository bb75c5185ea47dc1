import { closest, distance } from "fastest-levenshtein";
import type { Problem, ProblemCode } from "../model/problem.ts";
import { problemWords } from "../report/problem-words.ts";

/** The user gave us something that cannot be used. The message is shown as it is, without a stack, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A usage error in the words of a problem. */
export function usageError(code: ProblemCode, source: string, detail: string | null): UsageError {
  const problem: Problem = { code, source, page: null, detail };
  return new UsageError(problemWords(problem));
}

/** ' (did you mean "pue"?)', or nothing where no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const byFolded = new Map(known.map((entry) => [entry.toLowerCase(), entry]));
  const near = closest(word.toLowerCase(), [...byFolded.keys()]);
  const isNear = distance(word.toLowerCase(), near) <= Math.max(1, Math.floor(word.length / 3));
  return isNear ? ` (did you mean "${byFolded.get(near) ?? near}"?)` : "";
}
