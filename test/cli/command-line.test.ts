import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { wireReport } from "../../src/report/wire.ts";

const TOOL = resolve(import.meta.dirname, "../../bin/reckoner.js");
const folder = mkdtempSync(join(tmpdir(), "reckoner-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function reckoner(words: readonly string[], options: { readonly input?: string; readonly cwd?: string } = {}): Promise<Run> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [TOOL, ...words], {
      cwd: options.cwd ?? folder,
      env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "" },
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.on("error", failed);
    child.on("close", (code) => done({ code, out, err }));
    child.stdin.end(options.input ?? "");
  });
}

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const SLIP =
  "The lab ran Vela on 128 TPU v3 chips for 4 days. A Cloud TPU v3 device has four chips and costs US$8 per hour. Training Vela cost $98,304.";
const SOUND = "The run took 8 V100 GPUs for 10 hours, 80 GPU-hours in all.";

describe("check", () => {
  test("a slip is shown with its readings and working, and gives 1", async () => {
    const run = await reckoner(["check", put("slip.txt", SLIP)]);
    expect(run.err).toBe("");
    expect(run.code).toBe(1);
    expect(run.out).toContain("error inconsistent");
    expect(run.out).toContain("$24,576");
    expect(run.out.replaceAll(/\s+/g, " ")).toContain("Off by exactly 4");
    expect(run.out).toMatch(/^The one claim found does not add up: the page says \$98,304, and its other figures give \$24,576\.\n/);
  });

  test("what adds up gives 0, from standard input too", async () => {
    expect((await reckoner(["check", put("sound.txt", SOUND)])).code).toBe(0);
    const piped = await reckoner(["check"], { input: SOUND });
    expect(piped.code).toBe(0);
    expect(piped.out).toContain("standard input");
    expect(piped.out).toMatch(/^The one claim found adds up\./);
    expect(piped.out).toContain("Adds up (1)\n  line 1  8 V100 GPUs × 10 hours is 80 GPU hours, as the page says.");
    expect(piped.out).not.toContain("Working");
    expect((await reckoner(["check", "-", "--verbose"], { input: SOUND })).out).toContain("= 8 GPUs × 10 hours = 80 GPU hours");
  });

  test("the fail level decides what counts", async () => {
    expect((await reckoner(["check", put("slip2.txt", SLIP), "--fail-level", "never"])).code).toBe(0);
  });

  test("json is the published contract", async () => {
    const run = await reckoner(["check", put("slip3.txt", SLIP), "--format", "json"]);
    const report = wireReport.parse(JSON.parse(run.out));
    expect(report.summary.findings.inconsistent).toBe(1);
    expect(report.documents[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(report.documents[0]?.findings.find((finding) => finding.verdict === "inconsistent")?.recomputed?.value).toBeCloseTo(24_576, 3);
  });

  test("an input that cannot be read is listed, the others are checked, and the code is 2", async () => {
    const none = join(folder, "none.pdf");
    const run = await reckoner(["check", none, put("sound4.txt", SOUND), "--format", "json"]);
    expect(run.code).toBe(2);
    const report = wireReport.parse(JSON.parse(run.out));
    expect(report.summary).toMatchObject({ documents: 2, failed: 1 });
    expect(report.documents.find((document) => document.status === "failed")?.problems[0]?.code).toBe("not-found");
  });

  test.each([
    ["empty.txt", new Uint8Array(0), "the file is empty"],
    ["junk.pdf", new Uint8Array([0, 1, 2, 3, 0, 5]), "named .pdf, but is no PDF"],
    ["latin.txt", new Uint8Array([0x63, 0xe9, 0x20, 0x38]), "text is not valid UTF-8 (byte 1)"],
    ["page.pdf", "<html><p>8 GPUs</p></html>", "named .pdf, but is no PDF (HTML page)"],
  ])("%s is told in plain words", async (name, content, words) => {
    const run = await reckoner(["check", put(name, content)]);
    expect(run.code).toBe(2);
    expect(run.out.replace(/\s+/g, " ")).toContain(words);
    expect(run.out + run.err).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test("a reader that goes away is no failure", async () => {
    const path = put("long.txt", `${SOUND}\n\n`.repeat(800));
    const child = spawn("bash", ["-c", `"${process.execPath}" "${TOOL}" check "${path}" --format json | head -n 1`], { cwd: folder });
    let err = "";
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    await new Promise((done) => child.on("close", done));
    expect(err).toBe("");
  });

  test("a report goes to a file, and a folder that is not there is told", async () => {
    const run = await reckoner(["check", put("sound5.txt", SOUND), "--format", "csv", "-o", join(folder, "nowhere", "x.csv")]);
    expect(run.code).toBe(2);
    expect(run.err).toContain("cannot be written: the folder does not exist");
  });

  test("broken rules are told with file and line", async () => {
    put("mine/prices/broken.yaml", "prices: [");
    const run = await reckoner(["check", put("sound6.txt", SOUND), "--rules", join(folder, "mine")]);
    expect(run.code).toBe(2);
    expect(run.err).toMatch(/mine\/prices\/broken\.yaml:\d+:\d+: /);
  });
});

describe("options that cannot be used", () => {
  test.each([
    [["chek", "x"], "unknown command 'chek' (did you mean check?)"],
    [["check", "--formt", "json"], "unknown option '--formt' (did you mean --format?)"],
    [["check", "--format", "xml"], "argument 'xml' is invalid; known are pretty, json, jsonl, csv, markdown"],
    [["check", "-", "--assume", "pue"], 'write it as key=number, for example "pue=1.1"'],
    [["check", "-", "--assume", "pu=1"], '(did you mean "pue"?)'],
    [["check", "-", "--price-date", "June"], 'write it as "2019", "2019-06" or "2019-06-27"'],
    [["check", "-", "--rules", "/nowhere"], "--rules /nowhere: no such folder"],
    [["explain", "money/cst"], "no rule"],
    [["catalog", "zzqqxx"], 'nothing in the catalog holds "zzqqxx"'],
  ])("%j", async (words, message) => {
    const run = await reckoner(words, { input: "x" });
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.err).toContain(message);
    expect(run.err).toMatch(/^reckoner: /);
  });
});

describe("the other commands", () => {
  test("--version and --help", async () => {
    expect((await reckoner(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    const help = await reckoner(["check", "--help"]);
    expect(help.code).toBe(0);
    expect(help.out).toContain("Exit codes: 0 nothing at or above the fail level");
  });

  test("explain lists the rules and shows a page", async () => {
    const list = await reckoner(["explain"]);
    const [id = ""] = list.out.split(/\s/);
    expect(id).toMatch(/^[a-z-]+\/[a-z-]+$/);
    const page = await reckoner(["explain", id]);
    expect(page.code).toBe(0);
    expect(page.out.length).toBeGreaterThan(100);
    const check = await reckoner(["explain", "sum/in-prose"]);
    expect(check.out).toContain("a total may hold more than its sentence tells");
  });

  test("catalog shows hardware and prices with their sources", async () => {
    const run = await reckoner(["catalog", "TPU", "v3"]);
    expect(run.code).toBe(0);
    expect(run.out).toContain("2 cores in a chip");
    expect(run.out).toContain("$8 per device-hour of 4");
  });

  test("runs writes a table, tells copies, and a table of nothing is a head", { timeout: 30_000 }, async () => {
    const card = "Lark-7B was trained on 64 A100 GPUs for 12 days.";
    const [first, copy, none] = [put("runs/a.md", card), put("runs/b.md", card), put("none/c.md", "Nothing was trained.")];
    const table = join(folder, "runs.jsonl");
    const run = await reckoner(["runs", first, copy, "-o", table]);
    expect(run).toEqual({
      ...{ code: 0, out: "" },
      err: `reckoner: ${copy} is a copy of ${first}: its runs are counted once\nreckoner: 1 run of 1 document in ${table}\n`,
    });
    const rows = readFileSync(table, "utf8").trim().split("\n");
    expect(rows.map((row) => JSON.parse(row).model)).toEqual(["Lark-7B"]);
    const empty = await reckoner(["runs", none]);
    expect(empty.code).toBe(0);
    expect(empty.out.split("\r\n")).toEqual([expect.stringMatching(/^Model,Organization,Authors,Publication date,/), ""]);
    const missing = await reckoner(["runs", join(folder, "gone.pdf")]);
    expect(missing.code).toBe(2);
    expect(missing.err).toContain("no such file or folder");
    expect((await reckoner(["runs", first, "--format", "parquet"])).err).toContain("name it with -o FILE");
  });

  test("a name that nothing is known of gives 2 and a suggestion", { timeout: 30_000 }, async () => {
    const place = await reckoner(["estimate", "100 MWh", "--place", "Frence"]);
    expect(place.code).toBe(2);
    expect(place.err).toMatch(/^reckoner: unknown place "Frence" \(did you mean "France"\?\); /);
    const provider = await reckoner(["check", "-", "--provider", "Lamda"], { input: SOUND });
    expect(provider.code).toBe(2);
    expect(provider.err).toMatch(/^reckoner: unknown provider "Lamda" \(did you mean "Lambda"\?\); known are AWS/);
  });

  test("estimate shows every reading", async () => {
    const run = await reckoner(["estimate", "512 TPU v3 for 2.5 days", "--price-date", "2019-06"]);
    for (const fact of ["energy used", "carbon emitted", "floating-point operations", "over what is usual"])
      expect(run.out).toContain(fact);
    expect(run.code).toBe(0);
    for (const words of ["chip", "core", "device", "cost"]) expect(run.out).toContain(words);
  });

  test("init writes settings once, and check obeys them", async () => {
    const place = join(folder, "project");
    mkdirSync(place);
    expect((await reckoner(["init"], { cwd: place })).out).toBe("wrote reckoner.config.yaml\n");
    const again = await reckoner(["init"], { cwd: place });
    expect(again.code).toBe(2);
    expect(again.err).toContain("there is one already");
    writeFileSync(join(place, "reckoner.config.yaml"), "failLevel: never\n");
    expect((await reckoner(["check", "-"], { cwd: place, input: SLIP })).code).toBe(0);
  });
});
