import { DocumentDesk } from "../isolate/document-desk.ts";
import { stoppedReport, TaskStopped } from "../isolate/document-pool.ts";
import type { CheckOptions, DocumentReport, DocumentResult, Report } from "../model/report.ts";
import { problemWords } from "../report/problem-words.ts";
import { type Format, renderReport } from "../report/render.ts";
import { USUAL_LIMITS } from "../store/read-limits.ts";
import { toolVersion } from "../store/tool-version.ts";
import { hashOfRules, loadCatalog } from "./catalog-source.ts";
import { type ExitCode, exitCodeOf, type FailLevel } from "./exit-code.ts";
import { findInputFiles } from "./input-files.ts";
import { type KnownFindings, type KnownFlags, knownFindings } from "./known-findings.ts";
import { requireKnownOptions } from "./known-options.ts";
import { notice, print, standardOutput, writeOutput } from "./output.ts";
import { startProgress } from "./progress.ts";
import { readSettings, type Settings } from "./settings-file.ts";
import { UsageError } from "./usage-error.ts";
import { printWhy, requireTraceable } from "./why-report.ts";

/** The options of `reckoner check` as parsed. */
export interface CheckFlags extends KnownFlags {
  readonly format: Format;
  readonly output?: string;
  readonly annotate?: string;
  readonly against: readonly string[];
  readonly assume: Readonly<Record<string, number>>;
  readonly priceDate?: string;
  readonly provider?: string;
  readonly failLevel?: FailLevel;
  readonly rules?: string;
  readonly timeout?: number;
  readonly maxMemory?: number;
  readonly verbose?: boolean;
  readonly checklist?: boolean;
  /** A phrase of the documents of which it is told what became of it, instead of a report. */
  readonly why?: string;
  readonly color: boolean;
}

/** Checks every input and prints one report. An input that cannot be read is listed, and does not stop the others. */
export async function checkCommand(inputs: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  requireTraceable(flags);
  const named = inputs.length > 0 ? inputs : pipedInput();
  const settings = await readSettings(".");
  const rules = flags.rules ?? settings.rules ?? null;
  const options = checkOptions(flags, settings);
  const hash = await usableRules(rules, options);
  const limits = {
    seconds: flags.timeout ?? settings.timeout ?? USUAL_LIMITS.seconds,
    megabytes: flags.maxMemory ?? USUAL_LIMITS.megabytes,
  };
  const desk = new DocumentDesk({ jobs: 1, megabytes: limits.megabytes, rules }, limits);
  if (named.some((input) => PDF_NAME.test(input))) desk.warmUp();
  const { files, problems } = await findInputFiles(named);
  const missing = problems.map(
    (problem): DocumentReport => ({ source: problem.source, sha256: null, status: "failed", problems: [problem], result: null }),
  );
  const documents: DocumentReport[] = [];
  const sources = await readSources(desk, flags.against, options);
  const progress = await startProgress(files.length);
  for (const file of files) {
    progress.next(file);
    const read = await desk.checkNamed(file, options);
    documents.push(await withMore(desk, read, { flags, sources: sources.read, options }));
  }
  progress.done();
  if (flags.why !== undefined) return printWhy([...documents, ...missing, ...sources.failed], flags.why, flags);
  const whole: Report = {
    tool: { name: "reckoner", version: toolVersion(), rules: hash },
    documents: [...documents, ...missing, ...sources.failed],
  };
  const known = await knownFindings(flags);
  const sifted = await withoutKnown(whole, flags, known);
  // A fact check has the remark of its reviewer anyway.
  const isTold = known.reviews.length > 0 && flags.format !== "claimreview";
  const report = isTold ? (await import("../report/accepted.ts")).withReviews(sifted, known.reviews) : sifted;
  if (flags.format === "claimreview" && flags.reviews === undefined)
    notice("only reviewed findings are published; name the decisions with --reviews FILE");
  const terminal = flags.output === undefined ? standardOutput(flags.color) : { color: false, width: 100 };
  const text = await renderReport(flags.format, report, { ...terminal, verbose: flags.verbose ?? false }, known.reviews);
  if (flags.output === undefined) await print(text, flags.format === "pretty" ? "text" : "data");
  else await writeOutput(flags.output, text);
  if (flags.annotate !== undefined) {
    const { writeAnnotatedCopies } = await import("./annotated-copies.ts");
    for (const line of await writeAnnotatedCopies(desk, documents, flags.annotate)) notice(line);
  }
  if (flags.output !== undefined || flags.format === "csv") warnOfFailures(documents, missing, sources.failed);
  return exitCodeOf(report, flags.failLevel ?? settings.failLevel ?? "error");
}

