import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { createInterface } from "node:readline";
import type { Problem } from "../model/problem.ts";
import { isAddress } from "../store/address.ts";
import { findInputFiles } from "./input-files.ts";
import { UsageError } from "./usage-error.ts";

/** Paths that a batch leaves out, in the language of .gitignore. */
const IGNORE_FILE = ".reckonerignore";

/** What a batch is to check. */
export interface BatchPapers {
  readonly papers: readonly string[];
  readonly problems: readonly Problem[];
}

/** The papers that inputs stand for now. `isOurs` tells the files of a report, which are no papers. */
export async function batchPapers(inputs: readonly string[], isOurs: (path: string) => boolean): Promise<BatchPapers> {
  const { files, problems } = await findInputFiles(inputs);
  return { papers: (await withoutIgnored(files)).filter((file) => isAddress(file) || !isOurs(file)), problems };
}

/** The inputs of a command line; "-" stands for a list of paths on standard input, one a line. */
export async function namedInputs(inputs: readonly string[]): Promise<readonly string[]> {
  if (inputs.length === 0) throw new UsageError('no input: name a folder, files or patterns, or "-" for a list of paths on standard input');
  if (!inputs.includes("-")) return inputs;
  const listed: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== "") listed.push(line.trim());
  return [...inputs.filter((input) => input !== "-"), ...listed];
}

/** Refuses inputs that leave nothing to do: a list that came out empty must not pass for papers without a finding. */
export function requirePapers(inputs: readonly string[], { papers, problems }: BatchPapers): void {
  if (papers.length > 0 || problems.length > 0) return;
  if (inputs.length === 0) throw new UsageError("no input: the list on standard input is empty");
  const named = inputs.length > 3 ? `${inputs.length} inputs` : inputs.join(", ");
  throw new UsageError(`no input: every file of ${named} is left out by ${IGNORE_FILE}, or is a file of the report itself`);
}

async function withoutIgnored(files: readonly string[]): Promise<readonly string[]> {
  if (!existsSync(IGNORE_FILE)) return files;
  const { default: ignore } = await import("ignore");
  const rules = ignore().add(readFileSync(IGNORE_FILE, "utf8"));
  return files.filter((file) => {
    if (isAddress(file)) return true;
    const path = relative(".", file);
    return path.startsWith("..") || !rules.ignores(path);
  });
}
