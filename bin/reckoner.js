#!/usr/bin/env node
// Plain JavaScript that old versions of Node can still parse: its first job is to tell them that they are too old.
import "node:child_process";
import "node:crypto";
import { existsSync } from "node:fs";
import "node:fs/promises";
import module from "node:module";
import "node:os";
import "node:url";
import v8 from "node:v8";
import "node:vm";

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
  const compiled = new URL("../dist/code/main.js", import.meta.url);
  const source = new URL("../src/cli/main.ts", import.meta.url);
  const isCheckout = existsSync(source);
  // What the engine compiles as it loads a file is kept between runs, what it compiles later is not: of the package it compiles all at
  // once. Node's own modules are kept in another form, which stands for the usual flags, so that they are loaded before.
  if (!isCheckout) v8.setFlagsFromString("--no-lazy");
  module.enableCompileCache?.();
  const { main } = await import((isCheckout ? source : compiled).href);
  if (!isCheckout) v8.setFlagsFromString("--lazy");
  const code = await main(process.argv.slice(2));
  // What was written goes out first.
  await new Promise((done) => process.stdout.write("", done));
  // Left to itself the process ends once its engine has; cut off amid that work it can wait for itself for ever.
  process.exitCode = code;
  // Nobody waits for the thread of the PDF engine to be taken down.
  setTimeout(() => process.exit(code), LONGEST_END).unref();
}
