import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type CodePattern, codeFiles, contentsOf, ROOMS } from "../scripts/patterns/code-patterns.ts";
import { examplesOf, wrongExamples } from "../scripts/patterns/examples.ts";

const ROOT = resolve(import.meta.dirname, "..");
const LIMITS = parse(readFileSync(join(ROOT, "scripts/patterns/limits.yaml"), "utf8")) as Readonly<Record<string, number>>;

/** How often something is there, and how often it may be: equal or fewer passes, and a limit that is far above is to be lowered. */
function expectAtMost(name: string, count: number, listed: readonly string[]): void {
  const limit = LIMITS[name] ?? 0;
  expect(count <= limit ? [] : [`${name}: ${count}, and ${limit} are allowed (scripts/patterns/limits.yaml)`, ...listed]).toEqual([]);
}

describe("what stands in code", () => {
  const contents = codeFiles(ROOT, ROOMS).map((file) => contentsOf(ROOT, file));

  test("patterns become fewer", () => {
    const patterns = contents.flatMap((one) => one.patterns);
    expectAtMost("patterns", patterns.length, []);
  });

  test("words become fewer", () => {
    const words = contents.flatMap((one) => one.words);
    expectAtMost("words", words.length, []);
  });

  test("patterns do what their comments say", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true });
    const files = codeFiles(
      ROOT,
      folders.filter((entry) => entry.isDirectory()).map(({ name }) => name),
    );
    const wrong = files.flatMap((file) => contentsOf(ROOT, file).patterns.flatMap(wrongExamples));
    expectAtMost("wrongExamples", wrong.length, wrong);
  });
});

describe("the examples of a comment", () => {
  const pattern = (regex: RegExp, comment: string): CodePattern => ({
    file: "a.ts",
    line: 1,
    start: 0,
    end: 0,
    name: "A",
    regex,
    comment,
  });

  test("are those that it says are matched, and those that are not", () => {
    const comment = 'The end. Matches "3 GPUs", "8" of "x 8 y"; not "two GPUs".';
    expect(examplesOf(comment)).toEqual({
      matches: [
        { text: "3 GPUs", part: null },
        { text: "x 8 y", part: "8" },
      ],
      not: [{ text: "two GPUs", part: null }],
    });
    expect(wrongExamples(pattern(/\d/g, comment))).toEqual([]);
    expect(wrongExamples(pattern(/two|x/, comment))).toEqual([
      'a.ts:1 A does not match "3 GPUs"',
      'a.ts:1 A does not match "x 8 y"',
      'a.ts:1 A matches "two GPUs"',
    ]);
  });

  test("are none where a comment only tells of the use", () => {
    expect(wrongExamples(pattern(/\d/, 'What stands before "GPUs"; not "cards".'))).toEqual([]);
  });
});
