import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const plan = (words: readonly string[]): string => execFileSync(process.execPath, ["scripts/plan.ts", ...words], { encoding: "utf8" });

test("the plan of the page is what the script prints", () => {
  const page = readFileSync("docs/a-million-papers.md", "utf8");
  const [, command = "", printed = ""] = /\$ npm run plan -- (.*?\S)\n((?:[a-z].*\n)+)```/s.exec(page) ?? [];
  expect(plan(command.split(/[\s\\]+/))).toBe(printed);
});

test("twice the machines take half the hours, and the same core hours but for the warm-up", () => {
  const hours = (machines: number): readonly string[] =>
    plan(["--papers", "3600", "--seconds", "2", "--kilobytes", "100", "--machines", String(machines)]).split("\n");
  expect(hours(1).slice(0, 4)).toEqual([
    "core hours                 2, of which the queue 0",
    "hours                      2 on 1 cores",
    "papers a second            0.5",
    "store                      0.36 GB",
  ]);
  expect(hours(2).slice(0, 2)).toEqual(["core hours                 2, of which the queue 0", "hours                      1 on 2 cores"]);
});

test("a figure that is missing or none is named", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/plan.ts", "--papers", "many"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 2, stderr: "--papers many: pass a number above zero\n" });
});
