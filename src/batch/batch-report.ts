import { relative } from "node:path";
import { append } from "../model/many.ts";
import { withoutAcceptedFindings, withReviewWords } from "../report/accepted.ts";
import { acrossCsv } from "../report/across-words.ts";
import { claimReviewEntries, claimReviewFile } from "../report/claimreview.ts";
import { CSV_HEAD, csvRows } from "../report/csv.ts";
import { startHtmlPage } from "../report/html.ts";
import { encoded } from "../report/html-documents.ts";
import type { Review } from "../report/review.ts";
import type { WireDocument, WireReport } from "../report/wire.ts";
import { isAddress } from "../store/address.ts";
import type { ResultStore } from "../store/result-store.ts";
import type { FileHashes } from "./aside-files.ts";
import { writeReportFiles } from "./report-folder.ts";
import { type BatchSummary, startTally } from "./report-tally.ts";

/** What a report is made of. */
export interface ReportRequest {
  /** Paths with the keys of their results. */
  readonly keys: ReadonlyMap<string, string>;
  /** Inputs that stand for no paper: a name that is not there, a folder that cannot be opened. */
  readonly unfound: readonly WireDocument[];
  readonly tool: WireReport["tool"];
  /** Fingerprints of findings that are let pass. */
  readonly accepted: ReadonlySet<string>;
  /** Null where no decisions were named, so that none are published. */
  readonly reviews: readonly Review[] | null;
  /** Whether documents are compared with each other. */
  readonly across: boolean;
}

/**
 * Writes a report into a folder, one document after the other.
 *
 * The files depend on papers, rules and options alone: the same batch gives the same bytes, however often it was stopped.
 * Errors: a folder that cannot be written is a ReportError.
 */
export async function writeBatchReport(
  store: ResultStore,
  request: ReportRequest,
  folder: string,
): Promise<{ readonly summary: BatchSummary; readonly files: FileHashes }> {
  const { tool, reviews, accepted } = request;
  const { made, files } = await writeReportFiles(folder, tool, async (own, exports) => {
    const entries: object[] = [];
    const page = startHtmlPage((source) => (isAddress(source) ? source : encoded(relative(folder, source).replaceAll("\\", "/"))));
    const table = await own.grow("findings.csv");
    await table(CSV_HEAD);
    const tally = startTally(request.across);
    const said = Map.groupBy(reviews ?? [], ({ fingerprint }) => fingerprint);
    for await (const { document: whole, json } of namedDocuments(store, request)) {
      const document = withReviewWords(withoutAcceptedFindings(whole, accepted, tally.passed), said);
      tally.add(document);
      // What the store has is JSON already, and megabytes of it.
      await exports.add(document === whole && json !== null ? json : JSON.stringify(document));
      page.add(document);
      await table(csvRows(document));
      // What a person found to be fine is published as such, though it is not flagged.
      if (reviews !== null) append(entries, claimReviewEntries(whole, reviews));
    }
    exports.finish();
    const drifts = tally.drifts();
    await own.put("index.html", await page.html(tool, drifts));
    if (drifts !== null) await own.put("across.csv", acrossCsv(drifts));
    if (reviews !== null) await own.put("claimreview.json", claimReviewFile(entries));
    return tally.summary();
  });
  return { summary: made, files };
}

/** The numbers of a report that is not written. */
export async function batchSummary(store: ResultStore, request: ReportRequest): Promise<BatchSummary> {
  const { keys, unfound, accepted, across } = request;
  // The store can count, if nothing is to be left out or compared.
  if (accepted.size === 0 && !across) {
    const counts = await store.summary([...keys.values()]);
    return { ...counts, documents: keys.size + unfound.length, failed: counts.failed + unfound.length, passed: [], across: [] };
  }
  const tally = startTally(across);
  for await (const { document: whole } of namedDocuments(store, request)) tally.add(withoutAcceptedFindings(whole, accepted, tally.passed));
  return tally.summary();
}

/** A document of the report. */
interface NamedDocument {
  readonly document: WireDocument;
  /** The JSON of the document, if the store has it just so. */
  readonly json: string | null;
}

/** Each document under its own name; those of which there is nothing stand at the end. */
async function* namedDocuments(store: ResultStore, { keys, unfound }: ReportRequest): AsyncGenerator<NamedDocument> {
  for await (const [path, saved, json] of store.documents(keys)) {
    const document = underName(saved, path);
    yield { document, json: document === saved ? json : null };
  }
  for (const document of unfound) yield { document, json: null };
}

/** A result is kept by content; two files of the same bytes share it, and each is shown under its own name. */
function underName(document: WireDocument, path: string): WireDocument {
  if (document.source === path) return document;
  const problems = document.problems.map((problem) => ({ ...problem, message: problem.message.replace(document.source, () => path) }));
  return { ...document, source: path, problems };
}
