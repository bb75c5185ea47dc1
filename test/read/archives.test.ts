import { crc32 } from "node:zlib";
import { createTarGzip } from "nanotar";
import { expect, test } from "vitest";
import type { ReadResult } from "../../src/model/document.ts";
import { readDocument } from "../../src/read/read-document.ts";
import { grid, outline } from "./reading.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function readable(result: ReadResult): NonNullable<ReadResult["document"]> {
  if (result.document === null) throw new Error(result.problems.map((problem) => problem.code).join(", "));
  return result.document;
}

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const MAIN = String.raw`\documentclass{article}
\title{Heron}
\input{macros}
\begin{document}
We trained Heron on 8 GPUs.
% \input{old}
\input{sections/training.tex} % the long part
\include{loop}
\end{document}`;

test("the source of a paper is read through the files it pulls in", async () => {
  const archive = await createTarGzip([
    { name: "./main.tex", data: MAIN },
    { name: "macros.tex", data: String.raw`\newcommand{\days}{12 days}` },
    {
      name: "sections/training.tex",
      data: String.raw`\section{Training}It took \days{} in all.
\input{sections/more}`,
    },
    { name: "sections/more.tex", data: "A second run took 3 days." },
    { name: "old.tex", data: "An old run took 900 days." },
    { name: "loop.tex", data: String.raw`Round and round.\input{loop}` },
    { name: "figure.pdf", data: "%PDF-1.4" },
  ]);
  const document = readable(await readDocument(archive, "2106.01234.tar.gz"));
  expect(document.mediaType).toBe("application/x-latex");
  expect(document.title).toBe("Heron");
  expect(document.arxivId).toBe("2106.01234");
  expect(document.date).toBe("2021-06");
  expect(outline(document).map((line) => line.replaceAll("\n", " "))).toEqual([
    "paragraph: We trained Heron on 8 GPUs.",
    "heading: Training",
    "paragraph: It took 12 days in all. A second run took 3 days.",
    "paragraph: Round and round.",
  ]);
  expect(document.text).not.toContain("900");
});

test("a single compressed file is read with its lines", async () => {
  const document = readable(
    await readDocument(await gzip(bytesOf("\\documentclass{article}\n\\begin{document}\nIt took 5 days.\n\\end{document}")), "e-print"),
  );
  expect(document.text).toBe("It took 5 days.");
  expect(document.lines[0]?.line).toBe(3);
});

test("archives that are damaged or hold no LaTeX are told apart", async () => {
  const whole = await createTarGzip([{ name: "notes.txt", data: "8 GPUs" }]);
  const codes = async (bytes: Uint8Array, name: string) =>
    (await readDocument(bytes, name)).problems.map((problem) => [problem.code, problem.detail]);
  expect(await codes(whole, "a.tar.gz")).toEqual([["wrong-type", "GZIP archive without LaTeX"]]);
  expect(await codes(whole.slice(0, 30), "a.tar.gz")).toEqual([["damaged", "GZIP archive"]]);
  expect(await codes(whole, "a.pdf")).toEqual([["not-a-pdf", "GZIP archive"]]);
});

/** A ZIP archive without compression. Source: APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16. */
function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  const [parts, entries]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [label, data] = [Buffer.from(name), Buffer.from(text)];
    const sizes = Buffer.alloc(16);
    sizes.writeUInt32LE(crc32(data), 0);
    sizes.writeUInt32LE(data.length, 4);
    sizes.writeUInt32LE(data.length, 8);
    sizes.writeUInt16LE(label.length, 12);
    const local = Buffer.concat([Buffer.from("504b03040a0000000000000000000000".slice(0, 28), "hex"), sizes, label, data]);
    const head = Buffer.concat([
      Buffer.from("504b01020a000a00000000000000000000".slice(0, 32), "hex"),
      sizes,
      Buffer.alloc(10),
      Buffer.alloc(4),
    ]);
    head.writeUInt32LE(offset, 42);
    entries.push(head, label);
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Uint8Array.from(Buffer.concat([...parts, directory, end]));
}

const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const LINKS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;
const run = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const row = (...cells: readonly string[]): string => `<w:tr>${cells.map((cell) => `<w:tc>${run(cell)}</w:tc>`).join("")}</w:tr>`;
const WORD = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${run("We trained Heron on 8 GPUs for 3 days.")}<w:tbl>${row("Model", "GPUs")}${row("Heron", "8")}</w:tbl>${run("It cost $500.")}</w:body></w:document>`;

test("a Word document is read with its tables", async () => {
  const bytes = zipOf({ "[Content_Types].xml": TYPES, "_rels/.rels": LINKS, "word/document.xml": WORD });
  const document = readable(await readDocument(bytes, "report.docx"));
  expect(document.mediaType).toBe("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  expect(document.text).toContain("We trained Heron on 8 GPUs for 3 days.");
  expect(document.text).toContain("It cost $500.");
  expect(grid(document, 0).join("\n")).toContain("0=Heron | 1=8");
  expect(document.lines).toEqual([]);
});

test("a ZIP archive that is no Word document is told", async () => {
  const result = await readDocument(zipOf({ "a.txt": "8 GPUs" }), "report.docx");
  expect(result.problems.map((problem) => problem.code)).toEqual(["damaged"]);
});
