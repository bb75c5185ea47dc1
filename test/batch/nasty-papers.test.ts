import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { putPapers, runTool } from "../support/command.ts";
import { lockedPdf, paper, pdfOf, scan } from "../support/odd-pdf.ts";

const folder = mkdtempSync(join(tmpdir(), "reckoner-nasty-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const GOOD = 12;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);

/** Files that break readers, with the code that each is listed with; a null stands among the good ones. */
async function nasty(): Promise<Readonly<Record<string, readonly [Uint8Array, string]>>> {
  const whole = await paper(30);
  return {
    "bytes.pdf": [Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256), "not-a-pdf"],
    "cut.pdf": [whole.slice(0, Math.floor(whole.length * 0.6)), "truncated"],
    "empty.pdf": [new Uint8Array(), "empty-file"],
    "empty.txt": [new Uint8Array(), "empty-file"],
    "head.pdf": [text("%PDF-1.7\n and nothing more"), "truncated"],
    "locked.pdf": [lockedPdf(), "encrypted"],
    "page.pdf": [text("<!doctype html><html><body>404</body></html>"), "not-a-pdf"],
    "picture.md": [Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), "wrong-type"],
    "program.txt": [Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2]), "wrong-type"],
    "scan.pdf": [await scan(), "no-text-layer"],
    "tree.pdf": [pdfOf(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>"]), "page-unreadable"],
    "word.docx": [text("PK\u0003\u0004 but no archive"), "damaged"],
    "xml.pdf": [text('<?xml version="1.0"?><article xmlns="urn:x"><p>8 GPUs</p></article>'), "not-a-pdf"],
  };
}

test("every good paper among bad files is checked, and every bad one is listed with its code", { timeout: 240_000 }, async () => {
  const bad = await nasty();
  putPapers(join(folder, "mixed"), GOOD);
  mkdirSync(join(folder, "mixed", "deep"));
  const pdf = await paper(2);
  writeFileSync(join(folder, "mixed", "deep", "good.pdf"), pdf);
  for (const [name, [bytes]] of Object.entries(bad)) writeFileSync(join(folder, "mixed", name), bytes);
  const { code, out, err } = await runTool(folder, ["batch", "mixed", "--out", "report", "--jobs", "2", "--timeout", "30"]);
  expect(err).toBe("");
  expect(code).toBe(2);
  const total = GOOD + 1 + Object.keys(bad).length;
  expect(out).toContain(`${total} documents: `);
  const documents: readonly {
    readonly source: string;
    readonly status: string;
    readonly problems: readonly { readonly code: string }[];
  }[] = readFileSync(join(folder, "report", "documents.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(documents).toHaveLength(total);
  const listed = new Map(
    documents.map(({ source, status, problems }) => [source.replace("mixed/", ""), { status, codes: problems.map((each) => each.code) }]),
  );
  for (let index = 0; index < GOOD; index += 1) expect(listed.get(`paper-${index}.txt`)).toEqual({ status: "checked", codes: [] });
  expect(listed.get("deep/good.pdf")).toEqual({ status: "checked", codes: [] });
  const expected = Object.fromEntries(Object.entries(bad).map(([name, [, problem]]) => [name, problem]));
  const found = Object.fromEntries(Object.keys(bad).map((name) => [name, listed.get(name)?.codes[0] ?? "nothing listed"]));
  expect(found).toEqual(expected);
  // One that is cut off is read as far as it goes; of the others there is nothing to read.
  for (const name of Object.keys(bad)) expect([name, listed.get(name)?.status]).toEqual([name, name === "cut.pdf" ? "partial" : "failed"]);
  const page = readFileSync(join(folder, "report", "index.html"), "utf8");
  const lists = new Map(
    [...page.matchAll(/<h3>(?<code>[\w-]+) <small>\d+<\/small><\/h3>\n<ul>(?<items>.*?)<\/ul>/gs)].map(({ groups }) => [
      groups?.["code"],
      groups?.["items"],
    ]),
  );
  for (const [name, problem] of Object.entries(expected)) expect(lists.get(problem)).toContain(`>mixed/${name}`);
});

test("a machine on which no process can start is told, and no paper is blamed", { timeout: 60_000 }, async () => {
  putPapers(join(folder, "few"), 3);
  const { code, out, err } = await runTool(folder, ["batch", "few", "--out", "few-report", "--max-memory", "1"]);
  expect(err).toMatch(
    /^reckoner: the processes that check papers cannot start \(.*\); 1 MB are too few to start, pass a larger --max-memory\n$/,
  );
  expect({ code, out }).toEqual({ code: 2, out: "" });
  const after = await runTool(folder, ["batch", "few", "--out", "few-report", "--fail-level", "never"]);
  expect(after.out).toContain("3 documents: 3 checked now, 0 known; 0 could not be read");
});
