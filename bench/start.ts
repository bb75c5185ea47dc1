/**
 * Times the installed tool from its start to its end: `npm run bench:start [-- --runs 15]`. Medians, against an empty Node in the same run.
 *
 * The package is built, packed and installed in a folder of its own; a paragraph and a Markdown card are checked by turns.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { median, timed } from "./timing.ts";

const ROOT = resolve(import.meta.dirname, "..");
const { values: flags } = parseArgs({ options: { runs: { type: "string", default: "15" } } });
const PARAGRAPH = "The lab trained Lark on 64 A100 GPUs for 12 days, at $2 per GPU-hour; the run cost $36,864.\n";

const folder = mkdtempSync(join(tmpdir(), "reckoner-start-"));
try {
  const tool = install();
  writeFileSync(join(folder, "card.md"), `# Lark\n\n| GPUs | Days |\n|---|---|\n| 64 A100 | 12 |\n\n${PARAGRAPH}`);
  const work: Readonly<Record<string, readonly string[]>> = {
    "an empty Node": ["-e", "0"],
    "--version": [tool, "--version"],
    "a paragraph": [tool, "check", "-"],
    "a Markdown card": [tool, "check", join(folder, "card.md")],
  };
  const times = new Map(Object.keys(work).map((name): [string, number[]] => [name, []]));
  // The first run of each compiles what the others find.
  for (let run = -1; run < Number(flags.runs); run += 1) {
    for (const [name, words] of Object.entries(work)) {
      const time = await timed(() => execFileSync(process.execPath, [...words], { cwd: folder, input: PARAGRAPH }));
      if (run >= 0) times.get(name)?.push(time);
    }
  }
  const empty = median(times.get("an empty Node") ?? []);
  for (const [name, each] of times) console.log(`${name.padEnd(20)} ${median(each).toFixed(0)} ms, ${(median(each) / empty).toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Installs the package as a user would; the path of its command. */
function install(): string {
  npm(["pack", "--pack-destination", folder, "--silent"], ROOT);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
  npm(["install", "--no-audit", "--no-fund", "--silent", join(folder, `reckoner-${version}.tgz`)], folder);
  return join(folder, "node_modules", "reckoner", "bin", "reckoner.js");
}

function npm(words: readonly string[], cwd: string): void {
  execFileSync("npm", [...words], { cwd, stdio: ["ignore", "ignore", "inherit"] });
}
