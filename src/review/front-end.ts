import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BUILT = join(ROOT, "dist", "review-web");
const SOURCE = join(ROOT, "web");

/** The built files of the page by name. In a checkout they are built when they are missing or older than their sources. */
export async function loadFrontEnd(): Promise<ReadonlyMap<string, Uint8Array>> {
  if (existsSync(SOURCE) && (await newest(SOURCE)) > (await newest(BUILT))) {
    await buildFrontEnd();
  }
  const files = new Map<string, Uint8Array>();
  for (const path of await filesOf(BUILT)) files.set(relative(BUILT, path).split(sep).join("/"), await readFile(path));
  return files;
}

/** Builds the page from `web/`, which only a checkout has. */
export async function buildFrontEnd(): Promise<void> {
  const { build } = await import("vite");
  await build({
    root: SOURCE,
    configFile: false,
    logLevel: "error",
    base: "/",
    build: { outDir: BUILT, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
  });
}

async function newest(folder: string): Promise<number> {
  const times = await Promise.all((await filesOf(folder)).map(async (path) => (await stat(path)).mtimeMs));
  return Math.max(0, ...times);
}

async function filesOf(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
