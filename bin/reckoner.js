#!/usr/bin/env node
// Plain JavaScript that old versions of Node can still parse: its first job is to tell them that they are too old.
import "node:child_process";
import "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import "node:fs/promises";
import module from "node:module";
import "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const OLDEST = [22, 13];
/** Milliseconds in which what is left running may end. */
const LONGEST_END = 20;
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `reckoner needs Node ${OLDEST.join(".")} or newer, this is ${process.versions.node}; install a newer one from https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  // The package holds compiled code; a checkout holds the sources, which Node runs as they are.
  const source = new URL("../src/cli/main.ts", import.meta.url);
  module.enableCompileCache?.();
  const words = process.argv.slice(2);
  const { main, keep } = existsSync(source)
    ? { ...(await import(source.href)), keep: () => {} }
    : loadCommand(fileURLToPath(new URL("../dist/code/command.cjs", import.meta.url)));
  const code = await main(words);
  // What was written goes out first.
  await new Promise((done) => process.stdout.write("", done));
  if (words[0] === "check" && !words.some((word) => /\.pdf$/i.test(word))) keep();
  // Left to itself the process ends once its engine has; cut off amid that work it can wait for itself for ever.
  process.exitCode = code;
  // Nobody waits for the thread of the PDF engine to be taken down.
  setTimeout(() => process.exit(code), LONGEST_END).unref();
}

/**
 * Loads the command of the package, with what the engine compiled of it for an earlier check.
 *
 * Node keeps by itself what is compiled as a file is loaded, but not what is compiled as it runs, which is most of a check. `keep`
 * keeps that, once for each build and engine, beside what Node keeps; texts are checked in this process, and PDFs are not.
 */
function loadCommand(path) {
  const { size, mtimeMs } = statSync(path);
  const folder = module.getCompileCacheDir?.();
  const kept = folder === undefined ? null : join(folder, `reckoner-${size}-${Math.round(mtimeMs)}.code`);
  const cachedData = kept !== null && existsSync(kept) ? readFileSync(kept) : undefined;
  const script = new vm.Script(module.wrap(readFileSync(path, "utf8")), {
    filename: path,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const command = new module(path);
  command.filename = path;
  const require = module.createRequire(path);
  // Parts that are loaded later ask for it.
  require.cache[path] = command;
  script.runInThisContext()(command.exports, require, command, path, dirname(path));
  command.loaded = true;
  const keep = () => {
    if (kept === null || (cachedData !== undefined && !script.cachedDataRejected)) return;
    const own = `${kept}-${process.pid}`;
    try {
      mkdirSync(dirname(kept), { recursive: true });
      writeFileSync(own, script.createCachedData());
      renameSync(own, kept);
    } catch {
      // Where nothing can be kept, each start compiles for itself.
    }
  };
  return { ...command.exports, keep };
}
