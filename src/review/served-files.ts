import { realpath } from "node:fs/promises";
import { sep } from "node:path";
import { isAddress } from "../store/address.ts";

/**
 * Tells whether a document may be read: only what stands in the folders, or is one of the files, that were given.
 *
 * A link that leads out of them is not followed: whoever can put a link among the papers could otherwise have any file shown.
 * Standard input and addresses are no files.
 */
export async function isServed(source: string, given: readonly string[]): Promise<boolean> {
  if (source === "-" || isAddress(source)) return true;
  const real = await realPathOf(source);
  // What is not there is told as such by whoever reads it.
  if (real === null) return true;
  const roots = await Promise.all(given.filter((input) => !isAddress(input)).map(realPathOf));
  return roots.some((root) => root !== null && (real === root || real.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)));
}

async function realPathOf(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (error instanceof Error && "code" in error) return null;
    throw error;
  }
}
