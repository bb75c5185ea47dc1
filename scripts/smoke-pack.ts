import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** `npx reckoner review` of the installed package serves the built page with its scripts, and finds what there is to find. */
async function reviewAnswers(): Promise<void> {
  mkdirSync(join(folder, "papers"));
  writeFileSync(join(folder, "papers", "ibis.md"), "We trained Ibis on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.");
  const review = spawn("npx", ["--no-install", "reckoner", "review", "papers"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    const address = await new Promise<URL>((found, failed) => {
      let out = "";
      review.stdout.on("data", (chunk) => {
        out += chunk;
        if (out.includes("1 claim to look at")) found(new URL(/open (\S+)/.exec(out)?.[1] ?? ""));
      });
      review.once("exit", (code) => failed(new Error(`smoke test: the review ended with ${code}`)));
      setTimeout(() => failed(new Error(`smoke test: the review finds no claim; it said ${out}`)), REVIEW_SECONDS * 1000).unref();
    });
    const headers = { "x-reckoner-token": address.searchParams.get("token") ?? "" };
    const page = await (await fetch(address, { headers })).text();
    const parts = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].flatMap(([, path]) => path ?? []);
    expectThat(parts.length >= 2, "the page of the review has no script or no style");
    // What is posted may be checked in a process, whose file has to be in the package.
    const excerpt = JSON.stringify({ text: "We trained Kite on 8 V100 GPUs for 3 days, which took 6,000 GPU-hours." });
    const answer = await fetch(new URL("/api/check", address), { method: "POST", headers, body: excerpt });
    const checked = JSON.parse(await answer.text());
    expectThat(checked.wire?.findings?.length > 0, "the review does not check what is posted");
    for (const path of parts) expectThat((await fetch(new URL(path, address), { headers })).ok, `the review does not serve ${path}`);
  } finally {
    // With npx in between, the signal has to reach all of them.
    if (review.pid !== undefined && review.exitCode === null) {
      const ended = once(review, "exit");
      process.kill(-review.pid, "SIGINT");
      await ended;
    }
  }
}

/** For a slow machine. */
const REVIEW_SECONDS = 60;

try {
  run("npm", ["pack", "--pack-destination", folder, "--silent"], root);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const tarball = join(folder, `reckoner-${version}.tgz`);
  const names = run("tar", ["-tzf", tarball], folder).split("\n");
  for (const wanted of [
    "package/bin/reckoner.js",
    "package/dist/code/command.cjs",
    "package/dist/types/index.d.ts",
    "package/schema/reckoner-2.json",
    "package/dist/review-web/index.html",
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
  expectThat(report.schema === "reckoner/2", "check does not answer by the contract");
  expectThat(report.documents[0].mentions.length >= 2, "check finds no figures");

  // What is long is checked in a process, whose file has to be in the package, too.
  const rows = run(process.execPath, [tool, "check", "-", "--format", "csv"], folder, `${text}\n\n`.repeat(300)).split("\n");
  expectThat(rows.length > 300, "check does not check what is long");

  const library = 'import { check } from "reckoner"; console.log((await check("We used 8 V100 GPUs for 10 hours.")).schema);';
  expectThat(run(process.execPath, ["--input-type=module", "-e", library], folder).trim() === "reckoner/2", "the library does not answer");
  await reviewAnswers();
  console.log(`reckoner ${version} packs, installs, runs and serves its review`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
