import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { BatchSummary, ReportRequest } from "./batch-report.ts";

/** Says which report stands in a folder. */
const NOTE_FILE = ".report.json";

/** What is noted of a report. */
interface Note {
  /** Hash over everything that the report was made of. */
  readonly of: string;
  /** The files with the hash of their bytes. */
  readonly files: Readonly<Record<string, string>>;
  readonly summary: BatchSummary;
}

/** Stands for a report: equal for reports that would be the same, byte for byte. `results` stands for the results of its papers. */
export function reportName({ tool, accepted, reviews, across }: ReportRequest, results: string): string {
  return createHash("sha256")
    .update(JSON.stringify([tool, [...accepted].sort(), reviews, across, results]))
    .digest("hex");
}

/** The numbers of the report in a folder. Null if it is not the one that is named, or a file of it is missing or was changed. */
export async function keptReport(folder: string, name: string): Promise<BatchSummary | null> {
  const note = await noteIn(folder);
  if (note?.of !== name) return null;
  const hashes = await Promise.all(Object.keys(note.files).map((file) => hashOf(join(folder, file))));
  return Object.values(note.files).every((hash, index) => hash === hashes[index]) ? note.summary : null;
}

/** Notes which report stands in a folder. */
export async function noteReport(folder: string, name: string, files: readonly string[], summary: BatchSummary): Promise<void> {
  const hashes = await Promise.all(files.map(async (file) => [file, await hashOf(join(folder, file))] as const));
  const note = { of: name, files: Object.fromEntries(hashes), summary };
  await writeFile(join(folder, `${NOTE_FILE}.part`), JSON.stringify(note));
  await rename(join(folder, `${NOTE_FILE}.part`), join(folder, NOTE_FILE));
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

/** In hex; null for a file that cannot be read. */
async function hashOf(path: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
    return hash.digest("hex");
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && "syscall" in error;
}
