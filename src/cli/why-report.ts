import type { DocumentReport } from "../model/report.ts";
import { type TracedDocument, traceJson, traceWords } from "../report/trace-words.ts";
import { traceOf } from "../why.ts";
import type { ExitCode } from "./exit-code.ts";
import { print, standardOutput, writeOutput } from "./output.ts";
import { UsageError } from "./usage-error.ts";

/** Prints what a phrase went through in each document, instead of a report. Errors: a format that has no form for it is told. */
export async function printWhy(
  documents: readonly DocumentReport[],
  phrase: string,
  flags: { readonly format: string; readonly output?: string; readonly color: boolean },
): Promise<ExitCode> {
  const traced = documents.map(
    (report): TracedDocument => ({
      report,
      trace: report.result === null ? null : traceOf(report.result, phrase),
    }),
  );
  const terminal = flags.output === undefined ? standardOutput(flags.color) : { color: false, width: 100 };
  const text = flags.format === "json" ? traceJson(traced) : traceWords(traced, { ...terminal, verbose: true });
  if (flags.output === undefined) await print(text);
  else await writeOutput(flags.output, text);
  return documents.some(({ status }) => status === "failed") ? 2 : 0;
}

/** Errors: a phrase without a sign, and a format other than text and JSON, are told. */
export function requireTraceable({ why, format }: { readonly why?: string; readonly format: string }): void {
  if (why === undefined) return;
  if (why.trim() === "") throw new UsageError('--why: name a phrase of the document, for example --why "9,216 GPU hours"');
  if (format !== "pretty" && format !== "json") throw new UsageError(`--why: there is no ${format} of it; use --format pretty or json`);
}
