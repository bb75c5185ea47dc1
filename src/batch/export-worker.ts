/** The thread of a report that makes the files which other programs read. */

import { on } from "node:events";
import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { append } from "../model/many.ts";
import { FINDING_COLUMNS, FINDING_NUMBERS, findingRows } from "../report/finding-table.ts";
import { JUNIT_END, JUNIT_HEAD, junitSuite } from "../report/junit.ts";
import { startParquet } from "../report/parquet.ts";
import { RUNS_CSV_HEAD, runsCsv, startRunsParquet } from "../report/run-table.ts";
import { type SarifPart, sarifLog, sarifPart } from "../report/sarif.ts";
import type { WireDocument, WireReport } from "../report/wire.ts";
import { runRows } from "../run-rows.ts";
import { AsideFiles, type FileHashes } from "./aside-files.ts";

/** Where the files go, and what has made them. */
export interface ExportPlace {
  /** Has to be there. */
  readonly folder: string;
  readonly tool: WireReport["tool"];
}

/** Some documents, each as JSON that is no empty object; null when there are no more. The answers are null, and at the end the files. */
export type ExportTask = readonly string[] | null;

if (parentPort !== null) {
  // Threads do not share the compiled code that the process keeps between runs.
  module.enableCompileCache();
  const files = await makeFiles(workerData, tasks(parentPort), () => parentPort?.postMessage(null));
  // The thread is ended from outside, so it cannot wait for its end.
  module.flushCompileCache();
  parentPort.postMessage(files);
}

async function* tasks(port: NonNullable<typeof parentPort>): AsyncGenerator<readonly string[]> {
  for await (const [task] of on(port, "message") as AsyncIterable<[ExportTask]>) {
    if (task === null) return;
    yield task;
  }
}

/** All files go out as they grow; what is flagged is little, and held for the log. */
async function makeFiles({ folder, tool }: ExportPlace, tasks: AsyncIterable<readonly string[]>, done: () => void): Promise<FileHashes> {
  const files = new AsideFiles(folder);
  const lines = await files.grow("documents.jsonl");
  const suites = await files.grow("junit.xml");
  const columns = await files.grow("findings.parquet");
  const parquet = startParquet({ columns: FINDING_COLUMNS, numbers: FINDING_NUMBERS });
  const runs = await files.grow("runs.csv");
  const runColumns = await files.grow("runs.parquet");
  const runsParquet = startRunsParquet();
  // A paper and a copy of it tell of the same runs.
  const seen = new Set<string>();
  const logs: SarifPart[] = [];
  await suites(JUNIT_HEAD);
  await runs(RUNS_CSV_HEAD);
  for await (const documents of tasks) {
    for (const json of documents) {
      const document: WireDocument = JSON.parse(json);
      await lines(lineOf(tool, json));
      await suites(junitSuite(document));
      await columns(parquet.add(findingRows(document)));
      append(logs, sarifPart(document));
      const isCopy = document.sha256 !== null && seen.has(document.sha256);
      if (document.sha256 !== null) seen.add(document.sha256);
      const rows = isCopy ? [] : runRows(document);
      await runs(runsCsv(rows));
      await runColumns(runsParquet.add(rows));
    }
    done();
  }
  await suites(JUNIT_END);
  await columns(parquet.end());
  await runColumns(runsParquet.end());
  await files.put("findings.sarif", `${JSON.stringify(sarifLog(logs, tool))}\n`);
  return files.end();
}

/** A document as a line of the file that has all of them. */
function lineOf(tool: WireReport["tool"], json: string): string {
  return `{"schema":"reckoner/2","tool":${JSON.stringify(tool)},${json.slice(1)}\n`;
}
