import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { fileStamp, isSureStamp } from "../../src/store/file-stamp.ts";
import { type Running, runTool, startTool } from "../support/command.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-watch-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const paper = (name: string, hours: number): string => `We trained ${name} on 8 V100 GPUs for 2 days, which took ${hours} GPU-hours.\n`;

/** Sources of the documents in a report. */
function sources(report: string): readonly string[] {
  const lines = readFileSync(join(folder, report, "documents.jsonl"), "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line).source);
}

/** What a command has printed up to now, and waits until it is enough. */
function printed({ child }: Running): (words: string, times?: number) => Promise<string> {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  }
  return async (words, times = 1) => {
    const deadline = Date.now() + 30_000;
    while (text.split(words).length <= times) {
      if (Date.now() > deadline) throw new Error(`not printed ${times} times: ${words}\n${text}`);
      await setTimeout(20);
    }
    return text;
  };
}

const WAITING = "waiting for changes";

test("a watched folder is checked as its files come, change and go", { timeout: 120_000 }, async () => {
  mkdirSync(join(folder, "in"));
  put("in/crane.txt", paper("Crane", 768));
  const running = startTool(folder, ["batch", "in", "--out", "in/report", "--jobs", "1", "--watch"]);
  const until = printed(running);
  await until(WAITING);
  expect(sources("in/report")).toEqual(["in/crane.txt"]);

  // A file that grows is taken when it is whole.
  put("in/stork.txt", "We trained Stork on 8 V100 GPUs ");
  for (const part of ["for 2 days, ", "which took ", "768 GPU-hours.\n"]) {
    await setTimeout(120);
    appendFileSync(join(folder, "in/stork.txt"), part);
  }
  const grown = await until("2 documents: 1 checked now, 1 known; 0 could not be read, 2 flagged");
  expect(grown).not.toContain("2 documents: 1 checked now, 1 known; 0 could not be read, 1 flagged");
  await until(WAITING, 2);
  expect(sources("in/report")).toEqual(["in/crane.txt", "in/stork.txt"]);

  put("in/crane.txt", paper("Crane", 384));
  await until("2 documents: 1 checked now, 1 known; 0 could not be read, 1 flagged");
  rmSync(join(folder, "in/stork.txt"));
  await until("1 document: 0 checked now, 1 known; 0 could not be read, 0 flagged");
  await until(WAITING, 4);
  expect(sources("in/report")).toEqual(["in/crane.txt"]);

  // What is no paper, and the report itself, wake nobody.
  put("in/notes.bin", "nothing");
  await setTimeout(1500);
  expect((await until(WAITING, 4)).split(WAITING)).toHaveLength(5);

  running.child.kill("SIGINT");
  const ended = await running.ended;
  expect(ended.code, ended.err).toBe(0);
  const again = await runTool(folder, ["batch", "in", "--out", "in/report"]);
  expect(again.out).toContain("1 document: 0 checked now, 1 known");
});

test("a folder that is empty yet can be watched, and what cannot be is told", { timeout: 60_000 }, async () => {
  mkdirSync(join(folder, "empty"));
  const running = startTool(folder, ["batch", "empty/*.txt", "--out", "later", "--watch", "--fail-level", "never"]);
  const until = printed(running);
  await until(WAITING);
  put("empty/ibis.txt", paper("Ibis", 384));
  await until("1 document: 1 checked now, 0 known; 0 could not be read, 0 flagged");
  running.child.kill("SIGTERM");
  expect((await running.ended).code).toBe(0);
  for (const [words, message] of [
    [["http://127.0.0.1:9/a.txt", "--watch"], "reckoner: --watch: no file or folder to watch; addresses are not watched\n"],
    [["empty", "--watch", "--enqueue-only"], "reckoner: --watch and --enqueue-only: pass one of them\n"],
  ] as const) {
    const { code, err } = await runTool(folder, ["batch", "--out", "none", ...words]);
    expect({ code, err }).toEqual({ code: 2, err: message });
  }
});

