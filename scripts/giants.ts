/**
 * Checks inputs of sizes that no document has: `npm run giants [-- --only PART] [-- --seconds 60]`.
 *
 * Each is checked by a command of its own, as a user would. Told are its exit code, its time and the largest size of its processes
 * together; a crash, words about a stack, no end soon after the limit, or more than 1.5 GB in one process make the exit code 1.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Giant, giantInputs } from "./giants/giant-inputs.ts";

const { values: flags } = parseArgs({ options: { only: { type: "string", default: "" }, seconds: { type: "string", default: "60" } } });
const TOOL = resolve(import.meta.dirname, "../bin/reckoner.js");
/** Seconds beyond the limit in which a command ends: it loads the input, and prints what it found. */
const LONGEST_END = 30;
const MOST_MEGABYTES = 1500;
const CODES: readonly unknown[] = [0, 1, 2];
const STACK = /\n\s+at .+:\d+:\d+|FATAL ERROR|Maximum call stack/;

const folder = mkdtempSync(join(tmpdir(), "reckoner-giants-"));
let [checked, faults] = [0, 0];
try {
  for (const giant of giantInputs().filter(({ name }) => name.includes(flags.only))) {
    checked += 1;
    if (!(await holds(giant))) faults += 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${checked} giants, ${faults} of them at fault`);
if (faults > 0) process.exitCode = 1;

async function holds({ name, ending, make }: Giant): Promise<boolean> {
  const path = join(folder, `giant.${ending}`);
  const content = make();
  writeFileSync(path, content);
  const begun = performance.now();
  const child = spawn(process.execPath, [TOOL, "check", path, "--timeout", flags.seconds], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, err, megabytes, isLate] = ["", "", 0, false];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, ...sizesOf(child.pid ?? 0));
    if (performance.now() - begun < (Number(flags.seconds) + LONGEST_END) * 1000) return;
    isLate = true;
    child.kill("SIGKILL");
  }, 100);
  const [code] = await once(child, "close");
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  rmSync(path);
  const words = /\s!\s.*?: (.*)/.exec(out)?.[1] ?? "";
  const fault = isLate
    ? "no end"
    : !CODES.includes(code)
      ? `exit code ${code}`
      : STACK.test(out + err)
        ? "a stack"
        : megabytes > MOST_MEGABYTES
          ? "too large"
          : null;
  const told = [
    `${(content.length / 1e6).toFixed(2)} MB`,
    `${seconds.toFixed(1)} s`,
    `${megabytes.toFixed(0)} MB held`,
    `code ${code}`,
    words,
  ];
  console.log(`${fault === null ? "ok  " : `FAULT (${fault}) `}${name.padEnd(48)} ${told.join("  ")}`);
  return fault === null;
}

/** The sizes of a process and of those that it has started, in megabytes. Linux alone tells them. */
function sizesOf(parent: number): readonly number[] {
  const sizes: number[] = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const status = statusOf(pid);
    if (status === null || (Number(pid) !== parent && !status.includes(`\nPPid:\t${parent}\n`))) continue;
    sizes.push(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  }
  return sizes;
}

/** Null for a process that has ended. */
function statusOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    return null;
  }
}
