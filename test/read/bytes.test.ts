import { describe, expect, test } from "vitest";
import { detectMediaType } from "../../src/read/media-type.ts";
import { readDocument } from "../../src/read/read-document.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("bytes", () => {
  test.each([
    ["a.pdf", ascii("%PDF-1.7\n"), "application/pdf"],
    ["a.txt", ascii("junk\n%PDF-1.4\n"), "application/pdf"],
    ["a.md", ascii("# T"), "text/markdown"],
    ["-", ascii("<!DOCTYPE html><p>x"), "text/html"],
    ["-", ascii("Plain words < 5 days."), "text/plain"],
    ["-", ascii("# Title\n\nwords"), "text/markdown"],
    ["-", ascii("% note\n\\documentclass{article}"), "application/x-latex"],
  ])("%s is told by content, then by name", (name, bytes, mediaType) => {
    expect(detectMediaType(bytes, name)).toEqual({ kind: "known", mediaType });
  });

  test.each([
    ["page.pdf", ascii("<html><p>x"), "not-a-pdf", "HTML page"],
    ["page.pdf", ascii('<?xml version="1.0"?><TEI/>'), "not-a-pdf", "XML document"],
    ["noise.pdf", new Uint8Array([1, 0, 2, 3, 0, 4, 9, 0]), "not-a-pdf", "binary data"],
    ["noise.txt", new Uint8Array([1, 0, 2, 3, 0, 4, 9, 0]), "wrong-type", "binary data"],
    ["picture.txt", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2]), "wrong-type", "PNG image"],
    ["empty.pdf", new Uint8Array(0), "empty-file", null],
  ])("%s cannot be used", (name, bytes, code, detail) => {
    expect(detectMediaType(bytes, name)).toEqual({ kind: "unusable", problem: { code, source: name, page: null, detail } });
  });

  test("text that is not UTF-8 is refused with the place", async () => {
    const result = await readDocument(new Uint8Array([...ascii("caf"), 0xe9, ...ascii(" price")]), "a.txt");
    expect(result).toEqual({ document: null, problems: [{ code: "not-utf8", source: "a.txt", page: null, detail: "byte 3" }] });
  });

  test("one broken byte in a long text, or a zero, costs nothing else, and is told", async () => {
    const long = ascii("We used 8 GPUs for 3 days.\n\n".repeat(60));
    for (const name of ["a.txt", "a.md", "a.html", "a.tex"]) {
      const result = await readDocument(new Uint8Array([...long, 0xe9, ...ascii(" price")]), name);
      expect(result.problems).toEqual([{ code: "not-utf8", source: name, page: null, detail: `byte ${long.length}, shown as \ufffd` }]);
      expect(result.document?.text).toContain("\ufffd price");
    }
    expect((await readDocument(new Uint8Array([...long, 0, ...long]), "a.txt")).document?.text).toContain("␀We used");
  });

  test.each([
    ["surrogates", [0xed, 0xa0, 0x80]],
    ["overlong forms", [0xc0, 0xaf]],
    ["a cut sequence", [0x61, 0xe2, 0x82]],
  ])("%s are no UTF-8", async (_name, bytes) => {
    const result = await readDocument(new Uint8Array(bytes), "a.txt");
    expect(result.problems[0]?.code).toBe("not-utf8");
  });

  test("UTF-16 is read with a mark and without", async () => {
    const marked = new Uint8Array([0xff, 0xfe, 0x38, 0, 0x20, 0, 0x47, 0]);
    const bare = new Uint8Array([..."8 GPUs for 3 days"].flatMap((character) => [character.charCodeAt(0), 0]));
    expect((await readDocument(marked, "a.txt")).document?.text).toBe("8 G");
    expect((await readDocument(bare, "a.txt")).document?.text).toBe("8 GPUs for 3 days");
  });

  test("a page may declare another charset", async () => {
    const bytes = new Uint8Array([...ascii('<meta charset="windows-1252"><p>It cost '), 0x80, ...ascii("500.")]);
    expect((await readDocument(bytes, "a.html")).document?.text).toBe("It cost €500.");
  });

  test("white space alone is an empty file", async () => {
    expect((await readDocument(ascii(" \n\n\t"), "a.txt")).problems[0]?.code).toBe("empty-file");
  });

  test("hundreds of thousands of paragraphs take linear time", { timeout: 60_000 }, async () => {
    const paragraph = "We used 512 GPUs for 2.5 days and paid $61,440 in all.\n\n";
    // Units: seconds of processor time, so that other programs matter little.
    const secondsFor = async (count: number): Promise<number> => {
      const start = process.cpuUsage();
      const result = await readDocument(ascii(paragraph.repeat(count)), "big.txt");
      expect(result.document?.blocks.length).toBe(count);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1e6;
    };
    await secondsFor(10_000);
    expect(await secondsFor(200_000)).toBeLessThan(8 * (await secondsFor(50_000)));
  });

  test("markup nested deeper than any page is damage, not a crash", async () => {
    expect((await readDocument(ascii("<div>".repeat(200_000)), "deep.html")).problems[0]?.code).toBe("damaged");
    expect((await readDocument(ascii(`${"> ".repeat(5000)}x`), "deep.md")).problems[0]?.code).toBe("damaged");
  });
});
