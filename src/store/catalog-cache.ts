import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type { Catalog } from "../model/catalog.ts";

/** Old versions and other overlays; each is about a megabyte. */
const MOST_FILES_KEPT = 6;

/** Where this user's programs keep what they can make again. A folder of the user alone: others must not be able to plant facts in it. */
export function cacheFolder(): string {
  const named = process.env.XDG_CACHE_HOME;
  if (named !== undefined && named !== "") return join(named, "reckoner");
  if (process.platform === "win32") return join(process.env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "reckoner", "Cache");
  return process.platform === "darwin" ? join(homedir(), "Library", "Caches", "reckoner") : join(homedir(), ".cache", "reckoner");
}

/**
 * The catalog kept under a key.
 *
 * Shape: a first line with the key and the checksum of the rest, which is JSON.
 * Errors: none; a file that is missing, for another key, cut off or altered is as good as none.
 */
export function readCached(path: string, key: string): Catalog | null {
  const text = unlessRefused(() => readFileSync(path, "utf8"));
  if (text === null) return null;
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== headOf(key, body)) return null;
  return JSON.parse(body) as Catalog;
}

/** Keeps a catalog: written aside and renamed, so that another process never sees half of it. False where the folder cannot be written. */
export function writeCached(path: string, key: string, catalog: Catalog): boolean {
  const folder = dirname(path);
  const body = JSON.stringify(catalog);
  const aside = `${path}.${process.pid}-${randomUUID().slice(0, 8)}`;
  const written = unlessRefused(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(aside, `${headOf(key, body)}\n${body}`);
    renameSync(aside, path);
    return true;
  });
  if (written === null) unlessRefused(() => rmSync(aside, { force: true }));
  else unlessRefused(() => dropOldest(folder));
  return written ?? false;
}

function headOf(key: string, body: string): string {
  return `reckoner-catalog ${key} ${createHash("sha256").update(body).digest("hex")}`;
}

function dropOldest(folder: string): void {
  const kept = readdirSync(folder)
    .filter((name) => /^catalog-[0-9a-f]+\.cache$/.test(name))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((left, right) => right.time - left.time);
  for (const { path } of kept.slice(MOST_FILES_KEPT)) rmSync(path, { force: true });
}

/** The result, or null where the disk refuses: a cache that cannot be used is no reason to stop. Other errors are ours and go on. */
function unlessRefused<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && "code" in error && "syscall" in error) return null;
    throw error;
  }
}
