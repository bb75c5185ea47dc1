import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { buildFrontEnd } from "../../src/review/front-end.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The command of the package. */
    tool: string;
  }
}

const ROOT = resolve(import.meta.dirname, "../..");
/** One folder for each state of what the package is made of. */
const KEPT = join(ROOT, ".cache", "package");
/** What is built, and what is shipped as it is. */
const [BUILT, SHIPPED] = [
  ["src", "web", "scripts/build-package.ts"],
  ["bin", "rules", "schema", "package.json"],
];

/** Runs before tests that start commands: they start what users install, which is compiled once for all of them, as it takes half the time. */
export async function setup(project: TestProject): Promise<void> {
  const folder = join(KEPT, String(Math.max(...[...BUILT, ...SHIPPED].map((path) => newest(join(ROOT, path))))));
  if (!existsSync(folder)) await build(folder);
  project.provide("tool", join(folder, "bin", "reckoner.js"));
}

async function build(folder: string): Promise<void> {
  const own = `${folder}-${process.pid}`;
  mkdirSync(join(own, "dist"), { recursive: true });
  execFileSync(process.execPath, [join(ROOT, "scripts/build-package.ts"), "--out", join(own, "dist")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  await buildFrontEnd(join(own, "dist", "review-web"));
  for (const path of SHIPPED) {
    if (path === "rules") symlinkSync(join(ROOT, path), join(own, path));
    else cpSync(join(ROOT, path), join(own, path), { recursive: true });
  }
  for (const old of readdirSync(dirname(folder))) if (join(KEPT, old) !== own) rmSync(join(KEPT, old), { recursive: true });
  renameSync(own, folder);
}

function newest(path: string): number {
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), about.mtimeMs);
}
