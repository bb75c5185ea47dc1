import { writeFile } from "node:fs/promises";
import { escaped, visible, visibleBetweenColors } from "../report/visible.ts";
import { diskWords } from "../store/disk-words.ts";
import { usageError } from "./usage-error.ts";

/** Where a command writes, and what it may look like there. */
export interface Terminal {
  readonly color: boolean;
  readonly width: number;
}

/** Columns for text that is not read at a terminal. */
const DEFAULT_WIDTH = 100;

/** What standard output can show. `--no-color`, NO_COLOR, a pipe and a dumb terminal turn color off, FORCE_COLOR turns it on. Source: no-color.org */
export function standardOutput(wantsColor: boolean): Terminal {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isOff = !wantsColor || (NO_COLOR !== undefined && NO_COLOR !== "");
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  return {
    color: !isOff && (isForced || (process.stdout.isTTY === true && TERM !== "dumb")),
    width: process.stdout.isTTY === true ? process.stdout.columns : DEFAULT_WIDTH,
  };
}

/** Tells a person something on standard error, in one line or a few. */
export function notice(words: string): void {
  process.stderr.write(`reckoner: ${visible(words)}\n`);
}

/**
 * Writes to standard output, and waits until a slow reader has taken it.
 *
 * What documents and names hold never acts on a terminal: in text it is shown, whoever reads it; data for programs is as it is, unless it
 * goes to a terminal.
 */
export function print(text: string, kind: "text" | "data" = "text"): Promise<void> {
  const shown = kind === "text" ? visibleBetweenColors(text) : process.stdout.isTTY === true ? escaped(text) : text;
  return new Promise((done, failed) => {
    process.stdout.write(shown, (error) => {
      // The reader has gone ("| head"), which is no failure.
      if (error === null || error === undefined || ("code" in error && error.code === "EPIPE")) done();
      else failed(error);
    });
  });
}

/** Writes a file that was asked for with `flag`. Errors: one that cannot be written is a usage error. */
export async function writeOutput(path: string, content: string | Uint8Array, flag = "-o"): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    const reason = diskWords(error);
    if (reason === null) throw error;
    throw usageError("bad-option", `${flag} ${path}`, `cannot be written: ${reason}`);
  }
}
