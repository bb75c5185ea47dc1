import { growingInputs } from "../../bench/growing-inputs.ts";
import { docx, paragraph, tarGz } from "../../test/attack/hostile-inputs.ts";

/** An input of a size that no document has. */
export interface Giant {
  readonly name: string;
  readonly ending: string;
  readonly make: () => Uint8Array | string;
}

const CLAIM = "We trained Foo-7B on 64 A100 GPUs for 12 days, at $2 per GPU-hour; the run cost $63,864.";
const PLAIN = "The committee met in the old library and spoke at length about the harvest.\n";

/** What is written again and again, and how often. */
const REPEATED: readonly (readonly [name: string, ending: string, text: string, count: number])[] = [
  ["digits", "txt", "7", 1_000_000],
  ["commas", "txt", "1,", 500_000],
  ["points", "txt", "1.", 500_000],
  ["blanks", "txt", " ", 5_000_000],
  ["lines", "txt", "\n", 5_000_000],
  ["dashes", "txt", "-", 1_000_000],
  ["one product", "txt", "A100 ", 200_000],
  ["one unit", "txt", "GPU-hours ", 100_000],
  ["signs of money", "txt", "$", 1_000_000],
  ["accents on accents", "txt", "e\u0301\u0301\u0301\u0301", 100_000],
  ["joiners of no width", "txt", "6\u200b4 ", 100_000],
  ["emoji", "txt", "\u{1f9ff}", 300_000],
  ["brackets that open", "md", "[", 100_000],
  ["brackets that open and close", "md", "[]", 100_000],
  ["stars", "md", "*a ", 200_000],
  ["backticks", "md", "`", 500_000],
  ["lists in lists", "md", "- ", 100_000],
  ["quotations in quotations", "md", "> ", 100_000],
  ["bars", "md", "|", 500_000],
  ["headings", "md", "# A\n", 100_000],
  ["boxes", "html", "<div>", 200_000],
  ["quotations", "html", "<blockquote>", 100_000],
  ["cells", "html", "<td>64 A100", 50_000],
  ["ends of nothing", "html", "</p>", 200_000],
  ["entities", "html", "&amp;", 300_000],
  ["tables in tables", "html", "<table><tr><td>", 20_000],
  ["braces", "tex", "{", 200_000],
  ["commands", "tex", "\\a", 300_000],
  ["mathematics", "tex", "$1$ ", 100_000],
  ["environments", "tex", "\\begin{a}", 50_000],
  ["plain text, 50 MB", "txt", PLAIN, 650_000],
  ["claims, 4 MB, a line each", "txt", `${CLAIM}\n`, 45_000],
  ["claims, 4 MB, in one line", "txt", `${CLAIM} `, 45_000],
  ["claims, 50 MB", "txt", `${CLAIM}\n\n`, 560_000],
  ["claims, 23 MB", "html", `<p>${CLAIM}</p>\n`, 240_000],
];

const OTHERS: readonly Giant[] = [
  {
    name: "cells that span the world",
    ending: "html",
    make: () => `<table>${`<tr>${"<td colspan=100000000 rowspan=100000000>64 A100 GPUs</td>".repeat(5)}</tr>`.repeat(300)}</table>`,
  },
  { name: "files that double", ending: "tar.gz", make: () => doubling(60, CLAIM) },
  { name: "files that double nothing", ending: "tar.gz", make: () => doubling(40, "") },
  {
    name: "20,000 files",
    ending: "tar.gz",
    make: () =>
      tarGz({
        "main.tex": latex(numbers(20_000, (at) => `\\input{g${at}}`)),
        ...Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`g${at}.tex`, `x ${at}`])),
      }),
  },
  { name: "paragraphs of Word", ending: "docx", make: () => docx(paragraph(CLAIM).repeat(20_000)) },
  {
    name: "tables in tables of Word",
    ending: "docx",
    make: () => docx("<w:tbl><w:tr><w:tc>".repeat(5000) + paragraph("x") + "</w:tc></w:tr></w:tbl>".repeat(5000)),
  },
  {
    name: "an archive that lies of its size",
    ending: "docx",
    make: () => docx(paragraph(CLAIM), { "word/styles.xml": Buffer.alloc(300_000_000, " ") }, 1000),
  },
  { name: "rows of models, 100,000", ending: "md", make: () => rows(100_000) },
  { name: "rows of models, 30,000", ending: "md", make: () => rows(30_000) },
  {
    name: "columns, 20,000",
    ending: "md",
    make: () => `|${" Heron |".repeat(20_000)}\n|${"---|".repeat(20_000)}\n|${numbers(20_000, (at) => ` ${at + 2} A100 GPUs |`)}`,
  },
];

/** All of them: each way in which a document can be long, twice, and what breaks readers. */
export function giantInputs(): readonly Giant[] {
  const growing = growingInputs().flatMap(({ name, ending, of }) =>
    [2_000, 8_000].map((count): Giant => ({ name: `${name}, ${count}`, ending, make: () => of(count) })),
  );
  const repeated = REPEATED.map(([name, ending, text, count]): Giant => ({ name, ending, make: () => text.repeat(count) }));
  return [...repeated, ...OTHERS, ...growing];
}

function numbers(count: number, of: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => of(at)).join("");
}

function rows(count: number): string {
  const row = (at: number): string => `| Heron-${at} | ${at + 2} A100 | ${(at % 9) + 1} | ${(at + 2) * ((at % 9) + 1) * 24} |\n`;
  return `| Model | GPUs | Days | GPU hours |\n|---|---|---|---|\n${numbers(count, row)}`;
}

function latex(body: string): string {
  return `\\documentclass{article}\\begin{document}${body}\\end{document}`;
}

/** Files each of which pulls in the next twice. */
function doubling(files: number, last: string): Uint8Array {
  const chain = Array.from({ length: files }, (_, at) => [`f${at}.tex`, `\\input{f${at + 1}}\\input{f${at + 1}}`]);
  return tarGz({ "main.tex": latex("\\input{f0}"), ...Object.fromEntries(chain), [`f${files}.tex`]: last });
}
