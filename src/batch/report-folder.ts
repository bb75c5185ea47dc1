import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { WireReport } from "../report/wire.ts";
import { AsideFiles, asideOf, type FileHashes } from "./aside-files.ts";
import { ExportThread } from "./export-thread.ts";
import { reportError } from "./report-error.ts";
import { REPORT_FILES } from "./report-files.ts";

/**
 * Has the files of a report written aside; they take their places when all of them are whole.
 *
 * `work` puts files of its own, and gives all documents to the thread that makes the others.
 * Files of an earlier report that this one has not are taken away, and so is what calls that were killed have left aside.
 * Errors: a folder that cannot be written is a ReportError; the report that stands there stays as it is.
 */
export async function writeReportFiles<T>(
  folder: string,
  tool: WireReport["tool"],
  work: (files: AsideFiles, exports: ExportThread) => Promise<T>,
): Promise<{ readonly made: T; readonly files: FileHashes }> {
  const own = new AsideFiles(folder);
  let exports: ExportThread | null = null;
  try {
    await mkdir(folder, { recursive: true });
    await dropLeftovers(folder);
    exports = new ExportThread({ folder, tool });
    const made = await work(own, exports);
    const files = new Map([...(await own.end()), ...(await exports.files)]);
    for (const name of REPORT_FILES) {
      if (files.has(name)) await rename(asideOf(folder, name, process.pid), join(folder, name));
      else await rm(join(folder, name), { force: true });
    }
    await exports.close();
    return { made, files };
  } catch (error) {
    await Promise.all([own.close(), exports?.close()]);
    // What cannot be taken away now is a leftover for the next call; what went wrong first is told.
    for (const name of REPORT_FILES) await rm(asideOf(folder, name, process.pid), { force: true }).catch(() => undefined);
    throw reportError(folder, error);
  }
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
