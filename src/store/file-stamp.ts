import { type BigIntStats, readFileSync, statSync } from "node:fs";
import { isMainSource, LATEX_NAME, pulledInBy } from "../read/latex-inputs.ts";

/** The stamp of what cannot be read; it tells nothing. */
export const NO_STAMP = "";

/** Nanoseconds: clocks of file systems tick as slowly as this. */
const SLOWEST_TICK = 2_000_000_000n;
/** Begins the stamp of a file that was changed so lately that a later change could leave the same stamp. */
const RACY = "late ";

/**
 * Size, times and place of a file; while they stand, its bytes do.
 *
 * A file that has just been changed may change again within one tick of its clock: its stamp is one that it will not have later.
 * It is asked for without waiting: of many thousand files, nearly all are unchanged, and waiting takes ten times as long as the answer.
 * Source: git, Documentation/technical/racy-git.
 */
export function fileStamp(path: string): string {
  try {
    return isOfSeveral(path) ? NO_STAMP : stampOf(statSync(path, { bigint: true }));
  } catch (error) {
    // Whatever the reason is, loading the file meets it again and tells it.
    if (error instanceof Error && "code" in error) return NO_STAMP;
    throw error;
  }
}

/** A LaTeX source is read with what it pulls in, whose times say more than its own. */
function isOfSeveral(path: string): boolean {
  if (!LATEX_NAME.test(path)) return false;
  const text = readFileSync(path, "latin1");
  return isMainSource(text) && pulledInBy(text).length > 0;
}

/** Whether files with this stamp are sure to hold the same bytes. */
export function isSureStamp(stamp: string): boolean {
  return stamp !== NO_STAMP && !stamp.startsWith(RACY);
}

function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  const isLate = BigInt(Date.now()) * 1_000_000n - changed < SLOWEST_TICK;
  return `${isLate ? RACY : ""}${size}:${mtimeNs}:${ctimeNs}:${ino}`;
}
