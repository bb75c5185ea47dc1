import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { exitCodeOf } from "../../src/cli/exit-code.ts";
import { findInputFiles } from "../../src/cli/input-files.ts";
import { requireKnownOptions } from "../../src/cli/known-options.ts";
import { assumptionValue, dateValue, secondsValue } from "../../src/cli/option-values.ts";
import { readSettings, writeSettings } from "../../src/cli/settings-file.ts";
import { didYouMean } from "../../src/cli/usage-error.ts";
import { openCatalog } from "../../src/store/rules-folder.ts";
import { failedDocument, inconsistent, reportOf } from "../report/sample-report.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe("inputs", () => {
  test("folders are searched through, patterns expanded, each file named once", async () => {
    const paper = put("in/b.txt", "x");
    put("in/deep/a.MD", "x");
    put("in/c.png", "x");
    put("in/node_modules/d.txt", "x");
    const found = await findInputFiles([join(folder, "in"), paper, join(folder, "in", "*.txt"), "-"]);
    expect(found.problems).toEqual([]);
    expect(found.files.map((file) => file.replace(`${folder}/`, ""))).toEqual(["in/b.txt", "in/deep/a.MD", "-"]);
  });

  test("a name with brackets is a name when the file is there", async () => {
    const path = put("in2/a[1].txt", "x");
    expect((await findInputFiles([path])).files).toEqual([path]);
  });

  test("what stands for no file is a problem, and the rest goes on", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    const found = await findInputFiles([join(folder, "none.pdf"), empty, join(folder, "*.xyz"), put("in3/a.txt", "x")]);
    expect(found.problems.map((problem) => problem.code)).toEqual(["not-found", "no-readable-files", "not-found"]);
    expect(found.files).toHaveLength(1);
  });

  test("a folder in a folder that may not be opened is told, and the rest goes on", async () => {
    put("in4/a.txt", "x");
    put("in4/deep/closed/b.txt", "x");
    const closed = join(folder, "in4", "deep", "closed");
    chmodSync(folder, 0o755);
    chmodSync(closed, 0);
    const found = await asNobody(() => findInputFiles([join(folder, "in4")]));
    chmodSync(closed, 0o755);
    expect(found.files).toEqual([join(folder, "in4", "a.txt")]);
    expect(found.problems).toEqual([{ code: "not-readable", source: `${closed}/`, page: null, detail: "permission denied" }]);
  });
});

/** Whoever may open everything, as in a container, looks with the eyes of somebody who may not. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("options", () => {
  test("assumptions add up, with either hyphen", () => {
    expect(assumptionValue("carbon-intensity=0.4", assumptionValue("pue=1.1", {}))).toEqual({ pue: 1.1, carbon_intensity: 0.4 });
  });

  test.each(["pue", "pue=", "=3", "pue=high", "a=1=2"])("%s is no assumption", (text) => {
    expect(() => assumptionValue(text, {})).toThrow('write it as key=number, for example "pue=1.1"');
  });

  test("options that would do nothing are refused with a hint", async () => {
    const { catalog } = await openCatalog({ overlay: null });
    const options = { priceDate: null, provider: null, assume: {} };
    expect(() => requireKnownOptions(catalog, { ...options, assume: { pu: 1 } })).toThrow(
      '--assume pu: no equation has this quantity (did you mean "pue"?); known are accelerators, ',
    );
    expect(() => requireKnownOptions(catalog, { ...options, assume: { pue: 1 } })).not.toThrow();
    expect(() => requireKnownOptions(catalog, { ...options, provider: "Lamda" })).toThrow(
      'unknown provider "Lamda" (did you mean "Lambda"?); known are AWS, ',
    );
    for (const provider of ["AWS", "gcp", "amazon", "Latitude.sh"])
      expect(() => requireKnownOptions(catalog, { ...options, provider })).not.toThrow();
  });

  test("dates and seconds are checked", () => {
    expect(dateValue("2019-06")).toBe("2019-06");
    expect(() => dateValue("06/2019")).toThrow();
    expect(() => dateValue("2019-13")).toThrow();
    expect(secondsValue("2.5")).toBe(2.5);
    expect(() => secondsValue("0")).toThrow();
  });

  test("a hint is given only for a near word", () => {
    expect(didYouMean("inconsistant", ["inconsistent", "depends"])).toBe(' (did you mean "inconsistent"?)');
    expect(didYouMean("zebra", ["inconsistent", "depends"])).toBe("");
  });
});

describe("exit code", () => {
  const clean = reportOf([]);
  const flagged = reportOf([inconsistent]);
  test("findings at or above the level give 1", () => {
    expect(exitCodeOf(clean, "warning")).toBe(0);
    expect(exitCodeOf(flagged, "error")).toBe(1);
    expect(exitCodeOf(flagged, "never")).toBe(0);
    expect(exitCodeOf(reportOf([{ ...inconsistent, severity: "warning" }]), "error")).toBe(0);
    expect(exitCodeOf(reportOf([{ ...inconsistent, severity: "warning" }]), "warning")).toBe(1);
  });

  test("an input that could not be read gives 2, whatever the level", () => {
    expect(exitCodeOf({ ...flagged, documents: [...flagged.documents, failedDocument] }, "never")).toBe(2);
  });
});

describe("settings", () => {
  test("the nearest file upward counts, and its rules folder is relative to it", async () => {
    put("project/reckoner.config.yaml", 'priceDate: "2019-06"\nrules: ./mine\nassume:\n  pue: 1.1\n');
    mkdirSync(join(folder, "project/drafts/deep"), { recursive: true });
    expect(await readSettings(join(folder, "project/drafts/deep"))).toEqual({
      priceDate: "2019-06",
      rules: join(folder, "project/mine"),
      assume: { pue: 1.1 },
    });
  });

  test.each([
    ["pricedate: 2019\n", 'unknown key "pricedate" (did you mean "priceDate"?)'],
    ["assume: [1\n", "reckoner.config.yaml:2:1: "],
    ["failLevel: fatal\n", '"failLevel": '],
    ["timeout: -3\n", '"timeout": '],
  ])("%j is refused in one line", async (text, words) => {
    put("broken/reckoner.config.yaml", text);
    const error = await readSettings(join(folder, "broken")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain("\n");
  });

  test("the template is valid, and is never written over a file", async () => {
    const place = join(folder, "fresh");
    mkdirSync(place);
    expect(await writeSettings(place)).toBe(true);
    expect(await readSettings(place)).toEqual({});
    const bare = readFileSync(join(place, "reckoner.config.yaml"), "utf8").replaceAll(/^# (?=[a-z]+:| {2}pue)/gim, "");
    put("fresh/reckoner.config.yaml", bare);
    expect(await readSettings(place)).toMatchObject({ priceDate: "2019-06", failLevel: "error", timeout: 60, assume: { pue: 1.1 } });
    expect(await writeSettings(place)).toBe(false);
    expect(readFileSync(join(place, "reckoner.config.yaml"), "utf8")).toBe(bare);
  });
});
