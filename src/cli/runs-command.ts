import { DocumentDesk } from "../isolate/document-desk.ts";
import { append } from "../model/many.ts";
import type { DocumentReport } from "../model/report.ts";
import type { RunRow } from "../model/run-row.ts";
import { problemWords } from "../report/problem-words.ts";
import { RUNS_CSV_HEAD, runJson, runsCsv, startRunsParquet } from "../report/run-table.ts";
import { toWireDocument } from "../report/wire-report.ts";
import { runRows } from "../run-rows.ts";
import { USUAL_LIMITS } from "../store/read-limits.ts";
import type { ExitCode } from "./exit-code.ts";
import { findInputFiles } from "./input-files.ts";
import { print, writeOutput } from "./output.ts";
import { startProgress } from "./progress.ts";
import { readSettings } from "./settings-file.ts";
import { UsageError } from "./usage-error.ts";

export const RUN_FORMATS = ["csv", "parquet", "json", "jsonl"] as const;
export type RunFormat = (typeof RUN_FORMATS)[number];

export interface RunsFlags {
  readonly format?: RunFormat;
  readonly output?: string;
  readonly rules?: string;
  readonly timeout?: number;
}

/**
 * Writes a table of the training runs of documents, one row for each run of each document.
 *
 * A second copy of a document is told, and counted once; what cannot be read is told, and gives 2. Documents without runs give a head and 0.
 */
export async function runsCommand(inputs: readonly string[], flags: RunsFlags): Promise<ExitCode> {
  if (inputs.length === 0 && process.stdin.isTTY === true)
    throw new UsageError('no input: name a folder or files, or pipe text in ("reckoner runs papers/ -o runs.csv")');
  const format = flags.format ?? formatOf(flags.output);
  if (format === "parquet" && flags.output === undefined) throw new UsageError("a Parquet file is no text: name it with -o FILE");
  const settings = await readSettings(".");
  const limits = { ...USUAL_LIMITS, seconds: flags.timeout ?? settings.timeout ?? USUAL_LIMITS.seconds };
  const desk = new DocumentDesk({ jobs: 1, megabytes: limits.megabytes, rules: flags.rules ?? settings.rules ?? null }, limits);
  const { files, problems } = await findInputFiles(inputs.length === 0 ? ["-"] : inputs);
  const options = { priceDate: settings.priceDate ?? null, provider: settings.provider ?? null, assume: settings.assume ?? {} };
  const told = problems.map(problemWords);
  const rows: RunRow[] = [];
  const seen = new Map<string, string>();
  const progress = await startProgress(files.length);
  for (const file of files) {
    progress.next(file);
    const report = await desk.checkNamed(file, options);
    if (report.status === "failed") append(told, report.problems.map(problemWords));
    const original = copyOf(report, seen);
    if (original === null) append(rows, runRows(toWireDocument(report)));
    else process.stderr.write(`reckoner: ${file} is a copy of ${original}: its runs are counted once\n`);
  }
  progress.done();
  const content = tableOf(format, rows);
  if (flags.output === undefined) await print(String(content), "data");
  else await writeOutput(flags.output, content);
  if (flags.output !== undefined)
    process.stderr.write(`reckoner: ${counted(rows.length, "run")} of ${counted(seen.size, "document")} in ${flags.output}\n`);
  for (const line of told) process.stderr.write(`reckoner: ${line}\n`);
  return told.length > 0 ? 2 : 0;
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

/** The document of the same bytes that came before; null for the first. */
function copyOf({ sha256, source }: DocumentReport, seen: Map<string, string>): string | null {
  const original = sha256 === null ? undefined : seen.get(sha256);
  if (original === undefined && sha256 !== null) seen.set(sha256, source);
  return original ?? null;
}

function formatOf(output: string | undefined): RunFormat {
  const ending = output?.split(".").at(-1)?.toLowerCase();
  return RUN_FORMATS.find((format) => format === ending) ?? "csv";
}

function tableOf(format: RunFormat, rows: readonly RunRow[]): string | Uint8Array {
  switch (format) {
    case "csv":
      return RUNS_CSV_HEAD + runsCsv(rows);
    case "jsonl":
      return rows.map((row) => `${runJson(row)}\n`).join("");
    case "json":
      return `[${rows.map((row) => `\n${runJson(row)}`).join(",")}\n]\n`;
    case "parquet": {
      const table = startRunsParquet();
      return Buffer.concat([table.add(rows), table.end()]);
    }
  }
}
