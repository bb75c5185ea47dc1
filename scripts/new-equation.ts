/**
 * Writes a new equation with its page: `npm run new:equation money/run-cost [-- --rules DIR]`.
 *
 * The status is "draft"; its examples are tested as soon as it is "stable".
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { toolVersion } from "../src/store/tool-version.ts";
import { draftEquation } from "./equation-draft.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rules: { type: "string", default: resolve(import.meta.dirname, "../rules") } },
});
const [id, ...others] = positionals;
if (id === undefined || others.length > 0) fail("usage: npm run new:equation money/run-cost");
else write(id, values.rules);

function write(name: string, rules: string): void {
  try {
    const draft = draftEquation(name, toolVersion());
    const path = join(rules, "equations", draft.id);
    if (existsSync(`${path}.yaml`)) throw new Error(`${path}.yaml is there already; ids are never used again`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.yaml`, draft.yaml);
    writeFileSync(`${path}.md`, draft.page);
    console.log(`${path}.yaml  write the equation: slots, powers, slack and why\n${path}.md    write the page; its examples are tests`);
    console.log(`then set "status: stable" and run: npx vitest run test/equations.test.ts -t ${draft.id}`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(message: string): void {
  console.error(`new:equation: ${message}`);
  process.exitCode = 2;
}
