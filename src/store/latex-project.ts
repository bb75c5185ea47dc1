import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { createTarGzip } from "nanotar";
import { isMainSource, LATEX_NAME, pulledInBy } from "../read/latex-inputs.ts";

/** Files of one project, and their characters; a book has fewer. */
const MOST_FILES = 2000;
const MOST_BYTES = 50_000_000;

/**
 * The files that a LaTeX source on the disk pulls in, by their paths from its folder, the source itself among them; null where it is none,
 * or pulls in nothing that is there.
 *
 * Only regular files in the folder of the source and below are taken, as in an archive.
 * Errors: none; what cannot be read is as if it were not there.
 */
export async function projectFiles(path: string, bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array> | null> {
  if (!LATEX_NAME.test(path) || !isMainSource(textOf(bytes))) return null;
  const root = await realpath(dirname(resolve(path)));
  const main = relative(root, await realpath(path));
  const files = new Map([[main, bytes]]);
  let size = bytes.length;
  const waiting = [main];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const named of pulledInBy(textOf(files.get(name) ?? new Uint8Array()))) {
      for (const candidate of [named, `${named}.tex`].flatMap((each) => [join(root, each), join(root, dirname(name ?? ""), each)])) {
        const found = await fileIn(root, candidate);
        if (found === null || files.has(found.name)) continue;
        size += found.bytes.length;
        if (files.size >= MOST_FILES || size > MOST_BYTES) return files;
        files.set(found.name, found.bytes);
        waiting.push(found.name);
      }
    }
  }
  return files.size === 1 ? null : files;
}

/** A project as arXiv would hand it out. The same files give the same bytes. */
export async function packed(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const names = [...files.keys()].sort();
  return createTarGzip(names.map((name) => ({ name: name.split(sep).join("/"), data: files.get(name) ?? "", attrs: { mtime: 0 } })));
}

async function fileIn(root: string, path: string): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  try {
    const real = await realpath(path);
    if (!real.startsWith(root + sep) || !LATEX_NAME.test(real)) return null;
    const about = await stat(real);
    return about.isFile() && about.size <= MOST_BYTES ? { name: relative(root, real), bytes: await readFile(real) } : null;
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}

/** Commands are of plain letters, whatever the encoding. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
