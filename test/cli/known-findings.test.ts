import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

const TOOL = resolve(import.meta.dirname, "../../bin/reckoner.js");
const folder = mkdtempSync(join(tmpdir(), "reckoner-known-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reckoner(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TOOL, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return { code: status, out: stdout, err: stderr };
}

const put = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const SLIP = "The lab ran Vela on 128 V100 GPUs for 4 days, 98,304 GPU-hours in all.";

describe("findings that are known", () => {
  const draft = put("draft.txt", SLIP);
  reckoner("check", draft, "--format", "json", "-o", "before.json");
  const [finding] = JSON.parse(readFileSync(join(folder, "before.json"), "utf8")).documents[0].findings;

  test("a baseline lets pass what was flagged before, and nothing new", () => {
    expect(reckoner("check", draft).code).toBe(1);
    const known = reckoner("check", draft, "--baseline", "before.json");
    expect(known).toMatchObject({ code: 0, err: "reckoner: 1 finding is in the baseline, reviewed or suppressed, and not shown\n" });
    const other = put("other.txt", `${SLIP}\n\nThe lab ran Lyra on 8 V100 GPUs for 2 days, 3,840 GPU-hours in all.`);
    const both = reckoner("check", other, "--baseline", "before.json");
    expect(both.code).toBe(1);
    expect(both.out).toContain("3,840 GPU-hours");
    expect(both.out).not.toContain("98,304 GPU-hours");
  });

  test("a suppression needs a reason, and is told when it meets nothing", () => {
    put(
      "good.yaml",
      `- { fingerprint: ${finding.fingerprint}, reason: corrected in print }\n- { fingerprint: 0123456789abcdef, reason: long gone }\n`,
    );
    const run = reckoner("check", draft, "--suppressions", "good.yaml");
    expect(run.code).toBe(0);
    expect(run.err).toContain("suppression 0123456789abcdef (long gone) meets no finding");
    put("bad.yaml", `- { fingerprint: ${finding.fingerprint} }\n`);
    expect(reckoner("check", draft, "--suppressions", "bad.yaml")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^reckoner: bad\.yaml: entry 0\.reason/),
    });
  });

  test("what a reviewer found to be fine is not flagged again, what is confirmed stays", () => {
    const decided = (decision: string) =>
      put("reviews.json", JSON.stringify([{ fingerprint: finding.fingerprint, decision, author: "Ada", at: "2026-01-02" }]));
    expect(reckoner("check", draft, "--reviews", decided("fine")).code).toBe(0);
    expect(reckoner("check", draft, "--reviews", decided("confirmed")).code).toBe(1);
  });

  test.each([
    ["--baseline", "draft.txt", "not a report of reckoner"],
    ["--baseline", "gone.json", "no such file"],
    ["--suppressions", "gone.yaml", "no such file"],
  ])("%s %s is told in a line", (flag, file, words) => {
    const run = reckoner("check", draft, flag, file);
    expect(run.code).toBe(2);
    expect(run.err.split("\n")).toHaveLength(2);
    expect(run.err).toContain(words);
  });
});

describe("other documents", () => {
  test("--against takes what the article lacks from the paper, and lists a paper that is not there", () => {
    const article = put("article.txt", "Training Heron-90B takes 1.64 million TPU v4 chip-hours, says the press.");
    put("paper.txt", "Heron\n\nHeron-90B was trained on 2048 TPU v4 chips for 500 hours and 1024 TPU v4 chips for 300 hours.");
    const run = reckoner("check", article, "--against", "paper.txt");
    expect(run.code).toBe(1);
    expect(run.out).toContain('"2048 TPU v4 chips" (paper.txt, line 3)');
    expect(reckoner("check", article, "--against", "gone.pdf")).toMatchObject({
      code: 2,
      out: expect.stringContaining("gone.pdf: no such file"),
    });
  });

  test("diff lists what changed, as a page and for programs", () => {
    put("v1.txt", "We train Kestrel-Large on 512 TPU v3 chips, which takes 2.5 days.");
    put("v2.txt", "We train Kestrel-Large on 512 TPU v3 chips, which takes 5.5 days.");
    expect(reckoner("diff", "v1.txt", "v2.txt")).toMatchObject({
      code: 0,
      out: expect.stringContaining('"2.5 days" (line 1)  ->  "5.5 days" (line 1)'),
    });
    const json = reckoner("diff", "v1.txt", "v2.txt", "--format", "json", "--exit-code");
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out).changes).toMatchObject([
      { verdict: "changed", kind: "wall-time", old: { value: 2.5 }, new: { value: 5.5 } },
    ]);
    expect(reckoner("diff", "v1.txt", "gone.txt").code).toBe(2);
  });
});
