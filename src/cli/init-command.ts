import type { ExitCode } from "./exit-code.ts";
import { print } from "./output.ts";
import { SETTINGS_NAME, writeSettings } from "./settings-file.ts";
import { usageError } from "./usage-error.ts";

/** Writes the commented settings file; an existing one is never overwritten. */
export async function initCommand(): Promise<ExitCode> {
  if (!(await writeSettings("."))) throw usageError("bad-config", SETTINGS_NAME, "there is one already; edit it, or remove it first");
  await print(`wrote ${SETTINGS_NAME}\n`);
  return 0;
}
