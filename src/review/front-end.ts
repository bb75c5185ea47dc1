import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { largest } from "../model/many.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** What the package ships. */
const BUILT = join(ROOT, "dist", "review-web");
/** Only a checkout has it. */
const SOURCE = join(ROOT, "web");
/** What a checkout builds for itself, one folder for each state of the sources. */
const KEPT = join(ROOT, ".cache", "review-web");

/** The built files of the page by name. In a checkout they are built when their sources have changed. */
export async function loadFrontEnd(): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = existsSync(SOURCE) ? await keptBuild() : BUILT;
  const files = new Map<string, Uint8Array>();
  for (const path of await filesOf(folder)) files.set(relative(folder, path).split(sep).join("/"), await readFile(path));
  return files;
}

/** Builds the page for the package. */
export async function buildFrontEnd(folder = BUILT): Promise<void> {
  const { build } = await import("vite");
  await build({
    root: SOURCE,
    configFile: false,
    logLevel: "error",
    base: "/",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: { outDir: folder, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
  });
}

/** Several processes may want it at once: each builds its own, and the first one to be done is kept. */
async function keptBuild(): Promise<string> {
  const folder = join(KEPT, String(await newest(SOURCE)));
  if (existsSync(folder)) return folder;
  const own = `${folder}-${process.pid}`;
  await buildFrontEnd(own);
  await mkdir(dirname(folder), { recursive: true });
  try {
    await rename(own, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    await rm(own, { recursive: true });
  }
  return folder;
}

async function newest(folder: string): Promise<number> {
  const times = await Promise.all((await filesOf(folder)).map(async (path) => (await stat(path)).mtimeMs));
  return largest(times, 0);
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
