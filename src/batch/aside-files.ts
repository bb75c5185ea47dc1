import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { ReportFile } from "./report-files.ts";

/** Files with the SHA-256 of their bytes, in hex. */
export type FileHashes = ReadonlyMap<ReportFile, string>;

/** Held back of a growing file before it goes out; in UTF-16 code units. */
const HELD = 1 << 20;

/** Files of a report while they are written, under names of their own; they are hashed as they go out, so that they need not be read for it. */
export class AsideFiles {
  readonly #folder: string;
  readonly #growing = new Map<ReportFile, GrowingFile>();

  /** The folder has to be there. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a file at once. Errors: those of the disk. */
  async put(name: ReportFile, content: string | Uint8Array): Promise<void> {
    await (await this.#begin(name)).write(content);
  }

  /** A file that grows: what is added goes out in large pieces. Errors: those of the disk. */
  async grow(name: ReportFile): Promise<(content: string | Uint8Array) => Promise<void>> {
    const file = await this.#begin(name);
    return (content) => (typeof content === "string" ? file.add(content) : file.write(content));
  }

  /** Ends all files. Errors: those of the disk. */
  async end(): Promise<FileHashes> {
    const hashes = new Map<ReportFile, string>();
    for (const [name, file] of this.#growing) hashes.set(name, await file.end());
    return hashes;
  }

  /** Of a report that is given up. */
  async close(): Promise<void> {
    for (const file of this.#growing.values()) await file.close();
  }

  async #begin(name: ReportFile): Promise<GrowingFile> {
    const file = new GrowingFile(await open(asideOf(this.#folder, name, process.pid), "w"));
    this.#growing.set(name, file);
    return file;
  }
}

/** Where a process writes a file before it takes its place: two calls at once do not write the same one. */
export function asideOf(folder: string, name: string, pid: number): string {
  return join(folder, `${name}.${pid}.part`);
}

class GrowingFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash("sha256");
  #held: string[] = [];
  #size = 0;
  /** The piece that is on its way: the next one is made meanwhile. */
  #going: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async add(text: string): Promise<void> {
    this.#held.push(text);
    this.#size += text.length;
    if (this.#size >= HELD) await this.#flush();
  }

  async write(content: string | Uint8Array): Promise<void> {
    if (content.length === 0) return;
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    this.#hash.update(bytes);
    await this.#going;
    // Goes on where the last piece ended.
    this.#going = this.#handle.writeFile(bytes);
    // Whoever writes next, or ends the file, is told; nobody may do so.
    this.#going.catch(() => undefined);
  }

  /** The hash of all that was written. */
  async end(): Promise<string> {
    await this.#flush();
    await this.#going;
    await this.#handle.close();
    return this.#hash.digest("hex");
  }

  /** Of a file that is given up; one that is closed stays so. */
  async close(): Promise<void> {
    await this.#going.catch(() => undefined);
    await this.#handle.close().catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const text = this.#held.join("");
    this.#held = [];
    this.#size = 0;
    await this.write(text);
  }
}