test("a report stays as it is while nothing has changed, and is mended where it was", { timeout: 60_000 }, async () => {
  mkdirSync(join(folder, "same"));
  put("same/crane.txt", paper("Crane", 768));
  put("same/stork.txt", paper("Stork", 768));
  const words = ["batch", "same", "--out", "kept", "--fail-level", "never"];
  const first = await runTool(folder, words);
  expect(first.out).toContain("2 documents: 2 checked now, 0 known");
  const page = (): string => readFileSync(join(folder, "kept", "index.html"), "utf8");
  const written = (): bigint => statSync(join(folder, "kept", "index.html"), { bigint: true }).mtimeNs;
  const whole = page();
  await runTool(folder, words);
  const before = written();
  const second = await runTool(folder, words);
  expect(second.out).toBe(first.out.replace("2 checked now, 0 known", "0 checked now, 2 known"));
  expect(written()).toBe(before);
  // Somebody changes a file of the report, takes one away, or damages the note.
  put("kept/index.html", whole.replace("Crane", "Goose"));
  await runTool(folder, words);
  expect(page()).toBe(whole);
  rmSync(join(folder, "kept", "junit.xml"));
  await runTool(folder, words);
  expect(readFileSync(join(folder, "kept", "junit.xml"), "utf8")).toContain("same/crane.txt");
  put("kept/.report.json", "{ damaged");
  expect((await runTool(folder, words)).out).toBe(second.out);
  // Another question, another report.
  const across = await runTool(folder, [...words, "--across"]);
  expect(across.out).toContain("0 runs told by several documents");
  rmSync(join(folder, "same", "stork.txt"));
  expect((await runTool(folder, words)).out).toContain("1 document: 0 checked now, 1 known; 0 could not be read, 1 flagged");
  expect(page()).not.toContain("stork.txt");
});

test("a report in the folder of its papers is no paper", { timeout: 60_000 }, async () => {
  mkdirSync(join(folder, "both"));
  put("both/crane.txt", paper("Crane", 768));
  const words = ["batch", "both", "--out", "both", "--fail-level", "never"];
  await runTool(folder, words);
  expect((await runTool(folder, words)).out).toContain("1 document: 0 checked now, 1 known");
});

test("a file that changes within the tick of its clock, to the same size, is checked again", { timeout: 60_000 }, async () => {
  mkdirSync(join(folder, "tick"));
  const words = ["batch", "tick", "--out", "ticked", "--fail-level", "never"];
  put("tick/crane.txt", paper("Crane", 768));
  const long = new Date(Date.now() - 60_000);
  utimesSync(join(folder, "tick/crane.txt"), long, long);
  await runTool(folder, words);
  // The same size and time of change; only what the file system notes of itself differs.
  put("tick/crane.txt", paper("Crane", 384));
  utimesSync(join(folder, "tick/crane.txt"), long, long);
  expect((await runTool(folder, words)).out).toContain("1 document: 1 checked now, 0 known; 0 could not be read, 0 flagged");
});

test("stamps of files that have just changed are not relied on", async () => {
  put("stamp.txt", "one");
  const late = await fileStamp(join(folder, "stamp.txt"));
  expect(isSureStamp(late)).toBe(false);
  expect(isSureStamp(await fileStamp(join(folder, "gone.txt")))).toBe(false);
  const deadline = Date.now() + 10_000;
  let sure = late;
  while (!isSureStamp(sure) && Date.now() < deadline) {
    await setTimeout(100);
    sure = await fileStamp(join(folder, "stamp.txt"));
  }
  expect(isSureStamp(sure)).toBe(true);
  expect(sure).not.toBe(late);
  expect(fileStamp(join(folder, "stamp.txt"))).toBe(sure);
});

test("where nothing has changed, the store is not opened; where it is gone, it is made again", { timeout: 60_000 }, async () => {
  mkdirSync(join(folder, "still"));
  put("still/crane.txt", paper("Crane", 768));
  await setTimeout(2100);
  const words = ["batch", "still", "--out", "stayed", "--fail-level", "never"];
  await runTool(folder, words);
  const store = join(folder, "stayed", "reckoner.sqlite");
  const before = statSync(store, { bigint: true }).mtimeNs;
  expect((await runTool(folder, words)).out).toContain("1 document: 0 checked now, 1 known; 0 could not be read, 1 flagged");
  expect(statSync(store, { bigint: true }).mtimeNs).toBe(before);
  expect((await runTool(folder, [...words, "--assume", "pue=1.3"])).out).toContain("1 document: 1 checked now, 0 known");
  expect((await runTool(folder, [...words, "--assume", "nothing=1"])).code).toBe(2);
  await runTool(folder, words);
  rmSync(store);
  expect((await runTool(folder, words)).out).toContain("1 document: 1 checked now, 0 known");
});
