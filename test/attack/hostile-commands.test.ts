import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { check } from "../../src/index.ts";
import { DocumentDesk } from "../../src/isolate/document-desk.ts";
import { watchedCall } from "../../src/isolate/watched-call.ts";
import { csvLine } from "../../src/report/csv.ts";
import type { WireDocument } from "../../src/report/wire.ts";
import { listS3 } from "../../src/store/s3.ts";
import { runTool, startTool } from "../support/command.ts";
import { docx, tarGz } from "./hostile-inputs.ts";

const root = mkdtempSync(join(tmpdir(), "reckoner-attack-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const WRONG = "We trained Crane on 8 V100 GPUs for 2 days, which took 9,000 GPU-hours.";
const RIGHT = "We trained Crane on 8 V100 GPUs for 2 days, which took 384 GPU-hours.";
const SLOW = Array.from(
  { length: 20_000 },
  (_, at) => `We trained Crane-${at} on ${at + 2} V100 GPUs for 2 days, at ${at} GPU-hours.`,
).join("\n\n");

let folders = 0;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  folders += 1;
  const folder = join(root, `case-${folders}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

describe("a document that takes too long or breaks costs its own result alone", () => {
  test("check: what was found before and after is printed", { timeout: 120_000 }, async () => {
    const folder = folderOf({ "a.md": RIGHT, "slow.txt": SLOW, "z.md": WRONG, "deep.docx": docx(`<w:p>${"<w:r>".repeat(5000)}</w:p>`) });
    const { code, out, err } = await runTool(folder, ["check", "a.md", "slow.txt", "deep.docx", "z.md", "--timeout", "2"]);
    expect(err).toBe("");
    expect(code).toBe(2);
    expect(out).toContain("slow.txt: reading took too long and was stopped (2 s); pass a longer --timeout");
    expect(out).toContain("deep.docx: the file is damaged (markup nested too deeply)");
    expect(out).toContain("384");
    expect(out).toContain("9,000");
  });

  test("a command that is killed leaves no process behind, whatever that is doing", { timeout: 120_000 }, async () => {
    const { child } = startTool(folderOf({ "slow.txt": SLOW }), ["check", "slow.txt"]);
    const below = (): number | null => {
      // It fails as long as there is none.
      const { stdout } = spawnSync("ps", ["-o", "pid=,args=", "--ppid", String(child.pid)], { encoding: "utf8" });
      const line = stdout.split("\n").find((each) => each.includes("process-entry"));
      return line === undefined ? null : Number.parseInt(line, 10);
    };
    await expect.poll(below, { timeout: 60_000 }).not.toBeNull();
    const pid = below() ?? 0;
    await setTimeout(3000);
    child.kill("SIGKILL");
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });

  test("check, with little memory", { timeout: 120_000 }, async () => {
    const folder = folderOf({ "a.md": RIGHT, "slow.txt": SLOW });
    const { code, out, err } = await runTool(folder, ["check", "slow.txt", "a.md", "--max-memory", "60"]);
    expect(err).toBe("");
    expect(code).toBe(2);
    expect(out).toContain("slow.txt: reading needed too much memory and was stopped (60 MB)");
    expect(out).toContain("a.md");
  });

  test("texts without end in sight are checked, or told in their line, and none brings the command down", {
    timeout: 240_000,
  }, async () => {
    const numbered = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join("");
    const cost = "We trained Foo-7B on 64 A100 GPUs for 12 days, at $2 per GPU-hour; the run cost $63,864. ";
    const long: Readonly<Record<string, string>> = {
      "clauses.md": `The model was not trained ${numbered(500, (at) => `on ${at + 2} GPUs for ${(at % 30) + 1} hours, but would `)}run.`,
      "columns.md": `|${" Heron |".repeat(20_000)}\n|${"---|".repeat(20_000)}\n|${numbered(20_000, (at) => ` ${at + 2} A100 GPUs |`)}`,
      "costs.txt": cost.repeat(45_000),
      "levels.md": numbered(3000, (at) => `${"  ".repeat(at)}- 64 A100 GPUs\n`),
      "numbers.txt": `${"64, ".repeat(50_000)}A100 GPUs`,
      "powers.txt": `3${" x 10^".repeat(100_000)}`,
      "products.txt": "64 A100 ".repeat(20_000),
      "rows.md": `| Model | GPUs | Days |\n|---|---|---|\n${numbered(100_000, (at) => `| Heron-${at} | ${at + 2} A100 | ${(at % 9) + 1} |\n`)}`,
    };
    const folder = folderOf({ ...long, "a.md": RIGHT });
    const { code, out, err } = await runTool(folder, ["check", ".", "--timeout", "5", "--format", "json"]);
    expect(err).toBe("");
    expect([0, 2]).toContain(code);
    const documents: readonly WireDocument[] = JSON.parse(out).documents;
    expect(documents.map(({ source }) => source)).toEqual(["a.md", ...Object.keys(long)]);
    const failed = documents.filter(({ status }) => status === "failed");
    expect(code).toBe(failed.length === 0 ? 0 : 2);
    for (const { problems } of failed) expect(["too-slow", "out-of-memory", "damaged"]).toContain(problems[0]?.code);
    expect(documents[0]).toMatchObject({ status: "checked" });
  });

  test("a process that checks one text after the other stays small", { timeout: 240_000 }, async () => {
    const texts = Array.from({ length: 300 }, (_, at) => `${RIGHT} ${WRONG}\n\n`.repeat(1 + (at % 12)).replaceAll("Crane", `Crane-${at}`));
    const library = pathToFileURL(resolve(import.meta.dirname, "../../src/index.ts")).href;
    writeFileSync(join(root, "texts.json"), JSON.stringify(texts));
    const script = `import { check } from ${JSON.stringify(library)};
      import { readFileSync } from "node:fs";
      let [most, checked] = [0, 0];
      for (const text of JSON.parse(readFileSync("texts.json", "utf8"))) {
        checked += (await check(text)).documents.filter(({ status }) => status === "checked").length;
        most = Math.max(most, process.memoryUsage.rss());
      }
      console.log(JSON.stringify({ checked, megabytes: most / 1e6 }));`;
    const told = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: root, encoding: "utf8" });
    const { checked, megabytes } = JSON.parse(told);
    expect(checked).toBe(texts.length);
    expect(megabytes).toBeLessThan(900);
  });

  test("diff, --against, the library", { timeout: 180_000 }, async () => {
    const folder = folderOf({ "a.md": RIGHT, "slow.txt": SLOW });
    await expect(check(SLOW, { source: "slow.txt", seconds: 1 })).resolves.toMatchObject({
      documents: [{ status: "failed", problems: [{ code: "too-slow" }] }],
    });
    await expect(check(RIGHT)).resolves.toMatchObject({ documents: [{ status: "checked" }] });
    writeFileSync(join(folder, "reckoner.config.yaml"), "timeout: 1\n");
    const against = await runTool(folder, ["check", "a.md", "--against", "slow.txt"]);
    expect(against.code).toBe(2);
    expect(against.out).toContain("slow.txt: reading took too long");
  });

  test("a pattern or a loop in this process is interrupted", () => {
    expect(watchedCall(() => 7, 1000)).toEqual({ kind: "done", value: 7 });
    expect(watchedCall(() => /^(a+)+$/.test(`${"a".repeat(40)}b`), 100)).toEqual({ kind: "stopped" });
    expect(
      watchedCall(() => {
        for (;;);
      }, 50),
    ).toEqual({ kind: "stopped" });
    expect(
      watchedCall(() => {
        throw new Error("no");
      }, 50),
    ).toEqual({ kind: "threw" });
  });

  test("the report of a short text is the same here and in a process", { timeout: 60_000 }, async () => {
    const limits = { seconds: 60, megabytes: 512 };
    const desk = new DocumentDesk({ jobs: 1, megabytes: 512, rules: null }, limits);
    try {
      const path = join(folderOf({ "a.md": WRONG }), "a.md");
      const options = { priceDate: null, provider: null, assume: {} };
      const here = await desk.checkNamed(path, options);
      const there = await desk.check({ source: path, content: { kind: "file", location: path } }, options);
      expect(there).toEqual(here);
      expect(here.status).toBe("checked");
    } finally {
      desk.close();
    }
  });
});

describe("what is no regular file", () => {
  test.each(["/dev/zero", "/dev/tty", "/dev/random"])("a link to %s is named and left out", { timeout: 60_000 }, async (device) => {
    const folder = folderOf({ "ok.md": WRONG });
    symlinkSync(device, join(folder, "odd.md"));
    const named = await runTool(folder, ["check", "odd.md", "ok.md"]);
    expect(named.err).toBe("");
    expect(named.code).toBe(2);
    expect(named.out).toContain("odd.md: no regular file, and not read (device)");
    expect(named.out).toContain("9,000");
    const batch = await runTool(folder, ["batch", ".", "--out", "report", "--timeout", "30"]);
    expect(batch.code).toBe(2);
    expect(batch.err).toBe(
      "reckoner: odd.md: no regular file, and not read (device); save what it gives to a file, or pipe it in and name it -\n",
    );
    expect(batch.out).toContain("2 documents: 1 checked now, 0 known; 1 could not be read");
  });

  test("pipes and sockets are told, too, and nobody waits for them", { timeout: 60_000 }, async () => {
    const folder = folderOf({ "ok.md": RIGHT });
    execFileSync("mkfifo", [join(folder, "pipe.md")]);
    const socket = createServer().listen(join(folder, "socket.md"));
    try {
      const { code, out, err } = await runTool(folder, ["check", ".", "pipe.md", "socket.md"]);
      expect(err).toBe("");
      expect(code).toBe(2);
      expect(out).toContain("pipe.md: no regular file, and not read (pipe)");
      expect(out).toContain("socket.md: no regular file, and not read (socket)");
    } finally {
      socket.close();
    }
  });

  test("links that come back double nothing, and those that leave are told", { timeout: 60_000 }, async () => {
    const folder = folderOf({ "a.md": WRONG });
    mkdirSync(join(folder, "inner"));
    writeFileSync(join(folder, "inner", "b.md"), RIGHT);
    for (const [target, name] of [
      [".", "loop"],
      ["..", "inner/up"],
      ["a.md", "again.md"],
      ["/", "whole"],
      ["nowhere.md", "gone.md"],
    ] as const)
      symlinkSync(target, join(folder, name));
    const { out, code } = await runTool(folder, ["check", ".", "--format", "json"]);
    expect(code).toBe(2);
    const told: readonly {
      readonly source: string;
      readonly status: string;
      readonly problems: readonly { readonly message: string }[];
    }[] = JSON.parse(out).documents;
    expect(told.map(({ source, status }) => `${source} ${status}`)).toEqual([
      "a.md checked",
      "inner/b.md checked",
      "gone.md failed",
      "whole failed",
    ]);
    expect(told[3]?.problems[0]?.message).toContain("a link that leads out of the folder, which is not followed");
  });

  test("an archive of LaTeX sources is found in a folder", { timeout: 60_000 }, async () => {
    const main = `\\documentclass{article}\\begin{document}${WRONG.replace("9,000", "9,216")}\\end{document}`;
    const folder = folderOf({ "paper.tar.gz": tarGz({ "main.tex": main }) });
    const { code, out } = await runTool(folder, ["check", "."]);
    expect(code).toBe(1);
    expect(out).toContain("paper.tar.gz");
  });
});

describe("what documents and names hold does not act", () => {
  test("on a terminal, in any format for people", { timeout: 60_000 }, async () => {
    const name = "\u001b[31mred\u202egpj.md";
    const folder = folderOf({ [name]: WRONG.replace("Crane", "Crane\u001b]0;TITLE\u0007\u001b[2J") });
    const acts = /[^\P{Cc}\n\t]|[\u202a-\u202e]/u;
    for (const words of [[], ["--verbose"], ["--checklist"], ["--why", "9,000"]]) {
      const { out, err } = await runTool(folder, ["check", name, ...words], { NO_COLOR: "1" });
      expect(out.length).toBeGreaterThan(50);
      expect(`${out}${err}`).not.toMatch(acts);
    }
    const missing = await runTool(folder, ["check", "\u001b[2Jmissing.md", "."], { NO_COLOR: "1" });
    expect(missing.out + missing.err).not.toMatch(acts);
    expect(missing.out).toContain("<U+001B>[2Jmissing.md");
    const colored = await runTool(folder, ["check", name], { FORCE_COLOR: "1", NO_COLOR: "" });
    expect(colored.out).toContain("\u001b[1m<U+001B>[31mred<U+202E>gpj.md");
  });

  test("in a spreadsheet", () => {
    expect(csvLine(["=x.md", "+1", "-8 GPUs", "@sum", -5, "a=b"])).toBe("'=x.md,'+1,'-8 GPUs,'@sum,-5,a=b\r\n");
  });
});

test("a listing that never ends, or answers without end, is given up", { timeout: 60_000 }, async () => {
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    response.writeHead(200, { "content-type": "application/xml" });
    if (request.url?.startsWith("/large") === true) {
      const more = (): void => {
        while (response.write("<x>".repeat(100_000)));
        response.once("drain", more);
      };
      more();
    } else response.end(`<ListBucketResult><NextContinuationToken>${calls}</NextContinuationToken></ListBucketResult>`);
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const before = process.env["AWS_ENDPOINT_URL_S3"];
  process.env["AWS_ENDPOINT_URL_S3"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await expect(listS3("s3://endless/", AbortSignal.timeout(20_000))).rejects.toThrow("does not go on");
    expect(calls).toBe(1);
    await expect(listS3("s3://large/", AbortSignal.timeout(20_000))).rejects.toThrow("a listing of more than 8 MB a page");
  } finally {
    if (before === undefined) delete process.env["AWS_ENDPOINT_URL_S3"];
    else process.env["AWS_ENDPOINT_URL_S3"] = before;
    server.closeAllConnections();
    server.close();
  }
});

test("a link to nothing that is named tells the name", { timeout: 30_000 }, async () => {
  const folder = folderOf({});
  symlinkSync("self.md", join(folder, "self.md"));
  const { code, out } = await runTool(folder, ["check", "self.md"]);
  expect(code).toBe(2);
  expect(out).toContain("self.md");
});
