import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { diskWords } from "../store/disk-words.ts";
import { REPORT_FILES, type ReportFile } from "./report-files.ts";

/** A folder that does not take the report, in one line: what, where, and what to do. Shown without a stack. */
export class ReportError extends Error {
  override readonly name = "ReportError";
}

/** The files of a report while they are written. */
export interface ReportFolder {
  /** Writes a file at once. */
  put(name: ReportFile, content: string | Uint8Array): Promise<void>;
  /** A file that grows: what is added goes out in large pieces. */
  grow(name: ReportFile): Promise<(text: string) => Promise<void>>;
}

/** Held back of a growing file before it goes out; in UTF-16 code units. */
const HELD = 1 << 20;

/**
 * Has the files of a report written aside; they take their places when all of them are whole.
 *
 * Files of an earlier report that this one has not are taken away, and so is what calls that were killed have left aside.
 * The files are told with the SHA-256 of their bytes, in hex: they are read for it as they go out, and not once more.
 * Errors: a folder that cannot be written is a ReportError; the report that stands there stays as it is.
 */
export async function writeReportFiles<T>(
  folder: string,
  work: (files: ReportFolder) => Promise<T>,
): Promise<{ readonly made: T; readonly files: ReadonlyMap<ReportFile, string> }> {
  const growing = new Map<ReportFile, GrowingFile>();
  const hashes = new Map<ReportFile, string>();
  const aside = (name: ReportFile): string => asideOf(folder, name, process.pid);
  const begin = async (name: ReportFile): Promise<GrowingFile> => {
    const file = new GrowingFile(await open(aside(name), "w"));
    growing.set(name, file);
    return file;
  };
  try {
    await mkdir(folder, { recursive: true });
    await dropLeftovers(folder);
    const made = await work({
      put: async (name, content) => (await begin(name)).write(content),
      grow: async (name) => {
        const file = await begin(name);
        return (text) => file.add(text);
      },
    });
    for (const [name, file] of growing) hashes.set(name, await file.end());
    for (const name of REPORT_FILES) {
      if (hashes.has(name)) await rename(aside(name), join(folder, name));
      else await rm(join(folder, name), { force: true });
    }
    return { made, files: hashes };
  } catch (error) {
    for (const [name, file] of growing) {
      await file.close();
      await rm(aside(name), { force: true });
    }
    throw reportError(folder, error);
  }
}

/** What went wrong with the files of a report, as a ReportError; other errors are given back as they are. */
export function reportError(folder: string, error: unknown): unknown {
  const reason = diskWords(error);
  if (reason === null) return error;
  const words = `${folder}: the report cannot be written (${reason}); the results are kept: mend that and run the same command again`;
  return new ReportError(words, { cause: error });
}

/** Where a process writes a file before it takes its place: two calls at once do not write the same one. */
export function asideOf(folder: string, name: string, pid: number): string {
  return join(folder, `${name}.${pid}.part`);
}

/** "index.html.4711.part"; not "index.html". */
const ASIDE = /\.(?<pid>\d+)\.part$/;

/** What processes that are no more have left. */
async function dropLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = ASIDE.exec(name)?.groups?.["pid"];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of somebody else may not be asked, but is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

class GrowingFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #held: string[] = [];
  #size = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async add(text: string): Promise<void> {
    this.#held.push(text);
    this.#size += text.length;
    if (this.#size >= HELD) await this.#flush();
  }

  async write(content: string | Uint8Array): Promise<void> {
    this.#hash.update(content);
    // Goes on where the last piece ended.
    await this.#handle.writeFile(content);
  }

  /** The hash of all that was written. */
  async end(): Promise<string> {
    await this.#flush();
    await this.#handle.close();
    return this.#hash.digest("hex");
  }

  /** Of a file that is given up; one that is closed stays so. */
  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const text = this.#held.join("");
    this.#held = [];
    this.#size = 0;
    await this.write(text);
  }
}
