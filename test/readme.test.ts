import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { check } from "../src/index.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** A run that is shown: "$ command", then what it prints. */
const RUN = /```console\n\$ (.+)\n([\s\S]*?)```/g;

const runs = [...readFileSync(resolve(ROOT, "README.md"), "utf8").matchAll(RUN)].map((match) => ({
  command: match[1] ?? "",
  output: match[2] ?? "",
}));

test("README shows a run", () => {
  expect(runs.length).toBeGreaterThan(0);
  expect(runs.every((run) => run.output.trim() !== "")).toBe(true);
});

test.each(runs)("$command prints what README shows", async ({ command, output }) => {
  const printed = await new Promise<string>((done) => {
    const words = command.replace("npx reckoner", `"${process.execPath}" bin/reckoner.js`);
    // Findings give exit code 1, which is no failure here.
    execFile("bash", ["-c", words], { cwd: ROOT, env: { ...process.env, NO_COLOR: "1" } }, (_error, out) => done(out));
  });
  expect(printed.trim()).toBe(output.trim());
});

/** The example of the library: a text that is given, and the line that it prints. */
const EXAMPLE = /check\("(?<text>[^"]+)"\);\n[^\n]+\n\/\/ (?<printed>[^\n]+)\n/;

test("the example of the library prints what README says", async () => {
  const { text = "", printed } = EXAMPLE.exec(readFileSync(resolve(ROOT, "README.md"), "utf8"))?.groups ?? {};
  const { documents } = await check(text);
  expect(documents[0]?.findings.map(({ verdict, message }) => `${verdict} ${message}`)).toEqual([printed]);
});
