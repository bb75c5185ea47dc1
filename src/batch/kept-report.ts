import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CheckOptions } from "../model/report.ts";
import type { Review } from "../report/review.ts";
import { fileStamp, isSureStamp, NO_STAMP } from "../store/file-stamp.ts";
import type { ReadLimits } from "../store/read-limits.ts";
import { asideOf, type FileHashes } from "./aside-files.ts";
import type { ReportRequest } from "./batch-report.ts";
import { reportError } from "./report-error.ts";
import type { BatchSummary } from "./report-tally.ts";

/** Says which report stands in a folder. */
const NOTE_FILE = ".report.json";

/** What is noted of a report. */
interface Note {
  /** Hash over everything that the report was made of. */
  readonly of: string;
  /** The files with the hash of their bytes. */
  readonly files: Readonly<Record<string, string>>;
  readonly summary: BatchSummary;
  /** Hash over everything that the batch looked at; null where that could change unseen. */
  readonly from: string | null;
}

/** What a batch looks at before it opens its store. */
export interface BatchInputs {
  readonly edition: string;
  readonly options: CheckOptions;
  readonly limits: ReadLimits;
  /** Fingerprints of findings that are let pass. */
  readonly accepted: ReadonlySet<string>;
  readonly reviews: readonly Review[] | null;
  readonly across: boolean;
  /** Files with their stamps. */
  readonly stamps: ReadonlyMap<string, string>;
  /** The file that keeps the results. */
  readonly store: string;
}

/** Stands for the inputs of a batch: while it is equal, so is the outcome. Null where a stamp does not stand for bytes. */
export function inputsName({ accepted, stamps, store, ...rest }: BatchInputs): string | null {
  const stamp = fileStamp(store);
  if (stamp === NO_STAMP || [...stamps.values()].some((each) => !isSureStamp(each))) return null;
  // What is not yet in the file itself stands in its log.
  const kept = [stamp, fileStamp(`${store}-wal`)].map((each) => each.replace(/^late /, ""));
  return sha256(JSON.stringify([rest, [...accepted].sort(), [...stamps], kept]));
}

/** Stands for a report: equal for reports that would be the same, byte for byte. `results` stands for the results of its papers. */
export function reportName({ tool, unfound, accepted, reviews, across }: ReportRequest, results: string): string {
  return sha256(JSON.stringify([tool, unfound, [...accepted].sort(), reviews, across, results]));
}

/** The numbers of the report in a folder. Null if it is not the one that is named, or a file of it is missing or was changed. */
export async function keptReport(folder: string, name: string): Promise<BatchSummary | null> {
  const note = await noteIn(folder);
  return note?.of === name && isWhole(folder, note) ? note.summary : null;
}

/** The numbers of the report in a folder that was made from these inputs. Null as for `keptReport`. */
export async function unchangedReport(folder: string, inputs: string): Promise<BatchSummary | null> {
  const note = await noteIn(folder);
  return note?.from === inputs && isWhole(folder, note) ? note.summary : null;
}

/** Notes which report stands in a folder. Errors: a folder that cannot be written is a ReportError. */
export async function noteReport(folder: string, name: string, files: FileHashes, summary: BatchSummary): Promise<void> {
  await writeNote(folder, { of: name, files: Object.fromEntries(files), summary, from: null });
}

/** Notes of the report that is named which inputs it was made from. */
export async function noteInputs(folder: string, name: string, inputs: string | null): Promise<void> {
  const note = await noteIn(folder);
  if (note?.of === name && note.from !== inputs) await writeNote(folder, { ...note, from: inputs });
}

async function writeNote(folder: string, note: Note): Promise<void> {
  const aside = asideOf(folder, NOTE_FILE, process.pid);
  try {
    await writeFile(aside, JSON.stringify(note));
    await rename(aside, join(folder, NOTE_FILE));
  } catch (error) {
    await rm(aside, { force: true });
    throw reportError(folder, error);
  }
}

function isWhole(folder: string, { files }: Note): boolean {
  // Megabytes of others need not be read where one is missing.
  if (!Object.keys(files).every((file) => existsSync(join(folder, file)))) return false;
  return Object.entries(files).every(([file, hash]) => hashOf(join(folder, file)) === hash);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A note that is missing or damaged is none. One whose name fits was written by this release, so that its form is known. */
async function noteIn(folder: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(join(folder, NOTE_FILE), "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || isRefusal(error)) return null;
    throw error;
  }
}

/** Bytes that are read at a time. */
const PIECE = 1 << 20;

/** In hex; null for a file that cannot be read. Nothing else waits, so it is read without streams, which take longer to load than to use. */
function hashOf(path: string): string | null {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(PIECE);
  try {
    const file = openSync(path, "r");
    try {
      for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read));
    } finally {
      closeSync(file);
    }
    return hash.digest("hex");
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && "syscall" in error;
}
