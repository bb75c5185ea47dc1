/**
 * Words of the command line come in, text and an exit code go out.
 *
 * Each command is loaded when it is called, so that none waits for the libraries of another.
 * No stack trace is shown for anything the user gave us; our own faults show where they happened.
 */

import { CommanderError } from "commander";
import type { ExitCode } from "./exit-code.ts";
import { notice } from "./output.ts";
import { buildProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command line; the result is the exit code of the process. */
export async function main(words: readonly string[]): Promise<ExitCode> {
  process.on("uncaughtException", (error) => process.exit(failed(error)));
  // A reader that has gone ("| head") is no failure of ours, and gets no message.
  process.stdout.on("error", (error) => {
    if (!("code" in error && error.code === "EPIPE")) throw error;
  });
  let exitCode: ExitCode = 0;
  const program = buildProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || (error instanceof Error && TOLD_WITHOUT_STACK.has(error.name))) {
      notice(error.message);
      return 2;
    }
    return failed(error);
  }
}

/** A fault of ours, told with where it happened. Exit code 1 stands for findings and nothing else. */
function failed(error: unknown): ExitCode {
  notice(`this is a fault of reckoner; please report it with the lines below\n${error instanceof Error ? error.stack : String(error)}`);
  return 2;
}

/** Errors of places that the user named, by name, so that what throws them is loaded only where it is used. */
const TOLD_WITHOUT_STACK: ReadonlySet<string> = new Set(["StoreError", "PoolError", "ReportError"]);
