import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach } from "vitest";
import { parse } from "yaml";

/**
 * Cases that state what a user wants and that the tool does not get yet. They run like all others and must fail: one that passes
 * makes the run fail, so that it is taken off the list, which only ever gets shorter.
 */
const LIST = join(import.meta.dirname, "known-misses.yaml");
const KNOWN: ReadonlySet<string> = new Set(
  Object.entries(parse(readFileSync(LIST, "utf8")) as Record<string, readonly string[]>).flatMap(([file, names]) =>
    names.map((name) => `${file} > ${name}`),
  ),
);

interface Named {
  readonly name: string;
  readonly suite?: Named | undefined;
}

function pathOf(task: Named): string {
  const parts: string[] = [];
  for (let at: Named | undefined = task; at !== undefined; at = at.suite) parts.unshift(at.name);
  return parts.filter((part) => part !== "").join(" > ");
}

beforeEach(({ task }) => {
  const path = pathOf(task);
  const file = task.file.name;
  if (KNOWN.has(path.startsWith(`${file} > `) ? path : `${file} > ${path}`)) Object.assign(task, { fails: true });
});
