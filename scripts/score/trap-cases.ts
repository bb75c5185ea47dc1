/** The sentences of `fixtures/traps`, each with what must and must not be read in it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Kinds of which a trap lists everything that may be read. */
export const COMPLETE_KINDS: ReadonlySet<string> = new Set(["accelerators", "nodes", "wall-time", "accelerator-hours", "price", "cost"]);

export interface TrapCase {
  readonly file: string;
  readonly trap: string;
  readonly sentence: string;
  /** "wall-time 40 minute per epoch", "no tokens". */
  readonly wanted: readonly string[];
}

/** All cases of a folder, by file and in its order. */
export function trapCases(folder: string): readonly TrapCase[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => casesOf(file, readFileSync(join(folder, file), "utf8")));
}

function casesOf(file: string, text: string): readonly TrapCase[] {
  const cases: (TrapCase & { readonly wanted: string[] })[] = [];
  let trap = "";
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    if (line.startsWith("= ")) trap = line.slice(2);
    else if (line.startsWith("  ")) cases.at(-1)?.wanted.push(line.trim());
    else cases.push({ file, trap, sentence: line, wanted: [] });
  }
  return cases;
}
