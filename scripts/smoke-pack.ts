import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Packs the package, installs the tarball in an empty folder and runs it there: `npm run smoke`. Fails with the command that failed. */
const root = resolve(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "reckoner-pack-"));

function run(command: string, words: readonly string[], cwd: string, input = ""): string {
  return execFileSync(command, [...words], { cwd, input, encoding: "utf8", stdio: ["pipe", "pipe", "inherit"] });
}

function expectThat(isTrue: boolean, words: string): void {
  if (!isTrue) throw new Error(`smoke test: ${words}`);
}

try {
  run("npm", ["pack", "--pack-destination", folder, "--silent"], root);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const tarball = join(folder, `reckoner-${version}.tgz`);
  const names = run("tar", ["-tzf", tarball], folder).split("\n");
  for (const wanted of [
    "package/bin/reckoner.js",
    "package/dist/cli/main.js",
    "package/dist/index.d.ts",
    "package/schema/reckoner-1.json",
    "package/LICENSE",
  ]) {
    expectThat(names.includes(wanted), `${wanted} is not in the tarball`);
  }
  expectThat(
    names.some((name) => name.startsWith("package/rules/")),
    "the rules are not in the tarball",
  );
  expectThat(!names.some((name) => name.startsWith("package/src/") || name.startsWith("package/test/")), "sources are in the tarball");

  writeFileSync(join(folder, "package.json"), '{"private":true,"type":"module"}');
  run("npm", ["install", "--no-audit", "--no-fund", "--silent", tarball], folder);
  const tool = join(folder, "node_modules", "reckoner", "bin", "reckoner.js");
  expectThat(run(process.execPath, [tool, "--version"], folder).trim() === version, "--version does not print the version");
  const text = "The run took 8 V100 GPUs for 10 hours, 80 GPU-hours in all.";
  const report = JSON.parse(run(process.execPath, [tool, "check", "-", "--format", "json"], folder, text));
  expectThat(report.schema === "reckoner/1", "check does not answer by the contract");
  expectThat(report.documents[0].mentions.length >= 2, "check finds no figures");

  const library = 'import { check } from "reckoner"; console.log((await check("We used 8 V100 GPUs for 10 hours.")).schema);';
  expectThat(run(process.execPath, ["--input-type=module", "-e", library], folder).trim() === "reckoner/1", "the library does not answer");
  console.log(`reckoner ${version} packs, installs and runs`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
