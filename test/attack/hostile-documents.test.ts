import { describe, expect, test } from "vitest";
import { readDocument } from "../../src/read/read-document.ts";
import { docx, paragraph, tarGz } from "./hostile-inputs.ts";

const LIMIT = 30_000;
const CLAIM = "We trained Crane on 8 V100 GPUs for 2 days.";

async function codeOf(bytes: Uint8Array | string, name: string): Promise<string> {
  const { document, problems } = await readDocument(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes, name);
  return document === null ? `${problems[0]?.code}: ${problems[0]?.detail}` : `read ${document.text.slice(0, 60)}`;
}

describe("Word documents that break the converter are told, with its words", () => {
  const run = (content: string): string => `<w:p><w:r>${content}</w:r></w:p>${paragraph(CLAIM)}`;
  const nested = (open: string, close: string, count: number): string => open.repeat(count) + paragraph("x") + close.repeat(count);
  test.each([
    ["a picture whose relation is missing", run('<w:pict><v:shape><v:imagedata r:id="rId99"/></v:shape></w:pict>')],
    ["a mark of a note that is not there", run('<w:footnoteReference w:id="77"/>')],
    ["a symbol without font and character", run("<w:sym/>")],
  ])("%s", async (_name, body) => {
    // What the converter can do without, it may.
    expect(await codeOf(docx(body), "paper.docx")).toMatch(
      /^(?:damaged: no Word document that can be converted: .+|read We trained Crane)/,
    );
  });

  test.each([
    ["tables", nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 2000)],
    ["runs", `<w:p>${"<w:r>".repeat(5000)}<w:t>x</w:t>${"</w:r>".repeat(5000)}</w:p>`],
    ["unknown elements", nested("<w:x>", "</w:x>", 5000)],
  ])("%s in one another, thousands deep", async (_name, body) => {
    expect(await codeOf(docx(body), "paper.docx")).toBe("damaged: markup nested too deeply");
  });

  test("one of usual parts is read", async () => {
    expect(await codeOf(docx(paragraph(CLAIM)), "paper.docx")).toBe(`read ${CLAIM}`);
  });

  test("an archive that says it holds a thousand bytes, and holds gigabytes, is not unpacked", async () => {
    const bomb = docx(paragraph(CLAIM), { "word/styles.xml": Buffer.alloc(300_000_000, " ") }, 1000);
    expect(bomb.length).toBeLessThan(1_000_000);
    const before = process.memoryUsage.rss();
    expect(await codeOf(bomb, "paper.docx")).toBe("too-large: unpacked");
    expect(process.memoryUsage.rss() - before).toBeLessThan(600_000_000);
  }, 60_000);
});

describe("archives of LaTeX sources", () => {
  const main = "\\documentclass{article}\\begin{document}\\input{f0}\\end{document}";
  const chain = (files: number, last: string): Uint8Array =>
    tarGz({
      "main.tex": main,
      ...Object.fromEntries(Array.from({ length: files }, (_, at) => [`f${at}.tex`, `\\input{f${at + 1}}\\input{f${at + 1}}`])),
      [`f${files}.tex`]: last,
    });

  test.each([
    ["sixty files, each of which pulls in the next twice", chain(60, CLAIM)],
    ["the same where the last is empty", chain(40, "")],
    ["few files, that pull in each other a million times", chain(20, CLAIM)],
    [
      "twenty thousand small files",
      tarGz({
        "main.tex": `\\documentclass{article}\\begin{document}${Array.from({ length: 20_000 }, (_, at) => `\\input{g${at}}`).join("\n")}\\end{document}`,
        ...Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`g${at}.tex`, `x ${at}`])),
      }),
    ],
  ])("%s: too large, at once", { timeout: LIMIT }, async (_name, bytes) => {
    expect(await codeOf(bytes, "paper.tar.gz")).toMatch(/^too-large: (?:LaTeX source that pulls in|archive of)/);
  });

  test("a paper of some files in one another is read", async () => {
    expect(await codeOf(chain(3, CLAIM), "paper.tar.gz")).toContain(`read ${CLAIM}`);
  });

  test("names that stand for names that stand for names end", { timeout: LIMIT }, async () => {
    const names = Array.from({ length: 18 }, (_, at) => {
      const [name, next] = [String.fromCharCode(97 + at), String.fromCharCode(98 + at)];
      return `\\newcommand{\\x${name}}{\\x${next} \\x${next} \\x${next}}`;
    });
    const laughs = `${names.join("\n")}\\newcommand{\\xs}{64 A100 GPUs}\\begin{document}${CLAIM} \\xa\\end{document}`;
    expect(await codeOf(laughs, "paper.tex")).toContain("read We trained Crane");
  });
});

describe("markup", () => {
  test.each([
    ["brackets in one another", `${"[".repeat(100_000)}x${"]".repeat(100_000)}`],
    ["links in one another", "[a](".repeat(100_000)],
    ["lists in one another by a line", "- ".repeat(100_000)],
    ["quotations", `${"> ".repeat(5000)}x`],
    ["emphasis that never ends", "*a _b ".repeat(50_000)],
  ])("of a hundred thousand %s takes seconds", { timeout: LIMIT }, async (_name, text) => {
    expect(await codeOf(text, "page.md")).toMatch(/^(?:read|damaged: |empty-file)/);
  });

  test("nested deeper than any document is refused, however the parser meets its end", async () => {
    for (const depth of [600, 3000, 10_000]) {
      expect(await codeOf(`${"<div>".repeat(depth)}${CLAIM}`, "page.html"), `${depth}`).toBe("damaged: markup nested too deeply");
      const groups = `\\begin{document}${"{".repeat(depth)}${CLAIM}${"}".repeat(depth)}\\end{document}`;
      expect(await codeOf(groups, "page.tex"), `${depth}`).toBe("damaged: no LaTeX that can be parsed: markup nested too deeply");
    }
    expect(await codeOf(`${"<div>".repeat(200)}${CLAIM}`, "page.html")).toContain("read We trained");
  });

  test("cells that span a hundred million rows and columns take what their text takes", async () => {
    const cell = "<td colspan=100000000 rowspan=100000000>64 A100 GPUs</td>";
    const started = performance.now();
    const { document } = await readDocument(
      new TextEncoder().encode(`<table>${`<tr>${cell.repeat(5)}</tr>`.repeat(300)}</table>`),
      "page.html",
    );
    expect(document?.tables[0]?.cells).toHaveLength(1500);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

test("control characters are shown by their signs, at the same offsets", async () => {
  const text = "We trained Foo\u001b]0;TITLE\u0007\u001b[2J-7B on 8\u0000 V100 GPUs.";
  const { document } = await readDocument(new TextEncoder().encode(`${"A plain line of text. ".repeat(400)}\n${text}`), "page.md");
  expect(document?.text).toContain("We trained Foo␛]0;TITLE␇␛[2J-7B on 8");
  expect(document?.text).not.toMatch(/[^\P{Cc}\n\t]/u);
});
