import { readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { append } from "../model/many.ts";
import type { Problem } from "../model/problem.ts";
import { LATEX_NAME } from "../read/latex-inputs.ts";
import { isAddress, isS3Address } from "../store/address.ts";
import { reasonOf } from "../store/network-words.ts";
import { isReadable, searchFolder } from "./folder-search.ts";

/** What the inputs on the command line stand for. */
export interface InputFiles {
  /** Paths as they will be named in the report, "-" for standard input; in the order given, sorted inside a folder, each once. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
}

/** Files, folders (searched through), patterns, addresses and "-" as a list of files. What stands for no file is a problem, and does not stop the rest. */
export async function findInputFiles(inputs: readonly string[]): Promise<InputFiles> {
  // Keyed by the whole path, so that a file named in two ways is read once, under its first name.
  const files = new Map<string, string>();
  const problems: Problem[] = [];
  for (const input of inputs) {
    const found = input === "-" ? { paths: ["-"], problems: [] } : await expand(input);
    for (const path of found.paths) {
      const key = path === "-" || isAddress(path) ? path : resolve(path);
      if (!files.has(key)) files.set(key, path);
    }
    append(problems, found.problems);
  }
  return { files: [...files.values()], problems };
}

interface Found {
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
}

async function expand(input: string): Promise<Found> {
  if (isS3Address(input) && !S3_OBJECT.test(input)) return listed(input);
  if (isAddress(input)) return { paths: [input], problems: [] };
  const kind = await kindOf(input);
  if (kind === "file") return { paths: [input], problems: [] };
  if (kind === "folder") {
    const { files: all, left } = await searchFolder(input);
    const files = await withoutPulledIn(all);
    return files.length === 0 && left.length === 0 ? nothing("no-readable-files", input, null) : { paths: files, problems: left };
  }
  if (kind === "unreadable") return nothing("not-readable", input, null);
  if (!isDynamicPattern(input)) return nothing("not-found", input, null);
  const paths = await matching(input);
  return paths.length > 0 ? { paths, problems: [] } : nothing("not-found", input, "no file matches this pattern");
}

/** Files without those that a LaTeX source among them pulls in, which are read with it. */
async function withoutPulledIn(files: readonly string[]): Promise<readonly string[]> {
  const parts = new Set<string>();
  for (const path of files.filter((file) => LATEX_NAME.test(file)))
    for (const name of await partsOf(path)) parts.add(resolve(dirname(path), name));
  return files.filter((file) => !parts.has(resolve(file)));
}

async function partsOf(path: string): Promise<readonly string[]> {
  const { projectFiles } = await import("../store/latex-project.ts");
  const files = await projectFiles(path, await readFile(path)).catch(() => null);
  return [...(files?.keys() ?? [])].filter((name) => name !== basename(path));
}

/** "s3://papers/2024/a.pdf"; not "s3://papers/2024/" or "s3://papers", which stand for all objects below. */
const S3_OBJECT = /^s3:\/\/[^/]+\/.*[^/]$/i;
/** Seconds for the names of a million objects. */
const LISTING_SECONDS = 600;

/** The readable objects below an s3 address. */
async function listed(input: string): Promise<Found> {
  const { listS3 } = await import("../store/s3.ts");
  try {
    const names = await listS3(input, AbortSignal.timeout(LISTING_SECONDS * 1000));
    const paths = names.filter(isReadable);
    return paths.length > 0 ? { paths, problems: [] } : nothing("no-readable-files", input, null);
  } catch (error) {
    if (error instanceof Error) return nothing("not-fetched", input, reasonOf(error));
    throw error;
  }
}

/** Files that a pattern stands for; links to folders are not followed, for they may lead back. */
async function matching(pattern: string): Promise<readonly string[]> {
  const paths = await glob([pattern], {
    caseSensitiveMatch: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    // A pattern that begins at the root gives names that do, too.
    absolute: isAbsolute(pattern),
    ignore: ["**/node_modules/**"],
  });
  return paths.sort();
}

async function kindOf(path: string): Promise<"file" | "folder" | "missing" | "unreadable"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return "missing";
    if (code === "EACCES" || code === "EPERM" || code === "ELOOP") return "unreadable";
    throw error;
  }
}

function nothing(code: "no-readable-files" | "not-fetched" | "not-readable" | "not-found", source: string, detail: string | null): Found {
  return { paths: [], problems: [{ code, source, page: null, detail }] };
}
