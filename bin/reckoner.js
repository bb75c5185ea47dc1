#!/usr/bin/env node
// Plain JavaScript that old versions of Node can still parse: its first job is to tell them that they are too old.
import { existsSync } from "node:fs";
import module from "node:module";

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
  // Compiled code is kept between runs, which halves the time to the first output.
  module.enableCompileCache?.();
  // The package holds compiled code; a checkout holds the sources, which Node runs as they are.
  const compiled = new URL("../dist/cli/main.js", import.meta.url);
  const source = new URL("../src/cli/main.ts", import.meta.url);
  const { main } = await import((existsSync(source) ? source : compiled).href);
  const code = await main(process.argv.slice(2));
  // What was written goes out first.
  await new Promise((done) => process.stdout.write("", done));
  // Left to itself the process ends once its engine has; cut off amid that work it can wait for itself for ever.
  process.exitCode = code;
  // Nobody waits for the thread of the PDF engine to be taken down.
  setTimeout(() => process.exit(code), LONGEST_END).unref();
}
