import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { z } from "zod";
import type { settingsSchema } from "./settings-schema.ts";
import { didYouMean, usageError } from "./usage-error.ts";

export const SETTINGS_NAME = "reckoner.config.yaml";

/** Settings of a project; options on the command line override them. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Reads the nearest `reckoner.config.yaml`, from a folder upward; no file gives no settings.
 *
 * Errors: a file that is no valid YAML or has unknown keys is a usage error that names the line.
 * Shape: `rules` is made absolute, from the folder of the file.
 */
export async function readSettings(folder: string): Promise<Settings> {
  const found = await findUpward(resolve(folder));
  if (found === null) return {};
  // What reads and checks the file is loaded only where there is one.
  const [{ LineCounter, parseDocument }, { settingsSchema: schema }] = await Promise.all([import("yaml"), import("./settings-schema.ts")]);
  const counter = new LineCounter();
  const document = parseDocument(found.text, { lineCounter: counter });
  const [error] = document.errors;
  if (error !== undefined) {
    const place = counter.linePos(error.pos[0]);
    throw usageError(
      "bad-config",
      `${found.path}:${place.line}:${place.col}`,
      (error.message.split("\n")[0] ?? "no valid YAML").replace(/ at line \d+.*$/, ""),
    );
  }
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (!parsed.success) throw usageError("bad-config", found.path, issueWords(parsed.error, Object.keys(schema.shape)));
  const { rules, ...rest } = parsed.data;
  return rules === undefined ? rest : { ...rest, rules: resolve(dirname(found.path), rules) };
}

/** Writes a commented settings file; false if there is one already, which is left alone. */
export async function writeSettings(folder: string): Promise<boolean> {
  try {
    await writeFile(join(folder, SETTINGS_NAME), TEMPLATE, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

const TEMPLATE = `# Settings of reckoner for this folder and the folders in it.
# Every line is optional; an option on the command line overrides it.

# The date for which prices are looked up; without it, the date of each document.
# priceDate: "2019-06"

# The cloud provider whose prices are used; without it, the usual one of the hardware.
# provider: Google Cloud

# What makes "reckoner check" exit with code 1: error, warning or never.
# failLevel: error

# A folder with your own rules: hardware, prices, equations. They add to the built-in ones.
# rules: ./rules

# Seconds that one document may take.
# timeout: 60

# Values that your documents leave open.
# assume:
#   pue: 1.1
`;

async function findUpward(start: string): Promise<{ readonly path: string; readonly text: string } | null> {
  for (let folder = start; ; folder = dirname(folder)) {
    const path = join(folder, SETTINGS_NAME);
    try {
      return { path, text: await readFile(path, "utf8") };
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code !== "ENOENT" && code !== "EACCES" && code !== "ENOTDIR") throw error;
    }
    if (dirname(folder) === folder) return null;
  }
}

function issueWords(error: z.ZodError, known: readonly string[]): string {
  const [issue] = error.issues;
  if (issue === undefined) return "no valid settings";
  if (issue.code === "unrecognized_keys") {
    const [key = ""] = issue.keys;
    return `unknown key "${key}"${didYouMean(key, known)}`;
  }
  return `"${issue.path.join(".")}": ${issue.message}`;
}
