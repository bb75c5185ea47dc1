import type { Dirent } from "node:fs";
import { opendir, readlink, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Problem } from "../model/problem.ts";
import { READABLE_ENDINGS } from "../read/media-type.ts";
import { oddKind } from "../store/input-file.ts";

/** What stands in a folder and the folders in it. */
export interface FolderContent {
  /** Files by names that can be read, sorted. */
  readonly files: readonly string[];
  /** What could hold papers and was left out, in order of the names. */
  readonly left: readonly Problem[];
}

/** Folders in one another; paths of file systems end before. */
const DEEPEST = 200;

/**
 * Looks for papers in a folder, without what is hidden and what packages bring with them.
 *
 * A link is not followed: what it leads to stands in the folder anyway, or somewhere else, and is told then. Pipes, devices and sockets
 * with names of papers, and folders that may not be opened, are told, too.
 * Errors: a folder that cannot be opened is among what was left out; only faults of the disk throw.
 */
export async function searchFolder(folder: string): Promise<FolderContent> {
  const [files, left]: [string[], Problem[]] = [[], []];
  const root = await realpath(folder);
  const visit = async (path: string, depth: number): Promise<void> => {
    const entries = depth > DEEPEST ? null : await entriesOf(path);
    const named = depth === 0 ? path : `${path}/`;
    if (entries === null) left.push(problem("not-readable", named, depth > DEEPEST ? "folders nested too deeply" : "permission denied"));
    for (const entry of entries ?? []) {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) await visit(inside, depth + 1);
      else if (entry.isSymbolicLink()) {
        const found = await linkProblem(root, inside);
        if (found !== null) left.push(found);
      } else if (isReadable(entry.name)) {
        if (entry.isFile()) files.push(inside);
        else left.push(problem("not-a-file", inside, entry.isFIFO() ? "pipe" : entry.isSocket() ? "socket" : "device"));
      }
    }
  };
  await visit(folder, 0);
  return { files: files.sort(), left: left.sort((one, other) => (one.source < other.source ? -1 : 1)) };
}

/** "paper.pdf", "Source.TAR.GZ"; not "notes.doc". */
export function isReadable(name: string): boolean {
  const folded = name.toLowerCase();
  return READABLE_ENDINGS.some((ending) => folded.endsWith(`.${ending}`));
}

/** Null for a folder that may not be opened; one that has gone since holds nothing that could be missed. */
async function entriesOf(path: string): Promise<readonly Dirent[] | null> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(path)) if (!entry.name.startsWith(".") && entry.name !== "node_modules") entries.push(entry);
    return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "EACCES" || code === "EPERM") return null;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
}

/** What is missed by not following a link; null where nothing is, since it leads back into the folder or to no paper. */
async function linkProblem(root: string, path: string): Promise<Problem | null> {
  try {
    const target = await realpath(path);
    if (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
    const about = await stat(target);
    if (about.isDirectory() || (about.isFile() && isReadable(path)))
      return problem("not-readable", path, "a link that leads out of the folder, which is not followed; name what it leads to as well");
    const odd = isReadable(path) ? oddKind(about) : null;
    return odd === null ? null : problem("not-a-file", path, odd.detail);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (!isReadable(path)) return null;
    if (code === "ELOOP") return problem("not-readable", path, "a link that leads back to itself");
    if (code === "ENOENT" || code === "ENOTDIR")
      return problem("not-found", path, `a link to ${await readlink(path).catch(() => "nothing")}`);
    if (code === "EACCES" || code === "EPERM") return problem("not-readable", path, "permission denied");
    throw error;
  }
}

function problem(code: "not-a-file" | "not-found" | "not-readable", source: string, detail: string): Problem {
  return { code, source, page: null, detail };
}
