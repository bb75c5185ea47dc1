import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { inject } from "vitest";

const SOURCE = resolve(import.meta.dirname, "../../bin/reckoner.js");

/** The command as users install it; where none was built, that of the checkout. */
export function toolPath(): string {
  return inject("tool") ?? SOURCE;
}

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the tool in a folder. */
export function startTool(folder: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [toolPath(), ...words], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return { child, ended: once(child, "close").then(([code]) => ({ code, out, err })) };
}

/** Runs the tool in a folder to its end. */
export function runTool(folder: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return startTool(folder, words, env).ended;
}

/** Small papers, each with a figure or two; every seventh adds up. */
export function putPapers(folder: string, count: number): void {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const text = `We trained Heron-${index} on ${index + 2} V100 GPUs for ${(index % 9) + 2} days, which took ${(index % 7) * 100 + 48} GPU-hours.\n`;
    writeFileSync(join(folder, `paper-${index}.txt`), text);
  }
}
