import { stat } from "node:fs/promises";
import type { Catalog } from "../model/catalog.ts";
import { openCatalog, rulesHash } from "../store/rules-folder.ts";
import { UsageError, usageError } from "./usage-error.ts";

/** Problems beyond this many repeat each other. */
const MOST_PROBLEMS = 10;

/** The built-in rules with those of the user. Errors: a folder that is missing, or rules that cannot be used, each with its line. */
export async function loadCatalog(overlay: string | null): Promise<Catalog> {
  await requireFolder(overlay);
  const { catalog, problems } = await openCatalog({ overlay });
  if (problems.length > 0) {
    const more = problems.length > MOST_PROBLEMS ? [`... and ${problems.length - MOST_PROBLEMS} more`] : [];
    throw new UsageError(["the rules cannot be used", ...problems.slice(0, MOST_PROBLEMS), ...more].join("\n  "));
  }
  return catalog;
}

/** The hash of the rules, without loading them. Errors: a folder that is missing is a usage error. */
export async function hashOfRules(overlay: string | null): Promise<string> {
  await requireFolder(overlay);
  return rulesHash(overlay);
}

async function requireFolder(overlay: string | null): Promise<void> {
  if (overlay !== null && !(await isFolder(overlay))) throw usageError("bad-option", `--rules ${overlay}`, "no such folder");
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return false;
    throw error;
  }
}