/** The report without what the baseline and the suppressions let pass; what they are of, and what they no longer meet, is told. */
async function withoutKnown(report: Report, flags: CheckFlags, known: KnownFindings): Promise<Report> {
  // Of reviewed findings, those that are fine are published, too.
  const isPublished = flags.format === "claimreview" && flags.baseline === undefined && flags.suppressions === undefined;
  if (known.fingerprints.size === 0 || isPublished) return report;
  const { withoutAccepted } = await import("../report/accepted.ts");
  const sifted = withoutAccepted(report, known.fingerprints);
  for (const line of known.lines(sifted.used)) notice(line);
  return sifted.report;
}

/** The papers that the claims are checked against. One that cannot be read is listed, and makes the exit code 2. */
async function readSources(
  desk: DocumentDesk,
  named: readonly string[],
  options: CheckOptions,
): Promise<{ readonly read: readonly DocumentResult[]; readonly failed: readonly DocumentReport[] }> {
  if (named.length === 0) return { read: [], failed: [] };
  const { files, problems } = await findInputFiles(named);
  const reports: DocumentReport[] = problems.map((problem) => ({
    source: problem.source,
    sha256: null,
    status: "failed",
    problems: [problem],
    result: null,
  }));
  for (const file of files) reports.push(await desk.checkNamed(file, options));
  return { read: reports.flatMap(({ result }) => result ?? []), failed: reports.filter(({ result }) => result === null) };
}

/** A report with what was asked for beside it: why, by other papers, what is missing. Errors: none; what takes too long fails it. */
async function withMore(
  desk: DocumentDesk,
  report: DocumentReport,
  { flags, sources, options }: { readonly flags: CheckFlags; readonly sources: readonly DocumentResult[]; readonly options: CheckOptions },
): Promise<DocumentReport> {
  let { result } = report;
  if (result === null) return report;
  try {
    if (flags.why !== undefined) result = await desk.ask({ kind: "decisions", result, phrase: flags.why });
    if (sources.length > 0) result = await desk.ask({ kind: "against", parts: { article: result, sources }, options });
    if (flags.checklist === true) result = await desk.ask({ kind: "checklist", result });
    return { ...report, result };
  } catch (error) {
    if (error instanceof TaskStopped) return stoppedReport(report.source, error);
    throw error;
  }
}

/** The hash of rules that can be used with the options. What is not asked for is not loaded. Errors: rules or slots that are unusable are told. */
async function usableRules(rules: string | null, options: CheckOptions): Promise<string> {
  if (rules === null && options.provider === null && Object.keys(options.assume).length === 0) return hashOfRules(rules);
  const catalog = await loadCatalog(rules);
  requireKnownOptions(catalog, options);
  return catalog.hash;
}

/** "paper.pdf"; what turns out to be none costs a process that was not needed. */
const PDF_NAME = /\.pdf$/i;

/** A person who does not see the report, or whose table has rows for findings only, still learns what could not be read. */
function warnOfFailures(...lists: readonly (readonly DocumentReport[])[]): void {
  const failed = lists.flat().filter((document) => document.status === "failed");
  for (const document of failed) for (const problem of document.problems) notice(problemWords(problem));
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
