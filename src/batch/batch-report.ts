import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { findDrifts } from "../across.ts";
import type { AcrossResult, ToldFigure } from "../model/told-figure.ts";
import { withoutAcceptedFindings, withReviewWords } from "../report/accepted.ts";
import { acrossCsv, acrossLines } from "../report/across-words.ts";
import { claimReviewEntries, claimReviewFile } from "../report/claimreview.ts";
import { CSV_HEAD, csvRows } from "../report/csv.ts";
import { type FindingRow, findingRows } from "../report/finding-table.ts";
import { type HtmlDocument, htmlDocument, htmlReport } from "../report/html.ts";
import { type JunitSuite, junitFile, junitSuite } from "../report/junit.ts";
import { parquetFile } from "../report/parquet.ts";
import type { Review } from "../report/review.ts";
import { type SarifPart, sarifLog, sarifPart } from "../report/sarif.ts";
import { toldFigures } from "../report/told-figures.ts";
import type { WireDocument, WireReport } from "../report/wire.ts";
import type { ResultStore } from "../store/result-store.ts";
import { REPORT_FILES, type ReportFile } from "./report-files.ts";

/** What stands in the report, in numbers. */
export interface BatchSummary {
  readonly documents: number;
  readonly failed: number;
  /** Documents with a finding that is an error or a warning. */
  readonly flagged: number;
  readonly errors: number;
  readonly warnings: number;
  /** Fingerprints that let a finding pass. */
  readonly passed: readonly string[];
  /** What documents tell differently, a line each, with a total; none where it was not asked for. */
  readonly across: readonly string[];
}

/** What a report is made of. */
export interface ReportRequest {
  /** Paths with the keys of their results. */
  readonly keys: ReadonlyMap<string, string>;
  readonly tool: WireReport["tool"];
  /** Fingerprints of findings that are let pass. */
  readonly accepted: ReadonlySet<string>;
  /** Null where no decisions were named, so that none are published. */
  readonly reviews: readonly Review[] | null;
  /** Whether documents are compared with each other. */
  readonly across: boolean;
}

/** Held back of a file before the disk is waited for: many documents go out at once. In bytes. */
const HELD = 4 << 20;

/**
 * Writes a report into a folder, one document after the other.
 *
 * The files depend on papers, rules and options alone: the same batch gives the same bytes, however often it was stopped.
 * Each file takes its place when it is whole; one of an earlier report that this one has not is taken away.
 */
export async function writeBatchReport(
  store: ResultStore,
  request: ReportRequest,
  folder: string,
): Promise<{ readonly summary: BatchSummary; readonly files: readonly ReportFile[] }> {
  await mkdir(folder, { recursive: true });
  const written: ReportFile[] = [];
  const part = (name: ReportFile): string => join(folder, `${name}.part`);
  const put = async (name: ReportFile, content: string | Uint8Array): Promise<void> => {
    await writeFile(part(name), content);
    written.push(name);
  };
  const { tool, reviews, accepted } = request;
  // The largest ones go out as they grow; what the others keep of a document is small.
  const table = createWriteStream(part("findings.csv"), { highWaterMark: HELD });
  const lines = createWriteStream(part("documents.jsonl"), { highWaterMark: HELD });
  const [pages, rows, suites, logs, entries]: [HtmlDocument[], FindingRow[], JunitSuite[], SarifPart[], object[]] = [[], [], [], [], []];
  const tally = startTally(request);
  const said = Map.groupBy(reviews ?? [], ({ fingerprint }) => fingerprint);
  await write(table, CSV_HEAD);
  for await (const whole of namedDocuments(store, request)) {
    const document = withReviewWords(withoutAcceptedFindings(whole, accepted, tally.passed), said);
    tally.add(document);
    await write(table, csvRows(document));
    await write(lines, `${JSON.stringify({ schema: "reckoner/1", tool, ...document })}\n`);
    pages.push(htmlDocument(document));
    rows.push(...findingRows(document));
    suites.push(junitSuite(document));
    logs.push(sarifPart(document));
    // What a person found to be fine is published as such, though it is not flagged.
    if (reviews !== null) entries.push(...claimReviewEntries(whole, reviews));
  }
  await Promise.all([table, lines].map((stream) => finished(stream.end())));
  written.push("findings.csv", "documents.jsonl");
  const summary = tally.summary();
  const drifts = tally.drifts();
  await put("index.html", await htmlReport(pages, tool, drifts));
  if (drifts !== null) await put("across.csv", acrossCsv(drifts));
  await put("findings.parquet", parquetFile(rows));
  await put("findings.sarif", `${JSON.stringify(sarifLog(logs, tool))}\n`);
  await put("junit.xml", junitFile(suites));
  if (reviews !== null) await put("claimreview.json", claimReviewFile(entries));
  for (const name of REPORT_FILES) {
    if (written.includes(name)) await rename(part(name), join(folder, name));
    else await rm(join(folder, name), { force: true });
  }
  return { summary, files: written };
}

/** The numbers of a report that is not written. */
export async function batchSummary(store: ResultStore, request: ReportRequest): Promise<BatchSummary> {
  const { keys, accepted, across } = request;
  // The store can count, if nothing is to be left out or compared.
  if (accepted.size === 0 && !across) return { documents: keys.size, ...(await store.summary([...keys.values()])), passed: [], across: [] };
  const tally = startTally(request);
  for await (const whole of namedDocuments(store, request)) tally.add(withoutAcceptedFindings(whole, accepted, tally.passed));
  return tally.summary();
}

interface Tally {
  /** Fingerprints that have let a finding pass. */
  readonly passed: Set<string>;
  readonly add: (document: WireDocument) => void;
  readonly drifts: () => AcrossResult | null;
  readonly summary: () => BatchSummary;
}

function startTally({ across }: ReportRequest): Tally {
  const passed = new Set<string>();
  const told: ToldFigure[] = [];
  let compared: AcrossResult | null = null;
  let [documents, failed, flagged, errors, warnings] = [0, 0, 0, 0, 0];
  const drifts = (): AcrossResult | null => {
    if (across) compared ??= findDrifts(told);
    return compared;
  };
  return {
    passed,
    drifts,
    add: (document) => {
      const severities = document.findings.map(({ severity }) => severity);
      documents += 1;
      if (document.status === "failed") failed += 1;
      errors += severities.filter((severity) => severity === "error").length;
      warnings += severities.filter((severity) => severity === "warning").length;
      if (severities.some((severity) => severity !== "note")) flagged += 1;
      if (across) told.push(...toldFigures(document));
    },
    summary: () => {
      const result = drifts();
      const lines = result === null ? [] : acrossLines(result);
      return { documents, failed, flagged, errors, warnings, passed: [...passed].sort(), across: lines };
    },
  };
}

/** Each document under its own name. */
async function* namedDocuments(store: ResultStore, { keys }: ReportRequest): AsyncGenerator<WireDocument> {
  for await (const [path, saved] of store.documents(keys)) yield underName(saved, path);
}

/** A result is kept by content; two files of the same bytes share it, and each is shown under its own name. */
function underName(document: WireDocument, path: string): WireDocument {
  if (document.source === path) return document;
  const problems = document.problems.map((problem) => ({ ...problem, message: problem.message.replace(document.source, () => path) }));
  return { ...document, source: path, problems };
}

/** Writes, and waits where the disk is slower than we are. */
async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}
