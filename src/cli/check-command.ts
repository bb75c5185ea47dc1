import type { CheckOptions, DocumentReport } from "../model/report.ts";
import { problemWords } from "../report/problem-words.ts";
import { type Format, renderReport } from "../report/render.ts";
import { checkFile, USUAL_LIMITS } from "../store/checked-input.ts";
import { toolVersion } from "../store/tool-version.ts";
import { loadCatalog } from "./catalog-source.ts";
import { type ExitCode, exitCodeOf, type FailLevel } from "./exit-code.ts";
import { findInputFiles } from "./input-files.ts";
import { requireKnownSlots } from "./option-values.ts";
import { print, standardOutput, writeOutput } from "./output.ts";
import { startProgress } from "./progress.ts";
import { readSettings, type Settings } from "./settings-file.ts";
import { UsageError } from "./usage-error.ts";

/** The options of `reckoner check` as parsed. */
export interface CheckFlags {
  readonly format: Format;
  readonly output?: string;
  readonly annotate?: string;
  readonly assume: Readonly<Record<string, number>>;
  readonly priceDate?: string;
  readonly provider?: string;
  readonly failLevel?: FailLevel;
  readonly rules?: string;
  readonly timeout?: number;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** Checks every input and prints one report. An input that cannot be read is listed, and does not stop the others. */
export async function checkCommand(inputs: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  const named = inputs.length > 0 ? inputs : pipedInput();
  if (named.some((input) => PDF_NAME.test(input))) (await import("../store/pdf-process.ts")).startPdfReader(USUAL_LIMITS.megabytes);
  const settings = await readSettings(".");
  const { files, problems } = await findInputFiles(named);
  const limits = { ...USUAL_LIMITS, seconds: flags.timeout ?? settings.timeout ?? USUAL_LIMITS.seconds };
  const catalog = await loadCatalog(flags.rules ?? settings.rules ?? null);
  const options = checkOptions(flags, settings);
  requireKnownSlots(
    options.assume,
    catalog.slots.map((slot) => slot.id),
  );
  const missing = problems.map(
    (problem): DocumentReport => ({ source: problem.source, sha256: null, status: "failed", problems: [problem], result: null }),
  );
  const documents: DocumentReport[] = [];
  const progress = await startProgress(files.length);
  for (const file of files) {
    progress.next(file);
    documents.push(await checkFile(catalog, file, options, limits));
  }
  progress.done();
  const report = {
    tool: { name: "reckoner", version: toolVersion(), rules: catalog.hash },
    documents: [...documents, ...missing],
  } as const;
  const terminal = flags.output === undefined ? standardOutput(flags.color) : { color: false, width: 100 };
  const text = await renderReport(flags.format, report, { ...terminal, verbose: flags.verbose ?? false });
  if (flags.output === undefined) await print(text);
  else await writeOutput(flags.output, text);
  if (flags.annotate !== undefined) {
    const { writeAnnotatedCopies } = await import("./annotated-copies.ts");
    for (const line of await writeAnnotatedCopies(documents, flags.annotate)) process.stderr.write(`reckoner: ${line}\n`);
  }
  if (flags.output !== undefined || flags.format === "csv") warnOfFailures(documents, missing);
  return exitCodeOf(report, flags.failLevel ?? settings.failLevel ?? "error");
}

/** "paper.pdf"; what turns out to be none costs a thread that was not needed. */
const PDF_NAME = /\.pdf$/i;

/** A person who does not see the report, or whose table has rows for findings only, still learns what could not be read. */
function warnOfFailures(...lists: readonly (readonly DocumentReport[])[]): void {
  const failed = lists.flat().filter((document) => document.status === "failed");
  for (const document of failed) for (const problem of document.problems) process.stderr.write(`reckoner: ${problemWords(problem)}\n`);
}

/** Options on the command line override the settings of the folder. */
function checkOptions(flags: CheckFlags, settings: Settings): CheckOptions {
  return {
    priceDate: flags.priceDate ?? settings.priceDate ?? null,
    provider: flags.provider ?? settings.provider ?? null,
    assume: { ...settings.assume, ...flags.assume },
  };
}

/** Without inputs, text that is piped in is the input; a person at a terminal has forgotten to name one. */
function pipedInput(): readonly string[] {
  if (process.stdin.isTTY === true) throw new UsageError('no input: name a file or a folder, or pipe text in ("reckoner check paper.pdf")');
  return ["-"];
}
